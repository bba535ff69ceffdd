//! Many afternoons, cut at every operation in many ways.

use std::{
    collections::BTreeMap,
    fmt, fs, io,
    num::NonZeroUsize,
    ops::Range,
    path::Path,
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
    thread,
};

use crate::{
    afternoon::Afternoon,
    cut::{Cut, Inspector},
    disk::Planted,
    drive::lock,
    image::Image,
    laws::{Law, Violation},
    platter::Medium,
    station::Order,
};

/// What is tried.
#[derive(Clone, Debug)]
pub struct Campaign {
    /// One afternoon each.
    pub seeds: Range<u64>,
    pub visits: u32,
    /// Ways in which unsynced operations survive in part, at each operation.
    pub partial: u32,
    /// One in so many images is cut again while it recovers.
    pub again: usize,
    pub medium: Medium,
    pub order: Order,
    pub planted: Planted,
}

impl Default for Campaign {
    /// The station as it is, on a medium that spoils what it was writing.
    fn default() -> Self {
        Self {
            seeds: 0..1,
            visits: 2,
            partial: 4,
            again: 100,
            medium: Medium::Garbling,
            order: Order::IntentionFirst,
            planted: Planted::default(),
        }
    }
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Report {
    pub afternoons: usize,
    /// Operations of the disk, each followed by a power cut.
    pub operations: usize,
    /// Different disks that were opened and recovered.
    pub images: usize,
    /// Of these, cut a second time, while they recovered.
    pub cut_again: usize,
    /// Different pairs of a disk and what the world knew when it was cut.
    pub comparisons: usize,
    /// Cuts after which at least one law was broken.
    pub bad_cuts: usize,
    pub broken: BTreeMap<Law, usize>,
    /// The first of the smallest seed.
    pub first: Option<(Cut, Violation)>,
}

impl Campaign {
    /// # Errors
    /// When no drive can be plugged in, or an afternoon without any power cut fails.
    pub fn run(&self) -> io::Result<Report> {
        let next = AtomicU64::new(self.seeds.start);
        let total = Mutex::new(Ok(Report::default()));
        let threads = thread::available_parallelism().map_or(1, NonZeroUsize::get);
        thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| {
                    let part = self.work(&next);
                    let mut total = lock(&total);
                    match (&mut *total, part) {
                        (Ok(total), Ok(part)) => total.add(part),
                        (total, Err(error)) => *total = Err(error),
                        (Err(_), Ok(_)) => {}
                    }
                });
            }
        });
        total.into_inner().unwrap_or_else(|it| it.into_inner())
    }

    /// Cuts the power once, as `cut` names it, and looks at what is left.
    ///
    /// # Errors
    /// When no drive can be plugged in, or the afternoon without its power cut fails.
    pub fn look_at(&self, cut: Cut) -> io::Result<Remains> {
        let afternoon = Afternoon::play(self, cut.seed)?;
        let (image, violations) = Inspector::new(self, &afternoon)?.look_at(cut);
        Ok(Remains { image, violations })
    }

    fn work(&self, next: &AtomicU64) -> io::Result<Report> {
        let mut report = Report::default();
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= self.seeds.end {
                return Ok(report);
            }
            let afternoon = Afternoon::play(self, seed)?;
            report.add(Inspector::new(self, &afternoon)?.cut_everywhere()?);
        }
    }
}

/// What one power cut has left.
#[derive(Debug)]
pub struct Remains {
    image: Image,
    pub violations: Vec<Violation>,
}

impl Remains {
    /// Writes the disk's files into a folder, for other tools.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn save(&self, folder: &Path) -> io::Result<()> {
        fs::create_dir_all(folder)?;
        for (name, bytes) in self.image.files() {
            fs::write(folder.join(name), bytes)?;
        }
        Ok(())
    }
}

impl Report {
    pub(crate) fn add(&mut self, other: Self) {
        self.afternoons += other.afternoons;
        self.operations += other.operations;
        self.images += other.images;
        self.cut_again += other.cut_again;
        self.comparisons += other.comparisons;
        self.bad_cuts += other.bad_cuts;
        for (law, times) in other.broken {
            *self.broken.entry(law).or_default() += times;
        }
        self.first = match (self.first.take(), other.first) {
            (Some(ours), Some(theirs)) if theirs.0.seed < ours.0.seed => Some(theirs),
            (ours, theirs) => ours.or(theirs),
        };
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} images ({} cut again, {} comparisons) of {} operations in {} afternoons: {} bad",
            self.images,
            self.cut_again,
            self.comparisons,
            self.operations,
            self.afternoons,
            self.bad_cuts
        )?;
        for (law, times) in &self.broken {
            write!(f, ", {law:?} {times}")?;
        }
        if let Some((cut, violation)) = &self.first {
            write!(f, "\nfirst at MINWON_CUT={cut} ({violation})")?;
        }
        Ok(())
    }
}
