//! A service as a clerk describes it: what is asked, in which order, and what is an
//! answer.

mod answers;
mod asking;
mod fee;
mod files;
mod record;
mod template;

use catalog::{Catalog, QuestionKind};
use request::IdentityLevel;

use crate::{
    interview::{Answers, NotAnswered},
    words::Words,
};

pub(crate) use fee::Fee;

/// More than a form or a paper has.
const ROWS_MAX: usize = 40;

/// Everything of a service that is not the same for all.
pub struct Draft {
    pub(crate) id: String,
    pub(crate) title: Words,
    pub(crate) summary: Words,
    pub(crate) topic: String,
    pub(crate) network: String,
    /// The service code at the network.
    pub(crate) query: String,
    pub(crate) issuer: Words,
    pub(crate) identity: IdentityLevel,
    /// As `service.toml` has it.
    pub(crate) offline: String,
    pub(crate) fee: Fee,
    pub(crate) copies_max: u32,
    pub(crate) valid_days: u32,
    /// How long the exchange keeps what is personal.
    pub(crate) kept_days: u32,
    pub(crate) questions: Vec<FormQuestion>,
    pub(crate) fields: Vec<Field>,
    /// The sentence over the office's name.
    pub(crate) closing: Words,
}

/// What the applicant is asked.
pub(crate) struct FormQuestion {
    pub(crate) id: String,
    pub(crate) label: Words,
    pub(crate) hint: Words,
    pub(crate) kind: &'static str,
    pub(crate) codes: Option<String>,
    pub(crate) limit: u32,
}

/// What the network answers and the paper says.
pub(crate) struct Field {
    pub(crate) id: String,
    pub(crate) label: Words,
    pub(crate) kind: FieldKind,
    /// Characters of a text at the most.
    pub(crate) limit: u32,
    pub(crate) sealed: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FieldKind {
    Text,
    Bilingual,
    Number,
    Won,
    Day,
}

impl FieldKind {
    pub(crate) const NAMES: [(&'static str, Self); 5] = [
        ("text", Self::Text),
        ("bilingual", Self::Bilingual),
        ("number", Self::Number),
        ("won", Self::Won),
        ("day", Self::Day),
    ];

    fn named(name: &str) -> Option<Self> {
        Self::NAMES
            .iter()
            .find(|(it, _)| *it == name)
            .map(|(_, kind)| *kind)
    }
}

/// Kinds of questions, and how long an answer is where nobody says otherwise.
const QUESTION_KINDS: [(&str, QuestionKind, u32); 6] = [
    ("list", QuestionKind::List, 30),
    ("parcel_number", QuestionKind::ParcelNumber, 9),
    ("date", QuestionKind::Date, 10),
    ("digits", QuestionKind::Digits, 20),
    ("code", QuestionKind::Code, 20),
    ("text", QuestionKind::Text, 40),
];

impl Draft {
    /// Asks everything, each answer checked at once.
    ///
    /// # Errors
    /// When the answers end too early, or one in a file is none.
    pub fn ask(catalog: &Catalog, answers: &mut Answers<'_>) -> Result<Self, NotAnswered> {
        let mut form = answers::Form { catalog, answers };
        let id = form.new_id()?;
        let title = form.both("title", ("민원의 이름", "What is the service called"), None)?;
        let summary = form.both(
            "summary",
            (
                "무엇을 하는 민원인지 한 문장으로",
                "What it does, in one sentence",
            ),
            None,
        )?;
        let topic = form.one_of(
            "topic",
            ("어느 주제 아래 있나요?", "Below which topic is it found?"),
            catalog.topics().map(|it| it.id.as_str()).collect(),
        )?;
        let network = form.one_of(
            "network",
            ("어느 전산망이 답하나요?", "Which network answers?"),
            catalog.networks().map(|it| it.id.as_str()).collect(),
        )?;
        let query = form.code(
            "query",
            (
                "그 전산망에서의 서비스 코드는?",
                "What is its service code there?",
            ),
            &id,
        )?;
        let issuer = form.both(
            "issuer",
            ("증명하는 기관장", "Whose name stands over the seal"),
            None,
        )?;
        let identity = form.identity()?;
        let offline = form.offline(identity, &query)?;
        let fee = form.fee(&id)?;
        let copies_max = form.number(
            "copies_max",
            ("한 번에 몇 부까지?", "How many copies at once?"),
            (1, 100),
            5,
        )?;
        let valid_days = form.number(
            "valid_days",
            ("며칠 동안 쓸 수 있나요?", "For how many days is it valid?"),
            (1, 3_650),
            90,
        )?;
        let usual = if identity == IdentityLevel::None {
            365
        } else {
            1_825
        };
        let kept_days = form.number(
            "kept_days",
            (
                "누가 무엇을 신청했는지 며칠 보관하나요?",
                "For how many days is it kept who asked for what?",
            ),
            (1, 36_500),
            usual,
        )?;
        let questions = form.questions()?;
        let fields = form.fields()?;
        let closing = form.both(
            "closing",
            ("증명하는 문장", "The sentence that certifies"),
            Some(("위와 같이 증명합니다.", "This certifies the above.")),
        )?;
        Ok(Self {
            id,
            title,
            summary,
            topic,
            network,
            query,
            issuer,
            identity,
            offline,
            fee,
            copies_max,
            valid_days,
            kept_days,
            questions,
            fields,
            closing,
        })
    }

    pub fn id(&self) -> &str {
        &self.id
    }

    /// The files of the service and, where it has one of its own, of its fee; below
    /// the catalogue's folder.
    pub fn files(&self) -> Vec<(String, String)> {
        let below = |name: &str| format!("services/{}/{name}", self.id);
        let mut files = vec![
            (below("service.toml"), self.service()),
            (below("record.schema.json"), self.schema()),
            (below("sample.json"), self.sample()),
            (below("certificate.typ"), self.template()),
        ];
        if let Some(ordinance) = self.fee.file() {
            files.push((format!("fees/{}.toml", self.fee.ordinance()), ordinance));
        }
        files
    }

    /// Whether the record is of the one who asks.
    pub(crate) fn is_personal(&self) -> bool {
        self.identity > IdentityLevel::None
    }
}
