//! The delivery label: scanned, or its station chosen and its number typed.

use provision_ui::{LabelPort, LabelTold, ProvisionWindow};
use slint::{ComponentHandle, SharedString};

use super::{
    entry::{self, Entry},
    rows,
};
use crate::view::{Label, LabelProblem, Touch};

/// Digits of a claim code.
const CODE: usize = 16;

pub(super) fn connect(window: &ProvisionWindow, touch: impl Fn(Touch) + 'static) {
    window.global::<LabelPort>().on_chosen(move |at| {
        if let Ok(at) = usize::try_from(at) {
            touch(Touch::Choose(at));
        }
    });
}

pub(super) fn show(window: &ProvisionWindow, label: &Label) {
    let port = window.global::<LabelPort>();
    port.set_told(match label.problem {
        None => LabelTold::Nothing,
        Some(LabelProblem::NotALabel) => LabelTold::NotALabel,
        Some(LabelProblem::Mistyped) => LabelTold::Mistyped,
        Some(LabelProblem::OtherStation) => LabelTold::OtherStation,
    });
    let stations = label.stations.iter().map(SharedString::from).collect();
    if let Some(model) = rows::update(&port.get_stations(), stations) {
        port.set_stations(model);
    }
    let chosen = label.chosen.and_then(|it| label.stations.get(it));
    port.set_station(chosen.map(SharedString::from).unwrap_or_default());
    let typed = label.code.chars().filter(char::is_ascii_digit).count();
    entry::show(
        window,
        &Entry {
            shown: label.code.clone(),
            typed,
            complete: typed == CODE,
            busy: false,
        },
    );
}
