//! Agents at desks: what desks say is told to the switchboard, and what it shows
//! is told to desks.

use std::{collections::BTreeMap, net::IpAddr, time::Instant};

use badge::SignedBadge;
use cti::{Colleague, SignInRefusal, SignedIn, TelephoneAccount};
use distributor::{AgentId, AgentState};
use privacy::Personal;
use request::StationId;
use signalling::Signalling;
use sip::digest::AccountKey;
use tokio::sync::mpsc;

use super::{Switch, hexadecimal, now};
use crate::{
    attendance::{self, Command, DeskLine, Drawn},
    desks::{self, Heard, ToDesk},
    switchboard::{Event, Shown, Wish},
};

const SECRET_OCTETS: usize = 24;

/// A line over which somebody is signed in, or wants to be.
pub(super) struct DeskWay {
    reached_at: IpAddr,
    tell: mpsc::Sender<ToDesk>,
}

/// All such lines, and what is known at them of each agent.
#[derive(Default)]
pub(super) struct DeskWays {
    lines: BTreeMap<DeskLine, DeskWay>,
    states_shown: BTreeMap<AgentId, AgentState>,
}

impl Switch {
    pub(super) fn heard(&mut self, heard: Heard) {
        let now = Instant::now();
        match heard {
            Heard::Came {
                line,
                agent,
                station,
                proven,
                reached_at,
                tell,
            } => {
                let drawn = match (secret(), secret()) {
                    (Some(resumption), Some(password)) => Drawn {
                        resumption,
                        password,
                    },
                    (_, _) => return tracing::error!("The system has no randomness"),
                };
                let way = DeskWay { reached_at, tell };
                self.desk_ways.lines.insert(line, way);
                let came = attendance::Event::Came {
                    line,
                    agent,
                    station,
                    proven,
                    drawn,
                };
                self.attendance.handle(came, now);
            }
            Heard::Wished { line, wish } => {
                if let Some(agent) = self.attendance.agent_at(line) {
                    self.events.push(Event::Asked { agent, wish });
                }
            }
            Heard::AskedOfTalks { line, asked } => self.asked_of_talks(line, asked),
            Heard::SignedOut { line } => {
                self.desk_ways.lines.remove(&line);
                self.attendance
                    .handle(attendance::Event::SignedOut { line }, now);
            }
            Heard::Borrowed {
                line,
                kiosk,
                reached_at,
                tell,
            } => self.lend(line, &kiosk, reached_at, &tell),
            Heard::Lost { line } => {
                self.take_back(line);
                self.lose(line);
            }
        }
    }

    fn lose(&mut self, line: DeskLine) {
        self.desk_ways.lines.remove(&line);
        let lost = attendance::Event::Lost { line };
        self.attendance.handle(lost, Instant::now());
    }

    /// Until attendance has nothing more to say.
    pub(super) fn attend(&mut self) {
        while let Some(command) = self.attendance.poll_command() {
            match command {
                Command::Welcome {
                    line,
                    agent,
                    station,
                    drawn,
                    first,
                } => match self.badge(agent, station) {
                    Some(badge) => self.welcome(line, agent, badge, &drawn, first),
                    None => {
                        self.tell_desk(line, ToDesk::Refused(SignInRefusal::Busy));
                        self.heard(Heard::SignedOut { line });
                    }
                },
                Command::Renew {
                    line,
                    agent,
                    station,
                } => {
                    if let Some(badge) = self.badge(agent, station) {
                        self.tell_desk(line, ToDesk::Show(cti::Event::Badge { badge }));
                    }
                }
                Command::Refuse { line, why } => {
                    self.tell_desk(line, ToDesk::Refused(why));
                    self.desk_ways.lines.remove(&line);
                }
                Command::Dismiss { line, why } => {
                    self.tell_desk(line, ToDesk::Dismissed(why));
                    self.desk_ways.lines.remove(&line);
                }
                Command::DeskWent { agent } => {
                    tracing::warn!(agent = agent.0, "An agent's desk is gone");
                    self.events.push(Event::DeskWent { agent });
                }
                Command::SignOut { agent } => self.sign_out(agent),
            }
        }
    }

    /// What the desk shows of the agent who works there.
    fn badge(&self, agent: AgentId, desk: StationId) -> Option<SignedBadge> {
        let known = self.board.center().agent(agent)?;
        match self.door.as_ref()?.badging.badge(known, desk) {
            Ok(badge) => Some(badge),
            Err(error) => {
                tracing::error!(agent = agent.0, %error, "An agent has no badge");
                None
            }
        }
    }

