//! The afternoon: what everybody sends travels, is late, is lost; time passes.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use handover::{Attempt, Attendant, AttendantEvent, Host, HostEvent, KioskAnswer, RoomFault};
use request::StationId;

use super::{
    dice::Dice,
    exchange::{Answer, Asked, Exchange, Mutant, Question},
    people::{self, Sitting, Standing},
    witness::Witness,
};

const MINUTES: u64 = 40;
/// After the last citizen has gone, on a line that loses nothing.
const EVENING: Duration = Duration::from_secs(1_200);
/// More does not happen in one moment, unless somebody never rests.
const AT_ONCE_MAX: u32 = 1_000;
/// Beyond what the exchange may hold a question.
const PATIENCE: Duration = Duration::from_secs(10);

#[derive(Debug, Default)]
pub(super) struct Afternoon {
    pub(super) broken: Vec<String>,
    pub(super) helped: u64,
    pub(super) heard: u64,
    pub(super) confirmed: u64,
    pub(super) declined: u64,
    pub(super) lost: u64,
    pub(super) crashes: u64,
    pub(super) walked_away: u64,
}

impl Afternoon {
    pub(super) fn add(&mut self, other: &Self) {
        self.helped += other.helped;
        self.heard += other.heard;
        self.confirmed += other.confirmed;
        self.declined += other.declined;
        self.lost += other.lost;
        self.crashes += other.crashes;
        self.walked_away += other.walked_away;
    }
}

pub(super) fn afternoon(seed: u64, mutant: Option<Mutant>) -> Afternoon {
    World::new(seed, mutant).run()
}

enum Arrival {
    Question(Asked),
    Answer(Asked, Answer),
}

pub(super) struct Kiosk {
    pub(super) id: StationId,
    pub(super) boot: u32,
    pub(super) host: Host,
    pub(super) standing: Standing,
}

pub(super) struct Desk {
    pub(super) id: StationId,
    pub(super) boot: u32,
    pub(super) attendant: Attendant,
    pub(super) sitting: Sitting,
}

pub(super) struct World {
    now: Instant,
    dice: Dice,
    exchange: Exchange,
    pub(super) kiosks: Vec<Kiosk>,
    pub(super) desks: Vec<Desk>,
    arrivals: BTreeMap<(Instant, u64), Arrival>,
    sent: u64,
    loses: bool,
    pub(super) witness: Witness,
    pub(super) count: Afternoon,
}

impl World {
    fn new(seed: u64, mutant: Option<Mutant>) -> Self {
        let now = Instant::now();
        let kiosk = |number| Kiosk {
            id: StationId::new(format!("kiosk-{number}")),
            boot: 0,
            host: Host::default(),
            standing: Standing::default(),
        };
        let desk = |number| Desk {
            id: StationId::new(format!("desk-{number}")),
            boot: 0,
            attendant: Attendant::default(),
            sitting: Sitting::default(),
        };
        Self {
            now,
            dice: Dice(seed),
            exchange: Exchange::new(mutant, now),
            kiosks: (1..=3).map(kiosk).collect(),
            desks: (1..=2).map(desk).collect(),
            arrivals: BTreeMap::new(),
            sent: 0,
            loses: true,
            witness: Witness::default(),
            count: Afternoon::default(),
        }
    }

    fn run(mut self) -> Afternoon {
        for desk in 0..self.desks.len() {
            self.agent(desk, AttendantEvent::Watched);
        }
        for _ in 0..60 * MINUTES {
            self.people_act();
            self.crash_by_dice();
            self.pass(Duration::from_secs(1));
        }
        self.loses = false;
        for kiosk in 0..self.kiosks.len() {
            self.citizen(kiosk, HostEvent::Left);
        }
        for desk in 0..self.desks.len() {
            self.agent(desk, AttendantEvent::Unwatched);
        }
        self.pass(EVENING);
        let rests = self.kiosks.iter().all(|it| it.host.is_resting())
            && self.desks.iter().all(|it| !it.attendant.is_helping());
        self.witness.ended(self.exchange.rooms.is_empty(), rests);
        self.count.heard = self.witness.heard_lines;
        self.count.broken = self.witness.broken;
        self.count
    }

    fn people_act(&mut self) {
        for index in 0..self.kiosks.len() {
            let Kiosk {
                id, host, standing, ..
            } = &mut self.kiosks[index];
            let event = people::citizen(id, host.is_resting(), standing, &mut self.dice);
            event.into_iter().for_each(|it| self.citizen(index, it));
        }
        for index in 0..self.desks.len() {
            let Desk {
                id,
                attendant,
                sitting,
                ..
            } = &mut self.desks[index];
            let event = people::agent(id, attendant.is_helping(), sitting, &mut self.dice);
            event.into_iter().for_each(|it| self.agent(index, it));
        }
    }

    fn crash_by_dice(&mut self) {
        if !self.dice.per_mille(4) {
            return;
        }
        self.count.crashes += 1;
        match self.dice.below(6) {
            0 => self.exchange.crash(),
            it @ 1..4 => {
                let kiosk = &mut self.kiosks[usize::try_from(it - 1).unwrap()];
                kiosk.boot += 1;
                kiosk.host = Host::default();
                kiosk.standing = Standing::default();
            }
            it => {
                let index = usize::try_from(it - 4).unwrap();
                let desk = &mut self.desks[index];
                desk.boot += 1;
                desk.attendant = Attendant::default();
                desk.sitting = Sitting::default();
                self.agent(index, AttendantEvent::Watched);
            }
        }
    }

