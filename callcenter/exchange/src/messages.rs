//! Tells citizens by text message what becomes of their requests.
//!
//! Which message is due is in the ledger; what takes it to a telephone is a
//! [`Carrier`], by default a folder that a gateway reads ([`Spool`]).

mod carrier;
mod spool;
mod timing;
mod wording;

#[cfg(test)]
mod tests;

use std::{sync::Arc, time::Duration};

use ledger::{Message, Occasion, Settlement, StoreError};
use request::Timestamp;

pub(crate) use carrier::Carrier;
pub(crate) use spool::Spool;

use crate::issue::Issuer;
use carrier::{NotTaken, Reference, TextMessage};
use timing::{When, pause, when};

/// When nothing is due and nobody rings.
const LOOK_AGAIN: Duration = Duration::from_mins(10);
/// After the store could not be read or written.
const RETRY: Duration = Duration::from_mins(1);

/// Sends for ever.
pub(crate) async fn keep_sending(issuer: Arc<Issuer>, carrier: Arc<dyn Carrier>) {
    loop {
        let (at_work, with) = (Arc::clone(&issuer), Arc::clone(&carrier));
        let sent = tokio::task::spawn_blocking(move || {
            let now = at_work.clock.now();
            send_due(&at_work.store, with.as_ref(), now).map(|next| (now, next))
        });
        let wait = match sent.await {
            Ok(Ok((now, next))) => next.map_or(LOOK_AGAIN, |at| until(at, now).min(LOOK_AGAIN)),
            Ok(Err(error)) => {
                tracing::error!(%error, "Text messages could not be sent");
                RETRY
            }
            Err(error) => {
                tracing::error!(%error, "Sending text messages broke off");
                RETRY
            }
        };
        tokio::select! {
            () = issuer.to_tell.notified() => {}
            () = tokio::time::sleep(wait) => {}
        }
    }
}

fn until(at: Timestamp, now: Timestamp) -> Duration {
    let millis = at.as_millis().saturating_sub(now.as_millis());
    Duration::from_millis(u64::try_from(millis).unwrap_or(0))
}

/// Sends what is due; answers when the next is.
fn send_due(
    store: &ledger::Store,
    carrier: &dyn Carrier,
    now: Timestamp,
) -> Result<Option<Timestamp>, StoreError> {
    while let Some(message) = store.message_due(now)? {
        match attempt(store, carrier, &message, now)? {
            Outcome::Settled(settlement) => {
                tracing::info!(request = %message.request.id, ?settlement, "A text message is settled");
                store.settle_message(message.id, settlement, now)?;
            }
            Outcome::Waits(until) => store.put_message_off(message.id, until, false)?,
            Outcome::Tried => {
                let again = now + pause(message.tries);
                store.put_message_off(message.id, again, true)?;
            }
        }
    }
    store.next_message_at()
}

enum Outcome {
    Settled(Settlement),
    Waits(Timestamp),
    /// In vain.
    Tried,
}

fn attempt(
    store: &ledger::Store,
    carrier: &dyn Carrier,
    message: &Message,
    now: Timestamp,
) -> Result<Outcome, StoreError> {
    let request = &message.request;
    let Some(reference) = Reference::new(&request.id, message.occasion) else {
        return Ok(Outcome::Settled(Settlement::Refused));
    };
    if !message.laid_out {
        let Some(to) = request.telephone.clone().filter(|_| is_so(message)) else {
            return Ok(Outcome::Settled(Settlement::Needless));
        };
        match when(message.occasion, message.arose_at, now) {
            When::Now => {}
            When::Not(before) => return Ok(Outcome::Waits(before)),
            When::Never => return Ok(Outcome::Settled(Settlement::Expired)),
        }
        let message_text = TextMessage {
            reference: reference.clone(),
            to,
            text: wording::text(message.occasion, request),
        };
        if let Err(why) = carrier.lay_out(&message_text) {
            return Ok(not_taken(&why));
        }
        store.message_laid_out(message.id, now)?;
    }
    Ok(match carrier.let_go(&reference) {
        Ok(()) => Outcome::Settled(Settlement::HandedOver),
        Err(why) => not_taken(&why),
    })
}

fn not_taken(why: &NotTaken) -> Outcome {
    tracing::warn!(cause = ?why, "A text message was not taken");
    match why {
        NotTaken::Away(_) => Outcome::Tried,
        NotTaken::Refused => Outcome::Settled(Settlement::Refused),
    }
}

/// Whether what it tells is still so.
fn is_so(message: &Message) -> bool {
    match message.occasion {
        Occasion::Accepted | Occasion::Ready => message.open,
        Occasion::Declined => true,
    }
}
