//! A technician in front of the whole kiosk: card, PIN, what works, and the way out.

use bench::people::{PEOPLE, Person};
use kiosk::{
    maintenance::view::{Mark, Page, Upkeep},
    visit::{View, view::Screen},
};
use privacy::Personal;
use tests::{office::TUESDAY_10_00, stand::Stand};

const TECHNICIAN: Person = PEOPLE[3];
const PIN: &str = "271828";

fn looked_after() -> Stand {
    let secret = |it: &str| Personal::new(it.to_owned());
    let card = secret(TECHNICIAN.resident_number);
    let lines = kiosk::technician_entry("tech-1", &card, &secret(PIN)).unwrap();
    Stand::furnished(TUESDAY_10_00, |_| format!("\n{lines}"))
}

fn upkeep(view: &View) -> Option<&Upkeep> {
    match &view.screen {
        Screen::Upkeep(upkeep) => Some(upkeep),
        _ => None,
    }
}

fn enter(stand: &mut Stand) {
    stand.insert_card(TECHNICIAN);
    stand.wait_for("upkeep");
    stand.type_digits(PIN);
    stand.touch("들어가기");
    stand.wait_until("the technician is inside", |view| {
        upkeep(view).is_some_and(|it| it.page != Page::Gate)
    });
}

#[test]
fn a_technician_sees_that_all_is_well_and_the_next_citizen_is_welcomed() {
    let mut stand = looked_after();

    enter(&mut stand);

    let view = stand.wait_until("everything works", |view| {
        upkeep(view).is_some_and(|it| {
            let known = it.rows.iter().filter(|row| row.mark == Mark::Good);
            known.count() >= 12
        })
    });
    let upkeep = upkeep(&view).unwrap();
    assert_eq!(upkeep.technician, "tech-1");
    let bad = upkeep.rows.iter().filter(|it| it.mark == Mark::Bad);
    assert_eq!(bad.count(), 0, "{:?}", upkeep.rows);
    stand.touch("정비 끝내기");
    stand.wait_for("welcome");
    stand.pull_card();
    stand.walk_to(tests::walk::Stop::Service);
    stand.go_on();
    stand.assert_agreement(200);
}

#[test]
fn a_fault_is_told_with_its_code_and_what_to_do_while_somebody_looks() {
    let mut stand = looked_after();
    enter(&mut stand);

    stand
        .bench
        .receipt_printer
        .with(|it| it.set_mood(bench::receipt_printer::Mood::CoverOpen));

    let view = stand.wait_until("the cover is told", |view| {
        let row = upkeep(view).and_then(|it| it.rows.iter().find(|it| it.value == "PTR-03"));
        row.is_some_and(|it| it.note.contains("덮개를 닫으세요"))
    });
    assert!(upkeep(&view).unwrap().tabs[0].mark == Mark::Bad);
    stand.touch("English");
    stand.wait_until("it is told in English", |view| {
        let row = upkeep(view).and_then(|it| it.rows.iter().find(|it| it.value == "PTR-03"));
        row.is_some_and(|it| it.note.contains("Close the cover"))
    });
}
