//! The exchange's shell as a table: holds questions that have no news, and may have
//! a mistake planted in it.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use handover::{
    Attempt, DeskAnswer, DeskQuestion, KioskAnswer, KioskQuestion, Numbered, Posting, RoomFault,
    RoomId, RoomRefusal, Rooms,
};
use request::StationId;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mutant {
    TakenTwice,
    NoDedupe,
    KeepsRooms,
}

#[derive(Clone, Debug)]
pub(super) enum Question {
    Kiosk(KioskQuestion),
    Desk(DeskQuestion),
}

#[derive(Clone, Debug)]
pub(super) enum Answer {
    Kiosk(Result<KioskAnswer, RoomFault>),
    Desk(Result<DeskAnswer, RoomFault>),
}

/// A question on the exchange's table.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) from: StationId,
    pub(super) boot: u32,
    pub(super) attempt: Attempt,
    pub(super) question: Question,
    pub(super) until: Instant,
}

impl Question {
    pub(super) fn wait(&self) -> Duration {
        match self {
            Question::Kiosk(KioskQuestion::Post { wait, .. })
            | Question::Desk(DeskQuestion::List { wait, .. } | DeskQuestion::Post { wait, .. }) => {
                *wait
            }
            Question::Kiosk(_) | Question::Desk(DeskQuestion::Take { .. }) => Duration::ZERO,
        }
    }
}

pub(super) struct Exchange {
    pub(super) rooms: Rooms,
    start: Instant,
    runs: u32,
    mutant: Option<Mutant>,
    held: Vec<Asked>,
    /// Whom a room really belongs to, and under how many numbers each end's words
    /// were taken; for the mutants.
    takers: BTreeMap<RoomId, StationId>,
    taken: BTreeMap<(RoomId, bool), u64>,
}

impl Exchange {
    pub(super) fn new(mutant: Option<Mutant>, start: Instant) -> Self {
        Self {
            rooms: Rooms::new("0"),
            start,
            runs: 0,
            mutant,
            held: Vec::new(),
            takers: BTreeMap::new(),
            taken: BTreeMap::new(),
        }
    }

    /// Everything is lost that was in memory.
    pub(super) fn crash(&mut self) {
        self.runs += 1;
        self.rooms = Rooms::new(self.runs.to_string());
        self.held.clear();
    }

    /// For the exchange that forgets nothing no time passes.
    pub(super) fn clock(&self, now: Instant) -> Instant {
        if self.mutant == Some(Mutant::KeepsRooms) {
            self.start
        } else {
            now
        }
    }

    /// When something held is answered in any case, or a room is over.
    pub(super) fn next_due(&self) -> Option<Instant> {
        let held = self.held.iter().map(|it| it.until).min();
        let over = self.rooms.poll_timeout();
        let over = over.filter(|_| self.mutant != Some(Mutant::KeepsRooms));
        held.into_iter().chain(over).min()
    }

    pub(super) fn put(&mut self, asked: Asked) {
        self.held.push(asked);
    }

    /// Answers that are given now; the rest stays on the table.
    pub(super) fn answers(&mut self, now: Instant) -> Vec<(Asked, Answer)> {
        let mut given = Vec::new();
        for mut asked in std::mem::take(&mut self.held) {
            let (answer, news) = self.answer(&mut asked, now);
            if news || asked.until <= now {
                given.push((asked, answer));
            } else {
                self.held.push(asked);
            }
        }
        given
    }

    fn answer(&mut self, asked: &mut Asked, now: Instant) -> (Answer, bool) {
        let from = asked.from.clone();
        let keeps = self.mutant == Some(Mutant::KeepsRooms);
        let now = self.clock(now);
        match &mut asked.question {
            Question::Kiosk(KioskQuestion::Close { .. }) if keeps => {
                (Answer::Kiosk(Ok(KioskAnswer::Closed)), true)
            }
            Question::Kiosk(question) => {
                if let KioskQuestion::Post { room, posting, .. } = question {
                    self.renumber((room.clone(), true), posting);
                }
                let known = match question {
                    KioskQuestion::Post { posting, .. } => posting.known.clone(),
                    KioskQuestion::Open(_) | KioskQuestion::Close { .. } => None,
                };
                let answer = self.rooms.handle_kiosk(&from, question.clone(), now);
                let news = match &answer {
                    Ok(KioskAnswer::Delivered(it)) => it.is_news(known.as_ref()),
                    Ok(KioskAnswer::Opened(_) | KioskAnswer::Closed) | Err(_) => true,
                };
                (Answer::Kiosk(answer.map_err(RoomFault::Refused)), news)
            }
            Question::Desk(question) => {
                if let DeskQuestion::Post { room, posting, .. } = question {
                    self.renumber((room.clone(), false), posting);
                }
                let known = match question {
                    DeskQuestion::Post { posting, .. } => posting.known.clone(),
                    DeskQuestion::List { .. } | DeskQuestion::Take { .. } => None,
                };
                let answer = self.of_desk(&from, question.clone(), now);
                let news = match (&answer, &*question) {
                    (Ok(DeskAnswer::Delivered(it)), _) => it.is_news(known.as_ref()),
                    (Ok(DeskAnswer::Listed(it)), DeskQuestion::List { known, .. }) => {
                        it.edition != *known
                    }
                    (Ok(_) | Err(_), _) => true,
                };
                (Answer::Desk(answer.map_err(RoomFault::Refused)), news)
            }
        }
    }

    fn of_desk(
        &mut self,
        desk: &StationId,
        question: DeskQuestion,
        now: Instant,
    ) -> Result<DeskAnswer, RoomRefusal> {
        let twice = self.mutant == Some(Mutant::TakenTwice);
        let room = match &question {
            DeskQuestion::Take { room, .. } | DeskQuestion::Post { room, .. } => Some(room.clone()),
            DeskQuestion::List { .. } => None,
        };
        let takes = matches!(question, DeskQuestion::Take { .. });
        let taker = room.as_ref().and_then(|it| self.takers.get(it)).cloned();
        let asker = taker.filter(|_| twice).unwrap_or_else(|| desk.clone());
        let answer = self.rooms.handle_desk(&asker, question, now);
        if let (true, true, Some(room)) = (takes, answer.is_ok(), room) {
            self.takers.entry(room).or_insert(asker);
        }
        answer
    }

    /// A message that was taken before gets a new number, as if nobody looked.
    fn renumber<T>(&mut self, direction: (RoomId, bool), posting: &mut Posting<T>) {
        if self.mutant != Some(Mutant::NoDedupe) {
            return;
        }
        let taken = self.taken.entry(direction).or_default();
        for Numbered { number, .. } in &mut posting.messages {
            *taken += 1;
            *number = *taken;
        }
    }
}
