//! The wallboard, put together.

use distributor::WallTime;
use figures::{AgentRow, Board, DispositionCount, Opinion, Row, Share, Slot, WrapUps};
use request::Timestamp;

use super::{
    Moment, Workplace,
    view::{AgentView, BoardRowView, BoardView, ForecastView, QueueView, SlotView},
};
use crate::wording::stopwatch;

/// Where a center opens and closes at the latest: less is no day.
const DAY_FROM: usize = 8 * 4;
const DAY_UNTIL: usize = 18 * 4;
/// This quarter of an hour, and an hour ahead.
const FORECAST_MOST: usize = 5;
/// What is read at a glance of how calls ended.
const OUTCOMES_MOST: usize = 6;

impl Workplace {
    pub(super) fn board_view(&self, now: Moment) -> BoardView {
        let Some(board) = self.wallboard.board() else {
            return BoardView::default();
        };
        let time = |at| self.language.clock_time(timestamp(at), now.wall);
        let slots = worth_a_look(&board.day);
        let most = |slot: &Slot| slot.offered.max(slot.expected_calls.unwrap_or(0));
        let queue = |it: &figures::QueueRow| QueueView {
            name: it.queue.0.clone(),
            within_seconds: it.within_seconds,
            row: row(&it.row, board.target),
        };
        let (outcomes, other_outcomes) = self.outcomes(&board.wrap_ups);
        let ahead = board
            .day
            .iter()
            .filter(|it| it.start.0 + QUARTER > board.at.0);
        let ahead = ahead.take(FORECAST_MOST).filter_map(|slot| {
            Some(ForecastView {
                from: time(slot.start),
                calls: slot.expected_calls?,
                agents: slot.agents_wanted?,
            })
        });
        BoardView {
            known: true,
            at: time(board.at),
            all: row(&board.all, board.target),
            target: board.target.map_or_else(String::new, percent),
            occupancy: board.occupancy.map_or_else(String::new, percent),
            queues: board.queues.iter().map(queue).collect(),
            agents: board.agents.iter().map(|it| self.agent_view(it)).collect(),
            selected: self.wallboard.selected(),
            slots: slots.iter().map(slot_view).collect(),
            calls_most: slots.iter().map(most).max().unwrap_or(0).max(1),
            serving: serving(board),
            forecast: ahead.collect(),
            outcomes,
            other_outcomes,
            unsaid: board.wrap_ups.unsaid,
            surveyed: board.queues.iter().any(|it| it.row.opinion.is_some()),
        }
    }

    /// Those that were said most often, and how often all others were.
    fn outcomes(&self, wrap_ups: &WrapUps) -> (Vec<(String, u64)>, u64) {
        let mut said: Vec<&DispositionCount> = wrap_ups.said.iter().collect();
        said.sort_by_key(|it| std::cmp::Reverse(it.count));
        let others = said.iter().skip(OUTCOMES_MOST).map(|it| it.count).sum();
        let titled = |it: &DispositionCount| {
            let title = self.disposition.title(&it.disposition, self.language);
            (title, it.count)
        };
        let most = said.into_iter().take(OUTCOMES_MOST).map(titled);
        (most.collect(), others)
    }

    fn agent_view(&self, row: &AgentRow) -> AgentView {
        AgentView {
            name: self.name_of(row.agent.0),
            doing: row.doing,
            reason: row.reason.clone(),
            lasted: stopwatch(row.seconds),
            wants_help: self.wallboard.wants_help(row.agent.0),
        }
    }

    /// An agent's account, or the number where none is known.
    pub(super) fn name_of(&self, agent: u32) -> String {
        let account = self.directory.account(agent);
        account.map_or_else(|| agent.to_string(), str::to_owned)
    }
}

/// A quarter of an hour, in milliseconds.
const QUARTER: i64 = 15 * 60 * 1_000;

fn row(row: &Row, target: Option<Share>) -> BoardRowView {
    BoardRowView {
        waiting: row.waiting,
        longest_wait: stopwatch(row.longest_wait_seconds),
        callbacks: row.callbacks_waiting,
        service_level: row.service_level.map_or_else(String::new, percent),
        below: row.service_level.is_some() && row.service_level < target,
        abandonment: row.abandonment.map_or_else(String::new, percent),
        offered: row.offered,
        answered: row.answered,
        abandoned: row.abandoned,
        opinion: row.opinion.map_or_else(String::new, mean),
    }
}

/// Such as `4.2 (35)`. Rounded down, as everything that has a goal.
fn mean(opinion: Opinion) -> String {
    let tenths = opinion.mean_hundredths / 10;
    format!("{}.{} ({})", tenths / 10, tenths % 10, opinion.answers)
}

fn serving(board: &Board) -> usize {
    let away = board.doing(figures::Doing::Break) + board.doing(figures::Doing::NoDevice);
    board.agents.len() - away
}

/// The working day, and whatever happened or is expected before and after it.
fn worth_a_look(day: &[Slot]) -> &[Slot] {
    let counts = |it: &Slot| it.offered > 0 || it.expected_calls.is_some_and(|calls| calls > 0);
    let first = day
        .iter()
        .position(counts)
        .map_or(DAY_FROM, |it| it.min(DAY_FROM));
    let last = day.iter().rposition(counts);
    let until = last.map_or(DAY_UNTIL, |it| (it + 1).max(DAY_UNTIL));
    // Days on which the clock is changed are shorter.
    day.get(first..until.min(day.len())).unwrap_or(day)
}

fn slot_view(slot: &Slot) -> SlotView {
    let minute = timestamp(slot.start).local().minute_of_day;
    SlotView {
        hour: minute.is_multiple_of(120).then_some(minute / 60),
        offered: slot.offered,
        answered: slot.answered,
        abandoned: slot.abandoned,
        expected: slot.expected_calls,
    }
}

fn timestamp(at: WallTime) -> Timestamp {
    Timestamp::from_millis(at.0)
}

/// Rounded down: what is below its goal never looks as if it met it.
fn percent(share: Share) -> String {
    format!("{} %", share.0 / 10)
}
