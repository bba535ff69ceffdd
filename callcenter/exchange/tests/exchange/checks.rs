//! Two-person checks over real lines and the sandbox's register: who may do what, and
//! that nothing is issued on anybody's word but the ledger's.

#[path = "checks/people.rs"]
mod people;

use std::time::Duration;

use badge::{Badge, Signer};
use link::LinkFault;
use privacy::Personal;
use request::{
    AgentId, CheckId, DeclineReason, Outcome, RequestEvent, ServiceId, StationId, Timestamp,
    Vouching,
};
use sandbox::Mood;
use vouching::{
    CheckEnding, CheckFact, CheckOpening, CheckRefusal, DeskDeed, DeskQuestion, Doubt, KioskAnswer,
    KioskDeed, KioskQuestion, KioskState, Role,
};

use crate::{
    BITNA,
    office::{Office, TUESDAY_10_00},
};
use people::{
    AT_ONCE, KIM, NAME, PARK, SEOU, Who, answers, believe, does, does_by, facts, kind, kiosk_does,
    open, opening, pass, right_answer, submit, waiting,
};

const TEN: Timestamp = Timestamp::from_millis(TUESDAY_10_00);

#[tokio::test]
async fn who_is_believed_by_two_gets_the_certificate_and_the_ledger_says_why() {
    let mut office = Office::open().await;
    let mut station = office.station("gaon-1");

    let vouching = pass(&office, "gaon-1", "gaon-1-1").await;
    submit(&mut station, "gaon-1-1", BITNA, vouching.clone()).await;

    assert_eq!(station.prepared("gaon-1-1").await.len(), 1);
    let facts = facts(&mut office, &vouching.check);
    let kinds: Vec<_> = facts.iter().map(kind).collect();
    assert_eq!(
        kinds,
        [
            "opened", "taken", "answered", "answered", "answered", "believed", "joined", "agreed"
        ]
    );
    let written = serde_json::to_string(&facts).unwrap();
    for secret in [NAME, BITNA, "다온로", "이서우", "2015"] {
        assert!(!written.contains(secret), "{secret}");
    }
}

#[tokio::test]
async fn a_check_is_good_for_its_own_request_kiosk_and_number_alone() {
    let office = Office::open().await;
    let mut station = office.station("gaon-1");
    let mut other_kiosk = office.station("narae-1");
    let vouching = pass(&office, "gaon-1", "gaon-1-1").await;
    let invented = Vouching {
        check: CheckId::new("1-1"),
        ..vouching.clone()
    };

    submit(&mut station, "gaon-1-2", BITNA, vouching.clone()).await;
    submit(&mut station, "gaon-1-3", BITNA, invented).await;
    submit(&mut other_kiosk, "narae-1-1", BITNA, vouching.clone()).await;
    let none = DeclineReason::NotVouched;
    assert_eq!(station.declined(["gaon-1-2", "gaon-1-3"]).await, [none; 2]);
    assert_eq!(other_kiosk.declined(["narae-1-1"]).await, [none]);

    submit(&mut station, "gaon-1-1", SEOU, vouching).await;
    assert_eq!(station.declined(["gaon-1-1"]).await, [none]);
}

#[tokio::test]
async fn a_request_that_came_to_nothing_leaves_its_check_to_the_citizens_next_one() {
    let office = Office::open().await;
    let mut station = office.station("gaon-1");
    let vouching = pass(&office, "gaon-1", "gaon-1-1").await;
    office.networks.set_mood("people-id", Mood::Away);
    submit(&mut station, "gaon-1-1", BITNA, vouching.clone()).await;
    // As long as it is open, the check is its own.
    submit(&mut station, "gaon-1-2", BITNA, vouching.clone()).await;
    let none = DeclineReason::NotVouched;
    assert_eq!(station.declined(["gaon-1-2"]).await, [none]);

    let outcome = Outcome::Failed;
    station
        .tell("gaon-1-1", RequestEvent::Closed { outcome })
        .await;
    office.networks.set_mood("people-id", Mood::Well);
    submit(&mut station, "gaon-1-3", SEOU, vouching.clone()).await;
    submit(&mut station, "gaon-1-4", BITNA, vouching.clone()).await;

    assert_eq!(station.prepared("gaon-1-4").await.len(), 1);
    let closed = RequestEvent::Closed { outcome };
    station.tell("gaon-1-4", closed).await;
    submit(&mut station, "gaon-1-5", BITNA, vouching).await;
    let told = station.declined(["gaon-1-3", "gaon-1-5"]).await;
    assert_eq!(told, [none; 2]);
}

