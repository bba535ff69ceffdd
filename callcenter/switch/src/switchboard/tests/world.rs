//! Telephones around a switchboard, in virtual time.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::{Duration, Instant},
};

use distributor::{AgentId, CallId, QueueId, WallTime};
use privacy::Personal;
use request::StationId;
use signalling::LegId;

use crate::{
    call_book::WrittenPlace,
    center::Center,
    switchboard::{Call, Callee, Command, Event, Leg, Moment, Shown, Switchboard, Wish},
};

const CENTER: &str = include_str!("center.toml");
const SURVEY: &str = include_str!("survey.toml");
/// 2026-11-24 09:30 in Korea.
const MORNING: i64 = 1_795_480_200_000;

pub(super) struct World {
    pub(super) board: Switchboard,
    now: Moment,
    next: u64,
    /// All that was ordered.
    pub(super) said: Vec<Command>,
    hears: BTreeMap<Leg, BTreeSet<Leg>>,
    plays: BTreeMap<Leg, String>,
    ringing: BTreeMap<Leg, Callee>,
    pub(super) up: BTreeSet<Leg>,
    /// Who calls and was neither answered nor refused.
    calling: BTreeSet<Leg>,
    ended: BTreeSet<Leg>,
    places: BTreeMap<CallId, WrittenPlace>,
}

impl World {
    pub(super) fn open() -> Self {
        Self::open_with(center(), Vec::new(), 1, morning())
    }

    /// Of a center that records every talk.
    pub(super) fn open_recording() -> Self {
        let center = Center {
            record: true,
            ..center()
        };
        Self::open_with(center, Vec::new(), 1, morning())
    }

    /// Of a center that asks after every talk in the general queue.
    pub(super) fn open_surveying() -> Self {
        Self::open_asking(false)
    }

    /// The same, where every talk is recorded.
    pub(super) fn open_surveying_and_recording() -> Self {
        Self::open_asking(true)
    }

    fn open_asking(record: bool) -> Self {
        let center: Center = toml::from_str(&format!("{CENTER}\n{SURVEY}")).unwrap();
        center.check().unwrap();
        let center = Center { record, ..center };
        Self::open_with(center, Vec::new(), 1, morning())
    }

    pub(super) fn open_with(
        center: Center,
        places: Vec<WrittenPlace>,
        next_call: u64,
        now: Moment,
    ) -> Self {
        let board = Switchboard::open(center, places, next_call, [7; 32], now).unwrap();
        let mut world = Self {
            board,
            now,
            next: 0,
            said: Vec::new(),
            hears: BTreeMap::new(),
            plays: BTreeMap::new(),
            ringing: BTreeMap::new(),
            up: BTreeSet::new(),
            calling: BTreeSet::new(),
            ended: BTreeSet::new(),
            places: BTreeMap::new(),
        };
        world.listen();
        world
    }

    /// The process is killed, and another takes its place.
    pub(super) fn restarted(mut self) -> Self {
        self.now.instant += Duration::from_secs(3);
        self.now.wall = self.now.wall.after(Duration::from_secs(3));
        let places = self.places.into_values().collect();
        Self::open_with(center(), places, 1_000, self.now)
    }

    pub(super) fn board_now(&self) -> figures::Board {
        self.board.board(self.now.wall)
    }

    pub(super) fn tell(&mut self, event: Event) {
        self.board.handle(event, self.now);
        self.listen();
    }

    fn listen(&mut self) {
        while let Some(command) = self.board.poll_command() {
            self.take(&command);
            self.said.push(command);
        }
    }

    fn take(&mut self, command: &Command) {
        match command {
            Command::Accept { leg } => {
                self.calling.remove(leg);
                self.up.insert(*leg);
            }
            Command::Dial { leg, callee, .. } => drop(self.ringing.insert(*leg, callee.clone())),
            Command::End { leg } | Command::Refuse { leg, .. } => drop(self.ended.insert(*leg)),
            Command::Hear { leg, sources } => drop(self.hears.insert(*leg, sources.clone())),
            Command::Say { leg, words, .. } => {
                let names: Vec<String> =
                    words.iter().map(crate::switchboard::Words::name).collect();
                self.plays.insert(*leg, names.join(" "));
            }
            Command::Music { leg } => drop(self.plays.insert(*leg, "music".to_owned())),
            Command::Hush { leg } => drop(self.plays.remove(leg)),
            Command::Keep(place) => {
                self.places.insert(place.place.call, (**place).clone());
            }
            Command::Forget(call) => drop(self.places.remove(call)),
            Command::Ring { .. }
            | Command::EarlyMedia { .. }
            | Command::Record { .. }
            | Command::PauseRecording { .. }
            | Command::ResumeRecording { .. }
            | Command::FinishRecording { .. }
            | Command::WriteDisposition { .. }
            | Command::TransferMade { .. }
            | Command::TransferRefused { .. }
            | Command::Note { .. }
            | Command::Show { .. } => {}
        }
    }

