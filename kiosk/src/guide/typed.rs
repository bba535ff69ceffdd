//! What has been typed, for the ear: the last of it, or only how much it is.

use privacy::Personal;

use super::{What, jamo};
use crate::visit::view::Screen;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Typed {
    /// The syllable being composed included.
    Text(Personal<String>),
    /// How many digits; others may listen, too.
    Digits(u32),
}

/// What stands in the entry of this screen.
pub(super) fn typed(screen: &Screen) -> Option<Typed> {
    let text = |text: &str, composing: &str| {
        Some(Typed::Text(Personal::new(format!("{text}{composing}"))))
    };
    match screen {
        Screen::Question(it) => text(&it.text, &it.composing),
        Screen::Search(it) => text(&it.text, &it.composing),
        Screen::Holdings(it) => text(&it.text, &it.composing),
        Screen::BoardWriting(it) => text(&it.text, &it.composing),
        Screen::PaperNumber(it) => text(&it.text, ""),
        Screen::Telephone(it) => text(&it.shown, ""),
        Screen::TicketCode(it) => Some(Typed::Digits(it.digits)),
        Screen::ResidentNumber(it) => Some(Typed::Digits(it.digits)),
        Screen::Upkeep(it) => it.entry.as_ref().map(|it| Typed::Digits(it.digits)),
        Screen::Welcome(_)
        | Screen::Find(_)
        | Screen::Topic(_)
        | Screen::Holding(_)
        | Screen::BoardTopics(_)
        | Screen::BoardPage(_)
        | Screen::BoardPosted(_)
        | Screen::Service(_)
        | Screen::HoldPaper(_)
        | Screen::PaperTold(_)
        | Screen::Ticket(_)
        | Screen::Standing(_)
        | Screen::Accepted(_)
        | Screen::InsertCard(_)
        | Screen::Check(_)
        | Screen::Options(_)
        | Screen::Consent(_)
        | Screen::Review(_)
        | Screen::Basket(_)
        | Screen::Pay(_)
        | Screen::PayByCard(_)
        | Screen::Working(_)
        | Screen::PaperQuestion(_)
        | Screen::TakePaper(_)
        | Screen::Receipt
        | Screen::TakeCard
        | Screen::Farewell(_)
        | Screen::Failed(_)
        | Screen::OutOfService(_) => None,
    }
}

impl Typed {
    /// What is said when it has become this.
    pub(super) fn since(&self, before: Option<&Self>) -> Option<What> {
        match (self, before) {
            (Self::Text(now), Some(Self::Text(before))) => tail(before.reveal(), now.reveal()),
            (Self::Digits(now), Some(Self::Digits(before))) if now != before => {
                Some(What::Digits(*now))
            }
            _ => None,
        }
    }
}

/// What is new behind what both begin with; a syllable that grows is said as it is now.
fn tail(before: &str, now: &str) -> Option<What> {
    let both = before.chars().zip(now.chars());
    let common = both.take_while(|(one, other)| one == other).count();
    let new: String = now.chars().skip(common).collect();
    match new.as_str() {
        "" if now.len() < before.len() => Some(What::Deleted),
        "" => None,
        new => Some(What::Words(Personal::new(jamo::named(new)))),
    }
}
