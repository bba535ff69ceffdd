//! Petitions at a desk, with an exchange that answers as the story wants it.

#![allow(clippy::unwrap_used)]

mod choosing;
mod deciding;
mod handling;
mod sending;
mod typing;

use std::path::Path;

use journal::WrittenReply;
use request::{ServiceId, Timestamp};

use super::*;
use crate::Language;

const TEN: Timestamp = Timestamp::from_millis(1_795_482_000_000);
const DAY: i64 = 86_400_000;

struct Pane {
    petitions: Petitions,
    now: Instant,
}

fn petition(request: &str, days_left: i32, with: Option<&str>) -> Petition {
    let due = TEN.as_millis() + i64::from(days_left) * DAY;
    Petition {
        request: RequestId::new(request),
        service: ServiceId::new("petition"),
        submitted_at: TEN,
        due_at: Some(Timestamp::from_millis(due)),
        days_left: Some(days_left),
        extended: false,
        receipt: None,
        office: None,
        ground: None,
        leading: None,
        appealed: false,
        subject: Some(Personal::new("가로등".to_owned())),
        assigned_to: with.map(str::to_owned),
        standing: Standing::Waiting,
    }
}

fn letter(petition: Petition) -> Box<Letter> {
    Box::new(Letter {
        petition,
        language: "ko".to_owned(),
        name: Some(Personal::new("한빛나".to_owned())),
        address: Some(Personal::new("na@example.org".to_owned())),
        text: Some(Personal::new("고장 났습니다".to_owned())),
        enclosures: Vec::new(),
        files: Vec::new(),
        like: Vec::new(),
        joined: Vec::new(),
        joined_in_all: 0,
        leads_to: None,
        decides: false,
        decision: None,
        may_extend_by: 14,
        appeal: None,
        earlier_replies: Vec::new(),
        reply: None,
        steps: Vec::new(),
    })
}

/// The first page is all there is.
fn told(petitions: Vec<Petition>) -> PetitionsEvent {
    let total = petitions.len();
    let page = Page {
        petitions,
        total,
        next: None,
    };
    PetitionsEvent::Told(None, Ok(page))
}

fn words(text: &str) -> Personal<String> {
    Personal::new(text.to_owned())
}

impl Pane {
    fn open() -> Self {
        let house = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/catalog");
        let catalog = Arc::new(Catalog::read(&house).unwrap());
        let mut pane = Self {
            petitions: Petitions::new(catalog, true),
            now: Instant::now(),
        };
        pane.hears(PetitionsEvent::Works(Some("kim.2".to_owned())));
        pane.hears(PetitionsEvent::Shown(true));
        assert_eq!(pane.said(), [PetitionsCommand::Ask(None)]);
        pane
    }

    /// With this letter before the agent.
    fn reading(petition: &Petition) -> Self {
        let mut pane = Self::open();
        pane.hears(told(vec![petition.clone()]));
        pane.touch(PetitionsTouch::Next);
        let request = petition.request.clone();
        assert_eq!(pane.said(), [PetitionsCommand::Open(request.clone())]);
        let opened = PetitionsEvent::Opened(request, Ok(letter(petition.clone())));
        pane.hears(opened);
        pane
    }

    /// Whose letter `a` is the agent's.
    fn writing() -> Self {
        let mut pane = Self::reading(&petition("a", 14, None));
        pane.touch(PetitionsTouch::Next);
        pane.said();
        pane.hears(taken(Ok("kim.2".to_owned())));
        pane.said();
        assert!(pane.petitions.is_writing());
        pane
    }

    /// Who has written an answer to letter `a` that is durable.
    fn answered() -> Self {
        let mut pane = Self::writing();
        pane.touch(PetitionsTouch::Type(words("고쳤습니다")));
        pane.touch(PetitionsTouch::Send);
        pane.said();
        pane.hears(PetitionsEvent::Written(written("kim.2")));
        pane
    }

    fn hears(&mut self, event: PetitionsEvent) {
        self.petitions.handle(event, self.now);
    }

    fn touch(&mut self, touch: PetitionsTouch) {
        self.hears(PetitionsEvent::Touched(touch));
    }

    fn said(&mut self) -> Vec<PetitionsCommand> {
        std::iter::from_fn(|| self.petitions.poll_command()).collect()
    }

