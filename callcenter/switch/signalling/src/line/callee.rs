//! A leg that was called into the house, up to its ACK.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use privacy::Personal;
use rsipstack::{
    sip::{Header, HeadersExt, Request, StatusCode},
    transaction::{Transaction, transaction::TransactionEvent},
};
use sip::{
    sdp::{Answer, Description, Offer},
    session_timer::{Proposal, SessionExpires, parse_seconds},
};

use super::{Invitation, Line, Phase};
use crate::{
    Cause, Event,
    dialog::Dialog,
    headers::{Fields, display_name, uri_in},
    lines::{Lines, answer, source_of},
    transactions::drive_invitation,
};

/// Seconds after which an overfull house may be tried again.
const FULL_RETRY_AFTER: u32 = 5;

/// A provisional response is said again so often that no proxy takes the call back
/// (RFC 3261 §13.3.1.1: every minute), in times of T1.
const EARLY_MEDIA_EVERY: u32 = 120;

/// What is said of the sound before the answer, and when next.
pub(super) struct EarlyMedia {
    description: Description,
    due: Instant,
}

/// Takes an INVITE that begins a call, and starts its leg.
pub(crate) fn receive(lines: &Arc<Lines>, transaction: Transaction, account: Option<String>) {
    let leg = lines.directory.new_leg();
    let invite = transaction.original.clone();
    let offer = match offered(&invite) {
        Ok(offer) => offer,
        Err(status) => return answer(transaction, status, Vec::new()),
    };
    let (Some(path), Some(source)) = (lines.path_of(&transaction), source_of(&transaction)) else {
        return answer(transaction, StatusCode::ServerInternalError, Vec::new());
    };
    let contact = Lines::contact(&path.listener);
    let tag = rsipstack::transaction::make_tag().to_string();
    let sequence = invite.cseq_header().ok().and_then(|it| it.seq().ok());
    let dialog = Dialog::as_callee(&invite, tag, contact, path);
    let (Some(dialog), Some(sequence)) = (dialog, sequence) else {
        return answer(transaction, StatusCode::BadRequest, Vec::new());
    };
    let Some(channel) = lines
        .directory
        .enter(leg, &dialog.call_id, &dialog.local_tag)
    else {
        let after = Header::RetryAfter(FULL_RETRY_AFTER.to_string().into());
        return answer(transaction, StatusCode::ServiceUnavailable, vec![after]);
    };
    lines.directory.is_with(leg, dialog.remote_tag.as_deref());
    let called = called(leg, &invite, offer, account, source);
    let mut line = Line::new(leg, lines.clone(), dialog, Phase::Incoming, channel);
    line.updates = takes_updates(&invite);
    let trying = line.response(&invite, StatusCode::Trying, Vec::new(), None);
    drop(
        transaction
            .tu_sender
            .send(TransactionEvent::Respond(trying)),
    );
    line.invitation = Some(Invitation {
        replies: drive_invitation(transaction, sequence, line.itself.clone()),
        request: invite,
        sequence,
        accepted: false,
        asks: false,
    });
    tokio::spawn(async move {
        if line.proposal_fits().await {
            line.tell(called).await;
        }
        line.run().await;
    });
}

fn called(
    leg: crate::LegId,
    invite: &Request,
    offer: Option<Offer>,
    account: Option<String>,
    source: std::net::SocketAddr,
) -> Event {
    let from = invite.headers.first("From").unwrap_or_default();
    let user = |uri: rsipstack::sip::Uri| uri.auth.map(|it| sip::escape::decoded(&it.user));
    Event::Called {
        leg,
        from: Personal::new(uri_in(from).and_then(user).unwrap_or_default()),
        display: display_name(from).map(Personal::new),
        account,
        to: user(invite.uri.clone()).unwrap_or_default(),
        offer,
        request: invite.headers.first("X-Minwon-Request").map(str::to_owned),
        call: invite.headers.first("X-Minwon-Call").map(str::to_owned),
        source,
    }
}

/// The offer of an INVITE or UPDATE, if its body is one.
pub(super) fn offered(request: &Request) -> Result<Option<Offer>, StatusCode> {
    if request.body.is_empty() {
        return Ok(None);
    }
    match Offer::parse(&request.body) {
        Ok(offer) => Ok(Some(offer)),
        Err(_) => Err(StatusCode::BadRequest),
    }
}

pub(super) fn proposal(request: &Request) -> Proposal {
    let headers = &request.headers;
    Proposal {
        session_expires: headers
            .first("Session-Expires")
            .and_then(SessionExpires::parse),
        min_se: headers.first("Min-SE").and_then(parse_seconds),
        supported: headers.lists("Supported", "timer") || headers.lists("Require", "timer"),
    }
}

/// Whether its sender says that it understands UPDATE (RFC 3311 §5.1).
pub(super) fn takes_updates(request: &Request) -> bool {
    request.headers.lists("Allow", "UPDATE")
}

