//! A desk and a real exchange: what is prepared here is ready there, and an agent
//! decides from the desk what waits for a person.

#![allow(
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    dead_code,
    reason = "the booth serves other stories too"
)]

#[path = "../../../callcenter/desk/tests/desk/booth.rs"]
mod booth;
#[path = "../../../callcenter/desk/tests/desk/caller.rs"]
mod caller;
#[path = "line/editions.rs"]
mod editions;
#[path = "line/filed.rs"]
mod filed;
#[path = "line/handled.rs"]
mod handled;
#[path = "line/informed.rs"]
mod informed;
#[path = "line/knowing.rs"]
mod knowing;
#[path = "line/letters.rs"]
mod letters;
#[path = "line/moderated.rs"]
mod moderated;
#[path = "line/sent.rs"]
mod sent;

use booth::{Booth, STATION, Way};
use caller::prepare_land_ledger;
use desk::{worklist::RowState, workplace::view::PaneView};
use desk_line::Office;
use request::{Channel, IdentityLevel, RequestEvent, ServiceId, StationId, Terms};
use sync::TicketAnswer;

/// A desk beside an office; `agent` is whose certificate it shows besides its own.
fn beside(office: &Office, agent: Option<&str>) -> Booth {
    Booth::beside(Way {
        url: office.url(),
        credentials: office.credentials(STATION),
        agent: agent.map(|agent| office.credentials(agent)),
    })
}

#[test]
fn what_is_prepared_at_a_desk_can_be_collected_at_any_kiosk() {
    let office = Office::open();
    let mut booth = beside(&office, None);
    booth.sign_in();
    booth.wait_for("the line is up", |view| view.line.linked);

    let code = prepare_land_ledger(&mut booth);
    booth.press("Esc");
    booth.wait_for("the exchange has all of it", |view| match &view.pane {
        PaneView::Worklist(list) => {
            let first = list.rows.first();
            view.line.waiting == 0 && first.is_some_and(|row| row.state == RowState::Ready)
        }
        _ => false,
    });

    match office.look_up("narae-1", &code) {
        TicketAnswer::Ready { copies, fee, .. } => assert_eq!((copies, fee.unit_won), (2, 300)),
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_agent_gives_up_a_wedged_entry_on_a_ground() {
    let office = Office::open();
    office.offer("narae-1", "never-opened", &[RequestEvent::Submitted]);
    let mut booth = beside(&office, Some("kim"));
    booth.sign_in();

    booth.press("F4");
    booth.wait_for("the entry is told", |view| match &view.pane {
        PaneView::Attention(told) => told.wedged.len() == 1,
        _ => false,
    });
    booth.press("Ctrl+D");
    // Without a ground nothing happens.
    booth.press("Enter");
    booth.press("Alt+3");
    booth.press("Enter");

    booth.wait_for("nothing waits", |view| match &view.pane {
        PaneView::Attention(told) => told.known && told.wedged.is_empty() && told.fault.is_none(),
        _ => false,
    });
    let audited = office.audit();
    assert!(audited.contains("compared by hand"), "{audited}");
}

#[test]
fn an_agent_says_what_was_found_of_money_that_may_have_fallen() {
    let office = Office::open();
    let opened = RequestEvent::Opened {
        service: ServiceId::new("s"),
        service_version: 1,
        channel: Channel::Kiosk,
        station: StationId::new("narae-1"),
        language: "ko".to_owned(),
        terms: Terms {
            identity: IdentityLevel::None,
            consent: false,
            questions: Vec::new(),
            copies_max: 1,
        },
    };
    let unknown = RequestEvent::PayoutUnknown { asked_won: 300 };
    office.offer("narae-1", "r", &[opened, unknown]);
    let mut booth = beside(&office, Some("kim"));
    booth.sign_in();

    booth.press("F4");
    let view = booth.wait_for("the doubt is told", |view| match &view.pane {
        PaneView::Attention(told) => told.doubts.len() == 1,
        _ => false,
    });
    let PaneView::Attention(told) = view.pane else {
        unreachable!("waited for it");
    };
    assert_eq!(told.doubts[0].what, "300원");
    booth.press("Ctrl+D");
    booth.press("Alt+1");
    booth.press("Enter");

    booth.wait_for("nothing waits", |view| match &view.pane {
        PaneView::Attention(told) => told.known && told.doubts.is_empty() && told.fault.is_none(),
        _ => false,
    });
    let audited = office.audit();
    assert!(audited.contains("found not done"), "{audited}");
}

#[test]
fn a_station_that_shows_itself_as_an_agent_decides_nothing() {
    let office = Office::open();
    let mut booth = beside(&office, Some("narae-1"));
    booth.sign_in();

    booth.press("F4");

    booth.wait_for("it is refused", |view| match &view.pane {
        PaneView::Attention(told) => told.fault == Some(desk::attention::AttentionFault::Forbidden),
        _ => false,
    });
}
