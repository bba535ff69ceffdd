//! Keeps a copy of the bulletin board: fetched while the line is up, shown also when it is not.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, mpsc::Sender},
    time::Duration,
};

use board::{Draft, Edition, Words};
use link::{LinkFault, Wire};
use request::{StationId, Timestamp};
use serde_json::Value;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::happening::Happening;

const PATIENCE: Duration = Duration::from_secs(20);
/// A notice that was taken down is seen so long at most while the line is up.
const FETCH_EVERY: Duration = Duration::from_mins(5);
const TRY_AGAIN: Duration = Duration::from_mins(1);

/// The copy as it was last kept; one that is not there or damaged is empty.
pub(crate) fn kept(file: &Path) -> Edition {
    let kept = fs::read(file).ok();
    let kept = kept.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    kept.unwrap_or_default()
}

/// The way to the board, and where notices for it go.
pub(crate) struct BoardLine {
    drafts: UnboundedSender<Draft>,
    station: StationId,
}

impl BoardLine {
    /// Fetches and hands in for as long as somebody hears of it; called within a runtime.
    pub(crate) fn start(
        settings: link::Settings,
        file: PathBuf,
        happenings: Sender<Happening>,
    ) -> Self {
        let (drafts, written) = unbounded_channel();
        let station = settings.station.clone();
        let wire = Arc::new(Wire::new(settings));
        tokio::spawn(hand_in(Arc::clone(&wire), written, happenings.clone()));
        tokio::spawn(keep_fetching(wire, file, happenings));
        Self { drafts, station }
    }

    /// Hands a notice in; what becomes of it comes as a happening.
    pub(crate) fn hand_in(&self, topic: String, words: Words, now: Timestamp) {
        let draft = Draft {
            id: format!("{}-{}", self.station, now.as_millis()),
            topic,
            district: None,
            words,
        };
        // The line ends only with the program.
        let _ = self.drafts.send(draft);
    }
}

async fn keep_fetching(wire: Arc<Wire>, file: PathBuf, happenings: Sender<Happening>) {
    loop {
        let wait = match fetch(&wire).await {
            Ok(edition) => {
                keep(&file, &edition);
                if happenings.send(Happening::Board(edition)).is_err() {
                    return;
                }
                FETCH_EVERY
            }
            Err(fault) => {
                tracing::debug!(fault = fault.code(), "The board was not fetched");
                TRY_AGAIN
            }
        };
        tokio::time::sleep(wait).await;
    }
}

async fn hand_in(
    wire: Arc<Wire>,
    mut written: UnboundedReceiver<Draft>,
    happenings: Sender<Happening>,
) {
    while let Some(draft) = written.recv().await {
        let answer = wire.post::<Value>("/v1/board/postings", &draft).await;
        if let Err(fault) = &answer {
            tracing::warn!(fault = fault.code(), "A notice was not taken");
        }
        if happenings
            .send(Happening::HandedIn(answer.is_ok()))
            .is_err()
        {
            return;
        }
    }
}

async fn fetch(wire: &Wire) -> Result<Edition, LinkFault> {
    let answer = wire.get("/v1/board", PATIENCE).await?;
    serde_json::from_slice(&answer).map_err(|_| LinkFault::Nonsense)
}

fn keep(file: &Path, edition: &Edition) {
    let written = serde_json::to_vec(edition)
        .map_err(io::Error::from)
        .and_then(|text| durable::replace(file, &text));
    if let Err(error) = written {
        tracing::warn!(%error, "The copy of the board cannot be written down");
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_copy_outlives_the_program_and_a_damaged_one_is_empty() {
        let folder = std::env::temp_dir().join(format!("minwon-board-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let file = folder.join("board.json");
        let edition = Edition {
            as_of: Some(Timestamp::from_millis(1_795_482_000_000)),
            notices: Vec::new(),
        };
        assert_eq!(kept(&file), Edition::default());

        keep(&file, &edition);
        assert_eq!(kept(&file), edition);
        fs::write(&file, "{\"as_of\":1795").unwrap();

        assert_eq!(kept(&file), Edition::default());
        fs::remove_dir_all(folder).unwrap();
    }
}
