//! SDP: what a call's two ends say to each other about its sound.
//!
//! Offers and answers are values ([`Offer`], [`Answer`]); an answer is a pure
//! function of the offer and of what this house can do ([`Abilities`]).
//! RFC 8866 (the form), RFC 3264 (offer and answer), RFC 4568 (`a=crypto`),
//! RFC 7587 (Opus), RFC 4733 (telephone-event).

mod abilities;
mod agreement;
mod codec;
mod crypto;
mod description;
mod negotiation;
mod parse;
mod write;

pub use abilities::{Abilities, Encryption};
pub use agreement::{Agreement, Keys, NotAgreed};
pub use codec::{Codec, Direction, Format, Profile, TelephoneEvent};
pub use crypto::{CryptoAttribute, CryptoSuite, MasterKey};
pub use description::{Audio, Description, Media, Origin, UnknownMedia};
pub use negotiation::{Answer, Offer, Refusal};
pub use parse::Malformed;
