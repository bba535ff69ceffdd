//! The disk is full, or fails, at each of its operations in turn.

#![allow(clippy::unwrap_used)]

use powercut::{Failure, Shortage, serve_in_trouble};

/// Until the visit is over.
const FOR_LONG: usize = usize::MAX;

fn endure(failure: Failure, operations: usize) {
    endure_all(Shortage {
        seed: 7,
        failure,
        operations,
        restarts: false,
        checkpoint_pages: 16,
        cuts: 4,
    });
}

fn endure_all(shortage: Shortage) {
    let endured = shortage.run().unwrap();

    eprintln!(
        "{} afternoons, {} unopened, {} unwritten; then {}",
        endured.afternoons, endured.unopened, endured.unwritten, endured.cut
    );
    assert!(endured.violations.is_empty(), "{:#?}", endured.violations);
    assert_eq!(endured.cut.bad_cuts, 0, "{}", endured.cut);
    assert!(endured.unopened > 0, "no trouble while opening");
    assert!(endured.unwritten > 100, "no trouble while writing");
}

#[test]
fn a_full_disk_refuses_loses_nothing_and_goes_on_when_there_is_space() {
    endure(Failure::Full, FOR_LONG);
}

#[test]
fn one_write_that_finds_no_space_is_refused_alone() {
    endure(Failure::Full, 1);
}

#[test]
fn a_broken_disk_refuses_loses_nothing_and_goes_on_when_it_is_well() {
    endure(Failure::Broken, FOR_LONG);
}

#[test]
fn one_operation_that_fails_is_refused_alone() {
    endure(Failure::Broken, 1);
}

/// What a failed sync left in the machine's memory alone goes with the power, and
/// must not be taken for written before.
#[test]
fn a_program_that_ends_in_the_trouble_starts_again_and_loses_nothing() {
    for operations in [1, FOR_LONG] {
        endure_all(Shortage {
            seed: 7,
            failure: Failure::Broken,
            operations,
            restarts: true,
            checkpoint_pages: 16,
            cuts: 1,
        });
    }
}

/// The log could not be synced, or the file, while the log is moved into it.
#[test]
fn an_exchange_whose_disk_failed_once_loses_nothing_that_it_acknowledged_since() {
    let served = serve_in_trouble().unwrap();

    assert!(served.lost.is_empty(), "{:#?}", served.lost);
    assert!(served.refused > 0, "no offer met the trouble");
    assert_eq!(served.cuts, 2 * served.troubles);
}
