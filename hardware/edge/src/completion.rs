//! How a command ended.

use serde_json::{Map, Value};

use crate::envelope::Payload;

/// The codes of a completion's header (XFS4IoT, "Completion codes") that this edge gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompletionCode {
    Success,
    /// The payload's `errorCode` says more.
    CommandErrorCode,
    Canceled,
    TimeOut,
    /// A person has to see to the device: a cover is open.
    UserError,
    /// Not there, or not yet identified.
    DeviceNotReady,
    HardwareError,
    /// No message of any interface.
    InvalidCommand,
    /// A message of the standard that this device cannot follow.
    UnsupportedCommand,
    InvalidData,
    /// What is asked for is right and beyond this device.
    UnsupportedData,
}

impl CompletionCode {
    pub fn name(self) -> &'static str {
        match self {
            CompletionCode::Success => "success",
            CompletionCode::CommandErrorCode => "commandErrorCode",
            CompletionCode::Canceled => "canceled",
            CompletionCode::TimeOut => "timeOut",
            CompletionCode::UserError => "userError",
            CompletionCode::DeviceNotReady => "deviceNotReady",
            CompletionCode::HardwareError => "hardwareError",
            CompletionCode::InvalidCommand => "invalidCommand",
            CompletionCode::UnsupportedCommand => "unsupportedCommand",
            CompletionCode::InvalidData => "invalidData",
            CompletionCode::UnsupportedData => "unsupportedData",
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Completion {
    pub code: CompletionCode,
    /// For people who look into the matter; never about a person.
    pub description: Option<&'static str>,
    pub payload: Payload,
}

impl Completion {
    pub(crate) fn of(code: CompletionCode) -> Self {
        Self {
            code,
            description: None,
            payload: Payload::default(),
        }
    }

    pub(crate) fn success(payload: Map<String, Value>) -> Self {
        Self {
            payload: Payload(payload),
            ..Self::of(CompletionCode::Success)
        }
    }

    /// A failure that is the command's own: one of its `errorCode`s.
    pub(crate) fn error(code: &'static str) -> Self {
        let mut payload = Map::new();
        payload.insert("errorCode".to_owned(), code.into());
        Self {
            payload: Payload(payload),
            ..Self::of(CompletionCode::CommandErrorCode)
        }
    }

    pub(crate) fn because(self, description: &'static str) -> Self {
        Self {
            description: Some(description),
            ..self
        }
    }
}

/// Why a command that runs is to end before it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    Canceled,
    TimedOut,
}

impl Stop {
    pub(crate) fn completion(self) -> Completion {
        Completion::of(match self {
            Stop::Canceled => CompletionCode::Canceled,
            Stop::TimedOut => CompletionCode::TimeOut,
        })
    }
}
