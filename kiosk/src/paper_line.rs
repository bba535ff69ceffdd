//! What the exchange knows of papers: by whom seals may be, kept for when the line is away,
//! and whether a number counts.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, mpsc::Sender},
    time::Duration,
};

use link::{LinkFault, Wire};
use request::DocumentNumber;
use seal::TrustList;
use serde::Deserialize;
use sync::{PaperAnswer, PaperQuestion};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::happening::Happening;

const PATIENCE: Duration = Duration::from_secs(20);
/// A new office's key is known so soon while the line is up.
const FETCH_EVERY: Duration = Duration::from_hours(1);
const TRY_AGAIN: Duration = Duration::from_secs(30);

/// The list as it was last kept; one that is not there or damaged is empty.
pub(crate) fn kept(file: &Path) -> TrustList {
    let kept = fs::read(file).ok();
    let kept = kept.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    kept.unwrap_or_default()
}

/// Where questions about numbers go.
pub(crate) struct PaperLine {
    questions: UnboundedSender<DocumentNumber>,
}

/// What verifiers are given, as far as seals go.
#[derive(Deserialize)]
struct Trust {
    seal_keys: TrustList,
}

impl PaperLine {
    /// Fetches and asks for as long as somebody hears of it; called within a runtime.
    pub(crate) fn start(
        settings: link::Settings,
        file: PathBuf,
        happenings: Sender<Happening>,
    ) -> Self {
        let (questions, asked) = unbounded_channel();
        let wire = Arc::new(Wire::new(settings));
        tokio::spawn(ask(Arc::clone(&wire), asked, happenings.clone()));
        tokio::spawn(keep_fetching(wire, file, happenings));
        Self { questions }
    }

    /// Asks whether a number counts; the answer comes as a happening.
    pub(crate) fn look_up(&self, number: DocumentNumber) {
        // The line ends only with the program.
        let _ = self.questions.send(number);
    }
}

async fn keep_fetching(wire: Arc<Wire>, file: PathBuf, happenings: Sender<Happening>) {
    loop {
        let wait = match fetch(&wire).await {
            Ok(list) => {
                keep(&file, &list);
                if happenings.send(Happening::Trusted(list)).is_err() {
                    return;
                }
                FETCH_EVERY
            }
            Err(fault) => {
                tracing::debug!(fault = fault.code(), "The trust list was not fetched");
                TRY_AGAIN
            }
        };
        tokio::time::sleep(wait).await;
    }
}

async fn ask(
    wire: Arc<Wire>,
    mut asked: UnboundedReceiver<DocumentNumber>,
    happenings: Sender<Happening>,
) {
    while let Some(number) = asked.recv().await {
        let question = PaperQuestion {
            number: number.clone(),
        };
        let answer = wire.post::<PaperAnswer>("/v1/papers/lookup", &question);
        let answer = answer.await;
        if let Err(fault) = &answer {
            tracing::warn!(fault = fault.code(), "The exchange said nothing of a paper");
        }
        let answer = answer.ok();
        let told = Happening::PaperLookedUp { number, answer };
        if happenings.send(told).is_err() {
            return;
        }
    }
}

/// The exchange's list. One without a usable key would take everything from who has a
/// good one, and is nonsense.
async fn fetch(wire: &Wire) -> Result<TrustList, LinkFault> {
    let answer = wire.get("/v1/trust", PATIENCE).await?;
    let trust: Trust = serde_json::from_slice(&answer).map_err(|_| LinkFault::Nonsense)?;
    let list = trust.seal_keys;
    if list.is_empty() {
        return Err(LinkFault::Nonsense);
    }
    Ok(list)
}

fn keep(file: &Path, list: &TrustList) {
    let written = serde_json::to_vec(list)
        .map_err(io::Error::from)
        .and_then(|text| durable::replace(file, &text));
    if let Err(error) = written {
        tracing::warn!(%error, "The trust list cannot be written down");
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use seal::SealKey;

    use super::*;

    #[test]
    fn a_list_outlives_the_program_and_a_damaged_one_is_empty() {
        let folder = std::env::temp_dir().join(format!("minwon-trust-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let file = folder.join("trust.json");
        let list = TrustList {
            keys: vec![SealKey {
                office: "한빛시 가온구청".to_owned(),
                public_key: "no key".to_owned(),
            }],
        };
        assert_eq!(kept(&file), TrustList::default());

        keep(&file, &list);
        assert_eq!(kept(&file), list);
        assert!(list.is_empty(), "a key that cannot be read is none");
        fs::write(&file, "{\"keys\":[").unwrap();

        assert_eq!(kept(&file), TrustList::default());
        fs::remove_dir_all(folder).unwrap();
    }
}
