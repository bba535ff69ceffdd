//! Letters that go out: one at a time, each written down before and after.

use std::time::{Duration, Instant};

use privacy::Personal;
use request::{
    Action, Letter, LetterState, NotSentReason, Reply, RequestId, Sender, ServiceRequest,
};

use crate::{Command, Office, office::Case};

/// Between two tries, at first; each is twice as long as the one before.
const FIRST_PAUSE: Duration = Duration::from_secs(60);
const LONGEST_PAUSE: Duration = Duration::from_secs(4 * 60 * 60);
/// Four days of trying, as mail servers do (RFC 5321, 4.5.4.1).
const TRIES_MAX: u32 = 32;
/// Who has so many petitions open is told no more: else anybody could have a
/// stranger's mailbox filled by writing in their name.
const ACKNOWLEDGED_TO_ONE_MAX: usize = 10;

/// A letter that is to be given to the mail server now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    pub request: RequestId,
    pub letter: Letter,
    pub to: Sender,
    /// Of the petition.
    pub subject: Personal<String>,
    pub reply: Option<Reply>,
    /// How often it has been given to the mail server, this time included.
    pub tries: u32,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Sent,
    /// It was surely not taken, and may be later.
    Deferred,
    /// It was surely not taken and never will be.
    Refused,
    /// The line broke after all of it was said: it may have been taken.
    Unknown,
}

impl Office {
    /// After a start: what was begun and has no end may have gone out.
    pub(crate) fn say_what_is_unknown(&mut self) {
        let ids: Vec<RequestId> = self.cases.keys().cloned().collect();
        for id in ids {
            for letter in Letter::ALL {
                let begun = self.cases.get(&id).is_some_and(|it| {
                    it.request.correspondence.state(letter) == Some(LetterState::Begun)
                });
                if begun {
                    let reason = NotSentReason::Unknown;
                    self.record(&id, Action::FailSending { letter, reason });
                }
            }
            self.close_if_answered(&id);
        }
    }

    /// Begins the next letter that is due, unless another one is on its way.
    pub(crate) fn next_letter(&mut self, now: Instant) {
        while self.sending.is_none() {
            let Some((id, letter)) = self.due(now) else {
                return;
            };
            if letter == Letter::Acknowledgement && self.is_told_enough(&id) {
                self.record(&id, Action::BeginSending(letter));
                let reason = NotSentReason::Refused;
                self.record(&id, Action::FailSending { letter, reason });
                continue;
            }
            if !self.record(&id, Action::BeginSending(letter)) {
                return;
            }
            if let Some(order) = self
                .cases
                .get(&id)
                .and_then(|it| order(&it.request, letter))
            {
                self.sending = Some((id, letter));
                self.commands.push_back(Command::Send(Box::new(order)));
            }
        }
    }

    pub(crate) fn letter_ended(
        &mut self,
        id: &RequestId,
        letter: Letter,
        outcome: Outcome,
        now: Instant,
    ) {
        if self
            .sending
            .take_if(|it| *it == (id.clone(), letter))
            .is_none()
        {
            return;
        }
        let tries = (self.cases.get(id)).map_or(0, |it| it.request.correspondence.tries(letter));
        let fail = |reason| Action::FailSending { letter, reason };
        let action = match outcome {
            Outcome::Sent => Action::Send(letter),
            Outcome::Deferred if tries < TRIES_MAX => fail(NotSentReason::Deferred),
            Outcome::Deferred | Outcome::Refused => fail(NotSentReason::Refused),
            Outcome::Unknown => fail(NotSentReason::Unknown),
        };
        self.record(id, action);
        if let Some(case) = self.cases.get_mut(id)
            && case.request.correspondence.is_due(letter)
        {
            case.retry_at = Some(now + pause(tries));
        }
        self.close_if_answered(id);
    }

    fn close_if_answered(&mut self, id: &RequestId) {
        let answered =
            (self.cases.get(id)).is_some_and(|it| it.request.correspondence.reply_is_sent());
        if answered && self.record(id, Action::Close) {
            self.cases.remove(id);
        }
    }

    fn due(&self, now: Instant) -> Option<(RequestId, Letter)> {
        let rested = |it: &Case| it.retry_at.is_none_or(|at| at <= now);
        let rested = self.cases.iter().filter(|(_, it)| rested(it));
        let mut due = rested.filter_map(|(id, it)| Some((id.clone(), self.owed(it)?)));
        due.next()
    }

    /// The letter that is to go out next. The exchange must have a petition before
    /// anybody is told of it.
    pub(crate) fn owed(&self, case: &Case) -> Option<Letter> {
        let held = case.number.is_some_and(|it| it <= self.acknowledged);
        let mut letters = Letter::ALL.into_iter().filter(|_| held);
        letters.find(|letter| case.request.correspondence.is_due(*letter))
    }

    fn is_told_enough(&self, id: &RequestId) -> bool {
        let sender = |of: &ServiceRequest| {
            let sender = of.correspondence.sender.as_ref();
            sender.map(|it| it.address.clone())
        };
        let Some(case) = self.cases.get(id) else {
            return true;
        };
        let told = self.cases.values().filter(|it| {
            it.request.correspondence.state(Letter::Acknowledgement) == Some(LetterState::Sent)
                && sender(&it.request) == sender(&case.request)
        });
        told.count() >= ACKNOWLEDGED_TO_ONE_MAX
    }

    /// Decides, takes over and has written down; `false` when it is not allowed.
    fn record(&mut self, id: &RequestId, action: Action) -> bool {
        let Some(case) = self.cases.get_mut(id) else {
            return false;
        };
        match case.request.decide(action) {
            Ok(event) => {
                case.request.apply(&event);
                case.retry_at = None;
                let request = id.clone();
                self.commands.push_back(Command::Record { request, event });
                true
            }
            Err(refusal) => {
                tracing::error!(request = %id, %refusal, "A letter's fate cannot be written down");
                false
            }
        }
    }
}

fn order(request: &ServiceRequest, letter: Letter) -> Option<Order> {
    let letters = &request.correspondence;
    Some(Order {
        request: request.id.clone(),
        letter,
        to: letters.sender.clone()?,
        subject: request.answers.get("subject").cloned().unwrap_or_default(),
        reply: match letter {
            Letter::Acknowledgement => None,
            Letter::Reply => letters.reply.clone(),
        },
        tries: letters.tries(letter),
    })
}

fn pause(tries: u32) -> Duration {
    let doubled = 1_u32
        .checked_shl(tries.saturating_sub(1))
        .unwrap_or(u32::MAX);
    FIRST_PAUSE.saturating_mul(doubled).min(LONGEST_PAUSE)
}
