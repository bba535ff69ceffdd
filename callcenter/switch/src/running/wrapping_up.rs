//! How calls ended is written into the call book before their agents are told.

use distributor::{AgentId, CallId};

use super::{Switch, now};
use crate::{call_book::Fact, quality, switchboard::Event};

/// What became of a disposition that was to be written down.
pub(super) struct WrittenDisposition {
    agent: AgentId,
    call: CallId,
    disposition: String,
    durable: bool,
}

impl Switch {
    pub(super) fn write_disposition(&self, agent: AgentId, call: CallId, disposition: String) {
        let tell = self.tell_written.clone();
        let fact = said(agent, &disposition);
        self.book
            .write_down(call, now().wall, &fact, move |durable| {
                // Without a switch nobody is told any more.
                let _ = tell.send(WrittenDisposition {
                    agent,
                    call,
                    disposition,
                    durable,
                });
            });
    }

    pub(super) fn disposition_written(&mut self, written: WrittenDisposition) {
        let WrittenDisposition {
            agent,
            call,
            disposition,
            durable,
        } = written;
        if durable {
            let (at, what) = (now().wall, said(agent, &disposition).of_talk());
            self.judging.happened(quality::Told { call, at, what });
        }
        self.events.push(Event::DispositionWritten {
            agent,
            call,
            disposition,
            durable,
        });
    }
}

fn said(agent: AgentId, disposition: &str) -> Fact {
    Fact::DispositionSaid {
        agent,
        disposition: disposition.to_owned(),
    }
}
