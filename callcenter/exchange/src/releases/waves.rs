//! When which station goes over to a release: the pilot's site at once, a quarter of the others a
//! day later, the rest after another one; and no further when it failed anywhere.

use std::{collections::BTreeSet, time::Duration};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use catalog::Catalog;
use fleet::{Report, Rollback, Wanted};
use ledger::{Rollout, Store, StoreError};
use request::{StationId, Timestamp};
use sha2::{Digest, Sha256};

/// From one wave to the next: each has a night of its own.
const WAVE: Duration = Duration::from_hours(24);
/// Of the sites without the pilot, this part goes second.
const SECOND: usize = 4;

/// Which site a station stands at: its keeper's, or its own where nobody says.
pub(crate) fn site(catalog: &Catalog, station: &StationId) -> String {
    let kiosk = catalog.kiosk(station);
    kiosk.map_or_else(|| station.to_string(), |it| it.agency.clone())
}

/// Which wave a site goes with, the pilot's being 0; of the others not always the same go first.
pub(crate) fn wave(rollout: &Rollout, sites: &BTreeSet<String>, site: &str) -> u32 {
    if site == rollout.pilot {
        return 0;
    }
    let place = |it: &str| -> [u8; 32] {
        let seed = format!("{}\n{}\n{it}", rollout.model, rollout.version);
        Sha256::digest(seed).into()
    };
    let others = sites.iter().filter(|it| **it != rollout.pilot);
    let before = others.clone().filter(|it| place(it) < place(site)).count();
    if before < others.count().div_ceil(SECOND) {
        1
    } else {
        2
    }
}

/// When a site's machines may start it.
pub(crate) fn not_before(rollout: &Rollout, sites: &BTreeSet<String>, site: &str) -> Timestamp {
    rollout.started_at + WAVE * wave(rollout, sites, site)
}

/// A version that went back at one machine goes to no further one by itself.
pub(crate) fn halt(
    store: &Store,
    report: &Report,
    news: &[Rollback],
    now: Timestamp,
) -> Result<(), StoreError> {
    for it in news {
        let why = format!("it failed at {}", report.station);
        if store.stop_rollout(&report.image.model, &it.failed, "the exchange", &why, now)? {
            let (model, version) = (&report.image.model, &it.failed);
            tracing::error!(model, %version, why, "A rollout is stopped");
        }
    }
    Ok(())
}

/// The release that a machine should have, when it has an older one.
pub(crate) fn wanted(
    store: &Store,
    catalog: &Catalog,
    report: &Report,
) -> Result<Option<Wanted>, StoreError> {
    let rollouts = store.rollouts()?.into_iter();
    let newest = rollouts
        .filter(|it| it.model == report.image.model && it.stopped.is_none())
        .max_by(|a, b| a.version.cmp(&b.version));
    let Some(rollout) = newest.filter(|it| it.version > report.image.version) else {
        return Ok(None);
    };
    let mut sites: BTreeSet<String> = (catalog.kiosks()).map(|it| it.agency.clone()).collect();
    let own = site(catalog, &report.station);
    sites.insert(own.clone());
    Ok(Some(Wanted {
        not_before: not_before(&rollout, &sites, &own),
        release: URL_SAFE_NO_PAD.encode(&rollout.release),
        again: false,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Timestamp = Timestamp::from_millis(1_795_482_000_000);

    fn rollout(version: &str) -> Rollout {
        Rollout {
            model: "lobby".to_owned(),
            version: version.parse().expect("a version"),
            release: Vec::new(),
            pilot: "gaon".to_owned(),
            operator: "seo".to_owned(),
            started_at: NOON,
            stopped: None,
        }
    }

    fn sites(others: u32) -> BTreeSet<String> {
        let others = (0..others).map(|it| format!("site-{it}"));
        others.chain(["gaon".to_owned()]).collect()
    }

    #[test]
    fn the_pilot_goes_first_a_quarter_of_the_others_next_and_then_the_rest() {
        for (others, second) in [(0, 0), (1, 1), (4, 1), (5, 2), (40, 10)] {
            let (rollout, sites) = (rollout("3"), sites(others));
            let with = |number| {
                let own = sites
                    .iter()
                    .filter(|it| wave(&rollout, &sites, it) == number);
                own.count()
            };
            let others = others as usize;
            assert_eq!([with(0), with(1), with(2)], [1, second, others - second]);
        }
    }

    #[test]
    fn each_wave_has_a_night_of_its_own_and_not_always_the_same_sites_go_early() {
        let sites = sites(40);
        let early = |version: &str| -> Vec<&String> {
            let rollout = rollout(version);
            let second = sites.iter().filter(|it| wave(&rollout, &sites, it) == 1);
            second.collect()
        };
        assert_ne!(early("3"), early("4"));
        let rollout = rollout("3");
        let day = Duration::from_hours(24);
        assert_eq!(not_before(&rollout, &sites, "gaon"), NOON);
        assert_eq!(not_before(&rollout, &sites, early("3")[0]), NOON + day);
    }
}
