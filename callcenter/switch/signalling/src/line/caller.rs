//! A leg called out of the house, up to its answer.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use rsipstack::sip::{Header, Method, Request, Response, StatusCodeKind, Uri};
use sip::{
    sdp::Answer,
    session_timer::{SessionExpires, parse_seconds},
};

use super::{Change, Line, Phase};
use crate::{
    Cause, Event,
    command::Call,
    dialog::{Dialog, Path},
    directory::RequestId,
    headers::{Fields, quoted},
    lines::Lines,
    placing::{Entered, Nowhere},
    transactions::{self, NotBuilt},
};

/// How long a called telephone may take to answer a CANCEL with 487 (64·T1).
const CANCELLED_WITHIN: Duration = Duration::from_secs(32);

/// An INVITE of ours that has no final answer.
pub(super) struct Outgoing {
    id: RequestId,
    invite: Request,
    headers: Vec<Header>,
    body: Vec<u8>,
    /// No CANCEL before the first provisional response (RFC 3261 §9.1).
    heard_of: bool,
    cancelled: bool,
    /// Whether it proves who calls.
    proven: bool,
    pub(super) gives_up_at: Option<Instant>,
}

/// Where and how a call of ours goes.
pub(crate) struct Route {
    pub(crate) target: Uri,
    pub(crate) path: Path,
}

/// Calls somebody.
pub(crate) fn call(
    lines: &Arc<Lines>,
    call: Call,
    route: Route,
    entered: Entered,
) -> Result<(), Nowhere> {
    let Entered {
        call_id,
        local_tag,
        channel,
    } = entered;
    let contact = Lines::contact(&route.path.listener);
    let shown = Uri {
        auth: Some(call.from.reveal().clone().into()),
        ..contact.clone()
    };
    let from = match &call.display {
        Some(display) => format!("{} <{shown}>", quoted(display.reveal())),
        None => format!("<{shown}>"),
    };
    let dialog = Dialog::as_caller(call_id, from, local_tag, route.target, contact, route.path);
    let request = call.request.map(|it| ("X-Minwon-Request".to_owned(), it));
    let headers: Vec<Header> = call
        .headers
        .into_iter()
        .chain(request)
        .filter(|(name, value)| sip::screen::is_header_field(name, value))
        .map(|(name, value)| Header::Other(name, value))
        .collect();
    let mut line = Line::new(call.leg, lines.clone(), dialog, Phase::Over, channel);
    let description = call.offer.description();
    line.local = Some(description.clone());
    let outgoing = line.invite(headers, description.to_body());
    let outgoing = outgoing.map_err(|NotBuilt| Nowhere(500))?;
    line.phase = Phase::Outgoing(Box::new(outgoing));
    tokio::spawn(line.run());
    Ok(())
}

impl Line {
    fn invite(&mut self, headers: Vec<Header>, body: Vec<u8>) -> Result<Outgoing, NotBuilt> {
        self.requests += 1;
        let id = RequestId(self.requests);
        let mut all = headers.clone();
        all.extend(self.timer_headers());
        let endpoint = &self.lines.endpoint;
        let invite = self
            .dialog
            .request(endpoint, Method::Invite, all, Some(body.clone()))?;
        let stream = self.dialog.path.stream.clone();
        let destination = self.dialog.destination();
        let transaction = transactions::open(endpoint, invite.clone(), stream, destination)?;
        self.sent.send(transaction, id);
        Ok(Outgoing {
            id,
            invite,
            headers,
            body,
            heard_of: false,
            cancelled: false,
            proven: false,
            gives_up_at: None,
        })
    }

    /// Takes the call back; as soon as anything was heard of it.
    pub(super) fn cancel(&mut self) {
        let Phase::Outgoing(outgoing) = &mut self.phase else {
            return;
        };
        let first = !std::mem::replace(&mut outgoing.cancelled, true);
        if first {
            outgoing.gives_up_at = Some(Instant::now() + CANCELLED_WITHIN);
        }
        if first && outgoing.heard_of {
            self.send_cancel();
        }
    }

    fn send_cancel(&mut self) {
        let Phase::Outgoing(outgoing) = &self.phase else {
            return;
        };
        let mut cancel = outgoing.invite.clone();
        cancel.method = Method::Cancel;
        cancel.body.clear();
        let sequence = cancel
            .headers
            .first("CSeq")
            .and_then(|it| it.split(' ').next());
        let sequence = Header::CSeq(format!("{} CANCEL", sequence.unwrap_or("1")).into());
        // RFC 3261 §9.1: the INVITE's Via, Route, From, To and Call-ID.
        cancel.headers.retain(|it| {
            matches!(
                it,
                Header::Via(_)
                    | Header::Route(_)
                    | Header::From(_)
                    | Header::To(_)
                    | Header::CallId(_)
                    | Header::MaxForwards(_)
            )
        });
        cancel.headers.push(sequence);
        let stream = self.dialog.path.stream.clone();
        let destination = self.dialog.destination();
        self.requests += 1;
        let id = RequestId(self.requests);
        match transactions::open(&self.lines.endpoint, cancel, stream, destination) {
            Ok(transaction) => self.sent.send(transaction, id),
            Err(_) => tracing::warn!(leg = %self.leg, "Could not build a CANCEL"),
        }
    }

