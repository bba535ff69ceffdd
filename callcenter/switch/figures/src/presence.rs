//! What agents do, since when, and what it adds up to.

use std::{collections::BTreeMap, ops::AddAssign, time::Duration};

use distributor::{AgentId, AgentState, BreakReason, WallTime};
use serde::{Deserialize, Serialize};

use crate::{Interval, Ledger};

/// What an agent is doing, as a board tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Doing {
    Idle,
    /// It rings.
    Offered,
    Talking,
    WrapUp,
    /// For a moment, after a missed call.
    Resting,
    /// Helps a citizen at a kiosk's screen.
    AtKiosk,
    Break,
    /// Ready, but without a telephone.
    NoDevice,
}

impl Doing {
    pub const ALL: [Self; 8] = [
        Self::Idle,
        Self::Offered,
        Self::Talking,
        Self::WrapUp,
        Self::Resting,
        Self::AtKiosk,
        Self::Break,
        Self::NoDevice,
    ];

    fn of(state: &AgentState) -> Option<Self> {
        match state {
            AgentState::SignedOut => None,
            AgentState::Break(_) => Some(Self::Break),
            AgentState::NoDevice => Some(Self::NoDevice),
            AgentState::Idle => Some(Self::Idle),
            AgentState::Offered => Some(Self::Offered),
            AgentState::Talking => Some(Self::Talking),
            AgentState::WrapUp => Some(Self::WrapUp),
            AgentState::Resting => Some(Self::Resting),
            AgentState::AtKiosk => Some(Self::AtKiosk),
        }
    }
}

/// Agents' time in milliseconds, by what they did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AgentTime {
    pub idle: u64,
    pub offered: u64,
    pub talking: u64,
    pub wrap_up: u64,
    pub resting: u64,
    pub at_kiosk: u64,
    pub on_break: u64,
    pub no_device: u64,
}

impl AgentTime {
    /// In which they served: neither away nor without a telephone.
    pub fn serving(&self) -> u64 {
        self.idle + self.offered + self.talking + self.wrap_up + self.resting + self.at_kiosk
    }

    /// The share of their serving in which they talked, wrapped up or helped at a kiosk.
    #[expect(
        clippy::cast_precision_loss,
        reason = "a share needs no sixteen digits"
    )]
    pub fn occupancy(&self) -> Option<f64> {
        let serving = self.serving();
        (serving > 0).then(|| (self.talking + self.wrap_up + self.at_kiosk) as f64 / serving as f64)
    }

    fn of(&mut self, doing: Doing) -> &mut u64 {
        match doing {
            Doing::Idle => &mut self.idle,
            Doing::Offered => &mut self.offered,
            Doing::Talking => &mut self.talking,
            Doing::WrapUp => &mut self.wrap_up,
            Doing::Resting => &mut self.resting,
            Doing::AtKiosk => &mut self.at_kiosk,
            Doing::Break => &mut self.on_break,
            Doing::NoDevice => &mut self.no_device,
        }
    }
}

impl AddAssign<&AgentTime> for AgentTime {
    fn add_assign(&mut self, other: &AgentTime) {
        self.idle += other.idle;
        self.offered += other.offered;
        self.talking += other.talking;
        self.wrap_up += other.wrap_up;
        self.resting += other.resting;
        self.at_kiosk += other.at_kiosk;
        self.on_break += other.on_break;
        self.no_device += other.no_device;
    }
}

/// What an agent is doing who is signed in.
#[derive(Clone, Debug)]
pub(crate) struct Present {
    pub(crate) doing: Doing,
    /// Of a break.
    pub(crate) reason: Option<BreakReason>,
    pub(crate) since: WallTime,
}

/// Who is signed in.
#[derive(Clone, Debug, Default)]
pub(crate) struct Presence(BTreeMap<AgentId, Present>);

impl Presence {
    /// Answers what the agent did before, and for how long.
    pub(crate) fn changed(
        &mut self,
        agent: AgentId,
        state: &AgentState,
        at: WallTime,
        ledger: &mut Ledger,
    ) -> Option<(Doing, Duration)> {
        let before = match Doing::of(state) {
            Some(doing) => {
                let reason = reason_of(state);
                let since = at;
                let present = Present {
                    doing,
                    reason,
                    since,
                };
                self.0.insert(agent, present)
            }
            None => self.0.remove(&agent),
        };
        let Present { doing, since, .. } = before?;
        spread(ledger, doing, since, at);
        Some((doing, at.since(since)))
    }

    /// The switch went down; who was signed in is not any more.
    pub(crate) fn ended(&mut self, at: WallTime, ledger: &mut Ledger) {
        for present in std::mem::take(&mut self.0).into_values() {
            spread(ledger, present.doing, present.since, at);
        }
    }

    pub(crate) fn agents(&self) -> impl Iterator<Item = (AgentId, &Present)> {
        self.0.iter().map(|(agent, present)| (*agent, present))
    }

    /// With what the present states have come to.
    pub(crate) fn add_present(&self, ledger: &mut Ledger, at: WallTime) {
        for present in self.0.values() {
            spread(ledger, present.doing, present.since, at);
        }
    }
}

fn reason_of(state: &AgentState) -> Option<BreakReason> {
    match state {
        AgentState::Break(reason) => Some(reason.clone()),
        AgentState::SignedOut
        | AgentState::NoDevice
        | AgentState::Idle
        | AgentState::Offered
        | AgentState::Talking
        | AgentState::WrapUp
        | AgentState::Resting
        | AgentState::AtKiosk => None,
    }
}

/// Adds a span to each quarter of an hour it lies in.
fn spread(ledger: &mut Ledger, doing: Doing, from: WallTime, until: WallTime) {
    let mut begin = from;
    while begin < until {
        let interval = Interval::of(begin);
        let end = interval.next().start().min(until);
        let millis = u64::try_from(end.since(begin).as_millis()).unwrap_or(0);
        *ledger.agent_time(interval).of(doing) += millis;
        begin = end;
    }
}
