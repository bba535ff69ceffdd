//! Examines a picture or PDF in a process of its own.
//!
//! Whoever sends a file chooses what its decoders do. The process may have so much
//! memory and so much time; what it dies of harms nobody else, and of what a seal says
//! it tells no more than may be shown.

use std::{path::PathBuf, process::Stdio, time::Duration};

use axum::body::Bytes;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    process::Command,
    sync::Semaphore,
};
use verify::Finding;

/// Examinations at once, and those that wait for one.
const PLACES: usize = 2;
const WAITING_MAX: usize = 8;
/// For one examination, the wait for a place included.
const PATIENCE: Duration = Duration::from_secs(20);
/// Seconds of a processor.
const CPU_SECONDS: u32 = 5;
/// Address space: a picture of forty million dots is unpacked in a third of it.
const MEMORY_BYTES: u64 = 1 << 30;
const ANSWER_BYTES_MAX: u64 = 256 << 10;

pub(super) struct Examiner {
    program: PathBuf,
    trust: PathBuf,
    places: Semaphore,
    waiting: Semaphore,
}

/// Why a file was not examined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NotExamined {
    /// Too many files are.
    Busy,
    /// It took more time or memory than any honest file.
    TooHard,
}

impl Examiner {
    /// `program` is `minwon-examiner`; `trust` the folder with the authority's
    /// certificate and the offices' keys.
    pub(super) fn new(program: PathBuf, trust: PathBuf) -> Self {
        Self {
            program,
            trust,
            places: Semaphore::new(PLACES),
            waiting: Semaphore::new(PLACES + WAITING_MAX),
        }
    }

    pub(super) async fn examine(&self, file: Bytes) -> Result<Finding, NotExamined> {
        let Ok(_waits) = self.waiting.try_acquire() else {
            return Err(NotExamined::Busy);
        };
        let examined = async {
            let _place = self.places.acquire().await;
            self.ask(file).await
        };
        tokio::time::timeout(PATIENCE, examined)
            .await
            .unwrap_or(Err(NotExamined::TooHard))
    }

    async fn ask(&self, file: Bytes) -> Result<Finding, NotExamined> {
        let started = Command::new("prlimit")
            .args([
                format!("--as={MEMORY_BYTES}"),
                format!("--cpu={CPU_SECONDS}"),
                "--core=0".to_owned(),
                "--fsize=0".to_owned(),
            ])
            .arg(&self.program)
            .arg(&self.trust)
            .env_clear()
            .env("PATH", "/usr/bin:/bin")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn();
        let mut child = started.map_err(|error| {
            tracing::error!(%error, "The examiner cannot be started");
            NotExamined::Busy
        })?;
        let (Some(mut into), Some(out)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(NotExamined::Busy);
        };
        let tell = async move {
            // One that has seen enough does not read the rest.
            let _ = into.write_all(&file).await;
        };
        let mut said = Vec::new();
        let mut out = out.take(ANSWER_BYTES_MAX);
        let (_, heard) = tokio::join!(tell, out.read_to_end(&mut said));
        let ended = child.wait().await;
        let finding = heard.ok().and_then(|_| serde_json::from_slice(&said).ok());
        finding.ok_or_else(|| {
            let status = ended.map_or_else(|error| error.to_string(), |it| it.to_string());
            tracing::warn!(%status, "The examiner came to no end");
            NotExamined::TooHard
        })
    }
}
