//! The way to the exchange: carries frames over HTTP and answers what came of it.
//!
//! Plain HTTP within the station's own network for now; mutual TLS is to come.
//! Whether and when anything is tried again is [`sync::Station`]'s decision; only
//! documents, which are safe to ask for twice, are asked for again here.

mod fetch;
mod wire;

use std::{future::Future, sync::Arc, time::Duration};

use request::{DocumentNumber, DocumentReference, NetworkId, StationId};
use sync::{Acknowledgement, Offer, Publications, TicketAnswer};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

pub use wire::LinkFault;
use wire::Wire;

/// How to reach the exchange, and as whom.
#[derive(Clone)]
pub struct Settings {
    /// Such as `http://exchange:8080`, without a slash at the end.
    pub exchange: String,
    pub station: StationId,
    /// The station's bearer token.
    pub token: String,
}

#[derive(Clone, Debug)]
pub enum Order {
    Offer(Offer),
    Listen {
        after: u64,
        wait: Duration,
    },
    Fetch(DocumentReference),
    AskNetworks,
    /// What is the ticket with this code good for? Sixteen digits.
    LookUp {
        code: String,
    },
    /// Tells the exchange by which key this station's tickets are known.
    TellTicketKey {
        public_key: String,
    },
}

#[derive(Clone, Debug)]
pub enum Event {
    Acknowledged(Acknowledgement),
    OfferFailed,
    Published(Publications),
    ListenFailed,
    /// `None` when the exchange does not give it, or not in time.
    Document {
        number: DocumentNumber,
        content: Option<Arc<[u8]>>,
    },
    Networks {
        /// Those the exchange reached when it last asked them.
        reached: Vec<NetworkId>,
        /// Those it cannot reach now.
        away: Vec<NetworkId>,
    },
    /// `None` when the exchange did not answer.
    LookedUp {
        code: String,
        answer: Option<TicketAnswer>,
    },
}

/// Starts the link within the present Tokio runtime; it ends when the sender
/// is dropped.
///
/// # Errors
/// When no HTTP client can be made.
pub fn start(
    settings: Settings,
    tell: impl Fn(Event) + Send + Sync + 'static,
) -> Result<UnboundedSender<Order>, LinkFault> {
    let wire = Arc::new(Wire::new(settings)?);
    let tell = Arc::new(tell);
    let (orders, mut waiting) = unbounded_channel();
    tokio::spawn(async move {
        while let Some(order) = waiting.recv().await {
            let (wire, tell) = (Arc::clone(&wire), Arc::clone(&tell));
            tokio::spawn(async move { carry_out(order, &wire, &*tell).await });
        }
    });
    Ok(orders)
}

async fn carry_out(order: Order, wire: &Wire, tell: &(impl Fn(Event) + Sync)) {
    match order {
        Order::Offer(offer) => {
            tell(answer(wire.offer(&offer), Event::Acknowledged, Event::OfferFailed).await)
        }
        Order::Listen { after, wait } => {
            tell(
                answer(
                    wire.listen(after, wait),
                    Event::Published,
                    Event::ListenFailed,
                )
                .await,
            );
        }
        Order::Fetch(document) => {
            let content = fetch::document(wire, &document).await;
            tell(Event::Document {
                number: document.number,
                content,
            });
        }
        // A question nobody hears leaves the last answer standing.
        Order::AskNetworks => {
            if let Ok((reached, away)) = wire.networks().await {
                tell(Event::Networks { reached, away });
            }
        }
        Order::LookUp { code } => {
            let answer = wire.look_up(&code).await;
            if let Err(fault) = &answer {
                tracing::warn!(%fault, "The exchange did not say what a ticket is good for");
            }
            let answer = answer.ok();
            tell(Event::LookedUp { code, answer });
        }
        // Said again with every connection: one that is not heard is no loss.
        Order::TellTicketKey { public_key } => {
            if let Err(fault) = wire.tell_ticket_key(public_key).await {
                tracing::warn!(%fault, "The exchange did not take the key of the tickets");
            }
        }
    }
}

async fn answer<T>(
    asked: impl Future<Output = Result<T, LinkFault>>,
    good: impl FnOnce(T) -> Event,
    failed: Event,
) -> Event {
    match asked.await {
        Ok(value) => good(value),
        Err(fault) => {
            tracing::warn!(%fault, "The exchange did not answer");
            failed
        }
    }
}
