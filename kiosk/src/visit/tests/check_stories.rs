//! No card that can be read: two agents believe the citizen, or nobody does.

use bench::people::PEOPLE;
use devices::card_reader::CardFault;
use request::{Identification, NetworkFault, Outcome, RequestEvent, Stage};
use vouching::{CheckRefusal, DeskDeed, Doubt};

use super::{
    citizen::{Citizen, FAMILY, type_number},
    laws,
    town::{Card, ExchangeMood, KIM, Town, is_left},
};
use crate::visit::{
    Key, Touch,
    step::Step,
    view::{Check, CheckEnd, FailureReason, InsertCard, NumberProof, Screen},
};

/// Where such checks are offered.
fn town() -> Town {
    let mut town = Town::default();
    town.visit.site.two_person_check = true;
    town
}

/// A card is refused, and the citizen takes it back.
fn with_a_refused_card(town: &mut Town, fault: CardFault) {
    let mut citizen = Citizen::default();
    let waiting = Step::InsertingCard(InsertCard::Waiting);
    citizen.walk_until(town, |step| step == waiting);
    town.insert_card(Card::Bad(fault));
    town.pass_seconds(10);
    town.pull_card();
}

fn offered(town: &Town) -> bool {
    town.view.as_ref().unwrap().check_offered
}

fn type_text(town: &mut Town, text: &str) {
    for key in text.chars() {
        town.touch(Touch::Key(Key::Character(key)));
    }
    town.touch(Touch::Next);
}

/// Agrees and says who it is.
fn says_who(town: &mut Town, name: &str) {
    town.touch(Touch::Agree);
    type_text(town, name);
    type_number(town, PEOPLE[0].resident_number);
    town.pass_seconds(1);
}

/// A check is under way; an agent has not come yet.
fn in_check() -> Town {
    let mut town = town();
    with_a_refused_card(&mut town, CardFault::Unreadable);
    town.touch(Touch::BeginCheck);
    says_who(&mut town, PEOPLE[0].name);
    assert_eq!(*town.screen(), Screen::Check(Check::Waiting { ahead: 0 }));
    town
}

fn ended(town: &Town) -> CheckEnd {
    match town.screen() {
        Screen::Check(Check::Ended { end, .. }) => *end,
        other => panic!("{other:?}"),
    }
}

fn events(town: &Town) -> Vec<RequestEvent> {
    town.journal.events(town.requests.last().unwrap()).unwrap()
}

#[test]
fn who_two_agents_believe_walks_away_with_the_paper_and_no_card() {
    let mut town = in_check();

    town.two_agents_believe();

    assert!(matches!(town.screen(), Screen::Options(_)));
    Citizen::default().walk_home(&mut town);
    let request = town.request();
    assert_eq!(request.stage, Stage::Closed(Outcome::Done));
    assert_eq!(request.identity.by, Some(Identification::TwoPersons));
    let applicant = request.applicant.unwrap();
    assert_eq!(applicant.name.reveal(), PEOPLE[0].name);
    let told: Vec<_> = events(&town)
        .into_iter()
        .filter_map(|it| match it {
            RequestEvent::VouchingAsked { .. } => Some("asked"),
            RequestEvent::IdentityVouched { vouching } => {
                assert!(vouching.is_by_two());
                assert_eq!((vouching.asked, vouching.right), (3, 3));
                Some("vouched")
            }
            RequestEvent::Identified { .. } => Some("identified"),
            RequestEvent::Submitted => Some("submitted"),
            _ => None,
        })
        .collect();
    assert_eq!(told, ["asked", "vouched", "identified", "submitted"]);
    assert!(!town.screens.contains(&"take-card"));
    laws::reckon(&town);
}

#[test]
fn who_two_agents_believe_tries_again_after_a_network_failed_without_being_asked_anew() {
    let mut town = in_check();
    town.two_agents_believe();
    let mut citizen = Citizen::default();
    citizen.walk_until(&mut town, |step| step == Step::Reviewing);
    town.exchange.mood = ExchangeMood::Fails(NetworkFault::Slow);
    town.touch(Touch::Next);
    town.pass_seconds(5);
    town.exchange.mood = ExchangeMood::Well;
    let first = town.request().identity.vouching.unwrap();

    town.touch(Touch::TryAgain);
    citizen.walk_home(&mut town);

    assert_eq!((town.requests.len(), town.checks.openings.len()), (2, 1));
    let request = town.request();
    assert_eq!(request.stage, Stage::Closed(Outcome::Done));
    assert_eq!(request.identity.by, Some(Identification::TwoPersons));
    assert_eq!(request.identity.vouching, Some(first));
    assert!(!town.screens.contains(&"take-card"));
    laws::reckon(&town);
}

