//! Where a finger would touch: a control found by its accessible label, which is
//! also what a screen reader finds.

use i_slint_backend_testing::{AccessibleRole, ElementHandle, ElementQuery, ElementRoot};

/// The middle of the control with this label, in logical pixels; `None` when
/// no control that can be used now has it.
pub fn locate(window: &impl ElementRoot, label: &str) -> Option<(f32, f32)> {
    controls(window)
        .into_iter()
        .find(|control| control.accessible_label().is_some_and(|it| it == label))
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
    let there = page.query_descendants().find_all();
    let wanted = there
        .iter()
        .find(|element| element.accessible_label().is_some_and(|it| it == label))?;
    let (top, middle) = (
        page.absolute_position().y,
        wanted.absolute_position().y + wanted.size().height / 2.0,
    );
    let turns = if middle < top {
        ["위로 보기", "Scroll up"]
    } else if middle > top + page.size().height {
        ["아래로 더 보기", "Scroll down"]
    } else {
        return None;
    };
    turns.iter().find_map(|turn| locate(window, turn))
}

/// The labels of all controls that can be used now, in the order they stand.
pub fn labels(window: &impl ElementRoot) -> Vec<String> {
    controls(window)
        .into_iter()
        .filter_map(|control| control.accessible_label())
        .map(String::from)
        .collect()
}

fn controls(window: &impl ElementRoot) -> Vec<ElementHandle> {
    ElementQuery::from_root(window)
        .match_predicate(|element| {
            let touchable = matches!(
                element.accessible_role(),
                Some(
                    AccessibleRole::Button
                        | AccessibleRole::Checkbox
                        | AccessibleRole::RadioButton
                        | AccessibleRole::Switch
                        | AccessibleRole::ListItem
                )
            );
            let (size, enabled) = (element.size(), element.accessible_enabled());
            touchable
                && enabled != Some(false)
                && size.width > 0.0
                && size.height > 0.0
                && element.computed_opacity() > 0.0
        })
        .find_all()
}
