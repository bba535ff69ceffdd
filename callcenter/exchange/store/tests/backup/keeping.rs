//! The keeper, beside a store that serves and dies.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
    time::Duration,
};

use ledger::{
    Store,
    backup::{Keeper, KeeperSettings, Recipient, Retention, Until, request_copy},
};

use crate::office::{Office, tell, told};

const ROOT: &str = "MINWON_TEST_OFFICE";
const RECIPIENT: &str = "MINWON_TEST_RECIPIENT";
const DEATHS: u64 = 12;
/// A busy machine is given time; nothing here waits for this long to pass.
const PATIENCE: Duration = Duration::from_secs(120);

fn settings(folder: PathBuf, recipient: Recipient) -> KeeperSettings {
    KeeperSettings {
        folder,
        recipient,
        every: Duration::from_secs(3_600),
        retention: Retention::default(),
        confirm: true,
        release: "test",
    }
}

/// Writes for ever; says each number when the backup has it.
#[test]
#[ignore = "the process that is killed by the test below"]
fn a_writer_that_never_ends() {
    let root = PathBuf::from(std::env::var_os(ROOT).unwrap());
    let recipient = Recipient::parse(&std::env::var(RECIPIENT).unwrap()).unwrap();
    let store = Store::open_archived(&root.join("data/exchange.sqlite")).unwrap();
    let office = Office::new();
    let now = office.now();
    let settings = settings(root.join("backup"), recipient);
    let _keeper = Keeper::start(store.clone(), settings, move || now).unwrap();
    let mut out = std::io::stdout();
    for number in told(&root.join("data")) + 1.. {
        tell(&store, 1);
        while store.settled().is_err() {}
        writeln!(out, "safe {number}").unwrap();
        out.flush().unwrap();
    }
}

#[test]
fn nothing_that_was_called_safe_is_lost_with_the_whole_machine() {
    let office = Office::new();
    let mut last = 0;

    for death in 0..DEATHS {
        let (mut writer, mut lines) = start(&office);
        for _ in 0..=death * 5 % 17 {
            last = next_number(&mut lines).unwrap();
        }
        writer.kill().unwrap();
        while let Some(number) = next_number(&mut lines) {
            last = number;
        }
        writer.wait().unwrap();

        let (restored, data) = office.restore(Until::Latest).unwrap();
        assert!(
            told(&data) >= last,
            "{last} was safe, {} is there",
            told(&data)
        );
        assert_eq!(restored.damages, []);
        if death % 2 == 1 {
            // The disk is gone, too: the exchange goes on from its backup.
            fs::remove_dir_all(office.data()).unwrap();
            fs::rename(data, office.data()).unwrap();
        }
    }

    assert!(last > DEATHS);
    assert!(office.drill(Until::Latest).passed());
}

#[test]
fn a_copy_is_made_when_somebody_asks() {
    let office = Office::new();
    let store = office.store();
    tell(&store, 4);
    let now = office.now();
    let settings = settings(office.backup(), office.identity.recipient());
    let keeper = Keeper::start(store.clone(), settings, move || now).unwrap();
    while store.settled().is_err() {}
    tell(&store, 1);

    let copy = request_copy(&office.backup(), PATIENCE).unwrap();

    assert_eq!(copy.survey.stations["gaon-1"].publications, 5);
    tell(&store, 1);
    drop(keeper);
    assert_eq!(told(&office.restore(Until::Latest).unwrap().1), 6);
    // Nobody keeps backups there any longer.
    assert!(request_copy(&office.backup(), Duration::ZERO).is_err());
}

fn start(office: &Office) -> (Child, BufReader<ChildStdout>) {
    let mut writer = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "keeping::a_writer_that_never_ends", "--ignored"])
        .env(ROOT, office.root.path())
        .env(RECIPIENT, office.identity.recipient().to_string())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(writer.stdout.take().unwrap());
    (writer, lines)
}

/// The next number the writer has said; none when it is dead.
fn next_number(lines: &mut impl BufRead) -> Option<u64> {
    loop {
        let mut line = String::new();
        if lines.read_line(&mut line).unwrap() == 0 {
            return None;
        }
        // A line cut short by death was not said; the harness says things too.
        if let Some(number) = line
            .strip_suffix('\n')
            .and_then(|line| line.strip_prefix("safe "))
        {
            return Some(number.parse().unwrap());
        }
    }
}

#[test]
fn a_store_whose_backup_folder_is_gone_calls_nothing_safe() {
    let office = Office::new();
    let store = office.store();
    let now = office.now();
    let settings = settings(office.backup(), office.identity.recipient());
    let _keeper = Keeper::start(store.clone(), settings, move || now).unwrap();
    while store.settled().is_err() {}
    fs::rename(office.backup(), office.elsewhere()).unwrap();

    tell(&store, 1);

    assert!(store.settled_within(Duration::from_millis(10)).is_err());
    assert_eq!(told(Path::new(&office.data())), 1, "and keeps it");
}
