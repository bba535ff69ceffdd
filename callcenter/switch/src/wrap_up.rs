//! The wrap-up of a call, as far as its agent says how the call ended.
//!
//! Four verbs, no I/O; when a wrap-up is over is the distributor's business, so nothing
//! is due here. What is said is told the desk when it is written down, not before.

#[cfg(test)]
mod table_tests;

use std::collections::VecDeque;

/// Why what was said does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DispositionRefusal {
    /// Not one of the queue's.
    UnknownCode,
    WrapUpOver,
    NotWritten,
}

#[derive(Clone, Debug)]
pub enum WrapUpEvent {
    Chosen(String),
    /// What became of [`WrapUpCommand::WriteDown`].
    Written {
        disposition: String,
        durable: bool,
    },
    /// The agent does something else from now on.
    Over,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WrapUpCommand {
    WriteDown(String),
    /// The wrap-up was over before anything was said.
    NoteUnsaid,
    /// Tell the desk what stands in the call book.
    Confirm,
    Refuse(DispositionRefusal),
}

/// One agent's wrap-up of one call.
#[derive(Debug)]
pub struct WrapUp {
    choices: Vec<String>,
    /// It is written down.
    said: Option<String>,
    /// On their way into the call book.
    pending: VecDeque<String>,
    over: bool,
    commands: VecDeque<WrapUpCommand>,
}

impl WrapUp {
    /// `choices` are the codes of the call's queue.
    pub fn begin(choices: Vec<String>) -> Self {
        Self {
            choices,
            said: None,
            pending: VecDeque::new(),
            over: false,
            commands: VecDeque::new(),
        }
    }

    pub fn handle(&mut self, event: WrapUpEvent) {
        match event {
            WrapUpEvent::Chosen(disposition) => self.chosen(disposition),
            WrapUpEvent::Written {
                disposition,
                durable,
            } => self.written(disposition, durable),
            WrapUpEvent::Over => {
                if !std::mem::replace(&mut self.over, true) {
                    self.note_unsaid();
                }
            }
        }
    }

    pub fn poll_command(&mut self) -> Option<WrapUpCommand> {
        self.commands.pop_front()
    }

    pub fn choices(&self) -> &[String] {
        &self.choices
    }

    /// What stands in the call book.
    pub fn said(&self) -> Option<&str> {
        self.said.as_deref()
    }

    fn chosen(&mut self, disposition: String) {
        let latest = self.pending.back().or(self.said.as_ref());
        if !self.choices.contains(&disposition) {
            self.refuse(DispositionRefusal::UnknownCode);
        } else if latest == Some(&disposition) {
            // What is on its way is told when it is written.
            if self.pending.is_empty() {
                self.commands.push_back(WrapUpCommand::Confirm);
            }
        } else if self.over && latest.is_some() {
            self.refuse(DispositionRefusal::WrapUpOver);
        } else {
            self.pending.push_back(disposition.clone());
            self.commands
                .push_back(WrapUpCommand::WriteDown(disposition));
        }
    }

    fn written(&mut self, disposition: String, durable: bool) {
        let pending = self.pending.iter().position(|it| *it == disposition);
        if pending.and_then(|it| self.pending.remove(it)).is_none() {
            return;
        }
        if durable {
            self.said = Some(disposition);
            // What has taken its place meanwhile is told instead.
            if self.pending.is_empty() {
                self.commands.push_back(WrapUpCommand::Confirm);
            }
        } else {
            self.refuse(DispositionRefusal::NotWritten);
            if self.over {
                self.note_unsaid();
            }
        }
    }

    fn note_unsaid(&mut self) {
        if self.said.is_none() && self.pending.is_empty() {
            self.commands.push_back(WrapUpCommand::NoteUnsaid);
        }
    }

    fn refuse(&mut self, why: DispositionRefusal) {
        self.commands.push_back(WrapUpCommand::Refuse(why));
    }
}
