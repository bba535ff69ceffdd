//! What the scripted hands do: one call, from the first ring to the code that is
//! read aloud; then help at a kiosk.

use std::path::Path;

use anyhow::{Context, bail};
use desk::{
    helping::{HelpView, HelpingNotice, HelpingView},
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
    std::fs::rename(&beside, code_file)?;
    help(&mut hands)
}

/// Proposes a place and a parcel to whoever asks for help at a kiosk.
fn help(hands: &mut Hands) -> anyhow::Result<()> {
    hands.press("F1")?;
    hands.meet("kiosk-waits", |view| {
        helping(view).is_some_and(|it| !it.waiting.is_empty())
    })?;
    hands.press("Enter")?;
    hands.wait_for("the form is seen", |view| {
        with(view).is_some_and(|it| !it.fields.is_empty())
    })?;
    hands.type_text("무엇을 도와 드릴까요?")?;
    hands.press("Enter")?;
    hands.wait_for("the citizen answers", |view| {
        with(view).is_some_and(|it| it.lines.iter().any(|line| line.from_citizen))
    })?;
    hands.type_text("새빛동")?;
    hands.press("Ctrl+F")?;
    hands.wait_for("the place is confirmed", confirmed)?;
    hands.press("↓")?;
    hands.type_text("12-3")?;
    hands.press("Ctrl+F")?;
    hands.meet("kiosk-proposed", |view| {
        with(view).is_some_and(|it| it.fields.iter().any(|it| !it.proposed.reveal().is_empty()))
    })?;
    hands.wait_for("the parcel is confirmed", confirmed)?;
    hands.press("Ctrl+Del")?;
    hands.meet("kiosk-ended", |view| {
        helping(view).is_some_and(|it| it.with.is_none() && it.waiting.is_empty())
    })?;
    Ok(())
}

fn helping(view: &View) -> Option<&HelpingView> {
    match &view.pane {
        PaneView::Helping(helping) => Some(helping),
        PaneView::SignIn { .. }
        | PaneView::Broken
        | PaneView::Preparation(_)
        | PaneView::Worklist(_)
        | PaneView::Attention(_)
        | PaneView::Sound(_)
        | PaneView::Directory(_)
        | PaneView::Board(_)
        | PaneView::Petitions(_)
        | PaneView::Knowledge(_)
        | PaneView::Postings(_)
        | PaneView::Sending(_)
        | PaneView::Checks(_)
        | PaneView::Reviews(_)
        | PaneView::Disposition(_) => None,
    }
}

fn with(view: &View) -> Option<&HelpView> {
    helping(view)?.with.as_ref()
}

fn confirmed(view: &View) -> bool {
    helping(view).is_some_and(|it| it.notice == Some(HelpingNotice::Confirmed))
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
