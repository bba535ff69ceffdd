//! Agents wrap calls up, and say how those ended.

use distributor::{AgentId, AgentState, CallId};

use super::{Command, Shown, ShownWrapUp, Switchboard};
use crate::{
    call_book::Fact,
    wrap_up::{DispositionRefusal, WrapUp, WrapUpCommand, WrapUpEvent},
};

/// The last wrap-up of an agent.
#[derive(Debug)]
pub(super) struct Wrapping {
    call: CallId,
    wrap_up: WrapUp,
}

impl Switchboard {
    /// The agent does this from now on.
    pub(super) fn wraps_up(&mut self, agent: AgentId, state: &AgentState) {
        if *state == AgentState::WrapUp {
            self.begin_wrap_up(agent);
        } else {
            self.tell_wrap_up(agent, WrapUpEvent::Over);
        }
    }

    /// Where the queue of the call has nothing to choose from, nobody is asked.
    fn begin_wrap_up(&mut self, agent: AgentId) {
        let Some((call, queue)) = self.last_talk(agent) else {
            return;
        };
        let settings = self.center.dispositions.as_ref();
        let choices = settings.map_or_else(Vec::new, |it| it.offered(&queue));
        if choices.is_empty() {
            return;
        }
        self.note(call, Fact::WrapUpBegun { agent });
        let wrap_up = WrapUp::begin(choices);
        self.wrap_ups.insert(agent, Wrapping { call, wrap_up });
        self.show_wrap_up(agent);
    }

    /// The agent says how the call ended.
    pub(super) fn say_disposition(&mut self, agent: AgentId, call: CallId, disposition: String) {
        let wrapping = self.wrap_ups.get(&agent);
        if wrapping.is_some_and(|it| it.call == call) {
            self.tell_wrap_up(agent, WrapUpEvent::Chosen(disposition));
        } else {
            let why = DispositionRefusal::WrapUpOver;
            self.show(agent, Shown::DispositionRefused { call, why });
        }
    }

    /// What became of [`Command::WriteDisposition`].
    pub(super) fn disposition_written(
        &mut self,
        agent: AgentId,
        call: CallId,
        disposition: String,
        durable: bool,
    ) {
        if durable {
            let said = Fact::DispositionSaid {
                agent,
                disposition: disposition.clone(),
            };
            self.counter.handle(call, &said.counted(), self.at);
        }
        // Else the next wrap-up has begun meanwhile.
        if self.wrap_ups.get(&agent).is_some_and(|it| it.call == call) {
            let written = WrapUpEvent::Written {
                disposition,
                durable,
            };
            self.tell_wrap_up(agent, written);
        }
    }

    /// What a desk that comes back shows of a wrap-up that goes on.
    pub(super) fn wrap_up_shown(&self, agent: AgentId) -> Option<Shown> {
        let Wrapping { call, wrap_up } = self.wrap_ups.get(&agent)?;
        Some(Shown::WrapUp(Box::new(ShownWrapUp {
            call: *call,
            choices: wrap_up.choices().to_vec(),
            said: wrap_up.said().map(str::to_owned),
        })))
    }

    fn tell_wrap_up(&mut self, agent: AgentId, event: WrapUpEvent) {
        let Some(Wrapping { call, wrap_up }) = self.wrap_ups.get_mut(&agent) else {
            return;
        };
        let call = *call;
        wrap_up.handle(event);
        while let Some(command) = self.wrap_up_says(agent) {
            match command {
                WrapUpCommand::WriteDown(disposition) => self.order(Command::WriteDisposition {
                    agent,
                    call,
                    disposition,
                }),
                WrapUpCommand::NoteUnsaid => self.note(call, Fact::DispositionUnsaid { agent }),
                WrapUpCommand::Confirm => self.show_wrap_up(agent),
                WrapUpCommand::Refuse(why) => {
                    self.show(agent, Shown::DispositionRefused { call, why });
                }
            }
        }
    }

    fn wrap_up_says(&mut self, agent: AgentId) -> Option<WrapUpCommand> {
        self.wrap_ups.get_mut(&agent)?.wrap_up.poll_command()
    }

    fn show_wrap_up(&mut self, agent: AgentId) {
        if let Some(shown) = self.wrap_up_shown(agent) {
            self.show(agent, shown);
        }
    }
}
