//! The exchange's real store on a disk that fails once, goes on, and then loses its
//! power: what a station was told is safe is there.

use std::{io, ops::Range};

use journal::Journal;
use ledger::Store;
use privacy::Personal;
use request::{RequestEvent, RequestId, StationId, Timestamp};
use sync::{Answer, Hello, Offer};

use crate::{
    disk::{Disk, Failure, Planted, Trouble},
    drive::Drive,
    image::{Image, Operation},
    platter::{Medium, Platter, Survival},
};

const NOW: Timestamp = Timestamp::from_millis(1_795_482_000_000);
/// Together longer than the log may become.
const ENTRIES: u64 = 90;
/// So that an entry takes many pages.
const BODY_BYTES: usize = 40_000;
/// Operations after the offer with which the log is moved into the file.
const AFTERWARDS: usize = 300;

/// What came of it.
#[derive(Clone, Debug, Default)]
pub struct Served {
    /// Times the disk failed, each at another operation.
    pub troubles: usize,
    /// Offers that the store refused to take.
    pub refused: usize,
    /// Disks that a power cut left.
    pub cuts: usize,
    /// At which operation it was, and what was wrong.
    pub lost: Vec<(usize, String)>,
}

/// Entries offered one by one while each sync with which the store moves its log into
/// its file, and each of the next offers, fails once.
///
/// # Errors
/// When no drive can be plugged in.
pub fn serve_in_trouble() -> io::Result<Served> {
    let station = station().map_err(io::Error::other)?;
    let mut served = Served::default();
    let calm = take_all(&station, None, &mut served)?;
    for from in calm.syncs() {
        let taken = take_all(&station, Some(from), &mut served)?;
        served.troubles += 1;
        for survival in [Survival::Nothing, Survival::Everything] {
            served.cuts += 1;
            let (image, _) = taken.platter().cut(survival, Medium::Honest);
            if let Some(wrong) = wrong_with(&station, image, taken.acknowledged) {
                served.lost.push((from, wrong));
            }
        }
    }
    Ok(served)
}

/// What the disk was asked, and what the station was told.
struct Taken {
    operations: Vec<Operation>,
    /// Of each offer, counted among what can fail.
    asked: Vec<Range<usize>>,
    acknowledged: u64,
}

impl Taken {
    /// The syncs from the offer with which the log was moved on.
    fn syncs(&self) -> Vec<usize> {
        let moves = self.asked.iter().max_by_key(|it| it.len());
        let moves = moves.cloned().unwrap_or_default();
        // What always succeeds is not counted among what can fail.
        let can_fail = |it: &&Operation| !matches!(it, Operation::SyncDirectory);
        let operations = self.operations.iter().filter(can_fail).enumerate();
        let near = operations.skip(moves.start).take(moves.len() + AFTERWARDS);
        let syncs = near.filter(|(_, it)| matches!(it, Operation::Sync { .. }));
        syncs.map(|(asked, _)| asked).collect()
    }

    fn platter(&self) -> Platter {
        let mut platter = Platter::default();
        self.operations.iter().for_each(|it| platter.take(it));
        platter
    }
}

fn station() -> Result<Journal, journal::Error> {
    let mut journal = Journal::in_memory(StationId::new("gaon-1"))?;
    for number in 0..ENTRIES {
        // Each is wedged: what it says does not matter here, only that it is kept.
        let event = RequestEvent::Answered {
            question: "q".to_owned(),
            answer: Personal::new("x".repeat(BODY_BYTES)),
        };
        journal.append(&RequestId::new(format!("r-{number}")), &event, NOW)?;
    }
    Ok(journal)
}

fn take_all(station: &Journal, trouble: Option<usize>, served: &mut Served) -> io::Result<Taken> {
    let drive = Drive::plug_in(Disk::recording(Planted::default(), None))?;
    let store = Store::open(&drive.journal()).map_err(io::Error::other)?;
    let hello = Hello {
        head: station.head().clone(),
        received: 0,
        release: String::new(),
        finding: None,
    };
    store.greet(&hello, NOW).map_err(io::Error::other)?;
    if let Some(from) = trouble {
        drive.disk().trouble(Trouble {
            from,
            operations: 1,
            failure: Failure::Broken,
        });
    }
    let (mut asked, mut acknowledged) = (Vec::new(), 0);
    // A refused offer is made again.
    while acknowledged < ENTRIES && asked.len() < 2 * ENTRIES as usize {
        let before = drive.disk().asked();
        match offer(station, &store, acknowledged).map_err(io::Error::other)? {
            Some(number) => acknowledged = number,
            None => served.refused += 1,
        }
        asked.push(before..drive.disk().asked());
    }
    let operations = drive.disk().log().to_vec();
    Ok(Taken {
        operations,
        asked,
        acknowledged,
    })
}

/// The answer's number; none when the store could not take it.
fn offer(station: &Journal, store: &Store, after: u64) -> Result<Option<u64>, journal::Error> {
    let Some(before) = station.hash_at(after)? else {
        return Ok(None);
    };
    let head = station.head();
    let offer = Offer {
        speaker: head.incarnation.clone(),
        before,
        entries: station.entries(after, 1)?,
    };
    Ok(match store.take(&head.station, &offer, NOW) {
        Ok(Ok(received)) => match received.answer {
            Answer::Acknowledged(number) => Some(number),
            Answer::KeptAside(_) | Answer::Unknown | Answer::Quarantined(_) => None,
        },
        Ok(Err(_)) | Err(_) => None,
    })
}

fn wrong_with(station: &Journal, image: Image, acknowledged: u64) -> Option<String> {
    let found = Drive::plug_in(Disk::found(image, Planted::default(), None)).ok()?;
    let head = station.head();
    let held = Store::open(&found.journal())
        .and_then(|store| store.held(&head.station, &head.incarnation));
    match held {
        Ok(held) if held >= acknowledged => None,
        Ok(held) => Some(format!(
            "{acknowledged} were acknowledged, {held} are there"
        )),
        Err(error) => Some(error.to_string()),
    }
}
