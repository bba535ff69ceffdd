//! Fingers of nobody before libfprint's virtual reader: the same finger is known again, and
//! no other is taken for it. libfprint and its matcher (NBIS bozorth3) are the judge.

#![allow(clippy::unwrap_used, clippy::wildcard_enum_match_arm)]

use std::{
    io::{Read, Write},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    thread,
};

use bench::fingerprint_reader::{Finger, FingerprintReader, Impression, Touch};
use fingerprint::{Answer, Collector, Errand, Question, Views};
use tempfile::TempDir;
use zeroize::Zeroizing;

/// `minwon-fingerprint` with a virtual reader.
struct Reader {
    process: Child,
    input: ChildStdin,
    output: ChildStdout,
    collector: Collector,
    finger: FingerprintReader,
    errand: Errand,
    _folder: TempDir,
}

impl Reader {
    fn open() -> Self {
        let folder = TempDir::new().unwrap();
        let socket = folder.path().join("reader");
        let mut process = Command::new(env!("CARGO_BIN_EXE_minwon-fingerprint"))
            .arg("virtual_image")
            .env("FP_VIRTUAL_IMAGE", &socket)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut reader = Self {
            input: process.stdin.take().unwrap(),
            output: process.stdout.take().unwrap(),
            process,
            collector: Collector::default(),
            finger: FingerprintReader::new(&socket),
            errand: 0,
            _folder: folder,
        };
        assert!(reader.hear() == Answer::Up);
        assert!(
            reader.hear() == Answer::Reader,
            "is libfprint-2-2 installed?"
        );
        reader
    }

    fn ask(&mut self, question: &Question) {
        self.input.write_all(&question.to_frame()).unwrap();
    }

    fn hear(&mut self) -> Answer {
        let mut bytes = [0; 4096];
        loop {
            if let Some(message) = self.collector.message().unwrap() {
                return Answer::from_message(&message).unwrap();
            }
            let count = self.output.read(&mut bytes).unwrap();
            assert_ne!(count, 0, "the process ended");
            self.collector.push(&bytes[..count]);
        }
    }

    /// A template of five looks at the finger.
    fn enroll(&mut self, looks: &[Impression]) -> Zeroizing<Vec<u8>> {
        self.errand += 1;
        self.ask(&Question::Read(self.errand));
        let mut looks = looks.iter().cycle();
        loop {
            match self.hear() {
                Answer::Wanted(_) => self.finger.press(looks.next().unwrap()).unwrap(),
                Answer::Template(_, record) => return record,
                Answer::Failed(_, why) => panic!("{why:?}"),
                _ => {}
            }
        }
    }

    fn import(&mut self, record: &[u8]) {
        self.ask(&Question::Import(Zeroizing::new(record.to_vec())));
        assert!(self.hear() == Answer::Imported);
    }

    fn is_matched(&mut self, look: &Impression) -> bool {
        self.errand += 1;
        self.ask(&Question::Match(self.errand));
        loop {
            match self.hear() {
                Answer::Wanted(_) => self.finger.press(look).unwrap(),
                Answer::Matched(_) => return true,
                Answer::NotMatched(_) => return false,
                Answer::Unusable(_, hint) => panic!("{hint:?}"),
                Answer::Failed(_, why) => panic!("{why:?}"),
                _ => {}
            }
        }
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

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
