//! An office that issues a certificate into a folder, and the programs of strangers.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use certificate::{Bilingual, Order, Press};
use p256::{
    ecdsa::SigningKey,
    pkcs8::{EncodePrivateKey, EncodePublicKey, LineEnding},
};
use seal::{Claims, SealKey, SoftSealKey, TrustList, compose};
use serde_json::{Value, json};
use signature::{Details, DevelopmentAuthority, SoftKey, sign_pdf};

const HOUSEHOLD: &str = "resident-register-household";
pub(crate) const NUMBER: &str = "2611-7KQM-X4TD-09RW";
/// 24 November 2026, ten o'clock in Seoul.
const NOW: Duration = Duration::from_secs(1_795_482_000);
/// The same for pyHanko, a little later.
pub(crate) const AFTERWARDS: &str = "2026-11-24T10:30:00+09:00";

/// One office, its trust and its certificate, in a folder of their own.
pub(crate) struct Office {
    folder: PathBuf,
    pub(crate) claims: Claims,
}

impl Office {
    /// Opens an office for the test `name` and issues a certificate.
    pub(crate) fn issue(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        let authority = DevelopmentAuthority::create("Minwon development CA", NOW).unwrap();
        let issued = authority.issue("한빛시 발급센터", NOW).unwrap();
        let key = SoftKey::from_pem(&issued.key_pem, &issued.certificate_pem).unwrap();
        let sealing = SigningKey::from_slice(&[7; 32]).unwrap();
        let public_key = sealing
            .verifying_key()
            .to_public_key_pem(LineEnding::LF)
            .unwrap();
        let pem = sealing.to_pkcs8_pem(LineEnding::LF).unwrap();
        let keys = vec![SealKey {
            office: "한빛시 발급센터".to_owned(),
            public_key: public_key.clone(),
        }];
        let list = serde_json::to_string(&TrustList { keys }).unwrap();
        fs::write(folder.join("ca.pem"), authority.certificate_pem().unwrap()).unwrap();
        fs::write(folder.join("seal-keys.json"), list).unwrap();
        fs::write(folder.join("seal.pem"), public_key).unwrap();

        let record: Value = serde_json::from_str(&service("sample.json")).unwrap();
        let claims = claims(&record);
        let seal = compose(&claims, &SoftSealKey::from_pem(&pem).unwrap()).unwrap();
        let details = Details {
            name: "한빛시 가온구청장",
            reason: "주민등록표 등본",
            location: "KR",
            at: "D:20261124100000+09'00'",
        };
        let signed = sign_pdf(&print(&record, &seal), &key, &details).unwrap();
        fs::write(folder.join("certificate.pdf"), signed).unwrap();
        Self { folder, claims }
    }

    pub(crate) fn path(&self, name: &str) -> String {
        self.folder.join(name).to_str().unwrap().to_owned()
    }

    pub(crate) fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.folder.join(name)).unwrap()
    }

    pub(crate) fn write(&self, name: &str, bytes: &[u8]) -> String {
        fs::write(self.folder.join(name), bytes).unwrap();
        self.path(name)
    }

    /// The paper as a picture of 203 dots an inch, in colour or not.
    pub(crate) fn photograph(&self, name: &str, options: &[&str]) -> String {
        let certificate = self.path("certificate.pdf");
        let stem = self.path(name);
        let standing = ["-r", "203", "-png", "-singlefile"];
        run(
            "pdftoppm",
            &[&standing, options, &[&certificate, &stem]].concat(),
            b"",
        )
        .succeeded();
        format!("{stem}.png")
    }

    /// Asks `minwon-verify`, as a program of its own.
    pub(crate) fn verify(&self, file: &str, more: &[&str]) -> Verdict {
        let trust = self.path("");
        let words = [&[file, "--trust", trust.as_str()], more].concat();
        run(env!("CARGO_BIN_EXE_minwon-verify"), &words, b"")
    }

    pub(crate) fn pyhanko(&self, file: &str) -> Verdict {
        let authority = self.path("ca.pem");
        let words = [
            "sign",
            "adesverify",
            "--pretty-print",
            "--no-revocation-check",
            "--validation-time",
            AFTERWARDS,
            "--trust",
            &authority,
            "--trust-replace",
            file,
        ];
        run(&judge("pyhanko"), &words, b"")
    }
}

fn claims(record: &Value) -> Claims {
    let text = |pointer: &str| {
        record
            .pointer(pointer)
            .unwrap()
            .as_str()
            .unwrap()
            .to_owned()
    };
    let issued_at = i64::try_from(NOW.as_secs()).unwrap();
    Claims {
        issuer: "한빛시 가온구청장".to_owned(),
        issued_at,
        expires_at: issued_at + 90 * 86_400,
        service: HOUSEHOLD.to_owned(),
        version: 1,
        document_number: NUMBER.to_owned(),
        fields: vec![
            ("세대주".to_owned(), text("/householder/name")),
            ("주소".to_owned(), text("/address/ko")),
        ],
    }
}

fn print(record: &Value, seal: &str) -> Vec<u8> {
    let both = |ko: &str, en: &str| Bilingual {
        ko: ko.to_owned(),
        en: en.to_owned(),
    };
    let order = Order {
        template: &service("certificate.typ"),
        record,
        options: &json!({ "numbers": "masked", "history": "yes" }),
        title: both("주민등록표 등본", "Resident register, household"),
        issuer: both("한빛시 가온구청장", "Mayor of Gaon-gu, Hanbit-si"),
        place: both("가온구청", "Gaon-gu office"),
        document_number: NUMBER,
        issued_on: (2026, 11, 24),
        valid_days: 90,
        fee_won: 200,
        copy: (1, 1),
        lease: None,
        seal,
    };
    let press = Press::with_debian_fonts().unwrap();
    press.print(&order).unwrap().bytes
}

fn service(name: &str) -> String {
    let services = Path::new(env!("CARGO_MANIFEST_DIR")).join("../catalog/services");
    fs::read_to_string(services.join(HOUSEHOLD).join(name)).unwrap()
}

/// A Python program in `.venv`, which `make setup` fills.
pub(crate) fn judge(name: &str) -> String {
    let bin = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../.venv/bin");
    bin.join(name).to_str().unwrap().to_owned()
}

pub(crate) fn script(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracles");
    folder.join(name).to_str().unwrap().to_owned()
}

/// What a program said, on both of its channels, and how it ended.
pub(crate) struct Verdict {
    pub(crate) text: String,
    pub(crate) code: Option<i32>,
}

impl Verdict {
    pub(crate) fn succeeded(self) -> Self {
        assert_eq!(self.code, Some(0), "{}", self.text);
        self
    }

    pub(crate) fn says(&self, words: &str) -> bool {
        self.text.contains(words)
    }
}

pub(crate) fn run(program: &str, words: &[&str], input: &[u8]) -> Verdict {
    use std::io::Write;
    let mut child = Command::new(program)
        .args(words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{program}: {error}; `make setup` installs it"));
    child.stdin.take().unwrap().write_all(input).unwrap();
    let output = child.wait_with_output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    Verdict {
        text: String::from_utf8_lossy(&text).into_owned(),
        code: output.status.code(),
    }
}
