//! A citizen without a card, two agents, and what they ask of the exchange.

use std::time::Duration;

use ledger::Store;
use link::{LinkFault, Wire};
use privacy::Personal;
use request::{
    Action, AgentId, Applicant, CheckId, Consent, Identification, RequestId, ResidentNumber,
    ServiceId, Vouching,
};
use vouching::{
    CheckFact, CheckOpening, CheckRefusal, DeskAnswer, DeskDeed, DeskQuestion, DeskSaying,
    DeskSheet, Ground, KioskAnswer, KioskDeed, KioskQuestion, KioskState, Role, Speaker,
    WaitingChecks,
};

use crate::{BITNA, HOUSEHOLD, office::Office, station::Station};

pub(crate) const NAME: &str = "한빛나";
/// Of the same household.
pub(crate) const SEOU: &str = "9101041100214";
pub(crate) const AT_ONCE: Duration = Duration::ZERO;

/// Agent, role and desk.
pub(crate) type Who = (&'static str, Role, &'static str);
pub(crate) const KIM: Who = ("kim.2", Role::Agent, "desk-1");
pub(crate) const PARK: Who = ("park.1", Role::Supervisor, "desk-2");

pub(crate) fn consent() -> Consent {
    Consent {
        agency: "행정안전부 주민등록과".to_owned(),
        purpose: "카드 없이 본인 확인".to_owned(),
        fields: vec!["주소와 전입일".to_owned()],
        language: "ko".to_owned(),
    }
}

pub(crate) fn opening(request: &str, name: &str, number: &str) -> CheckOpening {
    CheckOpening {
        request: RequestId::new(request),
        service: ServiceId::new(HOUSEHOLD),
        language: "ko".to_owned(),
        name: Personal::new(name.to_owned()),
        resident_number: ResidentNumber::parse(number).unwrap(),
        consent: consent(),
    }
}

pub(crate) async fn open(kiosk: &Wire, opening: CheckOpening) -> Result<CheckId, CheckRefusal> {
    let question = KioskQuestion::Open(Box::new(opening));
    match kiosk.ask_check(&question).await {
        Ok(KioskAnswer::Opened(check)) => Ok(check),
        Err(LinkFault::Check(refusal)) => Err(refusal),
        other => panic!("{other:?}"),
    }
}

pub(crate) async fn kiosk_does(
    kiosk: &Wire,
    check: &CheckId,
    deed: KioskDeed,
) -> Result<KioskState, CheckRefusal> {
    let question = KioskQuestion::Do {
        check: check.clone(),
        deed,
        known: 0,
        wait: AT_ONCE,
    };
    match kiosk.ask_check(&question).await {
        Ok(KioskAnswer::Seen(view)) => Ok(view.state),
        Err(LinkFault::Check(refusal)) => Err(refusal),
        other => panic!("{other:?}"),
    }
}

pub(crate) async fn waiting(desk: &Wire) -> WaitingChecks {
    let (known, wait) = (0, AT_ONCE);
    match desk.ask_checks(&DeskQuestion::List { known, wait }).await {
        Ok(DeskAnswer::Listed(waiting)) => waiting,
        other => panic!("{other:?}"),
    }
}

pub(crate) async fn does(
    office: &Office,
    who: Who,
    check: &CheckId,
    deed: DeskDeed,
) -> Result<DeskSheet, CheckRefusal> {
    match does_by(&office.wire(who.2), who, check, deed).await {
        Ok(sheet) => Ok(sheet),
        Err(LinkFault::Check(refusal)) => Err(refusal),
        other => panic!("{other:?}"),
    }
}

/// By a line of its own, which may wear a badge.
pub(crate) async fn does_by(
    desk: &Wire,
    (agent, role, _): Who,
    check: &CheckId,
    deed: DeskDeed,
) -> Result<DeskSheet, LinkFault> {
    let speaker = Speaker {
        agent: AgentId::new(agent),
        role,
    };
    let question = DeskQuestion::Do {
        check: check.clone(),
        saying: DeskSaying { speaker, deed },
        known: 0,
        wait: AT_ONCE,
    };
    match desk.ask_checks(&question).await? {
        DeskAnswer::Seen(sheet) => Ok(*sheet),
        other @ DeskAnswer::Listed(_) => panic!("{other:?}"),
    }
}

