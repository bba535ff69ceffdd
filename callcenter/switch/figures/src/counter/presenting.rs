//! What has been counted, as a wallboard shows it.

use distributor::{QueueId, WallTime};

use super::{Counter, Stage};
use crate::{
    AgentRow, AgentTime, Board, Counts, Interval, Ledger, LocalDay, QueueRow, Row, ServiceLevel,
    Share, Slot,
};

const INTERVAL_MS: u64 = 15 * 60 * 1_000;

impl Counter {
    /// What a wallboard shows now.
    pub fn board(&self, at: WallTime) -> Board {
        let day = LocalDay::of(at, self.minutes_ahead);
        let mut with_present = self.ledger.since(day.first());
        self.presence.add_present(&mut with_present, at);
        let mut all = (Row::default(), Counts::default());
        let mut queues = Vec::with_capacity(self.goals.len());
        for goal in &self.goals {
            let counts = with_present.sum(day.intervals(), &goal.queue);
            let mut row = self.waiting_in(&goal.queue, at);
            add_waiting(&mut all.0, &row);
            all.1 += &counts;
            fill(&mut row, &counts);
            row.opinion = self.opinions.of([&goal.queue], day);
            let queue = goal.queue.clone();
            queues.push(QueueRow {
                queue,
                within_seconds: goal.within_seconds,
                row,
            });
        }
        queues.truncate(Board::QUEUES_MOST);
        fill(&mut all.0, &all.1);
        let every = self.goals.iter().map(|it| &it.queue);
        all.0.opinion = self.opinions.of(every, day);
        let mut time = AgentTime::default();
        day.intervals()
            .for_each(|it| time += &with_present.agents(it));
        let agents = self.presence.agents().take(Board::AGENTS_MOST);
        let agents = agents.map(|(agent, present)| AgentRow {
            agent,
            doing: present.doing,
            reason: present.reason.clone(),
            seconds: at.since(present.since).as_secs(),
        });
        Board {
            at,
            all: all.0,
            target: None,
            queues,
            occupancy: time.occupancy().map(Share::of),
            agents: agents.collect(),
            wrap_ups: self.dispositions.of(day),
            day: day.intervals().map(|it| slot(&with_present, it)).collect(),
        }
    }

    fn waiting_in(&self, queue: &QueueId, at: WallTime) -> Row {
        let mut row = Row::default();
        for caller in self.callers.values().filter(|it| it.queue == *queue) {
            match caller.stage {
                Stage::Waiting => {
                    row.waiting += 1;
                    let waited = at.since(caller.since).as_secs();
                    row.longest_wait_seconds = row.longest_wait_seconds.max(waited);
                }
                Stage::Away => row.callbacks_waiting += 1,
                Stage::Counted => {}
            }
        }
        row
    }
}

/// What is so at this moment, added up.
fn add_waiting(all: &mut Row, row: &Row) {
    all.waiting += row.waiting;
    all.longest_wait_seconds = all.longest_wait_seconds.max(row.longest_wait_seconds);
    all.callbacks_waiting += row.callbacks_waiting;
}

fn fill(row: &mut Row, counts: &Counts) {
    row.offered = counts.offered;
    row.answered = counts.answered;
    row.abandoned = counts.abandoned;
    row.turned_away = counts.turned_away;
    row.overflowed = counts.moved_out;
    row.callbacks_promised = counts.promised;
    row.callbacks_kept = counts.callbacks_kept;
    row.service_level = counts
        .service_level(ServiceLevel::WithoutShortAbandons)
        .map(Share::of);
    row.abandonment = counts.abandonment().map(Share::of);
    row.average_speed_of_answer_seconds = counts.average_speed_of_answer().map(|it| it.as_secs());
    row.average_handling_seconds = counts.average_handling_time().map(|it| it.as_secs());
}

fn slot(ledger: &Ledger, interval: Interval) -> Slot {
    let counts = ledger.of_all(interval);
    let level = counts.service_level(ServiceLevel::WithoutShortAbandons);
    Slot {
        start: interval.start(),
        offered: counts.offered,
        answered: counts.answered,
        abandoned: counts.abandoned,
        service_level: level.map(Share::of),
        agents_tenths: 10 * ledger.agents(interval).serving() / INTERVAL_MS,
        expected_calls: None,
        agents_wanted: None,
    }
}
