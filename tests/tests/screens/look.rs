//! What a strict eye finds wrong with the screen that is up.

use std::collections::BTreeSet;

use i_slint_backend_testing::{AccessibleRole, ElementHandle};

use kiosk_ui::Theme;
use slint::ComponentHandle;

use crate::hall::{Area, Hall, TOLERANCE, is_control, label};

const TOUCH_TARGET: f32 = 96.0;
const PAGES_MAX: usize = 24;

/// The buttons that turn pages, in every language.
pub(crate) const UP: [&str; 6] = [
    "위로 보기",
    "Scroll up",
    "向上",
    "Cuộn lên",
    "上を見る",
    "إلى أعلى",
];
pub(crate) const DOWN: [&str; 6] = [
    "아래로 더 보기",
    "Scroll down",
    "向下",
    "Cuộn xuống",
    "下を見る",
    "إلى أسفل",
];

/// Components whose words must not stand over their edge.
const CARDS: [&str; 6] = ["Pressable", "Card", "Notice", "Header", "FixedLine", "Hero"];

/// Everything wrong with the screen that is up, as sentences.
pub(crate) fn complaints(hall: &Hall) -> Vec<String> {
    let mut found = Vec::new();
    labels_and_sizes(hall, &mut found);
    joiners(hall, &mut found);
    words_in_their_cards(hall, &mut found);
    words_on_the_screen(hall, &mut found);
    words_over_words(hall, &mut found);
    one_primary_action(hall, &mut found);
    everything_reached(hall, &mut found);
    nothing_high(hall, &mut found);
    found
}

fn labels_and_sizes(hall: &Hall, found: &mut Vec<String>) {
    for control in hall.elements().iter().filter(|it| is_control(it)) {
        let (name, area) = (label(control), Area::of(control));
        if name.trim().is_empty() {
            found.push(format!("a control at {area:?} has no label"));
        }
        if area.width < TOUCH_TARGET - TOLERANCE || area.height < TOUCH_TARGET - TOLERANCE {
            found.push(format!("{name:?} is too small to touch: {area:?}"));
        }
    }
}

/// What glues syllables for the eye must not be read aloud.
fn joiners(hall: &Hall, found: &mut Vec<String>) {
    for element in hall.elements() {
        if element
            .accessible_role()
            .is_some_and(|it| it != AccessibleRole::None)
            && label(&element).contains('\u{2060}')
        {
            found.push(format!("{:?} has word joiners", label(&element)));
        }
    }
}

fn words_in_their_cards(hall: &Hall, found: &mut Vec<String>) {
    for component in CARDS {
        for card in hall.inheriting(component) {
            let area = Area::of(&card);
            for text in texts(&card) {
                if !area.holds(&Area::of(&text)) {
                    let words = words(&text);
                    found.push(format!(
                        "{words:?} {:?} stands over its {component} {area:?}",
                        Area::of(&text)
                    ));
                }
            }
        }
    }
}

/// Nothing is cut off at the sides, and nothing but a scrolled page goes below.
fn words_on_the_screen(hall: &Hall, found: &mut Vec<String>) {
    let window = Area::window();
    let inside: Vec<Area> = hall
        .page()
        .map_or_else(Vec::new, |page| texts(&page).iter().map(Area::of).collect());
    for text in hall.inheriting("Text") {
        let area = Area::of(&text);
        let on_page = inside.contains(&area);
        let column = Area {
            y: window.y.min(area.y),
            height: f32::MAX,
            ..window
        };
        if !(window.holds(&area) || on_page && column.holds(&area)) {
            found.push(format!("{:?} leaves the window: {area:?}", words(&text)));
        }
    }
}

/// No text is written over another.
fn words_over_words(hall: &Hall, found: &mut Vec<String>) {
    let places = match hall.inheriting("Overlay").pop() {
        Some(overlay) => vec![texts(&overlay)],
        None => {
            let scrolled = hall.page().as_ref().map_or_else(Vec::new, texts);
            let areas: Vec<Area> = scrolled.iter().map(Area::of).collect();
            let mut around = hall.inheriting("Text");
            around.retain(|it| !areas.contains(&Area::of(it)));
            vec![scrolled, around]
        }
    };
    for place in places {
        let texts: Vec<(String, Area)> = place
            .iter()
            .map(|it| (words(it), Area::of(it)))
            .filter(|(words, _)| !words.trim().is_empty())
            .collect();
        for (at, (one, area)) in texts.iter().enumerate() {
            let over = texts[at + 1..].iter().find(|it| area.crosses(&it.1));
            if let Some((other, place)) = over {
                found.push(format!(
                    "{one:?} {area:?} and {other:?} {place:?} are written over one another"
                ));
            }
        }
    }
}

