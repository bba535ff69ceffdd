//! What the office has announced: shown to everybody, and over in its time.

use std::{collections::BTreeMap, time::Duration};

use station::Bulletin;
use sync::{Announcement, RemoteOrder};

use super::town::Town;
use crate::visit::{
    Event, Touch,
    step::Step,
    view::{Screen, Trouble},
};

fn notices(town: &Town) -> Vec<String> {
    match town.screen() {
        Screen::Welcome(welcome) => welcome.notices.clone(),
        other => panic!("not the welcome screen: {other:?}"),
    }
}

fn bulletin(announcements: &[Announcement]) -> Event {
    let mut bulletin = Bulletin::default();
    for announcement in announcements {
        bulletin.take(announcement);
    }
    Event::Bulletin(bulletin)
}

#[test]
fn a_notice_goes_from_the_resting_screen_in_the_moment_its_time_is_over() {
    let mut town = Town::default();
    let until = town.now.wall + Duration::from_secs(600);
    let text = BTreeMap::from([("ko".to_owned(), "공사 중".to_owned())]);
    let id = "works".to_owned();

    town.tell(bulletin(&[Announcement::Notice { id, text, until }]));

    assert_eq!(notices(&town), ["공사 중"]);
    town.pass_seconds(599);
    assert_eq!(notices(&town).len(), 1);
    town.pass_seconds(1);
    assert!(notices(&town).is_empty());
}

#[test]
fn a_kiosk_the_office_has_closed_serves_nobody_until_the_time_is_over() {
    let mut town = Town::default();
    let until = town.now.wall + Duration::from_secs(600);
    let order = RemoteOrder::Close;

    town.tell(bulletin(&[Announcement::Order { order, until }]));

    assert_eq!(
        *town.screen(),
        Screen::OutOfService(Trouble::ClosedByOffice)
    );
    town.touch(Touch::Start);
    assert_eq!(town.visit.step, Step::Resting);
    town.pass_seconds(600);
    town.touch(Touch::Start);
    assert_eq!(town.visit.step, Step::Finding);
}
