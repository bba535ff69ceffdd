//! "Tell me by text message": the citizen has the ticket and need not come in vain.

use privacy::Personal;
use request::{Action, NotAMobile, TelephoneNumber};

use super::{
    Key, Moment, Touch, Visit,
    step::Step,
    view::{FailureReason, Messages, TelephoneEntry},
};

/// As Korean mobile telephones are dialled in Korea.
const DIGITS: usize = 11;
/// Older numbers are one shorter.
const DIGITS_LEAST: usize = 10;

impl Visit {
    pub(super) fn messages(&self) -> Messages {
        let wanted = self.person.request.as_ref();
        match wanted.and_then(|it| it.telephone.as_ref()) {
            _ if !self.site.text_messages => Messages::None,
            None => Messages::Offered,
            Some(number) => {
                let digits = number.digits().reveal();
                let end = digits.get(digits.len().saturating_sub(4)..);
                Messages::Wanted(end.unwrap_or_default().to_owned())
            }
        }
    }

    pub(super) fn ask_for_telephone(&mut self, printed: bool) {
        self.person.telephone = Personal::default();
        self.enter(Step::TypingTelephone {
            printed,
            refused: false,
        });
    }

    pub(super) fn typing_telephone(&mut self, touch: &Touch, printed: bool, now: Moment) {
        match touch {
            Touch::Back => self.enter(Step::Accepted { printed }),
            Touch::Key(key) => {
                let mut digits = self.person.telephone.reveal().clone();
                match key {
                    Key::Character(digit) if digit.is_ascii_digit() && digits.len() < DIGITS => {
                        digits.push(*digit);
                    }
                    Key::Backspace => {
                        digits.pop();
                    }
                    Key::Clear => digits.clear(),
                    Key::Character(_) | Key::Shift | Key::Layout | Key::Digits => {}
                }
                self.person.telephone = Personal::new(digits);
                self.enter(Step::TypingTelephone {
                    printed,
                    refused: false,
                });
            }
            Touch::Next => match TelephoneNumber::parse(self.person.telephone.reveal()) {
                Err(NotAMobile) => self.enter(Step::TypingTelephone {
                    printed,
                    refused: true,
                }),
                Ok(number) => {
                    if self.act(Action::WantMessages(number)) {
                        self.enter(Step::Accepted { printed });
                    } else {
                        self.fail(FailureReason::Bug, now);
                    }
                }
            },
            _ => {}
        }
    }

    pub(super) fn telephone_entry(&self, refused: bool) -> TelephoneEntry {
        let digits = self.person.telephone.reveal();
        TelephoneEntry {
            shown: in_groups(digits),
            complete: digits.len() >= DIGITS_LEAST,
            refused,
        }
    }
}

/// As people write it: `010-1234-5678`.
fn in_groups(digits: &str) -> String {
    let middle = if digits.len() < DIGITS { 6 } else { 7 };
    let cut = |from: usize, to: usize| digits.get(from.min(digits.len())..to.min(digits.len()));
    let groups = [cut(0, 3), cut(3, middle), cut(middle, DIGITS)];
    let groups: Vec<&str> = groups
        .into_iter()
        .flatten()
        .filter(|it| !it.is_empty())
        .collect();
    groups.join("-")
}

#[cfg(test)]
mod tests {
    use super::in_groups;

    #[test]
    fn a_number_grows_as_people_write_it() {
        for (digits, shown) in [
            ("", ""),
            ("010", "010"),
            ("0101", "010-1"),
            ("0101234", "010-123-4"),
            ("0111234567", "011-123-4567"),
            ("01012345678", "010-1234-5678"),
        ] {
            assert_eq!(in_groups(digits), shown);
        }
    }
}
