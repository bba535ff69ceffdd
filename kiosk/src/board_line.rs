//! Keeps a copy of the bulletin board: fetched while the line is up, shown also when it is not.

use std::{
    path::PathBuf,
    sync::{Arc, mpsc::Sender},
    time::Duration,
};

use board::{Draft, Words};
use link::{LinkFault, Wire};
use request::{StationId, Timestamp};
use serde_json::Value;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::{happening::Happening, kept_copy::Copied};

/// A notice that was taken down is seen so long at most while the line is up.
const FETCH_EVERY: Duration = Duration::from_mins(5);
const TRY_AGAIN: Duration = Duration::from_mins(1);

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
        let copied = Copied {
            name: "board",
            path: "/v1/board",
            read: |answer| serde_json::from_slice(answer).map_err(|_| LinkFault::Nonsense),
            file,
            every: FETCH_EVERY,
            try_again: TRY_AGAIN,
            tell: Happening::Board,
        };
        tokio::spawn(copied.keep_fetching(wire, happenings));
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
