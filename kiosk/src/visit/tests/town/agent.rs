//! An agent at a desk and the exchange's rooms between: the product's own machines.

use std::time::Duration;

use handover::{
    Attempt, Attendant, AttendantCommand, AttendantEvent, AttendantReport, KioskAnswer,
    KioskQuestion, RoomFault, Rooms,
};
use request::{AgentId, StationId};

use super::{Happening, Town};
use crate::visit::Event;

const TRAVEL: Duration = Duration::from_millis(40);

pub(crate) struct Desk {
    pub(crate) rooms: Rooms,
    attendant: Attendant,
    /// What the agent was told, the newest last.
    pub(crate) told: Vec<AttendantReport>,
    held: Vec<(Attempt, KioskQuestion)>,
    /// The line to the exchange is cut; questions go nowhere.
    pub(crate) cut: bool,
}

impl Default for Desk {
    fn default() -> Self {
        Self {
            rooms: Rooms::new("town"),
            attendant: Attendant::default(),
            told: Vec::new(),
            held: Vec::new(),
            cut: false,
        }
    }
}

impl Town {
    pub(in super::super) fn ask_room(&mut self, attempt: Attempt, question: KioskQuestion) {
        if self.desk.cut {
            let late = Event::RoomAnswered(attempt, Err(RoomFault::Unanswered));
            self.schedule([(Duration::from_secs(10), Happening::Tell(late))]);
            return;
        }
        if let KioskQuestion::Post { wait, .. } = &question
            && *wait > Duration::ZERO
        {
            // Held no longer than that; an answer that came before counts.
            let kiosk = StationId::new("gaon-1");
            let now = self.now.instant;
            let answer = self.desk.rooms.handle_kiosk(&kiosk, question.clone(), now);
            let answer = answer.map_err(RoomFault::Refused);
            let late = Happening::Tell(Event::RoomAnswered(attempt, answer));
            self.schedule([(*wait, late)]);
        }
        self.desk.held.push((attempt, question));
        self.answer_rooms();
    }

    /// Answers what there is news about; the rest is held until there is.
    fn answer_rooms(&mut self) {
        for (attempt, question) in std::mem::take(&mut self.desk.held) {
            let known = match &question {
                KioskQuestion::Post { posting, .. } => posting.known.clone(),
                KioskQuestion::Open(_) | KioskQuestion::Close { .. } => None,
            };
            let carries = match &question {
                KioskQuestion::Post { wait, .. } => *wait == Duration::ZERO,
                KioskQuestion::Open(_) | KioskQuestion::Close { .. } => true,
            };
            let kiosk = StationId::new("gaon-1");
            let answer = self
                .desk
                .rooms
                .handle_kiosk(&kiosk, question.clone(), self.now.instant);
            let news = match &answer {
                Ok(KioskAnswer::Delivered(it)) => it.is_news(known.as_ref()),
                Ok(KioskAnswer::Opened(_) | KioskAnswer::Closed) | Err(_) => true,
            };
            if news || carries {
                let answer = answer.map_err(RoomFault::Refused);
                let told = Happening::Tell(Event::RoomAnswered(attempt, answer));
                self.schedule([(TRAVEL, told)]);
            } else {
                self.desk.held.push((attempt, question));
            }
        }
    }

    /// The agent does something; a moment passes until everybody knows.
    pub(in super::super) fn agent(&mut self, event: AttendantEvent) {
        self.desk.attendant.handle(event, self.now.instant);
        self.attend();
        // Longer than an end rests after an answer without news.
        self.pass(8 * TRAVEL);
        self.attend();
    }

    /// The agent takes whoever waits longest.
    pub(in super::super) fn agent_comes(&mut self) {
        self.agent(AttendantEvent::Watched);
        let waiting = self.desk.told.iter().rev().find_map(|it| match it {
            AttendantReport::Waiting(rooms) => rooms.first().cloned(),
            _ => None,
        });
        self.agent(AttendantEvent::Take {
            room: waiting.unwrap().room,
            agent: AgentId::new("kim.2"),
        });
    }

    /// The desk asks, and is answered at once.
    fn attend(&mut self) {
        // Each of its two questions is asked again after an answer without news.
        for _ in 0..8 {
            self.desk.attendant.handle_timeout(self.now.instant);
            while let Some(command) = self.desk.attendant.poll_command() {
                match command {
                    AttendantCommand::Report(report) => self.desk.told.push(report),
                    AttendantCommand::Ask(attempt, question) => {
                        let desk = StationId::new("desk-1");
                        let now = self.now.instant;
                        let answer = self.desk.rooms.handle_desk(&desk, question, now);
                        let answer = answer.map_err(RoomFault::Refused);
                        let event = AttendantEvent::Answered(attempt, answer);
                        self.desk.attendant.handle(event, now);
                    }
                }
            }
        }
        self.answer_rooms();
    }
}
