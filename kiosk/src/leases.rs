//! Keeps leases at hand while the exchange can be reached, and has documents made
//! under them when it cannot.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use catalog::Service;
use journal::{HeldLease, NewLease};
use request::{RequestId, ServiceId, Timestamp};
use seal::{Lease, LeasedKey, SealError, TrustList, fresh_key};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use sync::{LeaseAnswer, LeaseQuestion, Load};
use zeroize::Zeroizing;

use crate::{
    deed::DeedKind,
    event_loop::EventLoop,
    press::Job,
    visit::{self, Event, Making, NotMade},
};

/// After the exchange was asked, whatever it said.
const ASK_AGAIN: Duration = Duration::from_secs(10 * 60);
/// As much as a clock that is set back wins by a restart.
const LOOK_AFTER: Duration = Duration::from_secs(10 * 60);

/// What was asked for and has not come.
#[derive(Default)]
pub(crate) struct Asked {
    keys: BTreeMap<ServiceId, Zeroizing<String>>,
    at: BTreeMap<ServiceId, Instant>,
}

/// Why a lease is not kept.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotALease {
    #[error("nobody asked for it")]
    NotAsked,
    #[error("it does not say whom to trust")]
    NoTrust,
    #[error(transparent)]
    Seal(#[from] SealError),
    #[error("it is not this station's, not of this service, or for another key")]
    NotOurs,
    #[error("its numbers and records are not those that were signed")]
    OtherLoad,
}

impl EventLoop {
    /// Every ten minutes: how late it is, whatever the clock will say tomorrow; and
    /// leases that have run out go with their keys and records.
    pub(crate) fn look_after_leases(&mut self) {
        let now = self.clock.now();
        self.leases_at = now.instant + LOOK_AFTER;
        let seen = self.journal.see_time(now.wall);
        // Between two citizens alone: it empties the journal's log.
        let dropped = match seen {
            Ok(()) if self.forget_due().is_some() => self.journal.drop_leases(now.wall),
            Ok(()) => Ok(0),
            Err(error) => Err(error),
        };
        match dropped {
            Ok(0) => {}
            Ok(count) => tracing::info!(count, "Leases ran out"),
            Err(error @ journal::Error::WalInUse) => {
                tracing::warn!(%error, "A lease that ran out waits to be overwritten");
            }
            Err(error) => return self.journal_fails(&error),
        }
        self.tell_leases();
    }

    /// Asks for a lease of every leased service whose own is half used up.
    pub(crate) fn ask_for_leases(&mut self) {
        let held = match self.journal.leases() {
            Ok(held) => held,
            Err(error) => return self.journal_fails(&error),
        };
        let now = self.clock.now();
        let leased = self.catalog.services().filter(|it| it.lease().is_some());
        let wanted: Vec<ServiceId> = leased
            .filter(|service| {
                let lease = held.iter().find(|it| it.service == service.id);
                lease.is_none_or(|it| half_used(it, now.wall))
            })
            .map(|service| service.id.clone())
            .collect();
        for service in wanted {
            let asked = self.asked.at.get(&service);
            if asked.is_some_and(|at| now.instant < *at + ASK_AGAIN) {
                continue;
            }
            let Ok((pem, key)) = fresh_key() else {
                continue;
            };
            self.asked.keys.insert(service.clone(), pem);
            self.asked.at.insert(service.clone(), now.instant);
            let key = key.to_vec();
            self.order(link::Order::AskLease(LeaseQuestion { service, key }));
        }
    }

