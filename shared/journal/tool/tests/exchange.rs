//! Journals whose heads a real exchange has co-signed, and what a thief with the file
//! and its key can and cannot make of them.

#![allow(clippy::unwrap_used)]

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use request::{RequestId, StationId, Timestamp};
use rusqlite::Connection;
use sha2::{Digest, Sha256};
use sync::{
    CoSignedHead, Hash, Head, Incarnation, KeyPair, PublicKey, Salt, SignedHead, commitment,
};
use tests::{
    office::{Office, TUESDAY_10_00},
    plain_station::{self, JOURNAL_KEY, Place, PlainStation},
};

const PATIENCE: Duration = Duration::from_secs(60);
/// Two requests that nobody could answer.
const ENTRIES: u64 = 8;

/// A journal that an exchange has taken over and signed for, its station gone.
struct Evidence {
    office: Office,
    journal: PathBuf,
}

impl Evidence {
    fn gather() -> Self {
        let office = Office::open(TUESDAY_10_00);
        let id = StationId::new("gaon-1");
        let journal = office.folder().join("gaon-1.sqlite");
        let mut written = plain_station::open(&journal, &id);
        for number in 0..2 {
            let request = RequestId::new(format!("gaon-1-{number}"));
            for event in plain_station::unanswered(&id) {
                written.append(&request, &event, TUESDAY_10_00).unwrap();
            }
        }
        drop(written);
        let place = Place {
            station: id,
            journal: journal.clone(),
            url: format!("https://{}", office.address()),
            credentials: office.credentials(),
            clock: link::Clock::new(|| TUESDAY_10_00),
        };
        let station = PlainStation::start(place, office.handle());
        station.until_signed_for(ENTRIES, PATIENCE);
        drop(station);
        let evidence = Self { office, journal };
        evidence.equip();
        evidence
    }

    /// What an auditor brings along: keys, and the head as the exchange has kept it.
    fn equip(&self) {
        let write = |name: &str, bytes: &[u8]| fs::write(self.beside(name), bytes).unwrap();
        write("station.key", &JOURNAL_KEY);
        let for_its_owner = fs::Permissions::from_mode(0o600);
        fs::set_permissions(self.beside("station.key"), for_its_owner).unwrap();
        let address = fs::read(self.office.trust().join("exchange.pub")).unwrap();
        write("exchange.pub", &address);
        let store = Connection::open(self.office.store()).unwrap();
        let (key, head): (String, String) = store
            .query_row(
                "SELECT public_key, co_signed FROM signed_head WHERE station = 'gaon-1'",
                [],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .unwrap();
        write("station.pub.pem", key.as_bytes());
        write("head.json", head.as_bytes());
    }

    fn beside(&self, name: &str) -> PathBuf {
        self.journal.with_file_name(name)
    }

    fn exchange_key(&self) -> PublicKey {
        let pem = fs::read_to_string(self.office.trust().join("co-signer.pem"));
        PublicKey::from_pem(&pem.unwrap()).unwrap()
    }

    fn verify(&self, more: &[&str]) -> (Option<i32>, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_minwon-journal"))
            .current_dir(self.office.folder())
            .args(["verify", "gaon-1.sqlite"])
            .args(more)
            .output()
            .unwrap();
        let text = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8(text).unwrap())
    }

    fn verify_with_keys(&self) -> (Option<i32>, String) {
        self.verify(&["--station", "station.pub.pem", "--for", "exchange.pub"])
    }

    fn verify_with_the_exchanges_head(&self) -> (Option<i32>, String) {
        let keys = ["--station", "station.pub.pem", "--for", "exchange.pub"];
        self.verify(&[&keys[..], &["--head", "head.json"]].concat())
    }

    /// As somebody opens it who has the file, its key and a database tool.
    fn thief(&self) -> Connection {
        let connection = Connection::open(&self.journal).unwrap();
        connection.execute_batch(&pragmas()).unwrap();
        connection
            .execute_batch(
                "DROP TRIGGER entry_is_never_deleted; DROP TRIGGER entry_is_never_altered",
            )
            .unwrap();
        connection
    }
}

/// See `Key::pragma` and `unlock` in the journal.
fn pragmas() -> String {
    let derive = |purpose: &str| -> [u8; 32] {
        let digest = Sha256::new()
            .chain_update(purpose)
            .chain_update(JOURNAL_KEY);
        digest.finalize().into()
    };
    let pages = derive("minwon journal page 1");
    let salt = derive("minwon journal salt 1");
    let bytes = JOURNAL_KEY.iter().chain(&pages).chain(&salt[..16]);
    let key: String = bytes.map(|byte| format!("{byte:02x}")).collect();
    format!(
        "PRAGMA key = \"x'{key}'\"; PRAGMA cipher_page_size = 4096;
         PRAGMA cipher_hmac_algorithm = HMAC_SHA256;"
    )
}

fn cut_off_after(number: u64, thief: &Connection) {
    let cut = format!(
        "DELETE FROM entry WHERE number > {number}; UPDATE outbox SET acknowledged = {number}"
    );
    thief.execute_batch(&cut).unwrap();
}

