//! Where a finger would touch: a control found by its accessible label, which is
//! also what a screen reader finds.

use i_slint_backend_testing::{AccessibleRole, ElementHandle, ElementQuery, ElementRoot};

const FURTHER: [&str; 2] = ["아래로 더 보기", "Scroll down"];

/// The middle of the control with this label, in logical pixels; `None` when
/// no control that can be used now has it. Of several the last lies on top.
pub fn locate(window: &impl ElementRoot, label: &str) -> Option<(f32, f32)> {
    ElementQuery::from_root(window)
        .match_predicate({
            let label = label.to_owned();
            move |element| is_control(element) && is_called(element, &label) && is_usable(element)
        })
        .find_all()
        .last()
        .map(|control| {
            let (at, size) = (control.absolute_position(), control.size());
            (at.x + size.width / 2.0, at.y + size.height / 2.0)
        })
}

/// Where the page is turned to bring the control with this label into view, when
/// it lies above or below what is seen of a long page.
pub fn turn_towards(window: &impl ElementRoot, label: &str) -> Option<(f32, f32)> {
    let page = ElementQuery::from_root(window)
        .match_type_name("Flickable")
        .find_first()?;
    let label = label.to_owned();
    let wanted = page
        .query_descendants()
        .match_predicate(move |element| is_called(element, &label))
        .find_first()?;
    let (top, middle) = (
        page.absolute_position().y,
        wanted.absolute_position().y + wanted.size().height / 2.0,
    );
    let turns = if middle < top {
        ["위로 보기", "Scroll up"]
    } else if middle > top + page.size().height {
        FURTHER
    } else {
        return None;
    };
    turns.iter().find_map(|turn| locate(window, turn))
}

/// Where a long page is turned on, while there is more of it. What is far below what is
/// seen is not drawn, and no label tells of it.
pub fn turn_on(window: &impl ElementRoot) -> Option<(f32, f32)> {
    FURTHER.iter().find_map(|turn| locate(window, turn))
}

/// The labels of all controls that can be used now, in the order they stand.
pub fn labels(window: &impl ElementRoot) -> Vec<String> {
    ElementQuery::from_root(window)
        .match_predicate(|element| is_control(element) && is_usable(element))
        .find_all()
        .into_iter()
        .filter_map(|control| control.accessible_label())
        .map(String::from)
        .collect()
}

fn is_control(element: &ElementHandle) -> bool {
    matches!(
        element.accessible_role(),
        Some(
            AccessibleRole::Button
                | AccessibleRole::Checkbox
                | AccessibleRole::RadioButton
                | AccessibleRole::Switch
                | AccessibleRole::ListItem
        )
    )
}

fn is_called(element: &ElementHandle, label: &str) -> bool {
    element.accessible_label().is_some_and(|it| it == label)
}

/// Asked last: where an element stands and whether it is seen depends on all around it.
fn is_usable(element: &ElementHandle) -> bool {
    let size = element.size();
    element.accessible_enabled() != Some(false)
        && size.width > 0.0
        && size.height > 0.0
        && element.computed_opacity() > 0.0
}
