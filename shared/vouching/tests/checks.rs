//! Checks at the exchange: two persons at two desks, bounded in answers and in time,
//! and nothing that is done twice counts twice.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up has failed"
)]

#[path = "checks/examiner.rs"]
mod examiner;
mod household;
mod office;

use std::time::Duration;

use privacy::Personal;
use vouching::{
    ANSWER_MAX, CheckEnding, CheckFact, CheckOutcome, CheckRefusal, DeskDeed, Doubt, Ground,
    KioskDeed, KioskState, NoticeStage, Part, Role, SILENCE_MAX,
};

use office::{JANG, KIM, Office, PARK, believe};

#[test]
fn three_right_answers_and_two_persons_at_two_desks_pass() {
    let mut office = Office::open();
    office.does(KIM, DeskDeed::Take).unwrap();
    assert!(!office.sheet(KIM).may_believe);
    for _ in 0..3 {
        office.answers(KIM, true).unwrap();
    }
    assert_eq!(office.sheet(KIM).question, None);
    office.does(KIM, believe()).unwrap();
    assert_eq!(office.view(), KioskState::WaitingForSecond);
    office.does(PARK, DeskDeed::Take).unwrap();
    let sheet = office.sheet(PARK);
    assert_eq!(sheet.part, Part::Second);
    assert_eq!(sheet.log.len(), 3);
    assert_eq!(sheet.first.unwrap().ground, Ground::AnsweredReadily);

    office
        .does(
            PARK,
            DeskDeed::Believe {
                ground: Ground::LogRead,
            },
        )
        .unwrap();

    let KioskState::Passed(vouching) = office.view() else {
        panic!("{:?}", office.view());
    };
    assert!(vouching.is_by_two());
    assert_eq!((vouching.asked, vouching.right), (3, 3));
    assert_eq!(office.sheet(KIM).over, Some(CheckOutcome::Passed));
}

#[test]
fn a_sheet_says_how_long_its_check_still_lives() {
    let mut office = Office::open();
    office.does(KIM, DeskDeed::Take).unwrap();
    let before = office.sheet(KIM).seconds_left.unwrap();

    office.passes(Duration::from_secs(10));

    assert_eq!(office.sheet(KIM).seconds_left, Some(before - 10));
    office.kiosk_does("gaon-1", KioskDeed::Leave).unwrap();
    assert_eq!(office.sheet(KIM).seconds_left, None);
}

#[test]
fn one_wrong_answer_is_forgiven_and_the_second_ends_it() {
    let mut office = Office::open();
    office.does(KIM, DeskDeed::Take).unwrap();
    office.answers(KIM, false).unwrap();
    assert_eq!(office.sheet(KIM).wrong_left, 0);

    office.answers(KIM, false).unwrap();

    assert_eq!(office.view(), KioskState::Ended(CheckEnding::WrongAnswers));
    assert_eq!(
        office.does(KIM, believe()),
        Err(CheckRefusal::Gone),
        "who failed is not believed all the same"
    );
}

#[test]
fn nobody_believes_before_enough_is_right() {
    let mut office = Office::open();
    office.does(KIM, DeskDeed::Take).unwrap();
    for right in [true, false, true] {
        assert_eq!(office.does(KIM, believe()), Err(CheckRefusal::NotNow));
        office.answers(KIM, right).unwrap();
    }
    assert_eq!(office.does(KIM, believe()), Err(CheckRefusal::NotNow));

    office.answers(KIM, true).unwrap();

    office.does(KIM, believe()).unwrap();
}

#[test]
fn the_second_person_is_another_at_another_desk_and_a_supervisor() {
    let mut office = Office::open().believed_by(KIM);

    let at_his_desk = (KIM.0, "park.1", Role::Supervisor);
    let himself_elsewhere = (PARK.0, KIM.1, Role::Supervisor);
    let no_supervisor = (PARK.0, "lee.3", Role::Agent);
    for (who, refusal) in [
        (at_his_desk, CheckRefusal::SameDesk),
        (himself_elsewhere, CheckRefusal::SameAgent),
        (no_supervisor, CheckRefusal::NotASupervisor),
    ] {
        assert_eq!(office.does(who, DeskDeed::Take), Err(refusal));
    }

    office.does(PARK, DeskDeed::Take).unwrap();
    assert_eq!(office.does(JANG, DeskDeed::Take), Err(CheckRefusal::Taken));
}

