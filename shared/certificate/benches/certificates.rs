//! How fast certificates come off the press, sealed and signed, and in how much memory.
//!
//! `cargo bench --package certificate --bench certificates`. Goals: 60 certificates a
//! second of processor time, 20 ms each when warm, 64 MB of memory, flat over 5,000.

use std::{
    env,
    error::Error,
    fs,
    io::Write,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use certificate::{Bilingual, Order, Press};
use p256::{
    ecdsa::SigningKey,
    pkcs8::{EncodePrivateKey, LineEnding},
};
use seal::{Claims, SoftSealKey, compose};
use serde_json::{Value, json};
use signature::{Details, DevelopmentAuthority, SoftKey, sign_pdf};

const WARM: usize = 300;
const MANY: usize = 5_000;
const STARTS: usize = 20;
/// The child that makes one certificate and ends.
const ONE: &str = "--one-certificate";
const NOW: Duration = Duration::from_secs(1_795_482_000);

type Failure = Box<dyn Error>;

struct Office {
    press: Press,
    seal_key: SoftSealKey,
    key: SoftKey,
    template: String,
    record: Value,
}

impl Office {
    fn open() -> Result<Self, Failure> {
        let seal_key = SigningKey::from_slice(&[7; 32])?.to_pkcs8_pem(LineEnding::LF)?;
        let authority = DevelopmentAuthority::create("Minwon development CA", NOW)?;
        let issued = authority.issue("한빛시 발급센터", NOW)?;
        let services = Path::new(env!("CARGO_MANIFEST_DIR")).join("../catalog/services");
        let read = |name: &str| {
            fs::read_to_string(services.join("resident-register-household").join(name))
        };
        Ok(Self {
            press: Press::with_debian_fonts()?,
            seal_key: SoftSealKey::from_pem(&seal_key)?,
            key: SoftKey::from_pem(&issued.key_pem, &issued.certificate_pem)?,
            template: read("certificate.typ")?,
            record: serde_json::from_str(&read("sample.json")?)?,
        })
    }

    /// Everything about the certificate is its own: names, number, seal, background.
    fn issue(&self, serial: usize) -> Result<Vec<u8>, Failure> {
        let mut record = self.record.clone();
        let name = format!("홍길동{serial}");
        number_texts(&mut record, serial);
        record["householder"]["name"] = json!(name);
        let number = format!("2611-{:04}-{:04}-0000", serial / 10_000, serial % 10_000);
        let claims = Claims {
            issuer: "한빛시 가온구청장".to_owned(),
            issued_at: 1_795_482_000,
            expires_at: 1_803_258_000,
            service: "resident-register-household".to_owned(),
            version: 1,
            document_number: number.clone(),
            fields: vec![
                ("세대주".to_owned(), name),
                (
                    "주소".to_owned(),
                    record["address"]["ko"]
                        .as_str()
                        .unwrap_or_default()
                        .to_owned(),
                ),
            ],
        };
        let both = |ko: &str, en: &str| Bilingual {
            ko: ko.to_owned(),
            en: en.to_owned(),
        };
        let pdf = self.press.print(&Order {
            template: &self.template,
            record: &record,
            options: &json!({ "numbers": "masked", "history": "yes" }),
            title: both("주민등록표 등본", "Resident register, household"),
            issuer: both("한빛시 가온구청장", "Mayor of Gaon-gu, Hanbit-si"),
            place: both("가온구청", "Gaon-gu office"),
            document_number: &number,
            issued_on: (2026, 11, 24),
            valid_days: 90,
            fee_won: 200,
            copy: (1, 1),
            lease: None,
            seal: &compose(&claims, &self.seal_key)?,
        })?;
        let details = Details {
            name: "한빛시 가온구청장",
            reason: "주민등록표 등본",
            location: "KR",
            at: "D:20261124100000+09'00'",
        };
        Ok(sign_pdf(&pdf.bytes, &self.key, &details)?)
    }
}

/// Gives every word and date of a record the serial, so that no two certificates share
/// one; digits alone and the names of choices stay what they are.
fn number_texts(value: &mut Value, serial: usize) {
    if let Some(text) = value.as_str() {
        if text.contains([' ', '-']) || !text.is_ascii() {
            *value = json!(format!("{text}{serial}"));
        }
    } else if let Some(list) = value.as_array_mut() {
        list.iter_mut().for_each(|it| number_texts(it, serial));
    } else if let Some(fields) = value.as_object_mut() {
        fields.values_mut().for_each(|it| number_texts(it, serial));
    }
}

fn main() -> Result<(), Failure> {
    if let Some(file) = env::args().skip_while(|it| it != ONE).nth(1) {
        fs::write(file, Office::open()?.issue(0)?)?;
        return Ok(());
    }
    let mut out = std::io::stdout();
    writeln!(out, "cold: {}", spread(starts()?))?;

    let office = Office::open()?;
    office.issue(0)?;
    let processor = processor_seconds()?;
    let mut times = Vec::new();
    for serial in 1..=WARM {
        let start = Instant::now();
        office.issue(serial)?;
        times.push(start.elapsed());
    }
    let rate = WARM as f64 / (processor_seconds()? - processor);
    writeln!(out, "warm: {}", spread(times))?;
    writeln!(out, "certificates in a second of processor time: {rate:.1}")?;

    for serial in WARM + 1..=MANY {
        office.issue(serial)?;
        if [500, 1_000, 2_500, MANY].contains(&serial) {
            writeln!(
                out,
                "memory after {serial}: {:.1} MB",
                resident_megabytes()?
            )?;
        }
    }
    Ok(())
}

/// From `exec` to the signed file on disk.
fn starts() -> Result<Vec<Duration>, Failure> {
    let file = env::temp_dir().join(format!("minwon-bench-{}.pdf", std::process::id()));
    let mut times = Vec::new();
    for _ in 0..STARTS {
        let start = Instant::now();
        let ended = Command::new(env::current_exe()?)
            .arg(ONE)
            .arg(&file)
            .status()?;
        times.push(start.elapsed());
        if !ended.success() {
            return Err("a certificate could not be made".into());
        }
    }
    fs::remove_file(file)?;
    Ok(times)
}

fn spread(mut times: Vec<Duration>) -> String {
    times.sort();
    let at =
        |share: f64| times[((times.len() - 1) as f64 * share).round() as usize].as_secs_f64() * 1e3;
    format!(
        "p50 {:.1} ms, p99 {:.1} ms ({} runs)",
        at(0.5),
        at(0.99),
        times.len()
    )
}

/// proc(5): user and system time in hundredths of a second.
fn processor_seconds() -> Result<f64, Failure> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    let behind_name = stat.rsplit_once(')').ok_or("no process name")?.1;
    let fields: Vec<&str> = behind_name.split_whitespace().collect();
    Ok((fields[11].parse::<f64>()? + fields[12].parse::<f64>()?) / 100.0)
}

fn resident_megabytes() -> Result<f64, Failure> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))
        .ok_or("no resident memory")?;
    let kilobytes: f64 = line.trim().trim_end_matches(" kB").trim().parse()?;
    Ok(kilobytes / 1024.0)
}
