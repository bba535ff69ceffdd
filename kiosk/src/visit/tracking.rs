//! "Where does my request stand?": by its receipt number, without any card.

use std::time::Duration;

use privacy::Personal;
use sync::{Happened, OfficeName, PetitionAnswer, PetitionQuestion};
use ticket::Code;

use super::{
    CatalogLanguage, Command, Moment, Touch, Visit,
    entry::Entry,
    phrase::{self, Phrase},
    step::Step,
    view::{
        AnswerRefusal, Choice, FailureReason, Keyboard, KeyboardLayout, Question, QuestionKind,
        Screen, Standing, StandingLine,
    },
};

/// The best first.
const STARS: [u8; 5] = [5, 4, 3, 2, 1];
/// Characters of an appeal.
const APPEAL_MAX: u32 = 1000;

/// As long as a ticket is looked up.
const ASKING: Duration = Duration::from_secs(15);

impl Visit {
    pub(super) fn ask_standing(&mut self, code: &Code, now: Moment) {
        if self.fittings.exchange_trouble().is_some() {
            self.turn_away(FailureReason::TicketUnreachable);
            return;
        }
        let receipt = code.digits();
        self.ask_exchange(PetitionQuestion::Standing { receipt }, now);
    }

    pub(super) fn petition_answered(
        &mut self,
        question: &PetitionQuestion,
        answer: Option<PetitionAnswer>,
        now: Moment,
    ) {
        let asked = Code::parse(&self.person.code).map(|it| it.digits());
        if asked.as_deref() != Ok(question.receipt()) {
            return;
        }
        match answer {
            Some(PetitionAnswer::Standing(standing)) => {
                self.person.standing = Some(*standing);
                self.person.entry = Entry::default();
                self.enter(Step::Standing);
            }
            Some(PetitionAnswer::Unknown) => self.turn_away(FailureReason::TicketUnknown),
            Some(PetitionAnswer::TooManyTries) => self.turn_away(FailureReason::TicketTries),
            // How it stands now says whether it was.
            Some(taken @ (PetitionAnswer::Taken | PetitionAnswer::NotTaken)) => {
                if matches!(taken, PetitionAnswer::Taken) {
                    self.person.entry = Entry::default();
                }
                let receipt = question.receipt().to_owned();
                self.ask_exchange(PetitionQuestion::Standing { receipt }, now);
            }
            // No answer was asked for.
            Some(
                PetitionAnswer::Answer { .. }
                | PetitionAnswer::NotAnswered
                | PetitionAnswer::NotTheirs,
            )
            | None => self.unanswered(),
        }
    }

    /// Nothing came back in time. What was written of an appeal is not lost by that: sent
    /// again it counts once.
    pub(super) fn unanswered(&mut self) {
        if self.may_appeal() && !self.person.entry.text().is_empty() {
            let refusal = Some(AnswerRefusal::NotSent);
            self.enter(Step::Appealing { refusal });
            return;
        }
        self.turn_away(FailureReason::TicketUnreachable);
    }

    fn ask_exchange(&mut self, question: PetitionQuestion, now: Moment) {
        self.order(Command::AskPetition(question));
        self.enter(Step::LookingUp);
        self.deadline = Some(now.instant + ASKING);
    }

    pub(super) fn standing(&mut self, touch: &Touch, now: Moment) {
        match touch {
            Touch::Next => self.leave(now),
            Touch::RateAnswer if self.may_rate() => {
                self.person.entry = Entry::default();
                self.enter(Step::Rating);
            }
            Touch::Appeal if self.may_appeal() => {
                let letters = self.person.language.letters();
                let written = self.person.entry.text();
                self.person.entry = Entry::with_digits(letters, APPEAL_MAX).holding(&written);
                self.enter(Step::Appealing { refusal: None });
            }
            Touch::Back => {
                self.person.standing = None;
                self.enter(Step::Finding);
            }
            _ => {}
        }
    }

    fn may_rate(&self) -> bool {
        self.person.standing.as_ref().is_some_and(|it| it.may_rate)
    }

    fn may_appeal(&self) -> bool {
        let standing = self.person.standing.as_ref();
        standing.is_some_and(|it| it.may_appeal)
    }

    fn receipt_number(&self) -> Option<String> {
        let code = Code::parse(&self.person.code).ok();
        code.map(|it| it.digits())
    }

