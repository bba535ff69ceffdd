//! Lists: a row that stays the same keeps its place on the screen, and its focus.

use slint::{Model, ModelRc, VecModel};

/// Brings a list to the wanted rows; answers a new model when the window has none yet.
pub(super) fn update<T: Clone + PartialEq + 'static>(
    shown: &ModelRc<T>,
    wanted: Vec<T>,
) -> Option<ModelRc<T>> {
    let Some(model) = shown.as_any().downcast_ref::<VecModel<T>>() else {
        return Some(ModelRc::new(VecModel::from(wanted)));
    };
    let count = wanted.len();
    for (index, row) in wanted.into_iter().enumerate() {
        match model.row_data(index) {
            None => model.push(row),
            Some(old) if old != row => model.set_row_data(index, row),
            Some(_) => {}
        }
    }
    while model.row_count() > count {
        model.remove(model.row_count() - 1);
    }
    None
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_list_grows_changes_and_shrinks_in_place() {
        let model = update(&ModelRc::default(), vec![1, 2, 3]).unwrap();

        let again = update(&model, vec![1, 5]);

        assert!(again.is_none());
        assert_eq!(model.iter().collect::<Vec<_>>(), [1, 5]);
    }
}
