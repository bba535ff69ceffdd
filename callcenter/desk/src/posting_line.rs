//! Asks the exchange which postings wait for a moderator, and tells it what becomes of them.

use std::{
    sync::{Arc, mpsc::Sender},
    time::Duration,
};

use link::{LinkFault, Wire};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use serde_json::Value;

use crate::{
    happening::Happening,
    postings::{Posting, PostingsCommand, PostingsEvent, PostingsFault},
};

const PATIENCE: Duration = Duration::from_secs(10);

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
                PostingsCommand::Ask => PostingsEvent::Told(ask(&wire).await.map_err(fault)),
                PostingsCommand::Judge { posting, judgment } => {
                    let id = utf8_percent_encode(&posting, NON_ALPHANUMERIC);
                    let path = format!("/v1/board/postings/{id}/decision");
                    let judged = wire.post::<Value>(&path, &judgment).await;
                    PostingsEvent::Judged(posting, judged.map(drop).map_err(fault))
                }
            };
            // The desk ends only with the program.
            let _ = happenings.send(Happening::Postings(event));
        });
    }
}

async fn ask(wire: &Wire) -> Result<Vec<Posting>, LinkFault> {
    let answer = wire.get("/v1/board/postings", PATIENCE).await?;
    let answer: Waiting = serde_json::from_slice(&answer).map_err(|_| LinkFault::Nonsense)?;
    Ok(answer.postings)
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "an answer is read once and dropped"
)]
fn fault(fault: LinkFault) -> PostingsFault {
    tracing::warn!(fault = fault.code(), %fault, "A question about postings was not answered");
    match fault {
        LinkFault::Certificate(_) | LinkFault::Credentials(_) => PostingsFault::Forbidden,
        LinkFault::Unproven(_) => PostingsFault::Unproven,
        LinkFault::Refused(status, _) => match status.as_u16() {
            401 | 403 => PostingsFault::Forbidden,
            404 | 409 => PostingsFault::Decided,
            422 => PostingsFault::Malformed,
            _ => PostingsFault::Unreachable,
        },
        LinkFault::CoSigner(_)
        | LinkFault::CoSignerUnreadable
        | LinkFault::Forged(_)
        | LinkFault::Unreachable(_)
        | LinkFault::Room(_)
        | LinkFault::Check(_)
        | LinkFault::Petition(_)
        | LinkFault::Delivery(_)
        | LinkFault::Slow
        | LinkFault::Nonsense => PostingsFault::Unreachable,
    }
}