    pub(crate) fn leased(&mut self, id: ServiceId, answer: Option<&LeaseAnswer>) {
        let pem = self.asked.keys.remove(&id);
        let Some(answer) = answer else {
            return;
        };
        let service = self.catalog.service(&id);
        let accepted = (pem.zip(service))
            .ok_or(NotALease::NotAsked)
            .and_then(|(pem, service)| {
                let station = self.station_id.as_str();
                let (lease, load) = accept(answer, station, service, &pem)?;
                Ok((lease, load, pem))
            });
        let (lease, load, key) = match accepted {
            Ok(accepted) => accepted,
            Err(reason) => {
                tracing::error!(service = %id, %reason, "A lease is not kept");
                return;
            }
        };
        let seconds = |at: i64| Timestamp::from_millis(at * 1000);
        let kept = self.watched(DeedKind::Lease, &"Kept", |it| {
            it.journal.keep_lease(&NewLease {
                service: &id,
                prefix: &lease.prefix,
                signed: &answer.lease,
                key: &key,
                granted_at: seconds(lease.granted_at),
                records_at: seconds(lease.records_at),
                until: seconds(lease.until),
                load: &load,
            })
        });
        match kept {
            Ok(()) => tracing::info!(service = %id, lease = lease.prefix, "A lease came"),
            // It would have served a worse day; this one is bad enough.
            Err(journal::Error::Full) => tracing::warn!(service = %id, "No room for a lease"),
            Err(error) => return self.journal_fails(&error),
        }
        self.tell_leases();
    }

    /// Tells the visit what can be issued here.
    pub(crate) fn tell_leases(&mut self) {
        match self.journal.leases() {
            Ok(leases) => self.tell(Event::Link(visit::Link::Leases(leases))),
            Err(error) => self.journal_fails(&error),
        }
    }

    /// Takes numbers out of the lease, for ever, and sends them to the press.
    pub(crate) fn make(&mut self, making: Making) {
        let request = making.request.clone();
        match self.job(making) {
            Ok(Ok(job)) => {
                // The press ends only with the program.
                let _ = self.press.send(job);
                self.tell_leases();
            }
            Ok(Err(reason)) => self.not_made(request, reason),
            Err(error) => self.journal_fails(&error),
        }
    }

    fn not_made(&mut self, request: RequestId, reason: NotMade) {
        tracing::warn!(%request, ?reason, "Nothing was made under a lease");
        self.tell_leases();
        let made = Err(reason);
        self.tell(Event::Made { request, made });
    }

    fn job(&mut self, making: Making) -> Result<Result<Job, NotMade>, journal::Error> {
        let record = (self.journal).leased_record(&making.service, &making.query)?;
        let Some(record) = record else {
            return Ok(Err(NotMade::NoRecord));
        };
        let taken = self.watched(DeedKind::Lease, &"Taken", |it| {
            let (service, copies) = (&making.service, making.copies);
            it.journal.take_leased(service, copies, making.now)
        })?;
        let Some(taken) = taken else {
            return Ok(Err(NotMade::NoLease));
        };
        Ok(Ok(Job {
            request: making.request,
            service: making.service,
            options: making.options,
            record,
            numbers: taken.numbers,
            fee_won: making.fee_won,
            lease: taken.prefix,
            signed: taken.signed,
            key: taken.key,
            now: taken.at,
        }))
    }
}

fn half_used(lease: &HeldLease, now: Timestamp) -> bool {
    let half = (lease.granted_at.as_millis() + lease.until.as_millis()) / 2;
    let runs_out = lease.seen_at > lease.until || now.as_millis() >= half;
    runs_out || lease.left * 2 <= lease.papers
}

/// Believes nothing that the exchange has not signed for this key.
fn accept(
    answer: &LeaseAnswer,
    station: &str,
    service: &Service,
    pem: &str,
) -> Result<(Lease, Load), NotALease> {
    let trust = TrustList::deserialize(&answer.seal_keys).map_err(|_| NotALease::NoTrust)?;
    let lease = Lease::verify(&answer.lease, &trust)?;
    LeasedKey::new(pem, answer.lease.clone()).map_err(|_| NotALease::NotOurs)?;
    let ours = lease.station == station
        && lease.service == service.id.as_str()
        && lease.version == service.version;
    if !ours {
        return Err(NotALease::NotOurs);
    }
    let text = answer.load.reveal();
    let signed = lease.load == <[u8; 32]>::from(Sha256::digest(text.as_bytes()));
    let load: Load = serde_json::from_str(text).map_err(|_| NotALease::OtherLoad)?;
    let begins = load
        .numbers
        .iter()
        .all(|it| it.as_str().starts_with(&lease.prefix));
    if !signed || !begins || load.numbers.len() != lease.papers as usize {
        return Err(NotALease::OtherLoad);
    }
    Ok((lease, load))
}

#[cfg(test)]
mod tests;
