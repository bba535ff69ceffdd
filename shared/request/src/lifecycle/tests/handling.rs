//! A petition with offices: received at a kiosk, routed, answered, and what its citizen
//! says of the answer.

use super::*;
use crate::{AgentId, Decision, Enclosure, JoinGround, OfficeId, Rating, RouteGround, Timestamp};

const RECEIPT: &str = "5104691493918490";

fn petition() -> ServiceRequest {
    let opened = RequestEvent::Opened {
        service: ServiceId::new("ombudsman-petition"),
        service_version: 1,
        channel: Channel::Kiosk,
        station: StationId::new("kiosk-1"),
        language: "ko".to_owned(),
        terms: Terms {
            identity: IdentityLevel::Number,
            consent: false,
            questions: vec!["text".to_owned()],
            copies_max: 0,
        },
    };
    ServiceRequest::open(RequestId::new("kiosk-1-1"), &opened).unwrap()
}

fn words(text: &str) -> Personal<String> {
    Personal::new(text.to_owned())
}

fn filing() -> [Action; 4] {
    [
        Action::Identify {
            applicant: applicant(),
            by: Identification::CardAndNumber,
        },
        Action::Answer {
            question: "text".to_owned(),
            answer: words("가로등이 고장 났습니다."),
        },
        receive(),
        Action::Submit,
    ]
}

/// Filed at a kiosk, whose part in it is over.
fn filed() -> ServiceRequest {
    let mut request = petition();
    carry_out(&mut request, filing());
    carry_out(&mut request, [Action::Close]);
    request
}

fn receive() -> Action {
    Action::Receive {
        receipt: RECEIPT.to_owned(),
    }
}

fn office(number: u32) -> OfficeId {
    OfficeId::new(format!("419900{number}"))
}

fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(millis)
}

fn kim() -> AgentId {
    AgentId::new("kim")
}

fn route() -> Action {
    Action::Route {
        office: office(1),
        ground: RouteGround::GeneralDesk,
    }
}

fn transfer(to: u32, reason: &str) -> Action {
    Action::Transfer {
        office: office(to),
        agent: kim(),
        reason: words(reason),
    }
}

fn extend(to: i64) -> Action {
    Action::Extend {
        due_at: at(to),
        agent: kim(),
        reason: words("현장을 봐야 합니다"),
    }
}

fn join(leading: &str) -> Action {
    Action::Join {
        leading: RequestId::new(leading),
        ground: JoinGround::Mass,
        agent: kim(),
    }
}

fn reply() -> Action {
    Action::Reply {
        agent: "kim".to_owned(),
        text: words("고쳤습니다."),
        decision: Some(Decision::Disclosed),
    }
}

fn rate(stars: u8) -> Action {
    Action::Rate {
        stars,
        words: words(""),
    }
}

fn appeal(to: u32, millis: i64) -> Action {
    Action::Appeal {
        office: office(to),
        text: words("아직 어두워요"),
        at: at(millis),
    }
}

fn answered() -> ServiceRequest {
    let mut request = filed();
    let until = at(1000);
    carry_out(
        &mut request,
        [
            route(),
            Action::SetDue { due_at: at(100) },
            reply(),
            Action::StayOpen { until },
        ],
    );
    request
}

#[test]
fn whoever_files_at_a_kiosk_goes_with_a_receipt_number_and_the_office_goes_on() {
    let request = filed();

    assert_eq!(request.stage, Stage::Closed(Outcome::Queued));
    assert_eq!(request.handling.receipt.as_deref(), Some(RECEIPT));
    assert_eq!(answered().handling.office, Some(office(1)));
}

#[test]
fn a_petition_has_one_receipt_number_and_is_not_received_before_it_is_submitted() {
    let mut request = petition();
    carry_out(&mut request, [receive()]);
    assert_eq!(request.decide(receive()), Err(Refusal::Received));

    carry_out(&mut request, [Action::Close]);

    assert_eq!(request.stage, Stage::Closed(Outcome::Failed));
}

#[test]
fn a_crash_after_it_was_submitted_leaves_it_to_the_office() {
    let mut request = petition();
    carry_out(&mut request, filing());

    let events = recovery(&request, "");

    let outcome = Outcome::Queued;
    assert_eq!(events, [RequestEvent::Closed { outcome }]);
}

#[test]
fn an_office_hands_it_on_with_a_reason_and_to_another_office_alone() {
    let mut request = filed();
    carry_out(&mut request, [route()]);
    assert_eq!(request.decide(route()), Err(Refusal::Routed));
    assert_eq!(request.decide(transfer(2, " ")), Err(Refusal::Words));
    assert_eq!(
        request.decide(transfer(1, "다른 일")),
        Err(Refusal::SameOffice)
    );

    carry_out(&mut request, [transfer(2, "다른 부서의 일")]);

    assert_eq!(request.handling.office, Some(office(2)));
    assert!(request.handling.earlier_offices.contains(&office(1)));
}