    pub(super) fn passes(&mut self, span: Duration) {
        let until = self.now.instant + span;
        while let Some(due) = self.board.poll_timeout().filter(|it| *it <= until) {
            self.advance(due.max(self.now.instant));
            self.board.handle_timeout(self.now);
            self.listen();
        }
        self.advance(until);
    }

    fn advance(&mut self, to: Instant) {
        self.now.wall = self.now.wall.after(to - self.now.instant);
        self.now.instant = to;
    }

    pub(super) fn calls(&mut self, number: &str) -> Leg {
        self.calls_from(number, "01012345678")
    }

    pub(super) fn calls_from(&mut self, number: &str, from: &str) -> Leg {
        let leg = self.comes_in(from, number, |_| {});
        if self.up.contains(&leg) {
            self.tell(Event::Confirmed { leg });
        }
        leg
    }

    /// A telephone of ours calls.
    pub(super) fn calls_as(&mut self, account: &str, number: &str) -> Leg {
        let proven = Some(account.to_owned());
        self.comes_in(account, number, |call| call.account = proven)
    }

    /// A kiosk calls a room.
    pub(super) fn calls_from_kiosk(&mut self, kiosk: &str, room: &str) -> Leg {
        self.comes_in(kiosk, room, |call| {
            call.request = Some("kiosk-1-261124-a1b2c3-000001".to_owned());
            call.kiosk = Some(StationId::new(kiosk));
        })
    }

    pub(super) fn comes_in(&mut self, from: &str, to: &str, told: impl FnOnce(&mut Call)) -> Leg {
        self.next += 1;
        let leg = Leg::Incoming(LegId::new(self.next));
        self.calling.insert(leg);
        let mut call = Call {
            leg,
            from: Personal::new(from.to_owned()),
            account: None,
            known_number: true,
            to: to.to_owned(),
            request: None,
            early_sound: true,
            kiosk: None,
        };
        told(&mut call);
        self.tell(Event::Called(Box::new(call)));
        leg
    }

    /// What was answered is up after a moment.
    pub(super) fn confirms(&mut self, leg: Leg) {
        self.tell(Event::Confirmed { leg });
    }

    /// A caller in the general queue.
    pub(super) fn waits(&mut self) -> Leg {
        let leg = self.calls("110");
        self.presses(leg, '2');
        leg
    }

    /// A caller and the first agent, talking.
    pub(super) fn talk(&mut self) -> (Leg, Leg) {
        self.registers("agent-1");
        let caller = self.waits();
        let agent = self.ringing("agent-1").unwrap();
        self.answers(agent);
        assert!(self.hear_each_other(caller, agent));
        (caller, agent)
    }

    pub(super) fn presses(&mut self, leg: Leg, key: char) {
        let digit = Personal::new(key);
        self.tell(Event::Digit { leg, digit });
    }

    pub(super) fn heard_out(&mut self, leg: Leg) {
        self.plays.remove(&leg);
        self.tell(Event::PlayedOut { leg });
    }

    pub(super) fn registers(&mut self, account: &str) {
        let account = account.to_owned();
        self.tell(Event::Registered { account });
    }

    pub(super) fn unregisters(&mut self, account: &str) {
        let account = account.to_owned();
        self.tell(Event::Unregistered { account });
        self.settle();
    }

    pub(super) fn closes(&mut self, queue: &str) {
        let queue = QueueId(queue.to_owned());
        self.tell(Event::Hours { queue, open: false });
    }

    /// The account's telephone that rings now.
    pub(super) fn ringing(&self, account: &str) -> Option<Leg> {
        let is = |it: &Callee| matches!(it, Callee::Account(it) if it == account);
        self.rings_at(is)
    }

