//! The board on the line: its written form, and that the fullest one fits a frame.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up has failed"
)]

use cti::{Event, Frames, FromSwitch, frame};
use figures::{Board, WrapUps};
use serde_json::{Value, json};

const WRITTEN: &str = r#"{"type":"event","event":"board","board":{"at":1795480200000,"all":{"waiting":1,"longest_wait_seconds":75,"callbacks_waiting":0,"offered":4,"answered":2,"abandoned":1,"turned_away":0,"overflowed":0,"callbacks_promised":0,"callbacks_kept":0,"service_level":667,"abandonment":333,"average_speed_of_answer_seconds":12,"average_handling_seconds":null},"target":800,"queues":[{"queue":"general","within_seconds":20,"row":{"waiting":1,"longest_wait_seconds":75,"callbacks_waiting":0,"offered":4,"answered":2,"abandoned":1,"turned_away":0,"overflowed":0,"callbacks_promised":0,"callbacks_kept":0,"service_level":667,"abandonment":333,"average_speed_of_answer_seconds":12,"average_handling_seconds":null}}],"occupancy":null,"agents":[{"agent":3,"doing":"break","reason":{"asked":"meal"},"seconds":60},{"agent":4,"doing":"wrap-up","reason":null,"seconds":9}],"day":[{"start":1795480200000,"offered":4,"answered":2,"abandoned":1,"service_level":667,"agents_tenths":15,"expected_calls":6,"agents_wanted":null}]}}"#;

/// What stands behind a row's last figure where callers were asked how their talks were.
const OPINION: &str = r#","opinion":{"answers":35,"mean_hundredths":429}"#;

/// What stands before the day where agents say how calls ended.
const WRAP_UPS: &str = r#""wrap_ups":{"said":[{"disposition":"answered","count":5}],"unsaid":2},"#;

#[test]
fn a_board_is_written_like_this() {
    for (opinion, wrap_ups) in [("", ""), (OPINION, WRAP_UPS)] {
        let last = r#""average_handling_seconds":null"#;
        let expected = WRITTEN.replace(last, &format!("{last}{opinion}"));
        let day = r#""day":"#;
        let expected = expected.replace(day, &format!("{wrap_ups}{day}"));
        let mut frames = Frames::default();
        frames.push(expected.as_bytes());
        frames.push(b"\n");

        let read = frames.take::<FromSwitch>().unwrap().unwrap();

        let FromSwitch::Event(event) = &read else {
            panic!("{read:?} is no event");
        };
        assert!(matches!(&**event, Event::Board { board }
            if board.all.opinion.is_some() != opinion.is_empty()
                && board.wrap_ups.is_empty() == wrap_ups.is_empty()));
        let written = String::from_utf8(frame::write(&read).unwrap()).unwrap();
        assert_eq!(written.trim_end(), expected);
    }
}

/// Nothing a center counts in a day has more digits, and no name is longer.
const COUNT: u64 = 9_999_999;

fn row() -> Value {
    json!({
        "waiting": 99_999, "longest_wait_seconds": 86_400, "callbacks_waiting": 99_999,
        "offered": COUNT, "answered": COUNT, "abandoned": COUNT, "turned_away": COUNT,
        "overflowed": COUNT, "callbacks_promised": COUNT, "callbacks_kept": COUNT,
        "service_level": 1_000, "abandonment": 1_000,
        "average_speed_of_answer_seconds": 86_400, "average_handling_seconds": 86_400,
        "opinion": {"answers": COUNT, "mean_hundredths": 500},
    })
}

fn fullest() -> Board {
    let queue = |number: usize| {
        let name = format!("{:가<20}", number);
        json!({"queue": name, "within_seconds": 86_400, "row": row()})
    };
    let agent = |number: usize| {
        let reason = json!({"asked": "자리".repeat(8)});
        json!({"agent": 4_294_000_000_u64 + number as u64, "doing": "no-device", "reason": reason, "seconds": 86_400})
    };
    let slot = |number: i64| {
        json!({
            "start": 1_795_480_200_000_i64 + number * 900_000, "offered": COUNT, "answered": COUNT,
            "abandoned": COUNT, "service_level": 1_000, "agents_tenths": 99_999,
            "expected_calls": COUNT, "agents_wanted": 99_999,
        })
    };
    let queues: Vec<Value> = (0..Board::QUEUES_MOST).map(queue).collect();
    let agents: Vec<Value> = (0..Board::AGENTS_MOST).map(agent).collect();
    let day: Vec<Value> = (0..96).map(slot).collect();
    let said = |number: usize| json!({"disposition": format!("{number:a<32}"), "count": COUNT});
    let said: Vec<Value> = (0..WrapUps::SAID_MOST).map(said).collect();
    let board = json!({
        "at": 1_795_480_200_000_i64, "all": row(), "target": 1_000, "queues": queues, "occupancy": 1_000,
        "agents": agents, "wrap_ups": { "said": said, "unsaid": COUNT }, "day": day,
    });
    serde_json::from_value(board).unwrap()
}

#[test]
fn the_fullest_board_fits_a_frame() {
    let board = Box::new(fullest());

    let frame = frame::write(&FromSwitch::Event(Box::new(Event::Board { board })));

    assert!(frame.is_ok(), "{frame:?}");
}
