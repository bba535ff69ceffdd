//! What is shown of the image: to the technician at the machine, and to the exchange.

use std::fs;

use fleet::{Duty, ImageState};
use serde::Serialize;

use crate::{
    book::{Shelf, StagedState},
    image::Image,
    machine,
    places::Places,
    pulse::Pulse,
};

/// What the technician's pages show: `/run/minwon/steward.json`.
#[derive(Serialize)]
struct Shown<'a> {
    image: &'a ImageState,
    duty: Duty,
    message: &'a str,
}

pub(crate) fn image_state(image: &Image, shelf: &Shelf) -> ImageState {
    let staged = shelf.book.staged.as_ref();
    ImageState {
        model: image.model.clone(),
        version: image.version.clone(),
        root_hash: machine::root_hash(),
        slot: None,
        staged: staged
            .filter(|it| it.state != StagedState::Begun && it.version != image.version)
            .map(|it| it.version.clone()),
        rollbacks: shelf.book.rollbacks.clone(),
    }
}

pub(crate) fn duty(pulse: Option<&Pulse>) -> Duty {
    match pulse {
        Some(pulse) if pulse.maintenance || !pulse.in_service() => Duty::Maintenance,
        Some(pulse) if pulse.screen != "out-of-service" => Duty::InService,
        Some(_) | None => Duty::OutOfService,
    }
}

/// Replaced as a whole: whoever reads it sees the one or the other.
pub(crate) fn show(
    places: &Places,
    image: &Image,
    shelf: &Shelf,
    message: &str,
) -> anyhow::Result<()> {
    let pulse = Pulse::read(&places.pulse());
    let shown = Shown {
        image: &image_state(image, shelf),
        duty: duty(pulse.as_ref()),
        message,
    };
    let beside = places.run.join("steward.json.new");
    fs::write(&beside, serde_json::to_vec(&shown)?)?;
    Ok(fs::rename(&beside, places.run.join("steward.json"))?)
}
