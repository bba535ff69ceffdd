//! Backups: kept while the exchange serves, and the commands around them.

use std::{
    collections::BTreeMap,
    env, fs,
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    process::{self, ExitCode},
    time::Duration,
};

use anyhow::{Context, bail};
use ledger::{
    Store,
    backup::{
        Archivist, BackupError, Drill, Identity, Keeper, KeeperSettings, Manifest, Recipient,
        Restore, Retention, Until, drill, request_copy, restore,
    },
};
use request::Timestamp;

use crate::{BackupSettings, clock::Clock};

const USAGE: &str = "usage:
  minwon-exchange backup-key --to FILE
      makes a key for backups; keep the file away from the exchange
  minwon-exchange backup --backup FOLDER [--data FOLDER --backup-key KEY]
      makes a whole copy now; --data and --backup-key when no exchange runs
  minwon-exchange restore --backup FOLDER --data FOLDER --key FILE
      [--until TIME | --until-change NUMBER] [--salvage yes]
  minwon-exchange restore-drill --backup FOLDER --key FILE
      [--until TIME | --until-change NUMBER] [--data FOLDER] [--scratch FOLDER]
      ends with 0 when all is well, with 1 when something is wrong
A TIME is like 2026-11-27T13:00:00+09:00.";

const RELEASE: &str = env!("CARGO_PKG_VERSION");
/// How long a whole copy may take until nobody waits for it any longer.
const COPY_PATIENCE: Duration = Duration::from_secs(3_600);

/// Opens the store, followed by backups if there are to be any.
pub(crate) fn open(
    store: &Path,
    settings: Option<&BackupSettings>,
    clock: Clock,
) -> anyhow::Result<(Store, Option<Keeper>)> {
    let Some(settings) = settings else {
        return Ok((Store::open(store)?, None));
    };
    let store = Store::open_archived(store)?;
    let keeper = KeeperSettings {
        folder: settings.folder.clone(),
        recipient: recipient(&settings.recipient)?,
        every: settings.every,
        retention: Retention::default(),
        confirm: settings.confirm,
        release: RELEASE,
    };
    let keeper = Keeper::start(store.clone(), keeper, move || clock.now())?;
    Ok((store, Some(keeper)))
}

/// Does what the first word commands; none when it is no command about backups.
///
/// # Errors
/// When something is missing on the command line or the command cannot be done.
pub fn command(words: &[String]) -> anyhow::Result<Option<ExitCode>> {
    let Some((name, words)) = words.split_first() else {
        return Ok(None);
    };
    let code = match name.as_str() {
        "backup-key" => make_key(&Given::read(words, &["--to"])?)?,
        "backup" => copy_now(&Given::read(
            words,
            &["--backup", "--data", "--backup-key"],
        )?)?,
        "restore" => restore_data(&Given::read(
            words,
            &[
                "--backup",
                "--data",
                "--key",
                "--until",
                "--until-change",
                "--salvage",
            ],
        )?)?,
        "restore-drill" => try_restore(&Given::read(
            words,
            &[
                "--backup",
                "--data",
                "--key",
                "--until",
                "--until-change",
                "--scratch",
            ],
        )?)?,
        _ => return Ok(None),
    };
    Ok(Some(code))
}

fn make_key(given: &Given) -> anyhow::Result<ExitCode> {
    let (file, identity) = (given.path("--to")?, Identity::generate());
    let mut secret = fs::OpenOptions::new()
        .create_new(true)
        .write(true)
        .mode(0o600)
        .open(&file)
        .with_context(|| format!("cannot make {}", file.display()))?;
    secret.write_all(identity.disclose().as_bytes())?;
    secret.sync_all()?;
    say(&identity.recipient().to_string())
}

fn copy_now(given: &Given) -> anyhow::Result<ExitCode> {
    let backup = given.path("--backup")?;
    let made = match given.0.contains_key("--data") {
        false => request_copy(&backup, COPY_PATIENCE)?,
        true => copy_at_rest(&backup, given)?,
    };
    say(&format!(
        "copied whole: change {}, taken {}",
        made.number, made.taken
    ))
}

