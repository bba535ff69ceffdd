//! The log: about machines, never about people.

use tracing_subscriber::{EnvFilter, fmt, util::TryInitError};

/// What is logged when nothing else was asked for.
const QUIET: &str = "info";

/// Sends the program's log to standard error, as far as `RUST_LOG` asks for it.
///
/// # Errors
/// When the process has a log already.
pub fn start() -> Result<(), TryInitError> {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(QUIET));
    use tracing_subscriber::util::SubscriberInitExt;
    fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .finish()
        .try_init()
}
