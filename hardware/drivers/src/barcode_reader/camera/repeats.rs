//! What was seen before: the code that was told last is not told again while it stays in view,
//! and a code of stripes is believed when it was seen twice.

use std::time::{Duration, Instant};

use devices::barcode_reader::{Barcode, Symbology};

/// A hand that shakes loses a code for less.
const AWAY: Duration = Duration::from_secs(1);

#[derive(Debug, Default)]
pub(super) struct Repeats {
    told: Option<(Barcode, Instant)>,
    /// In the picture before.
    unsure: Option<Barcode>,
}

impl Repeats {
    pub(super) fn tell(&mut self, code: Barcode, now: Instant) {
        self.told = Some((code, now));
    }

    /// Whether it was told, and has been in view since.
    pub(super) fn is_repeat(&mut self, code: &Barcode, now: Instant) -> bool {
        match &mut self.told {
            Some((told, seen_at)) if told == code => {
                *seen_at = now;
                true
            }
            Some(_) | None => false,
        }
    }

    /// Whether it is what it seems to be. A shirt or a shelf looks like stripes now and then,
    /// and their one check digit, or none, lets much pass.
    pub(super) fn is_sure(&mut self, code: &Barcode) -> bool {
        match code.symbology {
            Symbology::Qr | Symbology::DataMatrix | Symbology::Pdf417 | Symbology::Aztec => true,
            Symbology::Code39
            | Symbology::Code128
            | Symbology::Ean
            | Symbology::Other
            | Symbology::Unknown => self.unsure.replace(code.clone()).as_ref() == Some(code),
        }
    }

    /// Nothing that was told is to be seen now, or nobody looks.
    pub(super) fn out_of_view(&mut self, now: Instant) {
        let seen_lately =
            |(_, seen_at): &mut (Barcode, Instant)| now.saturating_duration_since(*seen_at) < AWAY;
        if !self.told.as_mut().is_some_and(seen_lately) {
            self.told = None;
        }
    }

    pub(super) fn forget_unsure(&mut self) {
        self.unsure = None;
    }
}
