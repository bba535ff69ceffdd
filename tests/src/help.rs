//! A land ledger an agent helps with: how its citizen calls for one and goes on alone
//! afterwards, and what the journal tells.

use request::{AssistanceEnding, FormField, Outcome, RequestEvent, Stage};

use crate::{stand::Stand, walk::End};

/// To the first question, and there asks for an agent.
pub fn asks_for_an_agent(stand: &mut Stand) {
    stand.wait_for("welcome");
    stand.touch("시작하기");
    stand.wait_for("find");
    stand.touch("토지대장");
    stand.wait_for("service");
    stand.touch("신청 시작하기");
    stand.wait_for("question");
    stand.touch("도움 받기");
    stand.touch("이 화면으로 상담원 부르기");
    stand.touch("네, 연결할게요");
}

/// From the agent's farewell, on top of the options, to the paper.
pub fn goes_on_alone_to_the_paper(stand: &mut Stand) {
    stand.touch("이어서 하기");
    stand.wait_for("options");
    stand.touch("계속하기");
    stand.wait_for("review");
    stand.touch("이대로 신청하기");
    stand.wait_for("pay");
    stand.touch("현금으로 내기");
    stand.pay_coins(&[100, 100, 100]);
    stand.wait_for("take-paper");
    assert_eq!(stand.go_on(), End::Thanked);
}

/// District and parcel are an agent's, who was declined once and ended the help; one
/// paper came. Answers what is written of the request.
pub fn two_of_three_values_were_an_agents(stand: &Stand) -> Vec<RequestEvent> {
    let (request, events) = stand.journal().pop().unwrap();
    let question = |id: &str| FormField::Question(id.to_owned());
    assert_eq!(request.stage, Stage::Closed(Outcome::Done));
    assert_eq!(
        request.filled_by_agent(),
        [question("district"), question("parcel_number")]
    );
    let count = |wanted: fn(&RequestEvent) -> bool| events.iter().filter(|it| wanted(it)).count();
    assert_eq!(count(|it| matches!(it, RequestEvent::ProposalAccepted)), 2);
    assert_eq!(count(|it| matches!(it, RequestEvent::ProposalDeclined)), 1);
    assert!(events.contains(&RequestEvent::AssistanceEnded {
        by: AssistanceEnding::ByAgent
    }));
    assert_eq!(stand.sheets().len(), 1);
    events
}
