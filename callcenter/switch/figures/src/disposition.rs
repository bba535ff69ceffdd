//! How the center's calls ended, as agents say in their wrap-up, and what of it is told.

use std::collections::{BTreeMap, BTreeSet};

use distributor::{AgentId, CallId};
use serde::{Deserialize, Serialize};

use crate::LocalDay;

/// What became of so many calls is told together. Told one by one, the difference of two
/// boards would say what became of somebody's.
const CALLS_TOGETHER: usize = 5;

/// How many wrap-ups of a day had this disposition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DispositionCount {
    /// One of the center's codes, or one it had earlier in the day.
    pub disposition: String,
    pub count: u64,
}

/// The wrap-ups of a day that are over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrapUps {
    /// In the order of their names.
    pub said: Vec<DispositionCount>,
    /// Those that were over before their agent said how the call ended.
    pub unsaid: u64,
}

impl WrapUps {
    /// Names on a board, at most: what a frame of a desk's line has room for.
    pub const SAID_MOST: usize = 40;

    pub fn is_empty(&self) -> bool {
        self.said.is_empty() && self.unsaid == 0
    }
}

/// An agent's wrap-up, the last that began.
#[derive(Clone, Debug)]
struct WrapUp {
    call: CallId,
    day: LocalDay,
    said: Option<String>,
    over: bool,
}

#[derive(Clone, Debug)]
struct OfDay {
    day: LocalDay,
    told: BTreeMap<String, u64>,
    untold: Vec<(CallId, String)>,
    unsaid: u64,
}

/// Counts what agents say, and keeps back what would tell of one caller.
#[derive(Clone, Debug, Default)]
pub(crate) struct Dispositions {
    last: BTreeMap<AgentId, WrapUp>,
    of_day: Option<OfDay>,
}

impl Dispositions {
    pub(crate) fn begun(&mut self, agent: AgentId, call: CallId, day: LocalDay) {
        self.over(agent);
        let (said, over) = (None, false);
        let wrap_up = WrapUp {
            call,
            day,
            said,
            over,
        };
        self.last.insert(agent, wrap_up);
    }

    /// Said again before the wrap-up is over, the last one counts. What is said
    /// afterwards counts where nothing was.
    pub(crate) fn said(&mut self, agent: AgentId, call: CallId, disposition: &str) {
        let Some(last) = self.last.get_mut(&agent).filter(|it| it.call == call) else {
            return;
        };
        let late = last.over;
        if late && last.said.is_some() {
            return;
        }
        last.said = Some(disposition.to_owned());
        let day = last.day;
        if late && let Some(of_day) = self.of_day(day) {
            of_day.unsaid = of_day.unsaid.saturating_sub(1);
            of_day.said(call, disposition.to_owned());
        }
    }

    /// The agent does something else than wrapping up.
    pub(crate) fn over(&mut self, agent: AgentId) {
        let Some(last) = self.last.get_mut(&agent).filter(|it| !it.over) else {
            return;
        };
        last.over = true;
        let (call, day, said) = (last.call, last.day, last.said.clone());
        match (self.of_day(day), said) {
            (Some(of_day), Some(disposition)) => of_day.said(call, disposition),
            (Some(of_day), None) => of_day.unsaid += 1,
            (None, _) => {}
        }
    }

    /// The switch began: nobody wraps up any more.
    pub(crate) fn all_over(&mut self) {
        let agents: Vec<AgentId> = self.last.keys().copied().collect();
        agents.into_iter().for_each(|it| self.over(it));
    }

    /// What is told of a day.
    pub(crate) fn of(&self, day: LocalDay) -> WrapUps {
        let Some(of_day) = self.of_day.as_ref().filter(|it| it.day == day) else {
            return WrapUps::default();
        };
        let told = of_day.told.iter().take(WrapUps::SAID_MOST);
        WrapUps {
            said: told
                .map(|(disposition, count)| DispositionCount {
                    disposition: disposition.clone(),
                    count: *count,
                })
                .collect(),
            unsaid: of_day.unsaid,
        }
    }

    /// A wrap-up belongs to the day on which it began; of a day that is over nobody asks
    /// any more.
    fn of_day(&mut self, day: LocalDay) -> Option<&mut OfDay> {
        let fresh = || OfDay {
            day,
            told: BTreeMap::new(),
            untold: Vec::new(),
            unsaid: 0,
        };
        let of_day = self.of_day.get_or_insert_with(fresh);
        if of_day.day < day {
            *of_day = fresh();
        }
        Some(of_day).filter(|it| it.day == day)
    }
}

