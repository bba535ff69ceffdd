//! One question of the form, with its keyboard.

use kiosk_ui::{AnswerChoice, AnswerRefusal as Shown, KioskWindow, QuestionPort};
use slint::ComponentHandle;

use super::{keys, rows};
use crate::visit::{
    Touch,
    view::{AnswerRefusal, Question, QuestionKind},
};

pub(super) fn connect(window: &KioskWindow, touch: impl Fn(Touch) + Clone + 'static) {
    let port = window.global::<QuestionPort>();
    let picked = touch.clone();
    port.on_pick_suggestion(move |index| {
        if let Ok(index) = u32::try_from(index) {
            picked(Touch::PickSuggestion(index));
        }
    });
    port.on_pick_choice(move |id| touch(Touch::PickChoice(id.into())));
}

pub(super) fn show(window: &KioskWindow, view: &Question) {
    let port = window.global::<QuestionPort>();
    port.set_label(view.label.as_str().into());
    port.set_hint(view.hint.as_str().into());
    port.set_text(view.text.as_str().into());
    port.set_composing(view.composing.as_str().into());
    port.set_limit(i32::try_from(view.limit).unwrap_or(i32::MAX));
    port.set_many_lines(view.many_lines);
    port.set_refusal(match view.refusal {
        None => Shown::None,
        Some(AnswerRefusal::Missing) => Shown::Missing,
        Some(AnswerRefusal::NotInList) => Shown::NotInList,
        Some(AnswerRefusal::TooLong) => Shown::TooLong,
        Some(AnswerRefusal::NotAllowed) => Shown::NotAllowed,
        Some(AnswerRefusal::NoSuchDay) => Shown::NoSuchDay,
        Some(AnswerRefusal::Unlike) => Shown::Unlike,
        Some(AnswerRefusal::NotSent) => Shown::NotSent,
    });
    keys::show(window, view.keyboard);
    port.set_choosing(view.kind == QuestionKind::Choice);
    show_lists(&port, view);
}

fn show_lists(port: &QuestionPort<'_>, view: &Question) {
    let suggestions = view.suggestions.iter().map(Into::into).collect();
    if let Some(model) = rows::update(&port.get_suggestions(), suggestions) {
        port.set_suggestions(model);
    }
    let choices = view
        .choices
        .iter()
        .map(|choice| AnswerChoice {
            id: choice.id.as_str().into(),
            label: choice.label.as_str().into(),
            explanation: choice.explanation.as_str().into(),
            chosen: choice.chosen,
        })
        .collect();
    if let Some(model) = rows::update(&port.get_choices(), choices) {
        port.set_choices(model);
    }
}
