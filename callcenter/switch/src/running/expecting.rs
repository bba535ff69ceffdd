//! What a day lets expect, worked out beside the loop: it takes a second.

use distributor::WallTime;
use figures::{Board, LocalDay, Outlook, Planned};
use hours::Calendar;
use tokio::{sync::mpsc, task::spawn_blocking};

use crate::{center::Center, switchboard::Switchboard};

/// The outlook of the day, once it is known.
pub(super) struct Outlooks {
    calendar: Calendar,
    known: Option<Outlook>,
    /// The last day it was asked for.
    asked: Option<LocalDay>,
    tell: mpsc::UnboundedSender<Outlook>,
}

impl Outlooks {
    /// What is worked out comes out of the receiver.
    pub(super) fn new(calendar: Calendar) -> (Self, mpsc::UnboundedReceiver<Outlook>) {
        let (tell, told) = mpsc::unbounded_channel();
        let outlooks = Self {
            calendar,
            known: None,
            asked: None,
            tell,
        };
        (outlooks, told)
    }

    pub(super) fn worked_out(&mut self, outlook: Outlook) {
        self.known = Some(outlook);
    }

    /// The board, with what was to be expected beside what is.
    pub(super) fn board(&mut self, switchboard: &Switchboard, at: WallTime) -> Board {
        let center = switchboard.center();
        let mut board = switchboard.board(at);
        board.target = center.staffing.map(|it| it.target());
        let day = LocalDay::of(at, center.minutes_ahead_of_utc);
        if self.asked != Some(day) {
            self.asked = Some(day);
            self.work_out(switchboard, day);
        }
        if let Some(outlook) = &self.known {
            board.expect(outlook);
        }
        board
    }

    fn work_out(&self, switchboard: &Switchboard, day: LocalDay) {
        let planned = planned(switchboard.center(), &self.calendar, day);
        if planned.is_empty() {
            return;
        }
        let (ledger, tell) = (switchboard.ledger().clone(), self.tell.clone());
        spawn_blocking(move || {
            match Outlook::of(&ledger, &planned, day) {
                // Fails only when the switch has ended.
                Ok(Some(outlook)) => drop(tell.send(outlook)),
                Ok(None) => tracing::info!("There is no history of such a day yet"),
                Err(error) => tracing::warn!(%error, "The day's agents cannot be worked out"),
            }
        });
    }
}

/// What each queue is to achieve on this day; none without a goal.
fn planned(center: &Center, calendar: &Calendar, day: LocalDay) -> Vec<Planned> {
    let requirements = center.requirements().into_iter();
    let planned = requirements.map(|(queue, requirement)| Planned {
        requirement,
        holidays: calendar.holidays(&queue.0),
        closed: calendar.is_closed_on(&queue.0, day.number),
        queue,
    });
    planned.collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use distributor::{AgentId, AgentState, CallId, QueueId};
    use figures::{Counter, Event, Interval};

    use super::*;

    const CENTER: &str = include_str!("../switchboard/tests/center.toml");
    /// The office is closed on a Tuesday of the past and on one to come.
    const HOURS: &str = r#"
        [staffing]
        service_level_percent = 80
        shrinkage_percent = 0

        [[hours]]
        queues = ["general"]
        time_zone = "Asia/Seoul"
        weekly = { tuesday = ["09:00-18:00"] }
        holidays = ["2026-11-17", "2026-12-01"]
    "#;
    const WEEKS: i64 = 4;
    const CALLS: u64 = 40;
    const NINE: usize = 9 * 4;

    /// 2026-11-24 09:30 in Korea, a Tuesday.
    fn tuesday() -> LocalDay {
        LocalDay::of(WallTime(1_795_480_200_000), 9 * 60)
    }

    fn center() -> Center {
        let center: Center = toml::from_str(&format!("{CENTER}\n{HOURS}")).unwrap();
        center.check().unwrap();
        center
    }

    /// At nine on each of the Tuesdays before: so many who were served, and on the
    /// holiday as many who were told that nobody is there.
    fn history(center: &Center) -> Counter {
        let mut counter = Counter::new(&center.plan, center.minutes_ahead_of_utc);
        let mut call = 0;
        for week in (1..=WEEKS).rev() {
            let day = tuesday().plus(-7 * week);
            let start = Interval(day.first().0 + 36).start().0;
            let calls = if week == 1 { 2 } else { CALLS };
            for number in 0..calls {
                call += 1;
                let at = WallTime(start + i64::try_from(number).unwrap() * 20_000);
                let later = WallTime(at.0 + 10_000);
                let mut happens = |event, at| counter.handle(CallId(call), &event, at);
                let queue = QueueId("general".to_owned());
                happens(Event::Queued { queue }, at);
                if week == 1 {
                    happens(Event::TurnedAway, at);
                } else {
                    let agent = AgentId(1);
                    let is = |state| Event::AgentState { agent, state };
                    happens(is(AgentState::Talking), at);
                    happens(Event::Bridged { agent }, at);
                    happens(is(AgentState::Idle), later);
                }
                happens(Event::CallerLeft, later);
            }
        }
        counter
    }

    fn foreseen(day: LocalDay) -> Vec<(u64, u64)> {
        let center = center();
        let calendar = Calendar::new(&center.hours).unwrap();
        let planned = planned(&center, &calendar, day);
        let history = history(&center);
        let outlook = Outlook::of(history.ledger(), &planned, day).unwrap();
        outlook.unwrap().intervals
    }

    #[test]
    fn a_holiday_behind_does_not_make_ordinary_days_look_quiet() {
        let (calls, agents) = foreseen(tuesday())[NINE];

        assert_eq!(calls, CALLS);
        assert!(agents > 0);
    }

    #[test]
    fn a_holiday_ahead_is_foreseen_to_be_closed() {
        let closed = foreseen(tuesday().plus(7));

        assert!(closed.iter().all(|it| *it == (0, 0)), "{closed:?}");
        assert_eq!(foreseen(tuesday().plus(14))[NINE].0, CALLS);
    }
}
