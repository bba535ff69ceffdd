//! The log: about machines, never about people.

mod recent;

pub use recent::recent;

use tracing_subscriber::{
    EnvFilter, Layer, Registry,
    filter::filter_fn,
    fmt,
    layer::SubscriberExt,
    util::{SubscriberInitExt, TryInitError},
};

/// Whoever else wants to hear what is logged, and the spans around it.
pub type Further = Box<dyn Layer<Registry> + Send + Sync>;

/// What is logged when nothing else was asked for.
const QUIET: &str = "info";

/// Crates that log what people say and whom they call, or whatever goes over a WebSocket.
/// `RUST_LOG` cannot ask for them.
const INDISCREET: [&str; 3] = ["rsipstack", "tokio_tungstenite", "tungstenite"];

/// Sends the program's log to standard error, as far as `RUST_LOG` asks for it.
///
/// # Errors
/// When the process has a log already.
pub fn start() -> Result<(), TryInitError> {
    start_with(None)
}

/// As [`start`]; the same goes to somebody else, too.
///
/// # Errors
/// As [`start`].
pub fn start_with(further: Option<Further>) -> Result<(), TryInitError> {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(QUIET));
    tracing_subscriber::registry()
        .with(further)
        .with(fmt::layer().with_writer(std::io::stderr))
        .with(fmt::layer().with_ansi(false).with_writer(recent::Recent))
        .with(filter)
        .with(filter_fn(|metadata| is_discreet(metadata.target())))
        .try_init()
}

fn is_discreet(target: &str) -> bool {
    let root = target.split("::").next();
    !INDISCREET.iter().any(|it| root == Some(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_tells_of_people_is_not_asked() {
        assert!(!is_discreet("rsipstack"));
        assert!(!is_discreet("rsipstack::transport::udp"));
        assert!(is_discreet("signalling::front"));
        assert!(is_discreet("rsipstacks"));
    }
}
