//! How scanners are set to send their codes, as a table.

use std::time::{Duration, Instant};

use devices::barcode_reader::{
    BarcodeReaderEvent, BarcodeReaderOrder, DATA_MAX, ScanFault, Symbology,
};
use drivers::{
    Driver, Input,
    barcode_reader::{Ending, Framing, SerialScanner},
};

use crate::told;

#[derive(Debug, PartialEq, Eq)]
enum Heard {
    Code(Symbology, String),
    Refused(ScanFault),
}

fn code(text: &str) -> Heard {
    Heard::Code(Symbology::Unknown, text.to_owned())
}

/// Everything that is told of these bytes, a code being wanted all the time, and of the
/// silence after them.
fn heard(framing: &Framing, bytes: &[u8]) -> Vec<Heard> {
    let now = Instant::now();
    let mut driver = SerialScanner::new(framing.clone());
    driver.handle(Input::Connected, now);
    let mut heard = Vec::new();
    let mut hear = |driver: &mut SerialScanner| {
        for event in told(driver) {
            match event {
                BarcodeReaderEvent::Scanned(code) => {
                    heard.push(Heard::Code(code.symbology, code.text.reveal().clone()));
                }
                BarcodeReaderEvent::Refused(fault) => heard.push(Heard::Refused(fault)),
                BarcodeReaderEvent::Status(_) => {}
            }
        }
    };
    for byte in bytes {
        driver.handle(Input::Order(BarcodeReaderOrder::Read), now);
        driver.handle(Input::Wire(vec![*byte]), now);
        hear(&mut driver);
    }
    driver.handle(Input::Order(BarcodeReaderOrder::Read), now);
    driver.handle_timeout(now + Duration::from_secs(1));
    hear(&mut driver);
    heard
}

fn ending(ending: Ending) -> Framing {
    Framing {
        ending,
        ..Framing::default()
    }
}

#[test]
fn a_code_ends_with_its_line() {
    let framing = Framing::default();
    for (bytes, wanted) in [
        (&b"ab\r"[..], vec![code("ab")]),
        (b"ab\n", vec![code("ab")]),
        (b"ab\r\n", vec![code("ab")]),
        (b"\r\n\rab\r", vec![code("ab")]),
        ("MW1:한빛\r".as_bytes(), vec![code("MW1:한빛")]),
        (b"(01)0880\x1d21\r", vec![code("(01)0880\u{1d}21")]),
        (b"ab", vec![Heard::Refused(ScanFault::CutOff)]),
        (b"a\x00b\r", vec![Heard::Refused(ScanFault::Garbage)]),
        (b"a\xffb\r", vec![Heard::Refused(ScanFault::Garbage)]),
        (b"\r", vec![]),
        (b"", vec![]),
    ] {
        assert_eq!(heard(&framing, bytes), wanted, "{bytes:?}");
    }
}

#[test]
fn a_code_ends_with_a_suffix_of_its_own_or_with_the_silence_after_it() {
    let etx = ending(Ending::Suffix(b"\x03\x04".to_vec()));
    assert_eq!(heard(&etx, b"ab\x03\x04"), [code("ab")]);
    assert_eq!(
        heard(&etx, b"ab\x03\x04ab\x03"),
        [code("ab"), Heard::Refused(ScanFault::CutOff)]
    );

    let silence = ending(Ending::Silence);
    assert_eq!(heard(&silence, b"ab"), [code("ab")]);
    assert_eq!(
        heard(&silence, b"ab\r"),
        [Heard::Refused(ScanFault::Garbage)],
        "whoever says that nothing ends a code is taken at the word"
    );
}

#[test]
fn a_code_stands_behind_its_prefix_and_its_identifier() {
    let framing = Framing {
        prefix: b"\x02".to_vec(),
        identifies: true,
        ..Framing::default()
    };
    for (bytes, wanted) in [
        (
            &b"\x02]Q1MW1:A\r"[..],
            Heard::Code(Symbology::Qr, "MW1:A".to_owned()),
        ),
        (
            b"\x02]C03104\r",
            Heard::Code(Symbology::Code128, "3104".to_owned()),
        ),
        (b"]Q1MW1:A\r", Heard::Refused(ScanFault::Unframed)),
        (b"\x02MW1:A\r", Heard::Refused(ScanFault::Unframed)),
        (b"\x02]Q1\r", Heard::Refused(ScanFault::Unframed)),
        (b"\x02\r", Heard::Refused(ScanFault::Unframed)),
    ] {
        assert_eq!(heard(&framing, bytes), [wanted], "{bytes:?}");
    }
}

#[test]
fn a_code_is_as_long_as_any_and_not_a_byte_longer() {
    for framing in [
        Framing::default(),
        ending(Ending::Suffix(b"\x03".to_vec())),
        ending(Ending::Silence),
    ] {
        let end: &[u8] = match &framing.ending {
            Ending::Line => b"\r",
            Ending::Suffix(suffix) => suffix,
            Ending::Silence => b"",
        };
        let longest = vec![b'7'; DATA_MAX];
        let text = String::from_utf8(longest.clone()).unwrap();
        assert_eq!(
            heard(&framing, &[&longest[..], end].concat()),
            [code(&text)],
            "{:?}",
            framing.ending
        );
        let longer = [&longest[..], b"77", end].concat();
        assert_eq!(
            heard(&framing, &longer),
            [Heard::Refused(ScanFault::TooLong)],
            "{:?}",
            framing.ending
        );
    }
}

#[test]
fn after_one_that_was_refused_the_next_code_is_read() {
    let longer = vec![b'7'; DATA_MAX + 10];

    let told = heard(&Framing::default(), &[&longer[..], b"\rab\r"].concat());

    assert_eq!(told, [Heard::Refused(ScanFault::TooLong), code("ab")]);
}
