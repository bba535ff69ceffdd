//! The note before the stacker, and what the validator's states say of it.

use std::time::{Duration, Instant};

use super::{
    BillValidatorEvent as Event, Found,
    state::{Lying, State},
};

/// A note moves for at most so long; then it is sent on its way again.
const MOVING: Duration = Duration::from_secs(5);
/// Validators hold a note for 10 s; then they give it back by themselves (5.4, HOLD).
const EXTEND: Duration = Duration::from_secs(4);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Route {
    Stack,
    Return,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whose {
    /// Somebody was told of it.
    Told,
    /// Nobody wanted it, or it is worth nothing here.
    Unwanted,
    /// It lay there when all began.
    Found,
}

struct Held {
    /// `None` of one that was found held: its kind is told no more.
    kind: Option<u8>,
    value_won: Option<u32>,
    whose: Whose,
    route: Option<Route>,
    /// When it is sent on its way (again), or its time in the escrow extended.
    due: Instant,
    /// The power failed, and when it came back the note was given back.
    given_back: bool,
}

#[derive(Default)]
pub(super) struct Note {
    held: Option<Held>,
    /// Said last; what is said twice in a row happened once.
    before: Option<State>,
    news: Vec<Event>,
}

impl Note {
    pub(super) fn is_held(&self) -> bool {
        self.held.is_some()
    }

    pub(super) fn route(&mut self, route: Route, now: Instant) {
        if let Some(held) = self.held.as_mut().filter(|it| it.whose == Whose::Told) {
            held.route = Some(route);
            held.due = now;
        }
    }

    /// What the escrow is to be told now: where the note goes, or (`None`) that it stays.
    pub(super) fn due_route(&mut self, now: Instant) -> Option<Option<Route>> {
        let held = self.held.as_mut().filter(|held| held.due <= now)?;
        held.due = now + if held.route.is_some() { MOVING } else { EXTEND };
        Some(held.route)
    }

    /// What a state means. `value_won` is what a note is worth, if anything; `wanted` is
    /// whether one is taken at all.
    pub(super) fn see(
        &mut self,
        state: State,
        value_won: impl Fn(u8) -> Option<u32>,
        wanted: bool,
        now: Instant,
    ) -> Vec<Event> {
        let before = self.before.replace(state);
        if before != Some(state) {
            match state {
                State::Escrow(kind) => {
                    // In the escrow as before, for all that was said meanwhile.
                    let same = matches!(before, None | Some(State::Holding | State::Busy));
                    if !(same && self.held.as_ref().is_some_and(|it| it.kind == Some(kind))) {
                        self.lose();
                        let value_won = value_won(kind);
                        self.take_up(Some(kind), value_won, wanted, before.is_none(), now);
                    }
                }
                State::Stacked(kind) => self.stacked(value_won(kind), before),
                State::Returned(_) => self.returned(before),
                State::Holding if before.is_none() && self.held.is_none() => {
                    self.take_up(None, None, false, true, now);
                }
                State::Rejecting => {
                    self.lose();
                    self.news.push(Event::Rejected);
                }
                State::PowerUp(lying) => self.power_came_back(lying),
                State::Idling | State::Accepting | State::Disabled => match &self.held {
                    Some(held) if held.given_back => self.returned(before),
                    Some(_) | None => self.lose(),
                },
                State::Initialising
                | State::Stacking
                | State::Returning
                | State::Holding
                | State::Busy
                | State::Hindered
                | State::Fault(_) => {}
            }
        }
        std::mem::take(&mut self.news)
    }

    fn take_up(
        &mut self,
        kind: Option<u8>,
        value_won: Option<u32>,
        wanted: bool,
        first: bool,
        now: Instant,
    ) {
        let whose = match value_won {
            _ if first => Whose::Found,
            Some(value_won) if wanted => {
                self.news.push(Event::Escrowed { value_won });
                Whose::Told
            }
            Some(_) | None => Whose::Unwanted,
        };
        let told = whose == Whose::Told;
        self.held = Some(Held {
            kind,
            value_won,
            whose,
            route: (!told).then_some(Route::Return),
            due: if told { now + EXTEND } else { now },
            given_back: false,
        });
    }

    fn stacked(&mut self, value_won: Option<u32>, before: Option<State>) {
        let news = match self.held.take() {
            Some(held) if held.whose != Whose::Found => match value_won.or(held.value_won) {
                Some(value_won) => Event::Stacked { value_won },
                None => Event::Unknown { value_won: None },
            },
            Some(_) => Event::Found(Found::Stacked),
            // It was on its way when all began.
            None if matches!(before, None | Some(State::Stacking | State::Initialising)) => {
                Event::Found(Found::Stacked)
            }
            None => return,
        };
        self.news.push(news);
    }

    fn returned(&mut self, before: Option<State>) {
        let news = match self.held.take().map(|held| (held.whose, held.value_won)) {
            Some((Whose::Told, Some(value_won))) => Event::Returned { value_won },
            Some((Whose::Found, _)) => Event::Found(Found::GivenBack),
            Some((Whose::Told | Whose::Unwanted, _)) => Event::Rejected,
            None if matches!(before, None | Some(State::Returning)) => {
                Event::Found(Found::GivenBack)
            }
            None => return,
        };
        self.news.push(news);
    }

    fn power_came_back(&mut self, lying: Lying) {
        match (lying, &mut self.held) {
            (Lying::Nowhere, _) => self.lose(),
            // It comes out when the validator is reset.
            (Lying::InValidator, Some(held)) => held.given_back = true,
            (Lying::InValidator, None) => self.news.push(Event::Found(Found::GivenBack)),
            (Lying::InStacker, held) => {
                let told = held.take().filter(|held| held.whose == Whose::Told);
                self.news.push(match told.and_then(|held| held.value_won) {
                    Some(value_won) => Event::Stacked { value_won },
                    None => Event::Found(Found::Stacked),
                });
            }
        }
    }

    /// The note is gone and nothing told where.
    fn lose(&mut self) {
        if let Some(held) = self.held.take() {
            let value_won = held.value_won;
            self.news.push(match held.whose {
                Whose::Told => Event::Unknown { value_won },
                Whose::Unwanted | Whose::Found => Event::Unknown { value_won: None },
            });
        }
    }
}
