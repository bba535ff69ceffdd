//! Erases what finished requests say of people, and what agents have practised, when
//! its term is over, while the exchange serves.

use std::{sync::Arc, time::Duration};

use catalog::{Catalog, Retention};
use ledger::{Erased, Kept, StoreError};
use request::ServiceId;

use crate::issue::Issuer;

/// What was refused, taken down or is over on the board is kept so long.
const POSTINGS: Duration = Duration::from_hours(24 * 30);
/// When nothing is due any more.
const LOOK_AGAIN: Duration = Duration::from_hours(1);
/// Between two portions, so that stations are answered meanwhile.
const PORTION: Duration = Duration::from_millis(100);
/// After the store could not be read or written, or its log is in use.
const RETRY: Duration = Duration::from_mins(1);

/// Erases for ever; records of training when they were kept so long.
pub(crate) async fn keep_terms(issuer: Arc<Issuer>, training_kept: Duration) {
    // Whoever erased last may have died before the log was emptied.
    let mut log_is_old = true;
    loop {
        let at_work = Arc::clone(&issuer);
        let done =
            tokio::task::spawn_blocking(move || at_work.erase(training_kept, log_is_old)).await;
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
    fn erase(&self, training_kept: Duration, log_is_old: bool) -> Result<Done, StoreError> {
        let term = |service: &ServiceId, kept| term(&self.catalog, service, kept);
        let now = self.clock.now();
        let trainings = self.store.erase_training(training_kept, now)?;
        if trainings > 0 {
            tracing::info!(trainings, "Erased what agents once practised");
        }
        let postings = self.store.erase_postings(POSTINGS, now)?;
        if postings > 0 {
            tracing::info!(postings, "Erased what was once on the board");
        }
        let erased = self.store.erase_finished(&term, now)?;
        if erased.anything() {
            tracing::info!(
                facts = erased.facts,
                documents = erased.documents,
                claims = erased.claims,
                "Erased what was over"
            );
        }
        let anything = erased.anything() || trainings + postings > 0;
        let log_emptied = !(log_is_old || anything) || self.store.empty_log()?;
        Ok(Done {
            erased,
            log_emptied,
        })
    }
}

/// How long what a service keeps is kept.
pub(crate) fn term(catalog: &Catalog, service: &ServiceId, kept: Kept) -> Duration {
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