fn one_primary_action(hall: &Hall, found: &mut Vec<String>) {
    let overlays = hall.inheriting("Overlay");
    let place = match overlays.as_slice() {
        [] => None,
        [overlay] => Some(overlay.clone()),
        _ => return found.push("two overlays at once".to_owned()),
    };
    let primary = match place {
        Some(overlay) => overlay
            .query_descendants()
            .match_inherits("PrimaryButton")
            .find_all(),
        None => hall.inheriting("PrimaryButton"),
    };
    if primary.len() > 1 {
        let names: Vec<String> = primary.iter().map(label).collect();
        found.push(format!("more than one primary action: {names:?}"));
    }
}

/// Every control is inside the window, at once or after scrolling.
fn everything_reached(hall: &Hall, found: &mut Vec<String>) {
    let page = hall.page();
    let scrolled = page.as_ref().map_or_else(Vec::new, controls);
    let scrolled_areas: Vec<Area> = scrolled.iter().map(Area::of).collect();
    for control in hall.elements().iter().filter(|it| is_control(it)) {
        let area = Area::of(control);
        if !scrolled_areas.contains(&area) && !Area::window().holds(&area) {
            found.push(format!(
                "{:?} is outside the window: {area:?}",
                label(control)
            ));
        }
    }
    let mut unseen: BTreeSet<String> = scrolled.iter().map(label).collect();
    scroll_to(hall, UP, |_| {});
    scroll_to(hall, DOWN, |hall| {
        let view = hall.page().map_or(Area::window(), |page| Area::of(&page));
        for control in hall.page().as_ref().map_or_else(Vec::new, controls) {
            let area = Area::of(&control);
            // A control with long words may be larger than a page.
            if view.shows(&area) >= area.height.min(view.height / 2.0) - TOLERANCE {
                unseen.remove(&label(&control));
            }
        }
    });
    found.extend(
        unseen
            .iter()
            .map(|it| format!("{it:?} cannot be scrolled to")),
    );
}

/// On a low screen nothing is touched above its lower part.
fn nothing_high(hall: &Hall, found: &mut Vec<String>) {
    let edge = hall.window.global::<Theme>().get_drop();
    let scrolled = hall.page().as_ref().map_or_else(Vec::new, controls);
    let scrolled: Vec<Area> = scrolled.iter().map(Area::of).collect();
    for control in hall.elements().iter().filter(|it| is_control(it)) {
        let area = Area::of(control);
        if area.y < edge - TOLERANCE && !scrolled.contains(&area) {
            found.push(format!("{:?} is too high: {area:?}", label(control)));
        }
    }
    if let Some(page) = hall.page() {
        let area = Area::of(&page);
        if area.y < edge - TOLERANCE {
            found.push(format!("the page begins too high: {area:?}"));
        }
    }
}

/// Turns pages as long as there are more, and looks at each.
fn scroll_to(hall: &Hall, labels: [&str; 6], mut look: impl FnMut(&Hall)) {
    for _ in 0..PAGES_MAX {
        look(hall);
        let button = labels.iter().find_map(|label| hall.control(label));
        match button.filter(|it| it.accessible_enabled() == Some(true)) {
            Some(button) => button.invoke_accessible_default_action(),
            None => return,
        }
        hall.wait();
    }
}

fn controls(place: &ElementHandle) -> Vec<ElementHandle> {
    place
        .query_descendants()
        .match_predicate(is_control)
        .find_all()
}

pub(crate) fn texts(place: &ElementHandle) -> Vec<ElementHandle> {
    place.query_descendants().match_inherits("Text").find_all()
}

fn words(text: &ElementHandle) -> String {
    label(text).replace('\u{2060}', "")
}
