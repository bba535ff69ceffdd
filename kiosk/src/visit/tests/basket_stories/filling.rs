//! Putting in, changing, leaving out, and going away.

use super::*;

#[test]
fn what_is_left_out_is_withdrawn_and_not_paid_for() {
    let (mut town, mut citizen) = filled(HOUSEHOLD, &[FAMILY, LAND]);

    town.touch(Touch::RemoveItem(1));
    assert_eq!(sheet(&town).items.len(), 2);
    citizen.besides = vec![LAND];
    citizen.walk_home(&mut town);

    assert_eq!(
        outcomes(&town),
        [
            (200, Outcome::Done),
            (0, Outcome::Withdrawn),
            (300, Outcome::Done)
        ]
    );
    laws::reckon(&town);
}

#[test]
fn one_that_is_left_alone_goes_on_as_one_and_none_as_nobody() {
    let (mut town, mut citizen) = filled(HOUSEHOLD, &[FAMILY]);

    town.touch(Touch::RemoveItem(0));
    assert!(matches!(town.screen(), Screen::Review(_)));
    citizen.besides.clear();
    citizen.walk_home(&mut town);

    assert_eq!(
        outcomes(&town),
        [(0, Outcome::Withdrawn), (500, Outcome::Done)]
    );
    laws::reckon(&town);

    let (mut town, _) = filled(HOUSEHOLD, &[FAMILY]);
    town.touch(Touch::RemoveItem(1));
    town.touch(Touch::AddAnother);
    town.touch(Touch::OpenBasket);
    assert!(matches!(town.screen(), Screen::Review(_)));
}

#[test]
fn one_is_changed_and_the_last_look_comes_back_with_the_new_sum() {
    let (mut town, mut citizen) = filled(HOUSEHOLD, &[LAND]);

    town.touch(Touch::EditItem(0));
    assert!(matches!(town.screen(), Screen::Options(_)));
    town.touch(Touch::MoreCopies);
    town.touch(Touch::Next);
    let after = sheet(&town);
    assert_eq!(after.items[0].price, "부수 2부 · 400원");
    assert_eq!(town.view.as_ref().unwrap().basket.sum, "700원");

    town.touch(Touch::EditItem(1));
    assert!(matches!(town.screen(), Screen::Question(_)));
    town.touch(Touch::Back);
    assert_eq!(sheet(&town).items, after.items);

    citizen.walk_home(&mut town);
    assert_eq!(
        outcomes(&town),
        [(400, Outcome::Done), (300, Outcome::Done)]
    );
    laws::reckon(&town);
}

#[test]
fn among_the_services_the_basket_is_seen_and_led_back_to() {
    let (mut town, _) = filled(HOUSEHOLD, &[FAMILY]);
    town.touch(Touch::AddAnother);

    for touch in [
        Touch::Search,
        Touch::Back,
        Touch::OpenTopic("family".to_owned()),
    ] {
        town.touch(touch);
        let basket = town.view.as_ref().unwrap().basket.clone();
        assert_eq!((basket.count, basket.sum.as_str()), (2, "700원"));
    }
    town.touch(Touch::HaveTicket);
    assert_eq!(town.visit.step, Step::Finding, "a ticket goes its own way");
    town.touch(Touch::OpenBasket);
    assert_eq!(sheet(&town).items.len(), 2);
}

#[test]
fn back_from_a_new_one_leaves_the_others_where_they_are() {
    let (mut town, _) = filled(HOUSEHOLD, &[FAMILY]);
    town.touch(Touch::AddAnother);
    town.touch(Touch::ChooseService(LAND.to_owned()));
    town.touch(Touch::Next);
    assert!(matches!(town.screen(), Screen::Question(_)));

    town.touch(Touch::Back);

    assert!(matches!(town.screen(), Screen::Find(_)));
    assert_eq!(town.request().stage, Stage::Closed(Outcome::Withdrawn));
    town.touch(Touch::Back);
    assert_eq!(sheet(&town).items.len(), 2);
}

#[test]
fn a_basket_has_an_end() {
    let (mut town, _) = filled(LAND, &[LAND, LAND, LAND, LAND]);
    assert!(!town.view.as_ref().unwrap().basket.may_add);

    town.touch(Touch::AddAnother);

    assert_eq!(sheet(&town).items.len(), 5);
}

#[test]
fn whoever_walks_away_from_a_full_basket_has_asked_for_nothing() {
    for leave in [Some(Touch::StartOver), None] {
        for finding in [false, true] {
            let (mut town, _) = filled(HOUSEHOLD, &[FAMILY, LAND]);
            if finding {
                town.touch(Touch::AddAnother);
            }
            match leave.clone() {
                Some(touch) => town.touch(touch),
                None => town.pass_seconds(100),
            }
            town.pull_card();
            town.pass_seconds(100);

            assert_eq!(town.visit.step, Step::Resting);
            assert_eq!(outcomes(&town), [(0, Outcome::Withdrawn); 3]);
            laws::reckon(&town);
        }
    }
}

#[test]
fn a_card_that_is_pulled_ends_it_as_ever() {
    for finding in [false, true] {
        let (mut town, _) = filled(HOUSEHOLD, &[FAMILY]);
        if finding {
            town.touch(Touch::AddAnother);
        }

        town.pull_card();

        let Screen::Failed(failed) = town.screen() else {
            panic!("{:?}", town.screen());
        };
        assert_eq!(failed.reason, FailureReason::CardPulled);
        assert_eq!(outcomes(&town), [(0, Outcome::Withdrawn); 2]);
        town.touch(Touch::Next);
        town.pass_seconds(100);
        laws::reckon(&town);
    }
}

#[test]
fn whoever_gives_up_while_paying_gets_everything_back() {
    let (mut town, mut citizen) = filled(HOUSEHOLD, &[FAMILY]);
    citizen.purse = vec![Piece::Coin(500)];
    citizen.walk_until(&mut town, |step| step == Step::Paying);
    citizen.make_a_move(&mut town);
    citizen.make_a_move(&mut town);

    town.touch(Touch::CancelPayment);
    town.pass_seconds(60);

    assert_eq!((town.cash.in_won, town.cash.out_won), (500, 500));
    assert_eq!(outcomes(&town), [(0, Outcome::Withdrawn); 2]);
    laws::reckon(&town);
}

#[test]
fn a_card_whose_holder_is_not_known_yet_is_asked_for_again() {
    let mut town = Town::default();
    let mut citizen = Citizen::wanting_all(LAND, &[HOUSEHOLD]);
    walk_to(&mut citizen, &mut town, |it| {
        it.visit.step == Step::TypingNumber
    });

    town.touch(Touch::Back);
    assert!(matches!(town.screen(), Screen::Find(_)));
    town.pull_card();
    town.touch(Touch::ChooseService(HOUSEHOLD.to_owned()));
    town.touch(Touch::Next);
    town.insert_card(Card::Of(citizen.person));
    citizen.walk_home(&mut town);

    assert_eq!(town.printer.sheets.len(), 2);
    laws::reckon(&town);
}
