//! Codes of stripes, which a camera sees in much that is none.

use std::time::{Duration, Instant};

use bench::{Twin, camera::Camera as BenchCamera};
use devices::barcode_reader::{Barcode, BarcodeReaderEvent, BarcodeReaderOrder, Symbology};
use drivers::{
    Driver, Input, Output,
    barcode_reader::camera::{Camera, CameraEvent, CameraOrder, Sight},
};
use privacy::Personal;

use crate::counter::scanned;

fn code(symbology: Symbology, text: &str) -> Sight {
    Sight::Code(Barcode {
        symbology,
        text: Personal::new(text.to_owned()),
    })
}

/// What is told when one picture after the other shows this.
fn told(sights: &[Sight]) -> Vec<String> {
    let mut now = Instant::now();
    let mut twin = BenchCamera::default();
    let mut camera = Camera::new("http://camera/video".parse().unwrap(), now);
    let read = CameraOrder::Reader(BarcodeReaderOrder::Read);
    camera.handle(Input::Order(read), now);
    camera.handle(Input::Connected, now);
    let (mut sights, mut told) = (sights.iter().cloned(), Vec::<BarcodeReaderEvent>::new());
    for _ in 0..20 {
        while let Some(output) = camera.poll_output() {
            match output {
                Output::Wire(question) => twin.receive(&question, now),
                Output::HangUp => panic!("it breaks nothing off"),
                Output::Tell(CameraEvent::Reader(event)) => told.push(event),
                Output::Tell(CameraEvent::Look(_)) => {
                    let sight = sights.next().unwrap_or(Sight::Nothing);
                    camera.handle(Input::Order(CameraOrder::Seen(sight)), now);
                }
            }
        }
        now += Duration::from_millis(300);
        twin.handle_timeout(now);
        while let Some(bytes) = twin.poll_wire() {
            camera.handle(Input::Wire(bytes), now);
        }
    }
    told.iter().filter_map(scanned).map(str::to_owned).collect()
}

#[test]
fn stripes_are_believed_when_two_pictures_in_a_row_say_the_same() {
    let ean = || code(Symbology::Ean, "8801234567893");
    let other = || code(Symbology::Ean, "8801234567886");
    let nothing = || Sight::Nothing;
    for (sights, wanted) in [
        (vec![ean()], vec![]),
        (vec![ean(), nothing(), ean()], vec![]),
        (vec![ean(), other(), ean()], vec![]),
        (vec![ean(), ean()], vec!["8801234567893"]),
        (vec![other(), ean(), ean()], vec!["8801234567893"]),
    ] {
        assert_eq!(told(&sights), wanted, "{sights:?}");
    }
}

#[test]
fn what_corrects_itself_is_believed_at_once() {
    for symbology in [
        Symbology::Qr,
        Symbology::DataMatrix,
        Symbology::Pdf417,
        Symbology::Aztec,
    ] {
        assert_eq!(told(&[code(symbology, "MW1:A")]), ["MW1:A"]);
    }
}
