//! A look at every pane, at both sizes, with high contrast and in English.

use std::{
    fs::File,
    io::BufWriter,
    path::{Path, PathBuf},
    time::Duration,
};

use desk::{
    attention::{AttentionFault, Deciding, Decision, Deed, Doubt, Ground, Quarantined, Wedged},
    directory::EntryKind,
    shift::ShiftState,
    telephone::{
        AgentState, CallState, MonitorMode, Ringing, SignInFault, TalkState, TelephoneEvent,
    },
    worklist::RowState,
    workplace::view::{
        AttentionView, DirectoryView, DoingView, DoubtView, EntryView, PaneView, RowView, View,
        WorklistView,
    },
};
use i_slint_backend_testing::mock_elapsed_time;
use privacy::Personal;
use request::{DeclineReason, DocumentNumber, NetworkFault, RequestId, StationId, Timestamp};
use slint::ComponentHandle;
use sync::{Contradiction, Incarnation, Reason};

use crate::{
    board::board,
    booth::{Booth, HEIGHT, TUESDAY_10_00, WIDTH},
    caller::{Pause, walk},
    checks, devices, disposing,
    eye::complaints,
    kiosks, knowledge, letters, postings, reviews, sending,
};

/// A pane by its name, as the walk leaves it.
fn panes() -> Vec<(&'static str, View)> {
    let mut booth = Booth::with_telephone();
    booth.call_says(TelephoneEvent::Registered);
    let signing_in = booth.wait_for("it is there", |_| true);
    booth.sign_in();
    booth.press("F6");
    let empty = booth.wait_for("it is empty", |view| {
        matches!(view.pane, PaneView::Worklist(_))
    });
    let mut found = vec![("sign-in", signing_in), ("empty", empty)];
    booth.call_says(TelephoneEvent::Ringing(Ringing {
        queue: "증명 발급".to_owned(),
        waited: Duration::from_secs(75),
        caller: Some(Personal::new("010-0000-0000".to_owned())),
        language: "ko".to_owned(),
        ..Ringing::default()
    }));
    let ringing = booth.wait_for("it rings", |view| {
        view.telephone.state == CallState::Ringing
    });
    found.push(("ringing", ringing));
    booth.call_says(TelephoneEvent::Answered);
    booth.call_says(TelephoneEvent::Muted);
    let mut pause = |name, view| found.push((name, view));
    let pauses: &mut Pause<'_> = &mut pause;
    walk(&mut booth, pauses);
    let mut last = found.last().unwrap().1.clone();
    last.checks_waiting = 2;
    last.moderator = true;
    let mut asking = View {
        pane: PaneView::Directory(directory()),
        ..last.clone()
    };
    asking.telephone.state = CallState::Talking {
        with: TalkState::Consulting { answered: true },
        muted: false,
    };
    asking.telephone.speaks = "베트남어".to_owned();
    asking.telephone.cut_off = true;
    asking.telephone.callback = true;
    asking.telephone.monitored = Some(MonitorMode::Barge);
    found.push(("asking", asking));
    let mut supervising = View {
        supervisor: true,
        pane: PaneView::Board(Box::new(board())),
        ..last.clone()
    };
    supervising.telephone.state = CallState::Resting;
    supervising.telephone.caller = None;
    supervising.telephone.concerns.clear();
    let unknown = View {
        pane: PaneView::Board(Box::default()),
        ..supervising.clone()
    };
    found.push(("board-unknown", unknown));
    supervising.telephone.monitoring = Some(("namgung.12".to_owned(), MonitorMode::Listen));
    found.push(("board", supervising));
    let others = [
        kiosks::panes().to_vec(),
        letters::panes(),
        knowledge::panes(),
        postings::panes(),
        sending::panes(),
        checks::panes(),
        reviews::panes(),
        devices::panes(),
    ]
    .concat();
    for (number, (name, pane)) in disposing::panes().into_iter().enumerate() {
        let mut view = View {
            shift: ShiftState::WrapUp,
            wrap_up_left: Some(35),
            disposition: Some(["", "신청을 준비해 드림"][number % 2].to_owned()),
            pane,
            ..last.clone()
        };
        view.telephone.state = CallState::Resting;
        found.push((name, view));
    }
    for (name, pane) in imagined().into_iter().chain(others) {
        found.push((
            name,
            View {
                agent: agent_before(&pane, &last),
                pane,
                ..last.clone()
            },
        ));
    }
    found
}

fn doubt(deed: Deed, what: &str) -> DoubtView {
    let doubt = Doubt {
        station: StationId::new("gaon-2"),
        incarnation: Incarnation::first(),
        number: 311,
        request: RequestId::new("gaon-2-261124-a1b2c3-000300"),
        recorded_at: Timestamp::from_millis(TUESDAY_10_00),
        deed,
    };
    DoubtView {
        doubt,
        since: "09:40".to_owned(),
        what: what.to_owned(),
    }
}

fn directory() -> DirectoryView {
    let states = [
        None,
        Some(AgentState::Ready),
        Some(AgentState::NotReady { reason: None }),
        Some(AgentState::Resting),
        Some(AgentState::Unreachable),
    ];
    let entry = |number: usize| EntryView {
        kind: [EntryKind::Colleague, EntryKind::Office, EntryKind::Queue][number % 3],
        name: Personal::new(
            [
                "namgung.12",
                "한빛시 가온구청 주민등록과 인감·본인서명 담당",
                "증명 발급",
            ][number % 3]
                .to_owned(),
        ),
        state: states[number % states.len()].clone(),
    };
    DirectoryView {
        entries: (0..9).map(entry).collect(),
        selected: 1,
        more: 31,
    }
}

