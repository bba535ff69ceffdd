//! What a motor card reader does with a card, as a pure machine between orders and bytes.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use devices::{
    DeviceState,
    card_reader::{CardFault, CardReaderEvent, CardReaderOrder, CardReaderStatus},
};
use jiff::civil::Date;
use zeroize::Zeroize;

use super::{
    answer::{Answer, Place, meaning, read_tracks},
    command::Command,
    link::{Link, Reply},
};
use crate::{Driver, Input, Output};

/// How often is asked where the card is, while somebody is there.
const LOOK: Duration = Duration::from_millis(200);
/// …and while nobody is.
const REST: Duration = Duration::from_secs(2);
/// After silence, a fault, or a card that did not move.
const ONCE_MORE: Duration = Duration::from_secs(3);
/// A card in the mouth for so long does not go in by itself.
const DRAWN_IN: Duration = Duration::from_secs(3);
/// Somebody who wants a card back has taken it by then.
const TAKEN: Duration = Duration::from_secs(30);

pub struct MotorCardReader {
    today: Box<dyn Fn() -> Date + Send>,
    link: Link,
    connected: bool,
    /// It does not answer.
    silent: bool,
    /// It was told to initialise, and did.
    reset: bool,
    faulty: bool,
    /// A card is wanted.
    accepting: bool,
    /// …and none was read or refused since.
    owing: bool,
    /// Whether the slot lets a card in, as far as is known.
    open: Option<bool>,
    place: Place,
    /// A card was told of that was not yet told to be gone.
    inserted: bool,
    unread: bool,
    /// The card is of no use here.
    refused: bool,
    drawn_in_by: Option<Instant>,
    taken_by: Option<Instant>,
    /// Nobody took the card.
    left: bool,
    /// Nothing is said before this.
    pause: Option<Instant>,
    look_at: Option<Instant>,
    state: Option<DeviceState>,
    outputs: VecDeque<Output<CardReaderEvent>>,
}

impl MotorCardReader {
    /// `today` is asked whenever a card is read: a card counts up to the end of
    /// its last month.
    pub fn new(today: impl Fn() -> Date + Send + 'static) -> Self {
        Self {
            today: Box::new(today),
            link: Link::default(),
            connected: false,
            silent: false,
            reset: false,
            faulty: false,
            accepting: false,
            owing: false,
            open: None,
            place: Place::Nowhere,
            inserted: false,
            unread: false,
            refused: false,
            drawn_in_by: None,
            taken_by: None,
            left: false,
            pause: None,
            look_at: None,
            state: None,
            outputs: VecDeque::new(),
        }
    }
}

impl Driver for MotorCardReader {
    type Order = CardReaderOrder;
    type Event = CardReaderEvent;

    fn handle(&mut self, input: Input<CardReaderOrder>, now: Instant) {
        match input {
            Input::Order(order) => self.obey(order, now),
            Input::Wire(bytes) => {
                if let Some((command, reply)) = self.link.receive(&bytes, now) {
                    self.answered(command, reply, now);
                }
            }
            Input::Connected => {
                self.connected = true;
                self.silent = false;
                self.start_over();
            }
            Input::HungUp => {
                self.connected = false;
                self.start_over();
                self.card_is_gone();
            }
        }
        self.go_on(now);
    }

    fn handle_timeout(&mut self, now: Instant) {
        if let Some((command, reply)) = self.link.handle_timeout(now) {
            self.answered(command, reply, now);
        }
        if self.drawn_in_by.take_if(|due| *due <= now).is_some() {
            self.insert();
            self.refuse(CardFault::Unreadable);
        }
        if self.taken_by.take_if(|due| *due <= now).is_some() {
            tracing::warn!("A card was left in the mouth of the reader");
            self.left = true;
        }
        self.go_on(now);
    }

    fn poll_output(&mut self) -> Option<Output<CardReaderEvent>> {
        self.outputs.pop_front()
    }

    fn poll_timeout(&self) -> Option<Instant> {
        let speaks = match self.link.poll_timeout() {
            None if self.connected => self.look_at.max(self.pause),
            line => line,
        };
        let due = [speaks, self.drawn_in_by, self.taken_by];
        due.into_iter().flatten().min()
    }
}

impl MotorCardReader {
    fn obey(&mut self, order: CardReaderOrder, now: Instant) {
        match order {
            CardReaderOrder::Accept => {
                self.accepting = true;
                self.owing = true;
                self.refused = false;
                self.unread = self.place == Place::Inside;
                self.wait_at_gate(now);
            }
            CardReaderOrder::Release => {
                self.accepting = false;
                self.owing = false;
                self.unread = false;
                self.drawn_in_by = None;
            }
        }
    }

    fn go_on(&mut self, now: Instant) {
        if self.connected
            && self.link.is_free(now)
            && self.pause.is_none_or(|until| until <= now)
            && let Some(command) = self.next_command(now)
        {
            self.link.ask(command, now);
        }
        while let Some(bytes) = self.link.poll_wire() {
            self.outputs.push_back(Output::Wire(bytes));
        }
        self.tell_state();
    }

    fn next_command(&self, now: Instant) -> Option<Command> {
        if !self.reset {
            return Some(Command::Reset);
        }
        let inside = self.place == Place::Inside;
        if inside && self.unread {
            return Some(Command::ReadTracks);
        }
        let open = self.accepting && self.place == Place::Nowhere;
        if self.open != Some(open) {
            return Some(match open {
                true => Command::OpenSlot,
                false => Command::ShutSlot,
            });
        }
        // A card that was refused comes out at once, one that was read when it is let go.
        if inside && (!self.accepting || self.refused) {
            return Some(Command::GiveBack);
        }
        self.look_at
            .is_none_or(|at| at <= now)
            .then_some(Command::Status)
    }

