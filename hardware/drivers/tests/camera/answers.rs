//! What cameras answer, as a table: which pictures are in it, and what is no answer at all.

use std::time::Instant;

use bench::model::Dice;
use devices::barcode_reader::{BarcodeReaderEvent, BarcodeReaderFault, BarcodeReaderOrder};
use drivers::{
    Driver, Input, Output,
    barcode_reader::camera::{BYTES_MAX, Camera, CameraEvent, CameraOrder, Sight},
};

const OK: &str = "HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=b\r\n\r\n";

#[derive(Debug, PartialEq, Eq)]
enum Heard {
    /// A picture of so many bytes.
    Picture(usize),
    Fault(BarcodeReaderFault),
    HungUp,
}

const NONSENSE: [Heard; 2] = [
    Heard::Fault(BarcodeReaderFault::NoPictureStream),
    Heard::HungUp,
];

fn heard(answer: &[u8], piece: usize) -> Vec<Heard> {
    let mut now = Instant::now();
    let mut camera = Camera::new("http://camera/video".parse().unwrap(), now);
    let mut heard = Vec::new();
    let read = CameraOrder::Reader(BarcodeReaderOrder::Read);
    camera.handle(Input::Order(read), now);
    camera.handle(Input::Connected, now);
    let Some(Output::Wire(question)) = camera.poll_output() else {
        panic!("it asks for nothing");
    };
    assert!(question.starts_with(b"GET /video HTTP/1.1\r\nHost: camera\r\n"));
    for piece in answer.chunks(piece) {
        camera.handle(Input::Wire(piece.to_vec()), now);
        while let Some(output) = camera.poll_output() {
            match output {
                Output::HangUp => heard.push(Heard::HungUp),
                Output::Tell(CameraEvent::Look(picture)) => {
                    let text = format!("{picture:?}");
                    let bytes = text.split(' ').find_map(|it| it.parse().ok());
                    heard.push(Heard::Picture(bytes.unwrap()));
                    now += std::time::Duration::from_secs(1);
                    camera.handle(Input::Order(CameraOrder::Seen(Sight::Nothing)), now);
                }
                Output::Tell(CameraEvent::Reader(BarcodeReaderEvent::Status(status))) => {
                    heard.extend(status.fault.map(Heard::Fault));
                }
                other @ (Output::Wire(_) | Output::Tell(CameraEvent::Reader(_))) => {
                    panic!("{other:?}")
                }
            }
        }
    }
    heard
}

#[test]
fn pictures_are_found_however_a_camera_words_its_answer() {
    let jpeg = "--b\r\nContent-Type: image/jpeg\r\nContent-Length: 5\r\n\r\n12345\r\n";
    let lone = jpeg.replace('\r', "");
    let ok = OK.to_owned();
    for (about, answer) in [
        ("as most", format!("{ok}{jpeg}")),
        ("an empty line first", format!("{ok}\r\n{jpeg}")),
        ("lone line feeds", format!("{}{lone}", ok.replace('\r', ""))),
        (
            "an older protocol",
            format!("{}{jpeg}", ok.replace("/1.1", "/1.0")),
        ),
        (
            "hyphens announced",
            format!("{}{jpeg}", ok.replace("=b", "=--b")),
        ),
        (
            "a boundary in quotes",
            format!("{}{jpeg}", ok.replace("=b", "=\"b\"")),
        ),
        (
            "white space behind",
            format!("{ok}{}", jpeg.replace("--b", "--b \t")),
        ),
        (
            "no type",
            format!("{ok}{}", jpeg.replace("Content-Type: image/jpeg\r\n", "")),
        ),
        ("no length", format!("{ok}--b\r\n\r\n12345\r\n--b\r\n")),
        (
            "the last",
            format!("{ok}--b\r\n\r\n12345\r\n--b--\r\nand more"),
        ),
        (
            "a sound first",
            format!(
                "{ok}--b\r\nContent-Type: audio/basic\r\nContent-Length: 3\r\n\r\nabc\r\n{jpeg}"
            ),
        ),
        (
            "nothing first",
            format!("{ok}--b\r\nContent-Length: 0\r\n\r\n\r\n{jpeg}"),
        ),
        (
            "in chunks",
            format!(
                "{}4\r\n--b\r\r\n3\r\n\n\r\n\r\n5;x\r\n12345\r\n7\r\n\r\n--b\r\n\r\n0\r\n\r\n",
                ok.replace("\r\n\r\n", "\r\nTransfer-Encoding: chunked\r\n\r\n")
            ),
        ),
    ] {
        for piece in [1, 3, 1024] {
            let heard = heard(answer.as_bytes(), piece);
            assert_eq!(heard, [Heard::Picture(5)], "{about}, {piece}");
        }
    }
}

