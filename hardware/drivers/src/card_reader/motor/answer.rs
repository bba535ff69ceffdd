//! What a motor card reader answers (CRT-591-M001, 1.2.2, 1.2.3, 2.1.2 and 2.2).

use devices::card_reader::{CardFault, CardHolder};
use jiff::civil::Date;

use super::{super::identity_profile::read_profile, command::Command};

/// The unit has started since and waits for the first command.
const NOT_RESET: [u8; 2] = *b"B0";
/// Between tracks, after the first and after the second.
const SEPARATOR: u8 = b'~';
/// Of a track on which nothing is written.
const NOTHING_WRITTEN: &[u8] = b"24";

/// Where a card is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Place {
    #[default]
    Nowhere,
    /// In the mouth, where a hand can take it.
    Gate,
    /// Within, at the head.
    Inside,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// Done; `None` where the unit tells a place that the protocol does not know.
    Done(Option<Place>),
    Tracks(Vec<u8>),
    /// It was started anew and knows nothing.
    NotReset,
    Fault([u8; 2]),
}

/// Reads the text of an answer; `None` when it is none to this command.
pub(super) fn read(text: &[u8], command: Command) -> Option<Answer> {
    let [kind, first, second, rest @ ..] = text else {
        return None;
    };
    if [*first, *second] != command.code() {
        return None;
    }
    match (kind, rest) {
        // The unit says N before tracks of which one is empty, too.
        (b'P' | b'N', [_, _, _, tracks @ ..])
            if command == Command::ReadTracks && !tracks.is_empty() =>
        {
            Some(Answer::Tracks(tracks.to_vec()))
        }
        (b'P', [place, _stacker, _bin, ..]) => Some(Answer::Done(read_place(*place))),
        // The paper says N and prints the code of E; both were seen.
        (b'N' | b'E', [high, low, ..]) => Some(match [*high, *low] {
            NOT_RESET => Answer::NotReset,
            fault => Answer::Fault(fault),
        }),
        _ => None,
    }
}

fn read_place(code: u8) -> Option<Place> {
    match code {
        b'0' => Some(Place::Nowhere),
        b'1' => Some(Place::Gate),
        b'2' => Some(Place::Inside),
        _ => {
            tracing::debug!(code, "The card reader told an unknown place");
            None
        }
    }
}

/// Each track is `P` and its data or `N` and a code of two digits; track 3 has the identity.
pub(super) fn read_tracks(tracks: &[u8], today: Date) -> Result<CardHolder, CardFault> {
    let mut each = tracks.splitn(3, |byte| *byte == SEPARATOR);
    let others = [each.next(), each.next()];
    match each.next() {
        Some([b'P', data @ ..]) => read_profile(data, today),
        // A card with other tracks and nothing on this one: a bank's, a library's.
        Some([b'N', code @ ..])
            if code == NOTHING_WRITTEN
                && others.iter().flatten().any(|it| it.starts_with(b"P")) =>
        {
            Err(CardFault::Unknown)
        }
        _ => Err(CardFault::Unreadable),
    }
}

/// Why a unit stands still, for the log.
pub(super) fn meaning(fault: [u8; 2]) -> &'static str {
    match &fault {
        b"00" => "undefined command",
        b"01" => "wrong parameter",
        b"02" => "not in this order",
        b"03" => "not in this hardware",
        b"04" => "wrong data",
        b"10" => "card jammed",
        b"12" => "sensor faulty",
        b"13" => "card too long",
        b"14" => "card too short",
        b"16" | b"45" => "card moved by hand",
        b"50" => "counter of kept cards is full",
        b"51" => "motor faulty",
        b"A1" => "bin is full",
        _ => "unknown",
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const TODAY: Date = date(2026, 11, 24);

    /// What such a reader was seen to send of a card with two tracks.
    const SEEN: &[u8] = b"N67021P6283=7496003776810700729~P6283=0000000001037356~N24";

    #[test]
    fn tracks_that_were_seen_are_those_of_a_card_that_nobody_knows_here() {
        let Some(Answer::Tracks(tracks)) = read(SEEN, Command::ReadTracks) else {
            panic!("they are tracks");
        };

        assert_eq!(read_tracks(&tracks, TODAY), Err(CardFault::Unknown));
    }

    #[test]
    fn an_answer_to_another_command_is_none() {
        assert_eq!(read(b"P10000", Command::GiveBack), None);
        assert_eq!(
            read(b"P10000", Command::Status),
            Some(Answer::Done(Some(Place::Nowhere)))
        );
    }

    #[test]
    fn faults_are_told_by_their_codes() {
        assert_eq!(
            read(b"N2010", Command::GiveBack),
            Some(Answer::Fault(*b"10"))
        );
        assert_eq!(read(b"E10B0", Command::Status), Some(Answer::NotReset));
        assert_eq!(
            read(b"N6702", Command::ReadTracks),
            Some(Answer::Fault(*b"02"))
        );
    }
}
