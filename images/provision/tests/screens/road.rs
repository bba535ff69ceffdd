//! The whole road before a window in memory: the real machine, touched by the labels of its
//! screens; disk, devices and exchange alone are played.

use provision::{screens::Tongue, view::SiteProblem};

use crate::place::{ANSWER, CARD, CODE, PIN, Place};

#[test]
fn a_technician_leaves_a_machine_in_service_by_touches_alone() {
    let mut place = Place::bare();

    place.on_screen("Plug in your stick");
    place.stick_is_found(Err(SiteProblem::NoPackage));
    place.on_screen("There is no site package on this stick.");
    place.stick_holds(Ok(()));
    place.touch("Read the stick again");

    place.card("a stranger's");
    place.on_screen("This card is not in the site package.");
    place.card(CARD);
    place.types("000000");
    place.touch("Confirm my PIN");
    place.on_screen("The PIN is wrong.");
    place.types(PIN);
    place.touch("Confirm my PIN");

    place.on_screen("Scan the delivery label");
    place.touch("jongno-2");
    place.types(&CODE[..15]);
    place.types("0");
    place.touch("Delete");
    place.types(&CODE[15..]);
    place.network(true);
    place.touch("Use this number");

    place.on_screen("Is the picture whole and upright?");
    place.touch("Yes, all is well");
    for corner in ["top left", "top right", "bottom left", "bottom right"] {
        place.touch(&format!("Target at the {corner}"));
    }
    place.on_screen("Put any card in, and take it out again");
    place.card("anybody's");

    place.on_screen("Is the commissioning sheet in the tray?");
    place.touch("Yes, I have it");
    place.on_screen("In service");
    assert_eq!(place.written().station.unwrap().as_str(), "jongno-2");
    assert!(place.written().in_service_at.is_some());
    assert!(place.is_finished());
}

#[test]
fn a_wait_after_wrong_pins_is_counted_down_on_the_screen() {
    let mut place = Place::bare();
    place.stick_is_found(Ok(()));
    place.card(CARD);
    for _ in 0..3 {
        place.types("000000");
        place.touch("Confirm my PIN");
    }
    place.on_screen("Wait 15 seconds, then type it again.");
    place.seconds_go_by(6);
    place.on_screen("Wait 9 seconds, then type it again.");
    place.seconds_go_by(8);
    place.on_screen("Wait one second, then type it again.");
    place.seconds_go_by(1);
    place.types(PIN);
    place.touch("Confirm my PIN");
    place.on_screen("Scan the delivery label");
}

#[test]
fn without_a_network_paper_goes_and_comes_and_the_exchange_is_told_later() {
    let mut place = Place::labelled();
    place.network(false);
    place.touch("jongno-2");
    place.types(CODE);
    place.touch("Use this number");

    place.on_screen("The exchange cannot be reached.");
    place.paper(false);
    place.touch("Enrol by paper");
    place.on_screen("The request is not printed.");
    place.paper(true);
    place.touch("Print again");
    place.on_screen("Hold the code of their answer to the scanner.");
    place.scan("MINWON-CERT1:of-another-machine");
    place.on_screen("This code is not the answer to this machine's request.");
    place.scan(ANSWER);

    place.hands_are_tested();
    place.patience_ends();
    place.on_screen("Something failed");
    assert!(place.says("Connection to the exchange: Failed"));
    place.paper(false);
    place.touch("Go on without it");
    place.on_screen("The sheet is not printed");
    place.paper(true);
    place.touch("Print it again");
    place.touch("Yes, I have it");
    place.on_screen("The exchange does not know it yet");
    place.touch("Put it into service");

    place.on_screen("In service");
    assert!(!place.written().told, "it tells when it can");
}

#[test]
fn a_label_of_another_site_or_a_wrong_digit_is_said_and_put_right() {
    let mut place = Place::labelled();
    place.network(true);

    place.scan("MINWON1:elsewhere-1:1234567890123456");
    place.on_screen("This label is for another site, or for another model of machine.");
    place.scan("https://example.com");
    place.on_screen("This code is not a delivery label.");
    place.scan(&format!("MINWON1:jongno-2:{CODE}"));

    place.on_screen("Is the picture whole and upright?");
}

#[test]
fn the_power_may_go_at_any_step_and_the_screen_goes_on_where_the_book_is() {
    let mut place = Place::labelled();
    place.network(true);
    place.scan(&format!("MINWON1:jongno-2:{CODE}"));
    place.on_screen("Is the picture whole and upright?");

    place.power_cut();
    place.on_screen("Is the picture whole and upright?");
    place.hands_are_tested();
    place.on_screen("Is the commissioning sheet in the tray?");

    place.network(false);
    place.touch("Yes, I have it");
    place.power_cut();
    place.on_screen("The exchange does not know it yet");
    place.touch("Put it into service");
    place.power_cut();
    assert!(place.is_finished(), "and ends at once at every start");
}

#[test]
fn the_same_road_is_gone_in_korean() {
    let mut place = Place::bare();
    place.speak(Tongue::Korean);

    place.on_screen("스틱을 꽂으세요");
    place.stick_is_found(Ok(()));
    place.card(CARD);
    place.types(PIN);
    place.touch("비밀번호 확인하기");
    place.touch("jongno-1");
    place.types(CODE);
    place.network(true);
    place.touch("이 번호로 하기");
    place.touch("네, 잘 보여요");
    for corner in ["왼쪽 위", "오른쪽 위", "왼쪽 아래", "오른쪽 아래"] {
        place.touch(&format!("{corner} 표적"));
    }
    place.card("아무개의");
    place.touch("네, 꺼냈어요");
    place.on_screen("운영을 시작했어요");
}
