//! How the exchange stands at the moment somebody looks.

use std::time::Instant;

use ledger::StoreError;
use prometheus_client::{
    encoding::EncodeLabelSet,
    metrics::{family::Family, gauge::Gauge},
    registry::{Registry, Unit},
};

use crate::{connector::NetworkState, http::Exchange};

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Network {
    network: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Station {
    station: String,
}

#[derive(Default)]
pub(super) struct StateMetrics {
    ready: Gauge,
    jobs: Gauge,
    wedged: Gauge,
    doubts: Gauge,
    petitions: Gauge,
    quarantined: Gauge,
    networks: Family<Network, Gauge>,
    heard: Family<Station, Gauge>,
    untold: Family<Station, Gauge>,
    copied: Gauge,
    unarchived: Gauge,
}

impl StateMetrics {
    pub(super) fn registered(registry: &mut Registry) -> Self {
        let own = Self::default();
        let single = [
            (
                "ready",
                "Whether it takes questions (1) or not (0)",
                &own.ready,
            ),
            ("jobs", "Requests that are still to be answered", &own.jobs),
            (
                "wedged_entries",
                "Entries that wait for an agent",
                &own.wedged,
            ),
            (
                "open_doubts",
                "Sheets and payouts nobody knows of",
                &own.doubts,
            ),
            ("petitions", "Petitions that are not over", &own.petitions),
            (
                "quarantined_stations",
                "Stations in quarantine",
                &own.quarantined,
            ),
            (
                "unarchived",
                "Whether writes are not in the backup yet (1)",
                &own.unarchived,
            ),
        ];
        for (name, help, gauge) in single {
            registry.register(name, help, gauge.clone());
        }
        registry.register(
            "network_up",
            "Whether a data network answers (1) or is left alone (0); none when it was not asked",
            own.networks.clone(),
        );
        registry.register_with_unit(
            "station_heard_timestamp",
            "When a station last offered something",
            Unit::Seconds,
            own.heard.clone(),
        );
        registry.register(
            "station_unconfirmed_publications",
            "What a station was told or is to be told and has not confirmed",
            own.untold.clone(),
        );
        registry.register_with_unit(
            "backup_copy_timestamp",
            "When the newest whole copy was taken; 0 without any",
            Unit::Seconds,
            own.copied.clone(),
        );
        own
    }

    pub(super) fn look(&self, exchange: &Exchange) -> Result<(), StoreError> {
        let issuer = &exchange.issuer;
        self.ready.set(i64::from(exchange.lacking().is_none()));
        let vitals = issuer.store.vitals()?;
        for (gauge, count) in [
            (&self.jobs, vitals.jobs),
            (&self.wedged, vitals.wedged),
            (&self.doubts, vitals.doubts),
            (&self.petitions, vitals.petitions),
            (&self.quarantined, vitals.quarantined),
        ] {
            gauge.set(count.cast_signed());
        }
        self.networks.clear();
        for (network, state) in issuer.connector.states(&issuer.catalog, Instant::now()) {
            let up = match state {
                NetworkState::Unknown => continue,
                NetworkState::Up => 1,
                NetworkState::Down => 0,
            };
            let label = Network {
                network: network.to_string(),
            };
            self.networks.get_or_create(&label).set(up);
        }
        self.heard.clear();
        self.untold.clear();
        for it in vitals.stations {
            let label = Station {
                station: it.station.to_string(),
            };
            if let Some(at) = it.heard_at {
                self.heard.get_or_create(&label).set(at.as_millis() / 1_000);
            }
            self.untold
                .get_or_create(&label)
                .set(it.untold.cast_signed());
        }
        let copied = exchange
            .newest_copy()
            .map_or(0, |at| at.as_millis() / 1_000);
        self.copied.set(copied);
        self.unarchived.set(i64::from(issuer.store.is_unarchived()));
        Ok(())
    }
}
