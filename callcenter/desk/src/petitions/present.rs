//! What the pane shows of petitions.

use privacy::Personal;
use request::{Enclosure, ServiceId, Timestamp};

use super::{
    Open, Petition, Petitions, PetitionsFault, PetitionsNotice, Standing, answering::Stage,
};
use crate::Language;

const DAY_MILLIS: i64 = 86_400_000;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PetitionsView {
    /// There is no way from here to say who answers.
    pub no_way: bool,
    /// Whether the exchange has said which wait.
    pub known: bool,
    pub rows: Vec<PetitionView>,
    pub selected: usize,
    pub notice: Option<PetitionsNotice>,
    pub letter: Option<LetterView>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PetitionView {
    pub subject: Personal<String>,
    pub service: String,
    pub came: String,
    pub left: TimeLeft,
    pub standing: RowStanding,
}

/// Until the term the law sets is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeLeft {
    /// Whole days; zero is today.
    Days(i64),
    /// So many days ago.
    Over(i64),
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

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetterView {
    pub number: String,
    /// As in the list.
    pub row: PetitionView,
    pub name: Personal<String>,
    pub address: Personal<String>,
    pub text: Personal<String>,
    pub enclosures: Vec<EnclosureView>,
    pub answer: AnswerView,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnclosureView {
    pub name: Personal<String>,
    pub media_type: String,
    /// Rounded up.
    pub kilobytes: u64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnswerView {
    /// The agent may take the letter.
    ToTake { asked: bool },
    /// The agent types.
    Writing {
        /// Counts the lines that were begun.
        line: u32,
        start: Personal<String>,
    },
    Given {
        agent: String,
        text: Personal<String>,
    },
    /// Written down here; goes as soon as it can.
    OnItsWay { text: Personal<String> },
    /// Goes when its author works here again.
    WaitsForAuthor {
        agent: String,
        text: Personal<String>,
    },
    NotTaken {
        fault: PetitionsFault,
        text: Personal<String>,
    },
}

impl Petitions {
    pub(crate) fn present(&self, language: Language, now: Timestamp) -> PetitionsView {
        let rows = self.list.iter().flatten();
        PetitionsView {
            no_way: !self.may_ask,
            known: self.list.is_some(),
            rows: rows.map(|it| self.row(it, language, now)).collect(),
            selected: self.selected,
            notice: self.notice,
            letter: self.open.as_ref().map(|it| self.letter(it, language, now)),
        }
    }

    fn row(&self, petition: &Petition, language: Language, now: Timestamp) -> PetitionView {
        PetitionView {
            subject: petition.subject.clone().unwrap_or_default(),
            service: self.title(&petition.service, language),
            came: language.clock_time(petition.submitted_at, now),
            left: petition
                .due_at
                .map_or(TimeLeft::NoTerm, |due| left(due, now)),
            standing: self.standing(petition),
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

    fn letter(&self, open: &Open, language: Language, now: Timestamp) -> LetterView {
        let letter = &open.letter;
        let enclosure = |it: &Enclosure| EnclosureView {
            name: it.name.clone(),
            media_type: it.media_type.clone(),
            kilobytes: it.bytes.div_ceil(1_000),
        };
        LetterView {
            number: letter.petition.request.to_string(),
            row: self.row(&letter.petition, language, now),
            name: letter.name.clone().unwrap_or_default(),
            address: letter.address.clone().unwrap_or_default(),
            text: letter.text.clone().unwrap_or_default(),
            enclosures: letter.enclosures.iter().map(enclosure).collect(),
            answer: self.answer(open),
        }
    }

    fn answer(&self, open: &Open) -> AnswerView {
        let request = &open.letter.petition.request;
        if let Some(written) = self.written.get(request) {
            let text = written.reply.text.clone();
            let agent = &written.reply.agent;
            return match written.stage {
                Stage::Refused(fault) => AnswerView::NotTaken { fault, text },
                Stage::Due(_) | Stage::Sending if self.agent.as_ref() == Some(agent) => {
                    AnswerView::OnItsWay { text }
                }
                Stage::Due(_) | Stage::Sending => AnswerView::WaitsForAuthor {
                    agent: agent.clone(),
                    text,
                },
            };
        }
        if self.may_write(open) {
            return AnswerView::Writing {
                line: self.opened,
                start: self.begun(open),
            };
        }
        match &open.letter.reply {
            Some(reply) if !open.letter.petition.standing.wants_an_answer() => AnswerView::Given {
                agent: reply.agent.clone(),
                text: reply.text.clone(),
            },
            Some(_) | None => AnswerView::ToTake { asked: open.taking },
        }
    }

    fn title(&self, service: &ServiceId, language: Language) -> String {
        let known = self.catalog.accepted_service(service);
        known.map_or_else(|| service.to_string(), |it| language.of(&it.title))
    }
}

fn left(due: Timestamp, now: Timestamp) -> TimeLeft {
    let millis = due.as_millis() - now.as_millis();
    match millis {
        0.. => TimeLeft::Days(millis / DAY_MILLIS),
        _ => TimeLeft::Over(1 + (-millis - 1) / DAY_MILLIS),
    }
}
