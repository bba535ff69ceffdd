//! Admission: how many new calls and registrations are taken in a second.
//!
//! Whoever is refused gets 503 with `Retry-After` (RFC 3261 §21.5.4), before
//! anything is remembered of the request.

use std::{
    collections::HashMap,
    net::IpAddr,
    time::{Duration, Instant},
};

/// A rate: so many at once, and then one every so often.
#[derive(Clone, Copy, Debug)]
pub struct Rate {
    pub at_once: u32,
    /// Between two, once those at once are used up.
    pub every: Duration,
}

impl Rate {
    /// So many a second, and as many at once.
    pub fn per_second(count: u32) -> Self {
        let count = count.max(1);
        Self {
            at_once: count,
            every: Duration::from_secs(1) / count,
        }
    }
}

/// What is limited.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub calls: Rate,
    pub calls_from_one: Rate,
    pub registrations: Rate,
    pub registrations_from_one: Rate,
    /// Calls to the emergency queue; nothing else takes from it.
    pub emergencies: Rate,
    /// Sources remembered. When all are in use, further ones are held to the
    /// common rates alone: forged senders must not shut out true ones.
    pub sources_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            calls: Rate::per_second(50),
            calls_from_one: Rate::per_second(20),
            registrations: Rate::per_second(100),
            registrations_from_one: Rate::per_second(10),
            emergencies: Rate::per_second(200),
            sources_max: 10_000,
        }
    }
}

/// Who asks to be let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Request {
    Call,
    /// A call to the emergency queue passes before all others.
    Emergency,
    Registration,
}

/// Too much is asked; to be tried again after so long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overload {
    pub retry_after: Duration,
}

/// The limits with what has been taken of them.
pub struct Admission {
    limits: Limits,
    calls: Bucket,
    registrations: Bucket,
    emergencies: Bucket,
    sources: HashMap<IpAddr, Source>,
}

#[derive(Default)]
struct Source {
    calls: Bucket,
    registrations: Bucket,
}

/// The time until which a rate is used up (the generic cell rate algorithm).
#[derive(Clone, Copy, Debug, Default)]
struct Bucket(Option<Instant>);

impl Admission {
    pub fn new(limits: Limits) -> Self {
        Self {
            limits,
            calls: Bucket::default(),
            registrations: Bucket::default(),
            emergencies: Bucket::default(),
            sources: HashMap::new(),
        }
    }

    /// Lets a request in, or not.
    ///
    /// # Errors
    /// When its source or all sources together ask too often. Nothing is taken then.
    pub fn admit(
        &mut self,
        request: Request,
        source: IpAddr,
        now: Instant,
    ) -> Result<(), Overload> {
        let limits = self.limits;
        if request == Request::Emergency {
            return self.emergencies.take(limits.emergencies, now);
        }
        self.forget(now);
        let known = self.sources.len() < limits.sources_max || self.sources.contains_key(&source);
        let mut stranger = Source::default();
        let from_one = if known {
            self.sources.entry(source).or_default()
        } else {
            &mut stranger
        };
        let (own, own_rate, all, rate) = match request {
            Request::Call | Request::Emergency => (
                &mut from_one.calls,
                limits.calls_from_one,
                &mut self.calls,
                limits.calls,
            ),
            Request::Registration => (
                &mut from_one.registrations,
                limits.registrations_from_one,
                &mut self.registrations,
                limits.registrations,
            ),
        };
        let before = *own;
        own.take(own_rate, now)?;
        all.take(rate, now).inspect_err(|_| *own = before)
    }

    /// Sources remembered.
    pub fn sources(&self) -> usize {
        self.sources.len()
    }

    /// A source whose rates are whole again is as good as a new one.
    fn forget(&mut self, now: Instant) {
        if self.sources.len() >= self.limits.sources_max {
            self.sources
                .retain(|_, it| it.calls.is_used(now) || it.registrations.is_used(now));
        }
    }
}

impl Bucket {
    fn take(&mut self, rate: Rate, now: Instant) -> Result<(), Overload> {
        let used_until = self.0.map_or(now, |it| it.max(now));
        let full = rate.every * rate.at_once.saturating_sub(1);
        let ahead = used_until.saturating_duration_since(now);
        if let Some(wait) = ahead.checked_sub(full).filter(|it| !it.is_zero()) {
            return Err(Overload { retry_after: wait });
        }
        self.0 = Some(used_until + rate.every);
        Ok(())
    }

    fn is_used(&self, now: Instant) -> bool {
        self.0.is_some_and(|it| it > now)
    }
}
