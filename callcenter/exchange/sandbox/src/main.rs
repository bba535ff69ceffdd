//! `minwon-sandbox [ADDRESS [ADDRESS-FILE]]`: the data networks with invented
//! people. The file, if one is named, holds their URL once they are up.

use anyhow::Context;

const ADDRESS: &str = "127.0.0.1:8091";

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    telemetry::start()?;
    let address = std::env::args()
        .nth(1)
        .unwrap_or_else(|| ADDRESS.to_owned());
    let address = address.parse().context("the address is not IP:PORT")?;
    let running = sandbox::start(address).await.context("cannot listen")?;
    tracing::info!(url = running.url(), "The data networks are up");
    if let Some(file) = std::env::args_os().nth(2) {
        std::fs::write(file, running.url()).context("cannot write the address file")?;
    }
    running.forever().await;
    Ok(())
}
