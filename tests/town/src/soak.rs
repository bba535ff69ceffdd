//! A long shift: citizen after citizen at every kiosk while devices fail, lines break, power
//! goes and a technician comes by; and what the books say when everybody has gone home.

use std::time::Duration;

use crate::{
    action::Action,
    mishaps::Mishaps,
    play::{Violation, listened},
    reckoning::Reckoning,
    town::{KIOSKS, Town},
};

/// So often somebody mends what is broken.
const ROUNDS: Duration = Duration::from_secs(15 * 60);
/// Between one citizen and the next.
const BETWEEN: Duration = Duration::from_secs(20);

/// What a shift came to.
#[derive(Clone, Debug)]
pub struct Shift {
    /// By the town's clock, until the last citizen had gone.
    pub lasted: Duration,
    pub visits: u32,
    /// Things that went wrong, power cuts included.
    pub mishaps: u32,
    pub crashes: u32,
    /// A row a kiosk.
    pub books: Vec<Reckoning>,
}

/// Plays a shift of this length by the dice of a seed, and the evening after it.
///
/// # Errors
/// The first law that was broken, the comparison of the books among them.
pub fn soak(seed: u64, length: Duration) -> Result<Shift, Violation> {
    listened(|| {
        let mut town = Town::new(seed, None);
        let mut mishaps = Mishaps::of(seed);
        let (mut visits, mut went_wrong) = (0, 0);
        let mut round = ROUNDS;
        while town.elapsed() < length && town.violation.is_none() {
            if town.elapsed() >= round {
                mishaps.all_mended().iter().for_each(|it| town.act(it));
                round = town.elapsed() + ROUNDS;
            }
            for at in 0..KIOSKS {
                for mishap in mishaps.some(at) {
                    went_wrong += 1;
                    town.act(&mishap);
                }
                town.act(&Action::Visit(at, mishaps.citizen()));
                visits += 1;
            }
            town.act(&Action::Wait(BETWEEN));
        }
        let lasted = town.elapsed();
        town.evening();
        let books = town.reckoning();
        match town.violation.take() {
            Some(violation) => Err(violation),
            None => Ok(Shift {
                lasted,
                visits,
                mishaps: went_wrong,
                crashes: town.crashes,
                books,
            }),
        }
    })
}
