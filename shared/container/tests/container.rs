//! Containers that are sealed, opened and tampered with, and what strangers say of them.

#![allow(clippy::unwrap_used)]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
    time::Duration,
};

use container::{Document, NotADocument, Opened, Refused, open, seal};
use signature::{DevelopmentAuthority, SoftKey, TrustAnchor};

const NOW: Duration = Duration::from_secs(1_795_482_000);

struct Office {
    authority: DevelopmentAuthority,
    key: SoftKey,
}

impl Office {
    fn open() -> Self {
        let authority = DevelopmentAuthority::create("Minwon development CA", NOW).unwrap();
        let issued = authority.issue("한빛시 발급센터", NOW).unwrap();
        let key = SoftKey::from_pem(&issued.key_pem, &issued.certificate_pem).unwrap();
        Self { authority, key }
    }

    fn seal(&self, documents: &[Document]) -> Vec<u8> {
        seal(documents, &self.key, NOW).unwrap()
    }

    fn anchor(&self) -> TrustAnchor {
        TrustAnchor::read(self.authority.certificate_pem().unwrap().as_bytes()).unwrap()
    }
}

fn documents() -> Vec<Document> {
    let pdf = b"%PDF-1.7 a certificate ".repeat(20);
    let consent = r#"{"purpose":"대출 심사"}"#.as_bytes().to_vec();
    vec![
        Document::new("certificate.pdf", "application/pdf", pdf).unwrap(),
        Document::new("consent.json", "application/json", consent).unwrap(),
    ]
}

/// A folder of this test's own.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Python's own libraries and OpenSSL.
fn stranger(words: &[&str]) -> Output {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stranger.py");
    Command::new("python3")
        .arg(script)
        .args(words)
        .output()
        .unwrap()
}

fn judged(office: &Office, container: &[u8], name: &str) -> Result<(), String> {
    let folder = folder(name);
    let (file, anchor) = (folder.join("sent.asice"), folder.join("anchor.pem"));
    fs::write(&file, container).unwrap();
    fs::write(&anchor, office.authority.certificate_pem().unwrap()).unwrap();
    let at = NOW.as_secs().to_string();
    let said = stranger(&[
        "judge",
        file.to_str().unwrap(),
        anchor.to_str().unwrap(),
        &at,
    ]);
    match said.status.success() {
        true => Ok(()),
        false => Err(String::from_utf8_lossy(&said.stderr).into_owned()),
    }
}

#[test]
fn what_was_sealed_comes_out_again_with_who_signed_it_and_when() {
    let office = Office::open();

    let Opened {
        documents: found,
        signed,
    } = open(&office.seal(&documents()), &office.anchor()).unwrap();

    assert_eq!(found, documents());
    assert!(signed.signer.contains("발급센터"), "{}", signed.signer);
    assert_eq!(signed.claimed_at, NOW);
}

#[test]
fn strangers_find_it_a_container_with_what_was_signed_and_nothing_else() {
    let office = Office::open();
    let sealed = office.seal(&documents());

    assert_eq!(judged(&office, &sealed, "sound"), Ok(()));

    // A judge who never says no is none.
    let place = sealed.windows(8).position(|it| it == b"%PDF-1.7").unwrap();
    let mut altered = sealed;
    altered[place] ^= 1;
    let told = judged(&office, &altered, "altered").unwrap_err();
    assert!(told.contains("certificate.pdf"), "{told}");
}

#[test]
fn a_bit_that_flips_is_told_or_changes_nothing_that_was_signed() {
    let office = Office::open();
    let sealed = office.seal(&documents());
    let anchor = office.anchor();

    for at in 0..sealed.len() {
        let mut altered = sealed.clone();
        altered[at] ^= 1;
        // The time of an entry is of no meaning to anybody.
        if let Ok(opened) = open(&altered, &anchor) {
            assert_eq!(opened.documents, documents(), "the bit at {at}");
        }
    }
}

#[test]
fn what_another_program_packs_anew_is_still_what_was_signed() {
    let office = Office::open();
    let folder = folder("packed");
    let (from, to) = (folder.join("sent.asice"), folder.join("packed.asice"));
    fs::write(&from, office.seal(&documents())).unwrap();
    let pack = |how: &str| {
        let said = stranger(&[how, from.to_str().unwrap(), to.to_str().unwrap()]);
        assert!(said.status.success(), "{said:?}");
        open(&fs::read(&to).unwrap(), &office.anchor()).map(|it| it.documents)
    };

    assert_eq!(pack("deflate"), Ok(documents()));
    assert_eq!(pack("add"), Err(Refused::Altered), "an entry nobody signed");
    assert_eq!(pack("drop"), Err(Refused::Altered), "a document is gone");
    assert_eq!(
        pack("twice"),
        Err(Refused::NotAContainer),
        "one name, two entries"
    );
}

#[test]
fn a_stranger_cannot_seal_in_the_name_of_the_office() {
    let (office, stranger) = (Office::open(), Office::open());

    let forged = open(&stranger.seal(&documents()), &office.anchor());

    assert_eq!(
        forged,
        Err(Refused::Signature(signature::Refused::Untrusted))
    );
}

#[test]
fn a_name_that_is_a_path_is_none() {
    let named = |name: &str| Document::new(name, "text/plain", Vec::new()).map(|_| ());

    for bad in ["", "../a", "a/b", ".hidden", "mimetype", "가.pdf", "a b"] {
        assert_eq!(named(bad), Err(NotADocument::Name), "{bad}");
    }
    assert_eq!(named("a-1_b.pdf"), Ok(()));
    let typed = Document::new("a", "text", Vec::new()).map(|_| ());
    assert_eq!(typed, Err(NotADocument::MediaType));
}

#[test]
fn bytes_that_are_no_container_get_a_plain_answer() {
    let office = Office::open();
    let sealed = office.seal(&documents());
    let anchor = office.anchor();

    for length in (0..sealed.len()).step_by(7) {
        assert_eq!(
            open(&sealed[..length], &anchor),
            Err(Refused::NotAContainer)
        );
    }
    assert_eq!(open(&[0xff; 4096], &anchor), Err(Refused::NotAContainer));
}
