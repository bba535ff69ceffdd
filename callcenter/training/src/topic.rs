//! What a caller can be asked about, or says by himself.

use serde::Deserialize;

/// In a scenario's file: `opening`, `name`, `answer.district`, `option.kind` and so on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub enum Topic {
    /// The first words after the agent has answered.
    Opening,
    Name,
    ResidentNumber,
    /// What an earlier request of the caller was; whoever knows is `checked`.
    EarlierRequest,
    /// A question of the service, by its id.
    Answer(String),
    /// An option of the service, by its id.
    Option(String),
    Copies,
    /// Wants to hear what may not be said.
    Demand,
    /// Was asked what he does not know.
    Puzzled,
    /// Nobody speaks.
    Silence,
    /// Is back from hold.
    AfterHold,
    /// Does not want what is proposed at the kiosk.
    Declined,
    /// What he wanted is done.
    Thanks,
    /// Gives up.
    Leaving,
}

impl TryFrom<String> for Topic {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Ok(match text.as_str() {
            "opening" => Self::Opening,
            "name" => Self::Name,
            "resident-number" => Self::ResidentNumber,
            "earlier-request" => Self::EarlierRequest,
            "copies" => Self::Copies,
            "demand" => Self::Demand,
            "puzzled" => Self::Puzzled,
            "silence" => Self::Silence,
            "after-hold" => Self::AfterHold,
            "declined" => Self::Declined,
            "thanks" => Self::Thanks,
            "leaving" => Self::Leaving,
            other => match other.split_once('.') {
                Some(("answer", id)) if !id.is_empty() => Self::Answer(id.to_owned()),
                Some(("option", id)) if !id.is_empty() => Self::Option(id.to_owned()),
                _ => return Err(format!("nobody can speak about {other:?}")),
            },
        })
    }
}

impl Topic {
    /// Whether it is something the agent needs, which a caller who is not asked
    /// says by himself in the end.
    pub fn is_needed(&self) -> bool {
        match self {
            Self::Name
            | Self::ResidentNumber
            | Self::Answer(_)
            | Self::Option(_)
            | Self::Copies
            | Self::Demand => true,
            Self::Opening
            | Self::EarlierRequest
            | Self::Puzzled
            | Self::Silence
            | Self::AfterHold
            | Self::Declined
            | Self::Thanks
            | Self::Leaving => false,
        }
    }
}
