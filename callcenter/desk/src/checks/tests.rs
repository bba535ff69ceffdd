//! Stories of an agent, and of a supervisor, at the pane of two-person checks.

#![allow(clippy::unwrap_used, clippy::wildcard_enum_match_arm)]

mod pane;

use std::time::Duration;

use vouching::{AskedQuestion, CheckEnding, CheckOutcome, DeskDeed, Doubt, FirstWord, Ground};

use super::*;
use pane::{Pane, answer, answered, seat, sheet, wording};

#[test]
fn checks_wait_in_the_list_and_whoever_may_not_take_one_is_not_called_for_it() {
    let agent = Pane::of("lee.5", Role::Agent);
    let supervisor = Pane::of("park.1", Role::Supervisor);
    let first = Pane::of("kim.2", Role::Supervisor);

    let rows = agent.view().waiting;
    assert_eq!(rows[0].waited, "1:01");
    assert_eq!(rows[0].service, "주민등록표 등본");
    assert_eq!(rows[0].language, "영어");
    assert_eq!(rows[1].believed_by, "kim.2");
    let may_take = [agent, supervisor, first].map(|it| it.checks.may_take());
    assert_eq!(may_take, [1, 2, 1]);
}

#[test]
fn the_question_is_read_in_both_languages_with_the_time_that_is_left() {
    let mut pane = Pane::taken("lee.5", Role::Agent, sheet());

    pane.now += Duration::from_secs(10);

    let view = pane.sheet();
    assert_eq!(view.left, "14:20");
    let Turn::Asking(asked) = view.turn else {
        panic!("{:?}", view.turn);
    };
    assert_eq!(asked.wording, wording().ko);
    assert_eq!(asked.in_their_words, wording().en);
    assert!(pane.checks.is_held());
}

#[test]
fn an_answer_is_sent_once_and_its_line_is_empty_for_the_next_question() {
    let mut pane = Pane::taken("lee.5", Role::Agent, sheet());
    pane.types("다온동");
    pane.touch(ChecksTouch::Next);
    pane.touch(ChecksTouch::Next);

    assert_eq!(pane.told(), [answer(1, "다온동")]);
    assert_eq!(pane.view().notice, Some(ChecksNotice::OnItsWay));
    let next = DeskSheet {
        edition: 3,
        question: Some(AskedQuestion {
            number: 2,
            wording: wording(),
        }),
        ..answered(3, Part::First)
    };
    pane.sees(next, &answer(1, "다온동"));
    pane.touch(ChecksTouch::Next);

    assert_eq!(pane.told(), []);
    let refused = ChecksNotice::Refused(CheckRefusal::Empty);
    assert_eq!(pane.view().notice, Some(refused));
}

#[test]
fn what_the_citizen_has_typed_is_taken_over_with_one_key() {
    let said = Some(Personal::new("다온동".to_owned()));
    let mut pane = Pane::taken("lee.5", Role::Agent, DeskSheet { said, ..sheet() });

    pane.touch(ChecksTouch::Pick(0));

    assert_eq!(pane.told(), [answer(1, "다온동")]);
}

#[test]
fn an_answer_of_somebody_who_is_not_proven_stays_in_its_line() {
    let mut pane = Pane::taken("lee.5", Role::Agent, sheet());
    pane.types("다온동");
    pane.touch(ChecksTouch::Next);

    pane.is_refused(CheckRefusal::Unproven, &answer(1, "다온동"));
    let refused = ChecksNotice::Refused(CheckRefusal::Unproven);
    assert_eq!(pane.view().notice, Some(refused));
    pane.touch(ChecksTouch::Next);

    assert_eq!(pane.told(), [answer(1, "다온동")]);
}

#[test]
fn nobody_believes_before_the_questions_nor_without_a_reason() {
    let mut pane = Pane::taken("lee.5", Role::Agent, sheet());
    pane.touch(ChecksTouch::Believe);
    assert_eq!(pane.view().notice, Some(ChecksNotice::QuestionsFirst));

    let mut pane = Pane::taken("lee.5", Role::Agent, answered(4, Part::First));
    pane.touch(ChecksTouch::Believe);
    pane.touch(ChecksTouch::Next);

    assert_eq!(pane.view().notice, Some(ChecksNotice::ChooseReason));
    assert_eq!(pane.told(), []);
}