    fn citizen(&mut self, index: usize, event: HostEvent) {
        let Kiosk { host, standing, .. } = &mut self.kiosks[index];
        match (&event, &standing.room) {
            (HostEvent::Said(text), Some(room)) if standing.joined => {
                self.witness.said(room, true, text.text().reveal());
            }
            (HostEvent::Confirmed(it), Some(room)) => {
                self.count.confirmed += 1;
                self.witness.answered(room, *it, true);
            }
            (HostEvent::Declined(it), Some(room)) => {
                self.count.declined += 1;
                self.witness.answered(room, *it, false);
            }
            (HostEvent::Left, _) => {
                self.count.walked_away += u64::from(!host.is_resting());
                *standing = Standing::default();
            }
            _ => {}
        }
        host.handle(event, self.now);
        self.hear_kiosk(index);
    }

    fn agent(&mut self, index: usize, event: AttendantEvent) {
        let Desk {
            attendant, sitting, ..
        } = &mut self.desks[index];
        if let (AttendantEvent::Say(text), Some(room)) = (&event, &sitting.room) {
            self.witness.said(room, false, text.text().reveal());
        }
        attendant.handle(event, self.now);
        self.hear_desk(index);
    }

    pub(super) fn send(
        &mut self,
        from: StationId,
        boot: u32,
        attempt: Attempt,
        question: Question,
    ) {
        let asked = Asked {
            from,
            boot,
            attempt,
            until: self.now + question.wait(),
            question,
        };
        if self.loses && self.dice.percent(8) {
            self.lose(asked);
        } else {
            self.travel(Arrival::Question(asked));
        }
    }

    /// Whoever asked learns of it when their patience is over.
    fn lose(&mut self, asked: Asked) {
        self.count.lost += 1;
        let fault = match &asked.question {
            Question::Kiosk(_) => Answer::Kiosk(Err(RoomFault::Unanswered)),
            Question::Desk(_) => Answer::Desk(Err(RoomFault::Unanswered)),
        };
        let due = self.now + asked.question.wait() + PATIENCE;
        self.sent += 1;
        self.arrivals
            .insert((due, self.sent), Arrival::Answer(asked, fault));
    }

    fn travel(&mut self, arrival: Arrival) {
        let late = Duration::from_millis(10 + self.dice.below(600));
        self.sent += 1;
        self.arrivals.insert((self.now + late, self.sent), arrival);
    }

    /// Lets time pass, and everything happen that is due in it.
    fn pass(&mut self, span: Duration) {
        let end = self.now + span;
        let mut at_once = 0;
        loop {
            let arrival = self.arrivals.keys().next().map(|(due, _)| *due);
            let timers = self.kiosks.iter().filter_map(|it| it.host.poll_timeout());
            let desks = self
                .desks
                .iter()
                .filter_map(|it| it.attendant.poll_timeout());
            let next = arrival
                .into_iter()
                .chain(timers)
                .chain(desks)
                .chain(self.exchange.next_due())
                .min();
            let Some(due) = next.filter(|due| *due <= end) else {
                break;
            };
            at_once = if due > self.now { 0 } else { at_once + 1 };
            if at_once > AT_ONCE_MAX {
                self.witness
                    .broken
                    .push("an end goes round and round".to_owned());
                break;
            }
            self.now = self.now.max(due);
            self.happen();
        }
        self.now = end;
    }

    fn happen(&mut self) {
        let due = |it: &(Instant, u64), now: Instant| it.0 <= now;
        while let Some(entry) = self.arrivals.first_entry()
            && due(entry.key(), self.now)
        {
            match entry.remove() {
                Arrival::Question(asked) => self.exchange.put(asked),
                Arrival::Answer(asked, answer) => self.arrive(&asked, answer),
            }
        }
        for index in 0..self.kiosks.len() {
            let host = &mut self.kiosks[index].host;
            if host.poll_timeout().is_some_and(|due| due <= self.now) {
                host.handle_timeout(self.now);
                self.hear_kiosk(index);
            }
        }
        for index in 0..self.desks.len() {
            let attendant = &mut self.desks[index].attendant;
            if attendant.poll_timeout().is_some_and(|due| due <= self.now) {
                attendant.handle_timeout(self.now);
                self.hear_desk(index);
            }
        }
        self.exchange
            .rooms
            .handle_timeout(self.exchange.clock(self.now));
        for (asked, answer) in self.exchange.answers(self.now) {
            if let Answer::Kiosk(Ok(KioskAnswer::Opened(room))) = &answer {
                self.witness.opened(room, &asked.from);
            }
            if self.loses && self.dice.percent(8) {
                self.lose(asked);
            } else {
                self.travel(Arrival::Answer(asked, answer));
            }
        }
    }

    fn arrive(&mut self, asked: &Asked, answer: Answer) {
        match answer {
            Answer::Kiosk(answer) => {
                let found = |it: &Kiosk| it.id == asked.from && it.boot == asked.boot;
                let Some(index) = self.kiosks.iter().position(found) else {
                    return;
                };
                let kiosk = &mut self.kiosks[index];
                if let Ok(KioskAnswer::Opened(room)) = &answer
                    && !kiosk.host.is_resting()
                {
                    kiosk.standing.room.get_or_insert_with(|| room.clone());
                }
                kiosk
                    .host
                    .handle(HostEvent::Answered(asked.attempt, answer), self.now);
                self.hear_kiosk(index);
            }
            Answer::Desk(answer) => {
                let found = |it: &Desk| it.id == asked.from && it.boot == asked.boot;
                let Some(index) = self.desks.iter().position(found) else {
                    return;
                };
                let told = AttendantEvent::Answered(asked.attempt, answer);
                self.desks[index].attendant.handle(told, self.now);
                self.hear_desk(index);
            }
        }
    }
}
