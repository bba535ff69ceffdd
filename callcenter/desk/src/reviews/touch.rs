//! What a supervisor or an agent does on the pane.

use cti::QualityRequest;
use privacy::Personal;

use super::{PERIODS, Place, Step, TalkReviews};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReviewsTouch {
    Up,
    Down,
    Select(usize),
    /// A period, or the own reviews; what is given for the chosen criterion.
    Pick(usize),
    /// More points, or fewer, than are given.
    More,
    Fewer,
    Next,
    Back,
    /// Saves the judgment, or sends the answer.
    Send,
    /// Forgets what was begun.
    Discard,
    LookAgain,
    Type(Personal<String>),
}

impl TalkReviews {
    pub(super) fn touched(&mut self, touch: ReviewsTouch) {
        self.notice = None;
        match self.place {
            Place::Agents => self.among_agents(&touch),
            Place::Talks(_) | Place::Own => self.among_talks(&touch),
            Place::Sheet(Step::Points) => self.giving_points(&touch),
            Place::Sheet(Step::Comment) => self.commenting(touch),
            Place::Sheet(Step::Reading) => self.reading(&touch),
            Place::Sheet(Step::Answering) => self.answering(touch),
        }
    }

    fn among_agents(&mut self, touch: &ReviewsTouch) {
        let last = self.agents.len().saturating_sub(1);
        match touch {
            ReviewsTouch::Up => self.agent = self.agent.saturating_sub(1),
            ReviewsTouch::Down => self.agent = (self.agent + 1).min(last),
            ReviewsTouch::Select(row) => self.agent = (*row).min(last),
            ReviewsTouch::Pick(choice) if *choice == PERIODS.len() => self.show_own(),
            ReviewsTouch::Pick(choice) => self.choose_period(*choice),
            ReviewsTouch::Next => {
                if let Some(agent) = self.agents.get(self.agent).map(|it| it.agent) {
                    (self.place, self.row) = (Place::Talks(agent), 0);
                    self.look_again();
                }
            }
            ReviewsTouch::LookAgain => self.look_again(),
            ReviewsTouch::More
            | ReviewsTouch::Fewer
            | ReviewsTouch::Back
            | ReviewsTouch::Send
            | ReviewsTouch::Discard
            | ReviewsTouch::Type(_) => {}
        }
    }

    fn among_talks(&mut self, touch: &ReviewsTouch) {
        let last = self.lines().len().saturating_sub(1);
        match touch {
            ReviewsTouch::Up => self.row = self.row.saturating_sub(1),
            ReviewsTouch::Down => self.row = (self.row + 1).min(last),
            ReviewsTouch::Select(row) => self.row = (*row).min(last),
            ReviewsTouch::Pick(choice) if self.place != Place::Own => self.choose_period(*choice),
            ReviewsTouch::Next => {
                if let Some(talk) = self.lines().get(self.row).map(|it| it.talk) {
                    self.ask(QualityRequest::OpenTalk { talk });
                }
            }
            ReviewsTouch::Back => {
                if self.reader.is_some_and(|it| it.supervisor) {
                    self.place = Place::Agents;
                    self.look_again();
                }
            }
            ReviewsTouch::LookAgain => self.look_again(),
            ReviewsTouch::Pick(_)
            | ReviewsTouch::More
            | ReviewsTouch::Fewer
            | ReviewsTouch::Send
            | ReviewsTouch::Discard
            | ReviewsTouch::Type(_) => {}
        }
    }

    fn giving_points(&mut self, touch: &ReviewsTouch) {
        let last = self
            .form()
            .map_or(0, |it| it.criteria.len().saturating_sub(1));
        match touch {
            ReviewsTouch::Up => self.chosen = self.chosen.saturating_sub(1),
            ReviewsTouch::Down => self.chosen = (self.chosen + 1).min(last),
            ReviewsTouch::Select(row) => self.chosen = (*row).min(last),
            ReviewsTouch::Pick(choice) => {
                if self.give(|_| *choice) {
                    self.chosen = (self.chosen + 1).min(last);
                }
            }
            ReviewsTouch::More => drop(self.give(|given| given + 1)),
            ReviewsTouch::Fewer => drop(self.give(|given| given.saturating_sub(1))),
            ReviewsTouch::Next => {
                self.place = Place::Sheet(Step::Comment);
                self.begin_line();
            }
            ReviewsTouch::Back => self.leave_sheet(),
            ReviewsTouch::Send => self.save(),
            ReviewsTouch::Discard => self.discard(),
            ReviewsTouch::LookAgain | ReviewsTouch::Type(_) => {}
        }
    }

