//! The sound of one leg: what was offered and answered, and what it comes to.

use std::net::SocketAddr;

use media::{
    codec,
    plane::{Direction, Remote, SourceRule},
    srtp::{MasterKey, SrtpKeys, Suite},
};
use sip::sdp::{
    Abilities, Agreement, Answer, Codec, CryptoSuite, Description, Encryption, Offer, Origin,
};

/// The dearest first. G.711 before Opus: every trunk has it, and nothing is coded twice.
const CODECS: [Codec; 3] = [Codec::Pcmu, Codec::Pcma, Codec::Opus];
const PTIME_MS: u16 = 20;

/// Why a leg has no sound.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NoSound {
    #[error(transparent)]
    Refused(#[from] sip::sdp::Refusal),
    #[error(transparent)]
    NotAgreed(#[from] sip::sdp::NotAgreed),
    #[error("a key has the wrong length")]
    Key(#[from] media::srtp::BadKey),
    #[error("an answer came to nothing that was offered")]
    NothingOffered,
}

/// How sound is taken from telephones.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rules {
    pub(crate) source: SourceRule,
}

/// One leg's session description on both ends.
pub(crate) struct Session {
    address: SocketAddr,
    rules: Rules,
    number: u64,
    key: [u8; MasterKey::OCTETS],
    /// Our newest description.
    ours: Option<Description>,
    offered: Option<Offer>,
    /// Whether the other end has put us on hold.
    held: bool,
}

impl Session {
    /// `address` awaits the leg's sound; `key` encrypts it when the other end can.
    pub(crate) fn new(
        number: u64,
        address: SocketAddr,
        key: [u8; MasterKey::OCTETS],
        rules: Rules,
    ) -> Self {
        Self {
            address,
            rules,
            number,
            key,
            ours: None,
            offered: None,
            held: false,
        }
    }

    /// An offer of ours.
    pub(crate) fn offer(&mut self) -> Offer {
        let abilities = self.abilities(Encryption::Never);
        let offer = match &self.ours {
            Some(ours) => Offer::following(ours, &abilities),
            None => Offer::of(&abilities, self.origin()),
        };
        self.ours = Some(offer.description().clone());
        self.offered = Some(offer.clone());
        offer
    }

    /// Their answer to it.
    pub(crate) fn answered(&mut self, answer: &Answer) -> Result<Remote, NoSound> {
        let offer = self.offered.take().ok_or(NoSound::NothingOffered)?;
        self.remote(&Agreement::as_offerer(&offer, answer)?)
    }

    /// Our answer to an offer of theirs, also within the call.
    pub(crate) fn answer(&mut self, offer: &Offer) -> Result<(Answer, Remote), NoSound> {
        let key = sip::sdp::MasterKey::new(self.key);
        let abilities = self.abilities(Encryption::Possible(key));
        let answer = match &self.ours {
            Some(ours) => Answer::following(offer, &abilities, ours)?,
            None => Answer::to(offer, &abilities, self.origin())?,
        };
        let remote = self.remote(&Agreement::as_answerer(offer, &answer)?)?;
        self.ours = Some(answer.description().clone());
        Ok((answer, remote))
    }

    /// Whether the last offer has put us on hold or taken us off: `None` when it
    /// is as it was.
    pub(crate) fn hold_changed(&mut self, offer: &Offer) -> Option<bool> {
        let held = offer.audio().is_some_and(sip::sdp::Audio::is_on_hold);
        let before = std::mem::replace(&mut self.held, held);
        (before != held).then_some(held)
    }

    fn origin(&self) -> Origin {
        Origin::first(self.number, self.address.ip())
    }

    fn abilities(&self, encryption: Encryption) -> Abilities {
        Abilities {
            address: self.address,
            codecs: CODECS.to_vec(),
            telephone_events: true,
            ptime_ms: PTIME_MS,
            direction: sip::sdp::Direction::SendReceive,
            encryption,
        }
    }

    fn remote(&self, agreement: &Agreement) -> Result<Remote, NoSound> {
        let srtp = agreement.keys.as_ref().map(|keys| -> Result<_, NoSound> {
            Ok(SrtpKeys {
                suite: match keys.local.suite {
                    CryptoSuite::AesCm128HmacSha1_80 => Suite::HmacSha1_80,
                    CryptoSuite::AesCm128HmacSha1_32 => Suite::HmacSha1_32,
                },
                outbound: MasterKey::from_slice(keys.local.key.bytes())?,
                inbound: MasterKey::from_slice(keys.remote.key.bytes())?,
            })
        });
        Ok(Remote {
            address: agreement.remote,
            codec: match agreement.codec {
                Codec::Pcmu => codec::Codec::Pcmu,
                Codec::Pcma => codec::Codec::Pcma,
                Codec::Opus => codec::Codec::Opus,
            },
            payload_type: agreement.sends_as,
            digits: agreement.telephone_event.map(|it| it.payload_type),
            srtp: srtp.transpose()?,
            direction: match (agreement.sends, agreement.receives) {
                (true, true) => Direction::SendReceive,
                (true, false) => Direction::SendOnly,
                (false, true) => Direction::ReceiveOnly,
                (false, false) => Direction::Inactive,
            },
            source: self.rules.source,
        })
    }
}