#[test]
fn a_boundary_that_only_begins_alike_is_of_the_picture() {
    let answer = format!("{OK}--b\r\n\r\n12\r\n--bc\r\n34\n--b\r\n");

    assert_eq!(heard(answer.as_bytes(), 1), [Heard::Picture(12)]);
}

#[test]
fn what_is_no_stream_of_pictures_is_not_listened_to() {
    let counted = |length: usize| format!("{OK}--b\r\nContent-Length: {length}\r\n\r\n");
    for (about, answer) in [
        ("another protocol", "RTSP/1.0 200 OK\r\n\r\n".to_owned()),
        ("not found", OK.replace("200 OK", "404 Not Found")),
        ("a password", OK.replace("200 OK", "401 Unauthorized")),
        ("somewhere else", OK.replace("200 OK", "302 Found")),
        (
            "a page",
            OK.replace("multipart/x-mixed-replace; boundary=b", "text/html"),
        ),
        (
            "one picture",
            OK.replace("multipart/x-mixed-replace; boundary=b", "image/jpeg"),
        ),
        ("no type", "HTTP/1.1 200 OK\r\n\r\n".to_owned()),
        ("no boundary", OK.replace("; boundary=b", "")),
        (
            "compressed",
            OK.replace("\r\n\r\n", "\r\nContent-Encoding: gzip\r\n\r\n"),
        ),
        (
            "another boundary",
            format!("{OK}--c\r\nContent-Length: 5\r\n\r\n12345\r\n"),
        ),
        (
            "a length that is none",
            format!("{OK}--b\r\nContent-Length: many\r\n\r\n"),
        ),
        (
            "two lengths",
            format!("{OK}--b\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n"),
        ),
        (
            "a length below none",
            format!("{OK}--b\r\nContent-Length: -1\r\n\r\n"),
        ),
        ("too long a picture", counted(BYTES_MAX + 1)),
        ("too long by far", counted(usize::MAX)),
        (
            "chunks that are none",
            OK.replace("\r\n\r\n", "\r\nTransfer-Encoding: chunked\r\n\r\n--b\r\n"),
        ),
        (
            "an endless head",
            format!("HTTP/1.1 200 OK\r\nX: {}", "x".repeat(9_000)),
        ),
        ("an endless line", format!("{OK}{}", "x".repeat(9_000))),
    ] {
        for piece in [1, 1024] {
            let heard = heard(answer.as_bytes(), piece);
            assert_eq!(heard, NONSENSE, "{about}, {piece}");
        }
    }
}

#[test]
fn a_picture_whose_length_is_a_lie_brings_its_stream_down() {
    let jpeg = |length| format!("{OK}--b\r\nContent-Length: {length}\r\n\r\n1234567890\r\n--b\r\n");

    let short = heard(jpeg(5).as_bytes(), 1);
    assert_eq!(short[0], Heard::Picture(5));
    assert_eq!(short[1..], NONSENSE);
    assert_eq!(heard(jpeg(20).as_bytes(), 1024), []);
}

#[test]
fn a_picture_without_an_end_is_as_long_as_any_and_not_much_longer() {
    let mut answer = format!("{OK}--b\r\n\r\n").into_bytes();
    answer.resize(answer.len() + BYTES_MAX - 2_000, b'x');
    assert_eq!(heard(&answer, 1024), []);

    answer.resize(answer.len() + 4_000, b'x');
    assert_eq!(heard(&answer, 1024), NONSENSE);
}

#[test]
fn an_answer_that_was_spoilt_brings_nothing_down() {
    let jpeg = "--b\r\nContent-Type: image/jpeg\r\nContent-Length: 5\r\n\r\n12345\r\n";
    let whole = format!("{OK}{jpeg}--b\r\n\r\n123\r\n--b\r\n{jpeg}").into_bytes();
    let chunked = OK.replace("\r\n\r\n", "\r\nTransfer-Encoding: chunked\r\n\r\n")
        + "4\r\n--b\r\r\n3\r\n\n\r\n\r\n5;x\r\n12345\r\n7\r\n\r\n--b\r\n\r\n0\r\n\r\n";
    for seed in 0..3_000 {
        let mut dice = Dice::new(seed);
        let mut answer = if seed % 2 == 0 {
            whole.clone()
        } else {
            chunked.clone().into_bytes()
        };
        for _ in 0..=dice.below(3) {
            let place = usize::try_from(dice.below(answer.len() as u64)).unwrap();
            match dice.below(3) {
                0 => answer[place] ^= 1 << dice.below(8),
                1 => drop(answer.remove(place)),
                _ => answer.insert(place, u8::try_from(dice.below(256)).unwrap()),
            }
        }

        let heard = heard(&answer, 7);

        let hung_up = heard.iter().filter(|it| **it == Heard::HungUp).count();
        assert!(hung_up <= 1, "{seed}: {heard:?}");
    }
}
