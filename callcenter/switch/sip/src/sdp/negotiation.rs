//! Offers of ours, and answers to offers (RFC 3264 §5, §6 and §8).

use thiserror::Error;

use super::{
    Abilities, Audio, Codec, CryptoAttribute, CryptoSuite, Description, Direction, Encryption,
    Format, Malformed, Media, Origin, Profile, TelephoneEvent,
};

/// The payload types under which this house offers keys pressed.
const TELEPHONE_EVENT_8K: u8 = 101;
const TELEPHONE_EVENT_48K: u8 = 110;

/// A description that asks for one in answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer(Description);

/// A description that answers an [`Offer`], stream by stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer(Description);

/// Why an offer cannot be answered; the request is refused with 488.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum Refusal {
    #[error("no stream of sound is offered")]
    NoAudio,
    #[error("no codec is shared")]
    NoCommonCodec,
    #[error("no encryption is shared")]
    NoCommonEncryption,
}

impl Offer {
    /// Reads the body of an INVITE or UPDATE.
    ///
    /// # Errors
    /// When it is no session description.
    pub fn parse(body: &[u8]) -> Result<Self, Malformed> {
        Description::parse(body).map(Self)
    }

    /// An offer of one stream of sound with all that we can do.
    pub fn of(abilities: &Abilities, origin: Origin) -> Self {
        Self(Description {
            origin,
            media: vec![Media::Audio(offered(abilities))],
        })
    }

    /// The next offer within a session whose last description of ours was
    /// `previous`: streams keep their places for ever, those that were refused
    /// stay refused, and the version grows when anything differs (RFC 3264 §8).
    pub fn following(previous: &Description, abilities: &Abilities) -> Self {
        let place = previous
            .media
            .iter()
            .position(|media| matches!(media, Media::Audio(audio) if audio.address.port() != 0))
            .unwrap_or(previous.media.len());
        let mut media: Vec<Media> = previous.media.iter().map(Media::refused).collect();
        let stream = Media::Audio(offered(abilities));
        match media.get_mut(place) {
            Some(slot) => *slot = stream,
            None => media.push(stream),
        }
        Self(Description::next_edition(previous, media))
    }

    pub fn description(&self) -> &Description {
        &self.0
    }

    /// The stream that is offered, if one is.
    pub fn audio(&self) -> Option<&Audio> {
        self.0.audio()
    }
}

impl Answer {
    /// Reads the body of a 200 to an offer of ours, or of an ACK.
    ///
    /// # Errors
    /// When it is no session description.
    pub fn parse(body: &[u8]) -> Result<Self, Malformed> {
        Description::parse(body).map(Self)
    }

    /// Answers an offer as far as `abilities` go: one stream of sound with one
    /// codec, every other stream refused in its place.
    ///
    /// # Errors
    /// When no stream can be taken.
    pub fn to(offer: &Offer, abilities: &Abilities, origin: Origin) -> Result<Self, Refusal> {
        let media = answered(offer, abilities)?;
        Ok(Self(Description { origin, media }))
    }

    /// Answers an offer within a session whose last description of ours was
    /// `previous`; the version grows when anything differs (RFC 3264 §8).
    ///
    /// # Errors
    /// When no stream can be taken: the session goes on as it was.
    pub fn following(
        offer: &Offer,
        abilities: &Abilities,
        previous: &Description,
    ) -> Result<Self, Refusal> {
        let media = answered(offer, abilities)?;
        Ok(Self(Description::next_edition(previous, media)))
    }

    pub fn description(&self) -> &Description {
        &self.0
    }

    /// The stream that was taken, if one was.
    pub fn audio(&self) -> Option<&Audio> {
        self.0.audio()
    }
}

impl Description {
    fn next_edition(previous: &Self, media: Vec<Media>) -> Self {
        let mut origin = previous.origin;
        if media != previous.media {
            origin.version += 1;
        }
        Self { origin, media }
    }
}

impl Media {
    fn refused(&self) -> Self {
        match self {
            Self::Audio(audio) => Self::Audio(audio.refused()),
            Self::Unknown(unknown) => Self::Unknown(unknown.refused()),
        }
    }
}

