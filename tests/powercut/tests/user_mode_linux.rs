//! Real power cuts: a user-mode Linux with ext4 is killed while it writes.
//!
//! Killing it takes its page cache along; what it had flushed is in the image
//! on this machine. `make powercut-test` installs what is needed.

#![allow(clippy::unwrap_used)]

#[path = "user_mode_linux/machine.rs"]
mod machine;

use machine::{Disk, Machine};

const CUTS: u32 = 50;
const PLANTED_CUTS: u32 = 5;
/// At most so many entries are acknowledged before the power goes.
const ENTRIES_MAX: u64 = 400;

#[derive(Debug, Default)]
struct Toll {
    acknowledged: u64,
    lost: u64,
    cuts_with_loss: u32,
    damaged: u32,
}

/// Cuts the power so many times, on one disk.
fn cut(name: &str, arguments: &[&str], cuts: u32) -> Toll {
    let disk = Disk::make(name);
    let mut roll = dice(name);
    let mut toll = Toll::default();
    let mut promised = 0;
    for cut in 1..=cuts {
        let mut machine = Machine::start(&disk, arguments);
        let found = machine.number("found ");
        let intact = machine.line("integrity ").as_deref() == Some("ok");
        toll.damaged += u32::from(!intact);
        if found < promised {
            toll.lost += promised - found;
            toll.cuts_with_loss += 1;
        }
        let until = found + 1 + roll() % ENTRIES_MAX;
        promised = machine.cut_at(until);
        toll.acknowledged += promised.saturating_sub(found);
        eprintln!("cut {cut}: found {found}, then acknowledged up to {promised}");
    }
    toll
}

/// A small generator (SplitMix64), seeded by a name.
fn dice(name: &str) -> impl FnMut() -> u64 + use<> {
    let mut state = name.bytes().fold(7_u64, |sum, it| sum * 31 + u64::from(it));
    move || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed ^ (mixed >> 27)
    }
}

#[test]
#[ignore = "boots a user-mode Linux; `make powercut-test`"]
fn no_acknowledged_entry_is_lost_when_the_power_goes() {
    let toll = cut("full", &[], CUTS);

    eprintln!("{toll:?}");
    assert_eq!((toll.lost, toll.damaged), (0, 0), "{toll:?}");
    assert!(toll.acknowledged > u64::from(CUTS), "{toll:?}");
}

#[test]
#[ignore = "boots a user-mode Linux; `make powercut-test`"]
fn a_journal_that_does_not_sync_each_entry_loses_some() {
    let toll = cut("normal", &["normal"], PLANTED_CUTS);

    eprintln!("{toll:?}");
    assert!(toll.lost > 0, "{toll:?}");
}
