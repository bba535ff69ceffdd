//! A talk is judged at a supervisor's desk, and answered at the agent's.

use cti::{
    Event, FromDesk, Judgment, QualityEvent, QualityRefusal, QualityRequest, Request,
    RequestedState, TalkEnding, TalkLine, TalkName, TalkSheet,
};
use privacy::Personal;
use tokio::task::spawn_blocking;

use crate::{desk::DeskLine, office::Office, sipp::Sipp, together::at_work};

const COMMENT: &str = "수수료 안내가 친절했어요";
const ANSWER: &str = "살펴봐 주셔서 고마워요";
const DAYS: u16 = 30;

impl DeskLine {
    async fn asks_of_talks(&mut self, asked: QualityRequest) {
        self.asks(Request::Quality(asked)).await;
    }

    /// The next it is told of talks.
    async fn is_told_of_talks(&mut self) -> QualityEvent {
        self.is_told(|event| match event {
            Event::Quality(told) => Some(told.clone()),
            _ => None,
        })
        .await
    }

    async fn is_refused_to(&mut self, asked: QualityRequest) -> QualityRefusal {
        self.asks_of_talks(asked).await;
        match self.is_told_of_talks().await {
            QualityEvent::Refused { why, .. } => why,
            other => panic!("{other:?} came instead"),
        }
    }

    /// The agent's only talk, once it is over.
    async fn sees_the_talk(&mut self, agent: u32) -> TalkLine {
        let days = DAYS;
        self.asks_of_talks(QualityRequest::ListTalks { agent, days })
            .await;
        match self.is_told_of_talks().await {
            QualityEvent::Talks { talks, .. } => talks.into_iter().next().unwrap(),
            other => panic!("{other:?} came instead"),
        }
    }
}

fn judgment(talk: TalkName, greeting: u8) -> QualityRequest {
    let points = [("greeting", greeting), ("answer", 5), ("privacy", 1)];
    QualityRequest::Judge {
        judgment: Judgment {
            talk,
            form: "talk".to_owned(),
            version: 1,
            points: points.map(|(id, it)| (id.to_owned(), it)).into(),
            comment: Some(Personal::new(COMMENT.to_owned())),
        },
    }
}

fn reviewed(told: QualityEvent) -> Box<TalkSheet> {
    match told {
        QualityEvent::Judged { sheet } | QualityEvent::Answered { sheet } => sheet,
        other => panic!("{other:?} came instead"),
    }
}

/// Agent 3 has served a caller, and is still there.
async fn has_served(office: &Office) -> DeskLine {
    let (mut desk, port) = at_work(office, "desk-1", "agent-3").await;
    desk.asks(Request::SetAgentState {
        state: RequestedState::Ready,
    })
    .await;
    let telephone = Sipp::agent("agent_answers", office.center.address, port);
    let caller = Sipp::calls(office.center.address, 1_000);
    spawn_blocking(move || {
        caller.succeeds();
        telephone.succeeds();
    })
    .await
    .unwrap();
    desk.is_told(|it| (*it == Event::ConnectionCleared).then_some(()))
        .await;
    desk
}

#[tokio::test(flavor = "multi_thread")]
async fn a_supervisor_judges_a_talk_and_its_agent_answers_once() {
    let office = Office::open([22_000, 22_049]);
    let mut agent = has_served(&office).await;
    let own = office.credentials.path().join("desk-2");
    let mut supervisor = DeskLine::greets(office.center.desks.unwrap(), &own).await;
    supervisor.signs_in("supervisor").await;

    let line = supervisor.sees_the_talk(3).await;
    assert_eq!(line.ending, Some(TalkEnding::CallerHungUp));
    assert_eq!(line.queue.as_deref(), Some("general"));
    let talk = line.talk;
    let refused = agent.is_refused_to(judgment(talk, 4)).await;
    assert_eq!(refused, QualityRefusal::SupervisorsOnly);
    for _ in 0..2 {
        supervisor.asks_of_talks(judgment(talk, 4)).await;
    }
    let sheet = reviewed(supervisor.is_told_of_talks().await);
    assert_eq!(sheet.reviews[0].account, "supervisor");

    let told = agent.is_told_of_talks().await;
    assert!(matches!(told, QualityEvent::Own { talks } if talks[0].talk == talk));
    agent.asks_of_talks(QualityRequest::OpenTalk { talk }).await;
    let QualityEvent::Talk { sheet } = agent.is_told_of_talks().await else {
        panic!("the talk does not open");
    };
    let review = &sheet.reviews[0];
    assert_eq!(review.comment.as_ref().unwrap().reveal(), COMMENT);
    let answer = QualityRequest::Answer {
        talk,
        reviewer: review.reviewer,
        reviewed_ms: review.reviewed_ms,
        text: Personal::new(ANSWER.to_owned()),
    };
    agent.asks_of_talks(answer.clone()).await;
    let answered = reviewed(agent.is_told_of_talks().await);
    assert_eq!(
        answered.reviews[0].answer.as_ref().unwrap().reveal(),
        ANSWER
    );

    let log = office.center.log();
    assert!(!log.contains(COMMENT) && !log.contains(ANSWER), "{log}");
    let facts = office.center.closed();
    let written = facts.of(talk.call);
    let reviews: Vec<_> = written
        .iter()
        .filter(|it| it.starts_with("review"))
        .collect();
    assert_eq!(reviews, ["reviewed", "review-answered"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_signed_out_judges_nothing_any_more() {
    let office = Office::open([22_050, 22_099]);
    let _agent = has_served(&office).await;
    let own = office.credentials.path().join("desk-2");
    let mut supervisor = DeskLine::greets(office.center.desks.unwrap(), &own).await;
    supervisor.signs_in("supervisor").await;
    let talk = supervisor.sees_the_talk(3).await.talk;

    supervisor.says(&FromDesk::SignOut).await;
    supervisor.asks_of_talks(judgment(talk, 4)).await;
    supervisor.signs_in("supervisor").await;

    let opening = QualityRequest::OpenTalk { talk };
    supervisor.asks_of_talks(opening).await;
    let QualityEvent::Talk { sheet } = supervisor.is_told_of_talks().await else {
        panic!("the talk does not open");
    };
    assert!(sheet.reviews.is_empty());
    let written = office.center.closed().of(talk.call);
    assert!(!written.contains(&"reviewed".to_owned()), "{written:?}");
}
