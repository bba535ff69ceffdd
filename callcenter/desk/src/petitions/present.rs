//! What the pane shows of petitions.

mod form;
mod letter;

use privacy::Personal;
use request::{ServiceId, Timestamp};

use super::{PAGE, Petition, Petitions, PetitionsNotice, Standing, sending::Stage};
use crate::Language;

pub use form::{FilePlace, FileView, FormView, GroundView, OfficeView, OtherView};
pub use letter::{AnswerView, LetterView, RouteView, StepView};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PetitionsView {
    /// There is no way from here to say who answers.
    pub no_way: bool,
    /// Whether the exchange has said which wait.
    pub known: bool,
    pub rows: Vec<PetitionView>,
    pub selected: usize,
    pub page: PageView,
    pub notice: Option<PetitionsNotice>,
    pub letter: Option<Box<LetterView>>,
}

/// Which of all petitions stand on the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PageView {
    /// Counted from one.
    pub first: usize,
    pub last: usize,
    pub total: usize,
    pub goes_on: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PetitionView {
    pub subject: Personal<String>,
    pub service: String,
    pub came: String,
    /// Empty where it has none yet.
    pub office: String,
    /// The day it has to be answered; empty where there is none.
    pub due: String,
    pub left: TimeLeft,
    pub standing: RowStanding,
    pub extended: bool,
    pub appealed: bool,
    /// It is answered with another one.
    pub joined: bool,
}

/// Until the term the law sets is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeLeft {
    /// Working days; zero is today.
    Days(u32),
    /// So many working days ago.
    Over(u32),
    /// The service names none.
    NoTerm,
}

/// How far a petition is, as an agent at this desk sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowStanding {
    Waiting,
    Ours,
    With(String),
    Replied,
    NotSent,
    MaybeSent,
    /// The answer is in this desk's journal and not yet at the exchange.
    WrittenHere,
    /// The exchange does not take what was written here.
    NotTaken,
}

impl Petitions {
    pub(crate) fn present(&self, language: Language, now: Timestamp) -> PetitionsView {
        let rows = self.listing.rows().iter();
        let letter = self.open.as_ref();
        PetitionsView {
            no_way: !self.may_ask,
            known: self.listing.page.is_some(),
            rows: rows.map(|it| self.row(it, language, now)).collect(),
            selected: self.listing.selected,
            page: self.page(),
            notice: self.notice.or_else(|| self.writes_in_vain()),
            letter: letter.map(|it| Box::new(self.letter(it, language, now))),
        }
    }

    fn page(&self) -> PageView {
        let Some(page) = &self.listing.page else {
            return PageView::default();
        };
        let before = self.listing.before();
        PageView {
            first: before + 1,
            last: before + page.petitions.len().min(PAGE),
            total: page.total,
            goes_on: page.next.is_some(),
        }
    }

    fn row(&self, petition: &Petition, language: Language, now: Timestamp) -> PetitionView {
        let standing = petition.standing;
        let office = petition.office.as_ref();
        PetitionView {
            subject: petition.subject.clone().unwrap_or_default(),
            service: self.title(&petition.service, language),
            came: language.clock_time(petition.submitted_at, now),
            office: office.map_or_else(String::new, |it| letter::name_of(it, language)),
            due: (petition.due_at).map_or_else(String::new, |due| language.day(due)),
            left: petition.days_left.map_or(TimeLeft::NoTerm, left),
            standing: self.standing(petition),
            extended: petition.extended,
            appealed: petition.appealed,
            joined: petition.leading.is_some() && standing.wants_an_answer(),
        }
    }

    fn standing(&self, petition: &Petition) -> RowStanding {
        let written = self.written.get(&petition.request).map(|it| it.stage);
        match (written, petition.standing) {
            (Some(Stage::Refused(_)), _) => RowStanding::NotTaken,
            (Some(Stage::Due(_) | Stage::Sending), _) => RowStanding::WrittenHere,
            (None, Standing::Replied) => RowStanding::Replied,
            (None, Standing::NotSent) => RowStanding::NotSent,
            (None, Standing::MaybeSent) => RowStanding::MaybeSent,
            (None, Standing::Waiting) => match &petition.assigned_to {
                None => RowStanding::Waiting,
                Some(with) if self.is_us(with) => RowStanding::Ours,
                Some(with) => RowStanding::With(with.clone()),
            },
        }
    }

    fn is_us(&self, name: &str) -> bool {
        let names = [&self.known_as, &self.agent];
        names.into_iter().flatten().any(|it| it == name)
    }

    fn title(&self, service: &ServiceId, language: Language) -> String {
        let known = self.catalog.accepted_service(service);
        known.map_or_else(|| service.to_string(), |it| language.of(&it.title))
    }
}

fn left(working_days: i32) -> TimeLeft {
    match working_days {
        0.. => TimeLeft::Days(working_days.unsigned_abs()),
        _ => TimeLeft::Over(working_days.unsigned_abs()),
    }
}