    /// Changes what is given for the chosen criterion: the first choice is that it did
    /// not come up, then come the points. Answers whether there is such a choice.
    fn give(&mut self, choice: impl FnOnce(usize) -> usize) -> bool {
        let form = self.form().cloned();
        let criterion = form.and_then(|it| it.criteria.into_iter().nth(self.chosen));
        let Some(criterion) = criterion else {
            return false;
        };
        let draft = self.judged_so_far();
        let given = draft.and_then(|it| it.points.get(&criterion.id).copied());
        let choice = choice(given.map_or(0, |it| usize::from(it) + 1));
        if choice > usize::from(criterion.best) + 1 {
            return false;
        }
        let points = choice.checked_sub(1).and_then(|it| u8::try_from(it).ok());
        self.change(|draft| match points {
            Some(points) => drop(draft.points.insert(criterion.id, points)),
            None => drop(draft.points.remove(&criterion.id)),
        });
        true
    }

    fn commenting(&mut self, touch: ReviewsTouch) {
        match touch {
            ReviewsTouch::Type(text) => self.change(|draft| draft.comment = text),
            ReviewsTouch::Back => self.place = Place::Sheet(Step::Points),
            ReviewsTouch::Send => self.save(),
            ReviewsTouch::Discard => self.discard(),
            ReviewsTouch::Up
            | ReviewsTouch::Down
            | ReviewsTouch::Select(_)
            | ReviewsTouch::Pick(_)
            | ReviewsTouch::More
            | ReviewsTouch::Fewer
            | ReviewsTouch::Next
            | ReviewsTouch::LookAgain => {}
        }
    }

    fn reading(&mut self, touch: &ReviewsTouch) {
        let reviews = self.sheet.as_ref().map_or(0, |it| it.reviews.len());
        let last = reviews.saturating_sub(1);
        match touch {
            ReviewsTouch::Up => self.chosen = self.chosen.saturating_sub(1),
            ReviewsTouch::Down => self.chosen = (self.chosen + 1).min(last),
            ReviewsTouch::Select(row) => self.chosen = (*row).min(last),
            ReviewsTouch::Next => {
                if self.chosen_review().is_some_and(|it| it.answer.is_none()) {
                    self.place = Place::Sheet(Step::Answering);
                    self.begin_line();
                }
            }
            ReviewsTouch::Back => self.leave_sheet(),
            ReviewsTouch::LookAgain => self.look_again(),
            ReviewsTouch::Pick(_)
            | ReviewsTouch::More
            | ReviewsTouch::Fewer
            | ReviewsTouch::Send
            | ReviewsTouch::Discard
            | ReviewsTouch::Type(_) => {}
        }
    }

    fn answering(&mut self, touch: ReviewsTouch) {
        match touch {
            ReviewsTouch::Type(text) => self.type_answer(text),
            ReviewsTouch::Back => self.place = Place::Sheet(Step::Reading),
            ReviewsTouch::Send => self.send_answer(),
            ReviewsTouch::Discard => {
                if let Some(key) = self.answer_key() {
                    self.answers.remove(&key);
                }
                self.place = Place::Sheet(Step::Reading);
            }
            ReviewsTouch::Up
            | ReviewsTouch::Down
            | ReviewsTouch::Select(_)
            | ReviewsTouch::Pick(_)
            | ReviewsTouch::More
            | ReviewsTouch::Fewer
            | ReviewsTouch::Next
            | ReviewsTouch::LookAgain => {}
        }
    }

    fn choose_period(&mut self, period: usize) {
        if period < PERIODS.len() {
            self.period = period;
            self.look_again();
        }
    }

    fn show_own(&mut self) {
        (self.place, self.row) = (Place::Own, 0);
        self.look_again();
    }

    /// What was begun stays, and stands in the list as not saved.
    fn leave_sheet(&mut self) {
        self.place = self.list;
        self.sheet = None;
        self.look_again();
    }

    fn discard(&mut self) {
        if let Some(talk) = self.sheet.as_ref().map(|it| it.line.talk) {
            self.drafts.remove(&talk);
            self.begin_line();
        }
    }

    /// What a list of talks has.
    pub(super) fn lines(&self) -> &[cti::TalkLine] {
        match self.place {
            Place::Talks(agent) => {
                let talks = self.talks.as_ref().filter(|it| it.agent == agent);
                talks.map_or(&[], |it| &it.talks)
            }
            Place::Own => self.own.as_deref().unwrap_or_default(),
            Place::Agents | Place::Sheet(_) => &[],
        }
    }
}
