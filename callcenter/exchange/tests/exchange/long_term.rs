//! Stories of signatures that others witness, so that they outlive their services.

use std::{
    fs,
    io::{self, Write},
    process::Command,
    sync::{Mutex, OnceLock, PoisonError},
};

use signature::Level;
use tracing_subscriber::fmt::MakeWriter;
use verify::{Trust, Verdict, examine};

use crate::{
    BITNA, HOUSEHOLD,
    authority::{Authority, judge},
    office::Office,
};

#[tokio::test]
async fn a_witnessed_certificate_is_believed_when_every_service_is_gone() {
    let mut authority = Authority::open(&Office::folder());
    let office = Office::open_with(&authority).await;
    let pdf = issue(&office).await;
    authority.close();

    assert_eq!(level(&pdf, &office), Level::Preserved);
    let file = office.trust().join("certificate.pdf");
    fs::write(&file, &pdf).unwrap();
    let judged = Command::new(judge("pyhanko"))
        .args([
            "sign",
            "adesverify",
            "--pretty-print",
            "--trust-replace",
            "--trust",
        ])
        .arg(office.trust().join("ca.pem"))
        .arg(&file)
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&judged.stdout);
    assert!(judged.status.success(), "{text}");
    assert_eq!(text.matches("judged VALID").count(), 1, "{text}");
    for word in [
        "Signature timestamp token",
        "relate to signature maintenance",
    ] {
        assert!(text.contains(word), "{text}");
    }
    let poppler = Command::new("pdfsig").arg(&file).output().unwrap();
    let text = String::from_utf8_lossy(&poppler.stdout);
    assert!(text.contains("Signature is Valid."), "{text}");
}

#[tokio::test]
async fn a_byte_flipped_in_a_witnessed_certificate_is_told() {
    let authority = Authority::open(&Office::folder());
    let office = Office::open_with(&authority).await;
    let pdf = issue(&office).await;
    let trust = Trust::read(&office.trust()).unwrap();

    for at in signed_bytes(&pdf).step_by(499) {
        let mut altered = pdf.clone();
        altered[at] ^= 1;
        let genuine = matches!(examine(&altered, &trust), Verdict::Genuine { .. });
        assert!(!genuine, "the byte at {at} was not noticed");
    }
}

#[tokio::test]
async fn without_its_witness_a_certificate_is_issued_all_the_same_and_the_log_says_so() {
    let log = Log::open();
    let mut authority = Authority::open(&Office::folder());
    let office = Office::open_with(&authority).await;
    authority.close();

    let pdf = issue(&office).await;

    assert_eq!(level(&pdf, &office), Level::Basic);
    assert!(
        log.text().contains("Signed without a time-stamp"),
        "{}",
        log.text()
    );
    assert!(log.text().contains("cannot be reached"), "{}", log.text());
}

async fn issue(office: &Office) -> Vec<u8> {
    let mut station = office.station("gaon-1");
    station.submit("r", HOUSEHOLD, Some(BITNA), &[]).await;
    let number = station.prepared("r").await[0].number.clone();
    station.document(&number).await.unwrap()
}

fn level(pdf: &[u8], office: &Office) -> Level {
    match examine(pdf, &Trust::read(&office.trust()).unwrap()) {
        Verdict::Genuine { signed, .. } => signed.unwrap().level,
        other => panic!("not genuine: {other:?}"),
    }
}

/// What the certifying signature covers: not itself, nor what came after it.
fn signed_bytes(pdf: &[u8]) -> impl Iterator<Item = usize> {
    let key = b"/ByteRange[";
    let place = pdf.windows(key.len()).position(|it| it == key).unwrap();
    let range = String::from_utf8_lossy(&pdf[place + key.len()..][..40]).into_owned();
    let numbers: Vec<usize> = range
        .split(|it: char| !it.is_ascii_digit())
        .filter_map(|it| it.parse().ok())
        .collect();
    let [_, before, after, rest, ..] = numbers[..] else {
        panic!("{range}");
    };
    (0..before).chain(after..after + rest)
}

/// What the exchange logs in this process, which is about machines only.
#[derive(Clone, Copy)]
struct Log(&'static Mutex<Vec<u8>>);

impl Log {
    fn open() -> Self {
        static LINES: OnceLock<Mutex<Vec<u8>>> = OnceLock::new();
        let log = Self(LINES.get_or_init(Mutex::default));
        tracing_subscriber::fmt()
            .with_writer(log)
            .with_ansi(false)
            .init();
        log
    }

    fn text(self) -> String {
        let lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8(lines.clone()).unwrap()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Log {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        *self
    }
}
