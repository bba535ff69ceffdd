//! `minwon-post SETTINGS.toml`: letters by e-mail in, answers out.

use std::{env, path::PathBuf};

use anyhow::{Context, bail};
use mailroom::{Post, Settings};
use tokio::signal::unix::{SignalKind, signal};

const USAGE: &str = "usage: minwon-post SETTINGS.toml";

fn main() -> anyhow::Result<()> {
    telemetry::start()?;
    let mut arguments = env::args_os().skip(1);
    let file: PathBuf = arguments.next().context(USAGE)?.into();
    if arguments.next().is_some() {
        bail!(USAGE);
    }
    let settings = Settings::read(&file)?;
    let mut post = Post::start(&settings, station::Clock::System)?;
    tracing::info!("The post office is open");
    if !post.wait(asked_to_close()) {
        bail!("the journal failed; letters stay in the mailbox until the program is started again");
    }
    tracing::info!("The post office closes");
    Ok(())
}

/// Where no signal can be heard, only `kill -9` ends it.
async fn asked_to_close() {
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}
