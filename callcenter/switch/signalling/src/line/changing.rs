//! Changes of a session that is up: re-INVITE and UPDATE of either side.

use std::time::Instant;

use rsipstack::{
    sip::{Header, HeadersExt, Method, Response, StatusCode, StatusCodeKind},
    transaction::Transaction,
};
use sip::{
    sdp::{Answer, Description},
    session_timer::{Grant, SessionExpires},
};

use super::{
    Change, Invitation, Line, Phase,
    callee::{offered, proposal},
};
use crate::{Cause, Event, headers::Fields, transactions::drive_invitation};

/// Seconds after which a re-INVITE that came too early may be tried again
/// (RFC 3261 §14.2: up to ten).
const BUSY_RETRY_AFTER: u32 = 3;

/// The headers of a 2xx that say how the session is refreshed.
pub(super) fn granted(grant: Grant) -> Vec<Header> {
    let mut headers = vec![Header::SessionExpires(
        grant.session_expires.to_value().into(),
    )];
    if grant.require {
        headers.push(Header::Require("timer".into()));
    }
    headers
}

impl Line {
    /// A re-INVITE of theirs.
    pub(super) async fn reinvited(&mut self, transaction: Transaction) {
        let request = transaction.original.clone();
        if self.change.is_some() {
            // Both sides began at once (RFC 3261 §14.2).
            return self.reply(transaction, StatusCode::RequestPending, Vec::new());
        }
        if self.invitation.is_some() || self.update.is_some() {
            let after = Header::RetryAfter(BUSY_RETRY_AFTER.to_string().into());
            let status = StatusCode::ServerInternalError;
            return self.reply(transaction, status, vec![after]);
        }
        let offer = match offered(&request) {
            Ok(offer) => offer,
            Err(status) => return self.reply(transaction, status, Vec::new()),
        };
        let Some(sequence) = request.cseq_header().ok().and_then(|it| it.seq().ok()) else {
            return;
        };
        self.dialog.refresh_target(&request.headers);
        self.invitation = Some(Invitation {
            replies: drive_invitation(transaction, sequence, self.itself.clone()),
            request,
            sequence,
            accepted: false,
            asks: false,
        });
        match (offer, self.local.clone()) {
            (Some(offer), _) => {
                let leg = self.leg;
                self.tell(Event::Reoffered { leg, offer }).await;
            }
            // They want to hear what we offer: the session as it is (RFC 3261 §14.2).
            (None, Some(local)) => {
                self.accept_invitation(&local, true);
            }
            (None, None) => self.decline_change(488).await,
        }
    }

    /// An UPDATE of theirs: a refresh, or an offer (RFC 3311 §5.2).
    pub(super) async fn updated(&mut self, transaction: Transaction) {
        let request = transaction.original.clone();
        let offer = match offered(&request) {
            Ok(offer) => offer,
            Err(status) => return self.reply(transaction, status, Vec::new()),
        };
        if offer.is_some() && self.change.is_some() {
            return self.reply(transaction, StatusCode::RequestPending, Vec::new());
        }
        if offer.is_some() && (self.update.is_some() || self.invitation.is_some()) {
            let after = Header::RetryAfter(BUSY_RETRY_AFTER.to_string().into());
            let status = StatusCode::ServerInternalError;
            return self.reply(transaction, status, vec![after]);
        }
        self.dialog.refresh_target(&request.headers);
        match offer {
            Some(offer) => {
                self.update = Some(Box::new(transaction));
                let leg = self.leg;
                self.tell(Event::Reoffered { leg, offer }).await;
            }
            None => match self.timer.asked(proposal(&request), Instant::now()) {
                Ok(grant) => self.reply(transaction, StatusCode::OK, granted(grant)),
                Err(too_small) => {
                    let min_se = Header::MinSE(too_small.min_se.as_secs().to_string().into());
                    let status = StatusCode::SessionIntervalTooSmall;
                    self.reply(transaction, status, vec![min_se]);
                }
            },
        }
    }

