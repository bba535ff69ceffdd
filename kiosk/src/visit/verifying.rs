//! "Is this paper genuine?": by the seal in its square code, without a network, or by its
//! number, which the exchange knows.
//!
//! A seal proves who sealed what, and not that the number still counts: where there is a
//! line, the exchange is asked, too. Nothing of the paper stays when the visit is over.

mod judging;
mod present;

use std::time::Duration;

use request::DocumentNumber;
use sync::PaperAnswer;

use super::{Command, Moment, Touch, Visit, entry::Entry, step::Step};
use judging::{Judged, SealedPaper};

/// Whoever holds a paper up is not kept for a line that is dead.
const ASKING: Duration = Duration::from_secs(10);
/// Letters and digits of a number, with room for hyphens.
const NUMBER_MAX: u32 = 24;

/// What is known of the paper that somebody asks about.
#[derive(Debug, Default)]
pub(super) struct Paper {
    number: Option<DocumentNumber>,
    /// Of its seal; none when it was asked about by its number alone.
    judged: Option<Judged>,
    /// What the exchange says of its number; none when it said nothing.
    answer: Option<PaperAnswer>,
}

impl Paper {
    fn sealed(&self) -> Option<&SealedPaper> {
        match &self.judged {
            Some(Judged::Genuine(paper)) => Some(paper),
            Some(Judged::Altered | Judged::Stranger | Judged::Damaged | Judged::NoSeal) | None => {
                None
            }
        }
    }
}

impl Visit {
    /// By its seal where that can be read here; else by its number.
    pub(super) fn verify_paper(&mut self) {
        self.person.paper = Paper::default();
        if self.may_scan_papers() || !self.may_ask_about_papers() {
            self.enter(Step::HoldingPaper { unreadable: false });
        } else {
            self.ask_for_paper_number();
        }
    }

    /// Who seals is known, and there is something to read seals with.
    fn may_scan_papers(&self) -> bool {
        self.fittings.scanner_works() && !self.trust.is_empty()
    }

    fn may_ask_about_papers(&self) -> bool {
        self.fittings.exchange_trouble().is_none()
    }

    fn ask_for_paper_number(&mut self) {
        self.person.entry = Entry::code(NUMBER_MAX);
        self.enter(Step::TypingPaperNumber { refusal: None });
    }

    pub(super) fn holding_paper(&mut self, touch: &Touch) {
        match touch {
            Touch::TypePaperNumber if self.may_ask_about_papers() => self.ask_for_paper_number(),
            Touch::Back => self.enter(Step::Finding),
            _ => {}
        }
    }

    pub(super) fn paper_scanned(&mut self, text: &str, now: Moment) {
        let judged = judging::judge(text, &self.trust);
        self.person.paper = Paper {
            judged: Some(judged),
            ..Paper::default()
        };
        let sealed = self.person.paper.sealed();
        match sealed.map(|it| it.number.clone()) {
            Some(number) => self.look_up_paper(number, now),
            None => self.enter(Step::TellingOfPaper),
        }
    }

    pub(super) fn typing_paper_number(&mut self, touch: &Touch, now: Moment) {
        match touch {
            Touch::Key(key) => {
                // A letter too many or of no number is seen not to come.
                let _ = self.person.entry.press(*key);
                self.enter(Step::TypingPaperNumber { refusal: None });
            }
            Touch::Next => {
                match DocumentNumber::read(&self.person.entry.text(), now.wall.local()) {
                    Ok(number) => self.look_up_paper(number, now),
                    Err(reason) => self.enter(Step::TypingPaperNumber {
                        refusal: Some(reason),
                    }),
                }
            }
            Touch::Back if self.may_scan_papers() => self.verify_paper(),
            Touch::Back => self.enter(Step::Finding),
            _ => {}
        }
    }

    fn look_up_paper(&mut self, number: DocumentNumber, now: Moment) {
        self.person.paper.number = Some(number.clone());
        if !self.may_ask_about_papers() {
            self.enter(Step::TellingOfPaper);
            return;
        }
        self.order(Command::LookUpPaper(number));
        self.enter(Step::LookingUpPaper);
        self.deadline = Some(now.instant + ASKING);
    }

    pub(super) fn paper_looked_up(&mut self, number: &DocumentNumber, answer: Option<PaperAnswer>) {
        if self.person.paper.number.as_ref() == Some(number) {
            self.person.paper.answer = answer;
            self.enter(Step::TellingOfPaper);
        }
    }

    pub(super) fn telling_of_paper(&mut self, touch: &Touch, now: Moment) {
        match touch {
            Touch::Next => self.leave(now),
            Touch::VerifyPaper => self.verify_paper(),
            Touch::Back => {
                self.person.paper = Paper::default();
                self.enter(Step::Finding);
            }
            _ => {}
        }
    }
}
