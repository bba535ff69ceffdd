//! What an agent does for a caller, step by step.

use desk::{
    preparation::PreparationView,
    workplace::view::{DoingView, PaneView, View},
};

use privacy::Personal;

use crate::booth::Booth;

/// An invented person.
pub(crate) const NAME: &str = "한빛나";
pub(crate) const NUMBER: &str = "900101-2990014";

pub(crate) fn step(view: &View) -> Option<&PreparationView> {
    match &view.pane {
        PaneView::Preparation(view) => Some(view),
        _ => None,
    }
}

pub(crate) fn wait(
    booth: &mut Booth,
    wanted: &str,
    is_it: impl Fn(&PreparationView) -> bool,
) -> View {
    booth.wait_for(wanted, |view| step(view).is_some_and(&is_it))
}

/// Finds a service and begins its form.
pub(crate) fn begin(booth: &mut Booth, query: &str) {
    booth.press("F2");
    wait(booth, "a service is searched", |it| {
        matches!(it, PreparationView::Find(_))
    });
    booth.type_text(query);
    wait(booth, "one service is left", |it| match it {
        PreparationView::Find(find) => find.tiles.len() == 1,
        _ => false,
    });
    booth.press("Enter");
    wait(booth, "it is explained", |it| {
        matches!(it, PreparationView::Explain(_))
    });
    booth.press("Enter");
}

/// A land ledger, up to its code.
pub(crate) fn prepare_land_ledger(booth: &mut Booth) -> String {
    begin_land_ledger(booth);
    finish_land_ledger(booth)
}

/// A land ledger, up to its form.
pub(crate) fn begin_land_ledger(booth: &mut Booth) {
    begin(booth, "ㅌㅈㄷㅈ");
    wait(booth, "the form is there", |it| {
        matches!(it, PreparationView::Fill(_))
    });
}

/// The form of a land ledger, up to its code.
pub(crate) fn finish_land_ledger(booth: &mut Booth) -> String {
    booth.type_text("새빛");
    wait(booth, "a neighborhood is offered", |it| match it {
        PreparationView::Fill(form) => !form.questions[0].suggestions.is_empty(),
        _ => false,
    });
    booth.press("Alt+1");
    wait(booth, "it is taken", |it| match it {
        PreparationView::Fill(form) => form.questions[0].answer.is_some(),
        _ => false,
    });
    booth.press("Tab");
    booth.type_text("12-3");
    booth.press("Ctrl+↑");
    wait(booth, "two copies are wanted", |it| match it {
        PreparationView::Fill(form) => form.copies == 2 && form.questions[1].answer.is_some(),
        _ => false,
    });
    booth.press("Enter");
    wait(booth, "it is read to the caller", |it| {
        matches!(it, PreparationView::Review(_))
    });
    booth.press("Enter");
    code(booth)
}

/// The code that is read aloud, without its blanks.
pub(crate) fn code(booth: &mut Booth) -> String {
    let view = wait(booth, "the code is read", |it| {
        matches!(it, PreparationView::Read(_))
    });
    match step(&view) {
        Some(PreparationView::Read(reading)) => reading
            .groups
            .iter()
            .map(|it| it.reveal().as_str())
            .collect(),
        _ => unreachable!("waited for it"),
    }
}

/// Identifies a caller who says name and number.
pub(crate) fn identify(booth: &mut Booth) {
    wait(booth, "the caller is asked for", |it| {
        matches!(it, PreparationView::Identify(_))
    });
    booth.type_text(NAME);
    booth.press("Tab");
    booth.type_text(NUMBER);
    booth.press("Alt+1");
    booth.press("Enter");
    wait(booth, "the form is there", |it| {
        matches!(it, PreparationView::Fill(_))
    });
}

/// Is given a name and what is seen.
pub(crate) type Pause<'a> = dyn FnMut(&'static str, View) + 'a;

