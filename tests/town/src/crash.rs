//! The power goes, and comes back: a station forgets, its disk and the world stay.

use bench::model::{Next, Told};
use devices::cash::{CashCounters, CashEvent};
use kiosk::visit::{Command, Event, Link};
use request::{RequestEvent, RequestId, recovery};

use crate::{
    bug::Bug,
    disk::{Disk, Image},
    lease::{LOOK_AFTER, Leasing},
    machine::Machine,
    station::Trade,
    tickets::refund_ticket,
    town::{Happening, Town},
};

/// What was being written when the power went.
pub(crate) struct InDoubt {
    facts: Vec<(RequestId, RequestEvent)>,
    /// As the cash devices had counted by then.
    counters: CashCounters,
}

impl Town {
    /// Everything in memory is lost, `current` and all that was to come after it.
    pub(crate) fn crash(&mut self, at: usize, current: Option<Command>) {
        let image = self.stations[at].disk.image();
        self.crash_with(at, current, &image);
    }

    /// The same, where this is what the disk has kept.
    pub(crate) fn crash_with(&mut self, at: usize, current: Option<Command>, image: &Image) {
        self.crashes += 1;
        let station = &mut self.stations[at];
        let disk = Disk::with(image);
        // The old process is dead: what it still writes goes nowhere.
        station.unwritten = None;
        station.journal = disk.journal(&station.id);
        station.disk = disk;
        self.count_what_nobody_counted(at, current);
        self.devices_go_on(at);
        let station = &mut self.stations[at];
        station.life += 1;
        station.journal_broken = false;
        station.room = None;
        self.start_again(at);
    }

    /// The power goes while an entry is being written: it is there, or it is not.
    pub(crate) fn crash_in_write(&mut self, at: usize, facts: &[(RequestId, RequestEvent)]) {
        let wall = self.moment(at).wall;
        let station = &mut self.stations[at];
        let journal = &mut station.journal;
        let image = station.disk.cut_while(&mut self.dice, || {
            let _ = match facts {
                [(id, event)] => journal.append(id, event, wall).unwrap(),
                facts => journal.append_at_once(facts, wall).unwrap(),
            };
        });
        let current = Command::RecordTogether(facts.to_vec());
        let counters = station.kiosk().map(|it| it.cash_counters);
        station.in_doubt = Some(InDoubt {
            facts: facts.to_vec(),
            counters: counters.unwrap_or_default(),
        });
        self.crash_with(at, Some(current), &image);
    }

    /// The disk has kept the entry that was being written, or it has not.
    fn resolve_doubt(&mut self, at: usize) {
        let station = &mut self.stations[at];
        let Some(doubt) = station.in_doubt.take() else {
            return;
        };
        if station.journal.head().number == station.written.entries {
            return;
        }
        for (id, event) in &doubt.facts {
            let station = &mut self.stations[at];
            station.written.entry(id, event);
            if let RequestEvent::CoinTaken { value_won } = event
                && let Some(kiosk) = station.kiosk_mut()
            {
                kiosk.cash.uncounted_won -= value_won;
            }
            self.is_written(at, id, event, doubt.counters);
        }
    }

    /// Coins that fell and never reached the journal.
    fn count_what_nobody_counted(&mut self, at: usize, current: Option<Command>) {
        let Some(kiosk) = self.stations[at].kiosk_mut() else {
            return;
        };
        let rest = std::iter::from_fn(|| kiosk.visit.poll_command());
        let rest: Vec<Command> = current.into_iter().chain(rest).collect();
        for command in rest {
            for (_, event) in command.facts() {
                if let RequestEvent::CoinTaken { value_won } = event {
                    kiosk.cash.uncounted_won += value_won;
                }
            }
        }
        let untold = self.untold_coins_won(at);
        if let Some(kiosk) = self.stations[at].kiosk_mut() {
            kiosk.cash.uncounted_won += untold;
        }
    }

