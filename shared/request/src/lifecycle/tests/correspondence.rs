//! A petition: accepted, acknowledged, answered by a person.

use super::*;
use crate::{Letter, LetterState, NotSentReason, Sender};

fn petition() -> ServiceRequest {
    let opened = RequestEvent::Opened {
        service: ServiceId::new("petition"),
        service_version: 1,
        channel: Channel::Email,
        station: StationId::new("post-1"),
        language: "ko".to_owned(),
        terms: Terms {
            identity: IdentityLevel::None,
            consent: false,
            questions: vec!["text".to_owned()],
            copies_max: 0,
        },
    };
    ServiceRequest::open(RequestId::new("post-1-1"), &opened).unwrap()
}

fn sender() -> Action {
    Action::NameSender(Sender {
        name: Personal::new("한빛나".to_owned()),
        address: Personal::new("na@example.org".to_owned()),
        message_id: None,
    })
}

fn text() -> Action {
    Action::Answer {
        question: "text".to_owned(),
        answer: Personal::new("가로등이 고장 났습니다.".to_owned()),
    }
}

fn reply(words: &str) -> Action {
    Action::Reply {
        agent: "kim".to_owned(),
        text: Personal::new(words.to_owned()),
        decision: None,
    }
}

fn received() -> ServiceRequest {
    let mut request = petition();
    carry_out(&mut request, [sender(), text(), Action::Submit]);
    request
}

fn fail(letter: Letter, reason: NotSentReason) -> Action {
    Action::FailSending { letter, reason }
}

#[test]
fn a_petition_is_accepted_with_its_sender_and_its_text_and_without_a_fee() {
    let mut request = petition();
    assert_eq!(request.decide(Action::Submit), Err(Refusal::Unanswered));
    carry_out(&mut request, [text()]);
    assert_eq!(request.decide(Action::Submit), Err(Refusal::NotIdentified));

    carry_out(&mut request, [sender(), Action::Submit]);

    assert_eq!(request.stage, Stage::Submitted);
    assert!(request.waits_for_a_person());
}

#[test]
fn nothing_is_printed_for_a_petition_and_nobody_collects_it() {
    let request = received();
    let ticket = "3104691493918490".to_owned();
    let wrong = Err(Refusal::WrongStage(Stage::Submitted));

    assert_eq!(request.decide(Action::Prepare(Vec::new())), wrong);
    assert_eq!(request.decide(Action::Prepare(documents(1))), wrong);
    assert_eq!(request.decide(Action::Queue { ticket }), wrong);
}

#[test]
fn a_petition_is_done_when_its_answer_has_gone_out() {
    let mut request = received();
    assert!(request.correspondence.is_due(Letter::Acknowledgement));
    assert!(!request.correspondence.is_due(Letter::Reply));

    carry_out(
        &mut request,
        [
            Action::BeginSending(Letter::Acknowledgement),
            Action::Send(Letter::Acknowledgement),
            Action::Assign {
                agent: "kim".to_owned(),
            },
            reply("고쳤습니다."),
            Action::BeginSending(Letter::Reply),
            Action::Send(Letter::Reply),
            Action::Close,
        ],
    );

    assert_eq!(request.stage, Stage::Closed(Outcome::Done));
    assert_eq!(request.correspondence.assigned_to.as_deref(), Some("kim"));
}

#[test]
fn a_letter_goes_out_once_and_is_begun_before_it_is_sent() {
    let mut request = received();
    let letter = Letter::Acknowledgement;
    assert_eq!(request.decide(Action::Send(letter)), Err(Refusal::Letter));

    carry_out(&mut request, [Action::BeginSending(letter)]);
    assert_eq!(
        request.decide(Action::BeginSending(letter)),
        Err(Refusal::Letter)
    );
    carry_out(&mut request, [Action::Send(letter)]);

    assert_eq!(
        request.decide(Action::BeginSending(letter)),
        Err(Refusal::Letter)
    );
    assert_eq!(
        request.correspondence.state(letter),
        Some(LetterState::Sent)
    );
}

#[test]
fn a_letter_that_was_put_off_is_tried_again_and_one_of_which_nobody_knows_is_not() {
    let mut request = received();
    let letter = Letter::Acknowledgement;

    let deferred = fail(letter, NotSentReason::Deferred);
    carry_out(&mut request, [Action::BeginSending(letter), deferred]);
    assert!(request.correspondence.is_due(letter));
    let unknown = fail(letter, NotSentReason::Unknown);
    carry_out(&mut request, [Action::BeginSending(letter), unknown]);

    assert!(!request.correspondence.is_due(letter));
    assert_eq!(request.correspondence.tries(letter), 2);
}

#[test]
fn an_answer_is_given_once_unless_it_did_not_reach_anybody() {
    let mut request = received();
    assert_eq!(request.decide(reply(" \n")), Err(Refusal::EmptyReply));
    carry_out(&mut request, [reply("고쳤습니다.")]);
    assert_eq!(request.decide(reply("다시")), Err(Refusal::Replied));

    for reason in [NotSentReason::Refused, NotSentReason::Unknown] {
        let begin = Action::BeginSending(Letter::Reply);
        carry_out(
            &mut request,
            [begin, fail(Letter::Reply, reason), reply("다시")],
        );
        assert!(request.correspondence.is_due(Letter::Reply), "{reason:?}");
    }
}

#[test]
fn a_certificate_has_no_correspondence() {
    let request = submitted(1);

    assert_eq!(request.decide(reply("no")), Err(Refusal::NoPetition));
    assert_eq!(draft().decide(sender()), Err(Refusal::NoPetition));
}

#[test]
fn a_petition_that_nobody_answered_is_never_called_done() {
    let mut request = received();

    carry_out(&mut request, [Action::Close]);

    assert_eq!(request.stage, Stage::Closed(Outcome::Failed));
}
