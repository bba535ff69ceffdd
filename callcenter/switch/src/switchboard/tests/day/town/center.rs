//! What happens in the center, and to the networks of the town.

use std::time::Duration;

use distributor::{Action, AgentId, Destination, EntryId, Mode, QueueId, Target};

use super::{Happening, OfLeg, Town, people::home};
use crate::switchboard::{
    Event, Leg, Wish,
    tests::day::{
        dice::Dice,
        plan::Thing,
        witness::{Law, SUPERVISOR, Who},
    },
};

impl Town {
    pub(super) fn happens(&mut self, happening: Happening) -> Law {
        match happening {
            Happening::Thing(Thing::Visit(visit)) => self.calls(visit),
            Happening::CallsAgain(visit) => self.calls(*visit),
            Happening::Thing(Thing::Wishes { agent, what, .. }) => self.wishes(agent, what),
            Happening::Thing(Thing::Acts { seed, .. }) => self.acts(seed),
            Happening::Thing(Thing::Cut { region, span, .. }) => {
                self.cut_off(region, span);
                Ok(())
            }
            Happening::Thing(Thing::Kill { after, .. }) => {
                self.kill_after = Some(after);
                Ok(())
            }
            Happening::Thing(Thing::KillAtPromise { .. }) => {
                self.kill_at_promise = true;
                Ok(())
            }
            Happening::Thing(Thing::Closes { span, .. }) => {
                self.plan_in(span, Happening::Opens);
                self.taxes(false)
            }
            Happening::Opens => self.taxes(true),
            Happening::Registers(agent) if self.is_cut(agent.into()) => {
                self.plan_in(20_000, Happening::Registers(agent));
                Ok(())
            }
            Happening::Registers(agent) => self.tell(Event::Registered {
                account: format!("agent-{agent}"),
            }),
            Happening::Unregisters(agent) => self.tell(Event::Unregistered {
                account: format!("agent-{agent}"),
            }),
            Happening::SignsIn(agent) => {
                self.asks(agent, Wish::SignIn)?;
                self.asks(agent, Wish::Ready)
            }
            Happening::Heals(region) => {
                self.cut.remove(&region);
                Ok(())
            }
            Happening::OfLeg(leg, what) => self.of(leg, what),
        }
    }

    fn taxes(&mut self, open: bool) -> Law {
        let queue = QueueId("taxes".to_owned());
        match open {
            true => self.witness.closed.remove(&queue),
            false => self.witness.closed.insert(queue.clone()),
        };
        self.tell(Event::Hours { queue, open })
    }

    pub(super) fn is_cut(&self, number: u64) -> bool {
        self.cut.contains(&(number % 4))
    }

    /// All legs of a part of the town are lost, and its telephones vanish.
    fn cut_off(&mut self, region: u64, span: u64) {
        self.cut.insert(region);
        self.plan_in(span, Happening::Heals(region));
        let lines = self.witness.lines.iter();
        let there = lines.filter(|(leg, it)| home(it, &self.phones, **leg) % 4 == region);
        let there: Vec<(Leg, bool)> = there.map(|(leg, it)| (*leg, it.up)).collect();
        let mut dice = Dice::of(&[self.now, region]);
        for (leg, up) in there {
            let what = match up {
                true => OfLeg::Ends { lost: true },
                false => OfLeg::Refuses(408),
            };
            self.of_leg(dice.between(1_000, 30_000), leg, what);
        }
        for agent in (1..=self.scale.agents).filter(|it| u64::from(*it) % 4 == region) {
            self.plan_in(30_000, Happening::Unregisters(agent));
            self.plan_in(span.max(30_000) + 5_000, Happening::Registers(agent));
        }
    }

    fn wishes(&mut self, agent: u32, what: u64) -> Law {
        match what {
            0 => {
                self.plan_in(200_000, Happening::SignsIn(agent));
                self.asks(agent, Wish::SignOut)
            }
            1 | 2 => {
                self.plan_in(120_000, Happening::SignsIn(agent));
                self.asks(agent, Wish::Break("meal".to_owned()))
            }
            3 => {
                self.plan_in(60_000, Happening::Registers(agent));
                self.happens(Happening::Unregisters(agent))
            }
            4 => self.asks(agent, Wish::WrapUpDone),
            5 => self.asks(agent, Wish::ExtendWrapUp(Duration::from_secs(20))),
            6 => self.asks(agent, Wish::Help),
            _ => self.asks(agent, Wish::Ready),
        }
    }

    fn acts(&mut self, seed: u64) -> Law {
        let mut dice = Dice::of(&[seed, 9]);
        let talking = self.witness.lines.values().filter(|it| it.up && !it.ended);
        let agents = talking.filter_map(|it| match it.who {
            Who::Agent(agent) if agent != SUPERVISOR => Some(agent),
            Who::Agent(_) | Who::Caller | Who::Callback | Who::Office => None,
        });
        let agents: Vec<u32> = agents.collect();
        if agents.is_empty() {
            return Ok(());
        }
        let agent = dice.one(&agents);
        let other = dice.between(1, self.scale.agents.into());
        let other = AgentId(u32::try_from(other).unwrap());
        let queue = QueueId(dice.one(&["general", "taxes", "foreign"]).to_owned());
        let entry = EntryId("narae-tax".to_owned());
        if dice.percent(20) {
            let mode = dice.one(&[Mode::Listen, Mode::Whisper, Mode::Barge]);
            return self.asks(SUPERVISOR, Wish::Watch(AgentId(agent), mode));
        }
        let action = match dice.below(10) {
            0 => Action::Hold,
            1 => Action::Retrieve,
            2 => Action::Consult(Target::Agent(other)),
            3 => Action::Consult(Target::Entry(entry)),
            9 => Action::Transfer(Destination::Entry(entry)),
            4 => Action::CompleteTransfer,
            5 => Action::Conference,
            6 => Action::EndConsultation,
            7 => Action::Transfer(Destination::Queue(queue)),
            _ => Action::Transfer(Destination::Agent(other)),
        };
        self.asks(agent, Wish::Act(action))
    }
}
