//! A text message with the code, for callers who want one.

use privacy::Personal;
use request::{Action, NotAMobile, TelephoneNumber};

use super::{Preparation, finding::cut, view::Messaging};

/// With hyphens, blanks and a country's code.
const NUMBER_MAX: usize = 24;

impl Preparation {
    pub(super) fn called_from(&mut self, number: Option<&Personal<String>>) {
        self.caller = number.and_then(|it| TelephoneNumber::parse(it.reveal()).ok());
    }

    pub(super) fn telephone_typed(&mut self, text: &Personal<String>) {
        self.draft.telephone = Personal::new(cut(text, NUMBER_MAX));
        self.draft.telephone_refused = false;
    }

    pub(super) fn message_to_caller(&mut self) {
        if self.place.text_messages && self.caller.is_some() {
            self.draft.to_caller = !self.draft.to_caller;
        }
    }

    /// Writes down where a message goes, if the caller wants one; `false` when what
    /// is typed is no number it could go to.
    pub(super) fn want_messages(&mut self) -> bool {
        if !self.place.text_messages {
            return true;
        }
        match self.wanted() {
            Ok(None) => true,
            Ok(Some(number)) => self.act(Action::WantMessages(number)),
            Err(NotAMobile) => {
                self.draft.telephone_refused = true;
                false
            }
        }
    }

    /// What is typed goes before the number of the call.
    fn wanted(&self) -> Result<Option<TelephoneNumber>, NotAMobile> {
        let typed = self.draft.telephone.reveal().trim();
        if typed.is_empty() {
            let caller = self.caller.clone();
            return Ok(caller.filter(|_| self.draft.to_caller));
        }
        TelephoneNumber::parse(typed).map(Some)
    }

    /// None where no messages are sent.
    pub(super) fn messaging(&self) -> Option<Messaging> {
        self.place.text_messages.then(|| Messaging {
            caller: self.caller.as_ref().map(as_dialled),
            to_caller: self.draft.to_caller && self.draft.telephone.reveal().trim().is_empty(),
            typed: self.draft.telephone.clone(),
            refused: self.draft.telephone_refused,
        })
    }

    /// Where the message of the prepared request goes.
    pub(super) fn messaged(&self) -> Option<Personal<String>> {
        let request = self.draft.request.as_ref()?;
        request.telephone.as_ref().map(as_dialled)
    }
}

/// A Korean number as it is dialled in Korea, any other with `+`.
fn as_dialled(number: &TelephoneNumber) -> Personal<String> {
    let digits = number.digits().reveal();
    Personal::new(match digits.strip_prefix("82") {
        Some(rest) if rest.len() == 10 => format!("0{}-{}-{}", &rest[..2], &rest[2..6], &rest[6..]),
        Some(rest) => format!("0{rest}"),
        None => format!("+{digits}"),
    })
}
