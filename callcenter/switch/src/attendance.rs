//! Attendance: which agent is signed in, at which desk, and for how long a desk
//! that is gone is waited for.
//!
//! Four verbs, no I/O. That a passphrase is right was found out before; what is
//! random is given.

use std::{
    collections::{BTreeMap, VecDeque},
    time::{Duration, Instant},
};

use badge::RENEWED_AFTER;
use cti::{Closing, SignInRefusal};
use distributor::AgentId;
use privacy::Personal;
use request::StationId;
use subtle::ConstantTimeEq;

/// A desk's line, numbered by the switch and never again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DeskLine(pub u64);

/// How long an agent stays signed in whose desk is gone.
pub const ABSENT_LONGEST: Duration = Duration::from_secs(120);

/// What is drawn for an agent who signs in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// With it the desk goes on after its line broke.
    pub resumption: Personal<String>,
    /// For the agent's telephone.
    pub password: Personal<String>,
}

/// Why the switch believes an agent.
#[derive(Clone, Debug)]
pub enum Proven {
    ByPassphrase,
    /// To be compared.
    ByResumption(Personal<String>),
}

#[derive(Clone, Debug)]
pub enum Event {
    Came {
        line: DeskLine,
        agent: AgentId,
        station: StationId,
        proven: Proven,
        /// Used when the agent was not signed in.
        drawn: Drawn,
    },
    SignedOut {
        line: DeskLine,
    },
    /// The line is down, or its desk does not keep up.
    Lost {
        line: DeskLine,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Tell the desk that its agent is signed in.
    Welcome {
        line: DeskLine,
        agent: AgentId,
        station: StationId,
        drawn: Drawn,
        /// Was not signed in before.
        first: bool,
    },
    /// Give the desk its agent's next badge.
    Renew {
        line: DeskLine,
        agent: AgentId,
        station: StationId,
    },
    Refuse {
        line: DeskLine,
        why: SignInRefusal,
    },
    /// Close this line.
    Dismiss {
        line: DeskLine,
        why: Closing,
    },
    /// The agent's desk is gone and waited for.
    DeskWent {
        agent: AgentId,
    },
    SignOut {
        agent: AgentId,
    },
}

#[derive(Debug)]
struct Session {
    station: StationId,
    drawn: Drawn,
    desk: Desk,
    /// When a desk that is there is given the next badge.
    renew_at: Instant,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Desk {
    There(DeskLine),
    /// Waited for until then.
    Gone(Instant),
}

/// Everybody who is signed in at a desk.
#[derive(Debug, Default)]
pub struct Attendance {
    sessions: BTreeMap<AgentId, Session>,
    commands: VecDeque<Command>,
}

impl Attendance {
    pub fn handle(&mut self, event: Event, now: Instant) {
        match event {
            Event::Came {
                line,
                agent,
                station,
                proven,
                drawn,
            } => match self.came(line, agent, station, proven, drawn, now) {
                Ok(welcome) => self.commands.push_back(welcome),
                Err(why) => self.commands.push_back(Command::Refuse { line, why }),
            },
            Event::SignedOut { line } => {
                if let Some(agent) = self.agent_at(line) {
                    self.sessions.remove(&agent);
                    self.commands.push_back(Command::SignOut { agent });
                }
            }
            Event::Lost { line } => {
                if let Some(agent) = self.agent_at(line)
                    && let Some(session) = self.sessions.get_mut(&agent)
                {
                    session.desk = Desk::Gone(now + ABSENT_LONGEST);
                    self.commands.push_back(Command::DeskWent { agent });
                }
            }
        }
    }

    /// Signs out whose desk did not come back, and renews badges.
    pub fn handle_timeout(&mut self, now: Instant) {
        let commands = &mut self.commands;
        for (agent, session) in &mut self.sessions {
            if let Desk::There(line) = session.desk
                && session.renew_at <= now
            {
                session.renew_at = now + RENEWED_AFTER;
                commands.push_back(Command::Renew {
                    line,
                    agent: *agent,
                    station: session.station.clone(),
                });
            }
        }
        self.sessions.retain(|agent, session| {
            let given_up = matches!(session.desk, Desk::Gone(until) if until <= now);
            if given_up {
                commands.push_back(Command::SignOut { agent: *agent });
            }
            !given_up
        });
    }

    pub fn poll_command(&mut self) -> Option<Command> {
        self.commands.pop_front()
    }

    pub fn poll_timeout(&self) -> Option<Instant> {
        let due = self.sessions.values().map(|it| match it.desk {
            Desk::Gone(until) => until,
            Desk::There(_) => it.renew_at,
        });
        due.min()
    }

    /// The agent who is signed in over this line.
    pub fn agent_at(&self, line: DeskLine) -> Option<AgentId> {
        let mut sessions = self.sessions.iter();
        let found = sessions.find(|(_, it)| it.desk == Desk::There(line));
        found.map(|(agent, _)| *agent)
    }

    /// The line over which this agent is signed in.
    pub fn line_of(&self, agent: AgentId) -> Option<DeskLine> {
        match self.sessions.get(&agent)?.desk {
            Desk::There(line) => Some(line),
            Desk::Gone(_) => None,
        }
    }

    /// Who is signed in and reached, with the line.
    pub fn present(&self) -> impl Iterator<Item = (AgentId, DeskLine)> {
        self.sessions
            .iter()
            .filter_map(|(agent, session)| match session.desk {
                Desk::There(line) => Some((*agent, line)),
                Desk::Gone(_) => None,
            })
    }

    fn came(
        &mut self,
        line: DeskLine,
        agent: AgentId,
        station: StationId,
        proven: Proven,
        drawn: Drawn,
        now: Instant,
    ) -> Result<Command, SignInRefusal> {
        let Some(session) = self.sessions.get_mut(&agent) else {
            if let Proven::ByResumption(_) = proven {
                return Err(SignInRefusal::SessionOver);
            }
            let desk = Desk::There(line);
            let session = Session {
                station: station.clone(),
                drawn: drawn.clone(),
                desk,
                renew_at: now + RENEWED_AFTER,
            };
            self.sessions.insert(agent, session);
            let first = true;
            return Ok(Command::Welcome {
                line,
                agent,
                station,
                drawn,
                first,
            });
        };
        if let Proven::ByResumption(token) = &proven
            && !is_same(token, &session.drawn.resumption)
        {
            return Err(SignInRefusal::SessionOver);
        }
        if let Desk::There(before) = session.desk {
            // The same desk comes back before its old line was found to be down.
            if session.station != station {
                let station = session.station.to_string();
                return Err(SignInRefusal::SignedInElsewhere { station });
            }
            let why = Closing::Superseded;
            self.commands
                .push_back(Command::Dismiss { line: before, why });
        }
        session.station = station.clone();
        session.desk = Desk::There(line);
        session.renew_at = now + RENEWED_AFTER;
        Ok(Command::Welcome {
            line,
            agent,
            station,
            drawn: session.drawn.clone(),
            first: false,
        })
    }
}

fn is_same(one: &Personal<String>, other: &Personal<String>) -> bool {
    let (one, other) = (one.reveal().as_bytes(), other.reveal().as_bytes());
    bool::from(one.ct_eq(other))
}

#[cfg(test)]
mod tests;
