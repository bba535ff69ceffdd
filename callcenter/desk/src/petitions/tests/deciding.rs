//! A request for information is decided, on a ground where some of it is withheld.

use request::Decision;

use super::*;

const GROUND: &str = "공개하지 않는 근거: 공공기관의 정보공개에 관한 법률 제9조 제1항 제6호 (이름·주민등록번호 등 개인정보)";

impl Pane {
    /// Whose agent has taken a request for information and typed an answer.
    fn informing() -> Self {
        let mine = |it: &mut Letter| {
            it.petition.service = ServiceId::new("information-request");
            it.petition.assigned_to = Some("kim.2".to_owned());
            it.decides = true;
        };
        let mut pane = Self::open();
        pane.hears(told(vec![petition("a", 14, None)]));
        pane.touch(PetitionsTouch::Next);
        pane.hears(PetitionsEvent::Opened(
            RequestId::new("a"),
            Ok(letter(petition("a", 14, None))),
        ));
        pane.touch(PetitionsTouch::Next);
        pane.hears(taken(Ok("kim.2".to_owned())));
        let mut told = letter(petition("a", 14, None));
        mine(&mut told);
        pane.petitions.read(RequestId::new("a"));
        pane.hears(PetitionsEvent::Opened(RequestId::new("a"), Ok(told)));
        pane.touch(PetitionsTouch::Type(words("회의록을 보냅니다")));
        pane.said();
        pane
    }

    /// Chooses the n-th decision, and the n-th ground if any.
    fn decides(&mut self, decision: usize, ground: Option<usize>) {
        self.touch(PetitionsTouch::Pick(5));
        self.touch(PetitionsTouch::Pick(decision));
        if let Some(ground) = ground {
            self.touch(PetitionsTouch::Select(ground));
        }
        self.touch(PetitionsTouch::Next);
    }

