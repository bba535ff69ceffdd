//! What no person wrote is never answered.

#![allow(clippy::unwrap_used)]

use mail::{Automatic, LOOP_HEADER, NotAPetition, read};

const OFFICE: &str = "minwon@hanbit.example";

fn of(fields: &str) -> Option<Automatic> {
    let from = if fields.contains("From:") {
        ""
    } else {
        "From: na@example.org\n"
    };
    let raw = format!("{from}{fields}\nSubject: s\n\ntext");
    match read(raw.as_bytes(), OFFICE) {
        Ok(_) => None,
        Err(NotAPetition::Automatic(reason)) => Some(reason),
        Err(other) => panic!("{fields}: {other}"),
    }
}

#[test]
fn machines_are_known_by_what_they_say_of_themselves() {
    for (fields, reason) in [
        ("Auto-Submitted: auto-generated", Automatic::AutoSubmitted),
        (
            "auto-submitted: Auto-Replied (vacation)",
            Automatic::AutoSubmitted,
        ),
        ("Auto-Submitted: no-such-word", Automatic::AutoSubmitted),
        ("Return-Path: <>", Automatic::NullReturnPath),
        ("Return-Path:  < >", Automatic::NullReturnPath),
        (
            "Content-Type: multipart/report; report-type=delivery-status; boundary=b",
            Automatic::Report,
        ),
        ("List-Id: <all.example.org>", Automatic::List),
        (
            "List-Unsubscribe: <mailto:off@example.org>",
            Automatic::List,
        ),
        ("Precedence: bulk", Automatic::Bulk),
        ("precedence: JUNK", Automatic::Bulk),
        ("From: MAILER-DAEMON@example.org", Automatic::MachineSender),
        ("From: all-request@example.org", Automatic::MachineSender),
        ("From: Minwon@Hanbit.example", Automatic::Own),
        ("X-Minwon-Office: other@example.org", Automatic::Own),
    ] {
        assert_eq!(of(fields), Some(reason), "{fields}");
    }
    assert_eq!(LOOP_HEADER, "X-Minwon-Office");
}

#[test]
fn people_are_let_through() {
    for fields in [
        "Auto-Submitted: no",
        "Auto-Submitted: No (a person)",
        "Return-Path: <na@example.org>",
        "Precedence: first-class",
        "X-Mailer: list",
        "From: list@example.org",
    ] {
        assert_eq!(of(fields), None, "{fields}");
    }
}