#[test]
fn nothing_leaves_the_kiosk_before_the_citizen_has_agreed_in_writing() {
    let mut town = town();
    with_a_refused_card(&mut town, CardFault::Damaged);
    town.touch(Touch::BeginCheck);
    let Screen::Check(Check::Agreeing(shown)) = town.screen().clone() else {
        panic!("{:?}", town.screen());
    };
    assert!(!shown.fields.is_empty() && !shown.retention.is_empty());

    town.touch(Touch::Agree);
    let asked = |it: &RequestEvent| matches!(it, RequestEvent::VouchingAsked { .. });
    assert!(events(&town).iter().any(asked));
    type_text(&mut town, PEOPLE[0].name);
    let Screen::ResidentNumber(entry) = town.screen() else {
        panic!("{:?}", town.screen());
    };
    assert_eq!(entry.proof, NumberProof::TwoPersons);
    assert_eq!(town.checks.openings.len(), 0);
    type_number(&mut town, PEOPLE[0].resident_number);

    let [opening] = town.checks.openings.as_slice() else {
        panic!("{:?}", town.checks.openings);
    };
    assert_eq!(opening.consent.fields, shown.fields);
    assert_eq!(opening.request, town.request().id);
}

#[test]
fn a_check_is_offered_only_where_site_service_and_line_allow_it() {
    let mut elsewhere = Town::default();
    with_a_refused_card(&mut elsewhere, CardFault::Unreadable);
    assert!(!offered(&elsewhere));
    elsewhere.touch(Touch::BeginCheck);
    assert!(matches!(elsewhere.screen(), Screen::InsertCard(_)));

    let mut town = town();
    let waiting = Step::InsertingCard(InsertCard::Waiting);
    Citizen::asking_for(FAMILY).walk_until(&mut town, |step| step == waiting);
    town.insert_card(Card::Bad(CardFault::Unreadable));
    town.pass_seconds(10);
    assert!(!offered(&town));

    let mut town = self::town();
    with_a_refused_card(&mut town, CardFault::Unreadable);
    assert!(offered(&town));
    town.set_exchange(ExchangeMood::Away);
    assert!(!offered(&town));
    town.touch(Touch::BeginCheck);
    assert!(matches!(town.screen(), Screen::InsertCard(_)));
}

#[test]
fn who_does_not_know_the_cards_number_is_offered_a_check_and_may_decline() {
    for declines in [false, true] {
        let mut town = town();
        let mut citizen = Citizen::default();
        citizen.walk_until(&mut town, |step| step == Step::TypingNumber);
        for _ in 0..3 {
            type_number(&mut town, PEOPLE[1].resident_number);
        }
        assert!(matches!(town.screen(), Screen::Check(Check::Agreeing(_))));
        town.pull_card();

        if declines {
            town.touch(Touch::Disagree);
            let Screen::Failed(failed) = town.screen() else {
                panic!("{:?}", town.screen());
            };
            assert_eq!(failed.reason, FailureReason::TooManyTries);
        } else {
            says_who(&mut town, PEOPLE[0].name);
            town.two_agents_believe();
            citizen.walk_home(&mut town);
            assert_eq!(town.request().stage, Stage::Closed(Outcome::Done));
        }
        laws::reckon(&town);
    }
}

#[test]
fn wrong_answers_or_a_doubt_end_it_for_today() {
    for doubts in [false, true] {
        let mut town = in_check();
        town.desk_does(KIM, &DeskDeed::Take).unwrap();
        if doubts {
            let doubt = Doubt::Prompted;
            town.desk_does(KIM, &DeskDeed::Refuse { doubt }).unwrap();
        } else {
            town.desk_answers(KIM, false);
            town.desk_answers(KIM, false);
        }

        assert_eq!(ended(&town), CheckEnd::NotBelieved);
        town.touch(Touch::Next);
        town.pass_seconds(20);

        assert_eq!(town.visit.step, Step::Resting);
        let request = town.request();
        assert_eq!(request.stage, Stage::Closed(Outcome::Withdrawn));
        assert_eq!((request.applicant, request.identity.vouching), (None, None));
        laws::reckon(&town);
    }
}

