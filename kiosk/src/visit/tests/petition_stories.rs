//! A petition is filed with the citizen's own words, and asked for by its number.

use request::{Outcome, Stage};
use sync::{Happened, OfficeName, PetitionAnswer, PetitionQuestion, Standing, StandingStep};
use ticket::{Code, Kind};

use super::{
    citizen::{Citizen, write},
    laws,
    town::{ExchangeMood, PrinterMood, Town, tickets},
};
use crate::visit::{
    Key, Touch,
    step::Step,
    view::{AnswerRefusal, FailureReason, Screen},
};

const PETITION: &str = "ombudsman-petition";

/// Somebody files a petition; answers its receipt number.
fn filed(town: &mut Town) -> String {
    let mut citizen = Citizen::asking_for(PETITION);
    citizen.walk_until(town, |step| matches!(step, Step::Accepted { .. }));
    let receipt = tickets().receipt_code(town.request().id.as_str());
    citizen.walk_home(town);
    receipt.digits()
}

fn standing() -> PetitionAnswer {
    let office = OfficeName {
        ko: "다솜구 생활안전과".to_owned(),
        en: "Public safety, Dasom-gu".to_owned(),
        telephone: "02-0000-2310".to_owned(),
    };
    PetitionAnswer::Standing(Box::new(Standing {
        service: request::ServiceId::new(PETITION),
        office: Some(office.clone()),
        due_on: Some("2026-12-02".to_owned()),
        late: false,
        steps: vec![StandingStep {
            on: "2026-11-24".to_owned(),
            what: Happened::Routed,
            office: Some(office),
        }],
        answered: false,
        may_rate: false,
        may_appeal: false,
        open_until: None,
    }))
}

#[test]
fn whoever_files_a_petition_goes_with_a_receipt_and_nothing_is_paid_or_waited_for() {
    let mut town = Town::default();
    let mut citizen = Citizen::asking_for(PETITION);

    citizen.walk_until(&mut town, |step| matches!(step, Step::Accepted { .. }));

    let Screen::Accepted(accepted) = town.screen().clone() else {
        panic!("not accepted");
    };
    let code = Code::parse(&accepted.code).unwrap();
    assert!(code.kind() == Kind::Receipt && accepted.printed);
    assert!(accepted.answered_within.unwrap().contains("7일"));
    let receipt = town.request().handling.receipt;
    assert_eq!(receipt, Some(code.digits()));
    let request = town.request();
    citizen.walk_home(&mut town);
    assert_eq!(request.answers["text"].reveal(), "가로등");
    assert!(!town.screens.contains(&"pay") && !town.screens.contains(&"options"));
    laws::hold(&town);
}

#[test]
fn a_petition_is_taken_without_the_exchange_and_without_a_receipt_printer() {
    let mut town = Town::default();
    town.set_exchange(ExchangeMood::Away);
    town.set_receipts(PrinterMood::OutOfPaper);
    let mut citizen = Citizen::asking_for(PETITION);

    citizen.walk_until(&mut town, |step| matches!(step, Step::Accepted { .. }));

    match town.screen() {
        Screen::Accepted(accepted) => assert!(!accepted.printed),
        other => panic!("{other:?}"),
    }
    let id = town.request().id;
    citizen.walk_home(&mut town);
    let closed = Stage::Closed(Outcome::Queued);
    assert_eq!(town.journal.request(&id).unwrap().unwrap().stage, closed);
}

#[test]
fn words_are_asked_for_one_after_the_other_and_can_be_changed_before_they_count() {
    let mut town = Town::default();
    let mut citizen = Citizen::asking_for(PETITION);
    citizen.walk_until(&mut town, |step| matches!(step, Step::Asking { .. }));
    town.touch(Touch::Next);
    match town.screen() {
        Screen::Question(question) => assert_eq!(question.refusal, Some(AnswerRefusal::Missing)),
        other => panic!("{other:?}"),
    }
    citizen.walk_until(&mut town, |step| step == Step::Reviewing);

    town.touch(Touch::Change(crate::visit::view::ReviewTarget::Form));
    let Screen::Question(question) = town.screen().clone() else {
        panic!("not asked again");
    };
    assert_eq!(question.text, "가로등", "as it was written");
    for _ in question.text.chars() {
        town.touch(Touch::Key(Key::Backspace));
    }
    write(&mut town, "ㅂㅓㅅㅡ");
    citizen.walk_until(&mut town, |step| step == Step::Reviewing);

    let subject = town.request().answers["subject"].clone();
    assert_eq!(subject.reveal(), "버스");
}