    fn view(&self) -> PetitionsView {
        self.petitions.present(Language::Korean, TEN)
    }

    fn answer(&self) -> AnswerView {
        self.view().letter.unwrap().answer
    }
}

fn taken(taken: Result<String, PetitionsFault>) -> PetitionsEvent {
    PetitionsEvent::Taken(RequestId::new("a"), taken)
}

fn sent(sent: Result<(), PetitionsFault>) -> PetitionsEvent {
    PetitionsEvent::Sent(RequestId::new("a"), sent)
}

fn written(agent: &str) -> WrittenReply {
    WrittenReply {
        request: RequestId::new("a"),
        agent: agent.to_owned(),
        written_at: TEN,
        text: words("고쳤습니다"),
        decision: None,
    }
}

fn send() -> PetitionsCommand {
    PetitionsCommand::Send {
        request: RequestId::new("a"),
        text: words("고쳤습니다"),
        decision: None,
    }
}

#[test]
fn a_row_says_how_many_working_days_are_left_and_who_has_it() {
    let mut pane = Pane::open();
    let not_sent = Petition {
        standing: Standing::NotSent,
        ..petition("not-sent", 2, None)
    };
    let no_term = Petition {
        due_at: None,
        days_left: None,
        ..petition("no-term", 0, None)
    };

    pane.hears(told(vec![
        petition("late", -1, Some("lee.3")),
        petition("today", 0, None),
        not_sent,
        no_term,
    ]));

    let rows = pane.view().rows;
    let shown: Vec<_> = rows
        .iter()
        .map(|it| (it.left, it.standing.clone()))
        .collect();
    assert_eq!(
        shown,
        [
            (TimeLeft::Over(1), RowStanding::With("lee.3".to_owned())),
            (TimeLeft::Days(0), RowStanding::Waiting),
            (TimeLeft::Days(2), RowStanding::NotSent),
            (TimeLeft::NoTerm, RowStanding::Waiting),
        ]
    );
    assert_eq!(rows[0].service, "전자우편 민원");
    assert_eq!(
        (rows[2].due.as_str(), rows[3].due.as_str()),
        ("11월 26일", "")
    );
}

#[test]
fn the_chosen_letter_stays_chosen_when_others_come_before_it() {
    let mut pane = Pane::open();
    let list = vec![petition("a", 5, None), petition("b", 9, None)];
    pane.hears(told(list.clone()));
    pane.touch(PetitionsTouch::Down);

    let more = [vec![petition("c", 1, None)], list].concat();
    pane.hears(told(more));

    assert_eq!(pane.view().selected, 2);
    pane.touch(PetitionsTouch::Next);
    let open = PetitionsCommand::Open(RequestId::new("b"));
    assert_eq!(pane.said(), [open]);
}

#[test]
fn nobody_types_an_answer_to_a_letter_they_have_not_taken() {
    let mut pane = Pane::reading(&petition("a", 14, None));

    pane.touch(PetitionsTouch::Type(words("아직 일러요")));
    pane.touch(PetitionsTouch::Send);

    assert_eq!(pane.said(), []);
    assert_eq!(pane.answer(), AnswerView::ToTake { asked: false });
    pane.touch(PetitionsTouch::Next);
    let request = RequestId::new("a");
    let take = PetitionsCommand::Take {
        request,
        over: None,
    };
    assert_eq!(pane.said(), [take]);
    assert_eq!(pane.answer(), AnswerView::ToTake { asked: true });
}

#[test]
fn a_letter_another_agent_has_is_taken_over_only_when_asked_twice() {
    let mut pane = Pane::reading(&petition("a", 14, Some("lee.3")));

    pane.touch(PetitionsTouch::Next);
    assert_eq!(pane.said(), []);
    assert_eq!(pane.view().notice, Some(PetitionsNotice::TakeOver));
    pane.touch(PetitionsTouch::Next);

    let request = RequestId::new("a");
    let over = Some("kim.2".to_owned());
    assert_eq!(pane.said(), [PetitionsCommand::Take { request, over }]);
}

