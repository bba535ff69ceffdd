//! What must hold after a power cut, whatever the disk has lost.

use std::fmt;

use request::{PaperState, RequestEvent, RequestId, ServiceRequest, SpoilReason, Stage};

use crate::{
    restart::Found,
    world::{Seen, World},
};

/// A promise of the house (ARCHITECTURE.md §3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Law {
    /// The journal opens, reads and goes on.
    Readable,
    /// What was acknowledged is there, in its order, under its number.
    NothingLost,
    /// Every entry is bound to the one before it, recovery's too.
    Chained,
    /// Nothing is there that nobody asked for.
    NothingInvented,
    /// Every request comes to a named end.
    Ended,
    /// `issued ≤ sheets ≤ begun`, and a number is on one sheet at most.
    OnePaper,
    /// What the devices took is counted, and what they did not is not.
    MoneyCounted,
    /// `taken = captured + paid out + owed`, and nobody is paid twice.
    MoneyBalanced,
}

/// A law that was broken, and where. Names no person.
#[derive(Clone, Debug)]
pub struct Violation {
    pub law: Law,
    pub detail: String,
}

impl Violation {
    pub(crate) fn unreadable(error: &journal::Error) -> Self {
        let mut detail = error.to_string();
        let mut cause = std::error::Error::source(error);
        while let Some(error) = cause {
            detail.push_str(": ");
            detail.push_str(&error.to_string());
            cause = error.source();
        }
        Self {
            law: Law::Readable,
            detail,
        }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {}", self.law, self.detail)
    }
}

/// Compares what a station has found with what the world knows.
pub(crate) fn violations(found: &Found, world: &World) -> Vec<Violation> {
    let mut broken = Verdict::default();
    for (id, seen) in &world.requests {
        broken.history(id, found, seen, world);
    }
    for id in found.kept.keys() {
        let known = world.requests.contains_key(id) || world.open().any(|(of, _)| of == id);
        broken.unless(known, Law::NothingInvented, || format!("{id} is nobody's"));
    }
    broken.numbers(found, world);
    broken.unless(found.finding.is_none(), Law::Chained, || {
        found.finding.map_or(String::new(), |it| it.to_string())
    });
    for id in world.requests.keys().chain(world.open().map(|(id, _)| id)) {
        let nothing = Seen::default();
        let seen = world.requests.get(id).unwrap_or(&nothing);
        let events = found.events(id);
        match ServiceRequest::replay(id.clone(), events) {
            Some(request) => {
                let closed = matches!(request.stage, Stage::Closed(_));
                broken.unless(closed, Law::Ended, || {
                    format!("{id} stays at {:?}", request.stage)
                });
                broken.paper(&request, events, seen);
                let kept = found.kept.get(id).map_or(&[][..], Vec::as_slice);
                broken.money(&request, Money::of(events, kept), seen);
            }
            None => broken.unless(seen.untouched(), Law::NothingLost, || {
                format!("{id} was served and is not in the journal")
            }),
        }
    }
    broken.0
}

#[derive(Default)]
struct Verdict(Vec<Violation>);

impl Verdict {
    fn unless(&mut self, holds: bool, law: Law, detail: impl FnOnce() -> String) {
        if !holds {
            self.0.push(Violation {
                law,
                detail: detail(),
            });
        }
    }

    fn history(&mut self, id: &RequestId, found: &Found, seen: &Seen, world: &World) {
        let kept = found.kept.get(id).map_or(&[][..], Vec::as_slice);
        let written = &seen.written;
        self.unless(kept.starts_with(written), Law::NothingLost, || {
            format!("{id} has {} of {} events", kept.len(), written.len())
        });
        if let Some(more) = kept.get(written.len()..).filter(|it| !it.is_empty()) {
            let mut open = world.open().filter(|(of, _)| of == id);
            let expected = more.len() == 1 && open.any(|(_, event)| more[0] == *event);
            self.unless(expected, Law::NothingInvented, || {
                format!("{id} has {} events more than asked for", more.len())
            });
        }
    }

