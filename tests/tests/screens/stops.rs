//! By keys alone: everything on every screen is come to, told of and chosen.

use i_slint_backend_testing::{AccessibleRole, ElementHandle};
use kiosk::visit::{Language, Touch, View, view::Accessibility};
use slint::platform::Key;

use crate::{
    hall::{is_control, label},
    listener::{Listener, STOPS_MAX},
    report::{self, Walked},
    settings,
    views::gallery,
};

/// What the screen that is up has, and nobody who listens comes to.
pub(crate) fn untold(listener: &Listener, told: &[String]) -> Vec<String> {
    let overlay = listener.hall.inheriting("Overlay").pop();
    let elements = match &overlay {
        Some(overlay) => overlay.query_descendants().find_all(),
        None => listener.hall.elements(),
    };
    let is_told = |words: &str| told.iter().any(|it| it.starts_with(words));
    let counts = |it: &_| is_control(it) || it.accessible_role() == Some(AccessibleRole::Text);
    let all = elements.iter().filter(|it| counts(it)).map(label);
    all.filter(|it| !it.is_empty() && !is_told(it)).collect()
}

#[test]
fn everything_on_every_screen_is_told_to_who_goes_through_it_by_one_key() {
    let walked = report::in_every_language(|language| {
        let listener = Listener::arrive();
        let walk = |setting| listen_to_all(&listener, language, setting);
        settings::gone_through().into_iter().map(walk).collect()
    });

    report::settle("keypad", &walked);
}

fn listen_to_all(listener: &Listener, language: Language, setting: Accessibility) -> Walked {
    let mut walked = Walked::new(language, setting);
    for (state, view) in gallery(language) {
        let view = View {
            accessibility: setting,
            ..view
        };
        listener.show(view, true);
        let told = listener.walk();
        let untold = untold(listener, &told);
        walked.has_seen(
            &state,
            told.len(),
            untold.iter().map(|it| format!("nobody hears {it:?}")),
        );
    }
    walked
}

#[test]
fn two_switches_choose_what_a_finger_would() {
    let walked = report::in_every_language(|language| {
        let listener = Listener::arrive();
        let walk = |setting| switch_through_all(&listener, language, setting);
        settings::switched_through(language)
            .into_iter()
            .map(walk)
            .collect()
    });

    report::settle("switches", &walked);
}

fn switch_through_all(listener: &Listener, language: Language, setting: Accessibility) -> Walked {
    let mut walked = Walked::new(language, setting);
    for (state, view) in gallery(language) {
        let view = View {
            accessibility: setting,
            ..view
        };
        listener.show(view.clone(), false);
        let by_finger = touched_by_finger(listener);
        listener.show(view, false);
        let by_switches = touched_by_switches(listener, &by_finger);
        let missing = by_finger.iter().filter(|it| !by_switches.contains(it));
        let missing = missing.map(|it| format!("no switch reaches {it:?}"));
        walked.has_seen(&state, by_finger.len(), missing);
    }
    walked
}

pub(crate) fn touched_by_finger(listener: &Listener) -> Vec<Touch> {
    let overlay = listener.hall.inheriting("Overlay").pop();
    let controls = match &overlay {
        Some(overlay) => overlay
            .query_descendants()
            .match_predicate(is_control)
            .find_all(),
        None => listener.hall.elements(),
    };
    let usable = |it: &&_| is_control(it) && it.accessible_enabled() != Some(false);
    let touch = |it: &ElementHandle| {
        it.invoke_accessible_default_action();
        listener.touched()
    };
    let usable: Vec<_> = controls.iter().filter(usable).collect();
    usable.into_iter().flat_map(touch).collect()
}

/// As long as something is missing, and no longer than any screen has stops.
pub(crate) fn touched_by_switches(listener: &Listener, wanted: &[Touch]) -> Vec<Touch> {
    let mut touched = Vec::new();
    for _ in 0..STOPS_MAX {
        if wanted.iter().all(|it| touched.contains(it)) {
            break;
        }
        listener.press(Key::Tab);
        listener.press(Key::Return);
        touched.extend(listener.touched());
    }
    touched
}
