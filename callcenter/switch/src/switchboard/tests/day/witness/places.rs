//! Places, worked out again from what was seen: who calls again has the one he
//! had, and what is written down is what was seen.

use distributor::{CallId, Place, Priority, QueueId, Standing, WallTime};

use super::{Law, Seen, Stage, Who, Witness};

/// The place of a caller who is gone.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    call: CallId,
    number: String,
    queue: QueueId,
    arrived: u64,
    priority: Priority,
    until: u64,
    cut_off: bool,
}

impl Witness {
    fn place_kept(&self) -> u64 {
        u64::from(self.center.plan.place_kept_seconds) * 1_000
    }

    /// A call begins to wait; who calls again has the place he had.
    pub(super) fn queued(&mut self, call: CallId, queue: &QueueId, now: u64) {
        let Some(mut seen) = self.calls.get(call).cloned() else {
            return;
        };
        let talked = seen.stage == Stage::Talking;
        let left_alone = talked && seen.agent_left_at == Some(now);
        let from_office = talked && seen.at_office && !left_alone;
        seen.stage = Stage::Waiting;
        seen.queue = queue.clone();
        seen.at_office = false;
        if left_alone {
            seen.priority = seen.priority.max(Priority::CutOff);
        } else if from_office || !talked {
            seen.arrived = now;
            if from_office {
                seen.priority = seen.chosen.max(Priority::CutOff);
            }
            if let Some(number) = seen.number.clone()
                && !self.closed.contains(queue)
            {
                self.take_over(&mut seen, call, &number, now);
            }
        }
        if let Some(before) = self.calls.get_mut(call) {
            *before = seen;
        }
    }

    /// The oldest of his places in the queue, or of the talks that broke off, or
    /// of his promises; not one whose call is on the line.
    fn take_over(&mut self, seen: &mut Seen, call: CallId, number: &str, now: u64) {
        self.kept.retain(|it| it.until > now);
        let oldest = |is: &dyn Fn(&Kept) -> bool| {
            let own = self.kept.iter().enumerate();
            let own = own.filter(|(_, it)| it.number == number && is(it));
            own.min_by_key(|(_, it)| it.arrived).map(|(place, _)| place)
        };
        let kept = oldest(&|it| it.queue == seen.queue).or_else(|| oldest(&|it| it.cut_off));
        if let Some(place) = kept {
            let kept = self.kept.remove(place);
            self.returned += 1;
            if kept.cut_off {
                seen.priority = seen.priority.max(Priority::CutOff);
            }
            if kept.queue == seen.queue {
                seen.arrived = kept.arrived;
                seen.priority = seen.priority.max(kept.priority);
            }
            return;
        }
        let dialed = |it: CallId| {
            let mut lines = self.lines.values();
            lines.any(|line| line.call == it && line.who == Who::Callback && !line.ended)
        };
        let promises = self.calls.of_number(number).filter(|(id, it)| {
            *id != call && it.promised && it.away && it.queue == seen.queue && !dialed(*id)
        });
        if let Some((_, promised)) = promises.min_by_key(|(_, it)| it.arrived) {
            self.returned += 1;
            seen.arrived = promised.arrived;
            seen.attempts = promised.attempts;
            seen.dials = promised.dials;
            seen.told = promised.told;
            seen.priority = seen.priority.max(promised.priority);
        }
    }

    /// A caller is gone; his place is kept, unless he was served or has a promise.
    pub(super) fn keep_place(&mut self, call: CallId, lost: bool, now: u64) {
        let until = now + self.place_kept();
        let Some(seen) = self.calls.get(call).filter(|it| !it.promised) else {
            return;
        };
        let cut_off = match seen.stage {
            Stage::Waiting => false,
            Stage::Talking if lost && !seen.at_office => true,
            Stage::Talking | Stage::Calling | Stage::TurnedAway => return,
        };
        if let Some(number) = seen.number.clone() {
            self.kept.push(Kept {
                call,
                number,
                queue: seen.queue.clone(),
                arrived: seen.arrived,
                priority: seen.priority,
                until,
                cut_off,
            });
        }
    }

    /// What is written down of a place is what was seen.
    pub(super) fn agrees(&mut self, place: &Place) -> Law {
        let morning = self.morning;
        let seen = self.seen(place.call)?;
        let arrived = WallTime(morning.0 + i64::try_from(seen.arrived).unwrap());
        let same = (place.arrived, place.priority) == (arrived, seen.priority)
            && (&place.queue, &place.language.0) == (&seen.queue, &seen.language);
        match same {
            true => Ok(()),
            false => Err(format!("{place:?} is written down, and it is {seen:?}")),
        }
    }

    /// A place is no more; one that is kept is kept for its time.
    pub(in super::super) fn forgets(&mut self, call: CallId, now: u64) -> Law {
        self.places.remove(&call);
        match self.kept.iter().find(|it| it.call == call) {
            Some(kept) if kept.until > now => Err(format!("too early forgotten: {kept:?}")),
            Some(_) | None => Ok(()),
        }
    }

    /// Only what was written down is known after a restart.
    pub(super) fn kept_by_restart(&mut self, now: u64) {
        let written = self.places.iter().filter_map(|(call, place)| {
            let seen = self.calls.get(*call)?;
            let (since, cut_off) = match place.standing {
                Standing::Waiting => (now, false),
                Standing::Talking => (now, true),
                Standing::Left { at, cut_off } => {
                    (u64::try_from(at.0 - self.morning.0).unwrap(), cut_off)
                }
                Standing::Promised { .. } => return None,
            };
            Some(Kept {
                call: *call,
                number: seen.number.clone()?,
                queue: place.queue.clone(),
                arrived: seen.arrived,
                priority: place.priority,
                until: since + self.place_kept(),
                cut_off,
            })
        });
        self.kept = written.filter(|it| it.until > now).collect();
        // One after the other, as they came.
        self.kept.sort_by_key(|it| (it.arrived, it.call));
    }
}
