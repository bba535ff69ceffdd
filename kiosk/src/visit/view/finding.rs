//! Finding a service: what is asked most, the topics, and the search.

use super::{Keyboard, Trouble};

/// The first look around.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Around {
    /// A few services, the most asked first.
    pub most_asked: Vec<ServiceTile>,
    pub topics: Vec<TopicTile>,
    /// What happens to people; the tile's topic is the event's id.
    pub life_events: Vec<TopicTile>,
    /// It can be asked which office holds what.
    pub locator: bool,
    /// There is a board.
    pub board: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicTile {
    pub topic: String,
    pub title: String,
    pub summary: String,
    pub services: u32,
}

/// One topic or life event, opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shelf {
    pub title: String,
    pub summary: String,
    pub services: Vec<ServiceTile>,
    pub counters: Vec<CounterTile>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search {
    /// The finished text and the syllable still being composed.
    pub text: String,
    pub composing: String,
    pub keyboard: Keyboard,
    /// What answers to it, the best first.
    pub found: Vec<ServiceTile>,
    /// Nothing answers to it; what is found is called nearly so.
    pub nearly: bool,
    pub counters: Vec<CounterTile>,
    /// How many more there are than shown.
    pub more: u32,
}

/// A paper that is to be had at a counter alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CounterTile {
    pub title: String,
    pub reason: String,
    pub counter: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceTile {
    pub service: String,
    pub title: String,
    pub summary: String,
    pub fee: String,
    /// Why it cannot be had now; the tile stays readable.
    pub unavailable: Option<Trouble>,
    /// When it opens, where closing hours are the reason; else empty.
    pub opens_at: String,
    /// It is only accepted now, and done later.
    pub queues: bool,
    /// The moment of the records it is issued from while the agency is out of
    /// reach; empty when the agency itself answers.
    pub records_at: String,
}