    pub(super) fn rating(&mut self, touch: &Touch, now: Moment) {
        match touch {
            Touch::PickChoice(stars) => {
                let stars = STARS.into_iter().find(|it| it.to_string() == *stars);
                if let (Some(stars), Some(receipt)) = (stars, self.receipt_number()) {
                    let words = Personal::default();
                    let question = PetitionQuestion::Rate {
                        receipt,
                        stars,
                        words,
                    };
                    self.ask_exchange(question, now);
                }
            }
            Touch::Back => self.enter(Step::Standing),
            _ => {}
        }
    }

    pub(super) fn appealing(&mut self, touch: &Touch, now: Moment) {
        match touch {
            Touch::Key(key) => {
                let refusal = self.person.entry.press(*key).err();
                self.enter(Step::Appealing { refusal });
            }
            Touch::Back => self.enter(Step::Standing),
            Touch::Next => {
                let text = self.person.entry.text().trim().to_owned();
                let Some(receipt) = self.receipt_number().filter(|_| !text.is_empty()) else {
                    let refusal = Some(AnswerRefusal::Missing);
                    self.enter(Step::Appealing { refusal });
                    return;
                };
                let text = Personal::new(text);
                self.ask_exchange(PetitionQuestion::Appeal { receipt, text }, now);
            }
            _ => {}
        }
    }

    pub(super) fn rating_screen(&self) -> Screen {
        let choice = |(stars, words): (u8, &Phrase)| Choice {
            id: stars.to_string(),
            label: self.tell(words),
            explanation: "★".repeat(usize::from(stars)),
            chosen: false,
        };
        Screen::Question(Question {
            label: self.tell(&phrase::HOW_WAS_THE_ANSWER),
            hint: self.tell(&phrase::RATED_ONCE),
            kind: QuestionKind::Choice,
            text: String::new(),
            composing: String::new(),
            limit: 0,
            many_lines: false,
            suggestions: Vec::new(),
            choices: STARS
                .into_iter()
                .zip(&phrase::RATINGS)
                .map(choice)
                .collect(),
            refusal: None,
            keyboard: Keyboard {
                layout: KeyboardLayout::None,
                shifted: false,
                row_of_digits: false,
            },
        })
    }

    pub(super) fn appeal_screen(&self, refusal: Option<AnswerRefusal>) -> Screen {
        Screen::Question(Question {
            label: self.tell(&phrase::APPEAL),
            hint: self.tell(&phrase::WHAT_IS_WRONG),
            kind: QuestionKind::Text,
            text: self.person.entry.finished().to_owned(),
            composing: self.person.entry.composing(),
            limit: APPEAL_MAX,
            many_lines: true,
            suggestions: Vec::new(),
            choices: Vec::new(),
            refusal,
            keyboard: self.person.entry.keyboard(),
        })
    }

    pub(super) fn standing_view(&self) -> Standing {
        let Some(standing) = &self.person.standing else {
            return Standing::default();
        };
        let language = self.language();
        let title = self.catalog.accepted_service(&standing.service);
        let name = |office: &OfficeName| match self.person.language.of_catalog() {
            CatalogLanguage::Korean => office.ko.clone(),
            CatalogLanguage::English => office.en.clone(),
        };
        let line = |step: &sync::StandingStep| StandingLine {
            on: self.day(&step.on),
            what: self.happened(step.what),
            office: step.office.as_ref().map_or_else(String::new, name),
        };
        Standing {
            service: title.map_or_else(String::new, |it| it.title.in_language(language).to_owned()),
            office: standing.office.as_ref().map_or_else(String::new, name),
            telephone: standing
                .office
                .as_ref()
                .map_or_else(String::new, |it| it.telephone.clone()),
            due_on: standing
                .due_on
                .as_deref()
                .map_or_else(String::new, |it| self.day(it)),
            late: standing.late,
            answered: standing.answered,
            may_rate: standing.may_rate,
            may_appeal: standing.may_appeal,
            open_until: standing
                .open_until
                .as_deref()
                .map_or_else(String::new, |it| self.day(it)),
            steps: standing.steps.iter().map(line).collect(),
        }
    }

    fn happened(&self, what: Happened) -> String {
        self.tell(match what {
            Happened::Received => &phrase::RECEIVED,
            Happened::Routed => &phrase::ROUTED,
            Happened::Transferred => &phrase::TRANSFERRED,
            Happened::Extended => &phrase::EXTENDED,
            Happened::Joined => &phrase::JOINED,
            Happened::Separated => &phrase::SEPARATED,
            Happened::Answered => &phrase::ANSWERED,
            Happened::Rated => &phrase::RATED,
            Happened::Appealed => &phrase::APPEALED,
            Happened::Concluded => &phrase::CONCLUDED,
        })
    }
}
