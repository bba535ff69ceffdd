//! Stories of what waits for a person.

use request::{RequestId, Timestamp};
use sync::{Contradiction, Reason};

use super::*;

fn waiting() -> Waiting {
    Waiting {
        quarantined: vec![Quarantined {
            station: StationId::new("gaon-1"),
            reason: Contradiction::Rewound,
            since: Timestamp::from_millis(0),
            kept_aside: 3,
        }],
        wedged: vec![Wedged {
            station: StationId::new("narae-1"),
            incarnation: Incarnation::first(),
            number: 7,
            request: RequestId::new("r"),
            recorded_at: Timestamp::from_millis(0),
            received_at: Timestamp::from_millis(0),
            reason: Reason::Closed,
        }],
        doubts: vec![Doubt {
            station: StationId::new("gaon-2"),
            incarnation: Incarnation::first(),
            number: 9,
            request: RequestId::new("r"),
            recorded_at: Timestamp::from_millis(0),
            deed: Deed::PaidOut { asked_won: 300 },
        }],
    }
}

fn told(now: Instant) -> Attention {
    let mut attention = Attention::new(true);
    attention.handle(AttentionEvent::Shown(true), now);
    attention.handle(AttentionEvent::Told(Ok(waiting())), now);
    while attention.poll_command().is_some() {}
    attention
}

fn touch(attention: &mut Attention, touches: &[AttentionTouch]) {
    for touch in touches {
        let event = AttentionEvent::Touched(touch.clone());
        attention.handle(event, Instant::now());
    }
}

#[test]
fn nothing_is_decided_without_a_ground() {
    let mut attention = told(Instant::now());

    touch(
        &mut attention,
        &[AttentionTouch::Release, AttentionTouch::Confirm],
    );
    assert_eq!(attention.poll_command(), None);

    let ground = Ground::CheckedOnSite;
    touch(
        &mut attention,
        &[
            AttentionTouch::Ground(ground),
            AttentionTouch::Confirm,
            // A second finger on the same key.
            AttentionTouch::Confirm,
        ],
    );
    let decision = Decision::Release(StationId::new("gaon-1"));
    let decided = AttentionCommand::Decide { decision, ground };
    assert_eq!(attention.poll_command(), Some(decided));
    assert_eq!(attention.poll_command(), None);
}

#[test]
fn an_entry_is_not_released_and_a_station_is_not_applied() {
    let mut attention = told(Instant::now());

    touch(&mut attention, &[AttentionTouch::Settle(Verdict::Apply)]);
    assert_eq!(attention.deciding(), None);
    touch(
        &mut attention,
        &[AttentionTouch::Down, AttentionTouch::Release],
    );
    assert_eq!(attention.deciding(), None);
    touch(&mut attention, &[AttentionTouch::Settle(Verdict::Discard)]);

    let decision = attention.deciding().map(|it| it.decision.clone());
    let settle = Decision::Settle {
        station: StationId::new("narae-1"),
        incarnation: Incarnation::first(),
        number: 7,
        verdict: Verdict::Discard,
    };
    assert_eq!(decision, Some(settle));
}

#[test]
fn a_desk_without_an_agents_certificate_asks_nothing() {
    let mut attention = Attention::new(false);

    attention.handle(AttentionEvent::Shown(true), Instant::now());

    assert_eq!(attention.poll_command(), None);
    assert_eq!(attention.poll_timeout(), None);
}

#[test]
fn it_is_asked_again_while_somebody_looks() {
    let now = Instant::now();
    let mut attention = told(now);

    attention.handle_timeout(now + ASK_EVERY);
    assert_eq!(attention.poll_command(), Some(AttentionCommand::Ask));
    attention.handle(AttentionEvent::Shown(false), now);

    assert_eq!(attention.poll_timeout(), None);
}

#[test]
fn of_a_deed_in_doubt_it_is_said_what_was_found() {
    let mut attention = told(Instant::now());

    touch(
        &mut attention,
        &[
            AttentionTouch::Select { row: 2 },
            AttentionTouch::Release,
            AttentionTouch::Settle(Verdict::Discard),
            AttentionTouch::Ground(Ground::CheckedOnSite),
            AttentionTouch::Confirm,
        ],
    );

    let decision = Decision::LookInto {
        station: StationId::new("gaon-2"),
        incarnation: Incarnation::first(),
        number: 9,
        finding: Verdict::Discard,
    };
    let ground = Ground::CheckedOnSite;
    let decided = AttentionCommand::Decide { decision, ground };
    assert_eq!(attention.poll_command(), Some(decided));
}
