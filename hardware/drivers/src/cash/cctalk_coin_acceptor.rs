//! The events of a ccTalk coin acceptor (header 229).

use super::{acceptor::Acceptor, event_counter::Event};

/// Codes after which a coin lies where no other can pass.
const JAMS: [u8; 8] = [
    6,  // credit sensor timeout
    7,  // sorter opto timeout
    14, // credit sensor blocked
    15, // sorter opto blocked
    26, // reject sensor blocked
    29, // accept gate open, not closed
    32, // manifold opto blocked
    36, // swallowed coin
];
/// Codes that tell something of the device and of no coin.
const WITHOUT_COIN: [u8; 6] = [
    0,   // null event
    34,  // security status changed
    35,  // motor exception
    253, // data block request
    254, // coin return mechanism activated
    255, // unspecified alarm
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CoinNews {
    Accepted {
        value_won: u32,
    },
    Rejected,
    Jammed,
    /// Accepted, but worth nothing that is known.
    Unknown,
    Nothing,
}

/// What one event means; a coin is in when its type is told.
pub(super) fn coin_news(event: Event, acceptor: &Acceptor) -> CoinNews {
    match event {
        [0, code] if JAMS.contains(&code) => CoinNews::Jammed,
        [0, code] if WITHOUT_COIN.contains(&code) => {
            tracing::debug!(code, "The coin acceptor told a code");
            CoinNews::Nothing
        }
        [0, code] => {
            tracing::debug!(code, "A coin was rejected");
            CoinNews::Rejected
        }
        [kind, _sorter_path] => match acceptor.value_won(kind) {
            Some(value_won) => CoinNews::Accepted { value_won },
            None => CoinNews::Unknown,
        },
    }
}