/// Beside no exchange: whoever asks makes the copy.
fn copy_at_rest(backup: &Path, given: &Given) -> anyhow::Result<Manifest> {
    let now = Clock::new(None).now();
    let recipient = recipient(given.needed("--backup-key")?)?;
    let file = given.path("--data")?.join("exchange.sqlite");
    if !file.exists() {
        bail!("there is no store at {}", file.display());
    }
    let store = Store::open_archived(&file)?;
    let mut archivist = match Archivist::begin(store, backup, recipient, now) {
        Err(BackupError::Taken(_)) => return Ok(request_copy(backup, COPY_PATIENCE)?),
        begun => begun?,
    };
    let made = archivist.cut(now)?.finish(RELEASE)?;
    archivist.copied(Some(&made), &Retention::default())?;
    Ok(made)
}

fn restore_data(given: &Given) -> anyhow::Result<ExitCode> {
    let restored = restore(&Restore {
        backup: &given.path("--backup")?,
        data: &given.path("--data")?,
        identity: &Identity::read(&given.path("--key")?)?,
        until: given.until()?,
        salvage: given.0.get("--salvage").is_some_and(|it| it == "yes"),
    })?;
    for damage in &restored.damages {
        say(&format!("WRONG: {damage}"))?;
    }
    say(&format!(
        "restored to change {}, archived {}, from {}",
        restored.number, restored.at, restored.base
    ))
}

fn try_restore(given: &Given) -> anyhow::Result<ExitCode> {
    let scratch = match given.0.get("--scratch") {
        Some(folder) => PathBuf::from(folder),
        None => env::temp_dir().join(format!("minwon-drill-{}", process::id())),
    };
    let live = given
        .0
        .get("--data")
        .map(|data| Path::new(data).join("exchange.sqlite"));
    let order = Drill {
        backup: &given.path("--backup")?,
        identity: &Identity::read(&given.path("--key")?)?,
        until: given.until()?,
        live: live.as_deref(),
        scratch: &scratch,
        release: RELEASE,
    };
    let report = drill(&order, Clock::new(None).now())?;
    say(&format!(
        "{}\nThis report lies at {}",
        report.text,
        report.file.display()
    ))?;
    Ok(match report.passed() {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    })
}

/// A key as it is, or the file that holds it.
fn recipient(given: &str) -> anyhow::Result<Recipient> {
    if given.starts_with("age1") {
        return Ok(Recipient::parse(given)?);
    }
    let text = fs::read_to_string(given).with_context(|| format!("cannot read {given}"))?;
    Ok(Recipient::parse(&text)?)
}

fn say(text: &str) -> anyhow::Result<ExitCode> {
    writeln!(io::stdout(), "{text}")?;
    Ok(ExitCode::SUCCESS)
}

/// What stands on the command line.
struct Given(BTreeMap<&'static str, String>);

impl Given {
    fn read(words: &[String], options: &[&'static str]) -> anyhow::Result<Self> {
        let mut given = BTreeMap::new();
        for pair in words.chunks(2) {
            let option = options.iter().find(|option| **option == pair[0]);
            let (Some(option), Some(value)) = (option, pair.get(1)) else {
                bail!("{} is not known or lacks its value\n{USAGE}", pair[0]);
            };
            given.insert(*option, value.clone());
        }
        Ok(Self(given))
    }

    fn needed(&self, name: &str) -> anyhow::Result<&str> {
        self.0
            .get(name)
            .map(String::as_str)
            .with_context(|| format!("{name} is missing\n{USAGE}"))
    }

    fn path(&self, name: &str) -> anyhow::Result<PathBuf> {
        self.needed(name).map(PathBuf::from)
    }

    fn until(&self) -> anyhow::Result<Until> {
        match (self.0.get("--until"), self.0.get("--until-change")) {
            (None, None) => Ok(Until::Latest),
            (None, Some(number)) => Ok(Until::Change(
                number.parse().context("--until-change wants a number")?,
            )),
            (Some(time), None) => {
                let time: jiff::Timestamp = time
                    .parse()
                    .context("--until wants a time like 2026-11-27T13:00:00+09:00")?;
                Ok(Until::Time(Timestamp::from_millis(time.as_millisecond())))
            }
            (Some(_), Some(_)) => bail!("--until and --until-change exclude each other"),
        }
    }
}
