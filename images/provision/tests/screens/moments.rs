//! Every moment that a technician can see.

use fleet::CheckResult::{Failed, Passed, Skipped};
use provision::view::{
    Asked, CardProblem, Enrolment, EnrolmentProblem, Label, LabelProblem, PinProblem, SelfTest,
    Sheet, SiteProblem, Stop, TestRow, View,
};

/// What the lobby's kiosk declares, and what every machine has.
const TESTS: [&str; 16] = [
    "display",
    "touch-screen",
    "card-reader",
    "chip-card-reader",
    "receipt-printer",
    "barcode-reader",
    "cash",
    "fingerprint-reader",
    "keypad",
    "headphones",
    "document-printer",
    "payment-terminal",
    "watchdog",
    "tpm",
    "clock",
    "exchange",
];

pub(crate) fn moments() -> Vec<(String, View)> {
    let mut all = vec![("site".to_owned(), View::Site(None))];
    let mut add = |name: &str, view| all.push((name.to_owned(), view));
    for problem in [
        SiteProblem::NoPackage,
        SiteProblem::NotBelieved,
        SiteProblem::Expired,
        SiteProblem::OtherModel,
    ] {
        add(&format!("site-{problem:?}"), View::Site(Some(problem)));
    }
    add("card", View::Card(None));
    add("card-unreadable", View::Card(Some(CardProblem::Unreadable)));
    add("card-unknown", View::Card(Some(CardProblem::Unknown)));
    let wait = CardProblem::Wait { seconds: 90 };
    add("card-wait", View::Card(Some(wait)));
    add("pin", pin(0, false, None));
    add("pin-busy", pin(8, true, None));
    add("pin-wrong", pin(0, false, Some(PinProblem::Wrong)));
    let wait = PinProblem::Wait { seconds: 1 };
    add("pin-wait", pin(12, false, Some(wait)));
    labels(&mut add);
    enrolments(&mut add);
    tests(&mut add);
    for (name, sheet) in [
        ("printing", Sheet::Printing),
        ("not-printed", Sheet::NotPrinted),
        ("take", Sheet::Take),
        ("telling", Sheet::Telling),
        ("not-told", Sheet::NotTold),
    ] {
        add(&format!("sheet-{name}"), View::Sheet(sheet));
    }
    let station = "jongno-1".to_owned();
    add("done", View::Done { station });
    add("stopped-disk", View::Stopped(Stop::DiskFails));
    add("stopped-image", View::Stopped(Stop::ImageIncomplete));
    all
}

fn pin(typed: usize, busy: bool, problem: Option<PinProblem>) -> View {
    View::Pin {
        typed,
        busy,
        problem,
    }
}

fn labels(add: &mut impl FnMut(&str, View)) {
    let stations = |count| {
        let name = |it| format!("종로구청 민원실 {it} · jongno-{it}");
        (1..=count).map(name).collect::<Vec<String>>()
    };
    let label = |count, problem| {
        View::Label(Label {
            stations: stations(count),
            problem,
            ..Label::default()
        })
    };
    let code = |code: &str, problem| {
        View::Label(Label {
            stations: stations(2),
            chosen: Some(1),
            code: code.to_owned(),
            problem,
        })
    };
    add("label", label(1, None));
    add("label-many", label(24, None));
    add("label-other", label(3, Some(LabelProblem::OtherStation)));
    add("label-none", label(3, Some(LabelProblem::NotALabel)));
    add("code", code("1234 5678 9", None));
    let only = Label {
        stations: stations(1),
        chosen: Some(0),
        ..Label::default()
    };
    add("code-only", View::Label(only));
    add(
        "code-mistyped",
        code("1234 5678 9012 3456", Some(LabelProblem::Mistyped)),
    );
    add("code-other", code("", Some(LabelProblem::OtherStation)));
}

fn enrolments(add: &mut impl FnMut(&str, View)) {
    add("enrolment", View::Enrolment(Enrolment::Asking));
    for problem in [
        EnrolmentProblem::Unreachable,
        EnrolmentProblem::NotTrusted,
        EnrolmentProblem::Refused,
        EnrolmentProblem::UsedUp,
        EnrolmentProblem::Wait { seconds: 600 },
        EnrolmentProblem::Wait { seconds: 0 },
        EnrolmentProblem::Malformed,
    ] {
        add(
            &format!("enrolment-{problem:?}"),
            View::Enrolment(Enrolment::Failed(problem)),
        );
    }
    for (printed, problem) in [(false, false), (true, false), (false, true), (true, true)] {
        add(
            &format!("paper-{printed}-{problem}"),
            View::Enrolment(Enrolment::ByPaper { printed, problem }),
        );
    }
}

fn tests(add: &mut impl FnMut(&str, View)) {
    let rows = |told: usize, failed: bool| {
        let row = |(at, what): (usize, &str)| TestRow {
            what: what.to_owned(),
            result: (at < told).then_some(match at {
                3 => Skipped,
                4 | 7 | 14 if failed => Failed,
                _ => Passed,
            }),
        };
        TESTS.into_iter().enumerate().map(row).collect()
    };
    let test = |told, failed, asked| {
        View::SelfTest(SelfTest {
            rows: rows(told, failed),
            asked,
        })
    };
    add("test", test(5, true, None));
    add("test-look", test(0, false, Some(Asked::LookAtThePicture)));
    for target in 0..4 {
        let asked = Some(Asked::TouchTarget(target));
        add(&format!("test-target-{target}"), test(1, false, asked));
    }
    add("test-card", test(2, false, Some(Asked::ShowACard)));
    for allowed in [false, true] {
        let asked = Some(Asked::Decide { allowed });
        add(&format!("test-decide-{allowed}"), test(16, true, asked));
    }
}
