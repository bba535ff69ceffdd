//! Who comes in, who waits, and when it ends.

use std::time::Duration;

use devices::card_reader::CardReaderOrder;

use super::super::{Event, book::What, task::Task, view::Page};
use super::shop::{CARD, CITIZENS, PIN, Shop};
use crate::visit::Touch;

const SECOND: Duration = Duration::from_secs(1);

#[test]
fn a_technician_comes_in_by_card_and_pin_and_goes_by_word() {
    let mut shop = Shop::open();

    shop.insert(CARD);
    assert_eq!(shop.page(), Some(Page::Gate));
    shop.type_pin(PIN);

    assert!(matches!(shop.page(), Some(Page::Inside(_))));
    assert_eq!(shop.upkeep().unwrap().technician, "tech-1");
    shop.touch(Task::Leave);
    assert!(shop.view.is_none() && !shop.maintenance.is_open());
    let book = [What::Entered, What::Left { by_silence: false }];
    assert_eq!(shop.book(), book);
}

#[test]
fn a_citizens_card_that_lies_in_at_rest_is_nobodys_business() {
    let mut shop = Shop::open();

    shop.insert(CITIZENS);

    assert!(shop.view.is_none() && !shop.maintenance.is_open());
    assert_eq!(shop.book(), []);
    shop.pull();
    shop.insert(CARD);
    assert_eq!(shop.page(), Some(Page::Gate));
}

#[test]
fn nobody_comes_in_during_a_citizens_visit() {
    let mut shop = Shop::open();
    shop.happens(Event::AtRest(false));

    shop.insert(CARD);

    assert!(shop.view.is_none() && !shop.maintenance.is_open());
    shop.pull();
    shop.happens(Event::AtRest(true));
    shop.insert(CARD);
    assert_eq!(shop.page(), Some(Page::Gate));
    let orders = [
        CardReaderOrder::Accept,
        CardReaderOrder::Release,
        CardReaderOrder::Accept,
    ];
    assert_eq!(shop.card_orders(), orders, "cards are read at rest alone");
}

#[test]
fn a_citizen_who_is_quicker_than_the_hash_is_served() {
    let mut shop = Shop::open();
    shop.happens(Event::AtRest(false));
    shop.happens(Event::CardKnown(Some(super::shop::technician())));

    assert!(!shop.maintenance.is_open());
}

#[test]
fn a_wrong_pin_makes_the_wait_longer_each_time() {
    let mut shop = Shop::open();
    shop.insert(CARD);
    for _ in 0..2 {
        shop.type_pin("000001");
        assert!(shop.prompt().contains("틀렸어요"), "{}", shop.prompt());
    }

    for (seconds, shown) in [(30, "30초"), (60, "1분 0초"), (120, "2분 0초")] {
        shop.type_pin("000001");
        assert!(shop.prompt().contains(shown), "{}", shop.prompt());
        let compared = shop.compared;
        shop.type_pin(PIN);
        assert_eq!(shop.compared, compared, "a PIN is not even compared");
        shop.pass(Duration::from_secs(seconds - 2));
        assert!(shop.prompt().contains("2초"), "{}", shop.prompt());
        shop.pass(3 * SECOND);
        shop.happens(Event::Touched(Touch::Key(crate::visit::Key::Clear)));
    }

    shop.type_pin(PIN);
    assert!(matches!(shop.page(), Some(Page::Inside(_))));
    assert_eq!(shop.book().len(), 6, "{:?}", shop.book());
}

#[test]
fn switching_the_machine_off_shortens_no_wait() {
    let mut shop = Shop::open();
    shop.insert(CARD);
    for _ in 0..3 {
        shop.type_pin("000001");
    }

    let mut again = Shop::with(shop.maintenance.book().clone());
    again.insert(CARD);
    again.type_pin(PIN);

    assert_eq!(again.compared, 0);
    assert!(again.prompt().contains("30초"), "{}", again.prompt());
}

#[test]
fn the_gate_shuts_when_the_card_is_pulled_or_nobody_types() {
    let mut shop = Shop::open();
    shop.insert(CARD);
    shop.pull();
    assert!(!shop.maintenance.is_open());

    shop.insert(CARD);
    shop.pass(39 * SECOND);
    assert!(shop.maintenance.is_open());
    shop.pass(2 * SECOND);
    assert!(!shop.maintenance.is_open());
}

#[test]
fn maintenance_asks_before_it_ends_by_silence_and_no_sooner() {
    let mut shop = Shop::open();
    shop.enter();
    shop.pass(279 * SECOND);
    assert_eq!(shop.view.as_ref().unwrap().leaving_in, None);

    shop.pass(6 * SECOND);
    assert!(shop.view.as_ref().unwrap().leaving_in.is_some());
    shop.happens(Event::Touched(Touch::StayHere));
    assert_eq!(shop.view.as_ref().unwrap().leaving_in, None);
    shop.pass(301 * SECOND);

    assert!(!shop.maintenance.is_open() && shop.view.is_none());
    let left = What::Left { by_silence: true };
    assert_eq!(shop.book().last(), Some(&left));
}