    fn welcome(
        &mut self,
        line: DeskLine,
        agent: AgentId,
        badge: SignedBadge,
        drawn: &Drawn,
        first: bool,
    ) {
        let Some(known) = self.board.center().agent(agent) else {
            return;
        };
        let (account, supervisor) = (known.account.clone(), known.supervisor);
        let telephone = self.telephone_account(line, &account, drawn, first);
        let signed_in = SignedIn {
            agent: agent.0,
            account,
            supervisor,
            resumption: drawn.resumption.clone(),
            badge,
            telephone,
        };
        tracing::info!(agent = agent.0, first, "An agent is at the desk");
        self.tell_desk(line, ToDesk::SignedIn(Box::new(signed_in)));
        let states = self.board.states();
        let others = states.filter(|(id, _)| *id != agent);
        let colleagues = others.filter_map(|(id, state)| self.colleague(id, state));
        let colleagues = colleagues.collect();
        for part in desks::parts_of_directory(self.board.center(), colleagues) {
            self.tell_desk(line, ToDesk::Show(cti::Event::Directory(part)));
        }
        let dispositions = self.board.center().dispositions.as_ref();
        if let Some(told) = dispositions.map(desks::dispositions) {
            self.tell_desk(line, ToDesk::Show(cti::Event::Dispositions(told)));
        }
        for shown in self.board.shown_to(agent, now().instant) {
            self.tell_desk(line, ToDesk::Show(desks::told(shown)));
        }
        self.events.push(Event::DeskCame { agent });
        if first {
            // Nobody is thrown into a call by signing in.
            let reason = "signing-in".to_owned();
            for wish in [Wish::SignIn, Wish::Break(reason)] {
                self.events.push(Event::Asked { agent, wish });
            }
        }
    }

    /// An account with a password in the file keeps it; others live as long as
    /// their agent is signed in.
    fn telephone_account(
        &mut self,
        line: DeskLine,
        account: &str,
        drawn: &Drawn,
        first: bool,
    ) -> Option<TelephoneAccount> {
        if self.accounts.contains(account) {
            return None;
        }
        let way = self.desk_ways.lines.get(&line)?;
        let host = match way.reached_at {
            IpAddr::V4(host) => host.to_string(),
            IpAddr::V6(host) => format!("[{host}]"),
        };
        let port = self.lines.udp_address()?.port();
        if first {
            let password = drawn.password.reveal();
            let key = AccountKey::from_password(account, &self.realm, password);
            self.lines.admit_account(account, key);
        }
        Some(TelephoneAccount {
            uri: format!("sip:{account}@{host}:{port}"),
            account: account.to_owned(),
            password: drawn.password.clone(),
        })
    }

    fn sign_out(&mut self, agent: AgentId) {
        let account = self.board.center().agent(agent);
        if let Some(account) = account.map(|it| it.account.clone())
            && !self.accounts.contains(&account)
        {
            self.lines.dismiss_account(&account);
        }
        let wish = Wish::SignOut;
        self.events.push(Event::Asked { agent, wish });
    }

    /// Shows an agent something, where a desk is there to show it.
    pub(super) fn show(&mut self, agent: AgentId, shown: Shown) {
        if let Some(line) = self.attendance.line_of(agent) {
            self.tell_desk(line, ToDesk::Show(desks::told(shown)));
        }
    }

    /// A desk whose queue is full does not keep up: it is gone until it comes again.
    pub(super) fn tell_desk(&mut self, line: DeskLine, message: ToDesk) {
        let way = self.desk_ways.lines.get(&line);
        if way.is_some_and(|it| it.tell.try_send(message).is_err()) {
            self.lose(line);
        }
    }

    /// What is told every two seconds: to supervisors the board, to everybody
    /// which agents do something else than before.
    pub(super) fn tell_around(&mut self) {
        let present: Vec<(AgentId, DeskLine)> = self.attendance.present().collect();
        if present.is_empty() {
            return;
        }
        let shown = &mut self.desk_ways.states_shown;
        let changed = self.board.states().filter(|(agent, state)| {
            let before = shown.insert(*agent, state.clone());
            before.as_ref() != Some(state)
        });
        let changed: Vec<(AgentId, AgentState)> = changed.collect();
        let changed = changed.into_iter();
        let changed: Vec<Colleague> = changed
            .filter_map(|(agent, state)| self.colleague(agent, state))
            .collect();
        let mut board = None;
        for (agent, line) in present {
            let known = self.board.center().agent(agent);
            if known.is_some_and(|it| it.supervisor) {
                // Nobody adds up a day for whom nobody looks.
                let (outlooks, switchboard) = (&mut self.outlooks, &self.board);
                let fresh = || Box::new(outlooks.board(switchboard, now().wall));
                let board = board.get_or_insert_with(fresh);
                let board = board.clone();
                self.tell_desk(line, ToDesk::Show(cti::Event::Board { board }));
            }
            for changed in changed.chunks(desks::ENTRIES_MOST) {
                let changed = changed.to_vec();
                self.tell_desk(line, ToDesk::Show(cti::Event::Colleagues { changed }));
            }
        }
    }

    fn colleague(&self, agent: AgentId, state: AgentState) -> Option<Colleague> {
        let known = self.board.center().agent(agent)?;
        Some(Colleague {
            agent: agent.0,
            account: known.account.clone(),
            state: desks::state_of(state),
        })
    }
}

/// Hexadecimal digits nobody can guess.
pub(super) fn secret() -> Option<Personal<String>> {
    let mut octets = [0; SECRET_OCTETS];
    getrandom::fill(&mut octets).ok()?;
    Some(Personal::new(hexadecimal(&octets)))
}