/// The whole way of two requests, with a pause at each pane.
pub(crate) fn walk(booth: &mut Booth, pause: &mut Pause<'_>) {
    booth.press("F2");
    let view = wait(booth, "services are there", |it| {
        matches!(it, PreparationView::Find(_))
    });
    pause("find", view);
    booth.type_text("없는서비스");
    let view = wait(booth, "nothing fits", |it| match it {
        PreparationView::Find(find) => find.tiles.is_empty(),
        _ => false,
    });
    pause("find-nothing", view);
    booth.press("Esc");
    booth.wait_for("the worklist is back", |view| step(view).is_none());
    booth.press("F2");
    wait(booth, "services are there again", |it| {
        matches!(it, PreparationView::Find(_))
    });
    booth.type_text("주차 요금");
    let view = wait(booth, "an office has it", |it| match it {
        PreparationView::Find(find) => find.tiles.is_empty() && find.holdings.len() > 1,
        _ => false,
    });
    pause("find-holdings", view);
    booth.press("Esc");
    booth.wait_for("the worklist is back", |view| step(view).is_none());
    begin(booth, "ㅌㅈㄷㅈ");
    wait(booth, "the form is there", |it| {
        matches!(it, PreparationView::Fill(_))
    });
    booth.type_text("ㅅ");
    let view = wait(booth, "neighborhoods are offered", |it| match it {
        PreparationView::Fill(form) => form.questions[0].suggestions.len() > 1,
        _ => false,
    });
    pause("fill-suggestions", view);
    booth.press("Enter");
    let view = wait(booth, "it is refused", |it| match it {
        PreparationView::Fill(form) => form.questions[1].refusal.is_some(),
        _ => false,
    });
    pause("fill-refused", view);
    booth.press("Ctrl+Del");
    booth.wait_for("the worklist is back", |view| step(view).is_none());

    booth.press("F2");
    wait(booth, "services are there", |it| {
        matches!(it, PreparationView::Find(_))
    });
    booth.press("Alt+2");
    let view = wait(booth, "it is explained", |it| {
        matches!(it, PreparationView::Explain(_))
    });
    pause("explain", view);
    booth.press("Enter");
    wait(booth, "the caller is asked for", |it| {
        matches!(it, PreparationView::Identify(_))
    });
    booth.press("Enter");
    let view = wait(booth, "the name is missing", |it| match it {
        PreparationView::Identify(view) => view.refusal.is_some(),
        _ => false,
    });
    pause("identify", view);
    identify(booth);
    let view = wait(booth, "the form is there", |it| {
        matches!(it, PreparationView::Fill(_))
    });
    pause("fill-options", view);
    booth.press("Enter");
    let view = wait(booth, "consent is read aloud", |it| {
        matches!(it, PreparationView::Consent(_))
    });
    pause("consent", view);
    booth.press("Ctrl+Y");
    let view = wait(booth, "everything is read", |it| {
        matches!(it, PreparationView::Review(_))
    });
    let mut refused = view.clone();
    if let PaneView::Preparation(shown) = &mut refused.pane
        && let PreparationView::Review(review) = shown.as_mut()
        && let Some(messaging) = &mut review.messaging
    {
        messaging.caller = None;
        messaging.typed = Personal::new("031-000-0000".to_owned());
        messaging.refused = true;
    }
    booth.press("Alt+1");
    let view = wait(booth, "a message goes to the caller", |it| match it {
        PreparationView::Review(review) => review.messaging.as_ref().is_some_and(|it| it.to_caller),
        _ => false,
    });
    pause("review", view);
    booth.press("Enter");
    code(booth);
    booth.press("Enter");
    let view = wait(booth, "the second group is read", |it| match it {
        PreparationView::Read(reading) => reading.group == 1,
        _ => false,
    });
    pause("read", view);
    pause("review-refused", refused);
    booth.press("Esc");
    let view = booth.wait_for("the worklist has it", |view| {
        matches!(view.pane, PaneView::Worklist(_))
    });
    pause("worklist", view);
    booth.press("Ctrl+R");
    booth.press("Alt+1");
    booth.press("Alt+2");
    booth.press("Enter");
    let view = booth.wait_for("the code is read again", |view| match &view.pane {
        PaneView::Worklist(list) => matches!(list.doing, DoingView::Reading { .. }),
        _ => false,
    });
    pause("worklist-reading", view);
}
