//! Everything the desk knows about the caller whose request is being prepared.

use std::collections::BTreeMap;

use privacy::Personal;
use request::{ServiceId, ServiceRequest};
use ticket::Code;

use super::{
    identifying::{Caller, Known, QUESTIONS},
    view::{AnswerRefusal, IdentityRefusal},
};

/// Replaced as a whole when it ends: what is not in here outlives nobody.
#[derive(Debug)]
pub(super) struct Draft {
    pub query: String,
    pub service: Option<ServiceId>,
    /// The journal was asked for a request and has not answered.
    pub opening: bool,
    pub request: Option<ServiceRequest>,
    pub caller: Caller,
    pub name: Personal<String>,
    pub number: Personal<String>,
    pub identity_refusal: Option<IdentityRefusal>,
    pub known: Option<Known>,
    /// Which questions about the record the caller could answer.
    pub knew: [bool; QUESTIONS],
    /// What is typed, by question.
    pub typed: BTreeMap<String, Personal<String>>,
    /// Answers as the form takes them, by question.
    pub answers: BTreeMap<String, Personal<String>>,
    pub refusals: BTreeMap<String, AnswerRefusal>,
    pub options: BTreeMap<String, String>,
    pub copies: u32,
    pub consented: bool,
    /// Where a text message goes, as it is typed.
    pub telephone: Personal<String>,
    pub telephone_refused: bool,
    /// To the number of the call, while nothing is typed.
    pub to_caller: bool,
    pub code: Option<Code>,
}

impl Default for Draft {
    fn default() -> Self {
        Self {
            query: String::new(),
            service: None,
            opening: false,
            request: None,
            caller: Caller::Unknown,
            name: Personal::default(),
            number: Personal::default(),
            identity_refusal: None,
            known: None,
            knew: [false; QUESTIONS],
            typed: BTreeMap::new(),
            answers: BTreeMap::new(),
            refusals: BTreeMap::new(),
            options: BTreeMap::new(),
            copies: 1,
            consented: false,
            telephone: Personal::default(),
            telephone_refused: false,
            to_caller: false,
            code: None,
        }
    }
}
