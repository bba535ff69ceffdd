//! What everybody may read, and a station's copy of it.

use request::Timestamp;
use serde::{Deserialize, Serialize};

/// A notice that a moderator has published. It is plain text, whatever stands in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    pub id: String,
    pub topic: String,
    /// A code of the catalogue's boroughs; the whole city without one.
    pub district: Option<String>,
    pub title: String,
    pub text: String,
    pub published_at: Timestamp,
    /// When it goes by itself.
    pub until: Timestamp,
}

/// The board as it was at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edition {
    /// By the exchange's clock; none before there was a copy.
    pub as_of: Option<Timestamp>,
    /// The newest first.
    pub notices: Vec<Notice>,
}

impl Edition {
    /// What stands below a topic now: a copy that is old shows nothing whose time is over.
    pub fn on<'a>(&'a self, topic: &'a str, now: Timestamp) -> impl Iterator<Item = &'a Notice> {
        let stands = move |it: &&Notice| it.topic == topic && it.until > now;
        self.notices.iter().filter(stands)
    }
}
