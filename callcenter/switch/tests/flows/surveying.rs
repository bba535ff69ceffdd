//! Callers who are asked after the talk, with the keys of their own telephones.

use flows::Peer;

use crate::{house::House, scenario::Scenario};

const SURVEY: &str = r#"
[[center.survey]]
queues = ["general"]

[[center.survey.question]]
id = "friendly"
words = { ko = "상담은 친절했나요? 1번부터 5번까지 눌러 주세요." }

[[center.survey.question]]
id = "solved"
words = { ko = "문의는 해결됐나요? 1번부터 5번까지 눌러 주세요." }
"#;

/// What is written until the first answer.
pub(crate) const BEGUN: [&str; 6] = [
    "arrived",
    "queued",
    "offered",
    "bridged",
    "agent-left",
    "survey-begun",
];

/// A house that asks two questions.
pub(crate) fn house(flow: &'static str, peer: Peer) -> House {
    House::furnished(flow, peer, tempfile::tempdir().unwrap(), |_| {
        [String::new(), SURVEY.to_owned()]
    })
}

/// A caller, whose agent hangs up half a second after they have begun to talk.
fn talks_with_an_agent(house: &House, caller: Scenario) {
    let agent = Scenario::agent().takes_the_call().waits(500).hangs_up();
    let agent = house.agent("agent-1", &agent);

    let caller = house.caller(&caller);
    agent.succeeds();
    caller.succeeds();
}

#[test]
#[ignore = "a whole call; `make call-test` plays it"]
fn both_questions_are_answered() {
    let house = house("the survey after the talk is answered", Peer::SippUdp);
    let caller = Scenario::caller("110").gets_through().waits(3_000);

    // 9 is no answer.
    let caller = caller.presses('9').presses('5').waits(500).presses('2');
    talks_with_an_agent(&house, caller.gets_hung_up_on());

    let closed = house.closed();
    assert_eq!(closed.facts.agent_was(1), "idle");
    let facts = closed.facts.facts(1);
    let answers = [&facts[6], &facts[7]].map(|it| (&it["question"], &it["answer"]));
    assert_eq!(answers[0], (&"friendly".into(), &5.into()));
    assert_eq!(answers[1], (&"solved".into(), &2.into()));
    let ends = ["survey-answered", "survey-answered", "caller-left"];
    closed.wrote(&[&BEGUN[..], &ends].concat());
}

#[test]
#[ignore = "a whole call; `make call-test` plays it"]
fn after_the_first_question_the_caller_hangs_up() {
    let house = house("the caller hangs up in the survey", Peer::SippUdp);
    let caller = Scenario::caller("110").gets_through().waits(3_000);

    talks_with_an_agent(&house, caller.presses('4').waits(300).hangs_up());

    let ends = ["survey-answered", "caller-left"];
    house.closed().wrote(&[&BEGUN[..], &ends].concat());
}