#[tokio::test]
async fn a_check_that_nobody_has_agreed_to_yet_is_worth_nothing() {
    let office = Office::open().await;
    let mut station = office.station("gaon-1");
    let wire = office.wire("gaon-1");
    let check = open(&wire, opening("gaon-1-1", NAME, BITNA)).await.unwrap();
    does(&office, KIM, &check, DeskDeed::Take).await.unwrap();
    for _ in 0..3 {
        answers(&office, KIM, &check, true).await;
    }
    does(&office, KIM, &check, believe()).await.unwrap();
    let claimed = Vouching {
        check,
        agent: AgentId::new(KIM.0),
        desk: StationId::new(KIM.2),
        supervisor: AgentId::new(PARK.0),
        supervising_desk: StationId::new(PARK.2),
        asked: 3,
        right: 3,
    };

    submit(&mut station, "gaon-1-1", BITNA, claimed).await;

    let none = DeclineReason::NotVouched;
    assert_eq!(station.declined(["gaon-1-1"]).await, [none]);
}

#[tokio::test]
async fn a_check_runs_out_unless_its_request_relies_on_it_in_time() {
    let mut office = Office::open().await;
    let mut station = office.station("gaon-1");
    let vouching = pass(&office, "gaon-1", "gaon-1-1").await;

    office.starts_at = office.starts_at + Duration::from_secs(31 * 60);
    office.restart().await;
    station.moved_to(&office);
    submit(&mut station, "gaon-1-1", BITNA, vouching).await;

    let none = DeclineReason::NotVouched;
    assert_eq!(station.declined(["gaon-1-1"]).await, [none]);
}

#[tokio::test]
async fn two_wrong_answers_end_it_and_the_third_check_of_a_day_is_refused() {
    let office = Office::open().await;
    let kiosk = office.wire("gaon-1");
    for request in ["gaon-1-1", "gaon-1-2"] {
        let check = open(&kiosk, opening(request, NAME, BITNA)).await.unwrap();
        does(&office, KIM, &check, DeskDeed::Take).await.unwrap();
        assert_eq!(answers(&office, KIM, &check, false).await.over, None);
        answers(&office, KIM, &check, false).await;
        let state = kiosk_does(&kiosk, &check, KioskDeed::Watch).await;
        let ended = KioskState::Ended(CheckEnding::WrongAnswers);
        assert_eq!(state, Ok(ended));
    }

    let again = open(&kiosk, opening("gaon-1-3", NAME, BITNA)).await;
    let elsewhere = open(&office.wire("narae-1"), opening("n-1", NAME, BITNA)).await;

    assert_eq!(again, Err(CheckRefusal::TooManyTries));
    assert_eq!(elsewhere, Err(CheckRefusal::TooManyTries));
    let another = open(&kiosk, opening("gaon-1-4", "이서우", SEOU)).await;
    assert!(another.is_ok());
}

#[tokio::test]
async fn a_name_that_is_not_the_numbers_is_nobody_and_a_kiosk_cannot_go_on_guessing() {
    let office = Office::open().await;
    let kiosk = office.wire("gaon-1");
    for guess in 0..20 {
        let number = format!("90010119900{guess:02}");
        let opened = open(&kiosk, opening(&format!("g-{guess}"), "홍길동", &number)).await;
        assert_eq!(opened, Err(CheckRefusal::NoSuchPerson));
    }

    let opened = open(&kiosk, opening("g-20", NAME, BITNA)).await;

    assert_eq!(opened, Err(CheckRefusal::KioskTries));
    let elsewhere = office.wire("narae-1");
    assert!(open(&elsewhere, opening("n-1", NAME, BITNA)).await.is_ok());
}

