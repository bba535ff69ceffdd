//! What a call's two ends agree on, and what follows for the sound.

use std::net::SocketAddr;

use media::{
    codec,
    plane::{Direction, Remote, SourceRule},
    srtp::{BadKey, MasterKey, SrtpKeys, Suite},
};
use sip::sdp::{
    Abilities, Agreement, Answer, Codec, CryptoSuite, Description, NotAgreed, Offer, Origin,
    Refusal,
};
use thiserror::Error;

use crate::{Encryption, telephone::Opened};

/// The dearest first: G.711 as the network has it, and Opus where packets get lost.
const CODECS: [Codec; 3] = [Codec::Pcmu, Codec::Pcma, Codec::Opus];
const PTIME_MS: u16 = 20;

/// Why there is no sound both ends can carry.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub(crate) enum NoSound {
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error(transparent)]
    NotAgreed(#[from] NotAgreed),
    #[error(transparent)]
    Key(#[from] BadKey),
    #[error("an answer came to no offer")]
    NothingOffered,
}

/// One call's session description, from the first offer on.
#[derive(Debug)]
pub(crate) struct Session {
    address: SocketAddr,
    number: u64,
    encryption: sip::sdp::Encryption,
    /// What we said last.
    ours: Option<Description>,
    offered: Option<Offer>,
}

impl Session {
    pub(crate) fn new(opened: &Opened, encryption: Encryption) -> Self {
        let key = opened.key.clone();
        Self {
            address: opened.address,
            number: opened.number,
            encryption: match encryption {
                Encryption::Never => sip::sdp::Encryption::Never,
                Encryption::Possible => sip::sdp::Encryption::Possible(key),
                Encryption::Required => sip::sdp::Encryption::Required(key),
            },
            ours: None,
            offered: None,
        }
    }

    /// An offer of ours.
    pub(crate) fn offer(&mut self) -> Offer {
        let offer = Offer::of(&self.abilities(), self.origin());
        self.ours = Some(offer.description().clone());
        self.offered = Some(offer.clone());
        offer
    }

    /// Their answer to it.
    pub(crate) fn answered(&mut self, answer: &Answer) -> Result<Remote, NoSound> {
        let offer = self.offered.take().ok_or(NoSound::NothingOffered)?;
        remote(&Agreement::as_offerer(&offer, answer)?)
    }

    /// Our answer to an offer of theirs, also within the call.
    pub(crate) fn answer(&mut self, offer: &Offer) -> Result<(Answer, Remote), NoSound> {
        let answer = match &self.ours {
            Some(ours) => Answer::following(offer, &self.abilities(), ours)?,
            None => Answer::to(offer, &self.abilities(), self.origin())?,
        };
        let remote = remote(&Agreement::as_answerer(offer, &answer)?)?;
        self.ours = Some(answer.description().clone());
        Ok((answer, remote))
    }

    fn origin(&self) -> Origin {
        Origin::first(self.number, self.address.ip())
    }

    fn abilities(&self) -> Abilities {
        Abilities {
            address: self.address,
            codecs: CODECS.to_vec(),
            telephone_events: true,
            ptime_ms: PTIME_MS,
            direction: sip::sdp::Direction::SendReceive,
            encryption: self.encryption.clone(),
        }
    }
}

fn remote(agreement: &Agreement) -> Result<Remote, NoSound> {
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
        source: SourceRule::SignaledHost,
    })
}
