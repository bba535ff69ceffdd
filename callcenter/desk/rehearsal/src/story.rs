//! What the scripted hands do: one call, from the first ring to the code that is
//! read aloud.

use std::path::Path;

use anyhow::{Context, bail};
use desk::{
    preparation::PreparationView,
    shift::ShiftState,
    telephone::CallState,
    worklist::RowState,
    workplace::view::{PaneView, View},
};

use crate::{caller::Caller, hands::Hands};

const AGENT: &str = "agent-1";

/// Leaves the code in a file, for whoever collects the paper.
///
/// # Errors
/// When a pane does not come or the caller is not heard.
pub(crate) fn tell(
    mut hands: Hands,
    caller: &Caller,
    passphrase: &str,
    code_file: &Path,
) -> anyhow::Result<()> {
    sign_in(&mut hands, passphrase)?;
    hands.press("F6")?;
    hands.wait_for("the agent is ready", |view| view.shift == ShiftState::Ready)?;
    let call = caller.calls()?;
    hands.meet("ringing", |view| view.telephone.state == CallState::Ringing)?;
    hands.press("F9")?;
    hands.meet("talking", |view| {
        matches!(view.telephone.state, CallState::Talking { .. })
    })?;
    call.is_answered()?;
    let code = prepare(&mut hands)?;
    call.hangs_up()?;
    hands.press("Esc")?;
    hands.meet("wrap-up", |view| {
        view.shift == ShiftState::WrapUp && is_ready_to_collect(view)
    })?;
    // Whoever waits for the file finds all of it.
    let beside = code_file.with_extension("new");
    std::fs::write(&beside, code).context("cannot write the code")?;
    Ok(std::fs::rename(&beside, code_file)?)
}

fn sign_in(hands: &mut Hands, passphrase: &str) -> anyhow::Result<()> {
    hands.meet("sign-in", |view| {
        matches!(view.pane, PaneView::SignIn { .. })
    })?;
    hands.type_text(AGENT)?;
    hands.press("Tab")?;
    hands.type_text(passphrase)?;
    hands.press("Enter")?;
    hands.wait_for("the shift begins", |view| view.agent.is_some())?;
    hands.meet("signed-in", |view| {
        view.telephone.state == CallState::Resting
    })?;
    Ok(())
}

/// A land ledger for whoever calls; answers the code.
fn prepare(hands: &mut Hands) -> anyhow::Result<String> {
    hands.press("F2")?;
    hands.wait_for("a service is searched", at(is_find))?;
    hands.type_text("ㅌㅈㄷㅈ")?;
    hands.meet("find", |view| match step(view) {
        Some(PreparationView::Find(find)) => find.tiles.len() == 1,
        _ => false,
    })?;
    hands.press("Enter")?;
    hands.meet(
        "explain",
        at(|it| matches!(it, PreparationView::Explain(_))),
    )?;
    hands.press("Enter")?;
    hands.wait_for("the form is there", at(is_form))?;
    hands.type_text("새빛")?;
    hands.wait_for("a neighborhood is offered", |view| match step(view) {
        Some(PreparationView::Fill(form)) => !form.questions[0].suggestions.is_empty(),
        _ => false,
    })?;
    hands.press("Alt+1")?;
    hands.wait_for("it is taken", |view| match step(view) {
        Some(PreparationView::Fill(form)) => form.questions[0].answer.is_some(),
        _ => false,
    })?;
    hands.press("Tab")?;
    hands.type_text("12-3")?;
    hands.meet("form", |view| match step(view) {
        Some(PreparationView::Fill(form)) => form.questions[1].answer.is_some(),
        _ => false,
    })?;
    hands.press("Enter")?;
    hands.meet("review", at(|it| matches!(it, PreparationView::Review(_))))?;
    hands.press("Enter")?;
    let view = hands.meet("code", at(|it| matches!(it, PreparationView::Read(_))))?;
    match step(&view) {
        Some(PreparationView::Read(reading)) => Ok(reading
            .groups
            .iter()
            .map(|it| it.reveal().as_str())
            .collect()),
        _ => bail!("the code is not there"),
    }
}

fn is_ready_to_collect(view: &View) -> bool {
    let PaneView::Worklist(list) = &view.pane else {
        return false;
    };
    let first = list.rows.first();
    first.is_some_and(|row| row.state == RowState::Ready)
}

fn step(view: &View) -> Option<&PreparationView> {
    if let PaneView::Preparation(view) = &view.pane {
        Some(view)
    } else {
        None
    }
}

fn at(is_it: fn(&PreparationView) -> bool) -> impl Fn(&View) -> bool {
    move |view| step(view).is_some_and(is_it)
}

fn is_find(view: &PreparationView) -> bool {
    matches!(view, PreparationView::Find(_))
}

fn is_form(view: &PreparationView) -> bool {
    matches!(view, PreparationView::Fill(_))
}
