//! Stories of trainees who help at a kiosk from the real workplace.

use std::time::Duration;

use handover::RoomRefusal;
use request::FormField;
use training::Kind;

use super::bench::Bench;
use crate::room::{
    Key,
    view::{Notice, Pane},
};

const PARCEL: usize = 1;
const COPIES: usize = 2;

fn question(id: &str) -> FormField {
    FormField::Question(id.to_owned())
}

fn judged(bench: &Bench) -> (u32, bool) {
    let Pane::Judged { points, passed, .. } = bench.pane() else {
        panic!("{:?}", bench.pane());
    };
    (points, passed)
}

fn last_line(bench: &Bench) -> String {
    let Pane::Practise { said, .. } = bench.pane() else {
        panic!("{:?}", bench.pane());
    };
    said.last().unwrap().clone()
}

#[test]
fn a_trainee_who_asks_listens_and_proposes_helps_to_the_end_and_passes() {
    let mut bench = Bench::signed_in();
    bench.comes_to("visit-land-ledger-english");
    let district = bench.wants(&question("district"));
    let district = bench.words_of("districts", &district);

    bench.writes("Hello! In which neighborhood is it?");
    bench.proposes(0, &district);
    bench.writes("What is the parcel number?");
    let parcel = bench.wants(&question("parcel_number"));
    assert!(last_line(&bench).contains(&parcel));
    bench.proposes(PARCEL, &parcel);
    bench.writes("How many copies?");
    let copies = bench.wants(&FormField::Copies);
    if copies != "1" {
        bench.proposes(COPIES, &copies);
    }
    assert!(last_line(&bench).contains("Thank you"));
    bench.ends_the_help();

    assert_eq!(judged(&bench), (100, true));
    let record = bench.only_record();
    assert_eq!(record.kind, Kind::Exercise);
    assert_eq!(record.scenario, "visit-land-ledger-english");
    assert_eq!((record.agent.as_str(), record.seed), ("kim.2", 3));
    assert!(bench.no_room_is_open());
    bench.key(Key::Choose);
    assert_eq!(bench.passed(), ["visit-land-ledger-english"]);
}

#[test]
fn what_the_citizen_chooses_alone_and_does_not_agree_to_is_respected_from_the_desk_too() {
    let mut bench = Bench::signed_in();
    bench.comes_to("visit-own-choice");

    bench.writes("안녕하세요. 과거 주소도 넣을까요?");
    bench.proposes(1, "2");
    bench.writes("주민등록번호 뒷자리는 어떻게 할까요?");
    bench.points_at(0);
    let copies = bench.wants(&FormField::Copies);
    if copies != "1" {
        bench.writes("몇 부 필요하세요?");
        bench.proposes(COPIES, &copies);
    }
    assert!(last_line(&bench).contains("동의해야 하나요"));
    bench.writes("동의하지 않으셔도 돼요. 창구에서 신청하실 수 있어요.");
    bench.ends_the_help();

    assert_eq!(judged(&bench), (100, true));
}

#[test]
fn a_trainee_who_leaves_a_citizen_alone_has_failed() {
    let mut bench = Bench::signed_in();
    bench.comes_to("visit-deaf-citizen");

    bench.writes("네, 잘 보여요.");
    bench.ends_the_help();

    let (points, passed) = judged(&bench);
    assert!(!passed);
    assert_eq!(points, 70);
}

#[test]
fn a_citizen_who_has_to_go_is_gone_from_the_desk_and_the_room_is_over() {
    let mut bench = Bench::signed_in();
    bench.comes_to("visit-called-away");
    bench.writes("안녕하세요, 지번이 뭐예요?");

    for _ in 0..6 {
        if last_line(&bench).contains("두고 가도") {
            break;
        }
        bench.writes("네.");
    }
    bench.writes("네, 저절로 지워져요.");
    bench.waits(Duration::from_secs(40));

    let (points, passed) = judged(&bench);
    assert_eq!((points, passed), (100, true));
    assert!(bench.no_room_is_open());
    assert!(!bench.desk_helps());
}

#[test]
fn a_visit_that_is_broken_off_leaves_no_room_and_no_record() {
    let mut bench = Bench::signed_in();
    bench.comes_to("visit-deaf-citizen");

    bench.key(Key::Back);

    assert!(matches!(bench.pane(), Pane::Choose { .. }));
    assert!(bench.no_room_is_open() && bench.has_no_record());
}

#[test]
fn a_room_without_a_kiosk_says_so_and_asks_nobody() {
    let mut bench = Bench::without_a_kiosk();

    bench.chooses("visit-deaf-citizen");

    assert_eq!(bench.notice(), Some(Notice::NoKiosk));
    assert!(matches!(bench.pane(), Pane::Choose { .. }));
    assert!(bench.no_room_is_open());
}

#[test]
fn an_exchange_that_knows_no_such_kiosk_is_told_of_and_costs_nothing() {
    let mut bench = Bench::signed_in();
    bench.exchange_refuses(RoomRefusal::NotForYou);

    bench.chooses("visit-deaf-citizen");

    assert_eq!(bench.notice(), Some(Notice::NoRoom));
    assert!(matches!(bench.pane(), Pane::Choose { .. }));
    assert!(bench.has_no_record());
}
