//! What the terminal says, frame by frame, and how a subject ends.

use std::time::Instant;

use devices::payment_terminal::{PaymentTerminalEvent, TerminalFault};

use super::{
    ENQUIRY, ONCE_MORE, ZvtTerminal,
    talking::{Subject, Talk},
};
use crate::payment_terminal::{
    apdu::{Apdu, NOT_KNOWN, REFUSED, control},
    meaning::{NO_RECEIPT, PLEASE_WAIT, progress},
    status_information::StatusInformation,
};

/// How a subject ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    Completed,
    /// Begun, and not carried through.
    Aborted(u8),
    /// Not begun.
    Refused(u8),
}

impl ZvtTerminal {
    pub(super) fn hear(&mut self, bytes: &[u8], now: Instant) {
        self.inbox.hear(bytes);
        loop {
            match self.inbox.next() {
                Ok(Some(apdu)) => self.heard(&apdu, now),
                Ok(None) => return,
                Err(_) => return self.break_off(TerminalFault::Nonsense, now),
            }
        }
    }

    fn heard(&mut self, apdu: &Apdu, now: Instant) {
        match (apdu.control, apdu.data.first().copied()) {
            (control::ACKNOWLEDGED, _) => {
                if let Some(talk) = &mut self.talk {
                    talk.acknowledged = true;
                    talk.goes_on(now);
                }
            }
            ([REFUSED, code], _) => self.refused(code, now),
            (control::INTERMEDIATE_STATUS, Some(code)) => {
                self.acknowledge();
                self.goes_on(now);
                self.tell_progress(code);
            }
            (control::STATUS_INFORMATION, _) => {
                self.acknowledge();
                self.goes_on(now);
                let Some(information) = StatusInformation::decode(&apdu.data) else {
                    return self.break_off(TerminalFault::Nonsense, now);
                };
                if let Some(talk) = &mut self.talk {
                    talk.information = Some(information);
                }
            }
            (control::COMPLETION, _) => {
                self.acknowledge();
                self.ended(End::Completed, now);
            }
            (control::ABORTED, code) => {
                self.acknowledge();
                self.ended(End::Aborted(code.unwrap_or(u8::MAX)), now);
            }
            // The kiosk prints its own receipt.
            (control::PRINT_LINE | control::PRINT_TEXT_BLOCK, _) => {
                self.acknowledge();
                self.goes_on(now);
            }
            _ => self.send(&Apdu::new([REFUSED, NOT_KNOWN], Vec::new())),
        }
    }

    fn acknowledge(&mut self) {
        self.send(&Apdu::new(control::ACKNOWLEDGED, Vec::new()));
    }

    fn goes_on(&mut self, now: Instant) {
        if let Some(talk) = &mut self.talk {
            talk.goes_on(now);
        }
    }

    fn tell_progress(&mut self, code: u8) {
        let authorises = |talk: &Talk| matches!(talk.subject, Subject::Authorisation { .. });
        if let (Some(errand), Some(true)) = (&self.errand, self.talk.as_ref().map(authorises)) {
            let key = errand.key.clone();
            self.tell(PaymentTerminalEvent::Progress {
                key,
                progress: progress(code),
            });
        }
    }

    /// A refusal after the command was taken is of the call to end it.
    fn refused(&mut self, code: u8, now: Instant) {
        if (self.talk.as_ref()).is_some_and(|talk| !talk.acknowledged) {
            self.ended(End::Refused(code), now);
        }
    }

    fn ended(&mut self, end: End, now: Instant) {
        let Some(talk) = self.talk.take() else {
            return;
        };
        self.speak_at = now + ENQUIRY;
        match talk.subject {
            Subject::Registration => self.registration_ended(end, now),
            Subject::Newest => self.newest_is(end, talk.information.as_ref(), now),
            Subject::Enquiry => {}
            Subject::Authorisation { .. } | Subject::Reversal { .. } => {
                self.errand_ended(end, &talk, now);
            }
        }
    }

    fn registration_ended(&mut self, end: End, now: Instant) {
        self.registered = end == End::Completed;
        self.fault = match end {
            End::Completed => None,
            End::Refused(PLEASE_WAIT) => Some(TerminalFault::Busy),
            End::Aborted(_) | End::Refused(_) => Some(TerminalFault::NotRegistered),
        };
        self.speak_at = now;
        if !self.registered {
            self.speak_at = now + ONCE_MORE;
            self.errand_is_in_doubt(now);
        }
    }

    /// A terminal that says that it has no receipt has begun no transaction; of
    /// what it cannot tell nothing follows.
    fn newest_is(&mut self, end: End, newest: Option<&StatusInformation>, now: Instant) {
        self.asked_for_newest = end != End::Refused(PLEASE_WAIT);
        if !self.asked_for_newest {
            self.speak_at = now + ONCE_MORE;
        }
        self.counted = match (end, newest) {
            (End::Completed, Some(newest)) if newest.trace.is_some() => newest.trace,
            (End::Completed, Some(newest))
                if newest.result.is_some_and(|it| NO_RECEIPT.contains(&it)) =>
            {
                Some(0)
            }
            (End::Aborted(code), _) if NO_RECEIPT.contains(&code) => Some(0),
            _ => None,
        };
        self.judge(newest.filter(|_| end == End::Completed), now);
    }
}
