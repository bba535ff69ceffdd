//! Lock-out: who guesses passwords waits longer and longer.

use std::{
    collections::HashMap,
    hash::Hash,
    net::IpAddr,
    time::{Duration, Instant},
};

/// How many tries there are and how long one waits after them.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// Failures before the first wait.
    pub tries: u32,
    /// The first wait; each further failure doubles it.
    pub first_wait: Duration,
    pub longest_wait: Duration,
    /// Failures this long ago are forgotten.
    pub forgotten_after: Duration,
}

/// Who has to wait, and how long yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Locked {
    pub wait: Duration,
}

/// Failures by source and by account.
pub struct Lockout {
    sources: Failures<IpAddr>,
    accounts: Failures<String>,
}

impl Lockout {
    /// Remembers at most `entries_max` sources and as many accounts.
    ///
    /// Accounts are given more patience than sources: whoever fails on purpose
    /// with somebody else's name must not keep them from their telephone for long.
    pub fn new(sources: Patience, accounts: Patience, entries_max: usize) -> Self {
        Self {
            sources: Failures::new(sources, entries_max),
            accounts: Failures::new(accounts, entries_max),
        }
    }

    /// Whether a try is looked at at all.
    ///
    /// # Errors
    /// When the source or the account has to wait; the password must not even be
    /// compared then.
    pub fn may_try(&self, source: IpAddr, account: &str, now: Instant) -> Result<(), Locked> {
        let waits = [
            self.sources.wait(&source, now),
            self.accounts.wait(account, now),
        ];
        match waits.into_iter().flatten().max() {
            Some(wait) => Err(Locked { wait }),
            None => Ok(()),
        }
    }

    /// A try was wrong.
    pub fn failed(&mut self, source: IpAddr, account: &str, now: Instant) {
        self.sources.add(source, now);
        self.accounts.add(account.to_owned(), now);
    }

    /// A try was right: the account's failures are forgotten, the source's are
    /// not, or one good account would open the way to guess at the others.
    pub fn succeeded(&mut self, account: &str) {
        self.accounts.entries.remove(account);
    }

    /// Entries remembered, for whoever watches the memory.
    pub fn len(&self) -> usize {
        self.sources.entries.len() + self.accounts.entries.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

struct Failures<K> {
    patience: Patience,
    entries_max: usize,
    entries: HashMap<K, Entry>,
}

struct Entry {
    count: u32,
    locked_until: Instant,
    last: Instant,
}

impl<K: Eq + Hash + Clone> Failures<K> {
    fn new(patience: Patience, entries_max: usize) -> Self {
        Self {
            patience,
            entries_max: entries_max.max(1),
            entries: HashMap::new(),
        }
    }

    fn wait<Q>(&self, key: &Q, now: Instant) -> Option<Duration>
    where
        K: std::borrow::Borrow<Q>,
        Q: Eq + Hash + ?Sized,
    {
        let wait = self
            .entries
            .get(key)?
            .locked_until
            .checked_duration_since(now)?;
        (!wait.is_zero()).then_some(wait)
    }

    fn add(&mut self, key: K, now: Instant) {
        self.make_room(&key, now);
        let Patience {
            tries,
            first_wait,
            longest_wait,
            forgotten_after,
        } = self.patience;
        let entry = self.entries.entry(key).or_insert(Entry {
            count: 0,
            locked_until: now,
            last: now,
        });
        if now.saturating_duration_since(entry.last) > forgotten_after {
            entry.count = 0;
        }
        entry.count = entry.count.saturating_add(1);
        entry.last = now;
        if let Some(beyond) = entry.count.checked_sub(tries) {
            let factor = 1_u32.checked_shl(beyond).unwrap_or(u32::MAX);
            let wait = first_wait.saturating_mul(factor).min(longest_wait);
            entry.locked_until = now + wait;
        }
    }

    /// The memory is bounded: what is longest ago goes first.
    fn make_room(&mut self, key: &K, now: Instant) {
        if self.entries.len() < self.entries_max || self.entries.contains_key(key) {
            return;
        }
        let forgotten_after = self.patience.forgotten_after;
        self.entries
            .retain(|_, it| now.saturating_duration_since(it.last) <= forgotten_after);
        while self.entries.len() >= self.entries_max {
            let oldest = self
                .entries
                .iter()
                .min_by_key(|(_, entry)| (entry.locked_until, entry.last))
                .map(|(key, _)| key.clone());
            match oldest {
                Some(oldest) => self.entries.remove(&oldest),
                None => return,
            };
        }
    }
}
