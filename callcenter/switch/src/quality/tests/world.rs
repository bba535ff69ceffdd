//! A center's quality, its call book as the machine has had it written, and its desks.

use std::{collections::VecDeque, time::Duration};

use cti::{Judgment, QualityEvent, QualityRefusal, QualityRequest, TalkName, TalkSheet};
use distributor::{AgentId, CallId, QueueId, WallTime};
use figures::Form;
use privacy::Personal;

use super::super::{Command, Event, Forms, Happening, Quality, Staff, Told};
use crate::{
    call_book::{Fact, NO_CALL},
    center::Center,
};

pub(super) const AGENT: AgentId = AgentId(3);
pub(super) const OTHER_AGENT: AgentId = AgentId(4);
/// Of everybody.
pub(super) const SUPERVISOR: AgentId = AgentId(9);
pub(super) const SUPERVISOR_WEST: AgentId = AgentId(10);
pub(super) const SUPERVISOR_EAST: AgentId = AgentId(11);
pub(super) const THIRD: AgentId = AgentId(12);
pub(super) const FOURTH: AgentId = AgentId(13);
/// In milliseconds.
pub(super) const DAY: i64 = 24 * 3_600 * 1_000;
pub(super) const KEEP_DAYS: i64 = 90;

const CENTER: &str = include_str!("../../switchboard/tests/center.toml");
const FORM: &str = r#"
    id = "talk"
    version = 1
    [[criterion]]
    id = "greeting"
    title = { ko = "인사", en = "Greeting" }
    weight = 1
    best = 5
    [[criterion]]
    id = "fee"
    title = { ko = "수수료", en = "Fee" }
    weight = 3
    best = 1
    decisive = true
"#;
const START: i64 = 1_795_480_200_000;

pub(super) struct World {
    quality: Quality,
    now: WallTime,
    /// As it stands in the call book.
    book: Vec<(CallId, WallTime, Fact)>,
    to_write: VecDeque<(u64, CallId, WallTime, Fact)>,
    heard: Vec<(AgentId, QualityEvent)>,
    monitored: Option<TalkName>,
}

fn staff() -> Staff {
    let member = |id: u32, account: &str, more: &str| {
        format!(
            "[[agent]]\nid = {id}\naccount = \"{account}\"\nqueues = []\nlanguages = []\n{more}\n"
        )
    };
    let team = |team: &str| format!("team = \"{team}\"");
    let leads = |team: &str| format!("supervisor = true\nteam = \"{team}\"");
    let agents = [
        member(3, "agent-3", &team("west")),
        member(4, "agent-4", &team("east")),
        member(10, "west", &leads("west")),
        member(11, "east", &leads("east")),
        member(12, "third", "supervisor = true"),
        member(13, "fourth", "supervisor = true"),
    ];
    let center: Center = toml::from_str(&format!("{CENTER}\n{}", agents.concat())).unwrap();
    center.check().unwrap();
    Staff::of(&center)
}

fn form(version: u32) -> Form {
    let form: Form = toml::from_str(FORM).unwrap();
    form.check().unwrap();
    Form { version, ..form }
}

impl World {
    /// With so many talks of the agent's, a minute each.
    pub(super) fn with_talks(talks: u64) -> Self {
        let mut world = Self::opened_with(vec![form(1)]);
        for call in 1..=talks {
            world.talk(call, AGENT);
        }
        world
    }

    pub(super) fn without_forms() -> Self {
        Self::opened_with(Vec::new())
    }

    fn opened_with(forms: Vec<Form>) -> Self {
        let now = WallTime(START);
        Self {
            quality: open_quality(forms, Vec::new(), now),
            now,
            book: Vec::new(),
            to_write: VecDeque::new(),
            heard: Vec::new(),
            monitored: None,
        }
    }

    /// The switch is started anew, and has the form's next version; it may keep the
    /// one of before.
    pub(super) fn form_changes(&mut self, keeps_earlier: bool) {
        let forms = match keeps_earlier {
            true => vec![form(2), form(1)],
            false => vec![form(2)],
        };
        self.restarts_with(forms);
    }

