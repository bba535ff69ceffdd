//! Postings as the exchange tells moderators of them.

use privacy::Personal;
use request::{StationId, Timestamp};
use serde::{Deserialize, Serialize};

/// One that waits (`GET /v1/board/postings`).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Posting {
    pub id: String,
    pub station: StationId,
    #[serde(rename = "topic_title")]
    pub topic: Title,
    /// What it is about; the whole city where none.
    #[serde(rename = "district_title")]
    pub district: Option<Title>,
    pub submitted_at: Timestamp,
    pub words: Words,
}

/// A topic or a district, as people call it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Title {
    pub ko: String,
    pub en: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Words {
    pub title: Personal<String>,
    pub text: Personal<String>,
}

/// What a moderator says (`POST /v1/board/postings/{id}/decision`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "decision", rename_all = "snake_case")]
pub enum Judgment {
    Publish { days: u64 },
    Refuse { reason: Personal<String> },
}

/// Why the exchange does not tell, or did not do it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PostingsFault {
    Unreachable,
    /// Whoever works here may not.
    Forbidden,
    /// The exchange wants the switch's word on who works here.
    Unproven,
    /// Another moderator has decided already.
    Decided,
    Malformed,
}
