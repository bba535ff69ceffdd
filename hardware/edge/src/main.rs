//! `minwon-devices --xfs4iot EDGE.toml`: a station's devices for software of other makers.

use std::{alloc::System, path::PathBuf};

use anyhow::{Context, ensure};
use edge::{Edge, Settings};
use tokio::runtime::Runtime;
use zeroizing_alloc::ZeroAlloc;

/// What was in memory that is given back is overwritten: a card's track was there, and a
/// receipt's lines.
#[global_allocator]
static MEMORY: ZeroAlloc<System> = ZeroAlloc(System);

const USAGE: &str = "usage: minwon-devices --xfs4iot EDGE.toml";

fn main() -> anyhow::Result<()> {
    let mut given = std::env::args_os().skip(1);
    ensure!(given.next().is_some_and(|it| it == "--xfs4iot"), USAGE);
    let file: PathBuf = given.next().context(USAGE)?.into();
    ensure!(given.next().is_none(), USAGE);
    telemetry::start()?;
    let settings = Settings::read(&file)?;
    let runtime = Runtime::new().context("no runtime can be started")?;
    runtime.block_on(async {
        let edge = Edge::start(&settings).await?;
        let address = edge.address().context("the line has no address")?;
        tracing::info!(%address, tls = settings.tls.is_some(), "Listens for XFS4IoT clients");
        edge.run().await;
        Ok(())
    })
}
