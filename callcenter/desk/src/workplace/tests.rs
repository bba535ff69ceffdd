//! Stories of the workplace.

#![allow(clippy::unwrap_used, clippy::wildcard_enum_match_arm)]

use std::path::Path;

use badge::SignedBadge;
use request::Timestamp;

use super::*;
use crate::{
    Contact, preparation::PreparationView, telephone::TelephoneEvent, workplace::view::PaneView,
};

fn workplace() -> (Workplace, Moment) {
    workplace_with(false)
}

fn workplace_with(has_switch: bool) -> (Workplace, Moment) {
    let house = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/catalog");
    let catalog = Arc::new(Catalog::read(&house).unwrap());
    let issuer = Issuer::from_pem("desk-1", &Issuer::fresh_key().unwrap()).unwrap();
    let now = Moment {
        instant: Instant::now(),
        wall: Timestamp::from_millis(1_795_482_000_000),
    };
    let site = Site {
        office: Bilingual::default(),
        jurisdiction: "41999".to_owned(),
        text_messages: false,
        sound: None,
        wrap_up: Duration::from_secs(60),
        has_telephone: false,
        has_switch,
        has_agent: false,
    };
    let mut workplace = Workplace::new(catalog, site, Arc::new(issuer), Vec::new(), now);
    let contact = Contact {
        exchange: Some(now.wall),
        ..Contact::default()
    };
    workplace.handle(Event::LastContact(contact), now);
    (workplace, now)
}

fn press(workplace: &mut Workplace, now: Moment, keys: &[&str]) {
    for key in keys {
        let touch = touch_of(key).unwrap();
        workplace.handle(Event::Touched(touch), now);
    }
}

fn sign_in(workplace: &mut Workplace, now: Moment) {
    let (line, text) = (Line::Agent, Personal::new("kim.2".to_owned()));
    workplace.handle(Event::Touched(Touch::Type { line, text }), now);
    press(workplace, now, &["Enter"]);
}

fn shown(workplace: &mut Workplace) -> View {
    let commands = std::iter::from_fn(|| workplace.poll_command());
    let views = commands.filter_map(|it| match it {
        Command::Show(view) => Some(*view),
        Command::Open { .. }
        | Command::Record { .. }
        | Command::Prepared(_)
        | Command::LookUp(_)
        | Command::AskRooms(..)
        | Command::AskChecks(..)
        | Command::Wear(_)
        | Command::RememberSound(_)
        | Command::Attention(_)
        | Command::Petitions(_)
        | Command::Knowledge(_)
        | Command::Postings(_)
        | Command::Sending(_)
        | Command::Telephone(_) => None,
    });
    views.last().unwrap()
}

#[test]
fn nothing_happens_before_somebody_is_signed_in() {
    let (mut workplace, now) = workplace();

    press(&mut workplace, now, &["F2", "F4", "F6", "Ctrl+1"]);

    let view = shown(&mut workplace);
    let refused = matches!(view.pane, PaneView::SignIn { refused: true, .. });
    assert!(matches!(view.pane, PaneView::SignIn { .. }) && !refused);
    assert!(view.agent.is_none());
}

#[test]
fn a_failed_journal_shows_no_code_and_prepares_nothing_new() {
    let (mut workplace, now) = workplace();
    sign_in(&mut workplace, now);
    press(&mut workplace, now, &["F2"]);

    workplace.handle(Event::JournalBroken, now);
    press(&mut workplace, now, &["F2"]);

    assert_eq!(shown(&mut workplace).pane, PaneView::Broken);
}

#[test]
fn the_view_is_said_again_only_when_something_differs() {
    let (mut workplace, now) = workplace();
    sign_in(&mut workplace, now);
    shown(&mut workplace);

    press(&mut workplace, now, &["F3", "Esc"]);
    assert!(workplace.poll_command().is_none());
    let instant = workplace.poll_timeout().unwrap();
    workplace.handle_timeout(Moment { instant, ..now });

    assert_eq!(shown(&mut workplace).shift_for, "0:01");
}

