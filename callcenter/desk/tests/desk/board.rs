//! A wallboard on a busy afternoon.

use desk::workplace::view::{
    AgentView, BoardRowView, BoardView, ForecastView, QueueView, SlotView,
};

pub(crate) fn board() -> BoardView {
    let row = |waiting: u64| BoardRowView {
        waiting,
        longest_wait: "12:05".to_owned(),
        callbacks: 14,
        service_level: "71 %".to_owned(),
        below: waiting > 2,
        abandonment: "12 %".to_owned(),
        offered: 1_204,
        answered: 1_011,
        abandoned: 120,
        opinion: "4.2 (935)".to_owned(),
    };
    let queue = |name: &str, waiting| QueueView {
        name: name.to_owned(),
        within_seconds: 20,
        row: row(waiting),
    };
    let doings = figures::Doing::ALL;
    let agent = |number: usize| AgentView {
        name: format!("namgung.{number}"),
        doing: doings[number % doings.len()],
        reason: (doings[number % doings.len()] == figures::Doing::Break)
            .then(|| distributor::BreakReason::Asked("meal".to_owned())),
        lasted: "1:02:05".to_owned(),
        wants_help: number == 2,
    };
    let slot = |number: u64| SlotView {
        hour: number
            .is_multiple_of(8)
            .then(|| u32::try_from(8 + number / 4).unwrap()),
        offered: if number > 24 { 0 } else { 20 + number % 7 * 5 },
        answered: if number > 24 { 0 } else { 16 + number % 7 * 4 },
        abandoned: if number > 24 { 0 } else { number % 4 },
        expected: Some(22 + number % 9 * 4),
    };
    let ahead = |number: u64| ForecastView {
        from: format!("14:{:02}", number * 15),
        calls: 38 + number,
        agents: 11 + number,
    };
    BoardView {
        known: true,
        at: "14:05".to_owned(),
        all: row(7),
        target: "80 %".to_owned(),
        occupancy: "84 %".to_owned(),
        serving: 9,
        queues: vec![
            queue("증명 발급", 5),
            queue("지방세", 2),
            queue("외국인 지원", 0),
        ],
        agents: (0..24).map(agent).collect(),
        selected: Some(2),
        slots: (0..40).map(slot).collect(),
        calls_most: 54,
        forecast: (0..4).map(ahead).collect(),
        outcomes: [
            "안내로 끝남",
            "신청을 준비해 드림",
            "다른 곳으로 넘김",
            "우리 업무가 아님",
        ]
        .map(|it| (it.to_owned(), 235))
        .to_vec(),
        other_outcomes: 120,
        unsaid: 31,
        surveyed: true,
    }
}
