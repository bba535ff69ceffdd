//! Starts a camera. Its pictures are looked at beside everything else, lest a line, an order
//! or a clock waits for one.

use std::time::Instant;

use devices::barcode_reader::{BarcodeReaderEvent, BarcodeReaderOrder};
use tokio::sync::mpsc::{
    UnboundedReceiver, UnboundedSender, WeakUnboundedSender, unbounded_channel,
};

use super::{Camera, CameraEvent, CameraOrder, CameraSettings, Picture, Sight, look};
use crate::tcp;

/// Starts a camera within the present Tokio runtime; it ends when the sender is dropped.
pub fn start(
    settings: CameraSettings,
    tell: impl Fn(BarcodeReaderEvent) + Send + 'static,
) -> UnboundedSender<BarcodeReaderOrder> {
    let address = settings.address();
    // One at most lies in it: the camera waits for what was seen.
    let (show, pictures) = unbounded_channel();
    let camera = Camera::new(settings, Instant::now());
    let camera = tcp::start(camera, address, move |event| match event {
        CameraEvent::Reader(event) => tell(event),
        CameraEvent::Look(picture) => drop(show.send(picture)),
    });
    tokio::spawn(look_at(pictures, camera.downgrade()));
    let (orders, ordered) = unbounded_channel();
    tokio::spawn(pass_on(ordered, camera));
    orders
}

async fn pass_on(
    mut orders: UnboundedReceiver<BarcodeReaderOrder>,
    camera: UnboundedSender<CameraOrder>,
) {
    while let Some(order) = orders.recv().await {
        if camera.send(CameraOrder::Reader(order)).is_err() {
            return;
        }
    }
}

/// A decoder that a picture brings down has seen no picture.
async fn look_at(
    mut pictures: UnboundedReceiver<Picture>,
    camera: WeakUnboundedSender<CameraOrder>,
) {
    while let Some(picture) = pictures.recv().await {
        let sight = tokio::task::spawn_blocking(move || look(&picture)).await;
        let Some(camera) = camera.upgrade() else {
            return;
        };
        let sight = sight.unwrap_or(Sight::NoPicture);
        if camera.send(CameraOrder::Seen(sight)).is_err() {
            return;
        }
    }
}
