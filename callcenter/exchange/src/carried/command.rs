//! The commands around parcels.

use std::{
    fs,
    io::{self, Read, Write},
    net::Shutdown,
    os::unix::net::UnixStream,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, bail, ensure};
use request::StationId;
use sync::PublicKey;

use super::{Carried, Report, Word, door::socket, key_file};

const USAGE: &str = "usage:
  minwon-exchange carry-key --data FOLDER
      says what a station closes parcels for; its file is exchange.pub
  minwon-exchange station-key ID --data FOLDER --public FILE
      makes known by which key, in PEM, a station signs its journal
  minwon-exchange import FILE... --data FOLDER [--to FOLDER]
      hands parcels to the exchange that serves, in the order of their names;
      the receipts go beside them, or into the folder
      ends with 0 when all were taken over, with 1 when one was not";

/// Does what the first word commands; none when it is no command about parcels.
///
/// # Errors
/// When something is missing on the command line or the command cannot be done.
pub fn carry(words: &[String]) -> anyhow::Result<Option<ExitCode>> {
    let Some((name, words)) = words.split_first() else {
        return Ok(None);
    };
    let code = match name.as_str() {
        "carry-key" => say_address(&Given::read(words, &["--data"])?)?,
        "station-key" => know_station(&Given::read(words, &["--data", "--public"])?)?,
        "import" => import(&Given::read(words, &["--data", "--to"])?)?,
        _ => return Ok(None),
    };
    Ok(Some(code))
}

fn say_address(given: &Given) -> anyhow::Result<ExitCode> {
    let carried = Carried::open(&given.named("--data")?)?;
    writeln!(io::stdout(), "{}", carried.address()?)?;
    Ok(ExitCode::SUCCESS)
}

fn know_station(given: &Given) -> anyhow::Result<ExitCode> {
    let [id] = &given.plain[..] else {
        bail!(USAGE);
    };
    let stations = given.named("--data")?.join("stations");
    let file = key_file(&stations, &StationId::new(id.as_str()))
        .context("an id has letters, digits, dots, hyphens and underscores only")?;
    let text = read_text(&given.named("--public")?)?;
    let key = PublicKey::from_pem(&text)?;
    if file.exists() {
        ensure!(
            PublicKey::from_pem(&read_text(&file)?)? == key,
            "another key is known of {id}; whoever is sure removes {}",
            file.display()
        );
        return Ok(ExitCode::SUCCESS);
    }
    fs::create_dir_all(&stations)?;
    durable::replace(&file, key.to_pem()?.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

fn import(given: &Given) -> anyhow::Result<ExitCode> {
    ensure!(!given.plain.is_empty(), USAGE);
    let data = given.named("--data")?;
    let mut parcels: Vec<PathBuf> = given.plain.iter().map(PathBuf::from).collect();
    parcels.sort();
    let (mut out, mut code) = (io::stdout(), ExitCode::SUCCESS);
    for parcel in parcels {
        let sealed = fs::read(&parcel).with_context(|| unreadable(&parcel))?;
        let name = parcel.file_name().context(USAGE)?.to_string_lossy();
        match hand_in(&data, &sealed)? {
            Word::Taken(report) => {
                let beside = parcel.parent().map(Path::to_path_buf).unwrap_or_default();
                let folder = given.named("--to").unwrap_or(beside);
                let file = folder.join(format!("{name}.receipt"));
                durable::replace(&file, &serde_json::to_vec_pretty(&report.receipt)?)
                    .with_context(|| format!("cannot write {}", file.display()))?;
                writeln!(out, "{name}: {}", in_words(&report))?;
            }
            Word::Edition(_) | Word::Done => bail!("{name} is no parcel"),
            Word::Refused(why) => {
                code = ExitCode::FAILURE;
                writeln!(out, "{name}: nothing was taken: {why}")?;
            }
        }
    }
    Ok(code)
}

/// Whether an exchange serves a data folder.
pub(crate) fn is_served(data: &Path) -> bool {
    let connected = UnixStream::connect(socket(data));
    connected.is_ok_and(|it| it.shutdown(Shutdown::Both).is_ok())
}

/// Gives bytes to the exchange that serves, and waits for its word.
pub(crate) fn hand_in(data: &Path, sealed: &[u8]) -> anyhow::Result<Word> {
    let socket = socket(data);
    let mut stream = UnixStream::connect(&socket)
        .with_context(|| format!("no exchange serves at {}", socket.display()))?;
    stream.write_all(sealed)?;
    stream.shutdown(Shutdown::Write)?;
    let mut said = Vec::new();
    stream.read_to_end(&mut said)?;
    serde_json::from_slice(&said).context("the exchange broke off; give it again")
}

fn in_words(report: &Report) -> String {
    let Report {
        first,
        known,
        submitted,
        wedged,
        receipt,
    } = report;
    let head = receipt.head();
    let new = head.number + 1 - first - known;
    format!(
        "entries {first} to {} of {}: {new} new, {known} known before; \
         {submitted} requests to answer, {wedged} entries wait for a person",
        head.number, head.station
    )
}

fn read_text(file: &Path) -> anyhow::Result<String> {
    fs::read_to_string(file).with_context(|| unreadable(file))
}

fn unreadable(file: &Path) -> String {
    format!("cannot read {}", file.display())
}

/// What stands on the command line.
struct Given {
    plain: Vec<String>,
    named: Vec<(String, PathBuf)>,
}

impl Given {
    fn read(words: &[String], options: &[&str]) -> anyhow::Result<Self> {
        let (mut plain, mut named) = (Vec::new(), Vec::new());
        let mut words = words.iter();
        while let Some(word) = words.next() {
            if !word.starts_with("--") {
                plain.push(word.clone());
            } else if let (true, Some(value)) = (options.contains(&word.as_str()), words.next()) {
                named.push((word.clone(), value.into()));
            } else {
                bail!("{word} is not known or lacks its value\n{USAGE}");
            }
        }
        Ok(Self { plain, named })
    }

    fn named(&self, name: &str) -> anyhow::Result<PathBuf> {
        let found = self.named.iter().find(|(word, _)| word == name);
        let (_, value) = found.with_context(|| format!("{name} is missing\n{USAGE}"))?;
        Ok(value.clone())
    }
}
