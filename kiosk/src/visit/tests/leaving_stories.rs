//! People who go without a word, start over, or touch too much.

use request::{Outcome, Stage};

use super::{
    citizen::{Citizen, LAND},
    laws,
    town::{ExchangeMood, Town},
};
use crate::visit::{
    Event, Touch,
    step::Step,
    view::{Accessibility, Contrast, InsertCard, Means, Screen, TextSize},
};

const WATCHED: [fn(Step) -> bool; 9] = [
    |step| step == Step::Finding,
    |step| step == Step::Explaining,
    |step| step == Step::InsertingCard(InsertCard::Waiting),
    |step| step == Step::TypingNumber,
    |step| step == Step::Choosing,
    |step| step == Step::Consenting,
    |step| step == Step::Reviewing,
    |step| step == Step::Paying,
    |step| step == Step::OfferingReceipt,
];

#[test]
fn whoever_goes_without_a_word_is_warned_for_twenty_seconds_and_forgotten() {
    for (index, step) in WATCHED.into_iter().enumerate() {
        let mut town = Town::default();
        Citizen::default().walk_until(&mut town, step);
        let leaving_in = |town: &Town| town.view.as_ref().unwrap().leaving_in;

        town.pass_seconds(57);
        assert_eq!(leaving_in(&town), None, "step {index}");
        town.pass_seconds(4);
        assert!(
            leaving_in(&town).is_some_and(|it| (16..=20).contains(&it)),
            "step {index}"
        );
        town.pass_seconds(5);
        assert!(
            leaving_in(&town).is_some_and(|it| (11..=15).contains(&it)),
            "step {index}"
        );
        town.pass_seconds(200);

        assert_eq!(town.visit.step, Step::Resting, "step {index}");
        assert!(town.visit.request().is_none());
        laws::reckon(&town);
    }
}

#[test]
fn whoever_is_still_there_stays_as_long_as_they_like() {
    let mut town = Town::default();
    Citizen::default().walk_until(&mut town, |step| step == Step::Reviewing);

    for _ in 0..20 {
        town.pass_seconds(70);
        town.touch(Touch::StayHere);
        assert_eq!(town.view.as_ref().unwrap().leaving_in, None);
    }

    assert_eq!(town.visit.step, Step::Reviewing);
}

#[test]
fn whoever_counts_coins_slowly_is_not_sent_away() {
    let mut town = Town::default();
    let mut citizen = Citizen::wanting(5);
    citizen.walk_until(&mut town, |step| step == Step::Paying);
    citizen.make_a_move(&mut town);

    for _ in 0..9 {
        town.pass_seconds(50);
        town.insert_coin(100);
    }

    town.pass_seconds(50);
    assert_eq!(town.visit.step, Step::Paying);
    assert!(matches!(town.screen(), Screen::Pay(pay) if pay.inserted_won == 900));
}

#[test]
fn starting_over_forgets_everything_at_every_step() {
    for (index, step) in WATCHED.into_iter().enumerate() {
        let mut town = Town::default();
        let mut citizen = Citizen::default();
        citizen.walk_until(&mut town, step);
        let opened = !town.requests.is_empty();

        town.touch(Touch::StartOver);
        while town.visit.step != Step::Resting {
            town.pull_card();
            town.pass_seconds(1);
        }

        let done = index == WATCHED.len() - 1;
        let outcome = if done {
            Outcome::Done
        } else {
            Outcome::Withdrawn
        };
        if opened {
            assert_eq!(town.request().stage, Stage::Closed(outcome), "step {index}");
        }
        laws::reckon(&town);
    }
}

#[test]
fn a_machine_at_work_is_not_disturbed_by_fingers() {
    let at_work: [fn(Step) -> bool; 4] = [
        |step| step == Step::Preparing,
        |step| step == Step::Fetching,
        |step| step == Step::Printing,
        |step| step == Step::PrintingReceipt,
    ];
    for step in at_work {
        let mut town = Town::default();
        let mut citizen = Citizen::default();
        citizen.walk_until(&mut town, step);

        for touch in [
            Touch::StartOver,
            Touch::Back,
            Touch::Next,
            Touch::CancelPayment,
            Touch::PayWith(Means::Cash),
            Touch::TryAgain,
            Touch::ChooseService(LAND.to_owned()),
        ] {
            town.touch(touch);
        }

        assert!(step(town.visit.step));
        citizen.walk_home(&mut town);
        assert_eq!(town.request().stage, Stage::Closed(Outcome::Done));
        laws::reckon(&town);
    }
}

#[test]
fn a_refusal_to_consent_ends_the_visit_and_nobody_is_asked() {
    let mut town = Town::default();
    Citizen::default().walk_until(&mut town, |step| step == Step::Consenting);

    town.touch(Touch::Disagree);
    town.pull_card();

    assert_eq!(town.request().stage, Stage::Closed(Outcome::Withdrawn));
    assert_eq!(town.request().consent, None);
    laws::reckon(&town);
}

#[test]
fn a_request_that_comes_after_its_citizen_has_gone_is_closed_at_once() {
    let mut town = Town::default();
    let mut citizen = Citizen::asking_for(LAND);
    citizen.walk_until(&mut town, |step| matches!(step, Step::Asking { .. }));
    let request = town.request();
    town.touch(Touch::StartOver);
    town.pass_seconds(20);
    assert_eq!(town.visit.step, Step::Resting);
    let mut late = request;
    late.id = request::RequestId::new("gaon-1-late");

    town.tell(Event::Opened(Box::new(late)));

    assert_eq!(town.visit.step, Step::Resting);
    let closed = town
        .journal
        .events(&request::RequestId::new("gaon-1-late"))
        .unwrap();
    assert_eq!(
        closed,
        [request::RequestEvent::Closed {
            outcome: Outcome::Withdrawn
        }]
    );
}

#[test]
fn two_quick_touches_open_one_request() {
    let mut town = Town::default();
    Citizen::default().walk_until(&mut town, |step| step == Step::Explaining);

    town.touch(Touch::Next);
    town.touch(Touch::Next);

    assert_eq!(town.requests.len(), 1);
}

fn settings(town: &Town) -> Accessibility {
    town.view.as_ref().unwrap().accessibility
}

#[test]
fn the_display_settings_last_as_long_as_the_visit() {
    let mut town = Town::default();
    Citizen::default().walk_until(&mut town, |step| step == Step::Choosing);
    town.exchange.mood = ExchangeMood::Well;

    town.touch(Touch::NextTextSize);
    town.touch(Touch::NextContrast);
    town.touch(Touch::LowScreen);
    town.touch(Touch::Stillness);

    let wanted = Accessibility {
        text: TextSize::Larger,
        contrast: Contrast::WhiteOnBlack,
        low_screen: true,
        still: true,
        guidance: None,
    };
    assert_eq!(settings(&town), wanted);
    town.pull_card();
    town.touch(Touch::Next);
    assert_eq!(settings(&town), wanted);
    town.pass_seconds(200);
    assert_eq!(settings(&town), Accessibility::default());
}

#[test]
fn touch_by_touch_every_size_and_all_colours_come_and_then_the_first_again() {
    let mut town = Town::default();
    town.touch(Touch::Start);

    for text in TextSize::ALL {
        for contrast in Contrast::ALL {
            let now = settings(&town);
            assert_eq!((now.text, now.contrast), (text, contrast));
            town.touch(Touch::NextContrast);
        }
        town.touch(Touch::NextTextSize);
    }

    assert_eq!(settings(&town), Accessibility::default());
}