/// Nobody is signed in yet while it is asked who works here.
fn agent_before(pane: &PaneView, view: &View) -> Option<String> {
    match pane {
        PaneView::SignIn { .. } => None,
        _ => view.agent.clone(),
    }
}

/// Panes that need an exchange to look like this.
fn imagined() -> Vec<(&'static str, PaneView)> {
    let waiting = |fault, deciding| {
        PaneView::Attention(AttentionView {
            no_agent: false,
            known: true,
            quarantined: vec![(
                Quarantined {
                    station: StationId::new("gaon-1"),
                    reason: Contradiction::Forked,
                    since: Timestamp::from_millis(TUESDAY_10_00),
                    kept_aside: 12,
                },
                "11월 23일 16:40".to_owned(),
            )],
            wedged: vec![(
                Wedged {
                    station: StationId::new("narae-1"),
                    incarnation: Incarnation::first(),
                    number: 4_711,
                    request: RequestId::new("narae-1-261124-a1b2c3-004700"),
                    recorded_at: Timestamp::from_millis(TUESDAY_10_00),
                    received_at: Timestamp::from_millis(TUESDAY_10_00),
                    reason: Reason::BeyondLease,
                },
                "09:12".to_owned(),
            )],
            doubts: vec![
                doubt(
                    Deed::Printed(DocumentNumber::new("2611-0000-0471")),
                    "2611-0000-0471",
                ),
                doubt(Deed::PaidOut { asked_won: 1_300 }, "1,300원"),
                doubt(Deed::CardCharged { asked_won: 1_500 }, "1,500원"),
                doubt(Deed::CardReversed { asked_won: 1_500 }, "1,500원"),
            ],
            selected: 2,
            fault,
            deciding,
        })
    };
    let deciding = Deciding {
        decision: Decision::Release(StationId::new("gaon-1")),
        ground: Some(Ground::OperatorConfirmed),
        asked: false,
    };
    let no_agent = PaneView::Attention(AttentionView {
        no_agent: true,
        known: false,
        quarantined: Vec::new(),
        wedged: Vec::new(),
        doubts: Vec::new(),
        selected: 0,
        fault: None,
        deciding: None,
    });
    vec![
        (
            "attention",
            waiting(Some(AttentionFault::Unreachable), None),
        ),
        ("attention-deciding", waiting(None, Some(deciding))),
        ("attention-nobody", no_agent),
        (
            "worklist-long",
            PaneView::Worklist(long_worklist(DoingView::Nothing)),
        ),
        (
            "worklist-checking",
            PaneView::Worklist(long_worklist(DoingView::Checking {
                service: "주민등록표 등본".to_owned(),
                day: "11월 24일".to_owned(),
                copies: "2부".to_owned(),
                knew: [true, false, false],
                refused: true,
            })),
        ),
        ("broken", PaneView::Broken),
        (
            "sign-in-refused",
            signing_in(Some(SignInFault::Elsewhere("desk-14".to_owned()))),
        ),
        (
            "sign-in-locked-out",
            signing_in(Some(SignInFault::LockedOut(900))),
        ),
        ("sign-in-checking", signing_in(None)),
    ]
}

fn signing_in(fault: Option<SignInFault>) -> PaneView {
    PaneView::SignIn {
        refused: false,
        passphrase: true,
        checking: fault.is_none(),
        fault,
    }
}

fn long_worklist(doing: DoingView) -> WorklistView {
    let states = [
        RowState::Asked,
        RowState::Waiting(Some(NetworkFault::Unreachable)),
        RowState::Ready,
        RowState::Collecting,
        RowState::Collected,
        RowState::Declined(DeclineReason::NoSuchRecord),
        RowState::Declined(DeclineReason::OutsideHours),
    ];
    let row = |number: usize| RowView {
        title: ["주민등록표 등본", "가족관계증명서", "토지대장"][number % 3].to_owned(),
        asked: "11월 24일 10:00".to_owned(),
        name: Personal::new(
            ["한*나", "", "남궁**********************************호"][number % 3].to_owned(),
        ),
        copies: "2부".to_owned(),
        state: states[number % states.len()],
        sent: !number.is_multiple_of(states.len()),
    };
    WorklistView {
        rows: (0..14).map(row).collect(),
        selected: 1,
        doing,
    }
}

fn look(name: &str, change: impl Fn(View) -> View) {
    let panes = panes();
    assert!(panes.len() > 15, "the walk has lost its panes");
    let mut booth = Booth::with_telephone();
    let mut found = Vec::new();
    for (pane, view) in panes {
        booth.draw(change(view));
        mock_elapsed_time(Duration::from_millis(300));
        let complaints = complaints(&booth);
        found.extend(complaints.into_iter().map(|it| format!("{pane}: {it}")));
        if let Some(folder) = std::env::var_os("MINWON_PICTURES") {
            save(
                &booth,
                &PathBuf::from(folder).join(format!("{name}-{pane}.png")),
            );
        }
    }
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

fn save(booth: &Booth, file: &Path) {
    let picture = booth.window.window().take_snapshot().unwrap();
    let file = BufWriter::new(File::create(file).unwrap());
    let mut encoder = png::Encoder::new(file, WIDTH, HEIGHT);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_compression(png::Compression::Fast);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(picture.as_bytes()).unwrap();
}

#[test]
fn every_pane_stands_in_its_place() {
    look("plain", |view| view);
}

#[test]
fn every_pane_stands_in_its_place_at_one_and_a_half() {
    look("large", |view| View {
        large_text: true,
        ..view
    });
}

#[test]
fn every_pane_stands_in_its_place_with_high_contrast() {
    look("contrast", |view| View {
        high_contrast: true,
        ..view
    });
}

#[test]
fn every_pane_stands_in_its_place_in_english() {
    look("english", |view| View {
        language: desk::Language::English,
        large_text: true,
        ..view
    });
}