impl Line {
    /// Refuses at once what asks for too short a session (RFC 4028 §9).
    async fn proposal_fits(&mut self) -> bool {
        let Some(invitation) = &self.invitation else {
            return false;
        };
        let asked = proposal(&invitation.request);
        let mut trial = sip::session_timer::SessionTimer::new(self.lines.refreshing);
        let Err(too_small) = trial.asked(asked, Instant::now()) else {
            return true;
        };
        let min_se = Header::MinSE(too_small.min_se.as_secs().to_string().into());
        let status = StatusCode::SessionIntervalTooSmall;
        let response = self.response(&invitation.request, status, vec![min_se], None);
        invitation.replies.send(response);
        // The call was never told of: nobody is owed an end.
        self.phase = Phase::Over;
        false
    }

    pub(super) fn provisional(&self, status: StatusCode, description: Option<&Description>) {
        let Some(invitation) = self.ringing() else {
            return;
        };
        let body = description.map(Description::to_body);
        let response = self.response(&invitation.request, status, Vec::new(), body);
        invitation.replies.send(response);
    }

    /// 183 with an answer: the caller hears us before it.
    pub(super) fn sound_early(&mut self, description: &Description, now: Instant) {
        self.early = Some(EarlyMedia {
            description: description.clone(),
            due: now,
        });
        self.say_early_media(now);
    }

    /// When it is to be said again: until the answer.
    pub(super) fn early_media_due(&self) -> Option<Instant> {
        self.ringing().and(self.early.as_ref()).map(|it| it.due)
    }

    pub(super) fn say_early_media(&mut self, now: Instant) {
        let Some(mut early) = self.early.take() else {
            return;
        };
        let status = StatusCode::SessionProgress;
        self.provisional(status, Some(&early.description));
        early.due = now + self.lines.round_trip * EARLY_MEDIA_EVERY;
        self.early = Some(early);
    }

    /// 200 with an answer, or with an offer when they sent none.
    pub(super) fn accept(&mut self, description: &Description, asks: bool) {
        let Some(invitation) = self.ringing() else {
            return;
        };
        let asked = proposal(&invitation.request);
        let Ok(grant) = self.timer.asked(asked, Instant::now()) else {
            return;
        };
        let headers = super::changing::granted(grant);
        let body = Some(description.to_body());
        self.local = Some(description.clone());
        if let Some(invitation) = &self.invitation {
            let response = self.response(&invitation.request, StatusCode::OK, headers, body);
            invitation.replies.send(response);
        }
        if let Some(invitation) = &mut self.invitation {
            invitation.accepted = true;
            invitation.asks = asks;
        }
    }

    pub(super) async fn decline(&mut self, status: u16, retry_after: Option<Duration>) {
        let Some(invitation) = self.ringing() else {
            return;
        };
        let status = status.clamp(300, 699);
        let headers = retry_after
            .map(|after| Header::RetryAfter(after.as_secs().to_string().into()))
            .into_iter()
            .collect();
        let response = self.response(&invitation.request, status.into(), headers, None);
        invitation.replies.send(response);
        self.over(Cause::Declined { status }).await;
    }

    /// CANCEL: the stack has answered it, the INVITE is still to be (RFC 3261 §9.2).
    pub(super) async fn given_up(&mut self) {
        let Some(invitation) = self.ringing() else {
            return;
        };
        let status = StatusCode::RequestTerminated;
        let response = self.response(&invitation.request, status, Vec::new(), None);
        invitation.replies.send(response);
        self.over(Cause::GaveUp).await;
    }

    /// The ACK of a 2xx of ours.
    pub(super) async fn acknowledged(&mut self, ack: &Request) {
        let Some(invitation) = self.invitation.take_if(|it| it.accepted) else {
            return;
        };
        let first = matches!(self.phase, Phase::Incoming);
        if first {
            self.phase = Phase::Up;
            self.tell(Event::Confirmed { leg: self.leg }).await;
        }
        if invitation.asks {
            match Answer::parse(&ack.body) {
                Ok(answer) => {
                    let leg = self.leg;
                    self.tell(Event::Answered { leg, answer }).await;
                }
                // Without an answer there is no session to go on with.
                Err(_) => return self.bye(Cause::Lost).await,
            }
        }
        if self.ending {
            return self.bye(Cause::Released).await;
        }
        self.take_overtaking().await;
    }

    /// Their INVITE's transaction ended without an ACK (RFC 3261 §13.3.1.4).
    pub(super) async fn invitation_over(&mut self) {
        if self.is_accepted() {
            self.invitation = None;
            self.bye(Cause::Unacknowledged).await;
        }
    }

    fn ringing(&self) -> Option<&Invitation> {
        match self.phase {
            Phase::Incoming => self.invitation.as_ref().filter(|it| !it.accepted),
            Phase::Outgoing(_) | Phase::Up | Phase::Over => None,
        }
    }
}