/// Writes other entries in the place of those after `number`, each chained to the one
/// before it as the journal itself would, and answers the head they lead to.
fn write_anew_after(number: u64, thief: &Connection) -> Head {
    let (station, incarnation, hash) = thief
        .query_row(
            "SELECT station, incarnation, hash FROM identity, entry WHERE number = ?1",
            [number.cast_signed()],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
        .map(|(station, incarnation, hash): (String, String, [u8; 32])| {
            (StationId::new(station), Incarnation::new(incarnation), hash)
        })
        .unwrap();
    let mut head = Head {
        number,
        hash: Hash::from_bytes(hash),
        ..Head::genesis(station, incarnation)
    };
    let body = r#"{"type":"coin_taken","value_won":100}"#;
    let salt = [5; 16];
    while head.number < ENTRIES {
        let (request, at) = (RequestId::new("invented"), Timestamp::default());
        let commitment = commitment(&Salt::from_bytes(salt), body);
        head = head.after(&request, at, &commitment);
        thief
            .execute(
                "UPDATE entry SET request_id = ?2, recorded_at = ?3, salt = ?4, body = ?5,
                        commitment = ?6, hash = ?7 WHERE number = ?1",
                (
                    head.number.cast_signed(),
                    request.as_str(),
                    at.as_millis(),
                    salt,
                    body,
                    commitment.as_bytes(),
                    head.hash.as_bytes(),
                ),
            )
            .unwrap();
    }
    head
}

#[test]
fn an_honest_journal_agrees_with_what_the_exchange_has_signed() {
    let evidence = Evidence::gather();

    for (code, text) in [
        evidence.verify(&[]),
        evidence.verify_with_keys(),
        evidence.verify_with_the_exchanges_head(),
    ] {
        assert_eq!(code, Some(0), "{text}");
        assert!(
            text.contains("agrees with what was signed, up to entry 8"),
            "{text}"
        );
    }
    let kept = plain_station::open(&evidence.journal, &StationId::new("gaon-1")).checkpoints();
    let station = fs::read_to_string(plain_station::key_file(&evidence.journal)).unwrap();
    let station = KeyPair::from_pem(&station).unwrap().public();
    for head in kept.unwrap() {
        assert_eq!(head.verify(&station, &evidence.exchange_key()), Ok(()));
    }
}

#[test]
fn a_journal_whose_end_was_cut_off_is_convicted_by_the_head_it_keeps() {
    let evidence = Evidence::gather();
    cut_off_after(5, &evidence.thief());

    for (code, text) in [evidence.verify(&[]), evidence.verify_with_keys()] {
        assert_eq!(code, Some(1), "{text}");
        assert!(
            text.contains("entry 6 is missing and so are all after it; 8 were signed for"),
            "{text}"
        );
    }
}

#[test]
fn a_journal_that_was_chained_anew_is_convicted_by_the_head_it_keeps() {
    let evidence = Evidence::gather();
    write_anew_after(5, &evidence.thief());

    let (code, text) = evidence.verify(&[]);

    assert_eq!(code, Some(1), "{text}");
    assert!(
        text.contains("to 8 are not those that were signed for"),
        "{text}"
    );
}

#[test]
fn a_thief_who_also_removes_the_kept_heads_is_convicted_by_the_exchanges() {
    let evidence = Evidence::gather();
    let thief = evidence.thief();
    cut_off_after(5, &thief);
    thief.execute_batch("DELETE FROM checkpoint").unwrap();
    drop(thief);

    let (code, text) = evidence.verify(&[]);
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("a shortened end would not be seen"), "{text}");

    let (code, text) = evidence.verify_with_the_exchanges_head();
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("8 were signed for"), "{text}");
}

#[test]
fn a_thief_who_signs_for_the_exchange_is_found_out_by_its_key() {
    let evidence = Evidence::gather();
    let thief = evidence.thief();
    let head = write_anew_after(5, &thief);
    let station = fs::read_to_string(plain_station::key_file(&evidence.journal)).unwrap();
    let station = KeyPair::from_pem(&station).unwrap();
    let signed = SignedHead::sign(head, TUESDAY_10_00, &station);
    let forged = CoSignedHead::sign(signed, TUESDAY_10_00, &KeyPair::generate());
    thief
        .execute(
            "UPDATE checkpoint SET co_signed = ?1 WHERE number = 8",
            [serde_json::to_string(&forged).unwrap()],
        )
        .unwrap();
    drop(thief);

    let (code, text) = evidence.verify_with_keys();

    assert_eq!(code, Some(1), "{text}");
    let found = "kept as signed for at entry 8: the head does not bear the exchange's signature";
    assert!(text.contains(found), "{text}");
}

#[test]
fn the_key_that_signs_is_for_its_owner_alone() {
    let evidence = Evidence::gather();
    let mode = |file: &Path| fs::metadata(file).unwrap().permissions().mode() & 0o777;

    assert_eq!(mode(&plain_station::key_file(&evidence.journal)), 0o600);
    let exchanges = evidence.office.trust().with_file_name("keys");
    assert_eq!(mode(&exchanges.join("co-signer.key.pem")), 0o600);
}
