//! One end's mail: what is not yet taken, how far the other end was heard, and
//! which questions are on their way.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use crate::{Attempt, BATCH_MAX, Delivery, Numbered, Posting, Presence};

/// How long the exchange is let hold a question.
const LISTEN: Duration = Duration::from_secs(15);
const FIRST_PAUSE: Duration = Duration::from_millis(500);
const LONGEST_PAUSE: Duration = Duration::from_secs(4);
const BREATH: Duration = Duration::from_millis(250);
/// A line without any answer for this long is lost.
const PATIENCE: Duration = Duration::from_secs(45);
/// What is said and not taken; far more than people say within [`PATIENCE`].
const OUTBOX_MAX: usize = 64;

#[derive(Debug)]
pub(crate) struct Correspondence<Out> {
    said: u64,
    outbox: VecDeque<Numbered<Out>>,
    /// What has been in a posting cannot be changed any more.
    posted: u64,
    received: u64,
    known: Option<Presence>,
    /// Carries messages; answered at once.
    posting: Option<Attempt>,
    /// Carries none; held by the exchange.
    listening: Option<Attempt>,
    /// Set when the exchange had nothing to tell: an exchange that does not hold
    /// questions is not asked without end.
    listen_at: Option<Instant>,
    pause: Duration,
    retry_at: Option<Instant>,
    heard_at: Instant,
}

/// A question to be sent: the posting and how long it may be held.
pub(crate) type Letter<Out> = (Posting<Out>, Duration);

impl<Out: Clone> Correspondence<Out> {
    pub(crate) fn new(now: Instant) -> Self {
        Self {
            said: 0,
            outbox: VecDeque::new(),
            posted: 0,
            received: 0,
            known: None,
            posting: None,
            listening: None,
            listen_at: None,
            pause: FIRST_PAUSE,
            retry_at: None,
            heard_at: now,
        }
    }

    /// Says something; where `replaces` holds for what was said last and is not on
    /// its way yet, instead of that. Nothing when far too much waits already.
    pub(crate) fn say(&mut self, message: Out, replaces: impl Fn(&Out) -> bool) {
        if let Some(last) = self.outbox.back_mut()
            && last.number > self.posted
            && replaces(&last.message)
        {
            last.message = message;
        } else if self.outbox.len() < OUTBOX_MAX {
            self.said += 1;
            let number = self.said;
            self.outbox.push_back(Numbered { number, message });
        }
    }

    /// The next question to ask, under the attempt that `name` gives it.
    pub(crate) fn ask(
        &mut self,
        now: Instant,
        name: impl FnOnce() -> Attempt,
    ) -> Option<(Attempt, Letter<Out>)> {
        if self.retry_at.is_some_and(|due| now < due) {
            return None;
        }
        self.retry_at = None;
        if !self.outbox.is_empty() && self.posting.is_none() {
            let attempt = name();
            let messages: Vec<_> = self.outbox.iter().take(BATCH_MAX).cloned().collect();
            let last = messages.last().map_or(0, |it| it.number);
            self.posted = self.posted.max(last);
            self.posting = Some(attempt);
            return Some((attempt, self.letter(messages, Duration::ZERO)));
        }
        if self.listening.is_none() && self.listen_at.is_none_or(|due| due <= now) {
            self.listen_at = None;
            let attempt = name();
            self.listening = Some(attempt);
            return Some((attempt, self.letter(Vec::new(), LISTEN)));
        }
        None
    }

    fn letter(&self, messages: Vec<Numbered<Out>>, wait: Duration) -> Letter<Out> {
        let posting = Posting {
            received: self.received,
            messages,
            known: self.known.clone(),
        };
        (posting, wait)
    }

    /// What is new in a delivery; `None` when nobody asked for it.
    pub(crate) fn delivered<In>(
        &mut self,
        attempt: Attempt,
        delivery: Delivery<In>,
        now: Instant,
    ) -> Option<Vec<In>> {
        if !self.settle(attempt) {
            return None;
        }
        self.heard_at = now;
        self.pause = FIRST_PAUSE;
        self.outbox.retain(|it| it.number > delivery.taken);
        if !delivery.is_news(self.known.as_ref()) && self.listening.is_none() {
            self.listen_at = Some(now + BREATH);
        }
        self.known = Some(delivery.presence);
        let mut heard = Vec::new();
        for Numbered { number, message } in delivery.messages {
            // Both questions may bring the same message.
            if number == self.received + 1 {
                self.received = number;
                heard.push(message);
            }
        }
        Some(heard)
    }

    /// A question was not answered. Whether it was ours.
    pub(crate) fn failed(&mut self, attempt: Attempt, now: Instant) -> bool {
        if !self.settle(attempt) {
            return false;
        }
        self.retry_at = Some(now + self.pause);
        self.pause = (self.pause * 2).min(LONGEST_PAUSE);
        true
    }

    fn settle(&mut self, attempt: Attempt) -> bool {
        if self.posting == Some(attempt) {
            self.posting = None;
            return true;
        }
        if self.listening == Some(attempt) {
            self.listening = None;
            return true;
        }
        false
    }

    /// Whether the exchange has everything that was said.
    pub(crate) fn is_all_taken(&self) -> bool {
        self.outbox.is_empty()
    }

    pub(crate) fn is_lost(&self, now: Instant) -> bool {
        now >= self.heard_at + PATIENCE
    }

    pub(crate) fn poll_timeout(&self) -> Instant {
        let lost = self.heard_at + PATIENCE;
        // Nothing is asked before the pause is over.
        let next = self.retry_at.or(self.listen_at);
        next.map_or(lost, |next| next.min(lost))
    }
}
