//! One power cut: which disk is left, what the station makes of it.

use std::{collections::BTreeSet, fmt, io, rc::Rc, str::FromStr};

use crate::{
    afternoon::Afternoon,
    again::cut_again,
    campaign::{Campaign, Report},
    dice::Dice,
    disk::{Disk, Planted},
    drive::Drive,
    image::Image,
    laws::{Law, Violation, violations},
    platter::{Platter, Survival},
    restart::{Found, restart},
    world::World,
};

/// Names one power cut of a campaign, so that it can be looked at alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    pub seed: u64,
    /// So many operations had been done.
    pub operation: usize,
    pub survival: Survival,
}

impl fmt::Display for Cut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:", self.seed, self.operation)?;
        match self.survival {
            Survival::Nothing => f.write_str("nothing"),
            Survival::Everything => f.write_str("everything"),
            Survival::Some(seed) => write!(f, "{seed}"),
        }
    }
}

/// A text that names no power cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "a cut is written seed:operation:survival, where survival is nothing, everything or a seed"
)]
pub struct NotACut;

impl FromStr for Cut {
    type Err = NotACut;

    fn from_str(text: &str) -> Result<Self, NotACut> {
        let mut parts = text.split(':');
        let mut part = || parts.next().ok_or(NotACut);
        let (seed, operation, survival) = (part()?, part()?, part()?);
        if parts.next().is_some() {
            return Err(NotACut);
        }
        Ok(Self {
            seed: seed.parse().map_err(|_| NotACut)?,
            operation: operation.parse().map_err(|_| NotACut)?,
            survival: match survival {
                "nothing" => Survival::Nothing,
                "everything" => Survival::Everything,
                seed => Survival::Some(seed.parse().map_err(|_| NotACut)?),
            },
        })
    }
}

/// Cuts one afternoon's power and looks at what is left.
pub(crate) struct Inspector<'a> {
    campaign: &'a Campaign,
    afternoon: &'a Afternoon,
    drive: Drive,
    platter: Platter,
    world: Rc<World>,
    /// Facts that are in `world` already.
    taken: usize,
    dice: Dice,
    report: Report,
}

impl<'a> Inspector<'a> {
    /// # Errors
    /// When no drive can be plugged in.
    pub(crate) fn new(campaign: &'a Campaign, afternoon: &'a Afternoon) -> io::Result<Self> {
        Ok(Self {
            campaign,
            afternoon,
            drive: Drive::plug_in(Disk::default())?,
            platter: Platter::default(),
            world: Rc::default(),
            taken: 0,
            dice: Dice::new(afternoon.seed),
            report: Report::default(),
        })
    }

    /// Cuts after each operation, in all the campaign's ways.
    pub(crate) fn cut_everywhere(self) -> io::Result<Report> {
        let everywhere = (0..=self.afternoon.operations.len()).collect();
        self.cut_at(&everywhere)
    }

    /// Cuts after so many operations, for each of these numbers.
    pub(crate) fn cut_at(mut self, places: &BTreeSet<usize>) -> io::Result<Report> {
        self.report.afternoons = 1;
        self.report.operations = self.afternoon.operations.len();
        // The durable part is opened once, as long as it stays the same.
        let mut bare: Option<(usize, Outcome)> = None;
        for operation in 0..=self.afternoon.operations.len() {
            let worlds = self.advance(operation);
            if !places.contains(&operation) {
                continue;
            }
            let mut seen = BTreeSet::new();
            for survival in self.survivals(operation) {
                let (image, fates) = self.platter.cut(survival, self.campaign.medium);
                let is_bare = fates.iter().all(|it| *it == 0);
                if !seen.insert(fates) {
                    continue;
                }
                let cut = self.named(operation, survival);
                match &bare {
                    Some((generation, outcome))
                        if is_bare && *generation == self.platter.generation =>
                    {
                        let outcome = outcome.clone();
                        self.compare(cut, &outcome, &worlds);
                    }
                    _ => {
                        let outcome = self.open(image.clone());
                        self.report.images += 1;
                        self.compare(cut, &outcome, &worlds);
                        if self.dice.one_in(self.campaign.again) {
                            self.open_again(cut, &image, &outcome)?;
                        }
                        if is_bare {
                            bare = Some((self.platter.generation, outcome));
                        }
                    }
                }
            }
        }
        Ok(self.report)
    }

