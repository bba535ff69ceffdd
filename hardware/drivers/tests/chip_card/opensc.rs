//! OpenSC, somebody else's eyes on the card that is in.

use std::{
    process::Command,
    time::{Duration, Instant},
};

use bench::chip_card::ChipCardReader;

/// SELECT the identity application.
pub(crate) const SELECT: &str = "00:A4:04:00:08:F0:4D:49:4E:57:4F:4E:01:00";
/// READ BINARY of its file from the start, as much as comes.
pub(crate) const READ: &str = "00:B0:81:00:00";

const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) data: Vec<u8>,
}

pub(crate) fn answer_to_reset() -> String {
    run(&["--atr"]).trim().to_owned()
}

/// Sends commands one after the other, in one connection.
pub(crate) fn transmit(commands: &[&str]) -> Vec<Answer> {
    let arguments: Vec<&str> = commands
        .iter()
        .flat_map(|command| ["--send-apdu", command])
        .collect();
    let said = run(&arguments);
    let answers: Vec<Answer> = said.split("Received (").skip(1).map(read).collect();
    assert_eq!(answers.len(), commands.len(), "{said}");
    answers
}

/// Tries again while the service has not noticed the card that was put in.
fn run(arguments: &[&str]) -> String {
    let given_up = Instant::now() + PATIENCE;
    loop {
        let output = Command::new("opensc-tool")
            .args(["--card-driver", "default", "--reader", ChipCardReader::NAME])
            .args(arguments)
            .output()
            .expect("the Debian package opensc is installed");
        if output.status.success() {
            return String::from_utf8(output.stdout).unwrap();
        }
        assert!(Instant::now() < given_up, "{output:?}");
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// `SW1=0x90, SW2=0x00):`, then lines of sixteen bytes with their letters behind.
fn read(said: &str) -> Answer {
    let mut lines = said.lines();
    let words = lines.next().unwrap();
    let word = |name: &str| {
        let at = words.find(name).unwrap() + name.len();
        u16::from_str_radix(&words[at..at + 2], 16).unwrap()
    };
    let data = lines
        .take_while(|line| line.len() > 2 && line.as_bytes()[2] == b' ')
        .flat_map(|line| {
            line.split(' ')
                .take(16)
                .map_while(|byte| {
                    u8::from_str_radix(byte, 16)
                        .ok()
                        .filter(|_| byte.len() == 2)
                })
                .collect::<Vec<_>>()
        })
        .collect();
    Answer {
        status: word("SW1=0x") << 8 | word("SW2=0x"),
        data,
    }
}
