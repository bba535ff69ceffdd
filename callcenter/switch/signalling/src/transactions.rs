//! Transactions of the stack, each driven by a task of its own: what they bring
//! goes to the leg, and nothing the leg does can interrupt one half way.

use rsipstack::{
    sip::{Request, Response, SipMessage},
    transaction::{
        Transaction,
        endpoint::EndpointInnerRef,
        key::{TransactionKey, TransactionRole},
        transaction::{TransactionEvent, TransactionEventSender},
    },
    transport::{SipAddr, SipConnection},
};
use tokio::sync::mpsc;

use crate::directory::{Input, RequestId};

/// A request of ours could not be built: what it is made of does not fit.
#[derive(Debug)]
pub(crate) struct NotBuilt;

/// The way to answer an INVITE whose transaction is driven elsewhere.
#[derive(Clone)]
pub(crate) struct Replies(TransactionEventSender);

impl Replies {
    /// Nothing happens when the transaction is over.
    pub(crate) fn send(&self, response: Response) {
        drop(self.0.send(TransactionEvent::Respond(response)));
    }
}

/// Drives the transaction of an INVITE of theirs.
pub(crate) fn drive_invitation(
    mut transaction: Transaction,
    sequence: u32,
    leg: mpsc::Sender<Input>,
) -> Replies {
    let replies = Replies(transaction.tu_sender.clone());
    tokio::spawn(async move {
        while let Some(message) = transaction.receive().await {
            if let SipMessage::Request(request) = message {
                let request = Box::new(request);
                let input = Input::Invitation { sequence, request };
                // A leg that is over wants nothing; the retransmissions go on.
                drop(leg.send(input).await);
            }
        }
        drop(leg.send(Input::InvitationOver { sequence }).await);
    });
    replies
}

/// Makes a transaction of a request of ours.
///
/// # Errors
/// When the request lacks what names a transaction.
pub(crate) fn open(
    endpoint: &EndpointInnerRef,
    request: Request,
    stream: Option<SipConnection>,
    destination: Option<SipAddr>,
) -> Result<Transaction, NotBuilt> {
    let key = TransactionKey::from_request(&request, TransactionRole::Client);
    let key = key.map_err(|_| NotBuilt)?;
    let mut transaction = Transaction::new_client(key, request, endpoint.clone(), stream);
    transaction.destination = destination;
    Ok(transaction)
}

/// Requests of one leg that wait to be sent at the most.
const REQUESTS_MAX: usize = 64;

/// The way out for the requests of one leg: they leave in the order in which they
/// were made, that no BYE overtakes what was to be said before it.
pub(crate) struct Requests(mpsc::Sender<(Transaction, RequestId)>);

impl Requests {
    /// What they bring goes to the leg.
    pub(crate) fn new(leg: mpsc::Sender<Input>) -> Self {
        let (requests, mut waiting) = mpsc::channel::<(Transaction, RequestId)>(REQUESTS_MAX);
        tokio::spawn(async move {
            while let Some((mut transaction, request)) = waiting.recv().await {
                if transaction.send().await.is_ok() {
                    tokio::spawn(follow(transaction, request, leg.clone()));
                } else {
                    let status = rsipstack::sip::StatusCode::ServiceUnavailable;
                    let endpoint = &transaction.endpoint_inner;
                    let response = endpoint.make_response(&transaction.original, status, None);
                    let response = Box::new(response);
                    drop(leg.send(Input::Response { request, response }).await);
                }
            }
        });
        Self(requests)
    }

    pub(crate) fn send(&self, transaction: Transaction, request: RequestId) {
        if self.0.try_send((transaction, request)).is_err() {
            tracing::warn!("A leg has too many requests that are not sent yet");
        }
    }
}

/// Drives the transaction of a request of ours to its end; an INVITE's goes on
/// after the answer, to acknowledge it again when it is repeated (RFC 6026 §7.2).
async fn follow(mut transaction: Transaction, request: RequestId, leg: mpsc::Sender<Input>) {
    while let Some(message) = transaction.receive().await {
        if let SipMessage::Response(response) = message {
            let response = Box::new(response);
            drop(leg.send(Input::Response { request, response }).await);
        }
    }
}
