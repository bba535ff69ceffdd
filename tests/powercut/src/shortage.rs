//! A disk that is full or broken for a while, from each of its operations on.

use std::{io, ops::Range};

use crate::{
    afternoon::Afternoon,
    campaign::{Campaign, Report},
    cut::Inspector,
    dice::Dice,
    disk::{Disk, Failure, Planted, Trouble},
    drive::Drive,
    laws::{Violation, violations},
    platter::Medium,
    restart::restart,
    station::{Order, Station, Stopped},
    world::{Fact, World},
};

/// The visit that comes when the disk is well again.
const NEXT_VISIT: u32 = 2;
/// Operations within which a journal that refused to open is made after all.
const MAKING: usize = 60;
/// Operations within which one that was opened again is settled, and written to.
const SETTLING: usize = 12;

/// Each after so many operations.
type Facts = Vec<(usize, Fact)>;

/// One afternoon, played once for each operation of its disk.
#[derive(Clone, Copy, Debug)]
pub struct Shortage {
    pub seed: u64,
    pub failure: Failure,
    /// So many operations fail; then there is space, or the medium is well.
    pub operations: usize,
    /// The journal moves its log into the file after so many pages.
    pub checkpoint_pages: u32,
    /// The program ends in the trouble, and starts again when there is none.
    pub restarts: bool,
    /// Moments after the trouble at which the power goes as well. Where the
    /// journal refused to open, or is opened again, it goes at each moment of
    /// that, too.
    pub cuts: usize,
}

/// What came of it.
#[derive(Clone, Debug, Default)]
pub struct Endured {
    /// Afternoons played, each with its own first failing operation.
    pub afternoons: usize,
    /// Of these, in which the journal refused to open.
    pub unopened: usize,
    /// Of these, in which it refused to write.
    pub unwritten: usize,
    /// With the first operation that failed.
    pub violations: Vec<(usize, Violation)>,
    /// Power cuts after the trouble.
    pub cut: Report,
}

impl Shortage {
    /// # Errors
    /// When no drive can be plugged in, or the script of a visit is wrong.
    pub fn run(&self) -> io::Result<Endured> {
        let mut endured = Endured::default();
        for from in 0.. {
            let checkpoint_pages = Some(self.checkpoint_pages);
            let drive = Drive::plug_in(Disk::recording(Planted::default(), checkpoint_pages))?;
            drive.disk().trouble(Trouble {
                from,
                operations: self.operations,
                failure: self.failure,
            });
            let mut dice = Dice::new(self.seed);
            let mut broken = Vec::new();
            let unopened = endured.unopened;
            let (facts, again) = self
                .play(&drive, &mut dice, &mut endured, &mut broken)
                .map_err(io::Error::other)?;
            if drive.disk().asked() <= from {
                break;
            }
            endured.afternoons += 1;
            let afternoon = Afternoon {
                seed: self.seed,
                operations: drive.disk().log().to_vec(),
                facts,
                checkpoint_pages,
            };
            let found = restart(&drive);
            broken.extend(match &found {
                Ok(found) => violations(found, &World::after(&afternoon.facts)),
                Err(error) => vec![Violation::unreadable(error)],
            });
            endured
                .violations
                .extend(broken.into_iter().map(|it| (from, it)));
            let opening = match again {
                _ if endured.unopened > unopened => from..from + MAKING,
                Some(again) => again..again + SETTLING,
                None => from..from,
            };
            self.cut_the_power(&afternoon, from, opening, &mut endured)?;
        }
        Ok(endured)
    }

    /// A visit in times of trouble, and one after them, on the same journal. Also
    /// answers after how many operations the journal was opened again.
    fn play(
        &self,
        drive: &Drive,
        dice: &mut Dice,
        endured: &mut Endured,
        broken: &mut Vec<Violation>,
    ) -> Result<(Facts, Option<usize>), Stopped> {
        let mut station = match Station::start(drive, Order::IntentionFirst) {
            Ok(station) => station,
            Err(_) => {
                endured.unopened += 1;
                drive.disk().mend();
                Station::start(drive, Order::IntentionFirst)?
            }
        };
        match station.serve(1, dice) {
            Ok(()) => {}
            Err(Stopped::Journal(_)) => endured.unwritten += 1,
            Err(refused) => return Err(refused),
        }
        let again = if self.restarts {
            let mut again = 0;
            station = station.restart_after(|| {
                drive.disk().mend();
                again = drive.disk().log().len();
            })?;
            Some(again)
        } else {
            drive.disk().mend();
            None
        };
        broken.extend(station.disagreements()?);
        if let Err(Stopped::Journal(error)) = station.serve(NEXT_VISIT, dice) {
            broken.push(Violation::unreadable(&error));
        }
        Ok((station.into_facts(), again))
    }

    fn cut_the_power(
        &self,
        afternoon: &Afternoon,
        from: usize,
        opening: Range<usize>,
        endured: &mut Endured,
    ) -> io::Result<()> {
        let campaign = Campaign {
            medium: Medium::Garbling,
            partial: 1,
            again: usize::MAX,
            ..Campaign::default()
        };
        let rest = afternoon.operations.len().saturating_sub(from);
        let mut dice = Dice::new(self.seed ^ from as u64);
        let places = (0..self.cuts)
            .map(|_| from + dice.below(rest))
            .chain(opening.start..opening.end.min(afternoon.operations.len()))
            .collect();
        let report = Inspector::new(&campaign, afternoon)?.cut_at(&places)?;
        endured.cut.add(report);
        Ok(())
    }
}
