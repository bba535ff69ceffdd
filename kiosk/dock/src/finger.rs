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
