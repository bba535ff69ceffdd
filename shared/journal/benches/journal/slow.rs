//! The same on a disk that waits: every sync of floor and journal takes a
//! millisecond longer than the disk below. Kiosks have disks of this kind (their
//! flash is written before a sync returns), and group commit exists for them; where a
//! sync takes microseconds the processor is what is measured.

use std::{path::Path, time::Duration};

use journal::Options;

use crate::{
    ENTRIES, Queue, body, cycle,
    floor::Floor,
    floor_cycle, journal,
    measured::{Measured, median},
    prioritised,
};

const DELAY: Duration = Duration::from_millis(1);

pub(crate) struct SlowDisk {
    floor: Measured,
    plain: Queue,
    encrypted: Queue,
    floor_cycle: Measured,
    cycle: Measured,
}

impl SlowDisk {
    pub(crate) fn play(folder: &Path) -> Self {
        let vfs = Some(powercut::slow_syncs(DELAY).to_owned());
        let options = |encrypted| Options {
            vfs: vfs.clone(),
            encrypted,
            ..Options::default()
        };
        prioritised(|| {
            let mut floor = Floor::new(folder, DELAY);
            Self {
                floor: Measured::of(ENTRIES, |number| floor.append(body(number).as_bytes())),
                plain: Queue::play(folder, &options(false)),
                encrypted: Queue::play(folder, &options(true)),
                floor_cycle: floor_cycle(&mut floor),
                cycle: cycle(&mut journal(&folder.join("cycle.db"), &options(true))),
            }
        })
    }
}

pub(crate) fn print(rounds: &[SlowDisk]) {
    let of = |pick: fn(&SlowDisk) -> f64| median(rounds.iter().map(pick).collect());
    let floor = of(|it| it.floor.rate());
    println!(
        "on a disk whose syncs take {} ms longer (floor {floor:.0}/s, p99 {:.0} µs):",
        DELAY.as_millis(),
        of(|it| it.floor.p99()),
    );
    for (name, pick, goal) in [
        (
            "plain, one writer",
            (|it| &it.plain.one) as fn(&SlowDisk) -> &Measured,
            ">= 0.90",
        ),
        ("plain, 16 producers", |it| &it.plain.sixteen, ">= 6"),
        ("plain, 64 producers", |it| &it.plain.sixty_four, ">= 10"),
        ("journal, one writer", |it| &it.encrypted.one, "-"),
        ("journal, 16 producers", |it| &it.encrypted.sixteen, "-"),
        ("journal, 64 producers", |it| &it.encrypted.sixty_four, "-"),
    ] {
        let of = |figure: fn(&Measured) -> f64| {
            median(rounds.iter().map(|it| figure(pick(it))).collect())
        };
        println!(
            "  {name:<21} {:>8.0}/s   p99 {:>6.0} µs   : floor {:>6.2}   goal {goal}",
            of(Measured::rate),
            of(Measured::p99),
            of(Measured::rate) / floor,
        );
    }
    println!(
        "  the cycle, encrypted  {:>8.0}/s : floor's cycle {:>6.2}   goal >= 0.65",
        of(|it| it.cycle.rate()),
        of(|it| it.cycle.rate()) / of(|it| it.floor_cycle.rate()),
    );
}
