//! Stories of the worklist.

#![allow(clippy::unwrap_used)]

use request::{Fee, FeeReason, ServiceId, Timestamp};
use ticket::Issuer;

use super::*;

fn issuer() -> Issuer {
    Issuer::from_pem("desk-1", &Issuer::fresh_key().unwrap()).unwrap()
}

fn row(issuer: &Issuer, id: &str, state: RowState) -> Row {
    Row {
        request: RequestId::new(id),
        service: ServiceId::new("land-ledger"),
        copies: 2,
        fee_won: 600,
        asked_at: Timestamp::from_millis(1_000),
        code: issuer.claim_code(id),
        applicant: None,
        caller: None,
        state,
    }
}

fn connected(rows: Vec<Row>) -> (Worklist, Instant) {
    let (mut list, now) = (Worklist::new(rows), Instant::now());
    list.handle(WorklistEvent::Connected, now);
    (list, now)
}

fn touch(list: &mut Worklist, touches: &[WorklistTouch]) {
    for touch in touches {
        list.handle(WorklistEvent::Touched(touch.clone()), Instant::now());
    }
}

fn ready() -> TicketAnswer {
    TicketAnswer::Ready {
        service: ServiceId::new("land-ledger"),
        copies: 2,
        fee: Fee {
            unit_won: 300,
            legal_basis: String::new(),
            reason: FeeReason::Everywhere,
        },
        accepted_at: Timestamp::from_millis(0),
    }
}

#[test]
fn a_request_is_asked_for_then_ready_then_collected() {
    let issuer = issuer();
    let (mut list, now) = connected(vec![row(&issuer, "a", RowState::Asked)]);
    list.handle_timeout(now);
    assert_eq!(
        list.poll_command(),
        None,
        "nobody asks for what is not there"
    );

    let request = RequestId::new("a");
    let event = RequestEvent::ResultReady;
    list.handle(WorklistEvent::Published { request, event }, now);
    assert_eq!(list.rows()[0].state, RowState::Ready);
    list.handle_timeout(now + ASK_EVERY);
    let code = issuer.claim_code("a");
    let asked = WorklistCommand::LookUp(code.clone());
    assert_eq!(list.poll_command(), Some(asked));
    let answer = Some(TicketAnswer::Used);
    list.handle(WorklistEvent::LookedUp { code, answer }, now);

    assert_eq!(list.rows()[0].state, RowState::Collected);
    list.handle_timeout(now + 2 * ASK_EVERY);
    assert_eq!(list.poll_command(), None, "it will not change any more");
}

#[test]
fn every_row_has_its_turn() {
    let issuer = issuer();
    let rows = ["a", "b", "c"].map(|id| row(&issuer, id, RowState::Ready));
    let (mut list, now) = connected(rows.to_vec());

    let mut asked = Vec::new();
    for minute in 0..4 {
        list.handle_timeout(now + minute * ASK_EVERY);
        asked.extend(std::iter::from_fn(|| list.poll_command()));
    }

    let turns = ["a", "b", "c", "a"].map(|id| WorklistCommand::LookUp(issuer.claim_code(id)));
    assert_eq!(asked, turns);
}

#[test]
fn asked_by_hand_one_question_follows_the_other() {
    let issuer = issuer();
    let states = [RowState::Ready, RowState::Collected, RowState::Collecting];
    let rows = states.map(|state| row(&issuer, &format!("{state:?}"), state));
    let (mut list, now) = connected(rows.to_vec());

    touch(
        &mut list,
        &[WorklistTouch::CheckNow, WorklistTouch::CheckNow],
    );
    let first = issuer.claim_code("Ready");
    let asked = Some(WorklistCommand::LookUp(first.clone()));
    assert_eq!(list.poll_command(), asked);
    assert_eq!(list.poll_command(), None);
    let answer = Some(ready());
    list.handle(
        WorklistEvent::LookedUp {
            code: first,
            answer,
        },
        now,
    );

    let second = WorklistCommand::LookUp(issuer.claim_code("Collecting"));
    assert_eq!(list.poll_command(), Some(second));
}

#[test]
fn a_code_is_read_to_nobody_who_does_not_know_the_request() {
    let issuer = issuer();
    let (mut list, _) = connected(vec![row(&issuer, "a", RowState::Ready)]);

    touch(
        &mut list,
        &[
            WorklistTouch::ReadAgain,
            WorklistTouch::Knew { question: 0 },
            WorklistTouch::Next,
        ],
    );
    assert!(matches!(
        list.doing(),
        Doing::Checking { refused: true, .. }
    ));
    touch(
        &mut list,
        &[WorklistTouch::Knew { question: 2 }, WorklistTouch::Next],
    );

    assert_eq!(list.doing(), Doing::Reading { group: 0 });
}

#[test]
fn a_code_that_was_used_is_not_read_again() {
    let issuer = issuer();
    let (mut list, _) = connected(vec![row(&issuer, "a", RowState::Collected)]);

    touch(&mut list, &[WorklistTouch::ReadAgain]);

    assert_eq!(list.doing(), Doing::Nothing);
}

#[test]
fn the_list_knows_of_people_no_longer_than_the_journal() {
    let issuer = issuer();
    let mut known = row(&issuer, "a", RowState::Ready);
    known.caller = Some(Personal::new("02-0000-0000".to_owned()));
    known.applicant = Some(Applicant {
        name: Personal::new("한빛나".to_owned()),
        resident_number: request::ResidentNumber::parse("900101-2990014").unwrap(),
    });
    let (mut list, now) = connected(vec![known]);

    let journaled = vec![row(&issuer, "a", RowState::Ready)];
    list.handle(WorklistEvent::Journaled(journaled), now);

    assert_eq!(list.rows()[0].applicant, None);
    assert_eq!(list.rows()[0].caller, None);
}