    /// Coins that fell and of which the validator has yet to tell.
    pub(crate) fn untold_coins_won(&self, at: usize) -> u32 {
        let life = self.stations[at].life;
        let ahead = self.agenda.iter();
        ahead
            .filter_map(|happening| match happening {
                Happening::Device(
                    whose,
                    when,
                    Next::Told(Told::Cash(CashEvent::CoinAccepted { value_won })),
                ) if (*whose, *when) == (at, life) => Some(*value_won),
                _ => None,
            })
            .sum()
    }

    /// Devices do not die with their station. What they have begun goes on in its own
    /// time, or is over before anybody looks again; or the power has gone for them,
    /// too, and it may never be. What drivers had in mind is gone.
    fn devices_go_on(&mut self, at: usize) {
        let mut is_here = |of_a_driver: bool| {
            self.agenda.take(|it| match it {
                Happening::Device(whose, _, Next::Changed(change)) => {
                    *whose == at && change.is_of_a_driver() == of_a_driver
                }
                _ => false,
            })
        };
        drop(is_here(true));
        let without_power = match self.dice.below(3) {
            0 => return,
            1 => false,
            _ => true,
        };
        let begun = is_here(false);
        let dice = &mut self.dice;
        let Some(kiosk) = self.stations[at].kiosk_mut() else {
            return;
        };
        for happening in begun {
            let Happening::Device(_, _, Next::Changed(change)) = happening else {
                continue;
            };
            if !without_power || dice.one_in(2) {
                // Nobody lives who could be told.
                drop(kiosk.change(&change));
            } else {
                kiosk.lose(&change);
            }
        }
        if without_power {
            kiosk.lose_power();
        }
    }

    fn start_again(&mut self, at: usize) {
        let moment = self.moment(at);
        let station = &mut self.stations[at];
        let journal = &station.journal;
        let watermarks = (journal.acknowledged().unwrap(), journal.received().unwrap());
        let seed = at as u64 + u64::from(station.life) * 1_000;
        station.replication = sync::Station::new(watermarks.0, watermarks.1, seed, moment.instant);
        station.newest_acknowledged = None;
        station.leasing = Leasing::default();
        let look = Happening::LooksAfterLeases(at, station.life);
        self.plan(LOOK_AFTER, look);
        self.resolve_doubt(at);
        self.nothing_was_forgotten(at);
        match &mut self.stations[at].trade {
            Trade::Kiosk(_) => self.start_kiosk_again(at),
            Trade::Desk(desk) => {
                desk.open = None;
                self.end_what_is_open(at);
            }
        }
    }

    fn start_kiosk_again(&mut self, at: usize) {
        let (catalog, now) = (self.catalog.clone(), self.moment(at));
        let open = self.left_open(at);
        let station = &mut self.stations[at];
        let id = station.id.clone();
        let again = |kiosk: &mut Machine| kiosk.start_again(catalog, &id, open, now);
        let ahead = station.kiosk_mut().map(again);
        self.plan_devices(at, ahead.unwrap_or_default());
        self.introduce_devices(at);
        let leases = Event::Link(Link::Leases(self.leases(at)));
        self.tell_within(at, leases);
        self.settle(at);
    }

    /// No device of a desk has anything to tell.
    fn end_what_is_open(&mut self, at: usize) {
        if self.bug == Some(Bug::ForgetsToRecover) {
            return;
        }
        for id in self.stations[at].journal.open_requests().unwrap() {
            let request = self.stations[at].journal.request(&id).unwrap().unwrap();
            let ticket = refund_ticket(&self.stations[at].id, &id);
            for event in recovery(&request, &ticket) {
                if self.stations[at].power_goes() {
                    return self.crash(at, None);
                }
                let life = self.stations[at].life;
                if !self.record(at, &id, &event) && self.stations[at].life != life {
                    return;
                }
            }
        }
        self.settle(at);
    }
}
