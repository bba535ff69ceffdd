//! What agents do in a conversation.

use std::time::Instant;

use super::{
    Action, Conversation, ConversationCommand, DIAL_LONGEST, Destination, Forbidden,
    HAND_OVER_LONGEST, LEGS_MOST, LegId, Phase, REMIND_EVERY, Role, Target, leg::Leg,
};
use crate::{Departure, EntryId, Transfer};

impl Conversation {
    pub(super) fn act(&mut self, by: LegId, action: Action, now: Instant) -> Result<(), Forbidden> {
        if self.phase == Phase::Over {
            return Err(Forbidden::Over);
        }
        let actor = self.legs.get_mut(&by).ok_or(Forbidden::NoSuchLeg)?;
        if !actor.is_agent() || !actor.is_up() {
            return Err(Forbidden::NotAnAgent);
        }
        match (action, self.phase) {
            (Action::Mute, _) => actor.muted = true,
            (Action::Unmute, _) => actor.muted = false,
            (Action::Hold, Phase::Talking) => self.hold(by, now),
            (Action::Retrieve, Phase::Held { .. }) => self.phase = Phase::Talking,
            (Action::Consult(target), Phase::Talking | Phase::Held { .. }) => {
                let with = self.dial(&target, now)?;
                self.phase = Phase::Consulting { by, with };
            }
            (Action::EndConsultation, Phase::Consulting { by: own, with }) if own == by => {
                self.drop_leg(with);
                self.consultation_over(by, now);
            }
            (Action::CompleteTransfer, Phase::Consulting { by: own, with })
                if own == by && self.is_up(with) =>
            {
                self.phase = Phase::Talking;
                self.drop_leg(by);
                self.conclude(Departure::HungUp);
            }
            (Action::Conference, Phase::Consulting { by: own, with })
                if own == by && self.is_up(with) =>
            {
                self.phase = Phase::Talking;
            }
            (Action::Transfer(to), Phase::Talking | Phase::Held { .. }) => {
                self.transfer(to, now)?;
            }
            (Action::Remove(leg), Phase::Talking | Phase::Held { .. }) => {
                self.remove(by, leg)?;
            }
            (Action::Record, _) => self.recording.wanted = true,
            (Action::StopRecording, _) => self.recording.wanted = false,
            (Action::PauseRecording(what), _) => {
                self.recording.sensitive.insert(what);
                self.remind_pause_at = Some(now + REMIND_EVERY);
            }
            (Action::ResumeRecording(what), _) => {
                self.recording.sensitive.remove(&what);
                if self.recording.sensitive.is_empty() {
                    self.remind_pause_at = None;
                }
            }
            (Action::End, _) => self.end(),
            (_, _) => return Err(Forbidden::NotNow),
        }
        Ok(())
    }

    pub(super) fn hold(&mut self, by: LegId, now: Instant) {
        self.phase = Phase::Held {
            by,
            remind_at: now + REMIND_EVERY,
        };
    }

    /// The consulted party is gone. Where others are with the caller the agent
    /// joins them; else the caller stays on hold, so that he does not suddenly
    /// hear what was meant for a colleague.
    pub(super) fn consultation_over(&mut self, by: LegId, now: Instant) {
        let others = self
            .legs
            .iter()
            .any(|(id, leg)| *id != by && leg.is_up() && leg.talks() && leg.role != Role::Caller);
        if others {
            self.phase = Phase::Talking;
        } else {
            self.hold(by, now);
        }
    }

    fn transfer(&mut self, to: Destination, now: Instant) -> Result<(), Forbidden> {
        let transfer = match to {
            Destination::Entry(entry) => return self.forward(entry, now),
            Destination::Queue(queue) => Transfer::Queue(queue),
            Destination::Agent(agent) => Transfer::Agent(agent),
        };
        self.phase = Phase::HandingOver {
            until: now + HAND_OVER_LONGEST,
        };
        self.order(ConversationCommand::HandOver(transfer));
        Ok(())
    }

    fn forward(&mut self, entry: EntryId, now: Instant) -> Result<(), Forbidden> {
        let with = self.dial(&Target::Entry(entry), now)?;
        self.phase = Phase::Forwarding { with };
        Ok(())
    }

    fn remove(&mut self, by: LegId, leg: LegId) -> Result<(), Forbidden> {
        let other = self.legs.get(&leg).ok_or(Forbidden::NoSuchLeg)?;
        if leg == by || !other.talks() || other.role == Role::Caller {
            return Err(Forbidden::NotNow);
        }
        self.drop_leg(leg);
        Ok(())
    }

    fn dial(&mut self, target: &Target, now: Instant) -> Result<LegId, Forbidden> {
        let role = match target {
            Target::Agent(agent) => Role::Agent(*agent),
            Target::Entry(entry) => Role::Outside(entry.clone()),
        };
        let leg = self.add(Leg::dialing(role, now + DIAL_LONGEST))?;
        let target = target.clone();
        self.order(ConversationCommand::Dial { leg, target });
        Ok(leg)
    }

    pub(super) fn add(&mut self, leg: Leg) -> Result<LegId, Forbidden> {
        if self.legs.len() >= LEGS_MOST {
            return Err(Forbidden::Full);
        }
        let id = LegId(self.next_leg);
        self.next_leg += 1;
        self.legs.insert(id, leg);
        Ok(id)
    }
}
