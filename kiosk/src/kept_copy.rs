//! A copy of what the exchange has: fetched while the line is up, used also when it is not.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, mpsc::Sender},
    time::Duration,
};

use link::{LinkFault, Wire};
use serde::{Serialize, de::DeserializeOwned};

use crate::happening::Happening;

const PATIENCE: Duration = Duration::from_secs(20);

/// What is fetched how often, and how it is told.
pub(crate) struct Copied<T> {
    /// For the log.
    pub(crate) name: &'static str,
    /// At the exchange.
    pub(crate) path: &'static str,
    pub(crate) read: fn(&[u8]) -> Result<T, LinkFault>,
    pub(crate) file: PathBuf,
    pub(crate) every: Duration,
    /// After it was not to be had.
    pub(crate) try_again: Duration,
    pub(crate) tell: fn(T) -> Happening,
}

/// The copy as it was last kept; one that is not there or damaged is empty.
pub(crate) fn kept<T: Default + DeserializeOwned>(file: &Path) -> T {
    let kept = fs::read(file).ok();
    let kept = kept.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    kept.unwrap_or_default()
}

impl<T: Serialize> Copied<T> {
    /// Fetches for as long as somebody hears of it.
    pub(crate) async fn keep_fetching(self, wire: Arc<Wire>, happenings: Sender<Happening>) {
        loop {
            let answer = wire.get(self.path, PATIENCE).await;
            let wait = match answer.and_then(|it| (self.read)(&it)) {
                Ok(copy) => {
                    self.keep(&copy);
                    if happenings.send((self.tell)(copy)).is_err() {
                        return;
                    }
                    self.every
                }
                Err(fault) => {
                    tracing::debug!(what = self.name, fault = fault.code(), "It was not fetched");
                    self.try_again
                }
            };
            tokio::time::sleep(wait).await;
        }
    }

    fn keep(&self, copy: &T) {
        let written = serde_json::to_vec(copy)
            .map_err(io::Error::from)
            .and_then(|text| durable::replace(&self.file, &text));
        if let Err(error) = written {
            tracing::warn!(what = self.name, %error, "The copy cannot be written down");
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use board::Edition;
    use request::Timestamp;

    use super::*;

    #[test]
    fn a_copy_outlives_the_program_and_a_damaged_one_is_empty() {
        let folder = std::env::temp_dir().join(format!("minwon-copy-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let file = folder.join("board.json");
        let copied = Copied {
            name: "board",
            path: "/v1/board",
            read: |_| Ok(Edition::default()),
            file: file.clone(),
            every: Duration::ZERO,
            try_again: Duration::ZERO,
            tell: Happening::Board,
        };
        let edition = Edition {
            as_of: Some(Timestamp::from_millis(1_795_482_000_000)),
            notices: Vec::new(),
        };
        assert_eq!(kept::<Edition>(&file), Edition::default());

        copied.keep(&edition);
        assert_eq!(kept::<Edition>(&file), edition);
        fs::write(&file, "{\"as_of\":1795").unwrap();

        assert_eq!(kept::<Edition>(&file), Edition::default());
        fs::remove_dir_all(folder).unwrap();
    }
}