    pub(super) fn starts_anew(&mut self) {
        self.restarts_with(vec![form(1)]);
    }

    /// It knows what it reads, as it was written.
    fn restarts_with(&mut self, forms: Vec<Form>) {
        let read = |(call, at, fact): &(CallId, WallTime, Fact)| {
            let written = serde_json::to_string(fact).unwrap();
            let what: Happening = serde_json::from_str(&written).unwrap();
            assert_eq!(what, fact.of_talk(), "{written}");
            let (call, at) = (*call, *at);
            Told { call, at, what }
        };
        let told = self.book.iter().map(read).collect();
        self.quality = open_quality(forms, told, self.now);
        self.happens(NO_CALL, Fact::Started);
    }

    pub(super) fn later(&mut self, millis: i64) {
        self.now = WallTime(self.now.0 + millis);
    }

    fn happens(&mut self, call: CallId, fact: Fact) {
        let (at, what) = (self.now, fact.of_talk());
        let happened = Event::Happened(Told { call, at, what });
        self.quality.handle(happened, self.now);
        self.book.push((call, at, fact));
    }

    pub(super) fn bridge(&mut self, call: u64, agent: AgentId) {
        let queue = QueueId("taxes".to_owned());
        self.happens(CallId(call), Fact::Queued { queue });
        self.happens(CallId(call), Fact::Bridged { agent });
    }

    pub(super) fn hang_up(&mut self, call: u64) {
        let lost = false;
        self.happens(CallId(call), Fact::CallerLeft { lost });
        let (digest, duration_ms, missing_ms) = (String::new(), 60_000, 0);
        let recorded = Fact::Recorded {
            digest,
            duration_ms,
            missing_ms,
        };
        self.happens(CallId(call), recorded);
    }

    pub(super) fn talk(&mut self, call: u64, agent: AgentId) {
        self.bridge(call, agent);
        self.later(60_000);
        self.hang_up(call);
    }

    pub(super) fn monitors(&mut self, call: u64, AgentId(agent): AgentId) {
        self.monitored = Some(TalkName { agent, call });
    }

    pub(super) fn asks(&mut self, agent: AgentId, asked: QualityRequest) {
        let monitored = self.monitored;
        let event = Event::Asked {
            agent,
            asked,
            monitored,
        };
        self.quality.handle(event, self.now);
        self.follow();
    }

    fn follow(&mut self) {
        while let Some(command) = self.quality.poll_command() {
            match command {
                Command::WriteDown {
                    number,
                    call,
                    at,
                    fact,
                } => self.to_write.push_back((number, call, at, fact)),
                Command::Tell { agent, event } => self.heard.push((agent, event)),
            }
        }
    }

    pub(super) fn wants_written(&self) -> usize {
        self.to_write.len()
    }

    /// What is to be written is durable now, or never.
    pub(super) fn is_written(&mut self, durable: bool) {
        while let Some((number, call, at, fact)) = self.to_write.pop_front() {
            if durable {
                self.book.push((call, at, fact));
            }
            let written = Event::Written { number, durable };
            self.quality.handle(written, self.now);
        }
        self.follow();
    }

    /// Everything that was told since it was asked for last.
    pub(super) fn heard(&mut self) -> Vec<(AgentId, QualityEvent)> {
        std::mem::take(&mut self.heard)
    }

    pub(super) fn heard_by(&mut self, agent: AgentId) -> Vec<QualityEvent> {
        let (his, others) = self.heard().into_iter().partition(|(it, _)| *it == agent);
        self.heard = others;
        let his: Vec<(AgentId, QualityEvent)> = his;
        his.into_iter().map(|(_, event)| event).collect()
    }

    pub(super) fn told(&mut self, agent: AgentId, asked: QualityRequest) -> QualityEvent {
        self.asks(agent, asked);
        self.heard_by(agent).pop().unwrap()
    }