    /// What is to be written down when the answer is sent.
    fn sends(&mut self) -> (Personal<String>, Option<Decision>) {
        self.touch(PetitionsTouch::Send);
        match self.said().as_slice() {
            [PetitionsCommand::WriteDown { text, decision, .. }] => (text.clone(), *decision),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn no_answer_to_a_request_for_information_goes_without_a_decision() {
    let mut pane = Pane::informing();

    pane.touch(PetitionsTouch::Send);

    assert_eq!(pane.said(), []);
    assert_eq!(pane.view().notice, Some(PetitionsNotice::NoDecision));
    pane.decides(0, None);
    let sent = (words("회의록을 보냅니다"), Some(Decision::Disclosed));
    assert_eq!(pane.sends(), sent);
}

#[test]
fn whoever_withholds_names_the_ground_which_stands_at_the_head_of_the_answer() {
    for (place, decision) in [(1, Decision::PartlyDisclosed), (2, Decision::Withheld)] {
        let mut pane = Pane::informing();
        pane.decides(place, None);
        assert_eq!(pane.view().notice, Some(PetitionsNotice::NoGround));
        pane.touch(PetitionsTouch::Back);

        pane.decides(place, Some(5));

        assert_eq!(pane.view().letter.unwrap().ground, "제9조 제1항 제6호");
        let text = words(&format!("{GROUND}\n\n회의록을 보냅니다"));
        assert_eq!(pane.sends(), (text, Some(decision)));
    }
}

#[test]
fn a_ground_is_none_of_a_decision_that_withholds_nothing() {
    let mut pane = Pane::informing();
    pane.decides(2, Some(0));

    pane.decides(3, None);

    let view = pane.view().letter.unwrap();
    assert_eq!(
        (view.decision, view.ground.as_str()),
        (Some(Decision::NotHeld), "")
    );
    let sent = (words("회의록을 보냅니다"), Some(Decision::NotHeld));
    assert_eq!(pane.sends(), sent);
}

#[test]
fn an_answer_that_is_taken_back_keeps_its_decision_and_gets_its_ground_once() {
    let mut pane = Pane::informing();
    pane.decides(2, Some(5));
    let (text, decision) = pane.sends();
    let reply = WrittenReply {
        request: RequestId::new("a"),
        agent: "kim.2".to_owned(),
        written_at: TEN,
        text: text.clone(),
        decision,
    };
    pane.hears(PetitionsEvent::Written(reply));
    pane.said();
    pane.hears(sent(Err(PetitionsFault::Taken)));
    // As after a start of the desk: nothing but the journal knows of it.
    pane.petitions.decided.clear();

    pane.touch(PetitionsTouch::TakeBack);
    pane.said();

    let AnswerView::Writing { start, .. } = pane.answer() else {
        panic!("{:?}", pane.answer());
    };
    assert_eq!(start, words("회의록을 보냅니다"));
    assert_eq!(pane.sends(), (text, decision));
}

#[test]
fn nothing_is_decided_of_a_petition() {
    let mut pane = Pane::writing();

    pane.touch(PetitionsTouch::Pick(5));

    assert_eq!(pane.view().notice, Some(PetitionsNotice::NotNow));
}

#[test]
fn what_was_decided_before_an_appeal_is_not_decided_of_the_appeal() {
    let mut pane = Pane::informing();
    pane.petitions.read(RequestId::new("a"));
    let mut appealed = letter(petition("a", 14, Some("kim.2")));
    appealed.petition.service = ServiceId::new("information-request");
    appealed.petition.appealed = true;
    appealed.decides = true;
    appealed.decision = Some(Decision::Withheld);
    pane.hears(PetitionsEvent::Opened(RequestId::new("a"), Ok(appealed)));
    pane.said();

    let view = pane.view().letter.unwrap();

    assert_eq!(view.decision, None);
    assert_eq!(view.decided_before, Some(Decision::Withheld));
    pane.touch(PetitionsTouch::Send);
    assert_eq!(pane.view().notice, Some(PetitionsNotice::NoDecision));
    pane.decides(0, None);
    let view = pane.view().letter.unwrap();
    assert_eq!(view.decision, Some(Decision::Disclosed));
}

#[test]
fn what_was_decided_in_this_shift_is_not_decided_of_an_appeal_that_comes_in_it() {
    let mut pane = Pane::informing();
    pane.decides(2, Some(5));
    let (text, decision) = pane.sends();
    let reply = WrittenReply {
        request: RequestId::new("a"),
        agent: "kim.2".to_owned(),
        written_at: TEN,
        text,
        decision,
    };
    pane.hears(PetitionsEvent::Written(reply));
    pane.hears(sent(Ok(())));
    let view = pane.view().letter.unwrap();
    let decided = (view.decision, view.ground.as_str());
    assert_eq!(decided, (Some(Decision::Withheld), "제9조 제1항 제6호"));

    let mut appealed = letter(petition("a", 14, None));
    appealed.petition.appealed = true;
    appealed.decides = true;
    appealed.decision = decision;
    pane.hears(PetitionsEvent::Opened(RequestId::new("a"), Ok(appealed)));

    assert_eq!(pane.view().letter.unwrap().decision, None);
}

#[test]
fn another_answer_begins_with_the_decision_of_one_that_did_not_arrive() {
    let mut pane = Pane::informing();
    pane.petitions.typed.clear();
    pane.petitions.read(RequestId::new("a"));
    let mut returned = letter(petition("a", 14, Some("kim.2")));
    returned.petition.service = ServiceId::new("information-request");
    returned.petition.standing = Standing::NotSent;
    returned.decides = true;
    returned.decision = Some(Decision::Withheld);
    returned.reply = Some(Replied {
        agent: "kim.2".to_owned(),
        text: words(&format!("{GROUND}\n\n회의록을 보냅니다")),
    });
    pane.hears(PetitionsEvent::Opened(RequestId::new("a"), Ok(returned)));
    pane.said();

    let AnswerView::Writing { start, .. } = pane.answer() else {
        panic!("{:?}", pane.answer());
    };
    assert_eq!(start, words("회의록을 보냅니다"));
    let text = words(&format!("{GROUND}\n\n회의록을 보냅니다"));
    assert_eq!(pane.sends(), (text, Some(Decision::Withheld)));
}