#[test]
fn a_text_that_is_too_long_stops_at_its_last_letter() {
    let mut town = Town::default();
    let mut citizen = Citizen::asking_for(PETITION);
    citizen.walk_until(&mut town, |step| matches!(step, Step::Asking { .. }));

    for _ in 0..61 {
        town.touch(Touch::Key(Key::Character('1')));
    }

    match town.screen() {
        Screen::Question(question) => {
            assert_eq!(question.refusal, Some(AnswerRefusal::TooLong));
            assert_eq!(question.text.chars().count(), 60);
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn who_leaves_before_the_last_touch_has_filed_nothing() {
    let mut town = Town::default();
    let mut citizen = Citizen::asking_for(PETITION);
    citizen.walk_until(&mut town, |step| step == Step::Reviewing);
    let id = town.request().id;

    town.touch(Touch::StartOver);
    citizen.walk_until(&mut town, |step| step == Step::Resting);

    assert_eq!(
        town.journal.request(&id).unwrap().unwrap().stage,
        Stage::Closed(Outcome::Withdrawn)
    );
}

#[test]
fn where_a_petition_stands_is_told_for_its_number_without_a_card() {
    let mut town = Town::default();
    let receipt = filed(&mut town);
    town.exchange.petition = Some(standing());
    let mut citizen = Citizen::holding(&receipt);

    citizen.walk_until(&mut town, |step| step == Step::Standing);

    match town.screen() {
        Screen::Standing(standing) => {
            assert_eq!(standing.office, "다솜구 생활안전과");
            assert_eq!(standing.due_on, "2026년 12월 2일");
            assert_eq!(standing.steps[0].what, "담당 부서로 보냈어요");
        }
        other => panic!("{other:?}"),
    }
    citizen.walk_home(&mut town);
    assert!(town.visit.person.standing.is_none());
}

#[test]
fn a_number_that_is_no_petitions_or_cannot_be_asked_about_is_said_so() {
    let mut town = Town::default();
    let receipt = filed(&mut town);
    for (answer, reason) in [
        (PetitionAnswer::Unknown, FailureReason::TicketUnknown),
        (PetitionAnswer::TooManyTries, FailureReason::TicketTries),
    ] {
        town.exchange.petition = Some(answer);
        let mut citizen = Citizen::holding(&receipt);
        citizen.walk_until(&mut town, |step| step == Step::Failing);
        match town.screen() {
            Screen::Failed(failed) => assert_eq!(failed.reason, reason),
            other => panic!("{other:?}"),
        }
        citizen.walk_home(&mut town);
    }
    town.set_exchange(ExchangeMood::Away);
    let mut citizen = Citizen::holding(&receipt);
    citizen.walk_until(&mut town, |step| step == Step::Failing);
}

#[test]
fn petitions_stand_on_their_shelf_and_are_found_by_their_names() {
    let mut town = Town::default();
    town.touch(Touch::Start);
    town.touch(Touch::OpenTopic("petition".to_owned()));
    match town.screen() {
        Screen::Topic(shelf) => assert_eq!(shelf.services.len(), 2),
        other => panic!("{other:?}"),
    }
    town.touch(Touch::Back);
    town.touch(Touch::Search);
    for jamo in "ㅅㅣㄴㅁㅜㄴㄱㅗ".chars() {
        town.touch(Touch::Key(Key::Character(jamo)));
    }

    match town.screen() {
        Screen::Search(search) => assert_eq!(search.found[0].service, PETITION),
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_answer_is_rated_and_appealed_against_where_it_stands() {
    let mut town = Town::default();
    let receipt = filed(&mut town);
    let PetitionAnswer::Standing(mut answered) = standing() else {
        panic!("no standing");
    };
    answered.answered = true;
    answered.may_rate = true;
    answered.may_appeal = true;
    let answered = PetitionAnswer::Standing(answered);
    town.exchange.petition = Some(answered.clone());
    let mut citizen = Citizen::holding(&receipt);
    citizen.walk_until(&mut town, |step| step == Step::Standing);

    town.touch(Touch::RateAnswer);
    town.touch(Touch::PickChoice("6".to_owned()));
    assert_eq!(town.visit.step, Step::Rating);
    town.touch(Touch::PickChoice("4".to_owned()));
    let rated = town.exchange.asked.borrow().last().cloned();
    assert!(matches!(
        rated,
        Some(PetitionQuestion::Rate { stars: 4, .. })
    ));
    citizen.walk_until(&mut town, |step| step == Step::Standing);

    town.touch(Touch::Appeal);
    town.touch(Touch::Next);
    let refusal = Some(AnswerRefusal::Missing);
    assert_eq!(town.visit.step, Step::Appealing { refusal });
    write(&mut town, "ㅇㅏㅈㅣㄱ");
    let appealed = town.exchange.asked.borrow().last().cloned();
    let Some(PetitionQuestion::Appeal { text, .. }) = appealed else {
        panic!("{appealed:?}");
    };
    assert_eq!(text.reveal(), "아직");
}

#[test]
fn an_appeal_that_nobody_answers_is_not_written_for_nothing() {
    let mut town = Town::default();
    let receipt = filed(&mut town);
    let PetitionAnswer::Standing(mut answered) = standing() else {
        panic!("no standing");
    };
    answered.may_appeal = true;
    town.exchange.petition = Some(PetitionAnswer::Standing(answered));
    let mut citizen = Citizen::holding(&receipt);
    citizen.walk_until(&mut town, |step| step == Step::Standing);
    town.touch(Touch::Appeal);
    town.set_exchange(ExchangeMood::Away);

    write(&mut town, "ㅇㅏㅈㅣㄱ");
    town.pass_seconds(20);

    match town.screen() {
        Screen::Question(question) => {
            assert_eq!(question.refusal, Some(AnswerRefusal::NotSent));
            assert_eq!(question.text.clone() + &question.composing, "아직");
        }
        other => panic!("{other:?}"),
    }
}
