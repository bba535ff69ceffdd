//! Lets a station issue a bounded number of papers by itself.

use std::time::Duration;

use catalog::{LeaseRule, Network, Service};
use ledger::{LeaseGrant, LeaseGranted, StoreError};
use p256::ecdsa::VerifyingKey;
use privacy::Personal;
use request::{DocumentNumber, NetworkFault, StationId, Timestamp};
use seal::{Lease, SignError};
use serde_json::Value;
use sha2::{Digest, Sha256};
use sync::{LeaseAnswer, LeaseQuestion, Load};

use super::Issuer;
use crate::{connector::Refused, numbering};

/// A month has a million beginnings: chance meets one that is taken now and then.
const TRIES: u32 = 8;

/// Why a station gets no lease now.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NoLease {
    #[error("the service is not leased")]
    NotLeased,
    #[error("this is no key")]
    NotAKey,
    #[error("the station has leases enough")]
    Enough,
    #[error("the station is in quarantine")]
    Quarantined,
    #[error("the network gives no records now")]
    NoRecords(Refused),
    #[error("no beginning was found that other numbers do not have")]
    NoNumbers,
    #[error("the lease cannot be written")]
    Unwritable,
    #[error(transparent)]
    Sign(#[from] SignError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Issuer {
    /// Grants a lease: takes the network's records, sets numbers aside and signs.
    ///
    /// # Errors
    /// Why there is none now.
    pub(crate) async fn lease(
        &self,
        station: &StationId,
        question: &LeaseQuestion,
        seal_keys: Value,
    ) -> Result<LeaseAnswer, NoLease> {
        let (service, network, rule) = self.leased(question).ok_or(NoLease::NotLeased)?;
        let key: [u8; 33] = (question.key.as_slice())
            .try_into()
            .map_err(|_| NoLease::NotAKey)?;
        VerifyingKey::from_sec1_bytes(&key).map_err(|_| NoLease::NotAKey)?;
        // A lease counts in seconds.
        let records_at = Timestamp::from_millis(self.clock.now().as_millis() / 1000 * 1000);
        let access = self.catalog.access_to(network);
        if access.maintenance_at(records_at.local()).is_some() {
            let away = Refused::Fault(NetworkFault::Unreachable);
            return Err(NoLease::NoRecords(away));
        }
        let records = self
            .connector
            .all_records(network, service, rule, station, records_at)
            .await
            .map_err(NoLease::NoRecords)?;
        let now = self.clock.now();
        let until = records_at + Duration::from_secs(u64::from(rule.hours) * 3_600);
        let (prefix, numbers) = self.set_numbers_aside(station, service, rule, until, now)?;
        let load = serde_json::to_string(&Load { numbers, records })
            .map(Personal::new)
            .map_err(|_| NoLease::Unwritable)?;
        let lease = Lease {
            station: station.to_string(),
            service: service.id.to_string(),
            version: service.version,
            prefix,
            papers: rule.papers,
            records_at: records_at.as_millis() / 1000,
            granted_at: now.as_millis() / 1000,
            until: until.as_millis() / 1000,
            load: Sha256::digest(load.reveal().as_bytes()).into(),
            key,
        };
        tracing::info!(%station, service = %service.id, lease = lease.prefix, "Granted a lease");
        let lease = self.certifier.grant(&lease)?;
        Ok(LeaseAnswer {
            lease,
            load,
            seal_keys,
        })
    }

    fn leased(&self, question: &LeaseQuestion) -> Option<(&Service, &Network, &LeaseRule)> {
        let service = self.catalog.service(&question.service)?;
        let network = self.catalog.network(&service.network)?;
        Some((service, network, service.lease()?))
    }

    fn set_numbers_aside(
        &self,
        station: &StationId,
        service: &Service,
        rule: &LeaseRule,
        until: Timestamp,
        now: Timestamp,
    ) -> Result<(String, Vec<DocumentNumber>), NoLease> {
        for _ in 0..TRIES {
            let (prefix, numbers) = numbering::family(now.local(), rule.papers);
            let grant = LeaseGrant {
                prefix: &prefix,
                station,
                service: &service.id,
                numbers: &numbers,
                until,
            };
            match self.store.grant_lease(&grant, now)? {
                LeaseGranted::Granted => return Ok((prefix, numbers)),
                LeaseGranted::Enough => return Err(NoLease::Enough),
                LeaseGranted::Quarantined => return Err(NoLease::Quarantined),
                LeaseGranted::NumberTaken => {}
            }
        }
        Err(NoLease::NoNumbers)
    }
}
