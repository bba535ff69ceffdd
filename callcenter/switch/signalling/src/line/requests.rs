//! Requests of theirs within a leg.

use privacy::Personal;
use rsipstack::{
    sip::{Header, Method, Response, StatusCode},
    transaction::Transaction,
};

use super::{Line, Phase};
use crate::{
    Cause, Event,
    directory::Input,
    headers::{ALLOWED, Fields},
};

/// Sends a final response, and drives the transaction to its end.
pub(super) fn respond(mut transaction: Transaction, response: Response) {
    tokio::spawn(async move {
        let sent = transaction.respond(response).await;
        while sent.is_ok() && transaction.receive().await.is_some() {}
    });
}

impl Line {
    pub(super) async fn asked(&mut self, transaction: Transaction) {
        let Some(transaction) = self.in_order(transaction) else {
            return;
        };
        // RFC 3261 §12.2.2: a number out of order is answered with 500.
        if !self.dialog.takes(&transaction.original) {
            let status = StatusCode::ServerInternalError;
            return self.reply(transaction, status, Vec::new());
        }
        let up = matches!(self.phase, Phase::Up);
        match transaction.original.method {
            Method::Bye => self.hung_up(transaction).await,
            Method::Invite if up => self.reinvited(transaction).await,
            Method::Update if up => self.updated(transaction).await,
            Method::Refer if up => self.refer(transaction).await,
            Method::Info => self.informed(transaction).await,
            Method::Options => self.reply(transaction, StatusCode::OK, Vec::new()),
            Method::Invite => {
                // The first one is not answered yet (RFC 3261 §14.2).
                let after = Header::RetryAfter("1".into());
                let status = StatusCode::ServerInternalError;
                self.reply(transaction, status, vec![after]);
            }
            Method::Update | Method::Refer => {
                self.reply(transaction, StatusCode::RequestPending, Vec::new());
            }
            // We sent no reliable response and subscribed to nothing.
            Method::PRack | Method::Notify => {
                let status = StatusCode::CallTransactionDoesNotExist;
                self.reply(transaction, status, Vec::new());
            }
            Method::Ack => {}
            Method::Cancel
            | Method::Message
            | Method::Publish
            | Method::Register
            | Method::Subscribe => {
                let allow = Header::Allow(ALLOWED.into());
                self.reply(transaction, StatusCode::MethodNotAllowed, vec![allow]);
            }
        }
    }

    /// A final response without a body.
    pub(super) fn reply(&self, transaction: Transaction, status: StatusCode, headers: Vec<Header>) {
        let response = self.response(&transaction.original, status, headers, None);
        respond(transaction, response);
    }

    /// What has crossed the leg's end and had its turn no more. A BYE has what it wants.
    pub(super) fn answer_latecomers(&mut self) {
        self.inputs.close();
        while let Ok(input) = self.inputs.try_recv() {
            let Input::Request(transaction) = input else {
                continue;
            };
            let status = match transaction.original.method == Method::Bye {
                true => StatusCode::OK,
                false => StatusCode::CallTransactionDoesNotExist,
            };
            self.reply(*transaction, status, Vec::new());
        }
    }

    async fn hung_up(&mut self, transaction: Transaction) {
        self.reply(transaction, StatusCode::OK, Vec::new());
        // RFC 3261 §15.1.2: what waits for an answer gets 487.
        self.refuse_pending(StatusCode::RequestTerminated).await;
        self.over(Cause::HungUp).await;
    }

    /// Keys as some telephones send them: `application/dtmf-relay` and
    /// `application/dtmf`, which no standard describes.
    async fn informed(&mut self, transaction: Transaction) {
        let headers = &transaction.original.headers;
        let kind = headers.first("Content-Type").unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim();
        let body = std::str::from_utf8(&transaction.original.body).unwrap_or_default();
        let digit = if kind.eq_ignore_ascii_case("application/dtmf-relay") {
            relayed_digit(body)
        } else if kind.eq_ignore_ascii_case("application/dtmf") {
            digit(body)
        } else if body.is_empty() {
            // An INFO without a body asks whether we are there (RFC 6086 §4.2.1).
            return self.reply(transaction, StatusCode::OK, Vec::new());
        } else {
            let accept = Header::Accept("application/dtmf-relay, application/dtmf".into());
            let status = StatusCode::UnsupportedMediaType;
            return self.reply(transaction, status, vec![accept]);
        };
        match digit {
            Some(digit) => {
                self.reply(transaction, StatusCode::OK, Vec::new());
                let (leg, digit) = (self.leg, Personal::new(digit));
                self.tell(Event::Digit { leg, digit }).await;
            }
            None => self.reply(transaction, StatusCode::BadRequest, Vec::new()),
        }
    }
}

/// `Signal=5`, `Duration=160`, one a line.
fn relayed_digit(body: &str) -> Option<char> {
    body.lines().find_map(|line| {
        let (name, value) = line.split_once('=')?;
        let signal = name.trim().eq_ignore_ascii_case("signal");
        digit(value).filter(|_| signal)
    })
}

fn digit(text: &str) -> Option<char> {
    let mut letters = text.trim().chars();
    let first = letters.next()?.to_ascii_uppercase();
    let known = first.is_ascii_digit() || matches!(first, '*' | '#' | 'A'..='D');
    (known && letters.next().is_none()).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_as_telephones_write_it() {
        assert_eq!(relayed_digit("Signal= 5\r\nDuration=160\r\n"), Some('5'));
        assert_eq!(relayed_digit("Duration=160\r\nsignal=#"), Some('#'));
        assert_eq!(relayed_digit("Signal=16\r\n"), None);
        assert_eq!(digit("*\r\n"), Some('*'));
        assert_eq!(digit(""), None);
    }
}
