//! A center whose agents work at desks: certificates, passphrases, the switch.

use std::{
    io::Write,
    path::Path,
    process::{Command, Stdio},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use badge::{Role, SignedBadge};
use identity::{Credentials, LineAuthority, Party, SwitchVerifier};
use request::{StationId, Timestamp};

use crate::center::Center;

pub(crate) const PASSPHRASE: &str = "blue kite over narae";
const FORM: &str = include_str!("../../quality.example.toml");
const DAY: Duration = Duration::from_hours(24);
const HERE: &str = "127.0.0.1";

/// The running center, and where each desk's credentials lie.
pub(crate) struct Office {
    pub(crate) center: Center,
    pub(crate) credentials: tempfile::TempDir,
}

impl Office {
    /// With desks `desk-1` and `desk-2`, a kiosk that is none of its stations, and
    /// `kiosk-2`, which is.
    pub(crate) fn open(ports: [u16; 2]) -> Self {
        let (folder, credentials) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let now = now();
        let authority = LineAuthority::open(credentials.path(), now).unwrap();
        let names = [HERE.to_owned()];
        let issued = authority.issue_switch(&names, now, DAY).unwrap();
        let own = folder.path().join("credentials");
        Credentials::write(&own, &issued, authority.certificate_pem()).unwrap();
        for station in ["desk-1", "desk-2", "kiosk-1", "kiosk-2"] {
            let party = Party::Station(StationId::new(station));
            let issued = authority.issue(&party, now, DAY).unwrap();
            let into = credentials.path().join(station);
            Credentials::write(&into, &issued, authority.certificate_pem()).unwrap();
        }
        let more = format!(
            "[desks]\nlisten = \"{HERE}:0\"\ncredentials = \"credentials\"\n\
             stations = [\"desk-1\", \"desk-2\"]\nkiosks = [\"kiosk-2\"]\n\
             [quality]\nforms = [\"quality.toml\"]\n"
        );
        std::fs::write(folder.path().join("quality.toml"), FORM).unwrap();
        let at = folder.path().to_owned();
        let center = Center::furnished(folder, HERE, ports, ["", &more]);
        for account in ["agent-3", "supervisor"] {
            set_passphrase(&at, account);
        }
        Self {
            center,
            credentials,
        }
    }

    /// As the exchange judges it, whose authority has certified the switch.
    pub(crate) fn is_badge_of(&self, shown: &SignedBadge, agent: &str, role: Role, desk: &str) {
        let authority = LineAuthority::open(self.credentials.path(), now()).unwrap();
        let switches = SwitchVerifier::new(authority.certificate_pem()).unwrap();
        let desk = StationId::new(desk);
        let badge = badge::verify(shown.as_str(), &desk, now(), |certificate| {
            Ok(switches.check(certificate, now()).unwrap().public_key)
        })
        .unwrap();
        assert_eq!((badge.agent.as_str(), badge.role), (agent, role));
    }
}

/// As the center's operator does it.
fn set_passphrase(folder: &Path, account: &str) {
    let mut program = Command::new(env!("CARGO_BIN_EXE_minwon-switch"))
        .args(["agent", account])
        .arg(folder.join("switch.toml"))
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    let mut words = program.stdin.take().unwrap();
    writeln!(words, "{PASSPHRASE}").unwrap();
    drop(words);
    assert!(program.wait().unwrap().success());
}

fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    Timestamp::from_millis(since.as_millis().try_into().unwrap())
}
