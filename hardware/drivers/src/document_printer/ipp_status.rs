//! What a printer's own keywords mean (RFC 8011, 5.4.12; PWG 5100.9).

use devices::{
    DeviceState,
    printer::{PrinterFault, PrinterStatus, Supply},
};

/// `printer-state` and `printer-state-reasons` as they were answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrinterAttributes {
    pub(super) state: i32,
    pub(super) reasons: Vec<String>,
    /// `printer-impressions-completed` (PWG 5100.22): sides printed in its life.
    pub(super) impressions: Option<u64>,
}

const PROCESSING: i32 = 4;
const STOPPED: i32 = 5;

impl PrinterAttributes {
    /// Whether it has nothing to do.
    pub(super) fn is_idle(&self) -> bool {
        self.state != PROCESSING
    }

    pub(super) fn status(&self) -> PrinterStatus {
        let fault = self
            .reasons
            .iter()
            .find_map(|reason| fault(keyword(reason)));
        let fault = fault.or((self.state == STOPPED).then_some(PrinterFault::Offline));
        let has = |wanted: &str| self.reasons.iter().any(|reason| keyword(reason) == wanted);
        let paper = if has("media-empty") || has("media-needed") {
            Supply::Out
        } else if has("media-low") {
            Supply::Low
        } else {
            Supply::Full
        };
        let state = match (fault, self.state) {
            (Some(_), _) => DeviceState::Faulted,
            (None, PROCESSING) => DeviceState::Busy,
            (None, _) => DeviceState::Ready,
        };
        PrinterStatus {
            state,
            paper,
            fault,
        }
    }
}

/// A reason without its degree.
fn keyword(reason: &str) -> &str {
    ["-error", "-warning", "-report"]
        .iter()
        .find_map(|degree| reason.strip_suffix(degree))
        .unwrap_or(reason)
}

fn fault(keyword: &str) -> Option<PrinterFault> {
    match keyword {
        "media-empty" | "media-needed" => Some(PrinterFault::PaperOut),
        "media-jam" => Some(PrinterFault::PaperJam),
        "cover-open" | "door-open" | "interlock-open" => Some(PrinterFault::CoverOpen),
        "shutdown" | "paused" | "stopped-partly" | "connecting-to-device" | "timed-out" => {
            Some(PrinterFault::Offline)
        }
        "toner-empty" | "marker-supply-empty" => Some(PrinterFault::Other(1)),
        "fuser-over-temp" | "fuser-under-temp" => Some(PrinterFault::Other(2)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_printers_words_become_faults_whatever_their_degree() {
        let status = |reason: &str| {
            PrinterAttributes {
                state: 3,
                reasons: vec![reason.to_owned()],
                impressions: None,
            }
            .status()
            .fault
        };

        assert_eq!(status("none"), None);
        assert_eq!(status("media-empty-report"), Some(PrinterFault::PaperOut));
        assert_eq!(status("media-jam-warning"), Some(PrinterFault::PaperJam));
        assert_eq!(status("door-open-error"), Some(PrinterFault::CoverOpen));
        assert_eq!(status("toner-low-report"), None);
    }
}
