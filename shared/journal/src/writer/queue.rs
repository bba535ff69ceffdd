//! What waits for the journal's thread, in the order it was asked for.

use std::{collections::VecDeque, time::Duration};

use parking_lot::{Condvar, Mutex};

use crate::{
    Journal,
    draft::Draft,
    writer::group::{Group, Place},
};

/// How long the first of a group waits for as many as shared the last one: they
/// were told at the same time and will soon be back. Whoever writes alone waits
/// for nobody (as `commit_delay` with `commit_siblings` in PostgreSQL).
const GATHER: Duration = Duration::from_micros(200);

pub(super) type Errand = Box<dyn FnOnce(&mut Journal) + Send>;

pub(super) enum Order {
    Append(Group),
    Do(Errand),
}

#[derive(Default)]
pub(super) struct Queue {
    state: Mutex<State>,
    heard: Condvar,
}

#[derive(Default)]
struct State {
    orders: VecDeque<Order>,
    /// The thread sleeps until this many entries wait, or anything behind them.
    sleeps_until: Option<usize>,
    closed: bool,
}

impl Queue {
    /// Says where the answer will be told; none once the queue is closed.
    pub(super) fn append(&self, draft: Draft) -> Option<Place> {
        let mut state = self.state.lock();
        if state.closed {
            return None;
        }
        let (group, place) = match state.orders.pop_back() {
            Some(Order::Append(group)) if !group.is_full() => group.with(draft),
            last => {
                state.orders.extend(last);
                Group::default().with(draft)
            }
        };
        state.orders.push_back(Order::Append(group));
        self.wake(&state);
        Some(place)
    }

    /// Answers whether it will be done; not once the queue is closed.
    pub(super) fn errand(&self, errand: Errand) -> bool {
        let mut state = self.state.lock();
        if !state.closed {
            state.orders.push_back(Order::Do(errand));
            self.wake(&state);
        }
        !state.closed
    }

    /// What waits is still done, unless the thread itself has ended.
    pub(super) fn close(&self) {
        self.state.lock().closed = true;
        self.heard.notify_one();
    }

    /// Whoever still waits learns that nobody will come.
    pub(super) fn abandon(&self) {
        let mut state = self.state.lock();
        state.closed = true;
        state.orders.clear();
    }

    /// Waits for the next order; none when the queue is closed and empty.
    /// `usual` is how many entries the last group had.
    pub(super) fn take(&self, usual: usize) -> Option<Order> {
        let mut state = self.state.lock();
        state.sleeps_until = Some(1);
        self.heard
            .wait_while(&mut state, |it| !it.reaches(1) && !it.closed);
        state.sleeps_until = Some(usual);
        self.heard
            .wait_while_for(&mut state, |it| !it.reaches(usual) && !it.closed, GATHER);
        state.sleeps_until = None;
        state.orders.pop_front()
    }

    fn wake(&self, state: &State) {
        if state.sleeps_until.is_some_and(|count| state.reaches(count)) {
            self.heard.notify_one();
        }
    }
}

impl State {
    /// Whether there is something that does not wait for company, or a group of so many.
    fn reaches(&self, count: usize) -> bool {
        match self.orders.front() {
            None => false,
            Some(Order::Append(group)) => self.orders.len() > 1 || group.len() >= count,
            Some(Order::Do(_)) => true,
        }
    }
}