    fn numbers(&mut self, found: &Found, world: &World) {
        let at_most = |number: u64| number + u64::from(world.open().next().is_some());
        for (what, found, promised) in [
            ("entries", found.number, world.number),
            ("publications", found.received, world.received),
        ] {
            self.unless(found >= promised, Law::NothingLost, || {
                format!("{found} {what} where {promised} were acknowledged")
            });
            self.unless(found <= at_most(promised), Law::NothingInvented, || {
                format!("{found} {what} where {promised} were asked for")
            });
        }
        self.unless(
            found.confirmed >= world.confirmed && found.confirmed <= found.number,
            Law::NothingLost,
            || {
                format!(
                    "confirmed up to {}, not {}",
                    found.confirmed, world.confirmed
                )
            },
        );
    }

    fn paper(&mut self, request: &ServiceRequest, events: &[RequestEvent], seen: &Seen) {
        for (document, state) in &request.paper.documents {
            let number = &document.number;
            let sheets = seen.sheets.get(number).copied().unwrap_or(0);
            let holds = match (state, sheets) {
                (PaperState::Issued, 1) | (PaperState::Spoiled, 0) => true,
                // A sheet that is void must be known as one that may exist.
                (PaperState::Spoiled, 1) => events.contains(&RequestEvent::Spoiled {
                    number: number.clone(),
                    reason: SpoilReason::Unknown,
                }),
                _ => false,
            };
            self.unless(holds, Law::OnePaper, || {
                format!("{number} is {state:?} and on {sheets} sheets")
            });
        }
        for number in seen.sheets.keys() {
            let known = request.paper.state(number).is_some();
            self.unless(known, Law::OnePaper, || {
                format!("{number} is on paper and in no journal")
            });
        }
    }

    fn money(&mut self, request: &ServiceRequest, money: Money, seen: &Seen) {
        let id = &request.id;
        let counted = seen.coins_won - seen.uncounted_won..=seen.coins_won;
        self.unless(
            counted.contains(&money.coins_won),
            Law::MoneyCounted,
            || format!("{id}: {} won of coins, not {counted:?}", money.coins_won),
        );
        let stacked = seen.stacked_won..=seen.stacked_won + money.stacking_won;
        self.unless(
            stacked.contains(&money.notes_won),
            Law::MoneyCounted,
            || format!("{id}: {} won of notes, not {stacked:?}", money.notes_won),
        );

        let sums = &request.money;
        let paid = sums.paid_out_won..=sums.paid_out_won + money.unknown_won;
        self.unless(
            paid.contains(&seen.paid_out_won),
            Law::MoneyBalanced,
            || format!("{id}: the hopper paid {}, not {paid:?}", seen.paid_out_won),
        );
        let found_a_place = sums.captured_won + sums.paid_out_won + sums.owed_won;
        self.unless(sums.taken_won == found_a_place, Law::MoneyBalanced, || {
            format!(
                "{id}: took {}, {found_a_place} found a place",
                sums.taken_won
            )
        });
        self.unless(request.due_won() == 0, Law::MoneyBalanced, || {
            format!("{id}: {} won are due after the end", request.due_won())
        });
    }
}

/// The money of a request, as its events tell it one by one.
#[derive(Clone, Copy, Default)]
struct Money {
    coins_won: u32,
    notes_won: u32,
    /// A note that was being stacked when the power went counts as taken.
    stacking_won: u32,
    /// Asked of a hopper that cannot tell what fell.
    unknown_won: u32,
}

impl Money {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "only what devices did counts here"
    )]
    fn of(events: &[RequestEvent], kept: &[RequestEvent]) -> Self {
        let mut money = Self::default();
        let mut escrow_won = 0;
        for event in events {
            match event {
                RequestEvent::CoinTaken { value_won } => money.coins_won += value_won,
                RequestEvent::NoteEscrowed { value_won } => escrow_won = *value_won,
                RequestEvent::NoteStacked { value_won } => money.notes_won += value_won,
                RequestEvent::PayoutUnknown { asked_won } => money.unknown_won += asked_won,
                _ => {}
            }
        }
        if kept.last() == Some(&RequestEvent::NoteStackBegun) {
            money.stacking_won = escrow_won;
        }
        money
    }
}
