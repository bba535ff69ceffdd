//! Commands and responses of a card, short form (ISO/IEC 7816-4:2005, 5.1).

/// A response's data and its status bytes.
pub(crate) const RESPONSE_MAX: usize = 256 + 2;

/// How a card takes its commands (ISO/IEC 7816-3:2006, 10 and 11).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Protocol {
    /// Half-duplex characters: a command has data or wants data, never both.
    T0,
    /// Half-duplex blocks.
    T1,
}

/// SELECT by DF name, first occurrence, with file control information (7.1.1).
pub(super) fn select(application: &[u8], protocol: Protocol) -> Vec<u8> {
    let length = u8::try_from(application.len()).expect("an application's name has 16 bytes");
    let mut command = vec![0x00, 0xa4, 0x04, 0x00, length];
    command.extend(application);
    if protocol == Protocol::T1 {
        command.push(0x00);
    }
    command
}

/// READ BINARY from the start of the file that `short_identifier` names (7.2.3).
pub(super) fn read_file(short_identifier: u8) -> Vec<u8> {
    vec![0x00, 0xb0, 0x80 | short_identifier, 0x00, 0x00]
}

/// READ BINARY of the same file, further on; an offset has 15 bits (7.2.3).
pub(super) fn read_on(offset: u16) -> Vec<u8> {
    let [high, low] = (offset & 0x7fff).to_be_bytes();
    vec![0x00, 0xb0, high, low, 0x00]
}

/// GET RESPONSE (7.6.1).
pub(super) fn get_response(length: u8) -> Vec<u8> {
    vec![0x00, 0xc0, 0x00, 0x00, length]
}

/// The status bytes SW1-SW2, as far as they mean something to us (5.1.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    /// `9000`
    Done,
    /// `61xx`: so many bytes wait for a GET RESPONSE; zero stands for 256.
    More(u8),
    /// `6Cxx`: ask again for so many bytes.
    Length(u8),
    /// `6282`: the file ended before everything asked for was read.
    FileEnded,
    /// `6281`, `6581`: what was read may be wrong, or the memory is broken.
    Corrupted,
    /// `64xx`, `66xx`, `6Fxx`: the card itself has a problem.
    Failing(u16),
    /// Anything else is a no.
    Refused(u16),
}

/// Takes a response apart; `None` when it is not one.
pub(super) fn read_response(response: &[u8]) -> Option<(&[u8], Status)> {
    if response.len() > RESPONSE_MAX {
        return None;
    }
    let (data, &[first, second]) = response.split_last_chunk::<2>()?;
    let word = u16::from_be_bytes([first, second]);
    let status = match (first, second) {
        (0x90, 0x00) => Status::Done,
        (0x61, waiting) => Status::More(waiting),
        (0x6c, length) => Status::Length(length),
        (0x62, 0x82) => Status::FileEnded,
        (0x62, 0x81) | (0x65, 0x81) => Status::Corrupted,
        (0x64 | 0x66 | 0x6f, _) => Status::Failing(word),
        _ => Status::Refused(word),
    };
    Some((data, status))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_response_is_data_and_two_status_bytes() {
        let well = |data: &'static [u8], status| Some((data, status));

        assert_eq!(read_response(b"ab\x90\x00"), well(b"ab", Status::Done));
        assert_eq!(read_response(&[0x61, 0x10]), well(&[], Status::More(16)));
        assert_eq!(read_response(&[0x6c, 0x20]), well(&[], Status::Length(32)));
        assert_eq!(read_response(b"a\x62\x82"), well(b"a", Status::FileEnded));
        assert_eq!(
            read_response(&[0x6a, 0x82]),
            well(&[], Status::Refused(0x6a82))
        );
        assert_eq!(read_response(&[0x90]), None);
        assert_eq!(read_response(&[0; 259]), None);
    }

    #[test]
    fn an_old_card_is_not_sent_data_and_asked_for_data_in_one_command() {
        assert_eq!(select(b"A", Protocol::T1), [0, 0xa4, 4, 0, 1, b'A', 0]);
        assert_eq!(select(b"A", Protocol::T0), [0, 0xa4, 4, 0, 1, b'A']);
        assert_eq!(read_file(1), [0, 0xb0, 0x81, 0, 0]);
        assert_eq!(read_on(0x0140), [0, 0xb0, 0x01, 0x40, 0]);
    }
}
