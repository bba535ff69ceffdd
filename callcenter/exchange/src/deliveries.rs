//! Documents for agencies: signed containers, offered until each is acknowledged.
//!
//! A delivery is in the store before it is tried. After a crash, or when an answer was
//! lost, it is offered again under the same id, which an agency takes for the same; it
//! ends when the agency's signed receipt is kept beside it.

mod receipt;
mod recipients;
mod timing;

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use ledger::{Delivery, DeliveryEnd, Paper, StoreError};
use tokio::task::{AbortHandle, JoinSet};

pub(crate) use recipients::{Recipient, Recipients};

use crate::{connector::NotTaken, issue::Issuer};
use receipt::acknowledges;
use timing::again;

/// When nothing is due and nobody rings.
const LOOK_AGAIN: Duration = Duration::from_mins(10);
/// After the store could not be read or written.
const RETRY: Duration = Duration::from_mins(1);

/// Delivers for ever: to each agency one after another, to all of them at once, lest one
/// that is slow keeps the others waiting.
pub(crate) async fn keep_delivering(issuer: Arc<Issuer>) {
    let mut tasks = JoinSet::new();
    let mut under_way: BTreeMap<String, AbortHandle> = BTreeMap::new();
    loop {
        under_way.retain(|_, task| !task.is_finished());
        let now = issuer.clock.now();
        let due = issuer.store.deliveries_due(now);
        let next = issuer.store.next_delivery_at(now);
        let wait = match due.and_then(|due| Ok((due, next?))) {
            Ok((due, next)) => {
                for delivery in due {
                    let recipient = delivery.recipient.clone();
                    under_way
                        .entry(recipient)
                        .or_insert_with(|| tasks.spawn(deliver(Arc::clone(&issuer), delivery)));
                }
                next.map_or(LOOK_AGAIN, |at| {
                    let left = at.as_millis().saturating_sub(now.as_millis());
                    Duration::from_millis(u64::try_from(left).unwrap_or(0)).min(LOOK_AGAIN)
                })
            }
            Err(error) => {
                tracing::error!(%error, "Documents could not be delivered");
                RETRY
            }
        };
        tokio::select! {
            Some(_) = tasks.join_next() => {}
            () = issuer.to_deliver.notified() => {}
            () = tokio::time::sleep(wait) => {}
        }
    }
}

/// Tries a delivery once, and rests when the outcome cannot be written down.
async fn deliver(issuer: Arc<Issuer>, delivery: Delivery) {
    let settled = match issuer.store.paper(delivery.number.as_str()) {
        // It was taken back while it waited: no agency is to rely on it.
        Ok(Paper::Void) => take_back(&issuer, &delivery),
        Ok(Paper::Valid | Paper::Leased | Paper::Unknown) => {
            let attempt = attempt(&issuer, &delivery).await;
            settle(&issuer, &delivery, attempt)
        }
        Err(error) => Err(error),
    };
    if let Err(error) = settled {
        tracing::error!(%error, "What became of a delivery could not be written down");
        tokio::time::sleep(RETRY).await;
    }
}

fn take_back(issuer: &Issuer, delivery: &Delivery) -> Result<(), StoreError> {
    let (id, now) = (&delivery.id, issuer.clock.now());
    tracing::warn!(
        delivery = id,
        "A document counts no more and is not delivered"
    );
    (issuer.store).settle_delivery(id, DeliveryEnd::Void, None, now)
}

fn settle(
    issuer: &Issuer,
    delivery: &Delivery,
    attempt: Result<Vec<u8>, NotTaken>,
) -> Result<(), StoreError> {
    let (store, id, now) = (&issuer.store, &delivery.id, issuer.clock.now());
    match attempt {
        Ok(receipt) => {
            tracing::info!(delivery = id, "A document is delivered");
            store.settle_delivery(id, DeliveryEnd::Delivered, Some(&receipt), now)
        }
        Err(NotTaken::Refused) => {
            tracing::error!(delivery = id, "An agency refuses a document");
            store.settle_delivery(id, DeliveryEnd::Refused, None, now)
        }
        Err(NotTaken::Fault { wish }) => match again(delivery, wish, now) {
            Some(at) => store.put_delivery_off(id, at),
            None => {
                tracing::error!(delivery = id, "An agency was away for too long");
                store.settle_delivery(id, DeliveryEnd::Expired, None, now)
            }
        },
    }
}

/// One offer; the agency's receipt, when it is one for this.
async fn attempt(issuer: &Issuer, delivery: &Delivery) -> Result<Vec<u8>, NotTaken> {
    // An agency that was taken off the list may be put on it again.
    let Some(to) = issuer.recipients.find(&delivery.recipient) else {
        return Err(NotTaken::Fault { wish: None });
    };
    let receipt = (issuer.connector)
        .hand_over(to, &delivery.id, delivery.container.clone())
        .await?;
    if acknowledges(&receipt, &delivery.id, &delivery.container, &to.authority) {
        return Ok(receipt);
    }
    tracing::error!(
        delivery = delivery.id,
        "A receipt is not about what was delivered"
    );
    Err(NotTaken::Fault { wish: None })
}
