//! What an offer and its answer come to: all that a media plane needs.

use std::net::SocketAddr;

use thiserror::Error;

use super::{Answer, Audio, Codec, CryptoAttribute, Description, Media, Offer, TelephoneEvent};

const PTIMES_MS: std::ops::RangeInclusive<u16> = 10..=60;
const PTIME_DEFAULT_MS: u16 = 20;

/// One stream of sound, seen from this house.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// Where to send to.
    pub remote: SocketAddr,
    pub codec: Codec,
    /// The payload type to send with.
    pub sends_as: u8,
    /// The payload type to expect.
    pub receives_as: u8,
    /// Keys pressed, as they are to be sent.
    pub telephone_event: Option<TelephoneEvent>,
    /// Keys pressed, as they are to be expected.
    pub telephone_event_received: Option<TelephoneEvent>,
    /// Milliseconds of sound in a packet to send.
    pub ptime_ms: u16,
    /// Whether the other end listens and wants to be sent to.
    pub sends: bool,
    /// Whether the other end sends.
    pub receives: bool,
    pub keys: Option<Keys>,
}

/// The keys of an encrypted stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keys {
    /// Ours: encrypts what is sent.
    pub local: CryptoAttribute,
    /// Theirs: decrypts what is received.
    pub remote: CryptoAttribute,
}

/// Why an answer does not fit its offer; the call is ended.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum NotAgreed {
    #[error("the answer has another number of streams than the offer")]
    Streams,
    #[error("the answer takes no stream")]
    Refused,
    #[error("the answer has no codec of the offer")]
    Codec,
    #[error("the answer has no key that goes with the offer")]
    Key,
}

impl Agreement {
    /// What their answer to an offer of ours comes to.
    ///
    /// # Errors
    /// When the answer breaks the rules of RFC 3264 §6 or RFC 4568 §5.1.3.
    pub fn as_offerer(ours: &Offer, theirs: &Answer) -> Result<Self, NotAgreed> {
        let (offered, answered) = streams(ours.description(), theirs.description())?;
        Self::between(offered, answered, answered)
    }

    /// What our answer to an offer of theirs comes to.
    ///
    /// # Errors
    /// When the answer was made to another offer.
    pub fn as_answerer(theirs: &Offer, ours: &Answer) -> Result<Self, NotAgreed> {
        let (offered, answered) = streams(theirs.description(), ours.description())?;
        Self::between(answered, offered, answered)
    }

    fn between(local: &Audio, remote: &Audio, answer: &Audio) -> Result<Self, NotAgreed> {
        let common = answer.formats.iter().find_map(|format| {
            let of = |audio: &Audio| {
                let found = audio.formats.iter().find(|it| it.codec == format.codec)?;
                Some(found.payload_type)
            };
            Some((format.codec, of(remote)?, of(local)?))
        });
        let (codec, sends_as, receives_as) = common.ok_or(NotAgreed::Codec)?;
        let event = |audio: &Audio| {
            let events = answer.telephone_events.first()?;
            let same_rate = |it: &&TelephoneEvent| it.clock_rate == events.clock_rate;
            audio.telephone_events.iter().find(same_rate).copied()
        };
        let offered = remote.effective_direction();
        Ok(Self {
            remote: remote.address,
            codec,
            sends_as,
            receives_as,
            telephone_event: event(remote),
            telephone_event_received: event(local),
            ptime_ms: remote
                .ptime_ms
                .filter(|ptime| PTIMES_MS.contains(ptime))
                .unwrap_or(PTIME_DEFAULT_MS),
            sends: local.direction.sends() && offered.receives(),
            receives: local.direction.receives() && offered.sends(),
            keys: keys(local, remote, answer)?,
        })
    }
}

fn streams<'a>(
    offer: &'a Description,
    answer: &'a Description,
) -> Result<(&'a Audio, &'a Audio), NotAgreed> {
    if offer.media.len() != answer.media.len() {
        return Err(NotAgreed::Streams);
    }
    offer
        .media
        .iter()
        .zip(&answer.media)
        .find_map(|pair| match pair {
            (Media::Audio(offered), Media::Audio(answered))
                if offered.address.port() != 0 && answered.address.port() != 0 =>
            {
                Some((offered, answered))
            }
            _ => None,
        })
        .ok_or(NotAgreed::Refused)
}

fn keys(local: &Audio, remote: &Audio, answer: &Audio) -> Result<Option<Keys>, NotAgreed> {
    if local.profile != remote.profile {
        return Err(NotAgreed::Key);
    }
    match local.profile {
        super::Profile::Avp => Ok(None),
        super::Profile::Savp => {
            let chosen = answer.crypto.first().ok_or(NotAgreed::Key)?;
            let of = |audio: &Audio| {
                let same = |it: &&CryptoAttribute| it.tag == chosen.tag && it.suite == chosen.suite;
                audio.crypto.iter().find(same).cloned()
            };
            let both = of(local).zip(of(remote));
            let (local, remote) = both.ok_or(NotAgreed::Key)?;
            Ok(Some(Keys { local, remote }))
        }
    }
}