#[test]
fn the_second_person_may_ask_once_more_and_a_wrong_answer_too_many_ends_it() {
    let mut office = Office::open();
    office.does(KIM, DeskDeed::Take).unwrap();
    for right in [false, true, true, true] {
        office.answers(KIM, right).unwrap();
    }
    office.does(KIM, believe()).unwrap();
    office.does(PARK, DeskDeed::Take).unwrap();
    assert!(office.sheet(PARK).may_ask_more);
    office.does(PARK, DeskDeed::AskMore).unwrap();
    assert!(!office.sheet(PARK).may_believe && !office.sheet(PARK).may_ask_more);
    assert_eq!(office.does(PARK, believe()), Err(CheckRefusal::NotNow));

    office.answers(PARK, false).unwrap();

    assert_eq!(office.view(), KioskState::Ended(CheckEnding::WrongAnswers));
}

#[test]
fn either_person_refuses_for_good() {
    let doubt = Doubt::Prompted;
    let mut office = Office::open();
    office.does(KIM, DeskDeed::Take).unwrap();
    office.does(KIM, DeskDeed::Refuse { doubt }).unwrap();
    let ended = CheckEnding::Refused(doubt);
    assert_eq!(office.view(), KioskState::Ended(ended));

    let mut office = Office::open().believed_by(KIM);
    office.does(PARK, DeskDeed::Take).unwrap();
    office.does(PARK, DeskDeed::Refuse { doubt }).unwrap();
    let ended = CheckEnding::Overruled(doubt);
    assert_eq!(office.view(), KioskState::Ended(ended));
    assert_eq!(office.does(JANG, DeskDeed::Take), Err(CheckRefusal::Gone));
}

#[test]
fn what_is_said_twice_counts_once() {
    let mut office = Office::open();
    office.does(KIM, DeskDeed::Take).unwrap();
    office.does(KIM, DeskDeed::Take).unwrap();
    let (number, text) = office.open_answer(KIM, true);
    for _ in 0..3 {
        let text = Personal::new(text.clone());
        let question = number;
        office
            .does(KIM, DeskDeed::Answer { question, text })
            .unwrap();
    }
    assert_eq!(office.sheet(KIM).log.len(), 1);

    let mut office = office.believed_by(KIM);
    office.does(KIM, believe()).unwrap();
    office.does(PARK, DeskDeed::Take).unwrap();
    office.does(PARK, believe()).unwrap();
    let before = office.facts.len();
    office.does(PARK, believe()).unwrap();
    assert_eq!(office.facts.len(), before);
}

#[test]
fn answers_of_any_length_and_script_are_right_or_wrong_or_refused() {
    let mut office = Office::open();
    office.does(KIM, DeskDeed::Take).unwrap();
    let mut say = |number: u32, text: &str| {
        let text = Personal::new(text.to_owned());
        let question = number;
        office.does(KIM, DeskDeed::Answer { question, text })
    };

    for text in ["", "   ", "?!", "\u{200f}\u{200b}"] {
        assert_eq!(say(1, text), Err(CheckRefusal::Empty));
    }
    let long = "가".repeat(ANSWER_MAX + 1);
    assert_eq!(say(1, &long), Err(CheckRefusal::TooLong));
    for number in [0, 2, u32::MAX] {
        assert_eq!(say(number, "다온로"), Err(CheckRefusal::NoSuchQuestion));
    }
    say(1, "العنوان").unwrap();
    assert_eq!(office.sheet(KIM).log.len(), 1);
    assert!(!office.sheet(KIM).log[0].right);
}

#[test]
fn nobody_sees_or_does_anything_with_a_check_he_has_not_taken() {
    let mut office = Office::open();
    office.does(KIM, DeskDeed::Take).unwrap();

    let question = 1;
    let text = Personal::new("다온로".to_owned());
    for deed in [
        DeskDeed::Watch,
        DeskDeed::Answer { question, text },
        believe(),
        DeskDeed::AskMore,
        DeskDeed::Leave,
        DeskDeed::Refuse {
            doubt: Doubt::Other,
        },
    ] {
        assert_eq!(office.does(PARK, deed), Err(CheckRefusal::NotYours));
    }
    let another_agent_at_the_desk = (KIM.0, "lee.3", Role::Agent);
    let seen = office.does(another_agent_at_the_desk, DeskDeed::Watch);
    assert_eq!(seen, Err(CheckRefusal::NotYours));
    assert_eq!(office.does(PARK, DeskDeed::Take), Err(CheckRefusal::Taken));
}

#[test]
fn an_agent_who_vanishes_leaves_the_check_and_its_log_to_another() {
    let mut office = Office::open();
    office.does(KIM, DeskDeed::Take).unwrap();
    office.answers(KIM, true).unwrap();
    office.passes(SILENCE_MAX - Duration::from_secs(1));
    assert!(matches!(office.view(), KioskState::Asked(_)));

    office.passes(Duration::from_secs(1));

    assert_eq!(office.view(), KioskState::Waiting { ahead: 0 });
    office.does(JANG, DeskDeed::Take).unwrap();
    assert_eq!(office.sheet(JANG).log.len(), 1);
    let question = 2;
    let text = Personal::new("다온로".to_owned());
    let late = office.does(KIM, DeskDeed::Answer { question, text });
    assert_eq!(late, Err(CheckRefusal::NotYours));
}

