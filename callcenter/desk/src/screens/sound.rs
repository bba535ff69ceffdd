//! Microphone and loudspeaker: which, and how loud.

use desk_ui::{DeskWindow, DeviceRow, SoundPort};
use slint::ComponentHandle;

use super::{count, rows};
use crate::{
    sound::{DeviceView, SoundView},
    workplace::Touch,
};

/// Quieter than this a meter shows nothing, in dB below overload.
const FLOOR: f32 = -60.0;

pub(super) fn connect(window: &DeskWindow, touch: impl Fn(Touch) + Clone + 'static) {
    let port = window.global::<SoundPort>();
    port.on_select(move |row| {
        if let Ok(row) = usize::try_from(row) {
            touch(Touch::SelectRow(row));
        }
    });
}

pub(super) fn show(window: &DeskWindow, view: &SoundView) {
    let port = window.global::<SoundPort>();
    port.set_own(view.own);
    port.set_known(view.known);
    port.set_selected(count(view.selected));
    port.set_testing(view.testing);
    port.set_metered(view.levels.is_some());
    port.set_microphone(height(view.levels.map(|it| it.microphone)));
    port.set_loudspeaker(height(view.levels.map(|it| it.loudspeaker)));
    let microphones = view.microphones.iter().map(row).collect();
    if let Some(model) = rows::update(&port.get_microphones(), microphones) {
        port.set_microphones(model);
    }
    let loudspeakers = view.loudspeakers.iter().map(row).collect();
    if let Some(model) = rows::update(&port.get_loudspeakers(), loudspeakers) {
        port.set_loudspeakers(model);
    }
}

fn row(device: &DeviceView) -> DeviceRow {
    DeviceRow {
        name: device.name.as_str().into(),
        chosen: device.chosen,
        gone: device.gone,
    }
}

/// How far a meter is filled, from 0 to 1.
pub(super) fn height(decibels: Option<i16>) -> f32 {
    decibels.map_or(0.0, |it| (1.0 - f32::from(it) / FLOOR).clamp(0.0, 1.0))
}
