//! `minwon-sandbox [ADDRESS [ADDRESS-FILE [CATALOG]]]`: the data networks with invented
//! people. The file, if one is named, holds their URL once they are up; services of the
//! catalogue that they have no records for are answered with its samples.

use std::path::PathBuf;

use anyhow::Context;

const ADDRESS: &str = "127.0.0.1:8091";

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    telemetry::start()?;
    let address = std::env::args()
        .nth(1)
        .unwrap_or_else(|| ADDRESS.to_owned());
    let address = address.parse().context("the address is not IP:PORT")?;
    let catalog = std::env::args_os().nth(3).map(PathBuf::from);
    let running = sandbox::start(address, catalog.as_deref()).await?;
    tracing::info!(url = running.url(), "The data networks are up");
    if let Some(file) = std::env::args_os().nth(2) {
        std::fs::write(file, running.url()).context("cannot write the address file")?;
    }
    running.forever().await;
    Ok(())
}
