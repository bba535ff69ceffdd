//! The window's face: what the room says goes in, keys and hands come out.

use slint::{ComponentHandle, Model, ModelRc, SharedString, VecModel};
use training_ui::{
    FindingRow, LessonRow, NoticeName, PaneName, PassedName, StageName, TrainingPort,
    TrainingWindow, Words,
};

use crate::room::{
    Key,
    view::{Notice, Pane, RoomView, Stage},
};

/// Lets every control of the window report.
pub fn connect(window: &TrainingWindow, press: impl Fn(Key) + Clone + 'static) {
    window
        .global::<Words>()
        .on_keep(|text| typing::keep_words_together(&text).into());
    let port = window.global::<TrainingPort>();
    let pressed = press.clone();
    port.on_up(move || pressed(Key::Up));
    let pressed = press.clone();
    port.on_down(move || pressed(Key::Down));
    let pressed = press.clone();
    port.on_choose(move || pressed(Key::Choose));
    let pressed = press.clone();
    port.on_back(move || pressed(Key::Back));
    let pressed = press.clone();
    port.on_pick(move |index| {
        if let Ok(index) = usize::try_from(index) {
            pressed(Key::Pick(index));
        }
    });
    port.on_answer(move |index| {
        if let Ok(index) = usize::try_from(index) {
            press(Key::Answer(index));
        }
    });
}

/// Shows one moment of the room.
pub fn show(window: &TrainingWindow, view: &RoomView) {
    let code = view.language.code();
    if let Err(error) = slint::select_bundled_translation(code) {
        tracing::warn!(code, %error, "A language has no translation");
    }
    let port = window.global::<TrainingPort>();
    port.set_agent(view.agent.as_deref().unwrap_or_default().into());
    port.set_notice(match view.notice {
        None => NoticeName::None,
        Some(Notice::SignInFirst) => NoticeName::SignInFirst,
        Some(Notice::NoCall) => NoticeName::NoCall,
        Some(Notice::NoKiosk) => NoticeName::NoKiosk,
        Some(Notice::NoRoom) => NoticeName::NoRoom,
    });
    match &view.pane {
        Pane::Choose { rows, selected } => {
            let row = |row: &crate::room::view::Row| LessonRow {
                title: row.title.as_str().into(),
                passed: match row.passed {
                    None => PassedName::Test,
                    Some(false) => PassedName::NotYet,
                    Some(true) => PassedName::Passed,
                },
            };
            update(
                rows.iter().map(row).collect(),
                &port.get_lessons(),
                |model| {
                    port.set_lessons(model);
                },
            );
            port.set_selected(count(*selected));
            port.set_pane(PaneName::Choose);
        }
        Pane::Wait { title } => {
            port.set_heading(title.into());
            port.set_pane(PaneName::Wait);
        }
        Pane::Practise { title, stage, said } => {
            port.set_heading(title.into());
            port.set_stage(match stage {
                Stage::Ringing => StageName::Ringing,
                Stage::Talking => StageName::Talking,
                Stage::WrappingUp => StageName::WrappingUp,
                Stage::KioskWaits => StageName::KioskWaits,
                Stage::Helping => StageName::Helping,
            });
            update(words(said), &port.get_said(), |model| port.set_said(model));
            port.set_pane(PaneName::Practise);
        }
        Pane::Judged {
            title,
            lesson,
            points,
            passed,
            findings,
        } => {
            port.set_heading(title.into());
            port.set_lesson(lesson.into());
            port.set_points(count(*points));
            port.set_passed(*passed);
            let row = |it: &crate::room::view::FindingRow| FindingRow {
                kept: it.kept,
                why: it.why.as_str().into(),
                points: count(it.points),
                possible: count(it.possible),
            };
            let rows = findings.iter().map(row).collect();
            update(rows, &port.get_findings(), |model| port.set_findings(model));
            port.set_pane(PaneName::Judged);
        }
        Pane::Question {
            number,
            of,
            text,
            answers,
        } => {
            port.set_number(count(*number));
            port.set_of(count(*of));
            port.set_heading(text.into());
            update(words(answers), &port.get_answers(), |model| {
                port.set_answers(model);
            });
            port.set_pane(PaneName::Question);
        }
        Pane::Marked {
            points,
            passed,
            right,
            of,
        } => {
            port.set_points(count(*points));
            port.set_passed(*passed);
            port.set_number(count(*right));
            port.set_of(count(*of));
            port.set_pane(PaneName::Marked);
        }
    }
}

fn words(texts: &[String]) -> Vec<SharedString> {
    texts.iter().map(SharedString::from).collect()
}

/// A list that stays the same is left alone, and its focus with it.
fn update<T: Clone + PartialEq + 'static>(
    wanted: Vec<T>,
    shown: &ModelRc<T>,
    set: impl FnOnce(ModelRc<T>),
) {
    if !shown.iter().eq(wanted.iter().cloned()) {
        set(ModelRc::new(VecModel::from(wanted)));
    }
}

fn count(number: impl TryInto<i32>) -> i32 {
    number.try_into().unwrap_or(i32::MAX)
}
