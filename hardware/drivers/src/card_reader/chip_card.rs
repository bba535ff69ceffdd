//! A reader of chip cards: when a card is wanted it is read, whoever pulls it is told.
//!
//! Reading is one conversation with a number of its own; what a stuck card says
//! after its conversation was given up is nobody's answer any more.

mod apdu;
mod identity_dialogue;
mod identity_profile;

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use devices::{
    DeviceState,
    card_reader::{CardFault, CardReaderEvent, CardReaderOrder, CardReaderStatus},
};
use jiff::civil::Date;
use zeroize::Zeroizing;

pub(super) use apdu::{Protocol, RESPONSE_MAX};
use identity_dialogue::{IdentityDialogue, Next};
pub use identity_profile::read_template;

/// From the wish to read a card to its last answer; it takes less than a second.
const READ_TIMEOUT: Duration = Duration::from_secs(5);
/// A card that goes away breaks its connection before its leaving is told.
const DOUBT: Duration = Duration::from_secs(1);
/// Somebody else has the card and will have finished soon.
const BUSY_PAUSE: Duration = Duration::from_millis(200);

/// A conversation's number.
pub(super) type Conversation = u64;

/// What reaches the reader.
#[derive(Debug)]
pub(super) enum Input {
    Order(CardReaderOrder),
    ReaderFound,
    ReaderLost,
    CardIn,
    CardOut,
    Answer(Conversation, Answer),
}

#[derive(Debug)]
pub(super) enum Answer {
    Connected {
        protocol: Protocol,
        /// The day on which the card is read.
        today: Date,
    },
    /// Somebody else is talking to the card.
    Busy,
    Response(Zeroizing<Vec<u8>>),
    /// The card does not answer, or is no longer there.
    Broken,
}

/// What the reader wants done.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Output {
    Ask(Conversation, Question),
    Tell(CardReaderEvent),
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Question {
    Connect,
    Transmit(Vec<u8>),
    /// Lets the card forget everything; not answered.
    Disconnect,
}

#[derive(Default)]
pub(super) struct ChipCardReader {
    /// A card is wanted; what it holds otherwise is nobody's business.
    accepting: bool,
    state: Option<DeviceState>,
    card: Card,
    conversation: Conversation,
    outputs: VecDeque<Output>,
}

#[derive(Default)]
enum Card {
    #[default]
    Out,
    /// It is in and nothing is done with it.
    Lying,
    Reading {
        dialogue: Option<IdentityDialogue>,
        due: Instant,
        connect_again: Option<Instant>,
    },
    /// Its connection broke: it was pulled, or it is broken.
    Doubtful { due: Instant },
}

impl ChipCardReader {
    pub(super) fn handle(&mut self, input: Input, now: Instant) {
        match input {
            Input::Order(CardReaderOrder::Accept) => {
                self.accepting = true;
                if matches!(self.card, Card::Lying) {
                    self.begin(now);
                }
            }
            Input::Order(CardReaderOrder::Release) => {
                self.accepting = false;
                if !matches!(self.card, Card::Out) {
                    self.end(Card::Lying);
                }
            }
            Input::ReaderFound => self.status(DeviceState::Ready),
            Input::ReaderLost => {
                self.card_out();
                self.status(DeviceState::Absent);
            }
            Input::CardIn => self.card_in(now),
            Input::CardOut => self.card_out(),
            Input::Answer(conversation, answer) if conversation == self.conversation => {
                self.answered(answer, now);
            }
            Input::Answer(..) => {}
        }
    }

    pub(super) fn handle_timeout(&mut self, now: Instant) {
        match &mut self.card {
            Card::Reading { due, .. } | Card::Doubtful { due } if *due <= now => {
                self.end(Card::Lying);
                self.tell(CardReaderEvent::Refused(CardFault::Unreadable));
            }
            Card::Reading { connect_again, .. } if connect_again.is_some_and(|at| at <= now) => {
                *connect_again = None;
                self.ask(Question::Connect);
            }
            Card::Out | Card::Lying | Card::Reading { .. } | Card::Doubtful { .. } => {}
        }
    }

    pub(super) fn poll_output(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    pub(super) fn poll_timeout(&self) -> Option<Instant> {
        match &self.card {
            Card::Out | Card::Lying => None,
            Card::Reading {
                due, connect_again, ..
            } => connect_again.map_or(Some(*due), |at| Some(at.min(*due))),
            Card::Doubtful { due } => Some(*due),
        }
    }

    fn card_in(&mut self, now: Instant) {
        if !matches!(self.card, Card::Out) {
            return;
        }
        self.card = Card::Lying;
        self.tell(CardReaderEvent::Inserted);
        if self.accepting {
            self.begin(now);
        }
    }

    fn card_out(&mut self) {
        if !matches!(self.card, Card::Out) {
            self.end(Card::Out);
            self.tell(CardReaderEvent::Removed);
        }
    }

    fn begin(&mut self, now: Instant) {
        self.conversation += 1;
        self.card = Card::Reading {
            dialogue: None,
            due: now + READ_TIMEOUT,
            connect_again: None,
        };
        self.ask(Question::Connect);
    }

    /// Ends a conversation, if there is one.
    fn end(&mut self, card: Card) {
        let before = std::mem::replace(&mut self.card, card);
        if matches!(before, Card::Reading { .. } | Card::Doubtful { .. }) {
            self.ask(Question::Disconnect);
            self.conversation += 1;
        }
    }

    fn answered(&mut self, answer: Answer, now: Instant) {
        let Card::Reading {
            dialogue,
            connect_again,
            ..
        } = &mut self.card
        else {
            return;
        };
        match (dialogue, answer) {
            (none @ None, Answer::Connected { protocol, today }) => {
                let (begun, command) = IdentityDialogue::begin(protocol, today);
                *none = Some(begun);
                self.ask(Question::Transmit(command));
            }
            (None, Answer::Busy) => *connect_again = Some(now + BUSY_PAUSE),
            (Some(dialogue), Answer::Response(response)) => match dialogue.answered(&response) {
                Next::Transmit(command) => self.ask(Question::Transmit(command)),
                Next::Finished(outcome) => {
                    self.end(Card::Lying);
                    self.tell(match outcome {
                        Ok(holder) => CardReaderEvent::Read(holder),
                        Err(fault) => CardReaderEvent::Refused(fault),
                    });
                }
            },
            (_, Answer::Broken) => self.card = Card::Doubtful { due: now + DOUBT },
            (None, Answer::Response(_)) | (Some(_), Answer::Connected { .. } | Answer::Busy) => {}
        }
    }

    fn status(&mut self, state: DeviceState) {
        if self.state.replace(state) != Some(state) {
            self.tell(CardReaderEvent::Status(CardReaderStatus { state }));
        }
    }

    fn ask(&mut self, question: Question) {
        self.outputs
            .push_back(Output::Ask(self.conversation, question));
    }

    fn tell(&mut self, event: CardReaderEvent) {
        self.outputs.push_back(Output::Tell(event));
    }
}

#[cfg(test)]
mod tests;
