//! Gives a container to an agency's inbox, over X-Road.

use std::time::Duration;

use registry::{Answer, Fault, header};

use super::{Connector, lines::Post};
use crate::deliveries::Recipient;

/// For one offer, with the whole container.
const TIMEOUT: Duration = Duration::from_secs(30);

/// Why an agency has not acknowledged a container.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotTaken {
    /// The agency says that it does not take this one.
    Refused,
    /// It may be tried again, after as long as the agency asks for.
    Fault { wish: Option<Duration> },
}

impl Connector {
    /// Offers a container under an id and brings back what the agency answers: its
    /// receipt. Offered twice under the same id it is taken once.
    ///
    /// # Errors
    /// When no receipt comes.
    pub(crate) async fn hand_over(
        &self,
        to: &Recipient,
        id: &str,
        container: Vec<u8>,
    ) -> Result<Vec<u8>, NotTaken> {
        let way = self.access.usual();
        let post = Post {
            path: to.inbox.path(),
            headers: vec![
                (header::CLIENT, way.client.to_string()),
                (header::ID, id.to_owned()),
                (header::ISSUE, id.to_owned()),
            ],
            media_type: container::MEDIA_TYPE,
            body: container.into(),
        };
        let posted = tokio::time::timeout(TIMEOUT, self.lines.post(way, post)).await;
        let reply = posted.unwrap_or(Err(Fault::TimedOut)).map_err(failed)?;
        let header = |name: &str| Some(reply.headers.get(name)?.to_str().ok()?.to_owned());
        let answer = Answer {
            status: reply.status,
            header: &header,
            body: &reply.body,
        };
        let theirs = registry::is_answer_to(id, &to.inbox, &answer);
        match registry::check(id, &to.inbox, &answer) {
            Ok(()) => Ok(reply.body.to_vec()),
            // The agency itself has looked at it; 404 is an inbox that is gone.
            Err(Fault::Nonsense) if theirs && (400..500).contains(&reply.status) => {
                tracing::error!(status = reply.status, "An agency does not take a container");
                Err(NotTaken::Refused)
            }
            Err(fault) => Err(failed(fault)),
        }
    }
}

fn failed(fault: Fault) -> NotTaken {
    tracing::warn!(%fault, "An agency did not acknowledge a container");
    let wish = match fault {
        Fault::Throttled(wish) => wish,
        Fault::Unreachable
        | Fault::TimedOut
        | Fault::Unsent
        | Fault::Undelivered
        | Fault::Rejected
        | Fault::Failing(_)
        | Fault::NotFound
        | Fault::Nonsense => None,
    };
    NotTaken::Fault { wish }
}
