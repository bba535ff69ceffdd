//! What is going to happen, in the order of time.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

/// Two things at one moment happen in the order they were planned.
pub(crate) struct Agenda<T> {
    planned: u64,
    ahead: BTreeMap<(Instant, u64), T>,
}

impl<T> Default for Agenda<T> {
    fn default() -> Self {
        Self {
            planned: 0,
            ahead: BTreeMap::new(),
        }
    }
}

impl<T> Agenda<T> {
    pub(crate) fn plan(&mut self, now: Instant, after: Duration, what: T) {
        self.planned += 1;
        self.ahead.insert((now + after, self.planned), what);
    }

    /// When the next thing happens.
    pub(crate) fn next(&self) -> Option<Instant> {
        self.ahead.keys().next().map(|(at, _)| *at)
    }

    /// Takes the next thing that is due by now.
    pub(crate) fn pop(&mut self, now: Instant) -> Option<T> {
        let entry = self.ahead.first_entry()?;
        (entry.key().0 <= now).then(|| entry.remove())
    }

    /// Takes out everything that is so.
    pub(crate) fn take(&mut self, is_so: impl Fn(&T) -> bool) -> Vec<T> {
        self.ahead
            .extract_if(.., |_, what| is_so(what))
            .map(|(_, what)| what)
            .collect()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> {
        self.ahead.values()
    }
}
