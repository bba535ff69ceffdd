//! What is said to one card: select the application, read its file, piece by piece.

use devices::card_reader::{CardFault, CardHolder};
use jiff::civil::Date;
use zeroize::Zeroizing;

use super::{
    apdu::{
        Protocol, RESPONSE_MAX, Status, get_response, read_file, read_on, read_response, select,
    },
    identity_profile::{APPLICATION, FILE, TEMPLATE_MAX, read_template, template_length},
};

/// More commands than any card needs; one that wants more is playing with us.
const COMMANDS_MAX: u32 = 32;

/// What comes after a response.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next {
    Transmit(Vec<u8>),
    Finished(Result<CardHolder, CardFault>),
}

pub(super) struct IdentityDialogue {
    step: Step,
    today: Date,
    /// The last command that was not a GET RESPONSE.
    command: Vec<u8>,
    commands: u32,
    /// What came so far in answer to it.
    answer: Zeroizing<Vec<u8>>,
    template: Zeroizing<Vec<u8>>,
}

#[derive(Clone, Copy)]
enum Step {
    Selecting,
    Reading,
}

impl IdentityDialogue {
    /// Begins with the first command.
    pub(super) fn begin(protocol: Protocol, today: Date) -> (Self, Vec<u8>) {
        let command = select(&APPLICATION, protocol);
        // As long as they can get, so that growing leaves no copy behind.
        let dialogue = Self {
            step: Step::Selecting,
            today,
            command: command.clone(),
            commands: 1,
            answer: Zeroizing::new(Vec::with_capacity(RESPONSE_MAX)),
            template: Zeroizing::new(Vec::with_capacity(TEMPLATE_MAX + RESPONSE_MAX)),
        };
        (dialogue, command)
    }

    pub(super) fn answered(&mut self, response: &[u8]) -> Next {
        match self.read(response) {
            Ok(command) if self.commands < COMMANDS_MAX => {
                self.commands += 1;
                Next::Transmit(command)
            }
            Ok(_) => Next::Finished(Err(CardFault::Unreadable)),
            Err(end) => Next::Finished(end),
        }
    }

    /// The next command, or how it ended.
    fn read(&mut self, response: &[u8]) -> Result<Vec<u8>, Result<CardHolder, CardFault>> {
        let unreadable = Err(CardFault::Unreadable);
        let Some((data, status)) = read_response(response) else {
            return Err(unreadable);
        };
        if self.answer.len() + data.len() > RESPONSE_MAX {
            return Err(unreadable);
        }
        self.answer.extend_from_slice(data);
        match (self.step, status) {
            (_, Status::More(length)) => Ok(get_response(length)),
            (Step::Reading, Status::Length(length)) => {
                let last = self.command.last_mut().expect("no command is empty");
                *last = length;
                self.answer.clear();
                Ok(self.command.clone())
            }
            (Step::Selecting, Status::Done) => {
                self.step = Step::Reading;
                Ok(self.ask(read_file(FILE)))
            }
            (Step::Reading, Status::Done | Status::FileEnded) => self.collect(status),
            (_, Status::Corrupted) => Err(Err(CardFault::Damaged)),
            (_, Status::Failing(word)) => {
                tracing::debug!(status = format!("{word:04x}"), "A card reports a fault");
                Err(unreadable)
            }
            // Another application, another file: another kind of card.
            (Step::Selecting, Status::Refused(_) | Status::FileEnded | Status::Length(_))
            | (Step::Reading, Status::Refused(0x6a82)) => Err(Err(CardFault::Unknown)),
            (Step::Reading, Status::Refused(word)) => {
                tracing::debug!(status = format!("{word:04x}"), "A card let nothing be read");
                Err(unreadable)
            }
        }
    }

    fn collect(&mut self, status: Status) -> Result<Vec<u8>, Result<CardHolder, CardFault>> {
        let nothing = self.answer.is_empty();
        self.template.extend_from_slice(&self.answer);
        let wanted = template_length(&self.template).map_err(Err)?;
        match wanted {
            Some(length) if self.template.len() >= length => {
                Err(read_template(&self.template[..length], self.today))
            }
            // The file is shorter than it says.
            _ if nothing || status == Status::FileEnded => Err(Err(CardFault::Unreadable)),
            _ => {
                let offset = u16::try_from(self.template.len()).unwrap_or(u16::MAX);
                Ok(self.ask(read_on(offset)))
            }
        }
    }

    fn ask(&mut self, command: Vec<u8>) -> Vec<u8> {
        self.answer.clear();
        self.command.clone_from(&command);
        command
    }
}
