//! Random walks hold every law, and find every mistake that was planted.

use super::{mutant::Mutant, walk::Walk};

const WALKS: u64 = 400;
const STEPS: usize = 700;
/// A planted mistake must be found within so many walks.
const WALKS_TO_FIND: u64 = 300;

#[test]
fn whatever_happens_every_law_holds() {
    let (mut bridged, mut dialed, mut refused, mut restarts) = (0, 0, 0, 0);
    for seed in 0..WALKS {
        let mut walk = Walk::new(seed, None);
        for step in 0..STEPS {
            if let Err(broken) = walk.step() {
                panic!("seed {seed}, step {step}: {broken}");
            }
        }
        bridged += walk.bridged;
        dialed += walk.dialed;
        refused += walk.refused;
        restarts += walk.restarts;
    }

    // A walk in which nothing happens proves nothing.
    assert!(bridged > WALKS * 20, "{bridged} talks");
    assert!(dialed > WALKS * 2, "{dialed} callbacks");
    assert!(restarts > WALKS, "{restarts} restarts");
    assert!(refused < WALKS * STEPS as u64 / 4, "{refused} refused");
}

#[test]
fn every_planted_mistake_is_found() {
    for mutant in Mutant::ALL {
        let found = (0..WALKS_TO_FIND).find_map(|seed| {
            let mut walk = Walk::new(seed, Some(mutant));
            let broken = (0..STEPS).find_map(|_| walk.step().err())?;
            Some((seed, broken))
        });

        let (seed, broken) = found.unwrap_or_else(|| panic!("{mutant:?} is not found"));
        let problem = broken.rsplit("]: ").next().unwrap_or_default();
        eprintln!("{mutant:?}, in walk {seed}: {problem}");
    }
}