impl OfDay {
    fn said(&mut self, call: CallId, disposition: String) {
        self.untold.push((call, disposition));
        let calls: BTreeSet<CallId> = self.untold.iter().map(|(call, _)| *call).collect();
        if calls.len() >= CALLS_TOGETHER {
            for (_, disposition) in self.untold.drain(..) {
                *self.told.entry(disposition).or_default() += 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use distributor::WallTime;

    use super::*;

    const KIM: AgentId = AgentId(2);
    const LEE: AgentId = AgentId(4);

    fn day() -> LocalDay {
        LocalDay::of(WallTime(1_795_480_200_000), 9 * 60)
    }

    /// Wrap-ups of one agent, call after call, with what was said in each.
    fn wrapped_up(said: &[&str]) -> Dispositions {
        let mut dispositions = Dispositions::default();
        for (call, said) in (1..).map(CallId).zip(said) {
            dispositions.begun(KIM, call, day());
            if !said.is_empty() {
                dispositions.said(KIM, call, said);
            }
            dispositions.over(KIM);
        }
        dispositions
    }

    fn told(dispositions: &Dispositions) -> (Vec<(String, u64)>, u64) {
        let told = dispositions.of(day());
        let said = told.said.into_iter().map(|it| (it.disposition, it.count));
        (said.collect(), told.unsaid)
    }

    fn counts(of: &[(&str, u64)]) -> Vec<(String, u64)> {
        of.iter().map(|(it, n)| ((*it).to_owned(), *n)).collect()
    }

    #[test]
    fn what_became_of_calls_is_told_of_five_together_and_never_of_fewer() {
        let four = ["answered", "answered", "refused", "answered"];
        assert_eq!(told(&wrapped_up(&four)).0, counts(&[]));

        let five = [&four[..], &["prepared"]].concat();
        let of_five = counts(&[("answered", 3), ("prepared", 1), ("refused", 1)]);
        assert_eq!(told(&wrapped_up(&five)).0, of_five);
        // The sixth would be known by the difference.
        let six = [&five[..], &["refused"]].concat();
        assert_eq!(told(&wrapped_up(&six)).0, of_five);
    }

    #[test]
    fn agents_who_wrap_up_the_same_call_do_not_make_it_several() {
        let mut dispositions = wrapped_up(&["answered"; 4]);
        for agent in [LEE, AgentId(5), AgentId(6)] {
            dispositions.begun(agent, CallId(4), day());
            dispositions.said(agent, CallId(4), "refused");
            dispositions.over(agent);
        }

        assert_eq!(told(&dispositions).0, counts(&[]));
    }

    #[test]
    fn a_wrap_up_that_ends_without_a_word_is_told_at_once() {
        let mut dispositions = wrapped_up(&["", "answered"]);
        dispositions.begun(LEE, CallId(9), day());
        assert_eq!(told(&dispositions).1, 1);

        dispositions.all_over();

        assert_eq!(told(&dispositions).1, 2);
    }

    #[test]
    fn the_last_word_of_a_wrap_up_counts_and_one_after_it_where_nothing_was_said() {
        let mut dispositions = wrapped_up(&["answered", "answered", "answered", ""]);
        dispositions.said(KIM, CallId(4), "refused");
        dispositions.said(KIM, CallId(4), "prepared");
        assert_eq!(told(&dispositions), (counts(&[]), 0));
        dispositions.begun(KIM, CallId(5), day());
        dispositions.said(KIM, CallId(5), "answered");
        dispositions.said(KIM, CallId(4), "answered");
        dispositions.said(KIM, CallId(5), "prepared");
        dispositions.over(KIM);

        let of_five = counts(&[("answered", 3), ("prepared", 1), ("refused", 1)]);
        assert_eq!(told(&dispositions), (of_five, 0));
    }

    #[test]
    fn every_day_is_counted_for_itself() {
        let mut dispositions = wrapped_up(&["answered"; 5]);

        assert_eq!(dispositions.of(day().plus(1)), WrapUps::default());
        dispositions.begun(KIM, CallId(6), day().plus(1));
        dispositions.over(KIM);
        assert_eq!(dispositions.of(day().plus(1)).unsaid, 1);
        assert_eq!(dispositions.of(day()), WrapUps::default());
        // Of yesterday, and over after midnight.
        dispositions.begun(LEE, CallId(7), day());
        dispositions.over(LEE);
        assert_eq!(dispositions.of(day().plus(1)).unsaid, 1);
    }
}