#[test]
fn who_was_slower_is_told_and_sees_who_has_it() {
    let mut pane = Pane::reading(&petition("a", 14, None));
    pane.touch(PetitionsTouch::Next);
    pane.said();

    pane.hears(taken(Err(PetitionsFault::Taken)));

    let request = RequestId::new("a");
    assert_eq!(pane.said(), [PetitionsCommand::Open(request.clone())]);
    let theirs = letter(petition("a", 14, Some("lee.3")));
    pane.hears(PetitionsEvent::Opened(request, Ok(theirs)));
    let view = pane.view();
    assert_eq!(view.notice, Some(PetitionsNotice::TakeOver));
    let standing = view.letter.unwrap().row.standing;
    assert_eq!(standing, RowStanding::With("lee.3".to_owned()));
}

#[test]
fn an_answer_is_written_down_before_the_exchange_is_told() {
    let mut pane = Pane::writing();
    pane.touch(PetitionsTouch::Type(words("고쳤습니다")));

    pane.touch(PetitionsTouch::Send);

    let write = PetitionsCommand::WriteDown {
        request: RequestId::new("a"),
        agent: "kim.2".to_owned(),
        text: words("고쳤습니다"),
        decision: None,
    };
    assert_eq!(pane.said(), [write]);
    pane.hears(PetitionsEvent::Written(written("kim.2")));
    assert_eq!(pane.said(), [send()]);
    let text = words("고쳤습니다");
    assert_eq!(pane.answer(), AnswerView::OnItsWay { text });
    pane.hears(sent(Ok(())));
    let erase = PetitionsCommand::Erase(RequestId::new("a"));
    let read = PetitionsCommand::Open(RequestId::new("a"));
    assert_eq!(pane.said(), [erase, PetitionsCommand::Ask(None), read]);
}

#[test]
fn an_answer_goes_again_until_the_exchange_is_back() {
    let mut pane = Pane::answered();
    assert_eq!(pane.said(), [send()]);

    pane.hears(sent(Err(PetitionsFault::Unreachable)));
    assert_eq!(pane.said(), []);
    pane.now = pane.petitions.poll_timeout().unwrap();
    pane.petitions.handle_timeout(pane.now);
    assert_eq!(pane.said(), [send()]);
    pane.hears(sent(Err(PetitionsFault::Unreachable)));
    assert_eq!(pane.view().rows[0].standing, RowStanding::WrittenHere);
    pane.hears(PetitionsEvent::Connected);

    assert_eq!(pane.said(), [send()]);
}

#[test]
fn an_answer_waits_for_its_author() {
    let mut pane = Pane::open();
    pane.hears(PetitionsEvent::Journaled(vec![written("lee.3")]));
    assert_eq!(pane.said(), []);

    pane.hears(PetitionsEvent::Works(None));
    pane.hears(PetitionsEvent::Works(Some("lee.3".to_owned())));

    let forget = PetitionsCommand::ForgetFiles;
    assert_eq!(pane.said(), [forget, PetitionsCommand::Ask(None), send()]);
}

#[test]
fn an_answer_that_is_not_taken_is_the_agents_again() {
    let mut pane = Pane::answered();
    pane.said();
    pane.hears(sent(Err(PetitionsFault::Taken)));
    let fault = PetitionsFault::Taken;
    let text = words("고쳤습니다");
    assert_eq!(pane.answer(), AnswerView::NotTaken { fault, text });
    pane.said();

    pane.touch(PetitionsTouch::TakeBack);

    let erase = PetitionsCommand::Erase(RequestId::new("a"));
    assert_eq!(pane.said(), [erase]);
    let AnswerView::Writing { start, .. } = pane.answer() else {
        panic!("{:?}", pane.answer());
    };
    assert_eq!(start, words("고쳤습니다"));
}

#[test]
fn an_answer_on_its_way_cannot_be_taken_back() {
    let mut pane = Pane::answered();
    assert_eq!(pane.said(), [send()]);

    pane.touch(PetitionsTouch::TakeBack);

    assert_eq!(pane.said(), []);
}

#[test]
fn a_desk_without_a_way_to_say_who_answers_asks_nothing() {
    let mut pane = Pane::open();
    pane.petitions.may_ask = false;

    pane.touch(PetitionsTouch::CheckNow);

    assert_eq!(pane.said(), []);
    assert!(pane.view().no_way);
}