#[test]
fn a_supervisor_who_vanishes_leaves_it_to_another_and_one_who_never_comes_ends_it() {
    let mut office = Office::open().believed_by(KIM);
    office.does(PARK, DeskDeed::Take).unwrap();
    office.passes(SILENCE_MAX);
    assert_eq!(office.view(), KioskState::WaitingForSecond);
    let [waiting] = office.waiting().try_into().unwrap();
    assert_eq!(
        waiting.stage,
        NoticeStage::Supervisor {
            believed_by: office::seat(KIM)
        }
    );

    office.passes(Duration::from_secs(15 * 60));

    assert_eq!(office.view(), KioskState::Ended(CheckEnding::TimeUp));
    assert_eq!(office.waiting(), []);
}

#[test]
fn a_kiosk_that_goes_silent_ends_its_check() {
    let mut office = Office::open();
    office.does(KIM, DeskDeed::Take).unwrap();

    office.kiosk_is_silent(SILENCE_MAX);

    let ended = CheckEnding::KioskSilent;
    assert_eq!(office.sheet(KIM).over, Some(CheckOutcome::Ended(ended)));
    assert_eq!(office.facts.last(), Some(&CheckFact::Ended { by: ended }));
}

#[test]
fn a_citizen_who_leaves_ends_it_and_another_kiosk_cannot() {
    let mut office = Office::open();
    let stranger = office.kiosk_does("narae-1", KioskDeed::Leave);
    assert_eq!(stranger, Err(CheckRefusal::Gone));

    office.kiosk_does("gaon-1", KioskDeed::Leave).unwrap();

    assert_eq!(office.view(), KioskState::Ended(CheckEnding::Left));
    assert_eq!(office.does(KIM, DeskDeed::Take), Err(CheckRefusal::Gone));
    // Long after, nothing is left of it.
    office.passes(Duration::from_secs(600));
    let late = office.kiosk_does("gaon-1", KioskDeed::Watch);
    assert_eq!(late, Err(CheckRefusal::Gone));
}

#[test]
fn what_the_citizen_types_is_read_until_it_is_answered_and_only_where_it_belongs() {
    let mut office = Office::open();
    let say = |question: u32, text: &str| KioskDeed::Say {
        question,
        text: Personal::new(text.to_owned()),
    };
    let early = office.kiosk_does("gaon-1", say(1, "다온로"));
    assert_eq!(early, Err(CheckRefusal::NotNow));
    office.does(KIM, DeskDeed::Take).unwrap();
    let long = "가".repeat(vouching::SAID_MAX + 1);
    let long = office.kiosk_does("gaon-1", say(1, &long));
    assert_eq!(long, Err(CheckRefusal::TooLong));

    office.kiosk_does("gaon-1", say(1, "다온로예요")).unwrap();

    let said = office.sheet(KIM).said.unwrap();
    assert_eq!(said.reveal(), "다온로예요");
    office.answers(KIM, true).unwrap();
    assert_eq!(office.sheet(KIM).said, None);
}

#[test]
fn who_waits_knows_how_many_came_before() {
    let mut office = Office::open();
    office.opens("narae-1", "check-2");
    let second = || KioskState::Waiting { ahead: 1 };
    assert_eq!(office.view_of("narae-1", "check-2").state, second());
    let before = office.view_of("narae-1", "check-2").edition;

    office.does(KIM, DeskDeed::Take).unwrap();

    let view = office.view_of("narae-1", "check-2");
    assert_eq!(view.state, KioskState::Waiting { ahead: 0 });
    assert!(view.edition > before);
}

#[test]
fn no_sheet_and_no_view_and_no_fact_holds_an_answer() {
    let mut office = Office::open();
    office.does(KIM, DeskDeed::Take).unwrap();
    let mut written = String::new();
    for _ in 0..3 {
        office.answers(KIM, true).unwrap();
        written += &serde_json::to_string(&office.sheet(KIM)).unwrap();
        written += &serde_json::to_string(&office.view()).unwrap();
    }
    written += &serde_json::to_string(&office.facts).unwrap();
    written += &format!("{office:?}");

    for secret in [
        "다온",
        "이든",
        "늘봄",
        "이서우",
        "seou",
        "2015",
        household::BITNA,
    ] {
        assert!(!written.contains(secret), "{secret}");
    }
}
