//! The reception: every request that comes in, to whom it belongs.

use std::sync::Arc;

use rsipstack::{
    sip::{Header, HeadersExt, Method, StatusCode},
    transaction::{Transaction, TransactionReceiver},
};

use crate::{
    directory::Input,
    headers::{ALLOWED, Fields},
    line,
    lines::{Lines, answer},
};

pub(crate) struct Reception {
    lines: Arc<Lines>,
}

impl Reception {
    pub(crate) fn new(lines: Arc<Lines>) -> Self {
        Self { lines }
    }

    pub(crate) async fn run(self, mut incoming: TransactionReceiver) {
        while let Some(transaction) = incoming.recv().await {
            match local_tag(&transaction) {
                Some(tag) => self.within_a_leg(transaction, &tag),
                None => self.from_outside(transaction),
            }
        }
    }

    fn within_a_leg(&self, transaction: Transaction, local_tag: &str) {
        let call_id = transaction.original.headers.first("Call-ID");
        let leg = call_id.and_then(|it| self.lines.directory.of_dialog(it, local_tag));
        let Some(leg) = leg.and_then(|it| self.lines.directory.of_leg(it)) else {
            return unknown(transaction);
        };
        if let Err(error) = leg.try_send(Input::Request(Box::new(transaction))) {
            use tokio::sync::mpsc::error::TrySendError::{Closed, Full};
            match error {
                Closed(Input::Request(transaction)) => unknown(*transaction),
                Full(Input::Request(transaction)) => {
                    answer(*transaction, StatusCode::ServerInternalError, Vec::new());
                }
                Closed(_) | Full(_) => {}
            }
        }
    }

    fn from_outside(&self, transaction: Transaction) {
        match transaction.original.method {
            Method::Invite => line::receive(&self.lines, transaction, None),
            Method::Options => answer(transaction, StatusCode::OK, abilities()),
            Method::Ack => {}
            Method::Bye
            | Method::Cancel
            | Method::Info
            | Method::Notify
            | Method::PRack
            | Method::Refer
            | Method::Update => unknown(transaction),
            Method::Register | Method::Message | Method::Publish | Method::Subscribe => {
                let allow = Header::Allow(ALLOWED.into());
                answer(transaction, StatusCode::MethodNotAllowed, vec![allow]);
            }
        }
    }
}

/// What OPTIONS asks for (RFC 3261 §11.2).
fn abilities() -> Vec<Header> {
    vec![
        Header::Allow(ALLOWED.into()),
        Header::Accept("application/sdp, application/dtmf-relay".into()),
        Header::Supported("timer".into()),
    ]
}

fn unknown(transaction: Transaction) {
    if transaction.original.method != Method::Ack {
        let status = StatusCode::CallTransactionDoesNotExist;
        answer(transaction, status, Vec::new());
    }
}

/// The tag we gave: what makes a request one within a dialog (RFC 3261 §12.2.2).
fn local_tag(transaction: &Transaction) -> Option<String> {
    let to = transaction.original.to_header().ok()?;
    Some(to.tag().ok()??.0)
}