    pub(super) fn dialed_number(&self, number: &str) -> Option<Leg> {
        self.rings_at(|it| matches!(it, Callee::Number(it) if it.reveal() == number))
    }

    fn rings_at(&self, is: impl Fn(&Callee) -> bool) -> Option<Leg> {
        let ringing = self.ringing.iter().filter(|(_, callee)| is(callee));
        ringing
            .map(|(leg, _)| *leg)
            .find(|leg| !self.ended.contains(leg))
    }

    pub(super) fn every_ringing(&self) -> Vec<Leg> {
        self.ringing.keys().copied().collect()
    }

    pub(super) fn answers(&mut self, leg: Leg) {
        self.ringing.remove(&leg);
        self.up.insert(leg);
        self.tell(Event::Answered { leg });
    }

    pub(super) fn refuses(&mut self, leg: Leg, status: u16) {
        self.ringing.remove(&leg);
        self.tell(Event::Refused { leg, status });
    }

    pub(super) fn hangs_up(&mut self, leg: Leg) {
        self.gone(leg, false);
    }

    pub(super) fn vanishes(&mut self, leg: Leg) {
        self.gone(leg, true);
    }

    fn gone(&mut self, leg: Leg, lost: bool) {
        self.up.remove(&leg);
        self.hears.remove(&leg);
        self.plays.remove(&leg);
        self.tell(Event::Ended { leg, lost });
        self.settle();
    }

    /// What was ended is over after a moment.
    pub(super) fn settle(&mut self) {
        loop {
            let refused: Vec<Leg> = self.ended.intersection(&self.calling).copied().collect();
            for leg in &refused {
                self.calling.remove(leg);
                let (leg, lost) = (*leg, false);
                self.tell(Event::Ended { leg, lost });
            }
            let ended: Vec<Leg> = self.ended.intersection(&self.up).copied().collect();
            let withdrawn: Vec<Leg> = (self.ringing.keys())
                .filter(|it| self.ended.contains(it))
                .copied()
                .collect();
            for leg in &ended {
                self.up.remove(leg);
                self.hears.remove(leg);
                let (leg, lost) = (*leg, false);
                self.tell(Event::Ended { leg, lost });
            }
            for leg in &withdrawn {
                self.refuses(*leg, 487);
            }
            if ended.is_empty() && withdrawn.is_empty() && refused.is_empty() {
                return;
            }
        }
    }

    pub(super) fn holds(&mut self, leg: Leg, held: bool) {
        self.tell(Event::Held { leg, held });
    }

    pub(super) fn transfers(&mut self, leg: Leg, to: &str) {
        let to = Personal::new(to.to_owned());
        let replaces = None;
        self.tell(Event::TransferAsked { leg, to, replaces });
        self.settle();
    }

    pub(super) fn asks(&mut self, agent: u32, wish: Wish) {
        let agent = AgentId(agent);
        self.tell(Event::Asked { agent, wish });
        self.settle();
    }

    pub(super) fn hears_voice_of(&self, listener: Leg, speaker: Leg) -> bool {
        let heard = self.hears.get(&listener);
        heard.is_some_and(|it| it.contains(&speaker))
    }

    pub(super) fn hear_each_other(&self, one: Leg, other: Leg) -> bool {
        self.hears_voice_of(one, other) && self.hears_voice_of(other, one)
    }

    /// What is played to a leg.
    pub(super) fn hears(&self, leg: Leg) -> Option<String> {
        self.plays.get(&leg).cloned()
    }

    pub(super) fn is_ended(&self, leg: Leg) -> bool {
        self.ended.contains(&leg)
    }

    pub(super) fn is_over(&self, leg: Leg) -> bool {
        !self.up.contains(&leg)
    }

    pub(super) fn showed(&self, agent: u32, shown: &Shown) -> bool {
        let wanted = Command::Show {
            agent: AgentId(agent),
            shown: shown.clone(),
        };
        self.said.contains(&wanted)
    }
}

pub(super) fn morning() -> Moment {
    Moment {
        instant: Instant::now(),
        wall: WallTime(MORNING),
    }
}

pub(super) fn center() -> Center {
    let center: Center = toml::from_str(CENTER).unwrap();
    center.check().unwrap();
    center
}