#[tokio::test]
async fn only_a_kiosk_opens_and_only_a_desk_takes_and_nobody_sees_anothers() {
    let office = Office::open().await;
    let (kiosk, desk, agent) = (
        office.wire("gaon-1"),
        office.wire("desk-1"),
        office.wire("kim"),
    );
    let check = open(&kiosk, opening("gaon-1-1", NAME, BITNA))
        .await
        .unwrap();
    for stranger in [&desk, &agent] {
        let question = KioskQuestion::Open(Box::new(opening("d-1", NAME, BITNA)));
        assert!(stranger.ask_check(&question).await.is_err());
    }
    for stranger in [&kiosk, &agent] {
        let listed = DeskQuestion::List {
            known: 0,
            wait: AT_ONCE,
        };
        assert!(stranger.ask_checks(&listed).await.is_err());
    }
    let other = kiosk_does(&office.wire("narae-1"), &check, KioskDeed::Leave).await;
    assert_eq!(other, Err(CheckRefusal::Gone));
    let unnamed = ("kim 2\n", Role::Supervisor, "desk-1");
    let taken = does(&office, unnamed, &check, DeskDeed::Take).await;
    assert_eq!(taken, Err(CheckRefusal::Unproven));
    let watched = does(&office, PARK, &check, DeskDeed::Watch).await;
    assert_eq!(watched, Err(CheckRefusal::NotYours));
    let [notice] = waiting(&desk).await.checks.try_into().unwrap();
    let notice = serde_json::to_string(&notice).unwrap();
    assert!(!notice.contains(NAME) && !notice.contains(BITNA));
    let land = CheckOpening {
        service: ServiceId::new("land-ledger"),
        ..opening("gaon-1-2", NAME, BITNA)
    };
    assert_eq!(open(&kiosk, land).await, Err(CheckRefusal::NotOffered));
}

#[tokio::test]
async fn the_same_person_asked_again_is_the_same_check_and_another_person_a_new_one() {
    let office = Office::open().await;
    let kiosk = office.wire("gaon-1");
    let first = open(&kiosk, opening("gaon-1-1", NAME, BITNA))
        .await
        .unwrap();

    let again = open(&kiosk, opening("gaon-1-1", NAME, BITNA))
        .await
        .unwrap();
    let other = open(&kiosk, opening("gaon-1-1", "이서우", SEOU))
        .await
        .unwrap();

    assert_eq!(again, first);
    assert_ne!(other, first);
    let state = kiosk_does(&kiosk, &first, KioskDeed::Watch).await.unwrap();
    assert_eq!(state, KioskState::Ended(CheckEnding::Left));
}

#[tokio::test]
async fn a_restart_ends_what_was_under_way_and_counts_it_as_no_try() {
    let mut office = Office::open().await;
    for request in ["gaon-1-1", "gaon-1-2", "gaon-1-3"] {
        let kiosk = office.wire("gaon-1");
        let check = open(&kiosk, opening(request, NAME, BITNA)).await.unwrap();
        does(&office, KIM, &check, DeskDeed::Take).await.unwrap();

        office.restart().await;

        let kiosk = office.wire("gaon-1");
        let state = kiosk_does(&kiosk, &check, KioskDeed::Watch).await;
        assert_eq!(state, Err(CheckRefusal::Gone));
        let late = does(&office, KIM, &check, believe()).await;
        assert_eq!(late, Err(CheckRefusal::Gone));
        let by = CheckEnding::Interrupted;
        let last = facts(&mut office, &check).pop();
        assert_eq!(last, Some(CheckFact::Ended { by }));
        office.restart().await;
    }
}

#[tokio::test]
async fn a_register_that_is_away_is_said_and_counts_as_no_try() {
    let office = Office::open().await;
    office.networks.set_mood("people-id", Mood::Away);
    let kiosk = office.wire("gaon-1");
    for request in ["gaon-1-1", "gaon-1-2", "gaon-1-3"] {
        let opened = open(&kiosk, opening(request, NAME, BITNA)).await;
        assert_eq!(opened, Err(CheckRefusal::NetworkAway));
    }
}

