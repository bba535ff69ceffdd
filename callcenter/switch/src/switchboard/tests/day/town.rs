//! The town around the switch: people with telephones, agents, networks that
//! break, and a process that is killed.

mod center;
mod orders;
mod people;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    time::{Duration, Instant},
};

use distributor::{AgentId, WallTime};

use super::{
    Mutant,
    book::Book,
    dice::Dice,
    mutant,
    plan::{Scale, Thing, Visit, center},
    witness::{Law, Witness},
};
use crate::switchboard::{Event, Leg, Moment, Switchboard, Wish};

/// 2026-11-24 09:00 in Korea.
const MORNING: i64 = 1_795_478_400_000;
/// After so long everybody must have been served.
const EVENING: u64 = 6 * 3_600_000;

/// Something that is going to happen.
#[derive(Clone, Debug)]
pub(super) enum Happening {
    Thing(Thing),
    /// The same person calls again.
    CallsAgain(Box<Visit>),
    Registers(u32),
    SignsIn(u32),
    Unregisters(u32),
    Heals(u64),
    Opens,
    OfLeg(Leg, OfLeg),
}

/// What happens at a telephone, if it is not over by then.
#[derive(Clone, Debug)]
pub(super) enum OfLeg {
    Confirmed,
    Answers,
    Refuses(u16),
    Ends {
        lost: bool,
    },
    Presses(char),
    /// The n-th thing that was played.
    PlayedOut(u64),
    /// Waits no longer than this.
    GivesUp,
    TalkOver,
}

/// A caller's telephone.
#[derive(Clone, Debug)]
struct Phone {
    visit: Visit,
    playing: u64,
    dice: Dice,
}

pub(super) struct Town {
    board: Switchboard,
    book: Book,
    pub(super) witness: Witness,
    base: Instant,
    now: u64,
    agenda: BTreeMap<(u64, u64), (u32, Happening)>,
    planned: u64,
    /// How often the switch was begun anew.
    pub(super) begun: u32,
    kill_after: Option<u64>,
    kill_at_promise: bool,
    mutant: Option<Mutant>,
    phones: BTreeMap<Leg, Phone>,
    cut: BTreeSet<u64>,
    incoming: u64,
    scale: Scale,
    last: u64,
}

impl Town {
    pub(super) fn open(scale: Scale, empty: &Path, mutant: Option<Mutant>) -> Self {
        let center = center(scale.agents);
        let base = Instant::now();
        let mut book = Book::begin(empty);
        let wall = WallTime(MORNING);
        book.at(wall);
        let found = book.open();
        let moment = Moment {
            instant: base,
            wall,
        };
        let mut board =
            Switchboard::open(center.clone(), found.places, 1, [7; 32], moment).unwrap();
        board.mutant = mutant;
        let mut town = Self {
            board,
            book,
            witness: Witness::new(center, wall),
            base,
            now: 0,
            agenda: BTreeMap::new(),
            planned: 0,
            begun: 0,
            kill_after: None,
            kill_at_promise: false,
            mutant,
            phones: BTreeMap::new(),
            cut: BTreeSet::new(),
            incoming: 0,
            scale,
            last: scale.minutes * 60_000,
        };
        town.agents_come();
        town
    }

    /// A whole day; the law that was broken, if one was.
    pub(super) fn play(&mut self, things: Vec<Thing>) -> Law {
        for thing in things {
            let at = match &thing {
                Thing::Visit(visit) => visit.at,
                Thing::Wishes { at, .. }
                | Thing::Acts { at, .. }
                | Thing::Cut { at, .. }
                | Thing::Closes { at, .. }
                | Thing::KillAtPromise { at }
                | Thing::Kill { at, .. } => *at,
            };
            self.plan(at, Happening::Thing(thing));
        }
        self.listen()?;
        while let Some(((at, _), (begun, happening))) = self.agenda.pop_first() {
            self.pass_until(at)?;
            if let Happening::OfLeg(..) = happening
                && begun != self.begun
            {
                continue;
            }
            self.happens(happening)?;
            self.judge()?;
        }
        self.evening()
    }

    /// Everybody who works is there until nobody waits any more.
    fn evening(&mut self) -> Law {
        for agent in 1..=self.scale.agents {
            self.plan(self.now, Happening::Registers(agent));
            self.plan(self.now + 1, Happening::SignsIn(agent));
        }
        let until = self.now + EVENING;
        loop {
            let next = self.agenda.first_key_value().map(|((at, _), _)| *at);
            let due = self.board.poll_timeout().map(|it| self.millis(it));
            let next = [next, due].into_iter().flatten().min();
            let Some(next) = next.filter(|it| *it <= until) else {
                break;
            };
            self.pass_until(next)?;
            if let Some(first) = self.agenda.first_entry().filter(|it| it.key().0 <= next) {
                let (begun, happening) = first.remove();
                if !matches!(happening, Happening::OfLeg(..)) || begun == self.begun {
                    self.happens(happening)?;
                }
            }
            self.judge()?;
        }
        self.nothing_is_left()
    }