#[test]
fn the_due_date_is_extended_once_and_only_to_a_later_day() {
    let mut request = filed();
    assert_eq!(request.decide(extend(200)), Err(Refusal::DueDate));
    carry_out(&mut request, [route(), Action::SetDue { due_at: at(100) }]);
    let again = Action::SetDue { due_at: at(300) };
    assert_eq!(request.decide(again), Err(Refusal::DueDate));
    assert_eq!(request.decide(extend(100)), Err(Refusal::DueDate));

    carry_out(&mut request, [extend(200)]);

    assert_eq!(request.handling.due_at, Some(at(200)));
    assert_eq!(request.decide(extend(300)), Err(Refusal::Extended));
}

#[test]
fn petitions_are_joined_to_another_one_and_separated_again() {
    let mut request = filed();
    assert_eq!(request.decide(join("kiosk-1-1")), Err(Refusal::Joined));
    assert_eq!(
        request.decide(Action::Separate { agent: kim() }),
        Err(Refusal::NotJoined)
    );

    carry_out(&mut request, [join("kiosk-1-2")]);
    assert_eq!(request.decide(join("kiosk-1-3")), Err(Refusal::Joined));
    carry_out(&mut request, [Action::Separate { agent: kim() }]);

    assert_eq!(request.handling.leading, None);
}

#[test]
fn what_is_answered_is_handed_to_nobody_and_takes_no_longer() {
    let request = answered();

    for action in [transfer(2, "?"), extend(200), join("kiosk-1-2"), reply()] {
        assert_eq!(request.decide(action), Err(Refusal::Replied));
    }
    assert_eq!(request.handling.decision, Some(Decision::Disclosed));
}

#[test]
fn an_answer_is_rated_once_with_one_to_five_stars() {
    assert_eq!(filed().decide(rate(5)), Err(Refusal::NotAnswered));
    let mut request = answered();
    for stars in [0, 6] {
        assert_eq!(request.decide(rate(stars)), Err(Refusal::Stars));
    }

    carry_out(&mut request, [rate(2)]);

    let rating = Rating {
        stars: 2,
        words: words(""),
    };
    assert_eq!(request.handling.rating, Some(rating));
    assert_eq!(request.decide(rate(5)), Err(Refusal::Rated));
}

#[test]
fn an_appeal_goes_to_another_office_in_time_and_once_and_is_answered_anew() {
    assert_eq!(filed().decide(appeal(2, 0)), Err(Refusal::NotAnswered));
    let mut request = answered();
    assert_eq!(request.decide(appeal(2, 1001)), Err(Refusal::AppealOver));
    assert_eq!(request.decide(appeal(1, 0)), Err(Refusal::SameOffice));

    carry_out(&mut request, [rate(1), appeal(2, 1000)]);

    assert_eq!(request.handling.office, Some(office(2)));
    assert_eq!(request.handling.due_at, None);
    assert_eq!(request.correspondence.reply, None);
    carry_out(&mut request, [Action::SetDue { due_at: at(2000) }, reply()]);
    assert_eq!(request.correspondence.earlier_replies.len(), 1);
    assert_eq!(request.decide(appeal(3, 1000)), Err(Refusal::Appealed));
    carry_out(&mut request, [rate(5)]);
}

#[test]
fn a_petition_is_concluded_when_it_was_answered_and_its_citizen_had_time() {
    let conclude = |millis| Action::Conclude { at: at(millis) };
    assert_eq!(filed().decide(conclude(9999)), Err(Refusal::NotAnswered));
    let mut request = answered();
    assert_eq!(request.decide(conclude(1000)), Err(Refusal::StillOpen));

    carry_out(&mut request, [conclude(1001)]);

    assert_eq!(request.decide(rate(5)), Err(Refusal::Concluded));
    assert_eq!(request.decide(appeal(2, 0)), Err(Refusal::Concluded));
}

#[test]
fn a_file_is_laid_to_a_petition_until_it_is_answered() {
    let attach = || Action::Attach {
        agent: kim(),
        enclosure: Enclosure {
            name: words("회의록.pdf"),
            media_type: "application/pdf".to_owned(),
            bytes: 3,
            sha256: "00".repeat(32),
        },
        with_answer: true,
    };
    let mut request = filed();

    carry_out(&mut request, [attach()]);

    assert!(request.handling.attachments[0].with_answer);
    assert_eq!(answered().decide(attach()), Err(Refusal::Replied));
}

#[test]
fn a_certificate_is_routed_to_nobody() {
    assert_eq!(submitted(1).decide(route()), Err(Refusal::NoPetition));
}

#[test]
fn a_caller_who_files_by_telephone_waits_for_an_office_and_not_for_a_card() {
    let mut request = petition();
    request.channel = Channel::Telephone;

    assert!(!request.waits_for_its_holder());
    assert!(request.waits_for_a_person());
}