    /// The one disk a name stands for, and what is wrong with it.
    pub(crate) fn look_at(mut self, cut: Cut) -> (Image, Vec<Violation>) {
        let mut worlds = Vec::new();
        for operation in 0..=cut.operation.min(self.afternoon.operations.len()) {
            worlds = self.advance(operation);
        }
        let (image, _) = self.platter.cut(cut.survival, self.campaign.medium);
        let outcome = self.open(image.clone());
        let broken = worlds.iter().flat_map(|world| judge(&outcome, world));
        (image, broken.collect())
    }

    /// Goes on to where so many operations are done; answers what the world
    /// knows at each moment before the next operation.
    fn advance(&mut self, operations: usize) -> Vec<Rc<World>> {
        if let Some(index) = operations.checked_sub(1) {
            self.platter.take(&self.afternoon.operations[index]);
        }
        let mut worlds = vec![Rc::clone(&self.world)];
        while let Some((after, fact)) = self.afternoon.facts.get(self.taken)
            && *after <= operations
        {
            Rc::make_mut(&mut self.world).take(fact);
            self.taken += 1;
            worlds.push(Rc::clone(&self.world));
        }
        worlds
    }

    fn survivals(&self, operation: usize) -> Vec<Survival> {
        let place = (operation as u64) << 20 ^ self.afternoon.seed;
        let mut dice = Dice::new(place);
        let some = (0..self.campaign.partial).map(|_| Survival::Some(dice.roll() >> 32));
        [Survival::Nothing, Survival::Everything]
            .into_iter()
            .chain(some)
            .collect()
    }

    fn named(&self, operation: usize, survival: Survival) -> Cut {
        Cut {
            seed: self.afternoon.seed,
            operation,
            survival,
        }
    }

    fn open(&self, image: Image) -> Outcome {
        let disk = Disk::found(
            image,
            self.campaign.planted,
            self.afternoon.checkpoint_pages,
        );
        self.drive.exchange(disk);
        restart(&self.drive).map_err(|error| Violation::unreadable(&error))
    }

    /// Only a station that is sound can be asked to end the same way twice.
    fn open_again(&mut self, cut: Cut, image: &Image, outcome: &Outcome) -> io::Result<()> {
        let Ok(first) = outcome else { return Ok(()) };
        if self.campaign.planted != Planted::default() {
            return Ok(());
        }
        let pages = self.afternoon.checkpoint_pages;
        let (images, broken) = cut_again(image, pages, first, &mut self.dice)?;
        self.report.images += images;
        self.report.cut_again += 1;
        if let Some(violation) = broken {
            self.report.bad_cuts += 1;
            *self.report.broken.entry(violation.law).or_default() += 1;
            self.report.first.get_or_insert((cut, violation));
        }
        Ok(())
    }

    fn compare(&mut self, cut: Cut, outcome: &Outcome, worlds: &[Rc<World>]) {
        let mut broken: BTreeSet<Law> = BTreeSet::new();
        for world in worlds {
            self.report.comparisons += 1;
            for violation in judge(outcome, world) {
                broken.insert(violation.law);
                self.report.first.get_or_insert((cut, violation));
            }
        }
        self.report.bad_cuts += usize::from(!broken.is_empty());
        for law in broken {
            *self.report.broken.entry(law).or_default() += 1;
        }
    }
}

/// What a restart found, or the law it broke.
type Outcome = Result<Found, Violation>;

fn judge(outcome: &Outcome, world: &World) -> Vec<Violation> {
    match outcome {
        Ok(found) => violations(found, world),
        Err(violation) => vec![violation.clone()],
    }
}
