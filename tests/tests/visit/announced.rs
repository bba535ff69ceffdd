//! What the office announces to its kiosk: notices, and that nobody is served.

use std::{collections::BTreeMap, time::Duration};

use i_slint_backend_testing::ElementHandle;
use kiosk::visit::view::{Screen, Trouble, View};
use sync::{Announcement, RemoteOrder};
use tests::{
    office::TUESDAY_10_00,
    stand::Stand,
    walk::{End, Stop},
};

const KOREAN: &str = "오늘은 1층 공사로 시끄러울 수 있어요.";
const AN_HOUR: Duration = Duration::from_hours(1);

fn notice() -> Announcement {
    let text = [("ko", KOREAN), ("en", "Works on this floor today.")];
    Announcement::Notice {
        id: "works".to_owned(),
        text: BTreeMap::from(text.map(|(language, words)| (language.to_owned(), words.to_owned()))),
        until: TUESDAY_10_00 + AN_HOUR,
    }
}

fn order(order: RemoteOrder) -> Announcement {
    let until = TUESDAY_10_00 + AN_HOUR;
    Announcement::Order { order, until }
}

fn shows_the_notice(view: &View) -> bool {
    matches!(&view.screen, Screen::Welcome(welcome) if welcome.notices == [KOREAN])
}

fn is_closed(view: &View) -> bool {
    view.screen == Screen::OutOfService(Trouble::ClosedByOffice)
}

#[test]
fn a_notice_stands_on_the_welcome_screen_until_its_time_is_over() {
    let mut stand = Stand::open(TUESDAY_10_00);

    stand.office.announce(&notice());

    stand.wait_until("the notice stands", shows_the_notice);
    let standing = ElementHandle::find_by_accessible_label(&stand.window, KOREAN).next();
    assert!(standing.is_some());
    // It is written down: whoever starts anew shows it again.
    stand.switch_off();
    stand.switch_on();
    stand.wait_until("the notice stands again", shows_the_notice);
    stand.switch_off();
    stand.let_pass(AN_HOUR);
    stand.switch_on();
    stand.wait_until("nothing is announced", |view| match &view.screen {
        Screen::Welcome(welcome) => welcome.notices.is_empty(),
        _ => false,
    });
}

#[test]
fn who_is_being_served_when_the_office_closes_the_kiosk_gets_the_paper_and_nobody_after() {
    let mut stand = Stand::open(TUESDAY_10_00);
    stand.walk_to(Stop::TakeCard);

    stand.office.announce(&order(RemoteOrder::Close));
    stand.until("the order has come", |stand| {
        let told = stand.open_journal().announcements().unwrap();
        !told.is_empty()
    });

    assert_eq!(stand.go_on(), End::Thanked);
    stand.wait_until("the kiosk is closed", is_closed);
    assert_eq!(stand.sheets().len(), 1);
    stand.switch_off();
    stand.switch_on();
    stand.wait_until("it is still closed", is_closed);
    stand.office.announce(&order(RemoteOrder::Open));
    stand.wait_for("welcome");
}

#[test]
fn a_kiosk_that_is_to_start_anew_ends_when_nobody_stands_there_and_does_not_end_again() {
    let mut stand = Stand::open(TUESDAY_10_00);
    stand.walk_to(Stop::TakeCard);

    stand.office.announce(&order(RemoteOrder::Restart));

    assert_eq!(stand.go_on(), End::Thanked);
    stand.until_it_ends();
    assert_eq!(stand.sheets().len(), 1);
    stand.switch_off();
    stand.switch_on();
    stand.walk_to(Stop::Service);
}
