//! Replication of journals between stations and the exchange, without I/O.

mod admission;
mod audit;
mod backoff;
mod chain;
mod checkpoint;
mod delivery_refusal;
mod entry;
mod frame;
mod hello;
mod keys;
mod lease;
mod paper;
mod peer;
mod petition;
mod petition_refusal;
mod publication;
mod station;
mod ticket;

pub use admission::{Known, Opened, Reason, admit};
pub use audit::{Audit, Audited, Finding, Link, Wrong};
pub use backoff::Backoff;
pub use chain::{Hash, Head, Incarnation, NotHexadecimal, Salt, commitment};
pub use checkpoint::{CoSignedHead, Forged, HeadAnswer, HeadQuestion, SignedHead};
pub use delivery_refusal::DeliveryRefusal;
pub use entry::{Content, Entry, Unreadable};
pub use frame::{Answer, Offer, Publications};
pub use hello::{Agreement, Contradiction, Greeting, Hello, Welcome};
pub use keys::{KeyPair, KeyUnreadable, PublicKey, Signature};
pub use lease::{LeaseAnswer, LeaseQuestion, LeasedRecord, Load};
pub use paper::{PaperAnswer, PaperQuestion};
pub use peer::{Change, Compared, NotAnOffer, Peer, Taken};
pub use petition::{
    Happened, OfficeName, PetitionAnswer, PetitionQuestion, Standing, StandingStep,
};
pub use petition_refusal::PetitionRefusal;
pub use publication::{Announcement, Publication, RemoteOrder};
pub use station::{Attempt, Station, StationCommand, StationEvent};
pub use ticket::{TicketAnswer, TicketQuestion};
