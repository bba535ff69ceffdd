//! By keys alone: everything on every screen is come to, told of and chosen.

use i_slint_backend_testing::AccessibleRole;
use kiosk::visit::{Language, Touch, View};
use slint::platform::Key;

use crate::{
    hall::{is_control, label},
    listener::{Listener, STOPS_MAX},
    settings,
    views::gallery,
};

/// What the screen that is up has, and nobody who listens comes to.
fn untold(listener: &Listener, told: &[String]) -> Vec<String> {
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
    let listener = Listener::arrive();
    let mut found = Vec::new();

    // What stands where is the same in the settings between the two.
    let [plain, .., all] = settings();
    for language in Language::ALL {
        for (setting, accessibility) in [plain, all] {
            for (state, view) in gallery(language) {
                let view = View {
                    accessibility,
                    ..view
                };
                listener.show(view, true);
                let told = listener.walk();
                let name = format!("{state}-{}-{setting}", language.code());
                let untold = untold(&listener, &told);
                found.extend(untold.iter().map(|it| format!("{name}: {it:?}")));
            }
        }
    }

    assert!(found.is_empty(), "nobody hears\n{}", found.join("\n"));
}

#[test]
fn two_switches_choose_what_a_finger_would() {
    let listener = Listener::arrive();
    let mut found = Vec::new();

    for (state, view) in gallery(Language::English) {
        listener.show(view.clone(), false);
        let overlay = listener.hall.inheriting("Overlay").pop();
        let controls = match &overlay {
            Some(overlay) => overlay
                .query_descendants()
                .match_predicate(is_control)
                .find_all(),
            None => listener.hall.elements(),
        };
        let usable = |it: &&_| is_control(it) && it.accessible_enabled() != Some(false);
        let usable: Vec<_> = controls.iter().filter(usable).collect();
        let by_finger: Vec<Touch> = usable
            .iter()
            .flat_map(|it| {
                it.invoke_accessible_default_action();
                listener.touched()
            })
            .collect();

        listener.show(view, false);
        let mut by_switches = Vec::new();
        for _ in 0..STOPS_MAX {
            if by_finger.iter().all(|it| by_switches.contains(it)) {
                break;
            }
            listener.press(Key::Tab);
            listener.press(Key::Return);
            by_switches.extend(listener.touched());
        }

        let missing = by_finger.iter().filter(|it| !by_switches.contains(it));
        found.extend(missing.map(|it| format!("{state}: {it:?}")));
    }

    assert!(found.is_empty(), "no switch reaches\n{}", found.join("\n"));
}