#[test]
fn the_first_person_believes_lets_go_of_the_citizen_and_hears_the_end() {
    let mut pane = Pane::taken("lee.5", Role::Agent, answered(4, Part::First));
    for touch in [
        ChecksTouch::Believe,
        ChecksTouch::Pick(1),
        ChecksTouch::Next,
    ] {
        pane.touch(touch);
    }
    let believe = DeskDeed::Believe {
        ground: Ground::SpokenWith,
    };
    let believed = DeskSheet {
        first: Some(FirstWord {
            seat: seat("desk-2", "lee.5"),
            ground: Ground::SpokenWith,
        }),
        may_believe: false,
        ..answered(5, Part::First)
    };
    pane.sees(believed.clone(), &believe);
    assert_eq!(pane.sheet().turn, Turn::WithSecond);
    assert!(!pane.checks.is_held());

    let over = Some(CheckOutcome::Passed);
    let edition = 8;
    pane.sees(
        DeskSheet {
            edition,
            over,
            ..believed
        },
        &DeskDeed::Watch,
    );

    assert_eq!(pane.sheet().turn, Turn::Passed);
    pane.touch(ChecksTouch::Back);
    assert_eq!(pane.view().sheet, None);
}

#[test]
fn a_supervisor_reads_the_log_asks_once_more_and_refuses_with_a_reason() {
    let mut pane = Pane::taken("park.1", Role::Supervisor, answered(6, Part::Second));
    let view = pane.sheet();
    assert_eq!(view.believed.unwrap().agent, "kim.2");
    assert_eq!((view.log.len(), view.right), (3, 3));

    pane.touch(ChecksTouch::AskMore);
    assert_eq!(pane.told(), [DeskDeed::AskMore]);
    let may_ask_more = false;
    pane.sees(
        DeskSheet {
            may_ask_more,
            ..answered(7, Part::Second)
        },
        &DeskDeed::AskMore,
    );
    pane.touch(ChecksTouch::AskMore);
    assert_eq!(pane.told(), []);
    for touch in [ChecksTouch::Refuse, ChecksTouch::Pick(2), ChecksTouch::Next] {
        pane.touch(touch);
    }

    let doubt = Doubt::NotThePerson;
    assert_eq!(pane.told(), [DeskDeed::Refuse { doubt }]);
}

#[test]
fn a_verdict_falls_when_the_check_ends_under_it() {
    let mut pane = Pane::taken("park.1", Role::Supervisor, answered(6, Part::Second));
    pane.touch(ChecksTouch::Believe);
    let over = Some(CheckOutcome::Ended(CheckEnding::Left));

    pane.sees(
        DeskSheet {
            over,
            ..answered(7, Part::Second)
        },
        &DeskDeed::Watch,
    );

    let view = pane.sheet();
    assert_eq!(view.verdict, None);
    assert_eq!(view.turn, Turn::Ended(CheckEnding::Left));
    assert!(!pane.checks.is_held());
}

#[test]
fn why_a_check_cannot_be_taken_is_said_until_the_next_key() {
    for why in [
        CheckRefusal::Taken,
        CheckRefusal::Gone,
        CheckRefusal::SameDesk,
        CheckRefusal::SameAgent,
        CheckRefusal::NotASupervisor,
        CheckRefusal::Unproven,
    ] {
        let mut pane = Pane::of("lee.5", Role::Agent);
        pane.touch(ChecksTouch::Next);

        pane.is_refused(why, &DeskDeed::Take);

        assert_eq!(pane.view().notice, Some(ChecksNotice::Refused(why)));
        assert!(!pane.checks.is_held());
        pane.touch(ChecksTouch::Down);
        assert_eq!(pane.view().notice, None);
    }
}

#[test]
fn a_check_that_went_back_to_the_list_leaves_nothing_of_the_citizen() {
    let said = Some(Personal::new("다온동".to_owned()));
    let mut pane = Pane::taken("lee.5", Role::Agent, DeskSheet { said, ..sheet() });
    pane.types("다온");

    pane.is_refused(CheckRefusal::NotYours, &DeskDeed::Watch);

    assert_eq!(pane.view().notice, Some(ChecksNotice::LetGo));
    assert_eq!(pane.view().sheet, None);
    assert!(pane.checks.typed.is_blank());
}

#[test]
fn whoever_signs_out_gives_the_check_back_and_sees_nothing_more() {
    let mut pane = Pane::taken("lee.5", Role::Agent, sheet());

    pane.checks.handle(ChecksEvent::Works(None), pane.now);

    assert_eq!(pane.told(), [DeskDeed::Leave]);
    let view = pane.view();
    assert!(!view.known && view.waiting.is_empty() && view.sheet.is_none());
}
