//! One letter: what it asks, where it is and why, what happened to it, its answer.

use privacy::Personal;
use request::{Decision, Timestamp};
use ticket::in_groups;

use super::{
    super::{
        Act, Ground, Letter, Office, Petitions, PetitionsFault, Step, StepName, reading::Open,
        sending::Stage,
    },
    FormView, OtherView, PetitionView,
};
use crate::Language;

/// The codes' digits that name a borough.
const BOROUGH_DIGITS: usize = 5;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetterView {
    /// Under which its citizen knows it; of one without, what it is called here.
    pub number: String,
    /// As in the list.
    pub row: PetitionView,
    pub name: Personal<String>,
    pub address: Personal<String>,
    pub text: Personal<String>,
    pub route: RouteView,
    /// What its citizen says against the answer, and what was answered before.
    pub appeal: Option<Personal<String>>,
    pub earlier: Vec<Personal<String>>,
    /// How many files there are.
    pub files: usize,
    /// The one it is answered with; those that are answered with it, and how many.
    pub leads_to: Option<OtherView>,
    pub joined: Vec<OtherView>,
    pub joined_in_all: usize,
    /// How many seem to be about the same.
    pub like: usize,
    pub steps: Vec<StepView>,
    pub answer: AnswerView,
    /// Of a request for information: what is decided of it, and what was before its appeal.
    pub decides: bool,
    pub decision: Option<Decision>,
    pub decided_before: Option<Decision>,
    /// On which ground some is withheld; empty where none is, or it is not known here.
    pub ground: String,
    /// What may be done besides answering, as [`Act::ALL`] lists it.
    pub may: [bool; Act::ALL.len()],
    /// Working days of an extension.
    pub extends_by: u32,
    pub form: Option<FormView>,
}

/// Why it came to its first office.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RouteView {
    /// A word of a rule that it has in it; empty where no rule knew it.
    pub word: String,
    pub duty: String,
    pub district: String,
    /// It has an office at all.
    pub known: bool,
    /// An agent has handed it to another one since.
    pub handed_over: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepView {
    pub when: String,
    pub what: StepName,
    pub office: String,
    pub agent: String,
    pub reason: Personal<String>,
    /// The new day it is due.
    pub due: String,
    pub stars: u8,
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
    pub(super) fn letter(&self, open: &Open, language: Language, now: Timestamp) -> LetterView {
        let letter = &open.letter;
        let petition = &letter.petition;
        let receipt = petition.receipt.as_deref();
        LetterView {
            number: receipt.map_or_else(|| petition.request.to_string(), in_groups),
            row: self.row(petition, language, now),
            name: letter.name.clone().unwrap_or_default(),
            address: letter.address.clone().unwrap_or_default(),
            text: letter.text.clone().unwrap_or_default(),
            route: self.route(letter, language),
            appeal: letter.appeal.clone(),
            earlier: letter.earlier_replies.clone(),
            files: letter.files.len() + letter.enclosures.len(),
            leads_to: letter.leads_to.as_ref().map(OtherView::of),
            joined: letter.joined.iter().map(OtherView::of).collect(),
            joined_in_all: letter.joined_in_all,
            like: letter.like.len(),
            steps: (letter.steps.iter())
                .map(|it| step(it, language, now))
                .collect(),
            answer: self.answer(open),
            decides: letter.decides,
            decision: self.decision(open),
            decided_before: self.decided_before(open),
            ground: self.ground(open, language),
            may: Act::ALL.map(|it| self.may(it, open)),
            extends_by: letter.may_extend_by,
            form: self.form_view(open, language),
        }
    }

    fn decision(&self, open: &Open) -> Option<Decision> {
        let decided = self.decided(open).map(|it| it.decision);
        let is_former = self.decided_before(open).is_some();
        decided.or(open.letter.decision.filter(|_| !is_former))
    }

    fn ground(&self, open: &Open, language: Language) -> String {
        let ground = self.decided(open).and_then(|it| it.ground);
        let ground = ground.and_then(|it| self.grounds(&open.letter).get(it));
        ground.map_or_else(String::new, |it| language.of(&it.clause))
    }

    fn route(&self, letter: &Letter, language: Language) -> RouteView {
        let petition = &letter.petition;
        let mut steps = letter.steps.iter();
        let ground = petition.ground.as_ref();
        let duty = ground.and_then(|it| it.duty.as_ref());
        RouteView {
            word: ground.and_then(|it| it.word.clone()).unwrap_or_default(),
            duty: duty.map_or_else(String::new, |it| language.of(it)),
            district: ground.map_or_else(String::new, |it| self.district(it, language)),
            known: petition.office.is_some(),
            handed_over: steps.any(|it| it.what == StepName::Transferred),
        }
    }

    /// A legal district or a borough, as people call it.
    fn district(&self, ground: &Ground, language: Language) -> String {
        let Some(code) = &ground.district else {
            return String::new();
        };
        let whole = format!("{code:0<10}");
        let list = match code.len() {
            BOROUGH_DIGITS => "boroughs",
            _ => "districts",
        };
        let known = self.catalog.codes(list).and_then(|it| it.get(&whole));
        let name = known.map(|it| it.in_language(language.code()).to_owned());
        name.unwrap_or_default()
    }

    fn answer(&self, open: &Open) -> AnswerView {
        if let Some(written) = self.written.get(open.request()) {
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
}

pub(super) fn name_of(office: &Office, language: Language) -> String {
    let name = office.name.as_ref();
    name.map_or_else(
        || office.code.to_string(),
        |it| language.say(&it.ko, &it.en),
    )
}

fn step(step: &Step, language: Language, now: Timestamp) -> StepView {
    let office = step.office.as_ref();
    StepView {
        when: language.clock_time(step.at, now),
        what: step.what,
        office: office.map_or_else(String::new, |it| language.say(&it.ko, &it.en)),
        agent: step.agent.clone().unwrap_or_default(),
        reason: step.reason.clone().unwrap_or_default(),
        due: step.due_on.clone().unwrap_or_default(),
        stars: step.stars.unwrap_or_default(),
    }
}