    fn nothing_is_left(&mut self) -> Law {
        let board = &self.board;
        let left = board.legs() + board.talks.len() + board.offers.len();
        let left = left + board.invited.len() + board.callers.len();
        if left > 0 {
            return Err(format!("at the end there are still: {board:?}"));
        }
        let recounted = self.board.board(self.wall());
        self.book.close();
        self.witness.compare(&self.book.written())?;
        if recounted != self.witness.counter.board(self.wall()) {
            return Err("the book comes to other figures than what happened".into());
        }
        Ok(())
    }

    fn judge(&self) -> Law {
        self.witness.look()?;
        self.witness.nothing_is_lost()
    }

    fn millis(&self, at: Instant) -> u64 {
        let span = at.saturating_duration_since(self.base);
        // Never before it is due.
        u64::try_from(span.as_nanos().div_ceil(1_000_000)).unwrap()
    }

    fn wall(&self) -> WallTime {
        WallTime(MORNING).after(Duration::from_millis(self.now))
    }

    fn moment(&self) -> Moment {
        Moment {
            instant: self.base + Duration::from_millis(self.now),
            wall: self.wall(),
        }
    }

    fn plan(&mut self, at: u64, happening: Happening) {
        self.planned += 1;
        let entry = (self.begun, happening);
        self.agenda.insert((at.max(self.now), self.planned), entry);
    }

    fn plan_in(&mut self, span: u64, happening: Happening) {
        self.plan(self.now + span, happening);
    }

    fn of_leg(&mut self, span: u64, leg: Leg, what: OfLeg) {
        self.plan_in(span, Happening::OfLeg(leg, what));
    }

    fn pass_until(&mut self, at: u64) -> Law {
        while let Some(due) = self.board.poll_timeout().map(|it| self.millis(it)) {
            if due > at {
                break;
            }
            self.now = self.now.max(due);
            self.book.at(self.wall());
            self.board.handle_timeout(self.moment());
            self.listen()?;
            self.judge()?;
        }
        self.now = self.now.max(at);
        self.book.at(self.wall());
        Ok(())
    }

    fn tell(&mut self, event: Event) -> Law {
        self.board.handle(event, self.moment());
        self.listen()
    }

    fn asks(&mut self, agent: u32, wish: Wish) -> Law {
        let agent = AgentId(agent);
        self.tell(Event::Asked { agent, wish })
    }

    /// Carries out what is ordered, until the switch is killed.
    fn listen(&mut self) -> Law {
        while let Some(command) = self.board.poll_command() {
            if self.kill_after == Some(0) {
                self.kill_after = None;
                return self.killed();
            }
            self.kill_after = self.kill_after.map(|it| it - 1);
            self.carry_out(command)?;
        }
        Ok(())
    }

    /// The process is killed; after some seconds another takes its place.
    fn killed(&mut self) -> Law {
        self.book.close();
        self.begun += 1;
        let mut dice = Dice::of(&[u64::from(self.begun), self.now]);
        for phone in std::mem::take(&mut self.phones).into_values() {
            self.calls_again(phone, 80);
        }
        self.now += dice.between(1_000, 4_000);
        self.book.at(self.wall());
        let mut found = self.book.open();
        if self.mutant == Some(Mutant::FindsOnePlaceAlone) {
            mutant::keep_one_place(&mut found.places);
        }
        self.witness.found_again(&found.places)?;
        self.witness.restarted(self.now);
        let center = self.witness.center.clone();
        let (moment, next) = (self.moment(), found.next_call);
        self.board = Switchboard::open(center, found.places, next, [7; 32], moment).unwrap();
        self.board.mutant = self.mutant;
        self.board.recount(&found.facts, moment);
        self.agents_come();
        self.listen()
    }

    fn agents_come(&mut self) {
        for agent in 1..=self.scale.agents {
            let mut dice = Dice::of(&[agent.into(), self.begun.into()]);
            let after = dice.between(200, 30_000);
            self.plan_in(after, Happening::Registers(agent));
            if agent % 3 == 0 {
                self.plan_in(after + 5_000, Happening::SignsIn(agent));
            }
        }
    }
}
