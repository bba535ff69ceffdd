//! `minwon-switch SETTINGS.toml`: the call centre's telephone switch.

use std::{env, ffi::OsString, io::BufRead, path::PathBuf};

use anyhow::{Context, ensure};
use privacy::Personal;
use request::Timestamp;
use switch::{Settings, Switch, passphrases::Passphrases};
use tokio::signal::unix::{SignalKind, signal};

const USAGE: &str = "usage: minwon-switch SETTINGS.toml [--address-file FILE] [--clock MILLISECONDS]\n       \
    minwon-switch agent ACCOUNT SETTINGS.toml  (reads the agent's new passphrase, one line)";

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    telemetry::start()?;
    let mut words = env::args_os().skip(1);
    let first = words.next().context(USAGE)?;
    if first == "agent" {
        return set_passphrase(words);
    }
    let file = PathBuf::from(first);
    let mut settings = Settings::read(&file)?;
    let mut address_file = None;
    while let Some(word) = words.next() {
        let value = words.next().context(USAGE)?;
        if word == "--address-file" {
            address_file = Some(value);
        } else if word == "--clock" {
            let millis = value.to_str().and_then(|it| it.parse().ok());
            let starts_at = Timestamp::from_millis(millis.context(USAGE)?);
            let desks = settings.desks.as_mut();
            desks
                .context("no desks come to this switch")?
                .clock_starts_at = Some(starts_at);
        } else {
            anyhow::bail!(USAGE);
        }
    }
    let (switch, ears) = Switch::open(settings).await?;
    if let (Some(file), Some(lines)) = (address_file, switch.udp_address()) {
        let desks = switch.desks_address();
        let desks = desks.map_or_else(String::new, |it| format!("\n{it}"));
        durable::replace(file.as_ref(), format!("{lines}{desks}").as_bytes())?;
    }
    tracing::info!("The switch is open");
    let mut stop = signal(SignalKind::terminate())?;
    // Beside the lines' tasks: to this thread each event would be a change of threads.
    let mut serving = tokio::spawn(switch.run(ears));
    tokio::select! {
        ended = &mut serving => {
            ended.context("the switch has failed")?;
            tracing::error!("The lines are gone");
        }
        _ = stop.recv() => {
            tracing::info!("The switch closes");
            serving.abort();
            // Until the call book is written.
            let _ = serving.await;
        }
    }
    Ok(())
}

/// Gives an agent a passphrase, read from standard input.
fn set_passphrase(mut words: impl Iterator<Item = OsString>) -> anyhow::Result<()> {
    let account = words.next().and_then(|it| it.into_string().ok());
    let account = account.context(USAGE)?;
    let file = PathBuf::from(words.next().context(USAGE)?);
    let settings = Settings::read(&file)?;
    let mut agents = settings.center.agents.iter();
    ensure!(
        agents.any(|it| it.account == account),
        "the center has no agent with this account"
    );
    let mut line = String::new();
    let read = std::io::stdin().lock().read_line(&mut line);
    read.context("cannot read the passphrase")?;
    let end = line.trim_end_matches(['\r', '\n']).len();
    line.truncate(end);
    let passphrase = Personal::new(line);
    Passphrases::new(settings.passphrases).set(&account, &passphrase)?;
    Ok(())
}
