//! The stripe reader: somebody puts a card in, and is known by it.

use std::time::Duration;

use bench::{
    magnetic_stripe_reader::{MagneticStripeReader as Twin, Mood as TwinMood},
    people::PEOPLE,
};
use devices::{
    DeviceState,
    card_reader::{CardReaderEvent, CardReaderOrder},
};
use drivers::card_reader::magnetic_stripe::MagneticStripeReader;
use jiff::civil::date;

use crate::{
    line::{Bench, Device, Line},
    mood::Mood,
    suite::{Subject, Told, Wired},
};

const PATIENCE: Duration = Duration::from_secs(10);
/// In the middle of the track.
const MID_FRAME: usize = 40;

impl Device for Twin {}

pub(crate) struct Stripe(Bench<MagneticStripeReader, Twin>);

impl Stripe {
    fn is_right(event: &CardReaderEvent) -> bool {
        matches!(event, CardReaderEvent::Read(holder)
            if holder.name.reveal() == PEOPLE[0].name
            && holder.resident_number.reveal() == PEOPLE[0].resident_number)
    }
}

impl Subject for Stripe {
    const DRIVER: &'static str = "magnetic stripe";
    const JUDGE: &'static str = "none";
    const UNITS: u32 = 1;

    fn open() -> Self {
        let driver = MagneticStripeReader::new(|| date(2026, 11, 24));
        Self(Bench::connected(driver, Twin::default()))
    }

    fn expected(mood: Mood) -> Option<&'static str> {
        match mood {
            Mood::Well | Mood::Slow | Mood::Lying => Some("Done"),
            Mood::Dead | Mood::Garbage => Some("called off"),
            Mood::Unplugged => Some("NotDone removed, Absent"),
            Mood::Jammed => Some("NotDone Unreadable"),
            Mood::NearEnd | Mood::UsedUp | Mood::CoverOpen => None,
        }
    }

    fn fall_into(&mut self, mood: Mood) {
        match mood {
            Mood::Slow => self.0.line = Line::Slow(Duration::from_millis(10)),
            Mood::Dead => self.0.line = Line::Dead,
            Mood::Garbage => self.0.line = Line::Noisy,
            Mood::Unplugged => self.0.pulled_after = Some(MID_FRAME),
            // It sees the card go in, and its head never comes over the stripe.
            Mood::Jammed => self.0.twin.mood = TwinMood::Blind,
            Mood::Lying => self.0.twin.mood = TwinMood::Stuttering,
            _ => {}
        }
    }

    fn recover(&mut self) {
        self.0.twin.mood = TwinMood::Well;
        self.0.mend();
        self.0.pass(PATIENCE);
    }

    fn deed(&mut self) -> Told {
        self.0.forget();
        self.0.order(CardReaderOrder::Accept);
        self.0.twin.insert(PEOPLE[0], self.0.now);
        let end = self.0.until(PATIENCE, |event| {
            !matches!(
                event,
                CardReaderEvent::Inserted | CardReaderEvent::Status(_)
            )
        });
        self.0.order(CardReaderOrder::Release);
        self.0.twin.pull();
        self.0.pass(PATIENCE);
        match end {
            Some(CardReaderEvent::Read(_)) => Told::Done { units: 1 },
            Some(CardReaderEvent::Refused(fault)) => Told::NotDone {
                units: 0,
                why: format!("{fault:?}"),
            },
            Some(_) => Told::NotDone {
                units: 0,
                why: "removed".to_owned(),
            },
            None => Told::CalledOff,
        }
    }

    /// Readers keep no books: what counts is who was read.
    fn books(&self) -> u32 {
        let right = self.0.told.iter().filter(|event| Self::is_right(event));
        u32::try_from(right.count()).unwrap()
    }

    fn ends(&self) -> usize {
        let is_end = |it: &&CardReaderEvent| {
            matches!(it, CardReaderEvent::Read(_) | CardReaderEvent::Refused(_))
        };
        self.0.told.iter().filter(is_end).count()
    }

    fn trouble(&self) -> Option<String> {
        let status = self.0.told.iter().rev().find_map(|event| match event {
            CardReaderEvent::Status(status) => Some(status.state),
            _ => None,
        });
        status
            .filter(|state| *state != DeviceState::Ready)
            .map(|state| format!("{state:?}"))
    }
}

impl Wired for Stripe {
    fn storm(&mut self, seed: u64) {
        self.0.storm(seed);
    }

    fn calm(&mut self) {
        self.0.mend();
        self.0.pass(PATIENCE);
    }
}
