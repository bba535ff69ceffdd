//! A station loses its power between any two operations of its disk.

#![allow(clippy::unwrap_used)]

use std::path::Path;

use powercut::{Campaign, Law, Medium, Order, Planted, Report};

/// The acceptance figure of a run.
const IMAGES_MIN: usize = 100_000;

/// `MINWON_CUT=seed:operation:survival` looks at one cut alone and saves its disk.
fn run(campaign: &Campaign) -> Report {
    if let Ok(cut) = std::env::var("MINWON_CUT") {
        let remains = campaign.look_at(cut.parse().unwrap()).unwrap();
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(cut.replace(':', "-"));
        remains.save(&folder).unwrap();
        panic!("saved in {}: {:#?}", folder.display(), remains.violations);
    }
    let report = campaign.run().unwrap();
    eprintln!("{report}");
    report
}

#[test]
fn no_power_cut_breaks_a_promise() {
    let campaign = Campaign {
        seeds: 0..49,
        ..Campaign::default()
    };

    let report = run(&campaign);

    assert_eq!(report.bad_cuts, 0, "{report}");
    assert!(report.images >= IMAGES_MIN, "{report}");
}

/// What must be found when it is planted, and against which laws.
fn finds(campaign: &Campaign, laws: &[Law]) {
    let report = run(campaign);

    for law in laws {
        assert!(report.broken.contains_key(law), "{report}");
    }
}

fn planted(planted: Planted) -> Campaign {
    Campaign {
        seeds: 0..3,
        again: usize::MAX,
        medium: Medium::Honest,
        planted,
        ..Campaign::default()
    }
}

#[test]
fn a_journal_that_does_not_sync_each_entry_is_found() {
    let campaign = planted(Planted {
        synchronous_normal: true,
        ..Planted::default()
    });

    finds(&campaign, &[Law::NothingLost]);
}

#[test]
fn a_rollback_journal_is_found() {
    let campaign = planted(Planted {
        journal_mode_delete: true,
        ..Planted::default()
    });

    finds(&campaign, &[Law::NothingLost]);
}

#[test]
fn trust_in_neighboring_sectors_is_found_on_a_medium_that_spoils_them() {
    let campaign = planted(Planted {
        powersafe_overwrite: true,
        ..Planted::default()
    });

    finds(
        &Campaign {
            medium: Medium::Garbling,
            ..campaign
        },
        &[Law::NothingLost],
    );
}

#[test]
fn a_station_that_writes_after_the_deed_is_found() {
    let campaign = Campaign {
        order: Order::DeedFirst,
        ..planted(Planted::default())
    };

    finds(
        &campaign,
        &[Law::OnePaper, Law::MoneyCounted, Law::MoneyBalanced],
    );
}
