//! `minwon-fingerprint` with libfprint's virtual reader.

use std::{
    io::{Read, Write},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use bench::fingerprint_reader::{FingerprintReader, Impression};
use fingerprint::{Answer, Collector, Errand, Question};
use tempfile::TempDir;
use zeroize::Zeroizing;

pub(crate) struct Reader {
    process: Child,
    input: ChildStdin,
    output: ChildStdout,
    collector: Collector,
    finger: FingerprintReader,
    errand: Errand,
    _folder: TempDir,
}

impl Reader {
    pub(crate) fn open() -> Self {
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
    pub(crate) fn enroll(&mut self, looks: &[Impression]) -> Zeroizing<Vec<u8>> {
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

    pub(crate) fn import(&mut self, record: &[u8]) {
        self.ask(&Question::Import(Zeroizing::new(record.to_vec())));
        assert!(self.hear() == Answer::Imported);
    }

    pub(crate) fn is_matched(&mut self, look: &Impression) -> bool {
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
