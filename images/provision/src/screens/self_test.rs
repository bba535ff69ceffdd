//! Everything that the machine has is tried.

use fleet::CheckResult;
use provision_ui::{ProvisionWindow, SelfTestPort, TestAsked, TestLine, TestResult, TouchTestPort};
use slint::ComponentHandle;

use super::{entry, rows};
use crate::view::{Asked, SelfTest, TestRow, Touch};

pub(super) fn connect(window: &ProvisionWindow, touch: impl Fn(Touch) + Clone + 'static) {
    let port = window.global::<SelfTestPort>();
    let (yes, no, again, on) = (touch.clone(), touch.clone(), touch.clone(), touch.clone());
    port.on_yes(move || yes(Touch::Yes));
    port.on_no(move || no(Touch::No));
    port.on_again(move || again(Touch::Again));
    port.on_go_on(move || on(Touch::Continue));
    let port = window.global::<TouchTestPort>();
    let hit = touch.clone();
    port.on_hit(move |target| {
        if let Ok(target) = u8::try_from(target) {
            hit(Touch::Target(target));
        }
    });
    port.on_cannot(move || touch(Touch::No));
}

pub(super) fn show(window: &ProvisionWindow, test: &SelfTest) {
    let port = window.global::<SelfTestPort>();
    let lines = in_order(test).into_iter().map(line).collect();
    if let Some(model) = rows::update(&port.get_lines(), lines) {
        port.set_lines(model);
    }
    let count = |wanted: fn(&TestRow) -> bool| {
        entry::count(test.rows.iter().filter(|it| wanted(it)).count())
    };
    port.set_told(count(|it| it.result.is_some()));
    port.set_failed(count(|it| it.result == Some(CheckResult::Failed)));
    port.set_asked(match test.asked {
        None | Some(Asked::TouchTarget(_)) => TestAsked::Nothing,
        Some(Asked::LookAtThePicture) => TestAsked::Look,
        Some(Asked::ShowACard) => TestAsked::Card,
        Some(Asked::Decide { allowed: false }) => TestAsked::Decide,
        Some(Asked::Decide { allowed: true }) => TestAsked::DecideOrLeave,
    });
    if let Some(Asked::TouchTarget(target)) = test.asked {
        window.global::<TouchTestPort>().set_target(target.into());
    }
}

/// Where something is to be put right, what failed comes first: a list may be longer than a screen.
fn in_order(test: &SelfTest) -> Vec<&TestRow> {
    let mut rows: Vec<&TestRow> = test.rows.iter().collect();
    if matches!(test.asked, Some(Asked::Decide { .. })) {
        rows.sort_by_key(|it| it.result != Some(CheckResult::Failed));
    }
    rows
}

fn line(row: &TestRow) -> TestLine {
    TestLine {
        what: row.what.as_str().into(),
        result: match row.result {
            None => TestResult::Trying,
            Some(CheckResult::Passed) => TestResult::Passed,
            Some(CheckResult::Failed) => TestResult::Failed,
            Some(CheckResult::Skipped) => TestResult::Skipped,
        },
    }
}
