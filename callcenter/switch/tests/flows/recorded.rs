//! Recordings of whole calls, and what the call book says of them.

use std::{collections::BTreeSet, fs, path::Path};

use flows::Peer;
use media::recording::Listener;
use sha2::{Digest, Sha256};

use crate::{house::House, scenario::Scenario};

fn settings(folder: &Path, listener: &Listener) -> [String; 2] {
    let more = format!(
        "[center]\nrecord = true\n[sound.recordings]\nfolder = \"{}\"\nrecipient = \"{}\"\n",
        folder.display(),
        listener.recipient()
    );
    [String::new(), more]
}

/// Of every recording that stands here, SHA-256 in hexadecimal.
fn digests(folder: &Path) -> BTreeSet<String> {
    let files = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path());
    let sealed = files.filter(|it| it.extension().is_some_and(|it| it == "sealed"));
    let digest = |file: std::path::PathBuf| -> String {
        let octets = Sha256::digest(fs::read(file).unwrap());
        octets.iter().map(|it| format!("{it:02x}")).collect()
    };
    sealed.map(digest).collect()
}

#[test]
#[ignore = "a whole call; `make call-test` plays it"]
fn each_agents_talk_is_sealed_and_the_call_book_has_its_digest() {
    let folder = tempfile::tempdir().unwrap();
    let listener = Listener::generate();
    let house = House::furnished(
        "a talk that is transferred is recorded",
        Peer::SippUdp,
        tempfile::tempdir().unwrap(),
        |_| settings(folder.path(), &listener),
    );
    let first = Scenario::agent().takes_the_call().transfers("130", 200);
    let first = house.agent("agent-1", &first);
    let second = house.agent(
        "agent-2",
        &Scenario::agent().takes_the_call().gets_hung_up_on(),
    );
    house.caller_who_stays("110", 3_000).succeeds();
    first.succeeds();
    second.succeeds();
    house.center.has_logged("A recording is on the disk", 2);

    let closed = house.closed();
    let facts = closed.facts.facts(1);
    let recorded = facts.iter().filter(|it| it["type"] == "recorded");
    let written = recorded.map(|it| it["digest"].as_str().unwrap().to_owned());
    let written: BTreeSet<String> = written.collect();
    assert_eq!(written.len(), 2);
    assert_eq!(written, digests(folder.path()));
    for file in ["recording-0000000001", "recording-0000000001-2"] {
        let talk = listener
            .open(&folder.path().join(file).with_extension("sealed"))
            .unwrap();
        assert!(talk.whole);
    }
    closed.saw("two recordings, each whole, their digests in the call book");
}
