//! A caller's place, as it is written down.

use serde::{Deserialize, Serialize};

use crate::{CallId, CallerKey, Language, Priority, QueueId, WallTime};

/// Who waits, and since when: what a restart of the switch must not lose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    pub call: CallId,
    /// Who has none is not recognized when calling again.
    pub caller: Option<CallerKey>,
    pub queue: QueueId,
    pub language: Language,
    pub priority: Priority,
    /// The arrival that counts; a returning caller keeps the first one.
    pub arrived: WallTime,
    pub standing: Standing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Standing {
    /// On the line, waiting.
    Waiting,
    /// With an agent.
    Talking,
    /// Will be called back; so many attempts have failed.
    Promised { attempts: u32 },
    /// Gone; the place is kept for a while.
    Left { at: WallTime, cut_off: bool },
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_written_form_of_a_place_stays_as_it_is() {
        let place = Place {
            call: CallId(7),
            caller: Some(CallerKey([1; 16])),
            queue: QueueId("residents".into()),
            language: Language("ko".into()),
            priority: Priority::CutOff,
            arrived: WallTime(1_795_482_000_000),
            standing: Standing::Left {
                at: WallTime(1_795_482_060_000),
                cut_off: true,
            },
        };
        let written = r#"{"call":7,"caller":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1],"queue":"residents","language":"ko","priority":"cut-off","arrived":1795482000000,"standing":{"left":{"at":1795482060000,"cut_off":true}}}"#;

        assert_eq!(serde_json::to_string(&place).unwrap(), written);
        assert_eq!(serde_json::from_str::<Place>(written).unwrap(), place);
    }
}
