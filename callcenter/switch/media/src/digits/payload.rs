//! The four octets of a named event (RFC 4733 §2.3).

/// One event as it stands in a packet.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct EventPayload {
    /// 0 to 15 are a telephone's keys (§3.2).
    pub code: u8,
    /// The key has been let go; the duration is final.
    pub ended: bool,
    /// In −dBm0, 0 to 63.
    pub volume: u8,
    /// In clock units since the packet's timestamp.
    pub duration: u16,
}

/// Says nothing of the key: what people type is theirs.
impl std::fmt::Debug for EventPayload {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("EventPayload")
            .field("ended", &self.ended)
            .field("duration", &self.duration)
            .finish_non_exhaustive()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a payload of named events has no whole event")]
pub struct NotAnEvent;

impl EventPayload {
    pub const OCTETS: usize = 4;

    /// Every event of a packet: several are contiguous, and all but the last have
    /// ended (§2.5.1.5).
    ///
    /// # Errors
    /// When there is none, or a piece of one.
    pub fn parse_all(payload: &[u8]) -> Result<impl Iterator<Item = Self> + '_, NotAnEvent> {
        let (events, rest) = payload.as_chunks::<{ Self::OCTETS }>();
        if events.is_empty() || !rest.is_empty() {
            return Err(NotAnEvent);
        }
        Ok(events.iter().map(|[code, flags, high, low]| Self {
            code: *code,
            ended: flags & 0x80 != 0,
            volume: flags & 0x3f,
            duration: u16::from_be_bytes([*high, *low]),
        }))
    }

    pub fn to_bytes(self) -> [u8; Self::OCTETS] {
        let [high, low] = self.duration.to_be_bytes();
        [
            self.code,
            u8::from(self.ended) << 7 | self.volume & 0x3f,
            high,
            low,
        ]
    }
}

/// The key an event stands for, if it is one.
pub fn digit_of(code: u8) -> Option<char> {
    match code {
        0..=9 => Some(char::from(b'0' + code)),
        10 => Some('*'),
        11 => Some('#'),
        12..=15 => Some(char::from(b'A' + code - 12)),
        _ => None,
    }
}

/// The event a key stands for.
pub fn digit_code(digit: char) -> Option<u8> {
    (0..=15).find(|code| digit_of(*code) == Some(digit.to_ascii_uppercase()))
}