    pub(super) async fn accept_change(&mut self, description: &Description) {
        if !matches!(self.phase, Phase::Up) {
            return;
        }
        if let Some(update) = self.update.take() {
            let asked = proposal(&update.original);
            let headers = match self.timer.asked(asked, Instant::now()) {
                Ok(grant) => granted(grant),
                Err(_) => Vec::new(),
            };
            self.local = Some(description.clone());
            let body = Some(description.to_body());
            let response = self.response(&update.original, StatusCode::OK, headers, body);
            super::requests::respond(*update, response);
            return;
        }
        self.accept_invitation(description, false);
    }

    fn accept_invitation(&mut self, description: &Description, asks: bool) {
        let Some(mut invitation) = self.invitation.take_if(|it| !it.accepted) else {
            return;
        };
        let headers = match self
            .timer
            .asked(proposal(&invitation.request), Instant::now())
        {
            Ok(grant) => granted(grant),
            Err(_) => Vec::new(),
        };
        self.local = Some(description.clone());
        let body = Some(description.to_body());
        let response = self.response(&invitation.request, StatusCode::OK, headers, body);
        invitation.replies.send(response);
        invitation.accepted = true;
        invitation.asks = asks;
        self.invitation = Some(invitation);
    }

    pub(super) async fn decline_change(&mut self, status: u16) {
        if matches!(self.phase, Phase::Up) {
            self.refuse_pending(status.clamp(400, 699).into()).await;
        }
    }

    /// Refuses whatever of theirs waits for an answer.
    pub(super) async fn refuse_pending(&mut self, status: StatusCode) {
        if let Some(update) = self.update.take() {
            let response = self.response(&update.original, status.clone(), Vec::new(), None);
            super::requests::respond(*update, response);
        }
        if let Some(invitation) = self.invitation.take_if(|it| !it.accepted) {
            let response = self.response(&invitation.request, status, Vec::new(), None);
            invitation.replies.send(response);
        }
    }

    /// Asks the other end to change the session.
    pub(super) async fn reoffer(&mut self, description: &Description) {
        let leg = self.leg;
        if !matches!(self.phase, Phase::Up) {
            return;
        }
        if self.change.is_some() || self.invitation.is_some() || self.update.is_some() {
            let status = StatusCode::RequestPending.code();
            return self.tell(Event::ReofferRefused { leg, status }).await;
        }
        let headers = self.timer_headers();
        let request = self.send(Method::Invite, headers, Some(description.to_body()));
        self.expect(request, Some(description.clone()));
    }

    /// Refreshes the session as it is (RFC 4028 §7.4): with UPDATE where the
    /// other end takes it, else with our description once more.
    pub(super) fn refresh(&mut self) {
        if self.change.is_some() || self.invitation.is_some() {
            // Whatever is under way refreshes it, too.
            return;
        }
        let headers = self.timer_headers();
        let request = if self.updates {
            self.send(Method::Update, headers, None)
        } else {
            let body = self.local.as_ref().map(Description::to_body);
            self.send(Method::Invite, headers, body)
        };
        self.expect(request, None);
    }

    pub(super) async fn change_answered(&mut self, change: Change, response: &Response) {
        let leg = self.leg;
        let status = response.status_code.code();
        if response.status_code.kind() == StatusCodeKind::Successful {
            self.dialog.refresh_target(&response.headers);
            let expires = response.headers.first("Session-Expires");
            let expires = expires.and_then(SessionExpires::parse);
            self.timer.accepted(expires, Instant::now());
            let Some(description) = change.description else {
                return;
            };
            self.local = Some(description);
            return match Answer::parse(&response.body) {
                Ok(answer) => self.tell(Event::Answered { leg, answer }).await,
                Err(_) => self.bye(Cause::Lost).await,
            };
        }
        match status {
            // The other end knows nothing of us any more (RFC 3261 §12.2.1.2).
            408 | 481 => self.bye(Cause::Lost).await,
            422 => {
                let min_se = response.headers.first("Min-SE");
                let min_se = min_se.and_then(sip::session_timer::parse_seconds);
                if self.timer.refused(min_se) && change.description.is_none() {
                    return self.refresh();
                }
                self.change_refused(&change, status).await;
            }
            _ => self.change_refused(&change, status).await,
        }
    }

    async fn change_refused(&mut self, change: &Change, status: u16) {
        let leg = self.leg;
        if change.description.is_some() {
            self.tell(Event::ReofferRefused { leg, status }).await;
        }
    }
}
