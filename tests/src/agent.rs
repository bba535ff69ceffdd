//! An agent at a desk: the product's own machine over a real line, and a script
//! instead of a pane.

use std::{
    sync::{
        Arc,
        mpsc::{Receiver, Sender, channel},
    },
    time::{Duration, Instant},
};

use handover::{
    Attempt, Attendant, AttendantCommand, AttendantEvent, AttendantReport, DeskAnswer, RoomFault,
};
use link::{Clock, LinkFault, Settings, Wire};
use request::{AgentId, StationId};
use tokio::runtime::Handle;

use crate::office::Office;

/// Longer than an end may be silent before it counts as gone.
const PATIENCE: Duration = Duration::from_secs(90);

type Answered = (Attempt, Result<DeskAnswer, RoomFault>);

pub struct Agent {
    attendant: Attendant,
    wire: Arc<Wire>,
    runtime: Handle,
    tell: Sender<Answered>,
    answers: Receiver<Answered>,
    /// What the agent was told and nobody has looked at.
    told: Vec<AttendantReport>,
}

impl Agent {
    /// At a desk that is enrolled for it.
    pub fn at(office: &Office, desk: &str) -> Self {
        let station = StationId::new(desk);
        let credentials = office.enroll_desk(&station);
        let (start, clock) = (Instant::now(), office.clock());
        let wire = Wire::new(Settings {
            exchange: office.url(),
            station,
            credentials,
            clock: Clock::new(move || clock + start.elapsed()),
        });
        let (tell, answers) = channel();
        let mut agent = Self {
            attendant: Attendant::default(),
            wire: Arc::new(wire),
            runtime: office.handle().clone(),
            tell,
            answers,
            told: Vec::new(),
        };
        agent.does(AttendantEvent::Watched);
        agent
    }

    pub fn does(&mut self, event: AttendantEvent) {
        self.attendant.handle(event, Instant::now());
        self.carry_out();
    }

    /// Takes whoever waits, as soon as somebody does, and sees their form.
    pub fn comes(&mut self) {
        let report = self.hears("somebody waits", |it| match it {
            AttendantReport::Waiting(rooms) => !rooms.is_empty(),
            _ => false,
        });
        let AttendantReport::Waiting(rooms) = report else {
            unreachable!("waited for it");
        };
        self.does(AttendantEvent::Take {
            room: rooms[0].room.clone(),
            agent: AgentId::new("agent-1"),
        });
        self.hears("the form is seen", |it| {
            matches!(it, AttendantReport::Saw(_))
        });
    }

    /// Waits until the agent is told what is wanted.
    pub fn hears(
        &mut self,
        wanted: &str,
        is_it: impl Fn(&AttendantReport) -> bool,
    ) -> AttendantReport {
        let given_up = Instant::now() + PATIENCE;
        loop {
            if let Some(at) = self.told.iter().position(&is_it) {
                return self.told.drain(..=at).next_back().unwrap();
            }
            assert!(
                Instant::now() < given_up,
                "in vain waited until {wanted}; was told {:?}",
                self.told
            );
            let due = self.attendant.poll_timeout();
            let wait = due.map_or(Duration::from_millis(200), |due| {
                due.saturating_duration_since(Instant::now())
            });
            if let Ok((attempt, answer)) = self
                .answers
                .recv_timeout(wait.min(Duration::from_millis(200)))
            {
                let event = AttendantEvent::Answered(attempt, answer);
                self.attendant.handle(event, Instant::now());
            }
            self.attendant.handle_timeout(Instant::now());
            self.carry_out();
        }
    }

    fn carry_out(&mut self) {
        while let Some(command) = self.attendant.poll_command() {
            match command {
                AttendantCommand::Report(report) => self.told.push(report),
                AttendantCommand::Ask(attempt, question) => {
                    let (wire, tell) = (Arc::clone(&self.wire), self.tell.clone());
                    self.runtime.spawn(async move {
                        let answer = wire
                            .ask_rooms(&question)
                            .await
                            .map_err(|fault| match fault {
                                LinkFault::Room(refusal) => RoomFault::Refused(refusal),
                                _ => RoomFault::Unanswered,
                            });
                        // The agent may have vanished.
                        let _ = tell.send((attempt, answer));
                    });
                }
            }
        }
    }
}
