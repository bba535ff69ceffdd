//! Disks that are copied: another machine with an older copy speaks as a station
//! that lives.

use std::collections::VecDeque;

use request::StationId;
use sync::Contradiction;

use crate::{
    cable::Cable,
    desk::Work,
    disk::{Disk, Image},
    lease::Leasing,
    station::{Station, Trade},
    town::{STATIONS, Town},
    written::Written,
};

/// Who looks at stations in quarantine.
const AGENT: &str = "agent";

/// A station's disk as it was once.
pub(crate) struct Copied {
    image: Image,
    /// The journal's newest entry.
    number: u64,
}

impl Town {
    pub(crate) fn copy_disk(&mut self, at: usize) {
        let station = &mut self.stations[at];
        station.copied = Some(Copied {
            image: station.disk.image(),
            number: station.journal.head().number,
        });
    }

    /// Starts the copy beside the station. Which of two is the copy can be told
    /// only once the exchange holds more than it: nobody starts it before.
    pub(crate) fn start_copy(&mut self, at: usize, writes: bool) {
        let head = self.stations[at].journal.head();
        let held = self.exchange.store.held(&head.station, &head.incarnation);
        let held = held.unwrap();
        let original = &mut self.stations[at];
        let Some(copied) = original.copied.take_if(|it| it.number < held) else {
            return;
        };
        let disk = Disk::with(&copied.image);
        let journal = disk.journal(&original.id);
        let watermarks = (journal.acknowledged().unwrap(), journal.received().unwrap());
        let copy = self.stations.len();
        let replication = sync::Station::new(watermarks.0, watermarks.1, copy as u64, self.now);
        let mut written = Written::default();
        written.entries = journal.head().number;
        let original = &self.stations[at];
        self.stations.push(Station {
            id: original.id.clone(),
            journal,
            disk,
            replication,
            trade: Trade::Desk(Box::default()),
            written,
            life: 0,
            running: true,
            cable: Cable::Well,
            clock_millis: original.clock_millis,
            journal_broken: false,
            unwritten: None,
            in_doubt: None,
            room: None,
            power: VecDeque::new(),
            leasing: Leasing::default(),
            copied: None,
            newest_offered: None,
            newest_acknowledged: None,
        });
        if writes {
            self.clerk(copy, Work::Open);
            self.clerk(copy, Work::Submit);
        }
        self.settle(copy);
    }

    pub(crate) fn is_copy(at: usize) -> bool {
        at >= STATIONS
    }

    fn was_copied(&self, station: &StationId) -> bool {
        self.stations[STATIONS..].iter().any(|it| it.id == *station)
    }

    /// A station hears that it is in quarantine.
    pub(crate) fn is_in_quarantine(&mut self, at: usize, reason: Contradiction) {
        let copied = self.was_copied(&self.stations[at].id);
        self.require("only for a copy is a station shut out", copied, || {
            reason.to_string()
        });
    }

    /// A station hears that it may go on.
    pub(crate) fn is_welcome(&mut self, at: usize) {
        self.require("no copy is welcome", !Self::is_copy(at), String::new);
    }

    /// In the evening, when every copy has had time to speak.
    pub(crate) fn copies_are_caught(&mut self) {
        let caught = self.exchange.store.quarantined().unwrap();
        let caught: Vec<StationId> = caught.into_iter().map(|it| it.station).collect();
        let copies = self.stations[STATIONS..].iter();
        let free = copies.map(|it| &it.id).find(|it| !caught.contains(it));
        let free = free.cloned();
        self.require("a copy that speaks is caught", free.is_none(), || {
            format!("{free:?}")
        });
        let minted = self.stations[STATIONS..].iter().flat_map(|copy| {
            let ids = copy.written.requests.keys();
            ids.map(|id| (copy.id.clone(), id.clone()))
        });
        let minted: Vec<_> = minted.collect();
        let originals = &self.stations[..STATIONS];
        let twice = minted.iter().find(|(station, id)| {
            let mut originals = originals.iter().filter(|it| it.id == *station);
            originals.any(|it| it.written.requests.contains_key(id))
        });
        let twice = twice.cloned();
        self.require(
            "a copy mints no id of its original",
            twice.is_none(),
            || format!("{twice:?}"),
        );
        let ids = minted.iter().map(|(_, id)| id);
        let known = ids.filter(|id| self.exchange.store.request(id).unwrap().is_some());
        let known: Vec<String> = known.map(ToString::to_string).collect();
        self.require("nothing of a copy is taken over", known.is_empty(), || {
            known.join(", ")
        });
    }

    /// An agent has every copy switched off and lets their stations go on; again,
    /// when a copy's last words arrive only then.
    pub(crate) fn release(&mut self) {
        for copy in &mut self.stations[STATIONS..] {
            copy.running = false;
        }
        let now = self.true_time();
        for shut_out in self.exchange.store.quarantined().unwrap() {
            let station = &shut_out.station;
            self.exchange.store.release(station, AGENT, now).unwrap();
        }
        self.ring();
    }
}
