//! Requests prepared by telephone, from the agent's name to the code read aloud.

use desk::{
    preparation::PreparationView,
    worklist::RowState,
    workplace::view::{DoingView, PaneView},
};
use request::{Channel, Identification, Outcome, RequestEvent, Stage};

use crate::{
    booth::Booth,
    caller::{NAME, NUMBER, begin, code, identify, prepare_land_ledger, step, wait},
};

#[test]
fn a_land_ledger_is_prepared_with_the_line_down_and_waits_under_its_code() {
    let mut booth = Booth::open();
    booth.sign_in();

    let code = prepare_land_ledger(&mut booth);

    let journal = booth.journal();
    let (request, events) = &journal[0];
    assert_eq!(request.stage, Stage::Closed(Outcome::Queued));
    assert_eq!(request.channel, Channel::Telephone);
    assert_eq!(request.claim_ticket.as_ref(), Some(&code));
    assert_eq!(request.copies, 2);
    assert_eq!(request.total_won(), 600);
    assert!(request.applicant.is_none());
    let submitted = |event: &&RequestEvent| **event == RequestEvent::Submitted;
    assert_eq!(events.iter().filter(submitted).count(), 1);
    let all = events.len() as u64;
    let view = booth.wait_for("the outbox tells", |view| view.line.waiting == all);
    assert_eq!(view.line.waiting_since, "10:00");
    assert!(!view.line.linked);
    assert_eq!(view.line.last_contact, "09:00");

    for _ in 0..4 {
        booth.press("Enter");
    }
    let view = booth.wait_for(
        "the worklist has it",
        |view| matches!(&view.pane, PaneView::Worklist(list) if list.rows.len() == 1),
    );
    let PaneView::Worklist(list) = view.pane else {
        unreachable!("waited for it");
    };
    assert_eq!(list.rows[0].state, RowState::Asked);
    assert!(!list.rows[0].sent);
}

#[test]
fn what_needs_a_card_is_prepared_for_whom_the_caller_names_and_consent_is_spoken() {
    let mut booth = Booth::open();
    booth.sign_in();

    begin(&mut booth, "주민등록표등본");
    identify(&mut booth);
    booth.press("Enter");
    wait(&mut booth, "consent is read aloud", |it| {
        matches!(it, PreparationView::Consent(_))
    });
    // Nothing but a yes goes on.
    booth.press("Enter");
    booth.press("Ctrl+Y");
    wait(&mut booth, "everything is read", |it| {
        matches!(it, PreparationView::Review(_))
    });
    booth.press("Tab");
    booth.type_text("010-0000-0000");
    booth.press("Enter");
    code(&mut booth);

    let (request, events) = booth.journal().pop().unwrap();
    assert_eq!(request.stage, Stage::Closed(Outcome::Queued));
    let applicant = request.applicant.unwrap();
    assert_eq!(applicant.name.reveal(), NAME);
    assert_eq!(applicant.resident_number.digits().reveal(), "9001012990014");
    let said = |event: &RequestEvent| matches!(event, RequestEvent::Identified { by, .. } if *by == Identification::StatedByTelephone);
    assert!(events.iter().any(said));
    let consent = request.consent.unwrap();
    assert_eq!(consent.language, "ko");
    assert_eq!(consent.fields.len(), 3);
    let telephone = request.telephone.unwrap();
    assert_eq!(telephone.digits().reveal(), "821000000000");
}

#[test]
fn a_caller_who_does_not_consent_leaves_nothing_but_a_withdrawn_request() {
    let mut booth = Booth::open();
    booth.sign_in();
    begin(&mut booth, "주민등록표등본");
    identify(&mut booth);
    booth.press("Enter");
    wait(&mut booth, "consent is read aloud", |it| {
        matches!(it, PreparationView::Consent(_))
    });

    booth.press("Ctrl+Del");
    booth.wait_for("the form is gone", |view| step(view).is_none());

    let (request, _) = booth.journal().pop().unwrap();
    assert_eq!(request.stage, Stage::Closed(Outcome::Withdrawn));
    assert_eq!(request.claim_ticket, None);
}

#[test]
fn a_form_that_a_crash_cut_short_is_withdrawn_and_a_code_is_found_again() {
    let mut booth = Booth::open();
    booth.sign_in();
    let code = prepare_land_ledger(&mut booth);
    booth.press("Esc");
    begin(&mut booth, "주민등록표등본");
    identify(&mut booth);

    booth.switch_off();
    booth.switch_on();
    booth.sign_in();

    let journal = booth.journal();
    assert_eq!(journal[1].0.stage, Stage::Closed(Outcome::Withdrawn));
    booth.wait_for(
        "the worklist has the first",
        |view| matches!(&view.pane, PaneView::Worklist(list) if list.rows.len() == 1),
    );
    booth.press("Ctrl+R");
    booth.press("Alt+1");
    booth.press("Enter");
    booth.wait_for("one right answer is not enough", |view| match &view.pane {
        PaneView::Worklist(list) => {
            matches!(list.doing, DoingView::Checking { refused, .. } if refused)
        }
        _ => false,
    });
    booth.press("Alt+3");
    booth.press("Enter");
    let view = booth.wait_for("the code is read again", |view| match &view.pane {
        PaneView::Worklist(list) => matches!(list.doing, DoingView::Reading { .. }),
        _ => false,
    });
    let PaneView::Worklist(list) = view.pane else {
        unreachable!("waited for it");
    };
    let DoingView::Reading { groups, .. } = list.doing else {
        unreachable!("waited for it");
    };
    let read: String = groups.iter().map(|it| it.reveal().as_str()).collect();
    assert_eq!(read, code);
}

#[test]
fn a_caller_who_knew_the_last_request_is_written_down_as_such() {
    let mut booth = Booth::open();
    booth.sign_in();
    begin(&mut booth, "주민등록표등본");
    identify(&mut booth);
    booth.press("Enter");
    booth.press("Ctrl+Y");
    booth.press("Enter");
    code(&mut booth);
    booth.press("Esc");

    begin(&mut booth, "구직");
    wait(&mut booth, "the caller is asked for", |it| {
        matches!(it, PreparationView::Identify(_))
    });
    booth.type_text(NAME);
    booth.press("Tab");
    booth.type_text(NUMBER);
    booth.press("Alt+2");
    wait(&mut booth, "there is something to ask", |it| match it {
        PreparationView::Identify(view) => view.known.is_some(),
        _ => false,
    });
    booth.press("Alt+3");
    booth.press("Alt+5");
    booth.press("Enter");
    wait(&mut booth, "the form is there", |it| {
        matches!(it, PreparationView::Fill(_))
    });

    let (_, events) = booth.journal().pop().unwrap();
    let knew = |event: &RequestEvent| matches!(event, RequestEvent::Identified { by, .. } if *by == Identification::RecordQuestions);
    assert!(events.iter().any(knew));
}
