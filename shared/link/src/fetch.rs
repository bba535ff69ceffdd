//! Brings a prepared document to the station, whole or not at all.

use std::{sync::Arc, time::Duration};

use request::DocumentReference;
use sync::Backoff;

use crate::{LinkFault, Wire};

/// A citizen is waiting; longer than this is the same as never.
const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) async fn document(wire: &Wire, document: &DocumentReference) -> Option<Arc<[u8]>> {
    tokio::time::timeout(PATIENCE, ask_until_whole(wire, document))
        .await
        .ok()
        .flatten()
}

async fn ask_until_whole(wire: &Wire, document: &DocumentReference) -> Option<Arc<[u8]>> {
    let mut backoff = Backoff::new(document.pages.into());
    loop {
        match wire.document(&document.number).await {
            Ok(bytes) if document.is_of(&bytes) => {
                return Some(bytes.as_ref().into());
            }
            Ok(_) => tracing::warn!("A document came damaged"),
            Err(LinkFault::Refused(status, _)) if status.is_client_error() => return None,
            Err(fault) => tracing::warn!(%fault, "A document did not come"),
        }
        tokio::time::sleep(backoff.next_wait()).await;
    }
}
