//! Talks that are judged: what desks ask is told to the machine, and what it wants is
//! written into the call book before anybody is told.

use std::time::Duration;

use cti::{QualityRequest, TalkName};
use distributor::CallId;
use journal::Journal;
use request::Timestamp;
use tokio::sync::mpsc;

use super::{Switch, now};
use crate::{
    Settings,
    attendance::DeskLine,
    call_book::{self, Fact},
    desks::ToDesk,
    quality::{Command, Event, Forms, Quality, Staff, Told},
};

/// What became of something that was to be written down.
pub(super) struct Written {
    number: u64,
    durable: bool,
}

pub(super) struct Judging {
    quality: Quality,
    tell: mpsc::UnboundedSender<Written>,
}

impl Judging {
    /// What is written comes out of the receiver.
    pub(super) fn open(
        settings: &Settings,
        journal: &Journal,
        keep: Duration,
    ) -> anyhow::Result<(Self, mpsc::UnboundedReceiver<Written>)> {
        let staff = Staff::of(&settings.center);
        let (forms, told) = match &settings.quality {
            Some(quality) => (
                Forms::read(&quality.forms)?,
                call_book::talks_since(journal, Timestamp::from_millis(0))?,
            ),
            None => (Forms::default(), Vec::new()),
        };
        let quality = Quality::open(staff, forms, keep, told, now().wall);
        let (tell, written) = mpsc::unbounded_channel();
        Ok((Self { quality, tell }, written))
    }

    pub(super) fn happened(&mut self, told: Told) {
        let at = told.at;
        self.quality.handle(Event::Happened(told), at);
    }

    pub(super) fn is_written(&mut self, written: Written) {
        let Written { number, durable } = written;
        self.quality
            .handle(Event::Written { number, durable }, now().wall);
    }
}

impl Switch {
    /// Writes down what has happened in a call.
    pub(super) fn note(&mut self, call: CallId, fact: &Fact) {
        let at = now().wall;
        let what = fact.of_talk();
        self.judging.happened(Told { call, at, what });
        self.book.note(call, fact);
    }

    pub(super) fn asked_of_talks(&mut self, line: DeskLine, asked: QualityRequest) {
        let Some(agent) = self.attendance.agent_at(line) else {
            return;
        };
        let monitored = self.board.monitored_by(agent);
        let asked = Event::Asked {
            agent,
            asked,
            monitored: monitored.map(|(call, agent)| TalkName {
                agent: agent.0,
                call: call.0,
            }),
        };
        self.judging.quality.handle(asked, now().wall);
    }

    /// Until nothing more is to be written or told.
    pub(super) fn judge(&mut self) {
        while let Some(command) = self.judging.quality.poll_command() {
            match command {
                Command::WriteDown {
                    number,
                    call,
                    at,
                    fact,
                } => {
                    let tell = self.judging.tell.clone();
                    self.book.write_down(call, at, &fact, move |durable| {
                        // Without a switch nobody is told any more.
                        let _ = tell.send(Written { number, durable });
                    });
                }
                Command::Tell { agent, event } => {
                    if let Some(line) = self.attendance.line_of(agent) {
                        self.tell_desk(line, ToDesk::Show(cti::Event::Quality(event)));
                    }
                }
            }
        }
    }
}