fn offered(abilities: &Abilities) -> Audio {
    let formats: Vec<Format> = abilities
        .codecs
        .iter()
        .map(|&codec| Format {
            payload_type: codec.offered_payload_type(),
            codec,
        })
        .collect();
    let rates = [(8_000, TELEPHONE_EVENT_8K), (48_000, TELEPHONE_EVENT_48K)];
    let telephone_events = rates
        .into_iter()
        .filter(|(rate, _)| {
            abilities.telephone_events
                && abilities
                    .codecs
                    .iter()
                    .any(|codec| codec.clock_rate() == *rate)
        })
        .map(|(clock_rate, payload_type)| TelephoneEvent {
            payload_type,
            clock_rate,
        })
        .collect();
    let (profile, crypto) = match &abilities.encryption {
        Encryption::Never | Encryption::Possible(_) => (Profile::Avp, Vec::new()),
        Encryption::Required(key) => {
            let suites = CryptoSuite::ALL.into_iter().zip(1..);
            let line = |(suite, tag)| CryptoAttribute {
                tag,
                suite,
                key: key.clone(),
            };
            (Profile::Savp, suites.map(line).collect())
        }
    };
    let listed = formats.iter().map(|it| it.payload_type.to_string());
    Audio {
        address: abilities.address,
        profile,
        listed: listed.collect(),
        formats,
        telephone_events,
        ptime_ms: Some(abilities.ptime_ms),
        direction: abilities.direction,
        crypto,
    }
}

fn answered(offer: &Offer, abilities: &Abilities) -> Result<Vec<Media>, Refusal> {
    let streams = &offer.description().media;
    let mut best: Option<(usize, Audio)> = None;
    let mut refusal = Refusal::NoAudio;
    for (place, media) in streams.iter().enumerate() {
        let Media::Audio(audio) = media else { continue };
        if audio.address.port() == 0 {
            continue;
        }
        match answer_stream(audio, abilities) {
            // Of two streams that could be had the encrypted one is taken.
            Ok(answer) => {
                let better = match &best {
                    None => true,
                    Some((_, had)) => {
                        had.profile == Profile::Avp && answer.profile == Profile::Savp
                    }
                };
                if better {
                    best = Some((place, answer));
                }
            }
            Err(why) => refusal = why,
        }
    }
    let (taken, answer) = best.ok_or(refusal)?;
    let answer = Media::Audio(answer);
    let media = streams.iter().enumerate().map(|(place, offered)| {
        if place == taken {
            answer.clone()
        } else {
            offered.refused()
        }
    });
    Ok(media.collect())
}

fn answer_stream(offered: &Audio, abilities: &Abilities) -> Result<Audio, Refusal> {
    let format = choose_format(offered, &abilities.codecs).ok_or(Refusal::NoCommonCodec)?;
    let crypto = match (offered.profile, &abilities.encryption) {
        (Profile::Avp, Encryption::Required(_)) => return Err(Refusal::NoCommonEncryption),
        (Profile::Avp, Encryption::Never | Encryption::Possible(_)) => Vec::new(),
        (Profile::Savp, encryption) => {
            let chosen = offered.crypto.first().zip(encryption.key());
            let (chosen, key) = chosen.ok_or(Refusal::NoCommonEncryption)?;
            vec![CryptoAttribute {
                key: key.clone(),
                ..chosen.clone()
            }]
        }
    };
    let event = choose_event(offered, format.codec).filter(|_| abilities.telephone_events);
    Ok(Audio {
        address: abilities.address,
        profile: offered.profile,
        formats: vec![format],
        telephone_events: event.into_iter().collect(),
        ptime_ms: Some(abilities.ptime_ms),
        direction: Direction::answered(offered.effective_direction(), abilities.direction),
        crypto,
        listed: vec![format.payload_type.to_string()],
    })
}

/// Ours that is dearest and is offered, under the number it is offered with.
fn choose_format(offered: &Audio, codecs: &[Codec]) -> Option<Format> {
    codecs
        .iter()
        .find_map(|codec| offered.formats.iter().find(|it| it.codec == *codec))
        .copied()
}

/// Keys pressed at the codec's own rate (RFC 4733 §2.1), or else at any.
fn choose_event(offered: &Audio, codec: Codec) -> Option<TelephoneEvent> {
    let events = &offered.telephone_events;
    events
        .iter()
        .find(|event| event.clock_rate == codec.clock_rate())
        .or(events.first())
        .copied()
}
