//! What an agent sees of a preparation: one value per step.

use privacy::Personal;

use super::identifying::{Caller, Known};
use crate::reach::Standing;

/// Texts of the catalogue are in the agent's language; all other words live in
/// the screens themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PreparationView {
    Find(Find),
    Explain(Sheet),
    Identify(Identify),
    Fill(Form),
    Consent(SpokenConsent),
    Review(Review),
    Read(Reading),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Find {
    /// What was typed when the pane was left.
    pub query: String,
    /// Each has a key.
    pub tiles: Vec<Tile>,
    /// How many more fit.
    pub more: usize,
    /// Enter takes one of them.
    pub meant: bool,
    /// Titles of the topics, which are words to search by.
    pub topics: Vec<String>,
    /// What is to be had at counters alone.
    pub counters: Vec<Counter>,
    /// What agencies hold that no paper is made of, and whom to ask for it.
    pub holdings: Vec<Held>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    pub title: String,
    pub description: String,
    pub office: String,
    pub telephone: String,
    /// Where the office is.
    pub place: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counter {
    pub title: String,
    /// Why, and which counter.
    pub reason: String,
    pub counter: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tile {
    pub service: String,
    pub title: String,
    pub summary: String,
    pub fee: String,
    pub standing: Standing,
    /// When the agency opens, where it is closed now; else empty.
    pub opens_at: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    pub title: String,
    pub summary: String,
    pub fee: String,
    pub fee_basis: String,
    pub agency: String,
    pub hours: String,
    pub needs_card: bool,
    pub standing: Standing,
    /// Why the agency is closed now and until when, as it is said to a caller; else
    /// empty.
    pub closed: String,
    /// When whoever is away was last known to answer; empty when it never was.
    pub since: String,
    /// What the desk knows is too old to prepare it.
    pub stale: bool,
    pub questions: Vec<String>,
    pub copies_max: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identify {
    pub title: String,
    pub name: Personal<String>,
    pub number: Personal<String>,
    pub caller: Caller,
    pub refusal: Option<IdentityRefusal>,
    /// An earlier request of the number that was typed.
    pub known: Option<Known>,
    pub knew: [bool; super::identifying::QUESTIONS],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdentityRefusal {
    NoName,
    NotANumber,
    /// The agent has not said how the caller was identified.
    NotSaid,
    /// No earlier request of this number is known here.
    NothingToAsk,
    KnewTooLittle,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    pub title: String,
    pub questions: Vec<Asked>,
    pub groups: Vec<OptionGroup>,
    pub copies: u32,
    pub copies_max: u32,
    pub fee: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    pub id: String,
    pub label: String,
    pub hint: String,
    pub typed: Personal<String>,
    /// In words, once it is answered.
    pub answer: Option<Personal<String>>,
    pub suggestions: Vec<String>,
    pub refusal: Option<AnswerRefusal>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerRefusal {
    Missing,
    NotInList,
    NoSuchDay,
    NotAllowed,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionGroup {
    pub option: String,
    pub label: String,
    pub choices: Vec<Choice>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub id: String,
    pub label: String,
    pub explanation: String,
    pub chosen: bool,
}

/// The words to be read aloud.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpokenConsent {
    pub title: String,
    pub agency: String,
    pub purpose: String,
    pub fields: Vec<String>,
    pub retention: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    pub title: String,
    pub lines: Vec<Line>,
    pub fee: String,
    /// None where no text messages are sent.
    pub messaging: Option<Messaging>,
}

/// Whether and where a text message goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Messaging {
    /// The number of the call, where it is a mobile telephone's.
    pub caller: Option<Personal<String>>,
    pub to_caller: bool,
    pub typed: Personal<String>,
    /// What is typed is no mobile telephone's number.
    pub refused: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub label: String,
    pub value: Personal<String>,
}

/// The code, group by group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    pub title: String,
    /// Four groups of four digits.
    pub groups: Vec<Personal<String>>,
    /// The same as they are said, such as `삼 공 이 일`.
    pub spoken: Vec<Personal<String>>,
    /// The group the caller writes down now.
    pub group: usize,
    pub needs_card: bool,
    pub copies: u32,
    pub fee: String,
    /// Where a text message with the code goes.
    pub messaged: Option<Personal<String>>,
    /// The exchange does not know of it yet.
    pub sent: bool,
}
