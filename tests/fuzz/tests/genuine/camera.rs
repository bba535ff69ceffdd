//! Pictures of a camera that is well, as it frames them.

use std::time::Instant;

use bench::{
    Twin,
    camera::{Camera, Manner, PATH},
};

use crate::{recorded::Script, write};

#[test]
#[ignore = "writes the corpus anew"]
fn a_camera_that_is_well() {
    for (manner, name) in [
        (Manner::Counted, "counted"),
        (Manner::Uncounted, "uncounted"),
        (Manner::Chunked, "chunked"),
    ] {
        let mut camera = Camera::default();
        camera.set_manner(manner);
        let question = format!("GET {PATH} HTTP/1.1\r\n\r\n");
        camera.receive(question.as_bytes(), Instant::now());
        let mut script = Script(Vec::new()).connect().order(1);
        while let Some(bytes) = camera.poll_wire() {
            script = script.raw(&bytes);
        }
        write("camera", name, &script.0);
    }
    let mut camera = Camera::default();
    camera.hold("MW1:AB");
    write("camera-picture", "code", camera.view());
}
