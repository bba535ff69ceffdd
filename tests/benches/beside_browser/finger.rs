//! A finger for whatever program has the screen: XTEST, spoken to the X server itself.

use std::io::IoSlice;

use x11rb::{
    connection::{Connection, RequestConnection},
    protocol::xproto::ConnectionExt,
    rust_connection::RustConnection,
};

const FAKE_INPUT: u8 = 2;
const BUTTON_PRESS: u8 = 4;
const BUTTON_RELEASE: u8 = 5;
const MOTION_NOTIFY: u8 = 6;
const LEFT: u8 = 1;

pub(crate) struct Finger {
    line: RustConnection,
    extension: u8,
}

impl Finger {
    pub(crate) fn of(display: &str) -> Self {
        let (line, _) = x11rb::connect(Some(display)).unwrap();
        let asked = line.query_extension(b"XTEST").unwrap().reply().unwrap();
        assert!(asked.present, "the X server has no XTEST");
        Self {
            line,
            extension: asked.major_opcode,
        }
    }

    pub(crate) fn point_at(&self, (x, y): (f32, f32)) {
        self.fake(MOTION_NOTIFY, 0, x as i16, y as i16);
    }

    pub(crate) fn down(&self) {
        self.fake(BUTTON_PRESS, LEFT, 0, 0);
    }

    pub(crate) fn up(&self) {
        self.fake(BUTTON_RELEASE, LEFT, 0, 0);
    }

    /// The protocol's FakeInput, nine words.
    fn fake(&self, kind: u8, detail: u8, x: i16, y: i16) {
        let mut words = [0; 36];
        words[0] = self.extension;
        words[1] = FAKE_INPUT;
        words[2..4].copy_from_slice(&9_u16.to_ne_bytes());
        words[4] = kind;
        words[5] = detail;
        words[24..26].copy_from_slice(&x.to_ne_bytes());
        words[26..28].copy_from_slice(&y.to_ne_bytes());
        let request = [IoSlice::new(&words)];
        let sent = self.line.send_request_without_reply(&request, Vec::new());
        sent.unwrap().ignore_error();
        self.line.flush().unwrap();
    }
}
