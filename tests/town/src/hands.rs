//! What citizens and clerks do with their hands.

use std::time::Duration;

use bench::model::{Card, Next, Told};
use devices::card_reader::CardReaderEvent;
use kiosk::visit::{Event, View};
use request::{RequestEvent, RequestId, ServiceId, ServiceRequest};

use crate::{
    citizen::{Citizen, Move, Piece, SERVICES},
    desk::{Work, opened},
    town::{Happening, Town},
};

/// More moves than any visit takes.
const PATIENCE: u32 = 150;
/// What somebody needs to see the next screen and to do what it asks for.
pub(crate) const A_MOVE: Duration = Duration::from_millis(700);

impl Town {
    pub(crate) fn arrive(&mut self, at: usize, citizen: &Citizen) {
        if let Some(kiosk) = self.stations[at].kiosk_mut() {
            kiosk.citizen = citizen.clone();
            kiosk.paid_in = 0;
        }
    }

    /// Until the kiosk rests again, or this citizen has lost patience.
    pub(crate) fn walk_to_the_end(&mut self, at: usize) {
        for _ in 0..PATIENCE {
            self.walk(at);
            let view = self.stations[at].kiosk().and_then(|it| it.view.as_ref());
            if view.is_some_and(View::is_resting) {
                return;
            }
        }
    }

    /// The citizen does the one thing the screen asks for.
    pub(crate) fn walk(&mut self, at: usize) {
        let Some(kiosk) = self.stations[at].kiosk() else {
            return;
        };
        let Some(view) = &kiosk.view else {
            return;
        };
        match kiosk.citizen.next_move(view, kiosk.slot.card.is_some()) {
            Move::Touches(touches) => {
                for touch in touches {
                    self.tell(at, Event::Touched(touch));
                }
            }
            Move::PutCard(card) => self.put_card(at, card),
            Move::PullCard => self.pull_card(at),
            Move::HoldCard => self.hold_card(at),
            Move::Pay => self.pay(at),
            Move::Wait => self.pass(Duration::from_secs(2)),
        }
        self.pass(A_MOVE);
    }

    fn pay(&mut self, at: usize) {
        if let Some(kiosk) = self.stations[at].kiosk_mut() {
            let purse = &kiosk.citizen.purse;
            let piece = purse[kiosk.paid_in % purse.len()];
            kiosk.paid_in += 1;
            self.insert(at, piece);
            self.pass(Duration::from_secs(3));
        }
    }

    pub(crate) fn insert(&mut self, at: usize, piece: Piece) {
        if let Some(kiosk) = self.stations[at].kiosk_mut() {
            let ahead = match piece {
                Piece::Coin(won) => kiosk.cash.insert_coin(won),
                Piece::Note(won) => kiosk.cash.insert_note(won),
            };
            self.plan_devices(at, ahead);
        }
    }

    fn hold_card(&mut self, at: usize) {
        if let Some(kiosk) = self.stations[at].kiosk_mut() {
            let ahead = kiosk.terminal.hold_card();
            self.plan_devices(at, ahead);
        }
    }

    pub(crate) fn put_card(&mut self, at: usize, card: Card) {
        if let Some(kiosk) = self.stations[at].kiosk_mut() {
            let ahead = kiosk.slot.insert(card);
            self.plan_devices(at, ahead);
            self.pass(Duration::ZERO);
        }
    }

    /// Pulls the card; what the reader was about to say of it is not said any more.
    pub(crate) fn pull_card(&mut self, at: usize) {
        let unsaid = |it: &Happening| {
            matches!(
                it,
                Happening::Device(
                    whose,
                    _,
                    Next::Told(Told::Card(
                        CardReaderEvent::Read(_) | CardReaderEvent::Refused(_)
                    ))
                ) if *whose == at
            )
        };
        drop(self.agenda.take(unsaid));
        let kiosk = self.stations[at].kiosk_mut();
        if kiosk.is_some_and(|it| it.slot.pull()) {
            self.tell(at, Event::Card(CardReaderEvent::Removed));
        }
    }

    pub(crate) fn clerk(&mut self, at: usize, work: Work) {
        let Some(desk) = self.stations[at].desk_mut() else {
            return;
        };
        match work {
            Work::Open if desk.open.is_none() => self.clerk_opens(at),
            Work::Open => {}
            Work::Submit => {
                let id = desk.open.as_ref().map(|it| it.id.clone());
                let events = desk.submit();
                self.write_all(at, id, &events);
            }
            Work::End => self.clerk_ends(at),
        }
    }

    fn clerk_opens(&mut self, at: usize) {
        let catalog = self.catalog.clone();
        let service = catalog.service(&ServiceId::new(SERVICES[0])).unwrap();
        let event = opened(service, &self.stations[at].id);
        let request = self.open(at, &event);
        if let Some(desk) = self.stations[at].desk_mut() {
            let id = request.as_ref().map(|it| it.id.clone());
            desk.open = request;
            let events = desk.fill_in();
            self.write_all(at, id, &events);
        }
    }

    /// Ends the desk's request as the journal has it: the exchange may have answered.
    pub(crate) fn clerk_ends(&mut self, at: usize) {
        let station = &mut self.stations[at];
        let Some(id) = station
            .desk_mut()
            .and_then(|it| it.open.as_ref().map(|it| it.id.clone()))
        else {
            return;
        };
        let written: Option<ServiceRequest> = station.written.requests.get(&id).cloned();
        if let Some(desk) = station.desk_mut() {
            desk.open = written;
            let events = desk.end();
            self.write_all(at, Some(id), &events);
        }
    }

    /// Writes one after the other; the power may go between any two.
    fn write_all(&mut self, at: usize, id: Option<RequestId>, events: &[RequestEvent]) {
        let Some(id) = id else {
            return;
        };
        for event in events {
            if self.stations[at].power_goes() {
                return self.crash(at, None);
            }
            if !self.record(at, &id, event) {
                return;
            }
        }
        self.settle(at);
    }
}