#[tokio::test]
async fn news_ends_the_wait_and_what_the_citizen_types_reaches_the_agent() {
    let office = Office::open().await;
    let kiosk = office.wire("gaon-1");
    let check = open(&kiosk, opening("gaon-1-1", NAME, BITNA))
        .await
        .unwrap();
    let long = Duration::from_secs(20);
    let watched = KioskQuestion::Do {
        check: check.clone(),
        deed: KioskDeed::Watch,
        known: 2,
        wait: long,
    };
    let held = async { kiosk.ask_check(&watched).await.unwrap() };
    let taken = does(&office, KIM, &check, DeskDeed::Take);

    let (seen, taken) =
        tokio::time::timeout(Duration::from_secs(10), async { tokio::join!(held, taken) })
            .await
            .expect("a bell that rings");

    let KioskAnswer::Seen(view) = seen else {
        panic!("{seen:?}")
    };
    assert!(matches!(view.state, KioskState::Asked(_)));
    assert_eq!(taken.unwrap().said, None);
    let text = Personal::new("다온로예요".to_owned());
    let say = KioskDeed::Say { question: 1, text };
    kiosk_does(&kiosk, &check, say).await.unwrap();
    let sheet = does(&office, KIM, &check, DeskDeed::Watch).await.unwrap();
    assert_eq!(sheet.said.unwrap().reveal(), "다온로예요");
    let doubt = Doubt::Prompted;
    does(&office, KIM, &check, DeskDeed::Refuse { doubt })
        .await
        .unwrap();
    let state = kiosk_does(&kiosk, &check, KioskDeed::Watch).await.unwrap();
    assert_eq!(state, KioskState::Ended(CheckEnding::Refused(doubt)));
}

#[tokio::test]
async fn where_a_switch_gives_badges_nobody_is_an_agent_or_a_supervisor_by_the_desks_word() {
    let office = Office::open().await;
    let own = office.certify_switch("switch", TEN);
    let switch = Signer::new(own.private_key(), own.certificate()).unwrap();
    let desk = |who: Who, worn: Option<badge::Role>| {
        let wire = office.wire(who.2);
        let badge = worn.map(|role| Badge {
            agent: AgentId::new(who.0),
            role,
            desk: StationId::new(who.2),
            from: TEN,
            until: TEN + Duration::from_secs(3_600),
        });
        wire.wear(badge.map(|it| switch.sign(&it).unwrap()));
        wire
    };
    let kiosk = office.wire("gaon-1");
    let check = open(&kiosk, opening("gaon-1-1", NAME, BITNA))
        .await
        .unwrap();
    let take = DeskDeed::Take;
    let unworn = does_by(&desk(KIM, None), KIM, &check, take.clone()).await;
    assert!(matches!(unworn, Err(LinkFault::Unproven(_))), "{unworn:?}");
    let kim = desk(KIM, Some(badge::Role::Agent));
    does_by(&kim, KIM, &check, take.clone()).await.unwrap();
    for _ in 0..3 {
        let sheet = does_by(&kim, KIM, &check, DeskDeed::Watch).await.unwrap();
        let asked = sheet.question.unwrap();
        let text = Personal::new(right_answer(&asked.wording.ko).to_owned());
        let question = asked.number;
        let answer = DeskDeed::Answer { question, text };
        does_by(&kim, KIM, &check, answer).await.unwrap();
    }
    does_by(&kim, KIM, &check, believe()).await.unwrap();

    let worn = desk(PARK, Some(badge::Role::Agent));
    let refused = does_by(&worn, PARK, &check, take.clone()).await;
    let none = CheckRefusal::NotASupervisor;
    assert!(
        matches!(refused, Err(LinkFault::Check(it)) if it == none),
        "{refused:?}"
    );
    let worn = desk(PARK, Some(badge::Role::Supervisor));
    does_by(&worn, PARK, &check, take).await.unwrap();
    does_by(&worn, PARK, &check, believe()).await.unwrap();
}
