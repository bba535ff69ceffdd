//! What the exchange knows of papers: by whom seals may be, kept for when the line is away,
//! and whether a number counts.

use std::{
    path::PathBuf,
    sync::{Arc, mpsc::Sender},
    time::Duration,
};

use link::{LinkFault, Wire};
use request::DocumentNumber;
use seal::TrustList;
use serde::Deserialize;
use sync::{PaperAnswer, PaperQuestion};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::{happening::Happening, kept_copy::Copied};

/// A new office's key is known so soon while the line is up.
const FETCH_EVERY: Duration = Duration::from_hours(1);
const TRY_AGAIN: Duration = Duration::from_secs(30);

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
        let copied = Copied {
            name: "trust list",
            path: "/v1/trust",
            read,
            file,
            every: FETCH_EVERY,
            try_again: TRY_AGAIN,
            tell: Happening::Trusted,
        };
        tokio::spawn(copied.keep_fetching(wire, happenings));
        Self { questions }
    }

    /// Asks whether a number counts; the answer comes as a happening.
    pub(crate) fn look_up(&self, number: DocumentNumber) {
        // The line ends only with the program.
        let _ = self.questions.send(number);
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
fn read(answer: &[u8]) -> Result<TrustList, LinkFault> {
    let trust: Trust = serde_json::from_slice(answer).map_err(|_| LinkFault::Nonsense)?;
    let list = trust.seal_keys;
    if list.is_empty() {
        return Err(LinkFault::Nonsense);
    }
    Ok(list)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_without_a_key_that_can_be_read_is_nonsense() {
        let keys = r#"{"seal_keys":{"keys":[{"office":"가온구청","public_key":"no key"}]}}"#;
        for answer in [keys, r#"{"seal_keys":{"keys":[]}}"#, "{}", "no list"] {
            let list = read(answer.as_bytes());
            assert!(matches!(list, Err(LinkFault::Nonsense)), "{answer}");
        }
    }
}