    /// An answer to a request of ours, whichever it was.
    pub(super) async fn answered(&mut self, request: RequestId, response: Response) {
        if matches!(&self.phase, Phase::Outgoing(it) if it.id == request) {
            return self.call_answered(response).await;
        }
        let change = self.change.take_if(|it| it.request == request);
        if let Some(change) = change {
            if response.status_code.kind() == StatusCodeKind::Provisional {
                self.change = Some(change);
            } else {
                self.change_answered(change, &response).await;
            }
            return;
        }
        self.end_fork(&response);
    }

    async fn call_answered(&mut self, response: Response) {
        let status = response.status_code.code();
        match response.status_code.kind() {
            StatusCodeKind::Provisional => {
                let Phase::Outgoing(outgoing) = &mut self.phase else {
                    return;
                };
                let first = !std::mem::replace(&mut outgoing.heard_of, true);
                if outgoing.cancelled && first {
                    self.send_cancel();
                }
                if status > 100 {
                    let leg = self.leg;
                    self.tell(Event::Progress { leg, status }).await;
                }
            }
            StatusCodeKind::Successful => self.call_accepted(&response).await,
            StatusCodeKind::Redirection
            | StatusCodeKind::RequestFailure
            | StatusCodeKind::ServerFailure
            | StatusCodeKind::GlobalFailure
            | StatusCodeKind::Other => self.call_refused(status, &response).await,
        }
    }

    async fn call_accepted(&mut self, response: &Response) {
        let Phase::Outgoing(outgoing) = &self.phase else {
            return;
        };
        let cancelled = outgoing.cancelled;
        self.dialog.established_by(response);
        let remote_tag = self.dialog.remote_tag.as_deref();
        self.lines.directory.is_with(self.leg, remote_tag);
        self.phase = Phase::Up;
        self.updates = response.headers.lists("Allow", "UPDATE");
        if cancelled {
            // The answer crossed our CANCEL: the stack has acknowledged it.
            return self.bye(Cause::Released).await;
        }
        let expires = response.headers.first("Session-Expires");
        let expires = expires.and_then(SessionExpires::parse);
        self.timer.accepted(expires, Instant::now());
        match Answer::parse(&response.body) {
            Ok(answer) => {
                let leg = self.leg;
                self.tell(Event::Answered { leg, answer }).await;
            }
            Err(_) => self.bye(Cause::Lost).await,
        }
    }

    async fn call_refused(&mut self, status: u16, response: &Response) {
        let Phase::Outgoing(outgoing) = &self.phase else {
            return;
        };
        if outgoing.cancelled {
            return self.over(Cause::Released).await;
        }
        if self.asks_again(status, response) {
            return;
        }
        if status == 408 {
            // Nobody answered at all, or it rang too long: then it still rings.
            self.cancel();
        }
        let leg = self.leg;
        self.finish(Event::Refused { leg, status }).await;
    }

    /// Whether a refusal was only about how the call was asked for, and it is
    /// asked for anew: for longer (RFC 4028 §7.1), or proving who calls.
    fn asks_again(&mut self, status: u16, response: &Response) -> bool {
        let min_se = response.headers.first("Min-SE").and_then(parse_seconds);
        let longer = status == 422 && self.timer.refused(min_se);
        let Phase::Outgoing(outgoing) = &mut self.phase else {
            return false;
        };
        let mut headers = outgoing.headers.clone();
        let credentials = self.lines.credentials.as_ref();
        let proof = credentials.filter(|_| !outgoing.proven).and_then(|it| {
            let uri = outgoing.invite.uri.to_string();
            it.answer(response, "INVITE", &uri)
        });
        let proven = outgoing.proven || proof.is_some();
        if !longer && proof.is_none() {
            return false;
        }
        headers.extend(proof);
        let body = std::mem::take(&mut outgoing.body);
        let Ok(outgoing) = self.invite(headers, body) else {
            return false;
        };
        let outgoing = Outgoing { proven, ..outgoing };
        self.phase = Phase::Outgoing(Box::new(outgoing));
        true
    }

    /// A second telephone behind a proxy answered the same INVITE: the stack has
    /// acknowledged it, one session is enough (RFC 3261 §13.2.2.4).
    fn end_fork(&mut self, response: &Response) {
        let is_invite = response
            .headers
            .first("CSeq")
            .is_some_and(|it| it.ends_with("INVITE"));
        if !is_invite || response.status_code.kind() != StatusCodeKind::Successful {
            return;
        }
        let mut fork = self.dialog.clone();
        fork.established_by(response);
        if fork.remote_tag == self.dialog.remote_tag {
            return;
        }
        let ours = std::mem::replace(&mut self.dialog, fork);
        self.send(Method::Bye, Vec::new(), None);
        self.dialog = ours;
    }

    /// What a request of ours says about the session's timer (RFC 4028 §7.1).
    pub(super) fn timer_headers(&self) -> Vec<Header> {
        let (expires, minimum) = self.timer.proposal();
        vec![
            Header::SessionExpires(expires.to_value().into()),
            Header::MinSE(minimum.as_secs().to_string().into()),
        ]
    }

    pub(super) fn expect(
        &mut self,
        request: RequestId,
        description: Option<sip::sdp::Description>,
    ) {
        self.change = Some(Change {
            request,
            description,
        });
    }
}
