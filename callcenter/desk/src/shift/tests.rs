//! Stories of shifts.

#![allow(clippy::unwrap_used)]

use super::*;

const WRAP_UP: Duration = Duration::from_secs(60);

fn signed_in(now: Instant) -> Shift {
    let mut shift = Shift::new(WRAP_UP);
    let agent = "kim.2".to_owned();
    shift.handle(ShiftEvent::SignIn { agent }, now).unwrap();
    shift
}

fn told(shift: &mut Shift) -> Vec<Presence> {
    std::iter::from_fn(|| shift.poll_command())
        .map(|ShiftCommand::Present(presence)| presence)
        .collect()
}

#[test]
fn signing_in_offers_nobody_a_call_before_the_agent_is_ready() {
    let now = Instant::now();
    let mut shift = signed_in(now);
    let agent = || "kim.2".to_owned();

    let at_first = told(&mut shift);
    shift.handle(ShiftEvent::Ready, now).unwrap();

    let reason = BreakReason::Errand;
    assert_eq!(
        at_first,
        [Presence::Break {
            agent: agent(),
            reason
        }]
    );
    assert_eq!(told(&mut shift), [Presence::Ready { agent: agent() }]);
}

#[test]
fn a_name_that_is_no_name_signs_nobody_in() {
    let mut shift = Shift::new(WRAP_UP);

    for name in ["", "  ", "kim park", "김상담", &"a".repeat(33)] {
        let agent = name.to_owned();
        let refused = shift.handle(ShiftEvent::SignIn { agent }, Instant::now());
        assert_eq!(refused, Err(ShiftRefusal::AgentName), "{name}");
    }
    assert_eq!(shift.state(), ShiftState::SignedOut);
    assert_eq!(told(&mut shift), []);
}

#[test]
fn after_a_call_there_is_time_to_write_and_then_the_next_one() {
    let now = Instant::now();
    let mut shift = signed_in(now);
    shift.handle(ShiftEvent::Ready, now).unwrap();
    shift.handle(ShiftEvent::CallBegan, now).unwrap();
    shift.handle(ShiftEvent::CallEnded, now).unwrap();

    assert_eq!(shift.state(), ShiftState::WrapUp);
    shift.handle_timeout(now + WRAP_UP - Duration::from_millis(1));
    assert_eq!(shift.state(), ShiftState::WrapUp, "never shorter than set");
    shift.handle_timeout(now + WRAP_UP);
    assert_eq!(shift.state(), ShiftState::Ready);
}

#[test]
fn a_break_asked_for_on_the_line_begins_when_the_writing_is_done() {
    let now = Instant::now();
    let mut shift = signed_in(now);
    shift.handle(ShiftEvent::CallBegan, now).unwrap();
    shift
        .handle(ShiftEvent::Break(BreakReason::Meal), now)
        .unwrap();
    assert_eq!(shift.state(), ShiftState::Talking);

    shift.handle(ShiftEvent::CallEnded, now).unwrap();
    shift.handle_timeout(now + WRAP_UP);

    assert_eq!(shift.state(), ShiftState::Break(BreakReason::Meal));
}

#[test]
fn a_wrap_up_with_a_request_open_waits_for_the_agent() {
    let now = Instant::now();
    let mut shift = signed_in(now);
    shift.handle(ShiftEvent::CallBegan, now).unwrap();
    shift.handle(ShiftEvent::Occupied(true), now).unwrap();
    shift.handle(ShiftEvent::CallEnded, now).unwrap();

    shift.handle_timeout(now + WRAP_UP);

    assert_eq!(shift.state(), ShiftState::WrapUp);
    let refused = shift.handle(ShiftEvent::SignOut, now + WRAP_UP);
    assert_eq!(refused, Err(ShiftRefusal::Unfinished));
    shift.handle(ShiftEvent::Occupied(false), now).unwrap();
    shift.handle(ShiftEvent::Ready, now + WRAP_UP).unwrap();
    assert_eq!(shift.state(), ShiftState::Ready);
}

#[test]
fn nobody_signs_out_with_a_caller_on_the_line() {
    let now = Instant::now();
    let mut shift = signed_in(now);
    shift.handle(ShiftEvent::CallBegan, now).unwrap();

    let refused = shift.handle(ShiftEvent::SignOut, now);

    assert_eq!(refused, Err(ShiftRefusal::Unfinished));
    assert_eq!(shift.agent(), Some("kim.2"));
}