    pub(super) fn refused(&mut self, agent: AgentId) -> QualityRefusal {
        let heard = self.heard_by(agent);
        match &heard[..] {
            [QualityEvent::Refused { why, .. }] => why.clone(),
            _ => panic!("{heard:?}"),
        }
    }

    /// What was told to whoever has judged.
    pub(super) fn judged(&mut self, agent: AgentId) -> Box<TalkSheet> {
        let heard = self.heard_by(agent);
        match &heard[..] {
            [QualityEvent::Judged { sheet }] => sheet.clone(),
            _ => panic!("{heard:?}"),
        }
    }

    pub(super) fn opened(&mut self, agent: AgentId, call: u64) -> Box<TalkSheet> {
        match self.told(agent, open(call)) {
            QualityEvent::Talk { sheet } => sheet,
            other => panic!("{other:?}"),
        }
    }

    /// To the end; answers when it was made.
    pub(super) fn judges(&mut self, reviewer: AgentId, judgment: QualityRequest) -> i64 {
        self.heard();
        self.asks(reviewer, judgment);
        self.is_written(true);
        let sheet = self.judged(reviewer);
        self.heard();
        let own = sheet.reviews.iter().find(|it| it.reviewer == reviewer.0);
        own.unwrap().reviewed_ms
    }

    pub(super) fn list_talks(&self) -> QualityRequest {
        let (agent, days) = (AGENT.0, 30);
        QualityRequest::ListTalks { agent, days }
    }

    /// Of reviews and answers, what was written of a call.
    pub(super) fn written_of(&self, call: u64) -> Vec<String> {
        let of = self.book.iter().filter(|(it, ..)| *it == CallId(call));
        let kinds = of.map(|(.., fact)| serde_json::to_value(fact).unwrap()["type"].clone());
        let kinds = kinds.map(|it| it.as_str().unwrap().to_owned());
        kinds.filter(|it| it.starts_with("review")).collect()
    }

    /// Under which time its review was written.
    pub(super) fn written_at(&self, call: u64) -> i64 {
        let is = |fact: &Fact| matches!(fact, Fact::Reviewed { .. });
        let mut book = self.book.iter();
        let found = book.find(|(of, _, fact)| *of == CallId(call) && is(fact));
        found.unwrap().1.0
    }
}

fn open_quality(forms: Vec<Form>, told: Vec<Told>, now: WallTime) -> Quality {
    let keep = Duration::from_millis(u64::try_from(KEEP_DAYS * DAY).unwrap());
    Quality::open(staff(), Forms::of_forms(forms), keep, told, now)
}

pub(super) fn words(text: &str) -> Personal<String> {
    Personal::new(text.to_owned())
}

pub(super) fn open(call: u64) -> QualityRequest {
    let agent = AGENT.0;
    let talk = TalkName { agent, call };
    QualityRequest::OpenTalk { talk }
}

pub(super) fn judgment(call: u64, greeting: u8, comment: &str) -> QualityRequest {
    judgment_of(AGENT, call, greeting, comment)
}

/// By the first version, with the fee right.
pub(super) fn judgment_of(
    AgentId(agent): AgentId,
    call: u64,
    greeting: u8,
    comment: &str,
) -> QualityRequest {
    let points = [("greeting", greeting), ("fee", 1)];
    QualityRequest::Judge {
        judgment: Judgment {
            talk: TalkName { agent, call },
            form: "talk".to_owned(),
            version: 1,
            points: points.map(|(id, it)| (id.to_owned(), it)).into(),
            comment: Some(words(comment)),
        },
    }
}

pub(super) fn answer(call: u64, reviewed_ms: i64, text: &str) -> QualityRequest {
    QualityRequest::Answer {
        talk: TalkName {
            agent: AGENT.0,
            call,
        },
        reviewer: SUPERVISOR.0,
        reviewed_ms,
        text: words(text),
    }
}
