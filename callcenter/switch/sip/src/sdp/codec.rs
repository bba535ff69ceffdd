//! Codecs, profiles and directions as SDP names them.

/// A codec of speech this house can carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Codec {
    /// G.711 µ-law, 8 kHz, static payload type 0 (RFC 3551 §4.5.14).
    Pcmu,
    /// G.711 A-law, 8 kHz, static payload type 8 (RFC 3551 §4.5.14).
    Pcma,
    /// Opus, always written `opus/48000/2` (RFC 7587 §7).
    Opus,
}

impl Codec {
    /// Clock rate of its RTP timestamps in Hz.
    pub fn clock_rate(self) -> u32 {
        match self {
            Self::Pcmu | Self::Pcma => 8_000,
            Self::Opus => 48_000,
        }
    }

    /// What stands behind the payload type in `a=rtpmap`.
    pub fn encoding(self) -> &'static str {
        match self {
            Self::Pcmu => "PCMU/8000",
            Self::Pcma => "PCMA/8000",
            Self::Opus => "opus/48000/2",
        }
    }

    /// The payload type this house offers it under: the static one, or one of
    /// the dynamic range (RFC 3551 §6).
    pub fn offered_payload_type(self) -> u8 {
        match self {
            Self::Pcmu => 0,
            Self::Pcma => 8,
            Self::Opus => 111,
        }
    }

    /// The codec of a static payload type, known without `a=rtpmap`.
    pub(super) fn of_static(payload_type: u8) -> Option<Self> {
        match payload_type {
            0 => Some(Self::Pcmu),
            8 => Some(Self::Pcma),
            _ => None,
        }
    }

    /// The codec an encoding of `a=rtpmap` names; names are case-insensitive.
    pub(super) fn of_encoding(encoding: &str) -> Option<Self> {
        let mut parts = encoding.split('/');
        let name = parts.next()?;
        let rate: u32 = parts.next()?.trim().parse().ok()?;
        let channels = parts.next().unwrap_or("1");
        [
            (Self::Pcmu, "PCMU", "1"),
            (Self::Pcma, "PCMA", "1"),
            (Self::Opus, "opus", "2"),
        ]
        .into_iter()
        .find(|(codec, known, count)| {
            name.eq_ignore_ascii_case(known) && rate == codec.clock_rate() && channels == *count
        })
        .map(|(codec, _, _)| codec)
    }
}

/// A codec under the payload type one end receives it with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Format {
    /// 0 to 127.
    pub payload_type: u8,
    pub codec: Codec,
}

/// Keys pressed, as packets of their own (RFC 4733).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TelephoneEvent {
    /// 96 to 127.
    pub payload_type: u8,
    /// In Hz; that of the codec it accompanies (RFC 4733 §2.1).
    pub clock_rate: u32,
}

/// The transport of the sound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Profile {
    /// `RTP/AVP`: in plain (RFC 3551).
    Avp,
    /// `RTP/SAVP`: encrypted, the key in `a=crypto` (RFC 3711, RFC 4568).
    Savp,
}

impl Profile {
    pub(super) fn token(self) -> &'static str {
        match self {
            Self::Avp => "RTP/AVP",
            Self::Savp => "RTP/SAVP",
        }
    }

    pub(super) fn of_token(token: &str) -> Option<Self> {
        [Self::Avp, Self::Savp]
            .into_iter()
            .find(|profile| token.eq_ignore_ascii_case(profile.token()))
    }
}

/// Who sends, seen from whoever wrote the description (RFC 8866 §6.7).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Direction {
    #[default]
    SendReceive,
    SendOnly,
    ReceiveOnly,
    Inactive,
}

impl Direction {
    pub(super) fn attribute(self) -> &'static str {
        match self {
            Self::SendReceive => "sendrecv",
            Self::SendOnly => "sendonly",
            Self::ReceiveOnly => "recvonly",
            Self::Inactive => "inactive",
        }
    }

    pub(super) fn of_attribute(name: &str) -> Option<Self> {
        [
            Self::SendReceive,
            Self::SendOnly,
            Self::ReceiveOnly,
            Self::Inactive,
        ]
        .into_iter()
        .find(|direction| direction.attribute() == name)
    }

    /// Whether its writer sends.
    pub fn sends(self) -> bool {
        matches!(self, Self::SendReceive | Self::SendOnly)
    }

    /// Whether its writer listens.
    pub fn receives(self) -> bool {
        matches!(self, Self::SendReceive | Self::ReceiveOnly)
    }

    /// The direction of somebody who sends and listens as told.
    pub fn of(sends: bool, receives: bool) -> Self {
        match (sends, receives) {
            (true, true) => Self::SendReceive,
            (true, false) => Self::SendOnly,
            (false, true) => Self::ReceiveOnly,
            (false, false) => Self::Inactive,
        }
    }

    /// What may be answered to it by somebody who would like `wish`
    /// (RFC 3264 §6.1): one sends only to whom listens.
    pub fn answered(self, wish: Self) -> Self {
        Self::of(
            wish.sends() && self.receives(),
            wish.receives() && self.sends(),
        )
    }
}
