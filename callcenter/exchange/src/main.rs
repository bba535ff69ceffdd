//! `minwon-exchange`: the server every station syncs with.

use std::{collections::BTreeMap, env, path::PathBuf, process::ExitCode, time::Duration};

use anyhow::{Context, bail};
use exchange::{BackupSettings, KeyStore, Settings, command, start, start_witnessed};
use request::Timestamp;
use tokio::signal::unix::{SignalKind, signal};

const USAGE: &str = "usage: minwon-exchange --catalog FOLDER --data FOLDER --networks URL \
    --stations FILE [--listen IP:PORT] [--clock MILLISECONDS] [--address-file FILE] \
    [--tsa URL] \
    [--backup FOLDER --backup-key KEY [--backup-every MINUTES] [--backup-confirm yes|no]] \
    [--pkcs11-module FILE --pkcs11-token NAME --pkcs11-key NAME --pkcs11-pin-file FILE \
    --pkcs11-chain FILE]";

/// Between two whole copies, unless said otherwise.
const COPY_EVERY: Duration = Duration::from_secs(3_600);

const OPTIONS: [&str; 17] = [
    "--catalog",
    "--data",
    "--networks",
    "--stations",
    "--listen",
    "--clock",
    "--address-file",
    "--tsa",
    "--backup",
    "--backup-key",
    "--backup-every",
    "--backup-confirm",
    "--pkcs11-module",
    "--pkcs11-token",
    "--pkcs11-key",
    "--pkcs11-pin-file",
    "--pkcs11-chain",
];

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    telemetry::start()?;
    let words: Vec<String> = env::args().skip(1).collect();
    if let Some(code) = command(&words)? {
        return Ok(code);
    }
    let given = arguments()?;
    let settings = settings(&given)?;
    let running = match given.get("--tsa") {
        None => start(&settings).await?,
        Some(service) => start_witnessed(&settings, service).await?,
    };
    tracing::info!(url = running.url(), "The exchange is up");
    if let Some(file) = given.get("--address-file") {
        std::fs::write(file, running.url()).context("cannot write the address file")?;
    }
    let mut terminate = signal(SignalKind::terminate())?;
    running
        .until(async {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
        })
        .await;
    tracing::info!("The exchange ends");
    Ok(ExitCode::SUCCESS)
}

fn arguments() -> anyhow::Result<BTreeMap<&'static str, String>> {
    let mut given = BTreeMap::new();
    let mut words = env::args().skip(1);
    while let Some(word) = words.next() {
        let option = OPTIONS.iter().find(|option| **option == word);
        let (Some(option), Some(value)) = (option, words.next()) else {
            bail!("{word} is not known or lacks its value\n{USAGE}");
        };
        given.insert(*option, value);
    }
    Ok(given)
}

fn settings(given: &BTreeMap<&'static str, String>) -> anyhow::Result<Settings> {
    let needed = |name: &str| {
        given
            .get(name)
            .cloned()
            .with_context(|| format!("{name} is missing\n{USAGE}"))
    };
    let clock_starts_at = given.get("--clock").map(|it| it.parse()).transpose()?;
    let key_store = match given.get("--pkcs11-module") {
        None => KeyStore::File,
        Some(module) => KeyStore::Pkcs11 {
            module: PathBuf::from(module),
            token: needed("--pkcs11-token")?,
            key: needed("--pkcs11-key")?,
            pin_file: needed("--pkcs11-pin-file")?.into(),
            chain: needed("--pkcs11-chain")?.into(),
        },
    };
    let backup = match given.get("--backup") {
        None => None,
        Some(folder) => Some(BackupSettings {
            folder: PathBuf::from(folder),
            recipient: needed("--backup-key")?,
            every: match given.get("--backup-every") {
                None => COPY_EVERY,
                Some(minutes) => Duration::from_secs(60 * minutes.parse::<u64>()?.max(1)),
            },
            confirm: given.get("--backup-confirm").is_none_or(|it| it != "no"),
        }),
    };
    Ok(Settings {
        catalog: needed("--catalog")?.into(),
        data: needed("--data")?.into(),
        networks: needed("--networks")?,
        stations: needed("--stations")?.into(),
        listen: given
            .get("--listen")
            .map_or("127.0.0.1:8090", String::as_str)
            .parse()?,
        clock_starts_at: clock_starts_at.map(Timestamp::from_millis),
        key_store,
        backup,
    })
}
