//! Some visits at a station whose disk remembers.

use std::io;

use crate::{
    campaign::Campaign,
    dice::Dice,
    disk::Disk,
    drive::Drive,
    image::Operation,
    station::{Station, Stopped},
    world::Fact,
};

/// How often SQLite empties its log. With its own thousand pages one visit
/// would never see that, so that most afternoons have it sooner.
const CHECKPOINTS: [Option<u32>; 4] = [Some(8), Some(16), Some(40), None];

/// What the disk was asked and what happened beside it, in order.
pub(crate) struct Afternoon {
    pub(crate) seed: u64,
    pub(crate) operations: Vec<Operation>,
    /// Each after so many operations.
    pub(crate) facts: Vec<(usize, Fact)>,
    pub(crate) checkpoint_pages: Option<u32>,
}

impl Afternoon {
    /// # Errors
    /// When the afternoon fails although nobody cuts the power.
    pub(crate) fn play(campaign: &Campaign, seed: u64) -> io::Result<Self> {
        let mut dice = Dice::new(seed);
        let checkpoint_pages = CHECKPOINTS[dice.below(CHECKPOINTS.len())];
        let drive = Drive::plug_in(Disk::recording(campaign.planted, checkpoint_pages))?;
        let facts = visits(&drive, campaign, &mut dice).map_err(io::Error::other)?;
        let operations = drive.disk().log().to_vec();
        Ok(Self {
            seed,
            operations,
            facts,
            checkpoint_pages,
        })
    }
}

fn visits(
    drive: &Drive,
    campaign: &Campaign,
    dice: &mut Dice,
) -> Result<Vec<(usize, Fact)>, Stopped> {
    let mut station = Station::start(drive, campaign.order)?;
    for visit in 1..=campaign.visits {
        station.serve(visit, dice)?;
        if dice.one_in(3) {
            station = station.restart()?;
        }
    }
    Ok(station.into_facts())
}
