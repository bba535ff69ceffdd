//! What was promised is kept, over every restart.

use distributor::{CallId, Place, Standing};
use figures::PromiseEnd;

use super::{Law, Witness};
use crate::call_book::WrittenPlace;

impl Witness {
    pub(super) fn promise_ended(&mut self, call: CallId, why: PromiseEnd) -> Law {
        let most = self.center.plan.callback.attempts;
        let seen = self.seen(call)?;
        if why == PromiseEnd::Unreached && seen.dials < most {
            let dials = seen.dials;
            return Err(format!("{call:?} is given up after {dials} attempts"));
        }
        (seen.promised, seen.told) = (false, false);
        self.calls.end(call);
        Ok(())
    }

    /// A place is written down.
    pub(in super::super) fn keeps(&mut self, written: &WrittenPlace, now: u64) -> Law {
        let place = &written.place;
        self.agrees(place)?;
        let rest = u64::from(self.center.plan.callback.rest_seconds) * 1_000;
        if let Standing::Promised { attempts } = place.standing {
            let seen = self.seen(place.call)?;
            if attempts > seen.attempts {
                seen.rests_until = now + rest;
            }
            seen.attempts = attempts;
            let number = written.number.as_ref().map(|it| it.reveal().clone());
            if number.is_none() || seen.number.is_some() && seen.number != number {
                return Err(format!("{:?} is promised and has no number", place.call));
            }
        }
        self.places.insert(place.call, place.clone());
        Ok(())
    }

    /// A caller is told that he will be called.
    pub(in super::super) fn tells(&mut self, call: CallId) -> Law {
        let seen = self.seen(call)?;
        (seen.told, seen.away) = (true, true);
        Ok(())
    }

    /// Whoever was told of a promise is found again, with all that belongs to it.
    pub(in super::super) fn found_again(&self, places: &[WrittenPlace]) -> Law {
        for (call, seen) in self.calls.open().filter(|(_, it)| it.told) {
            let found = places.iter().find(|it| it.place.call == call);
            let Some(found) = found.filter(|it| is_promised(&it.place)) else {
                return Err(format!(
                    "{call:?} was promised a callback; nobody knows of it"
                ));
            };
            if found.number.is_none() || found.request != seen.request {
                return Err(format!(
                    "{call:?} is known, but not whom to call about what"
                ));
            }
        }
        Ok(())
    }
}

fn is_promised(place: &Place) -> bool {
    matches!(place.standing, Standing::Promised { .. })
}
