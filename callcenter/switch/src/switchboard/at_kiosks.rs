//! Citizens at kiosks: who calls from one speaks with the agent who helps at its
//! screen, past menu and queue, and is not recorded.
//!
//! The kiosk proves which station it is by its account, and names the room by the
//! user part of the URI it calls (RFC 3261 §19.1.1). Whose room it is the agent's desk
//! has said before; until then the kiosk is told to try again.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use distributor::{AgentId, CallId, Language, Miss, PartyState};
use request::StationId;

use super::{
    Call, Callee, Command, KioskVisit, Leg, Moment, Ringing, Seat, Switchboard, agents::miss,
};
use crate::call_book::Fact;

/// Then an agent's telephone that does not answer is called no more.
const RING_LONGEST: Duration = Duration::from_secs(60);
/// SIP's 480 Temporarily Unavailable: no room of that name yet, or no telephone.
const NOT_NOW: u16 = 480;
/// SIP's 486 Busy Here.
const BUSY: u16 = 486;
/// SIP's 603 Decline.
const DECLINED: u16 = 603;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// The agent's telephone rings, until then.
    Ringing(Instant),
    /// The agent has answered, and the kiosk is being answered.
    Answered,
    Talking,
}

/// A kiosk's call.
#[derive(Debug)]
struct KioskCall {
    call: CallId,
    kiosk: Leg,
    helper: Leg,
    stage: Stage,
}

/// Who helps where, and who of them is called from there.
#[derive(Debug, Default)]
pub(super) struct Kiosks {
    helping: BTreeMap<AgentId, KioskVisit>,
    calls: BTreeMap<AgentId, KioskCall>,
}

impl Kiosks {
    pub(super) fn poll_timeout(&self) -> Option<Instant> {
        let until = self.calls.values().filter_map(|it| match it.stage {
            Stage::Ringing(until) => Some(until),
            Stage::Answered | Stage::Talking => None,
        });
        until.min()
    }

    /// How the talk of an agent with a kiosk goes.
    pub(super) fn state_of(&self, agent: AgentId) -> Option<PartyState> {
        self.calls.get(&agent).map(|_| PartyState::Talking)
    }

    pub(super) fn calls(&self) -> usize {
        self.calls.len()
    }

    fn helper(&self, kiosk: &StationId, room: &str) -> Option<AgentId> {
        let mut helping = self.helping.iter();
        let found = helping.find(|(_, visit)| visit.kiosk == *kiosk && visit.room == room);
        found.map(|(agent, _)| *agent)
    }
}

impl Switchboard {
    /// The agent helps at a kiosk's screen from now on.
    pub(super) fn take_kiosk(&mut self, agent: AgentId, visit: KioskVisit, now: Moment) -> bool {
        let helper = self.kiosks.helper(&visit.kiosk, &visit.room);
        // A desk that comes back says it again.
        if helper == Some(agent) {
            return true;
        }
        if helper.is_some() || !self.tell(distributor::Event::KioskTaken { agent }, now) {
            return false;
        }
        self.hang_up_on_kiosk(agent);
        self.kiosks.helping.insert(agent, visit);
        true
    }

    /// The agent helps nowhere any more.
    pub(super) fn leave_kiosk(&mut self, agent: AgentId, now: Moment) {
        if self.kiosks.helping.remove(&agent).is_some() {
            self.hang_up_on_kiosk(agent);
            self.tell(distributor::Event::KioskLeft { agent }, now);
        }
    }

    pub(super) fn called_from_kiosk(&mut self, call: Call, kiosk: &StationId, now: Moment) {
        let leg = call.leg;
        let Some(agent) = self.kiosks.helper(kiosk, &call.to) else {
            let status = NOT_NOW;
            return self.order(Command::Refuse { leg, status });
        };
        if let Some(status) = self.cannot_be_called(agent) {
            return self.order(Command::Refuse { leg, status });
        }
        let account = self.center.agent(agent).map(|it| it.account.clone());
        let visit = self.kiosks.helping.get(&agent).cloned();
        let (Some(account), Some(visit)) = (account, visit) else {
            return;
        };
        let id = self.new_call();
        self.seats.insert(leg, Seat::Kiosk(agent));
        self.note(
            id,
            Fact::Arrived {
                from: call.from.clone(),
                dialed: call.to,
                request: call.request.clone(),
            },
        );
        let helper = self.dial_leg(Seat::Helper(agent));
        self.kiosks.calls.insert(
            agent,
            KioskCall {
                call: id,
                kiosk: leg,
                helper,
                stage: Stage::Ringing(now.instant + RING_LONGEST),
            },
        );
        self.order(Command::Ring { leg });
        let ringing = Ringing {
            call: id,
            queue: String::new(),
            language: Language(String::new()),
            waited: Duration::ZERO,
            from: call.from.clone(),
            request: call.request.clone(),
            callback: false,
            cut_off: false,
            visit: Some(visit),
        };
        self.rings_at(agent, helper, ringing);
        self.order(Command::Dial {
            leg: helper,
            callee: Callee::Account(account),
            from: call.from,
            call: id,
            request: call.request,
        });
    }

