//! The reception: every request that comes in, to whom it belongs.

use std::{net::SocketAddr, sync::Arc, time::Instant};

use rsipstack::{
    sip::{Header, HeadersExt, Method, StatusCode},
    transaction::{Transaction, TransactionReceiver},
};
use tokio::sync::mpsc;

use crate::{
    directory::Input,
    door::{Door, Refused},
    headers::{ALLOWED, Fields},
    line,
    lines::{Lines, answer, source_of},
    registration::{register, told},
};

pub(crate) struct Reception {
    lines: Arc<Lines>,
    door: Arc<Door>,
}

impl Reception {
    pub(crate) fn new(lines: Arc<Lines>, door: Arc<Door>) -> Self {
        Self { lines, door }
    }

    /// Runs until the stack is closed. `closed` brings the connections that are over.
    pub(crate) async fn run(
        self,
        mut incoming: TransactionReceiver,
        mut closed: mpsc::Receiver<SocketAddr>,
    ) {
        loop {
            let deadline = self.lines.registrar().poll_timeout();
            tokio::select! {
                transaction = incoming.recv() => match transaction {
                    Some(transaction) => self.receive(transaction),
                    None => return,
                },
                Some(peer) = closed.recv() => self.lines.registrar().flow_closed(peer),
                () = self.lines.unregistered.notified() => {}
                () = line::at(deadline) => {
                    self.lines.registrar().handle_timeout(Instant::now());
                }
            }
            self.tell_of_telephones().await;
        }
    }

    async fn tell_of_telephones(&self) {
        loop {
            let change = self.lines.registrar().poll_command();
            let Some(change) = change else {
                return;
            };
            if let Some(event) = told(change) {
                drop(self.lines.events.send(event).await);
            }
        }
    }

    fn receive(&self, transaction: Transaction) {
        match local_tag(&transaction) {
            Some(tag) => self.within_a_leg(transaction, &tag),
            None => self.outside_of_legs(transaction),
        }
    }

    fn call(&self, transaction: Transaction, source: SocketAddr, now: Instant) {
        let request = &transaction.original;
        let admitted = self
            .door
            .admit(request, source, now)
            .and_then(|()| self.door.caller(request, source, now));
        match admitted {
            Ok(account) => line::receive(&self.lines, transaction, account),
            Err(Refused { status, headers }) => answer(transaction, status, headers),
        }
    }

    fn registration(&self, transaction: Transaction, source: SocketAddr, now: Instant) {
        let registered = self
            .door
            .admit(&transaction.original, source, now)
            .and_then(|()| register(&self.lines, &self.door, &transaction, now));
        match registered {
            Ok(headers) => answer(transaction, StatusCode::OK, headers),
            Err(Refused { status, headers }) => answer(transaction, status, headers),
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

    fn outside_of_legs(&self, transaction: Transaction) {
        let Some(source) = source_of(&transaction) else {
            return answer(transaction, StatusCode::ServerInternalError, Vec::new());
        };
        match transaction.original.method {
            Method::Invite => self.call(transaction, source, Instant::now()),
            Method::Register => self.registration(transaction, source, Instant::now()),
            Method::Options => answer(transaction, StatusCode::OK, abilities()),
            Method::Ack => {}
            Method::Bye
            | Method::Cancel
            | Method::Info
            | Method::Notify
            | Method::PRack
            | Method::Refer
            | Method::Update => unknown(transaction),
            Method::Message | Method::Publish | Method::Subscribe => {
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
