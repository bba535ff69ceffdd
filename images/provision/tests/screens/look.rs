//! What a strict eye finds wrong with the screen that is up.

use i_slint_backend_testing::{AccessibleRole, ElementHandle};

use crate::stand::{Area, Stand, TOLERANCE, is_control, label};

const TOUCH_TARGET: f32 = 96.0;
/// What glues the syllables of a Korean word for the eye.
const JOINER: char = '\u{2060}';
/// Components whose words must not stand over their edge.
const CARDS: [&str; 5] = ["Pressable", "Notice", "Head", "StepLine", "Line"];

/// Everything wrong with the screen that is up, as sentences.
pub(crate) fn complaints(stand: &Stand) -> Vec<String> {
    let mut found = Vec::new();
    labels_and_sizes(stand, &mut found);
    words_in_their_cards(stand, &mut found);
    words_on_the_screen(stand, &mut found);
    words_over_words(stand, &mut found);
    controls_on_the_screen(stand, &mut found);
    controls_apart(stand, &mut found);
    let primary = stand.inheriting("PrimaryButton").len();
    if primary > 1 {
        found.push(format!("{primary} primary actions"));
    }
    found
}

fn labels_and_sizes(stand: &Stand, found: &mut Vec<String>) {
    for element in stand.elements() {
        let (name, area) = (label(&element), Area::of(&element));
        if is_control(&element) {
            if name.trim().is_empty() {
                found.push(format!("a control at {area:?} has no label"));
            }
            if area.width < TOUCH_TARGET - TOLERANCE || area.height < TOUCH_TARGET - TOLERANCE {
                found.push(format!("{name:?} is too small to touch: {area:?}"));
            }
        }
        let heard = element
            .accessible_role()
            .is_some_and(|it| it != AccessibleRole::None);
        if heard && name.contains(JOINER) {
            found.push(format!("{name:?} has word joiners"));
        }
    }
}

fn words_in_their_cards(stand: &Stand, found: &mut Vec<String>) {
    for component in CARDS {
        for card in stand.inheriting(component) {
            let area = Area::of(&card);
            for text in texts(&card) {
                let place = Area::of(&text);
                if !area.holds(&place) {
                    let words = words(&text);
                    found.push(format!(
                        "{words:?} {place:?} stands over its {component} {area:?}"
                    ));
                }
            }
        }
    }
}

/// Nothing is cut off, and nothing but a scrolled page goes below.
fn words_on_the_screen(stand: &Stand, found: &mut Vec<String>) {
    let whole = stand.whole();
    let scrolled = scrolled(stand);
    for text in stand.inheriting("Text") {
        let area = Area::of(&text);
        let column = Area {
            y: whole.y.min(area.y),
            height: f32::MAX,
            ..whole
        };
        let on_page = scrolled.contains(&area) && column.holds(&area);
        if !whole.holds(&area) && !on_page {
            found.push(format!("{:?} leaves the window: {area:?}", words(&text)));
        }
    }
}

/// No text is written over another, or under the page that scrolls.
fn words_over_words(stand: &Stand, found: &mut Vec<String>) {
    let scrolled = scrolled(stand);
    let is_around = |(_, area): &(String, Area)| !scrolled.contains(area) && area.width > 0.0;
    let mut around: Vec<(String, Area)> = stand
        .inheriting("Text")
        .iter()
        .map(|it| (words(it), Area::of(it)))
        .filter(is_around)
        .collect();
    if let Some(page) = stand.page() {
        around.push(("the page".to_owned(), Area::of(&page)));
    }
    for (at, (one, area)) in around.iter().enumerate() {
        let over = around[at + 1..].iter().find(|it| area.crosses(&it.1));
        if let Some((other, place)) = over {
            found.push(format!(
                "{one:?} {area:?} and {other:?} {place:?} are written over one another"
            ));
        }
    }
}

fn controls_on_the_screen(stand: &Stand, found: &mut Vec<String>) {
    let page = stand.page();
    let turned: Vec<Area> = page.map_or_else(Vec::new, |page| {
        let controls = page.query_descendants().match_predicate(is_control);
        controls.find_all().iter().map(Area::of).collect()
    });
    for control in stand.elements().iter().filter(|it| is_control(it)) {
        let area = Area::of(control);
        if !turned.contains(&area) && !stand.whole().holds(&area) {
            found.push(format!("{:?} is outside: {area:?}", label(control)));
        }
    }
}

/// No control lies over another, and nothing over a field.
fn controls_apart(stand: &Stand, found: &mut Vec<String>) {
    let scrolled = stand.page().map_or_else(Vec::new, |page| {
        let controls = page.query_descendants().match_predicate(is_control);
        controls.find_all().iter().map(Area::of).collect()
    });
    let mut places: Vec<(String, Area)> = stand
        .elements()
        .iter()
        .filter(|it| is_control(it))
        .map(|it| (label(it), Area::of(it)))
        .filter(|(_, area)| !scrolled.contains(area))
        .collect();
    for (at, (one, area)) in places.iter().enumerate() {
        if let Some((other, _)) = places[at + 1..].iter().find(|it| area.crosses(&it.1)) {
            found.push(format!("{one:?} and {other:?} lie over one another"));
        }
    }
    let pads = stand.inheriting("NumberPad");
    places.extend(pads.iter().map(|it| ("the pad".to_owned(), Area::of(it))));
    for field in stand.inheriting("EntryField") {
        let area = Area::of(&field);
        if let Some((other, _)) = places.iter().find(|it| area.crosses(&it.1)) {
            found.push(format!("{other:?} lies over the field"));
        }
    }
}

fn scrolled(stand: &Stand) -> Vec<Area> {
    stand
        .page()
        .map_or_else(Vec::new, |page| texts(&page).iter().map(Area::of).collect())
}

fn texts(place: &ElementHandle) -> Vec<ElementHandle> {
    place.query_descendants().match_inherits("Text").find_all()
}

fn words(text: &ElementHandle) -> String {
    label(text).replace(JOINER, "")
}