#[test]
fn a_form_left_for_the_worklist_is_found_as_it_was() {
    let (mut workplace, now) = workplace();
    sign_in(&mut workplace, now);
    press(&mut workplace, now, &["F2", "Alt+3", "F3"]);
    assert!(matches!(shown(&mut workplace).pane, PaneView::Worklist(_)));

    press(&mut workplace, now, &["F2"]);

    let PaneView::Preparation(view) = shown(&mut workplace).pane else {
        panic!("the form is gone");
    };
    assert!(matches!(*view, PreparationView::Explain(_)));
}

#[test]
fn what_could_not_be_written_down_stands_in_no_list() {
    let (mut workplace, now) = workplace();
    sign_in(&mut workplace, now);
    press(&mut workplace, now, &["F2", "Alt+3", "Enter"]);
    let opened = std::iter::from_fn(|| workplace.poll_command()).find_map(|it| match it {
        Command::Open { service, terms, .. } => Some((service, terms)),
        _ => None,
    });
    let (service, terms) = opened.unwrap();
    let event = request::RequestEvent::Opened {
        service,
        service_version: 1,
        channel: request::Channel::Telephone,
        station: request::StationId::new("desk-1"),
        language: "ko".to_owned(),
        terms,
    };
    let id = request::RequestId::new("desk-1-1");
    let request = request::ServiceRequest::open(id, &event).unwrap();
    workplace.handle(Event::Opened(Box::new(request)), now);
    for (question, text) in [("district", "새빛"), ("parcel_number", "12")] {
        let line = Line::Form(crate::preparation::Field::Answer(question.to_owned()));
        let text = Personal::new(text.to_owned());
        workplace.handle(Event::Touched(Touch::Type { line, text }), now);
    }
    press(&mut workplace, now, &["Alt+1", "Enter", "Enter"]);

    // The disk fails at the first of what follows.
    workplace.handle(Event::JournalBroken, now);
    press(&mut workplace, now, &["F3"]);

    let mut commands = std::iter::from_fn(|| workplace.poll_command());
    let left: Vec<_> = commands.by_ref().collect();
    assert!(!left.iter().any(|it| matches!(
        it,
        Command::Record { .. } | Command::Prepared(_) | Command::Open { .. }
    )));
    let Some(Command::Show(view)) = left.into_iter().next_back() else {
        panic!("nothing is shown");
    };
    let PaneView::Worklist(list) = view.pane else {
        panic!("{view:?}");
    };
    assert!(list.rows.is_empty());
}

fn worn(workplace: &mut Workplace) -> Vec<Option<SignedBadge>> {
    let commands = std::iter::from_fn(|| workplace.poll_command());
    let worn = commands.filter_map(|it| match it {
        Command::Wear(badge) => Some(badge),
        _ => None,
    });
    worn.collect()
}

#[test]
fn the_exchange_is_shown_who_works_here_until_nobody_does() {
    let (mut workplace, now) = workplace();
    let badge = |name: &str| SignedBadge::new(name);
    let renewed = |name| Event::Telephone(TelephoneEvent::Badge(badge(name)));

    workplace.handle(renewed("late"), now);
    assert_eq!(worn(&mut workplace), []);
    sign_in(&mut workplace, now);
    let signed_in = TelephoneEvent::SignedIn {
        agent: 2,
        supervisor: false,
        badge: badge("first"),
    };
    workplace.handle(Event::Telephone(signed_in), now);
    workplace.handle(renewed("second"), now);
    assert_eq!(
        worn(&mut workplace),
        [Some(badge("first")), Some(badge("second"))]
    );
    press(&mut workplace, now, &["Ctrl+Q"]);

    assert_eq!(worn(&mut workplace), [None]);
}

/// At a switch, which knows who is a supervisor.
fn sign_in_as(workplace: &mut Workplace, now: Moment, supervisor: bool) {
    sign_in(workplace, now);
    let signed_in = TelephoneEvent::SignedIn {
        agent: 2,
        supervisor,
        badge: SignedBadge::new("badge"),
    };
    workplace.handle(Event::Telephone(signed_in), now);
}

