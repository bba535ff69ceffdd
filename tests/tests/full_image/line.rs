//! A release over the line: whatever breaks off, the machine has all of it in the end, and
//! nothing that was not signed.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use fleet::{
    Artefact, Part, Release,
    signed::{Key, sign},
};
use p256::{
    ecdsa::SigningKey,
    pkcs8::{EncodePrivateKey, EncodePublicKey, LineEnding},
};
use request::StationId;
use sha2::{Digest, Sha256};
use steward::{
    fetching::{FetchFault, fetch},
    line::Line,
    releases::ReleaseFault,
    renewal::renew,
};
use tests::office::{Office, STATION, TUESDAY_10_00};

/// More than two pieces.
const ROOT_BYTES: usize = 9_000_000;

fn release(folder: &Path) -> Release {
    let root: Vec<u8> = (0..ROOT_BYTES).map(|it| (it % 251) as u8).collect();
    let parts: [(Part, &str, &[u8]); 2] = [
        (Part::Root, "root.raw", &root),
        (Part::Kernel, "kernel.efi", b"a kernel"),
    ];
    let artefacts = parts.map(|(part, name, content)| {
        fs::write(folder.join(name), content).unwrap();
        let digits = Sha256::digest(content);
        Artefact {
            part,
            name: name.to_owned(),
            bytes: content.len() as u64,
            sha256: digits.iter().map(|it| format!("{it:02x}")).collect(),
        }
    });
    Release {
        version: "3".parse().unwrap(),
        model: "lobby".to_owned(),
        made_at: TUESDAY_10_00,
        from: None,
        root_hash: "00".to_owned(),
        measured: Vec::new(),
        artefacts: artefacts.to_vec(),
    }
}

/// As an operator does it at the server.
fn hand_in(office: &Office, folder: &Path, release: &Release) {
    let key = SigningKey::from_slice(&[7; 32]).unwrap();
    let private = key.to_pkcs8_pem(LineEnding::LF).unwrap();
    let signed = sign(release, &Key::from_pem(&private).unwrap()).unwrap();
    fs::write(folder.join("3.release"), signed).unwrap();
    let public = key.verifying_key().to_public_key_pem(LineEnding::LF);
    let signer = folder.join("release.pem");
    fs::write(&signer, public.unwrap()).unwrap();
    let words = [
        "release",
        folder.to_str().unwrap(),
        "--signer",
        signer.to_str().unwrap(),
        "--data",
        office.data().to_str().unwrap(),
    ];
    let taken = exchange::hand_in_release(&words.map(str::to_owned)).unwrap();
    assert!(taken.is_some());
}

/// As of the office's clock.
fn line(office: &Office, station: &str, credentials: PathBuf) -> Line {
    let clock = link::Clock::new(|| TUESDAY_10_00);
    Line::new(office.url(), StationId::new(station), credentials, clock)
}

#[test]
fn a_release_comes_over_the_line_whatever_breaks_off() {
    let office = Office::open(TUESDAY_10_00);
    let built = tempfile::tempdir().unwrap();
    let release = release(built.path());
    hand_in(&office, built.path(), &release);
    let into = tempfile::tempdir().unwrap();
    let into = into.path();
    let line = line(&office, STATION, office.credentials());
    let piece = || office.handle().block_on(fetch(&line.wire, &release, into));

    assert!(!piece().unwrap());
    // The power went while a piece was written: its half is there.
    let root = into.join("root.raw");
    let half = fs::read(&root).unwrap();
    fs::write(&root, &half[..half.len() / 2]).unwrap();
    let mut pieces = 0;
    while !piece().unwrap() {
        pieces += 1;
        assert!(pieces < 10, "it comes to its end");
    }
    for artefact in &release.artefacts {
        let came = fs::read(into.join(&artefact.name)).unwrap();
        assert!(came == fs::read(built.path().join(&artefact.name)).unwrap());
    }

    // A disk that has forgotten a byte: it is noticed, and what is wrong comes anew.
    let mut wrong = fs::read(&root).unwrap();
    wrong[ROOT_BYTES / 2] ^= 1;
    fs::write(&root, wrong).unwrap();
    let altered = piece();
    assert!(
        matches!(&altered, Err(FetchFault::Release(ReleaseFault::Altered(it))) if it == "root.raw"),
        "{altered:?}"
    );
    while !piece().unwrap() {}

    // What the exchange has not in full is not waited for without end.
    let longer = Release {
        artefacts: vec![Artefact {
            bytes: release.artefacts[1].bytes + 1,
            ..release.artefacts[1].clone()
        }],
        ..release.clone()
    };
    let short = office.handle().block_on(fetch(&line.wire, &longer, into));
    assert!(matches!(short, Err(FetchFault::CutShort(_))), "{short:?}");
    let missing = Release {
        artefacts: vec![Artefact {
            name: "else".to_owned(),
            sha256: "0".repeat(64),
            ..release.artefacts[1].clone()
        }],
        ..release
    };
    let missing = office.handle().block_on(fetch(&line.wire, &missing, into));
    assert!(matches!(missing, Err(FetchFault::Line(_))), "{missing:?}");
}

#[test]
fn a_certificate_is_asked_for_anew_in_time_and_not_before() {
    let office = Office::open(TUESDAY_10_00);
    let own = line(&office, STATION, office.credentials());
    let certificate = |folder: &Path| fs::read_to_string(folder.join("certificate.pem")).unwrap();
    let before = certificate(&office.credentials());
    let renew = |line: &Line| office.handle().block_on(renew(line, TUESDAY_10_00));
    renew(&own).unwrap();
    assert_eq!(
        certificate(&office.credentials()),
        before,
        "it lasts a year"
    );

    let station = StationId::new("gaon-9");
    let folder = office.enroll_for(&station, Duration::from_hours(24 * 30));
    let old = certificate(&folder);
    let short = line(&office, "gaon-9", folder.clone());
    renew(&short).unwrap();
    let new = certificate(&folder);
    assert_ne!(new, old);
    let authority = fs::read_to_string(folder.join("authority.pem")).unwrap();
    let later = TUESDAY_10_00 + Duration::from_hours(24 * 300);
    let party = identity::Party::Station(station);
    assert_eq!(
        identity::is_issued_to(&new, &authority, &party, later),
        Ok(())
    );
    let reach = line(&office, "gaon-9", folder.clone());
    office.handle().block_on(reach.wire.networks()).unwrap();
    renew(&short).unwrap();
    assert_eq!(certificate(&folder), new, "once is enough");
}
