//! Erases what finished requests say of people when its term is over, while the
//! exchange serves.

use std::{sync::Arc, time::Duration};

use catalog::{Catalog, Retention};
use ledger::{Erased, Kept, StoreError};
use request::ServiceId;

use crate::issue::Issuer;

/// When nothing is due any more.
const LOOK_AGAIN: Duration = Duration::from_hours(1);
/// Between two portions, so that stations are answered meanwhile.
const PORTION: Duration = Duration::from_millis(100);
/// After the store could not be read or written, or its log is in use.
const RETRY: Duration = Duration::from_mins(1);

/// Erases for ever.
pub(crate) async fn keep_terms(issuer: Arc<Issuer>) {
    // Whoever erased last may have died before the log was emptied.
    let mut log_is_old = true;
    loop {
        let at_work = Arc::clone(&issuer);
        let done = tokio::task::spawn_blocking(move || at_work.erase(log_is_old)).await;
        let wait = match done {
            Ok(Ok(Done {
                erased,
                log_emptied,
            })) => {
                log_is_old = !log_emptied;
                match (erased.requests > 0, log_emptied) {
                    (true, _) => PORTION,
                    (false, true) => LOOK_AGAIN,
                    (false, false) => RETRY,
                }
            }
            Ok(Err(error)) => {
                tracing::error!(%error, "What is over could not be erased");
                RETRY
            }
            Err(error) => {
                tracing::error!(%error, "Erasing broke off");
                RETRY
            }
        };
        tokio::time::sleep(wait).await;
    }
}

struct Done {
    erased: Erased,
    /// Nothing that was erased is left in the store's log, or its archivist was
    /// told so.
    log_emptied: bool,
}

impl Issuer {
    fn erase(&self, log_is_old: bool) -> Result<Done, StoreError> {
        let term = |service: &ServiceId, kept| term(&self.catalog, service, kept);
        let erased = self.store.erase_finished(&term, self.clock.now())?;
        if erased.anything() {
            tracing::info!(
                facts = erased.facts,
                documents = erased.documents,
                claims = erased.claims,
                "Erased what was over"
            );
        }
        let log_emptied = !(log_is_old || erased.anything()) || self.store.empty_log()?;
        Ok(Done {
            erased,
            log_emptied,
        })
    }
}

fn term(catalog: &Catalog, service: &ServiceId, kept: Kept) -> Duration {
    let of = |terms: &Retention| match kept {
        Kept::Fact(fact) => terms.at_exchange(fact),
        Kept::Document => terms.of_documents(),
    };
    match catalog.retention(service) {
        Some(terms) => of(terms),
        // Offered no more: here is the evidence, kept as long as any.
        None => catalog.retentions().map(of).max().unwrap_or(Duration::MAX),
    }
}
