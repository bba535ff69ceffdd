//! The line stays away, and a technician carries the outbox: with the programs
//! that a technician has, while the exchange serves.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use journal::{Journal, Key};
use ledger::Survey;
use request::{RequestEvent, StationId};
use sync::{Greeting, KeyPair, Welcome};
use tokio::process::Command;

use crate::{BITNA, HOUSEHOLD, office::Office, station::Station};

const EXCHANGE: &str = env!("CARGO_BIN_EXE_minwon-exchange");
const KEY: [u8; 32] = [7; 32];

/// A kiosk's disk and a stick.
struct Kiosk {
    folder: PathBuf,
    data: PathBuf,
}

impl Kiosk {
    /// The exchange knows its key.
    async fn new(office: &Office, name: &str) -> Self {
        let kiosk = Self::stranger(office, name).await;
        let public = kiosk.path("journal-key.pub.pem");
        let (code, text) = kiosk
            .exchange(&[
                "station-key",
                "gaon-1",
                "--public",
                public.to_str().unwrap(),
            ])
            .await;
        assert_eq!(code, Some(0), "{text}");
        kiosk
    }

    async fn stranger(office: &Office, name: &str) -> Self {
        let kiosk = Self {
            folder: office.data().join("..").join(name),
            data: office.data(),
        };
        fs::create_dir_all(kiosk.path("stick")).unwrap();
        let pair = KeyPair::generate();
        fs::write(kiosk.path("journal-key.pem"), pair.to_pem().unwrap()).unwrap();
        let public = pair.public().to_pem().unwrap();
        fs::write(kiosk.path("journal-key.pub.pem"), public).unwrap();
        fs::write(kiosk.path("station.key"), KEY).unwrap();
        let for_its_owner = fs::Permissions::from_mode(0o600);
        fs::set_permissions(kiosk.path("station.key"), for_its_owner).unwrap();
        let (code, address) = kiosk.exchange(&["carry-key"]).await;
        assert_eq!(code, Some(0), "{address}");
        fs::write(kiosk.path("exchange.pub"), address).unwrap();
        kiosk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    fn journal(&self) -> Journal {
        let (file, key) = (self.path("journal.db"), Key::from_bytes(KEY));
        Journal::open(&file, StationId::new("gaon-1"), &key).unwrap()
    }

    /// Somebody asks for a certificate, and nobody hears of it.
    fn serve(&self, office: &Office, id: &str) {
        let id_of = StationId::new("gaon-1");
        let mut station = Station::new(id_of, office.wire("gaon-1"), self.journal());
        station.write_down(id, HOUSEHOLD, Some(BITNA), &[]);
    }

    async fn journal_tool(&self, command: &str, rest: &[&str]) -> (Option<i32>, String) {
        // Built with the whole house.
        let tool = Path::new(EXCHANGE).with_file_name("minwon-journal");
        let keys = ["--station-key", "journal-key.pem", "--for", "exchange.pub"];
        let mut program = Command::new(tool);
        program
            .current_dir(&self.folder)
            .args([command, "journal.db"]);
        said(program.args(keys).args(rest)).await
    }

    /// The parcel that was made of what is not confirmed.
    async fn export(&self) -> PathBuf {
        let (code, text) = self.journal_tool("export", &["--to", "stick"]).await;
        assert_eq!(code, Some(0), "{text}");
        let name = text.split(':').next().unwrap();
        self.path("stick").join(name)
    }

    async fn exchange(&self, words: &[&str]) -> (Option<i32>, String) {
        let mut program = Command::new(EXCHANGE);
        said(program.args(words).arg("--data").arg(&self.data)).await
    }

    async fn import(&self, parcel: &Path) -> (Option<i32>, String) {
        self.exchange(&["import", parcel.to_str().unwrap()]).await
    }

    fn held(&self) -> Survey {
        let (survey, faults) = Survey::of(&self.data.join("exchange.sqlite")).unwrap();
        assert_eq!(faults, []);
        survey
    }
}

async fn said(program: &mut Command) -> (Option<i32>, String) {
    let output = program.output().await.unwrap();
    let text = [&output.stdout[..], &output.stderr[..]].concat();
    let text = String::from_utf8(text).unwrap();
    assert!(!text.contains(BITNA), "{text}");
    (output.status.code(), text)
}

#[tokio::test]
async fn what_is_carried_by_hand_is_answered_and_waits_for_the_line() {
    let office = Office::open().await;
    let kiosk = Kiosk::new(&office, "kiosk").await;
    kiosk.serve(&office, "r1");
    kiosk.serve(&office, "r2");
    let head = kiosk.journal().head().number;
    let parcel = kiosk.export().await;

    let (code, first) = kiosk.import(&parcel).await;
    let held = kiosk.held();
    let (_, again) = kiosk.import(&parcel).await;

    assert_eq!(code, Some(0), "{first}");
    let wanted = format!("entries 1 to {head} of gaon-1: {head} new, 0 known before; 2 requests");
    assert!(first.contains(&wanted), "{first}");
    let wanted = format!("0 new, {head} known before; 0 requests");
    assert!(again.contains(&wanted), "{again}");
    let entries = |survey: &Survey| survey.stations["gaon-1"].entries.clone();
    assert_eq!(entries(&kiosk.held()), entries(&held));

    let receipt = format!("{}.receipt", parcel.display());
    let (code, text) = kiosk
        .journal_tool("acknowledge", &["--receipt", &receipt])
        .await;
    assert_eq!(code, Some(0), "{text}");
    assert_eq!(text.trim(), format!("confirmed up to entry {head}"));

    // The line comes back.
    let (id, wire) = (StationId::new("gaon-1"), office.wire("gaon-1"));
    let mut station = Station::new(id, wire, kiosk.journal());
    let Greeting::Welcome(Welcome { acknowledged, .. }) = station.hello().await else {
        panic!("not welcome");
    };
    assert_eq!(acknowledged, head);
    for id in ["r1", "r2"] {
        let documents = station.prepared(id).await;
        assert_eq!(documents.len(), 1);
        assert!(station.document(&documents[0].number).await.is_some());
    }
    station.tell("r1", RequestEvent::ReceiptPrinted).await;
    assert_eq!(station.told().await.len(), 2, "each was answered once");
    let (_, replayed) = kiosk.import(&parcel).await;
    assert!(replayed.contains("0 new"), "{replayed}");
    assert_eq!(station.offer_all_again().await, head + 1);
}

#[tokio::test]
async fn a_bad_parcel_is_named_and_nothing_of_it_is_taken() {
    let office = Office::open().await;
    let kiosk = Kiosk::new(&office, "kiosk").await;
    kiosk.serve(&office, "r");
    let parcel = kiosk.export().await;
    let sealed = fs::read(&parcel).unwrap();
    let empty = kiosk.held();
    let lay = |name: &str, bytes: &[u8]| {
        let file = kiosk.path(name);
        fs::write(&file, bytes).unwrap();
        file
    };
    let mut altered = sealed.clone();
    let middle = altered.len() / 2;
    altered[middle] ^= 1;
    let impostor = Kiosk::stranger(&office, "impostor").await;
    impostor.serve(&office, "r");
    let other_office = Office::open().await;
    let elsewhere = Kiosk::new(&other_office, "elsewhere").await;
    elsewhere.serve(&office, "r");

    for (file, complaint) in [
        (lay("short", &sealed[..middle]), "cut short or altered"),
        (lay("altered", &altered), "cut short or altered"),
        (lay("nonsense", b"a letter"), "this is not a parcel"),
        (elsewhere.export().await, "closed for another exchange"),
        (
            impostor.export().await,
            "does not bear the station's signature",
        ),
    ] {
        let (code, text) = kiosk.import(&file).await;
        assert_eq!(code, Some(1), "{text}");
        assert!(
            text.contains("nothing was taken") && text.contains(complaint),
            "{text}"
        );
        assert!(!Path::new(&format!("{}.receipt", file.display())).exists());
        assert_eq!(kiosk.held(), empty, "{complaint}");
    }

    // Entries are missing before it.
    kiosk.journal().acknowledge(2).unwrap();
    kiosk.serve(&office, "s");
    let later = kiosk.export().await;
    let (code, text) = kiosk.import(&later).await;
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("holds the journal up to entry 0"), "{text}");
    assert_eq!(kiosk.held(), empty);

