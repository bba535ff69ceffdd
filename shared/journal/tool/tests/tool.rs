//! The program as an auditor, a technician and a thief use it.

#![allow(clippy::unwrap_used)]

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use journal::{Journal, Key};
use parcel::{Address, Opener, unpack};
use privacy::Personal;
use request::{RequestEvent, RequestId, StationId, Timestamp};
use sync::{CoSignedHead, KeyPair, SignedHead};

const CANARY: &str = "9001011234567";
const KEY: [u8; 32] = [7; 32];

/// A folder with a journal, the keys of its station and those of its exchange.
struct Desk {
    folder: PathBuf,
    station: KeyPair,
    opener: Opener,
    co_signer: KeyPair,
}

impl Desk {
    fn new(name: &str, entries: i64) -> Self {
        let folder = std::env::temp_dir().join(format!("minwon-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("stick")).unwrap();
        let (station, co_signer) = (KeyPair::generate(), KeyPair::generate());
        let opener = Opener::generate();
        let address = Address::new(&opener, &co_signer.public()).unwrap();
        let write = |name: &str, text: &str| fs::write(folder.join(name), text).unwrap();
        write("exchange.pub", &serde_json::to_string(&address).unwrap());
        write("station.key.pem", &station.to_pem().unwrap());
        write("station.pub.pem", &station.public().to_pem().unwrap());
        fs::write(folder.join("station.key"), KEY).unwrap();
        let for_its_owner = fs::Permissions::from_mode(0o600);
        fs::set_permissions(folder.join("station.key"), for_its_owner).unwrap();
        let desk = Self {
            folder,
            station,
            opener,
            co_signer,
        };
        desk.append(entries);
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    fn journal(&self) -> Journal {
        let (path, key) = (self.path("journal.db"), Key::from_bytes(KEY));
        Journal::open(&path, StationId::new("gaon-1"), &key).unwrap()
    }

    fn append(&self, entries: i64) {
        let mut journal = self.journal();
        for number in 0..entries {
            let event = RequestEvent::Answered {
                question: "why".to_owned(),
                answer: Personal::new(CANARY.to_owned()),
            };
            let now = Timestamp::from_millis(number);
            journal.append(&RequestId::new("r"), &event, now).unwrap();
        }
    }

    /// What the exchange makes of a head it agrees with.
    fn co_sign(&self, signed: SignedHead, name: &str) {
        let head = CoSignedHead::sign(signed, Timestamp::from_millis(9), &self.co_signer);
        let text = serde_json::to_string(&head).unwrap();
        fs::write(self.path(name), text).unwrap();
    }

    fn signed_by(&self, station: &KeyPair) -> SignedHead {
        let journal = self.journal();
        let newest = journal.head().number;
        let signed = journal.sign_head(newest, station, Timestamp::default());
        signed.unwrap().unwrap()
    }

    fn co_sign_head(&self, name: &str) {
        let signed = self.signed_by(&self.station);
        self.co_sign(signed, name);
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_minwon-journal"))
            .current_dir(&self.folder)
            .args(arguments)
            .output()
            .unwrap()
    }

    fn verify(&self) -> (Option<i32>, String) {
        let keys = ["--station", "station.pub.pem", "--for", "exchange.pub"];
        let command = ["verify", "journal.db", "--head", "head.json"];
        said(&self.run(&[&command[..], &keys[..]].concat()))
    }

    fn export(&self) -> (Option<i32>, String) {
        let keys = ["--station-key", "station.key.pem", "--for", "exchange.pub"];
        let command = ["export", "journal.db", "--to", "stick"];
        said(&self.run(&[&command[..], &keys[..]].concat()))
    }

    fn acknowledge(&self, receipt: &str) -> (Option<i32>, String) {
        let keys = ["--station-key", "station.key.pem", "--for", "exchange.pub"];
        let command = ["acknowledge", "journal.db", "--receipt", receipt];
        said(&self.run(&[&command[..], &keys[..]].concat()))
    }

    fn parcels(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.path("stick")).unwrap();
        let mut files: Vec<PathBuf> = entries.map(|it| it.unwrap().path()).collect();
        files.sort();
        files
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn said(output: &Output) -> (Option<i32>, String) {
    let text = [&output.stdout[..], &output.stderr[..]].concat();
    let text = String::from_utf8(text).unwrap();
    assert!(!text.contains(CANARY), "{text}");
    (output.status.code(), text)
}

fn copy(from: &Path, to: &Path) {
    fs::copy(from, to).unwrap();
}

#[test]
fn a_whole_journal_is_called_whole_and_is_not_changed_by_looking() {
    let desk = Desk::new("whole", 20);
    desk.co_sign_head("head.json");
    let before = fs::read(desk.path("journal.db")).unwrap();

    let (code, text) = desk.verify();

    assert_eq!(code, Some(0), "{text}");
    assert!(
        text.starts_with("whole: 20 entries, 0 of them erased, hash "),
        "{text}"
    );
    assert!(
        text.contains("agrees with what was signed, up to entry 20"),
        "{text}"
    );
    assert_eq!(fs::read(desk.path("journal.db")).unwrap(), before);
    let (code, text) = said(&desk.run(&["verify", "journal.db"]));
    assert_eq!(code, Some(0));
    assert!(text.contains("a shortened end would not be seen"), "{text}");
}

#[test]
fn a_journal_that_lost_its_end_is_convicted_by_the_signed_head() {
    let desk = Desk::new("shortened", 12);
    copy(&desk.path("journal.db"), &desk.path("older.db"));
    desk.append(8);
    desk.co_sign_head("head.json");
    copy(&desk.path("older.db"), &desk.path("journal.db"));

    let (code, text) = desk.verify();

    assert_eq!(code, Some(1), "{text}");
    assert!(
        text.contains("entry 13 is missing and so are all after it; 20 were signed for"),
        "{text}"
    );
}

#[test]
fn a_copy_that_went_on_by_itself_is_convicted_by_the_signed_head() {
    let desk = Desk::new("forked", 12);
    copy(&desk.path("journal.db"), &desk.path("copy.db"));
    desk.append(8);
    desk.co_sign_head("head.json");
    copy(&desk.path("copy.db"), &desk.path("journal.db"));
    desk.append(9);

    let (code, text) = desk.verify();

    assert_eq!(code, Some(1), "{text}");
    assert!(
        text.contains("to 20 are not those that were signed for"),
        "{text}"
    );
}

#[test]
fn the_head_of_another_journal_and_a_forged_head_are_named() {
    let (desk, other) = (Desk::new("one", 3), Desk::new("other", 3));
    let signed = other.signed_by(&desk.station);
    desk.co_sign(signed, "head.json");
    let (code, text) = desk.verify();
    assert_eq!(code, Some(1), "{text}");
    assert!(
        text.contains("the signed head is of another journal"),
        "{text}"
    );

    let signed = desk.signed_by(&other.station);
    desk.co_sign(signed, "head.json");
    let (code, text) = desk.verify();
    assert_eq!(code, Some(2), "{text}");
    assert!(
        text.contains("does not bear the station's signature"),
        "{text}"
    );
}

#[test]
fn what_is_no_journal_or_no_command_gets_a_clear_sentence() {
    let desk = Desk::new("nonsense", 1);
    fs::write(
        desk.path("text.db"),
        "not a database, whatever its name says",
    )
    .unwrap();

    for arguments in [
        &["verify", "text.db"][..],
        &["verify", "missing.db"],
        &["verify"],
        &["verify", "journal.db", "--head"],
        &["verify", "journal.db", "--shred"],
        &["shred", "journal.db"],
        &["export", "journal.db", "--to", "stick"],
        &[],
    ] {
        let (code, text) = said(&desk.run(arguments));
        assert_eq!(code, Some(2), "{arguments:?}: {text}");
        assert!(
            !text.trim().is_empty() && !text.contains("panicked"),
            "{text}"
        );
    }
    assert!(!desk.path("missing.db").exists());
}

#[test]
fn an_outbox_is_carried_out_and_its_receipt_carried_back() {
    let desk = Desk::new("carried", 30);
    desk.journal().acknowledge(10).unwrap();

    let (code, text) = desk.export();

    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("entries 11 to 30"), "{text}");
    let [file] = &desk.parcels()[..] else {
        panic!("{:?}", desk.parcels());
    };
    let parcel = unpack(&fs::read(file).unwrap(), &desk.opener).unwrap();
    parcel.verify(&desk.station.public()).unwrap();
    assert_eq!(parcel.claimed(), desk.journal().head());
    assert_eq!(Some(parcel.before()), desk.journal().hash_at(10).unwrap());

    desk.co_sign(parcel.signed().clone(), "receipt.json");
    let (code, text) = desk.acknowledge("receipt.json");

    assert_eq!((code, text.trim()), (Some(0), "confirmed up to entry 30"));
    assert_eq!(desk.journal().acknowledged().unwrap(), 30);
    assert_eq!(desk.journal().checkpoints().unwrap().len(), 1);
    let (code, text) = desk.acknowledge("receipt.json");
    assert_eq!(code, Some(0));
    assert!(text.contains("nothing is new"), "{text}");
    let (code, text) = desk.export();
    assert_eq!(code, Some(0));
    assert!(text.contains("has confirmed everything"), "{text}");
}

#[test]
fn a_receipt_that_is_forged_or_foreign_confirms_nothing() {
    let (desk, other) = (Desk::new("ours", 5), Desk::new("theirs", 5));
    let ours = desk.signed_by(&desk.station);
    let foreign = other.signed_by(&desk.station);
    desk.co_sign(foreign, "foreign.json");
    other.co_sign(ours, "forged.json");
    copy(&other.path("forged.json"), &desk.path("forged.json"));
    fs::write(desk.path("nonsense.json"), "{}").unwrap();

    for (receipt, complaint) in [
        ("foreign.json", "is not one of this journal"),
        ("forged.json", "does not bear the exchange's signature"),
        ("nonsense.json", "is not a receipt"),
        ("missing.json", "cannot read missing.json"),
    ] {
        let (code, text) = desk.acknowledge(receipt);
        assert_eq!(code, Some(2), "{text}");
        assert!(text.contains(complaint), "{text}");
    }
    assert_eq!(desk.journal().acknowledged().unwrap(), 0);
    assert_eq!(desk.journal().checkpoints().unwrap(), []);
}
