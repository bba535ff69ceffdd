//! An agent's help as the citizen sees it, over whatever screen is up.

use softphone::Volume;

use super::Keyboard;
use crate::handset::Voice;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Help {
    /// An agent can be asked for here.
    pub offered: bool,
    /// The citizen may also speak with them.
    pub handset: bool,
    pub state: HelpState,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum HelpState {
    #[default]
    None,
    /// May an agent see the form?
    Asking,
    Waiting {
        /// So many came before; `None` until that is known.
        ahead: Option<u32>,
    },
    Helping(Box<Helping>),
    /// The visit goes on where it was.
    Ended(HelpEnding),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Helping {
    /// The label of the field the agent points at; empty when at none.
    pub pointed: String,
    pub proposal: Option<Proposed>,
    /// The talk, while it lies over the screen.
    pub talk: Option<Talk>,
    /// The handset's call; `None` where there is no handset.
    pub speaking: Option<Speaking>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Speaking {
    pub voice: Voice,
    pub volume: Volume,
    /// Its sheet lies over the screen.
    pub open: bool,
}

/// A value the citizen confirms or declines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposed {
    pub number: u32,
    pub label: String,
    pub value: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Talk {
    pub lines: Vec<TalkLine>,
    pub text: String,
    pub composing: String,
    pub keyboard: Keyboard,
    pub refusal: Option<LineRefusal>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TalkLine {
    pub from_agent: bool,
    pub text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineRefusal {
    TooLong,
    /// As many digits as a resident number or a card has.
    Number,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HelpEnding {
    ByAgent,
    NobodyCame,
    LineLost,
    NoRoom,
}
