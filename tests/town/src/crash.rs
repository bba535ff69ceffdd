//! The power goes, and comes back: a station forgets, its disk and the world stay.

use bench::model::{Change, Next, Told};
use devices::{cash::CashEvent, document_printer::DocumentPrinterOrder, printer::JobId};
use kiosk::visit::{Command, Event, Link};
use request::{PaperState, RequestEvent, RequestId, recovery};

use crate::{
    bug::Bug,
    disk::{Disk, Image},
    lease::{LOOK_AFTER, Leasing},
    station::Trade,
    tickets::refund_ticket,
    town::{Happening, Town},
};

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
        self.finish_in_the_dark(at);
        let station = &mut self.stations[at];
        station.life += 1;
        station.journal_broken = false;
        station.room = None;
        self.start_again(at);
    }

    /// The power goes while an entry is being written: it is there, or it is not.
    pub(crate) fn crash_in_write(&mut self, at: usize, id: &RequestId, event: &RequestEvent) {
        let wall = self.moment(at).wall;
        let station = &mut self.stations[at];
        let before = station.disk.image();
        station.journal.append(id, event, wall).unwrap();
        let image = station.disk.image().torn(&before, &mut self.dice);
        let current = Command::Record {
            request: id.clone(),
            event: event.clone(),
        };
        station.in_doubt = Some((id.clone(), event.clone()));
        self.crash_with(at, Some(current), &image);
    }

    /// The disk has kept the entry that was being written, or it has not.
    fn resolve_doubt(&mut self, at: usize) {
        let station = &mut self.stations[at];
        let Some((id, event)) = station.in_doubt.take() else {
            return;
        };
        if station.journal.head().number == station.written.entries + 1 {
            station.written.entry(&id, &event);
            if let RequestEvent::CoinTaken { value_won } = event
                && let Some(kiosk) = station.kiosk_mut()
            {
                kiosk.cash.uncounted_won -= value_won;
            }
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
            if let Command::Record {
                event: RequestEvent::CoinTaken { value_won },
                ..
            } = command
            {
                kiosk.cash.uncounted_won += value_won;
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

    /// A job that a printer has may still come out; a note that moves arrives somewhere.
    fn finish_in_the_dark(&mut self, at: usize) {
        let is_here = |it: &Happening| matches!(it, Happening::Device(whose, ..) if *whose == at);
        for happening in self.agenda.take(is_here) {
            let Happening::Device(_, _, Next::Changed(change)) = happening else {
                continue;
            };
            let certain = matches!(change, Change::ReturnNote);
            if (certain || self.dice.one_in(2))
                && let Some(kiosk) = self.stations[at].kiosk_mut()
            {
                // Nobody lives who could be told.
                drop(kiosk.change(&change));
            }
        }
    }

    fn start_again(&mut self, at: usize) {
        let moment = self.moment(at);
        let catalog = self.catalog.clone();
        let station = &mut self.stations[at];
        let journal = &station.journal;
        let watermarks = (journal.acknowledged().unwrap(), journal.received().unwrap());
        let seed = at as u64 + u64::from(station.life) * 1_000;
        station.replication = sync::Station::new(watermarks.0, watermarks.1, seed, moment.instant);
        station.newest_acknowledged = None;
        station.leasing = Leasing::default();
        match &mut station.trade {
            Trade::Kiosk(machine) => machine.start_again(catalog, &station.id, moment),
            Trade::Desk(desk) => desk.open = None,
        }
        let look = Happening::LooksAfterLeases(at, self.stations[at].life);
        self.plan(LOOK_AFTER, look);
        self.resolve_doubt(at);
        self.nothing_was_forgotten(at);
        if self.recover(at) {
            self.introduce_devices(at);
            let leases = Event::Link(Link::Leases(self.leases(at)));
            self.tell_within(at, leases);
            self.settle(at);
        }
    }

    /// Ends what was left open; `false` when the power goes again meanwhile.
    fn recover(&mut self, at: usize) -> bool {
        if self.bug == Some(Bug::ForgetsToRecover) {
            return true;
        }
        for id in self.stations[at].journal.open_requests().unwrap() {
            let request = self.stations[at].journal.request(&id).unwrap().unwrap();
            if self.bug == Some(Bug::PrintsAgain) {
                self.print_again(at, &request);
            }
            let ticket = refund_ticket(&self.stations[at].id, &id);
            for event in recovery(&request, &ticket) {
                if self.stations[at].power_goes() {
                    self.crash(at, None);
                    return false;
                }
                let life = self.stations[at].life;
                if !self.record(at, &id, &event) && self.stations[at].life != life {
                    return false;
                }
            }
        }
        true
    }

    fn print_again(&mut self, at: usize, request: &request::ServiceRequest) {
        let documents = request.paper.documents.iter();
        let begun = documents.filter(|(_, state)| *state == PaperState::Begun);
        for (document, _) in begun {
            let order = DocumentPrinterOrder::Print {
                job: JobId::new(document.number.as_str()),
                document: b"%PDF".as_slice().into(),
                pages: 1,
            };
            if let Some(kiosk) = self.stations[at].kiosk_mut() {
                let ahead = kiosk.printer.order(&order);
                self.plan_devices(at, ahead);
            }
        }
    }
}
