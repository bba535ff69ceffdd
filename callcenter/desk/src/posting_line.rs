//! Asks the exchange which postings wait for a moderator, and tells it what becomes of them.

use std::sync::{Arc, mpsc::Sender};

use link::{LinkFault, Wire};
use serde::Deserialize;
use serde_json::Value;

use crate::{
    asking::{Unanswered, encoded, read},
    happening::Happening,
    postings::{Posting, PostingsCommand, PostingsEvent, PostingsFault},
};

/// The line of whoever works here; none where there is no way to say who that is.
pub(crate) struct PostingLine {
    wire: Option<Arc<Wire>>,
    happenings: Sender<Happening>,
}

#[derive(Deserialize)]
struct Waiting {
    postings: Vec<Posting>,
}

impl PostingLine {
    pub(crate) fn new(wire: Option<Arc<Wire>>, happenings: Sender<Happening>) -> Self {
        Self { wire, happenings }
    }

    /// Carries a command out on the runtime; the answer comes as a happening.
    pub(crate) fn carry_out(&self, command: PostingsCommand, runtime: &tokio::runtime::Handle) {
        let Some(wire) = self.wire.clone() else {
            return;
        };
        let happenings = self.happenings.clone();
        runtime.spawn(async move {
            let event = match command {
                PostingsCommand::Ask => {
                    PostingsEvent::Told(ask(&wire).await.map_err(|it| fault(&it)))
                }
                PostingsCommand::Judge { posting, judgment } => {
                    let id = encoded(&posting);
                    let path = format!("/v1/board/postings/{id}/decision");
                    let judged = wire.post::<Value>(&path, &judgment).await;
                    PostingsEvent::Judged(posting, judged.map(drop).map_err(|it| fault(&it)))
                }
            };
            // The desk ends only with the program.
            let _ = happenings.send(Happening::Postings(event));
        });
    }
}

async fn ask(wire: &Wire) -> Result<Vec<Posting>, LinkFault> {
    let answer: Waiting = read(wire, "/v1/board/postings").await?;
    Ok(answer.postings)
}

fn fault(fault: &LinkFault) -> PostingsFault {
    match Unanswered::noted(fault, "postings") {
        Unanswered::Forbidden => PostingsFault::Forbidden,
        Unanswered::Unproven => PostingsFault::Unproven,
        Unanswered::Gone | Unanswered::Conflict => PostingsFault::Decided,
        Unanswered::Malformed => PostingsFault::Malformed,
        Unanswered::Petition(_) | Unanswered::Delivery(_) | Unanswered::Unreachable => {
            PostingsFault::Unreachable
        }
    }
}