/// What the one who lives there says.
pub(crate) fn right_answer(wording: &str) -> &'static str {
    let known = [
        ("지금 사는 집의 도로", "다온로"),
        ("지금 사는 동", "다온동"),
        ("전입신고한", "2015년 1월"),
        ("가족 한 분", "이서우"),
        ("전에 살던 동", "이든동"),
        ("전에 살던 집의 도로", "늘봄로"),
    ];
    let found = known.iter().find(|(part, _)| wording.contains(part));
    found
        .unwrap_or_else(|| panic!("{wording} is not expected"))
        .1
}

pub(crate) async fn answers(office: &Office, who: Who, check: &CheckId, right: bool) -> DeskSheet {
    let sheet = does(office, who, check, DeskDeed::Watch).await.unwrap();
    let asked = sheet.question.unwrap();
    let text = match right {
        true => right_answer(&asked.wording.ko),
        false => "모르겠어요",
    };
    let deed = DeskDeed::Answer {
        question: asked.number,
        text: Personal::new(text.to_owned()),
    };
    does(office, who, check, deed).await.unwrap()
}

pub(crate) fn believe() -> DeskDeed {
    DeskDeed::Believe {
        ground: Ground::AnsweredReadily,
    }
}

/// The whole check, from the opening to the second person's word.
pub(crate) async fn pass(office: &Office, kiosk: &str, request: &str) -> Vouching {
    let wire = office.wire(kiosk);
    let check = open(&wire, opening(request, NAME, BITNA)).await.unwrap();
    does(office, KIM, &check, DeskDeed::Take).await.unwrap();
    for _ in 0..3 {
        answers(office, KIM, &check, true).await;
    }
    does(office, KIM, &check, believe()).await.unwrap();
    does(office, PARK, &check, DeskDeed::Take).await.unwrap();
    does(office, PARK, &check, believe()).await.unwrap();
    match kiosk_does(&wire, &check, KioskDeed::Watch).await.unwrap() {
        KioskState::Passed(vouching) => vouching,
        other => panic!("{other:?}"),
    }
}

/// A request whose applicant has no card, submitted on two persons' word.
pub(crate) async fn submit(station: &mut Station, id: &str, number: &str, vouching: Vouching) {
    let mut request = station.fill_in(id, HOUSEHOLD, None, &[]);
    let applicant = Applicant {
        name: Personal::new(NAME.to_owned()),
        resident_number: ResidentNumber::parse(number).unwrap(),
    };
    for action in [
        Action::AskVouching(consent()),
        Action::Vouch(vouching),
        Action::Identify {
            applicant,
            by: Identification::TwoPersons,
        },
        Action::Submit,
    ] {
        let event = request.decide(action).unwrap();
        request.apply(&event);
        station.record(id, &event);
    }
    assert_eq!(station.offer_all_again().await, station.head());
}

pub(crate) fn facts(office: &mut Office, check: &CheckId) -> Vec<CheckFact> {
    office.close();
    let store = Store::open(&office.data().join("exchange.sqlite")).unwrap();
    let facts = store.check_facts(check).unwrap();
    facts.into_iter().map(|(_, fact)| fact).collect()
}

pub(crate) fn kind(fact: &CheckFact) -> &'static str {
    match fact {
        CheckFact::Opened { .. } => "opened",
        CheckFact::Taken { .. } => "taken",
        CheckFact::LetGo { .. } => "let_go",
        CheckFact::Answered { .. } => "answered",
        CheckFact::Believed { .. } => "believed",
        CheckFact::Joined { .. } => "joined",
        CheckFact::AskedMore { .. } => "asked_more",
        CheckFact::Agreed { .. } => "agreed",
        CheckFact::Ended { .. } => "ended",
    }
}
