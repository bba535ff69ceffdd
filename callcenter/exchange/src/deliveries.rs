//! Documents for agencies: signed containers, offered until each is acknowledged.
//!
//! A delivery is in the store before it is tried. After a crash, or when an answer was
//! lost, it is offered again under the same id, which an agency takes for the same; it
//! ends when the agency's signed receipt is kept beside it.

mod receipt;
mod recipients;
mod timing;

use std::{sync::Arc, time::Duration};

use ledger::{Delivery, DeliveryEnd, StoreError};
use request::Timestamp;

pub(crate) use recipients::{Recipient, Recipients};

use crate::{connector::NotTaken, issue::Issuer};
use receipt::acknowledges;
use timing::again;

/// When nothing is due and nobody rings.
const LOOK_AGAIN: Duration = Duration::from_mins(10);
/// After the store could not be read or written.
const RETRY: Duration = Duration::from_mins(1);

/// Delivers for ever.
pub(crate) async fn keep_delivering(issuer: Arc<Issuer>) {
    loop {
        let wait = match deliver_due(&issuer).await {
            Ok(next) => next.map_or(LOOK_AGAIN, |at| {
                let left = at
                    .as_millis()
                    .saturating_sub(issuer.clock.now().as_millis());
                Duration::from_millis(u64::try_from(left).unwrap_or(0)).min(LOOK_AGAIN)
            }),
            Err(error) => {
                tracing::error!(%error, "Documents could not be delivered");
                RETRY
            }
        };
        tokio::select! {
            () = issuer.to_deliver.notified() => {}
            () = tokio::time::sleep(wait) => {}
        }
    }
}

/// Tries what is due, one after another; answers when the next is.
async fn deliver_due(issuer: &Issuer) -> Result<Option<Timestamp>, StoreError> {
    while let Some(delivery) = issuer.store.delivery_due(issuer.clock.now())? {
        let attempt = attempt(issuer, &delivery).await;
        let now = issuer.clock.now();
        match attempt {
            Ok(receipt) => {
                tracing::info!(delivery = delivery.id, "A document is delivered");
                let end = DeliveryEnd::Delivered;
                (issuer.store).settle_delivery(&delivery.id, end, Some(&receipt), now)?;
            }
            Err(NotTaken::Refused) => {
                tracing::error!(delivery = delivery.id, "An agency refuses a document");
                (issuer.store).settle_delivery(&delivery.id, DeliveryEnd::Refused, None, now)?;
            }
            Err(NotTaken::Fault { wish }) => match again(&delivery, wish, now) {
                Some(at) => issuer.store.put_delivery_off(&delivery.id, at)?,
                None => {
                    tracing::error!(delivery = delivery.id, "An agency was away for too long");
                    let end = DeliveryEnd::Expired;
                    issuer.store.settle_delivery(&delivery.id, end, None, now)?;
                }
            },
        }
    }
    issuer.store.next_delivery_at()
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
