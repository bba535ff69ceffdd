//! A supervisor at the wallboard; and an agent who is none.

use badge::SignedBadge;
use desk::{
    telephone::{
        Board, Disposition, Dispositions, MonitorMode, Monitoring, TelephoneEvent, TelephoneOrder,
    },
    workplace::view::{Notice, PaneView, View},
};

use figures::Wording;

use crate::booth::Booth;

/// As the switch tells it: agent 7 talks, agent 4 is at lunch.
fn board() -> TelephoneEvent {
    let row = r#"{"waiting":2,"longest_wait_seconds":75,"callbacks_waiting":0,"offered":10,"answered":7,"abandoned":1,"turned_away":0,"overflowed":0,"callbacks_promised":0,"callbacks_kept":0,"service_level":750,"abandonment":125,"average_speed_of_answer_seconds":12,"average_handling_seconds":180,"opinion":{"answers":35,"mean_hundredths":429}}"#;
    let text = format!(
        r#"{{"at":1795482000000,"all":{row},"target":800,"queues":[{{"queue":"증명 발급","within_seconds":20,"row":{row}}}],"occupancy":620,"agents":[{{"agent":4,"doing":"break","reason":{{"asked":"meal"}},"seconds":600}},{{"agent":7,"doing":"talking","reason":null,"seconds":65}}],"wrap_ups":{{"said":[{{"disposition":"answered","count":5}},{{"disposition":"refused","count":12}}],"unsaid":3}},"day":[{{"start":1795482000000,"offered":10,"answered":7,"abandoned":1,"service_level":750,"agents_tenths":15,"expected_calls":12,"agents_wanted":3}}]}}"#
    );
    let board: Board = serde_json::from_str(&text).unwrap();
    TelephoneEvent::Board(Box::new(board))
}

/// The center's only one by now; another went in the morning.
fn code(id: &str, ko: &str) -> TelephoneEvent {
    let (ko, en) = (ko.to_owned(), id.to_owned());
    let code = Disposition {
        id: id.to_owned(),
        title: Wording { ko, en },
    };
    TelephoneEvent::Dispositions(Dispositions {
        required: false,
        codes: vec![code],
    })
}

fn signed_in(supervisor: bool) -> Booth {
    let mut booth = Booth::with_telephone();
    booth.call_says(TelephoneEvent::Registered);
    booth.sign_in();
    booth.ordered();
    booth.call_says(TelephoneEvent::SignedIn {
        agent: 9,
        supervisor,
        badge: SignedBadge::new("badge"),
    });
    booth.ordered();
    booth
}

fn on_board(view: &View) -> bool {
    matches!(&view.pane, PaneView::Board(board) if board.known)
}

#[test]
fn a_supervisor_sees_the_center_listens_and_stops() {
    let mut booth = signed_in(true);
    booth.call_says(code("refused", "해 드릴 수 없음"));
    booth.call_says(board());
    booth.press("F7");
    let view = booth.wait_for("the wallboard is there", on_board);
    let PaneView::Board(shown) = view.pane else {
        unreachable!("it was looked for")
    };
    assert_eq!(
        (shown.all.service_level.as_str(), shown.all.below),
        ("75 %", true)
    );
    assert_eq!((shown.target.as_str(), shown.all.waiting), ("80 %", 2));
    assert!(shown.surveyed);
    assert_eq!(shown.queues[0].row.opinion, "4.2 (35)");
    let outcomes = [("해 드릴 수 없음", 12), ("answered", 5)];
    let outcomes = outcomes.map(|(title, count)| (title.to_owned(), count));
    assert_eq!((shown.outcomes, shown.unsaid), (outcomes.to_vec(), 3));
    assert_eq!((shown.forecast[0].calls, shown.forecast[0].agents), (12, 3));

    booth.press("Ctrl+N");
    booth.wait_for("the first agent is in no call", |view| {
        view.notice == Some(Notice::AgentNotTalking)
    });
    booth.press("↓");
    booth.press("Ctrl+N");
    let mode = MonitorMode::Listen;
    assert_eq!(booth.ordered(), TelephoneOrder::Monitor { agent: 7, mode });
    let monitoring = Some(Monitoring { agent: 7, mode });
    booth.call_says(TelephoneEvent::Monitoring(monitoring));
    let view = booth.wait_for("the supervisor listens", |view| {
        view.telephone.monitoring.is_some()
    });
    assert_eq!(view.telephone.monitoring, Some(("7".to_owned(), mode)));
    booth.click("참여 끝내기");

    assert_eq!(booth.ordered(), TelephoneOrder::StopMonitoring);
}

#[test]
fn an_agent_who_is_no_supervisor_is_told_why_there_is_no_wallboard() {
    let mut booth = signed_in(false);

    booth.press("F7");

    let view = booth.wait_for("it is said", |view| {
        view.notice == Some(Notice::SupervisorsOnly)
    });
    assert!(!on_board(&view));
}

#[test]
fn an_agent_who_wants_help_is_chosen_on_the_wallboard() {
    let mut booth = signed_in(true);
    booth.call_says(board());

    booth.call_says(TelephoneEvent::HelpWanted { agent: 7 });
    booth.wait_for("it is said", |view| view.notice == Some(Notice::HelpWanted));
    booth.press("F7");

    let view = booth.wait_for("the wallboard is there", on_board);
    let PaneView::Board(shown) = view.pane else {
        unreachable!("it was looked for")
    };
    assert_eq!(shown.selected, Some(1));
    assert!(shown.agents[1].wants_help);
}