    /// The agent who helps has answered.
    pub(super) fn helper_answered(&mut self, agent: AgentId, now: Moment) {
        let Some(call) = self.kiosks.calls.get_mut(&agent) else {
            return;
        };
        call.stage = Stage::Answered;
        let (id, kiosk, helper) = (call.call, call.kiosk, call.helper);
        self.note(id, Fact::JoinedAtKiosk { agent });
        self.talks_at(agent, helper, now);
        self.order(Command::Accept { leg: kiosk });
    }

    /// The kiosk's leg is up: both hear each other.
    pub(super) fn kiosk_confirmed(&mut self, agent: AgentId) {
        let Some(call) = self.kiosks.calls.get_mut(&agent) else {
            return;
        };
        if call.stage != Stage::Answered {
            return;
        }
        call.stage = Stage::Talking;
        let legs = [call.kiosk, call.helper];
        for (leg, heard) in [(legs[0], legs[1]), (legs[1], legs[0])] {
            let sources = [heard].into();
            self.order(Command::Hear { leg, sources });
        }
    }

    /// The citizen has hung up, or the kiosk has vanished.
    pub(super) fn kiosk_gone(&mut self, agent: AgentId, lost: bool) {
        if let Some(call) = self.kiosks.calls.get(&agent).map(|it| it.call) {
            self.note(call, Fact::CallerLeft { lost });
            self.end_kiosk_call(agent, NOT_NOW);
        }
    }

    /// The helper's leg is over; the status says how, where it was not answered.
    pub(super) fn helper_gone(&mut self, agent: AgentId, status: Option<u16>, lost: bool) {
        let Some(KioskCall {
            call,
            helper,
            stage,
            ..
        }) = self.kiosks.calls.get(&agent)
        else {
            return;
        };
        let (call, helper, rings) = (*call, *helper, matches!(stage, Stage::Ringing(_)));
        let how = match status {
            _ if self.has_declined(agent, helper) => Miss::Rejected,
            Some(status) => miss(status),
            None => Miss::Rejected,
        };
        self.note(
            call,
            match rings {
                true => Fact::Missed { agent, how },
                false => Fact::AgentLeft { agent, lost },
            },
        );
        let status = match how {
            Miss::Busy => BUSY,
            Miss::Rejected => DECLINED,
            Miss::NoAnswer | Miss::Unreachable => NOT_NOW,
        };
        self.end_kiosk_call(agent, status);
    }

    pub(super) fn kiosks_rang_out(&mut self, now: Instant) {
        let due = |it: &KioskCall| matches!(it.stage, Stage::Ringing(until) if until <= now);
        let calls = self.kiosks.calls.iter().filter(|(_, call)| due(call));
        let agents: Vec<AgentId> = calls.map(|(agent, _)| *agent).collect();
        for agent in agents {
            self.helper_gone(agent, Some(NOT_NOW), false);
        }
    }

    /// The agent helps there no longer: a talk is over that the call book has begun.
    fn hang_up_on_kiosk(&mut self, agent: AgentId) {
        let call = self.kiosks.calls.get(&agent);
        let answered = call.filter(|it| !matches!(it.stage, Stage::Ringing(_)));
        if let Some(call) = answered.map(|it| it.call) {
            let lost = false;
            self.note(call, Fact::AgentLeft { agent, lost });
        }
        self.end_kiosk_call(agent, NOT_NOW);
    }

    /// Ends what is left of both legs; the status is for a kiosk that was not answered.
    fn end_kiosk_call(&mut self, agent: AgentId, status: u16) {
        let Some(call) = self.kiosks.calls.remove(&agent) else {
            return;
        };
        let leg = call.kiosk;
        if self.withdraw_seat(leg) {
            self.order(match call.stage {
                Stage::Ringing(_) => Command::Refuse { leg, status },
                Stage::Answered | Stage::Talking => Command::End { leg },
            });
        }
        if self.withdraw_seat(call.helper) {
            self.order(Command::End { leg: call.helper });
        }
        self.over_at(agent, call.helper);
    }

    /// What still comes of the leg is nobody's; answers whether anything can come.
    fn withdraw_seat(&mut self, leg: Leg) -> bool {
        let seat = self.seats.get_mut(&leg);
        seat.map(|it| *it = Seat::Withdrawn).is_some()
    }

    /// Why the agent's telephone cannot ring now.
    fn cannot_be_called(&self, agent: AgentId) -> Option<u16> {
        if self.is_on_the_telephone(agent) {
            return Some(BUSY);
        }
        (!self.is_registered(agent)).then_some(NOT_NOW)
    }
}
