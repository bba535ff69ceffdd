//! No network is asked more at once than its file allows; who comes first is asked first.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use catalog::Network;
use request::NetworkId;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

#[derive(Default)]
pub(super) struct Turns(Mutex<BTreeMap<NetworkId, Arc<Semaphore>>>);

/// A question may be under way while this is held.
pub(super) struct Turn {
    _place: OwnedSemaphorePermit,
}

impl Turns {
    /// Waits until one of the network's places is free.
    pub(super) async fn wait_for(&self, network: &Network) -> Turn {
        let places = {
            let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let places = || Arc::new(Semaphore::new(network.questions_at_once.get().into()));
            Arc::clone(all.entry(network.id.clone()).or_insert_with(places))
        };
        let place = places.acquire_owned().await;
        Turn {
            _place: place.expect("the places of a network are never closed"),
        }
    }
}
