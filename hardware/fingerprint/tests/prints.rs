//! Fingers of nobody before libfprint's virtual reader: the same finger is known again, and
//! no other is taken for it. libfprint and its matcher (NBIS bozorth3) are the judge.

#![allow(clippy::unwrap_used, clippy::wildcard_enum_match_arm)]

#[path = "prints/reader.rs"]
mod reader;

use std::{fs, path::Path, process::Command, thread};

use bench::fingerprint_reader::{Finger, Impression, Touch};
use fingerprint::Views;

use reader::Reader;

const FINGERS: u64 = 6;

/// As the finger is put on at the office that takes the template, and at a kiosk.
fn touches(seed: u64) -> [Touch; 4] {
    let touch = |turned, x, y, pressure, look| Touch {
        turned,
        shifted: (x, y),
        pressure,
        seed: seed * 10 + look,
    };
    [
        touch(0.0, 0.0, 0.0, 0.8, 1),
        touch(7.0, 9.0, -12.0, 0.9, 2),
        touch(-9.0, -14.0, 10.0, 0.7, 3),
        touch(4.0, 16.0, 18.0, 0.6, 4),
    ]
}

#[test]
fn every_finger_is_known_again_and_taken_for_no_other() {
    let looks: Vec<Vec<Impression>> = (0..FINGERS)
        .map(|seed| {
            let finger = Finger::new(seed);
            touches(seed).map(|touch| finger.put_on(touch)).to_vec()
        })
        .collect();
    let compare = |enrolled: usize| {
        let mut reader = Reader::open();
        let record = reader.enroll(&looks[enrolled][..1]);
        assert_eq!(Views::from_record(&record).unwrap().iter().count(), 5);
        reader.import(&record);
        let mut wrong = Vec::new();
        for (shown, others) in looks.iter().enumerate() {
            for (look, impression) in others[1..].iter().enumerate() {
                if reader.is_matched(impression) != (enrolled == shown) {
                    wrong.push((enrolled, shown, look));
                }
            }
        }
        wrong
    };
    let compare = &compare;
    // libfprint waits more than it works.
    let wrong = thread::scope(|scope| {
        let all: Vec<_> = (0..looks.len())
            .map(|enrolled| scope.spawn(move || compare(enrolled)))
            .collect();
        let found = all.into_iter().flat_map(|it| it.join().unwrap());
        found.collect::<Vec<_>>()
    });
    assert_eq!(wrong, [], "finger enrolled, finger shown, which look");
}

/// What a foreign program says of a template of ours and an image.
fn score(said: &str, template: u64, image: u64) -> u32 {
    let line = format!("{template} {image} ");
    let score = said.lines().find_map(|it| it.strip_prefix(&line));
    score
        .unwrap_or_else(|| panic!("{line}in {said}"))
        .parse()
        .unwrap()
}

#[test]
fn another_makers_program_reads_our_templates_and_makes_ours_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let mut reader = Reader::open();
    let fingers = [0, 1, 2];
    for seed in fingers {
        let finger = Finger::new(seed);
        let [enrolled, look, ..] = touches(seed).map(|touch| finger.put_on(touch));
        let file = |kind: &str| folder.path().join(format!("{seed}.{kind}"));
        // One view: theirs reads no more of a record.
        let views = Views::from_record(&reader.enroll(&[enrolled])).unwrap();
        let view = views.iter().next().unwrap().clone();
        let record = Views::new(vec![view]).unwrap().to_record();
        fs::write(file("ours"), &*record).unwrap();
        let head = format!("P5 {} {} 255\n", look.width, look.height);
        fs::write(file("pgm"), [head.as_bytes(), &look.grey].concat()).unwrap();
    }
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = Command::new(tests.join("../../.venv/bin/python"))
        .arg(tests.join("tests/prints/stranger.py"))
        .arg(folder.path())
        .output()
        .expect("Python's nbis-py is in .venv: `make setup`");
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );

    for ours in fingers {
        let theirs = fs::read(folder.path().join(format!("{ours}.theirs"))).unwrap();
        reader.import(&theirs);
        for shown in fingers {
            let alike = score(&said, ours, shown) >= 40;
            assert_eq!(alike, ours == shown, "they judge our template: {said}");
            let look = Finger::new(shown).put_on(touches(shown)[2]);
            assert_eq!(reader.is_matched(&look), ours == shown, "we judge theirs");
        }
    }
}
