//! Which orders of the exchange are carried out.

use fleet::{
    Deed, Order, Outcome,
    signed::{Signer, open},
};
use request::{StationId, Timestamp};

use crate::book::Book;

/// What an order comes to, before it is carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    CarryOut(Order),
    /// It is answered so, and noted.
    Answer(Order, Outcome),
    /// It is nobody's, or was answered before: there is nothing to say.
    Ignore,
}

/// What is known when an order comes.
pub struct Here<'a> {
    pub station: &'a StationId,
    pub signer: &'a Signer,
    pub book: &'a Book,
    /// Whether somebody stands there; nobody's word counts as if.
    pub visit: bool,
}

/// What becomes of a signed order.
pub fn decide(signed: &[u8], here: &Here<'_>, now: Timestamp) -> Decision {
    let Ok(order) = open::<Order>(signed, here.signer) else {
        return Decision::Ignore;
    };
    if here.book.orders.iter().any(|(id, _)| *id == order.id) {
        return Decision::Ignore;
    }
    if order.station != *here.station {
        return Decision::Answer(order, Outcome::NotBelieved);
    }
    if now > order.until {
        return Decision::Answer(order, Outcome::Stale);
    }
    match order.deed {
        Deed::Restart if here.visit => Decision::Answer(order, Outcome::RefusedMidVisit),
        Deed::Restart | Deed::CollectBundle => Decision::CarryOut(order),
    }
}
