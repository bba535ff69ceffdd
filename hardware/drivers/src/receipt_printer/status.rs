//! What an ESC/POS printer says of itself (Epson ESC/POS reference: GS a, GS r,
//! DLE EOT). Several answers share one line; fixed bits tell them apart.

use devices::printer::{PrinterFault, Supply};

/// One thing the printer said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// Four bytes of automatic status back.
    Status {
        fault: Option<PrinterFault>,
        paper: Supply,
    },
    /// The answer to `GS r 1`: everything sent before it has been printed.
    Fence,
    /// The answer to `DLE EOT 4`: paper, at once, even when the printer is stuck.
    Paper(Supply),
    /// The answer to `DLE EOT 1`: whether it works, or waits for a hand.
    Online(bool),
}

#[derive(Default)]
pub(super) struct Ear {
    status: Vec<u8>,
    /// The next answer that comes at once is about being on line, not about paper.
    asked_online: bool,
}

impl Ear {
    pub(super) fn hear(&mut self, byte: u8) -> Option<Said> {
        if !self.status.is_empty() {
            // Bytes two to four of a status have bits 4 and 7 clear.
            if byte & 0b1001_0000 != 0 {
                self.status.clear();
                return self.hear(byte);
            }
            self.status.push(byte);
            if let [first, second, third, _] = self.status[..] {
                self.status.clear();
                return Some(status(first, second, third));
            }
            return None;
        }
        if byte & 0b1001_0011 == 0b0001_0000 {
            self.status.push(byte);
            None
        } else if byte & 0b1001_0011 == 0b0001_0010 {
            if std::mem::take(&mut self.asked_online) {
                return Some(Said::Online(byte & 0b0000_1000 == 0));
            }
            let out = byte & 0b0110_0000 != 0;
            let low = byte & 0b0000_1100 != 0;
            Some(Said::Paper(supply(out, low)))
        } else if byte & 0b1001_0000 == 0 {
            Some(Said::Fence)
        } else {
            // XON, XOFF and noise.
            None
        }
    }

    pub(super) fn asked_online(&mut self, asked: bool) {
        self.asked_online = asked;
    }

    pub(super) fn forget(&mut self) {
        self.status.clear();
        self.asked_online = false;
    }
}

fn status(first: u8, second: u8, third: u8) -> Said {
    let paper = supply(third & 0b0000_1100 != 0, third & 0b0000_0011 != 0);
    let fault = if first & 0b0010_0000 != 0 {
        Some(PrinterFault::CoverOpen)
    } else if paper == Supply::Out {
        Some(PrinterFault::PaperOut)
    } else if second & 0b0000_1000 != 0 {
        Some(PrinterFault::Cutter)
    } else if second & 0b0010_0000 != 0 {
        Some(PrinterFault::Other(u16::from(second)))
    } else if first & 0b0000_1000 != 0 {
        Some(PrinterFault::Offline)
    } else {
        None
    };
    Said::Status { fault, paper }
}

fn supply(out: bool, low: bool) -> Supply {
    match (out, low) {
        (true, _) => Supply::Out,
        (false, true) => Supply::Low,
        (false, false) => Supply::Full,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hear(bytes: &[u8]) -> Vec<Said> {
        let mut ear = Ear::default();
        bytes.iter().filter_map(|byte| ear.hear(*byte)).collect()
    }

    #[test]
    fn the_answers_of_a_real_conversation_are_told_apart() {
        let well = Said::Status {
            fault: None,
            paper: Supply::Full,
        };
        let out = Said::Status {
            fault: Some(PrinterFault::PaperOut),
            paper: Supply::Out,
        };

        assert_eq!(hear(&[0x10, 0, 0, 0, 0]), [well, Said::Fence]);
        assert_eq!(hear(&[0x18, 0, 0x0f, 0]), [out]);
        assert_eq!(hear(&[0x7e]), [Said::Paper(Supply::Out)]);
        assert_eq!(
            hear(&[0x12, 0x0c]),
            [Said::Paper(Supply::Full), Said::Fence]
        );
    }

    #[test]
    fn an_answer_that_comes_at_once_is_of_what_was_asked() {
        let mut ear = Ear::default();
        ear.asked_online(true);

        assert_eq!(ear.hear(0x1a), Some(Said::Online(false)));
        assert_eq!(ear.hear(0x1e), Some(Said::Paper(Supply::Low)));
        ear.asked_online(true);
        assert_eq!(ear.hear(0x12), Some(Said::Online(true)));
    }

    #[test]
    fn a_status_cut_short_does_not_swallow_the_next_answer() {
        assert_eq!(hear(&[0x10, 0, 0x12]), [Said::Paper(Supply::Full)]);
    }
}
