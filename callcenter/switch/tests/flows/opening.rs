//! Callers inside and outside opening hours.

use flows::Peer;

use crate::{
    house::{House, TALKED},
    scenario::Scenario,
};

fn kept(flow: &'static str, weekly: &str) -> House {
    let folder = tempfile::tempdir().unwrap();
    House::furnished(flow, Peer::SippUdp, folder, |_| {
        let hours = format!(
            "[[center.hours]]\nqueues = [\"quick\"]\ntime_zone = \"Asia/Seoul\"\nweekly = {weekly}\n"
        );
        [String::new(), hours]
    })
}

#[test]
#[ignore = "a whole call; `make call-test` plays it"]
fn outside_hours_the_caller_is_told_so() {
    let house = kept("a call outside opening hours", "{}");
    let caller = Scenario::caller("130").gets_through().gets_hung_up_on();

    house.caller(&caller).succeeds();

    house
        .closed()
        .wrote(&["arrived", "queued", "turned-away", "caller-left"]);
}

#[test]
#[ignore = "a whole call; `make call-test` plays it"]
fn inside_hours_the_caller_is_served() {
    let day = "[\"00:00-24:00\"]";
    let days = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    let days: Vec<String> = days.iter().map(|it| format!("{it} = {day}")).collect();
    let house = kept(
        "a call inside opening hours",
        &format!("{{ {} }}", days.join(", ")),
    );
    let agent = house.agent(
        "agent-2",
        &Scenario::agent().takes_the_call().gets_hung_up_on(),
    );

    house.caller_who_stays("130", 1_500).succeeds();
    agent.succeeds();

    house.closed().wrote(&TALKED);
}