#[test]
fn whoever_is_no_supervisor_does_not_find_the_pane_a_supervisor_left_open() {
    for key in ["Ctrl+F4", "F7"] {
        let (mut workplace, now) = workplace_with(true);
        sign_in_as(&mut workplace, now, true);
        // The directory goes back to where it was opened.
        press(&mut workplace, now, &[key, "F8", "Ctrl+Q"]);

        sign_in_as(&mut workplace, now, false);
        press(&mut workplace, now, &["Esc"]);
        let pane = shown(&mut workplace).pane;
        assert!(matches!(pane, PaneView::Worklist(_)), "{key}: {pane:?}");
        press(&mut workplace, now, &["Ctrl+Q"]);
        sign_in_as(&mut workplace, now, true);
        press(&mut workplace, now, &[key, "Ctrl+Q"]);
        sign_in_as(&mut workplace, now, false);

        let pane = shown(&mut workplace).pane;
        assert!(matches!(pane, PaneView::Worklist(_)), "{key}: {pane:?}");
    }
}

#[test]
fn whoever_signs_in_while_the_switch_is_away_is_no_supervisor_because_the_last_one_was() {
    for key in ["Ctrl+F4", "F7"] {
        let (mut workplace, now) = workplace_with(true);
        sign_in_as(&mut workplace, now, true);
        press(&mut workplace, now, &[key, "Ctrl+Q"]);

        sign_in(&mut workplace, now);
        workplace.handle(Event::Telephone(TelephoneEvent::Away), now);

        let view = shown(&mut workplace);
        assert!(view.agent.is_some() && !view.supervisor && !view.moderator);
        assert!(matches!(view.pane, PaneView::Worklist(_)), "{view:?}");
        press(&mut workplace, now, &[key]);
        let view = shown(&mut workplace);
        assert_eq!(view.notice, Some(Notice::SupervisorsOnly));
        assert!(matches!(view.pane, PaneView::Worklist(_)));
    }
}

#[test]
fn at_a_desk_whose_journal_has_failed_an_answer_is_not_sent_in_silence() {
    let (mut workplace, now) = workplace_with(true);
    sign_in_as(&mut workplace, now, false);
    press(&mut workplace, now, &["Ctrl+F3"]);
    for event in letter_in_hand() {
        workplace.handle(Event::Petitions(event), now);
        press(&mut workplace, now, &["Enter"]);
    }
    let (line, text) = (Line::Reply, Personal::new("고쳤습니다".to_owned()));
    workplace.handle(Event::Touched(Touch::Type { line, text }), now);

    workplace.handle(Event::JournalBroken, now);
    press(&mut workplace, now, &["Ctrl+Enter"]);

    let PaneView::Petitions(view) = shown(&mut workplace).pane else {
        panic!("another pane came up");
    };
    let not_written = crate::petitions::PetitionsNotice::NotWritten;
    assert_eq!(view.notice, Some(not_written));
}

/// What the exchange says until an agent has a letter; `Enter` goes on each time.
fn letter_in_hand() -> [PetitionsEvent; 3] {
    let petition = serde_json::json!({
        "request": "a", "service": "petition", "submitted_at": 1_795_482_000_000_i64,
        "extended": false, "appealed": false, "standing": "waiting",
        "language": "ko", "enclosures": [], "files": [], "like": [], "joined": [],
        "joined_in_all": 0, "decides": false, "may_extend_by": 0, "earlier_replies": [],
        "steps": [],
    });
    let page = serde_json::json!({ "petitions": [petition], "total": 1 });
    let request = request::RequestId::new("a");
    [
        PetitionsEvent::Told(None, Ok(serde_json::from_value(page).unwrap())),
        PetitionsEvent::Opened(
            request.clone(),
            Ok(serde_json::from_value(petition).unwrap()),
        ),
        PetitionsEvent::Taken(request, Ok("kim.2".to_owned())),
    ]
}
