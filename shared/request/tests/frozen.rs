//! Every event as journals keep it: what was written once stays readable for ever.
//!
//! `frozen/events.jsonl` holds one event a line. Lines are added, never edited.

#![allow(clippy::unwrap_used)]

#[path = "frozen/examples.rs"]
mod examples;

use std::collections::BTreeSet;

use request::RequestEvent;
use serde_json::{Value, json};

const FROZEN: &str = include_str!("frozen/events.jsonl");

#[test]
fn old_lines_are_read_as_what_they_meant() {
    let lines: Vec<&str> = FROZEN.lines().collect();
    let examples = examples::events();
    assert_eq!(lines.len(), examples.len());

    for (line, example) in lines.iter().zip(examples) {
        let read: RequestEvent = serde_json::from_str(line).unwrap();

        assert_eq!(read, example, "{line}");
    }
}

#[test]
fn events_are_written_as_they_always_were() {
    for (line, example) in FROZEN.lines().zip(examples::events()) {
        assert_eq!(serde_json::to_string(&example).unwrap(), line);
    }
}

#[test]
fn no_event_and_no_reason_lacks_its_frozen_line() {
    let lines: Vec<Value> = FROZEN
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let frozen = |pointer: &str| -> BTreeSet<String> {
        let values = lines.iter().filter_map(|line| line.pointer(pointer));
        values
            .filter_map(|value| value.as_str().map(str::to_owned))
            .collect()
    };
    let opened = |field: &str| {
        let mut event = lines[0].clone();
        *event.pointer_mut(field).unwrap() = json!("?");
        event
    };

    assert_eq!(frozen("/type"), known(json!({"type": "?"})));
    assert_eq!(frozen("/channel"), known(opened("/channel")));
    assert_eq!(frozen("/terms/identity"), known(opened("/terms/identity")));
    for (kind, field) in [
        ("attempt_failed", "fault"),
        ("declined", "reason"),
        ("closed", "outcome"),
    ] {
        let values = lines.iter().filter(|line| line["type"] == kind);
        let values: BTreeSet<String> = values
            .map(|line| line[field].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(values, known(json!({"type": kind, field: "?"})), "{kind}");
    }
    let spoiled = json!({"type": "spoiled", "number": "n", "reason": "?"});
    assert!(known(spoiled).is_subset(&frozen("/reason")));
    let letter = json!({"type": "sent", "letter": "?"});
    assert_eq!(frozen("/letter"), known(letter));
    let not_sent = json!({"type": "not_sent", "letter": "reply", "reason": "?"});
    assert!(known(not_sent).is_subset(&frozen("/reason")));
    let joined = json!({"type": "joined", "leading": "r", "ground": "?", "agent": "a"});
    assert!(known(joined).is_subset(&frozen("/ground")));
    let replied = json!({"type": "replied", "agent": "a", "text": "", "decision": "?"});
    assert_eq!(frozen("/decision"), known(replied));
    let payout = json!({"type": "payout_begun", "amount_won": 1, "purpose": "?"});
    assert_eq!(frozen("/purpose"), known(payout));
    let collecting = json!({"type": "collecting", "ticket": "t", "what": "?"});
    assert_eq!(frozen("/what"), known(collecting));
    let identified = json!({"type": "identified", "applicant": {"name": "n", "resident_number": "r"}, "by": "?"});
    let ended = json!({"type": "assistance_ended", "by": "?"});
    let by = known(identified).union(&known(ended)).cloned().collect();
    assert_eq!(frozen("/by"), by);
    let payment = json!({"type": "payment_begun", "amount_won": 1, "means": "?"});
    assert_eq!(frozen("/means"), known(payment));
    assert_eq!(frozen("/card"), known(json!({"type": "card", "card": "?"})));
    let declined = json!({"type": "card", "card": "declined", "transaction": "t", "reason": "?"});
    assert!(known(declined).is_subset(&frozen("/reason")));
    let fee = json!({"unit_won": 1, "legal_basis": "", "reason": "?"});
    let fee = json!({"type": "fee_quoted", "fee": fee});
    assert_eq!(frozen("/fee/reason"), known(fee));
}

#[test]
fn only_what_says_something_of_a_person_is_personal() {
    let personal: BTreeSet<&str> = FROZEN
        .lines()
        .zip(examples::events())
        .filter(|(_, event)| event.is_personal())
        .filter_map(|(line, _)| line.split('"').nth(3))
        .collect();

    let expected = [
        "answered",
        "appealed",
        "attached",
        "consented",
        "enclosed",
        "extended",
        "identified",
        "messages_wanted",
        "options_chosen",
        "rated",
        "replied",
        "sender_named",
        "transferred",
        "value_proposed",
        "vouching_asked",
    ];
    assert_eq!(personal, BTreeSet::from(expected));
}

/// What serde would have accepted instead of `?`.
fn known(event: Value) -> BTreeSet<String> {
    let refusal = serde_json::from_value::<RequestEvent>(event)
        .unwrap_err()
        .to_string();
    let (_, listed) = refusal
        .split_once("expected ")
        .unwrap_or_else(|| panic!("{refusal}"));
    listed
        .split('`')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}