#[test]
fn what_the_citizen_types_reaches_the_agent_and_the_screen_says_so() {
    let mut town = in_check();
    town.desk_does(KIM, &DeskDeed::Take).unwrap();
    let Screen::Question(question) = town.screen() else {
        panic!("{:?}", town.screen());
    };
    assert!(question.hint.contains("직원"));
    town.touch(Touch::Next);
    assert!(matches!(town.screen(), Screen::Question(it) if it.refusal.is_some()));

    type_text(&mut town, "ㄷㅏㅇㅗㄴㄹㅗ");

    assert_eq!(*town.screen(), Screen::Check(Check::Said));
    town.pass_seconds(1);
    let sheet = town.desk_does(KIM, &DeskDeed::Watch).unwrap();
    assert_eq!(sheet.said.unwrap().reveal(), "다온로");
    town.desk_answers(KIM, true);
    assert!(matches!(town.screen(), Screen::Question(it) if it.text.is_empty()));
}

#[test]
fn a_citizen_who_walks_away_ends_the_check_and_is_forgotten() {
    for silently in [false, true] {
        let mut town = in_check();
        town.desk_does(KIM, &DeskDeed::Take).unwrap();
        if silently {
            town.pass_seconds(85);
        } else {
            town.touch(Touch::StartOver);
        }
        town.pass_seconds(20);

        assert!(is_left(&town.checks.facts), "{:?}", town.checks.facts);
        assert_eq!(town.visit.step, Step::Resting);
        assert_eq!(town.request().stage, Stage::Closed(Outcome::Withdrawn));
        let written = format!("{:?}", town.visit.person.checked);
        assert!(!written.contains(PEOPLE[0].name));
        laws::reckon(&town);
    }
}

#[test]
fn a_line_that_breaks_is_said_and_the_check_can_be_begun_anew() {
    let mut town = in_check();
    town.checks.cut = true;
    for _ in 0..6 {
        town.pass_seconds(15);
        town.touch(Touch::StayHere);
    }
    assert_eq!(ended(&town), CheckEnd::LineLost);

    town.checks.cut = false;
    town.touch(Touch::Next);
    type_text(&mut town, PEOPLE[0].name);
    type_number(&mut town, PEOPLE[0].resident_number);
    town.pass_seconds(1);
    town.two_agents_believe();

    Citizen::default().walk_home(&mut town);
    assert_eq!(town.request().stage, Stage::Closed(Outcome::Done));
    laws::reckon(&town);
}

#[test]
fn what_the_exchange_refuses_is_said_in_a_sentence_of_its_own() {
    for (refusal, told) in [
        (CheckRefusal::TooManyTries, CheckEnd::TooManyTries),
        (CheckRefusal::KioskTries, CheckEnd::TooManyTries),
        (CheckRefusal::NetworkAway, CheckEnd::RegisterAway),
        (CheckRefusal::TooFewQuestions, CheckEnd::TooFewQuestions),
        (CheckRefusal::NotOffered, CheckEnd::Unavailable),
    ] {
        let mut town = town();
        with_a_refused_card(&mut town, CardFault::Unreadable);
        town.touch(Touch::BeginCheck);
        town.checks.refuses = Some(refusal);

        says_who(&mut town, PEOPLE[0].name);

        assert_eq!(ended(&town), told, "{refusal}");
    }
}

#[test]
fn a_name_that_is_not_the_numbers_can_be_entered_again() {
    let mut town = town();
    with_a_refused_card(&mut town, CardFault::Unreadable);
    town.touch(Touch::BeginCheck);
    says_who(&mut town, PEOPLE[1].name);
    assert_eq!(ended(&town), CheckEnd::NoSuchPerson);

    town.touch(Touch::Next);

    assert!(matches!(town.screen(), Screen::Question(it) if it.text.is_empty()));
}

#[test]
fn a_crash_in_the_middle_leaves_a_request_that_is_closed_and_nobody_believed() {
    let mut town = in_check();
    town.desk_does(KIM, &DeskDeed::Take).unwrap();
    town.crash_in = Some(0);

    town.touch(Touch::NextTextSize);
    town.pass_seconds(60);

    assert_eq!(town.crashes, 1);
    assert!(matches!(town.request().stage, Stage::Closed(_)));
    assert_eq!(town.request().identity.vouching, None);
    laws::reckon(&town);
}
