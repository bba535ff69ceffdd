//! The process that has the reader, as a driver's line.
//!
//! That it has ended is known by the end of what it writes: the kernel takes a process's
//! memory before it closes its files.

use std::{
    fmt, io,
    path::PathBuf,
    pin::Pin,
    process::Stdio,
    task::{Context, Poll},
    time::Duration,
};

use devices::biometric::{BiometricEvent, BiometricOrder};
use fingerprint::Answer;
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, ReadBuf},
    process::{Child, ChildStdin, ChildStdout, Command},
    sync::mpsc::UnboundedSender,
};

use super::LibfprintReader;
use crate::actor::{self, Way};

/// From its start to its first word.
const STARTING: Duration = Duration::from_secs(5);
/// By which libfprint makes a reader of a socket.
const VIRTUAL: &str = "FP_VIRTUAL_IMAGE";

#[derive(Clone, Debug)]
pub struct LibfprintSettings {
    /// `minwon-fingerprint`, wherever it is.
    pub program: PathBuf,
    /// libfprint's driver of the reader, such as `uru4000`; of this driver there must be
    /// only one.
    pub driver: String,
    /// How long a finger is waited for.
    pub patience: Duration,
    /// Where libfprint's own virtual reader gets its images (driver `virtual_image`); for
    /// tests.
    pub virtual_reader: Option<PathBuf>,
}

/// Starts the driver within the present Tokio runtime; it ends when the sender is dropped,
/// and the process with it.
pub fn start(
    settings: LibfprintSettings,
    tell: impl Fn(BiometricEvent) + Send + 'static,
) -> UnboundedSender<BiometricOrder> {
    let driver = LibfprintReader::new(settings.patience);
    actor::start(driver, settings, tell)
}

impl fmt::Display for LibfprintSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "fingerprint reader {}", self.driver)
    }
}

impl Way for LibfprintSettings {
    type Line = ReaderProcess;

    /// One that crashes at once is started again ever later.
    fn open(&self) -> impl Future<Output = io::Result<ReaderProcess>> + Send + 'static {
        let mut command = Command::new(&self.program);
        command
            .arg(&self.driver)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .env_remove(VIRTUAL)
            .kill_on_drop(true);
        if let Some(socket) = &self.virtual_reader {
            command.env(VIRTUAL, socket);
        }
        async move {
            let mut child = command.spawn()?;
            let (input, output) = (child.stdin.take(), child.stdout.take());
            let (Some(input), Some(mut output)) = (input, output) else {
                return Err(io::ErrorKind::BrokenPipe.into());
            };
            let up = Answer::Up.to_frame();
            let mut said = vec![0; up.len()];
            tokio::time::timeout(STARTING, output.read_exact(&mut said)).await??;
            if said != *up {
                return Err(io::Error::other("it is no minwon-fingerprint"));
            }
            Ok(ReaderProcess {
                input,
                output,
                _child: child,
            })
        }
    }
}

pub(crate) struct ReaderProcess {
    input: ChildStdin,
    output: ChildStdout,
    /// Killed when it is dropped, if it has not ended.
    _child: Child,
}

impl AsyncRead for ReaderProcess {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.output).poll_read(context, buffer)
    }
}

impl AsyncWrite for ReaderProcess {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.input).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.input).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.input).poll_shutdown(context)
    }
}
