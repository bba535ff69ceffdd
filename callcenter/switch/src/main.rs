//! `minwon-switch SETTINGS.toml`: the call centre's telephone switch.

use std::{env, path::PathBuf};

use anyhow::Context;
use switch::{Settings, Switch};
use tokio::signal::unix::{SignalKind, signal};

const USAGE: &str = "usage: minwon-switch SETTINGS.toml [--address-file FILE]";

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    telemetry::start()?;
    let mut words = env::args_os().skip(1);
    let file: PathBuf = words.next().context(USAGE)?.into();
    let address_file = match words.next() {
        None => None,
        Some(word) if word == "--address-file" => Some(words.next().context(USAGE)?),
        Some(_) => anyhow::bail!(USAGE),
    };
    let (switch, ears, desks) = Switch::open(Settings::read(&file)?).await?;
    if let (Some(file), Some(address)) = (address_file, switch.udp_address()) {
        durable::replace(file.as_ref(), address.to_string().as_bytes())?;
    }
    tracing::info!("The switch is open");
    let mut stop = signal(SignalKind::terminate())?;
    let mut hear = desks.hear;
    tokio::spawn(async move { while hear.recv().await.is_some() {} });
    tokio::select! {
        () = switch.run(ears) => tracing::error!("The lines are gone"),
        _ = stop.recv() => tracing::info!("The switch closes"),
    }
    Ok(())
}
