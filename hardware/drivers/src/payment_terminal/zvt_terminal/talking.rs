//! One subject at a time between kiosk and terminal: what is said of it, and how
//! long its end is waited for.

use std::time::{Duration, Instant};

use devices::payment_terminal::TerminalFault;

use super::{ONCE_MORE, ZvtTerminal};
use crate::payment_terminal::{
    apdu::{Apdu, control},
    fields::bcd,
    status_information::StatusInformation,
};

/// A terminal acknowledges a command within this (PA00P016, T3).
const ACKNOWLEDGES: Duration = Duration::from_secs(5);
/// What concerns no card is done by then.
const ANSWERS: Duration = Duration::from_secs(30);
/// Between two signs of life while somebody looks for a card or types a PIN.
const PERSON: Duration = Duration::from_secs(100);
/// What comes after a call to end.
pub(super) const LAST_WORD: Duration = Duration::from_secs(20);

/// Receipts are this kiosk's to print (02, 04, 80), it wants to know how far things
/// are (08), and nobody begins anything at the terminal itself (10, 20).
const CONFIGURATION: u8 = 0xbe;
/// The newest transaction is wanted on the line, and not on paper.
const TO_THE_LINE: [u8; 2] = [0x03, 0x03];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    Registration,
    /// The terminal's newest transaction.
    Newest,
    /// Whether it is there.
    Enquiry,
    Authorisation {
        amount_won: u32,
    },
    Reversal {
        receipt: u32,
        amount_won: u32,
    },
}

impl Subject {
    pub(super) fn moves_money(self) -> bool {
        matches!(
            self,
            Subject::Authorisation { .. } | Subject::Reversal { .. }
        )
    }
}

pub(super) struct Talk {
    pub(super) subject: Subject,
    /// The terminal has heard the command.
    pub(super) acknowledged: bool,
    /// It was told to end.
    pub(super) ending: bool,
    pub(super) information: Option<StatusInformation>,
    pub(super) due: Instant,
}

impl Talk {
    /// Another sign of life.
    pub(super) fn goes_on(&mut self, now: Instant) {
        if !self.ending {
            let patience = match self.subject {
                Subject::Authorisation { .. } => PERSON,
                Subject::Registration
                | Subject::Newest
                | Subject::Enquiry
                | Subject::Reversal { .. } => ANSWERS,
            };
            self.due = now + patience;
        }
    }
}

impl ZvtTerminal {
    pub(super) fn begin(&mut self, subject: Subject, now: Instant) {
        let apdu = self.command(subject);
        self.send(&apdu);
        self.talk = Some(Talk {
            subject,
            acknowledged: false,
            ending: false,
            information: None,
            due: now + ACKNOWLEDGES,
        });
        if subject.moves_money() {
            // Until it is told anew, nobody knows.
            self.counted = None;
            self.told_counted = None;
            self.errand_is_sent();
        }
    }

    fn command(&self, subject: Subject) -> Apdu {
        let password = bcd(u64::from(self.settings.password), 3);
        let amount =
            |amount_won: u32| [vec![0x04], bcd(u64::from(amount_won), 6), self.currency()].concat();
        match subject {
            Subject::Registration => {
                let currency = bcd(u64::from(self.settings.currency), 2);
                let data = [password, vec![CONFIGURATION], currency].concat();
                Apdu::new(control::REGISTRATION, data)
            }
            Subject::Newest => {
                let data = [password, TO_THE_LINE.to_vec()].concat();
                Apdu::new(control::REPEAT_RECEIPT, data)
            }
            Subject::Enquiry => Apdu::new(control::STATUS_ENQUIRY, password),
            Subject::Authorisation { amount_won } => {
                Apdu::new(control::AUTHORISATION, amount(amount_won))
            }
            Subject::Reversal {
                receipt,
                amount_won,
            } => {
                let receipt = [vec![0x87], bcd(u64::from(receipt), 2)].concat();
                let data = [password, receipt, amount(amount_won)].concat();
                Apdu::new(control::REVERSAL, data)
            }
        }
    }

    fn currency(&self) -> Vec<u8> {
        [vec![0x49], bcd(u64::from(self.settings.currency), 2)].concat()
    }

    /// Says that nothing more is wanted of the present subject.
    pub(super) fn call_off(&mut self, now: Instant) {
        if let Some(talk) = &mut self.talk
            && !std::mem::replace(&mut talk.ending, true)
        {
            talk.due = now + LAST_WORD;
            self.send(&Apdu::new(control::ABORT, Vec::new()));
        }
    }

    pub(super) fn talk_overdue(&mut self, now: Instant) {
        let Some(talk) = &self.talk else {
            return;
        };
        if talk.subject.moves_money() && talk.acknowledged && !talk.ending {
            self.call_off(now);
        } else {
            self.break_off(TerminalFault::Silent, now);
        }
    }

    /// The terminal is not understood: everything is begun anew with it.
    pub(super) fn break_off(&mut self, fault: TerminalFault, now: Instant) {
        self.forget_the_line();
        self.fault = Some(fault);
        self.speak_at = now + ONCE_MORE;
        self.errand_is_in_doubt(now);
    }

    pub(super) fn forget_the_line(&mut self) {
        self.inbox.clear();
        self.talk = None;
        self.registered = false;
        self.asked_for_newest = false;
    }
}