    // The good one first, and both are taken.
    assert_eq!(kiosk.import(&parcel).await.0, Some(0));
    let (code, text) = kiosk.import(&later).await;
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("known before"), "{text}");
}

#[tokio::test]
async fn a_key_of_another_station_is_not_taken_for_the_first_and_nobody_serves_nobody() {
    let mut office = Office::open().await;
    let kiosk = Kiosk::new(&office, "kiosk").await;
    kiosk.serve(&office, "r");
    let parcel = kiosk.export().await;
    let impostor = Kiosk::stranger(&office, "impostor").await;
    let public = impostor.path("journal-key.pub.pem");
    let words = [
        "station-key",
        "gaon-1",
        "--public",
        public.to_str().unwrap(),
    ];

    let (code, text) = kiosk.exchange(&words).await;
    assert_eq!(code, Some(1));
    assert!(text.contains("another key is known of gaon-1"), "{text}");

    fs::remove_file(kiosk.data.join("stations/gaon-1.pub.pem")).unwrap();
    let (_, text) = kiosk.import(&parcel).await;
    assert!(
        text.contains("no key is known of the journal of gaon-1"),
        "{text}"
    );

    office.close();
    let (code, text) = kiosk.import(&parcel).await;
    assert_eq!(code, Some(1));
    assert!(text.contains("no exchange serves"), "{text}");
}