    fn answered(&mut self, command: Command, reply: Reply, now: Instant) {
        self.look_at = Some(now + if self.somebody_is_there() { LOOK } else { REST });
        let answer = match reply {
            Reply::Answered(answer) => answer,
            Reply::Silent => {
                if !self.silent {
                    tracing::warn!(?command, "The card reader does not answer");
                }
                self.silent = true;
                return self.fail(now);
            }
        };
        self.silent = false;
        match answer {
            Answer::Done(place) => self.done(command, place, now),
            Answer::Tracks(mut tracks) => {
                self.unread = false;
                self.tell_tracks(&tracks);
                tracks.zeroize();
            }
            Answer::NotReset if command == Command::Reset => self.fail(now),
            Answer::NotReset => {
                tracing::info!("The card reader was started anew");
                self.reset = false;
                self.open = None;
                self.pause = Some(now + LOOK);
            }
            // The stripe has no such track, or the card is the wrong way round.
            Answer::Fault(_) if command == Command::ReadTracks => self.unreadable(),
            Answer::Fault(code) => {
                if !self.faulty {
                    let fault = meaning(code);
                    tracing::warn!(?command, fault, "The card reader stands still");
                }
                self.faulty = true;
                self.fail(now);
            }
        }
    }

    fn done(&mut self, command: Command, place: Option<Place>, now: Instant) {
        match command {
            Command::Reset => {
                self.reset = true;
                self.faulty = false;
                // What stuck was taken out by a hand.
                self.owing |= self.accepting && place == Some(Place::Nowhere);
            }
            Command::OpenSlot => self.open = Some(true),
            Command::ShutSlot => self.open = Some(false),
            // It is told again if it did not move, but not at once.
            Command::GiveBack => {
                self.pause = (place == Some(Place::Inside)).then_some(now + ONCE_MORE);
            }
            // It answered and had nothing to say.
            Command::ReadTracks => self.unreadable(),
            Command::Status => {}
        }
        if let Some(place) = place {
            self.observe(place, now);
        }
    }

    fn observe(&mut self, place: Place, now: Instant) {
        let before = std::mem::replace(&mut self.place, place);
        if before == place {
            return;
        }
        match place {
            Place::Nowhere => self.card_is_gone(),
            Place::Gate => {
                self.unread = false;
                self.taken_by = Some(now + TAKEN);
                // Else somebody is just putting it in.
                if !self.accepting {
                    self.insert();
                }
                self.wait_at_gate(now);
            }
            Place::Inside => {
                self.taken_by = None;
                self.left = false;
                self.drawn_in_by = None;
                self.insert();
                self.unread = self.owing;
            }
        }
    }

    fn card_is_gone(&mut self) {
        self.place = Place::Nowhere;
        self.unread = false;
        self.refused = false;
        self.drawn_in_by = None;
        self.taken_by = None;
        self.left = false;
        self.owing = self.accepting;
        if std::mem::take(&mut self.inserted) {
            self.tell(CardReaderEvent::Removed);
        }
    }

    fn wait_at_gate(&mut self, now: Instant) {
        let waits = self.owing && self.place == Place::Gate;
        self.drawn_in_by = waits.then_some(now + DRAWN_IN);
    }

    fn insert(&mut self) {
        if !std::mem::replace(&mut self.inserted, true) {
            self.tell(CardReaderEvent::Inserted);
        }
    }

    fn tell_tracks(&mut self, tracks: &[u8]) {
        match read_tracks(tracks, (self.today)()) {
            Ok(holder) if std::mem::take(&mut self.owing) => {
                self.tell(CardReaderEvent::Read(holder));
            }
            // Nobody wants to know any more.
            Ok(_) => {}
            Err(fault) => self.refuse(fault),
        }
    }

    fn unreadable(&mut self) {
        self.unread = false;
        self.refuse(CardFault::Unreadable);
    }

    fn refuse(&mut self, fault: CardFault) {
        if std::mem::take(&mut self.owing) {
            self.refused = true;
            self.tell(CardReaderEvent::Refused(fault));
        }
    }

    /// Begins anew after a while: whoever waits for a card that is in is told so.
    fn fail(&mut self, now: Instant) {
        self.reset = false;
        self.open = None;
        self.pause = Some(now + ONCE_MORE);
        if self.faulty || self.inserted {
            self.refuse(CardFault::Unreadable);
        }
        self.unread = false;
    }

    fn start_over(&mut self) {
        self.link.forget();
        self.reset = false;
        self.faulty = false;
        self.open = None;
        self.pause = None;
        self.look_at = None;
    }

    fn somebody_is_there(&self) -> bool {
        self.accepting || self.place != Place::Nowhere
    }

    fn tell_state(&mut self) {
        let state = if !self.connected || self.silent {
            DeviceState::Absent
        } else if self.faulty || self.left {
            DeviceState::Faulted
        } else if self.reset {
            DeviceState::Ready
        } else {
            DeviceState::Starting
        };
        if self.state.replace(state) != Some(state) {
            self.tell(CardReaderEvent::Status(CardReaderStatus { state }));
        }
    }

    fn tell(&mut self, event: CardReaderEvent) {
        self.outputs.push_back(Output::Tell(event));
    }
}
