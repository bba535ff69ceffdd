//! The task of one leg: from the first message to its last.

mod callee;
mod caller;
mod changing;
mod overtaking;
mod requests;
mod transfer;

pub(crate) use callee::receive;
pub(crate) use caller::{Route, call};

use std::{collections::VecDeque, sync::Arc, time::Instant};

use rsipstack::sip::{Header, Method, Request, Response, StatusCode};
use sip::{
    sdp::Description,
    session_timer::{self, SessionTimer},
};
use tokio::sync::mpsc;

use crate::{
    Cause, Command, Event, LegId,
    dialog::Dialog,
    directory::{Input, RequestId},
    lines::Lines,
    transactions::{self, Replies, Requests},
};

/// An INVITE of theirs: the first, or one that changes the session.
struct Invitation {
    request: Request,
    sequence: u32,
    replies: Replies,
    /// Whether a 2xx was sent and waits for its ACK.
    accepted: bool,
    /// Whether that 2xx held an offer of ours.
    asks: bool,
}

/// A change of ours the other end has not answered.
struct Change {
    request: RequestId,
    /// `None` refreshes the session as it is.
    description: Option<Description>,
}

enum Phase {
    /// They call; the INVITE is in `invitation`.
    Incoming,
    Outgoing(Box<caller::Outgoing>),
    Up,
    Over,
}

pub(crate) struct Line {
    leg: LegId,
    lines: Arc<Lines>,
    dialog: Dialog,
    inputs: mpsc::Receiver<Input>,
    itself: mpsc::Sender<Input>,
    phase: Phase,
    invitation: Option<Invitation>,
    /// An UPDATE of theirs with an offer that is not answered yet.
    update: Option<Box<rsipstack::transaction::Transaction>>,
    change: Option<Change>,
    /// Sound before the answer, said again from time to time.
    early: Option<callee::EarlyMedia>,
    /// What we last said of the session.
    local: Option<Description>,
    timer: SessionTimer,
    /// Hang up as soon as the ACK has come: no BYE may overtake it (RFC 3261 §15).
    ending: bool,
    /// Whether the other end takes an UPDATE (RFC 3311).
    updates: bool,
    transfer: bool,
    requests: u64,
    sent: Requests,
    /// Requests of theirs that came before the ACK they were sent after.
    overtaking: VecDeque<Box<rsipstack::transaction::Transaction>>,
}

impl Line {
    fn new(
        leg: LegId,
        lines: Arc<Lines>,
        dialog: Dialog,
        phase: Phase,
        channel: (mpsc::Sender<Input>, mpsc::Receiver<Input>),
    ) -> Self {
        let (itself, inputs) = channel;
        Self {
            leg,
            timer: SessionTimer::new(lines.refreshing),
            sent: Requests::new(itself.clone()),
            lines,
            dialog,
            inputs,
            itself,
            phase,
            invitation: None,
            update: None,
            change: None,
            early: None,
            local: None,
            ending: false,
            updates: false,
            transfer: false,
            requests: 0,
            overtaking: VecDeque::new(),
        }
    }

    async fn run(mut self) {
        while !matches!(self.phase, Phase::Over) {
            let deadline = self.deadline();
            tokio::select! {
                input = self.inputs.recv() => match input {
                    Some(input) => self.handle(input).await,
                    None => break,
                },
                () = at(deadline) => self.handle_timeout(Instant::now()).await,
            }
        }
        self.lines.directory.leave(self.leg);
        self.answer_latecomers();
    }

    fn deadline(&self) -> Option<Instant> {
        let giving_up = match &self.phase {
            Phase::Outgoing(outgoing) => outgoing.gives_up_at,
            Phase::Incoming => self.early_media_due(),
            Phase::Up | Phase::Over => None,
        };
        self.timer.poll_timeout().into_iter().chain(giving_up).min()
    }

    async fn handle(&mut self, input: Input) {
        match input {
            Input::Command(command) => self.obey(command).await,
            Input::Request(transaction) => self.asked(*transaction).await,
            Input::Invitation { sequence, request } => {
                if self.is_current(sequence) {
                    if request.method == Method::Ack {
                        self.acknowledged(&request).await;
                    } else if request.method == Method::Cancel {
                        self.given_up().await;
                    }
                }
            }
            Input::InvitationOver { sequence } => {
                if self.is_current(sequence) {
                    self.invitation_over().await;
                }
            }
            Input::Response { request, response } => self.answered(request, *response).await,
        }
    }

    async fn handle_timeout(&mut self, now: Instant) {
        if matches!(&self.phase, Phase::Outgoing(it) if it.gives_up_at.is_some_and(|at| at <= now))
        {
            self.over(Cause::Released).await;
        }
        if self.early_media_due().is_some_and(|at| at <= now) {
            self.say_early_media(now);
        }
        self.timer.handle_timeout(now);
        while let Some(command) = self.timer.poll_command() {
            match command {
                session_timer::Command::Refresh => self.refresh(),
                session_timer::Command::End => self.bye(Cause::Expired).await,
            }
        }
    }

    async fn obey(&mut self, command: Command) {
        match command {
            Command::Ring { .. } => self.provisional(StatusCode::Ringing, None),
            Command::Queue { .. } => self.provisional(StatusCode::Queued, None),
            Command::EarlyMedia { answer, .. } => {
                self.sound_early(answer.description(), Instant::now());
            }
            Command::Answer { answer, .. } => self.accept(answer.description(), false),
            Command::AnswerWithOffer { offer, .. } => self.accept(offer.description(), true),
            Command::Refuse {
                status,
                retry_after,
                ..
            } => self.decline(status, retry_after).await,
            Command::Call(_) => {}
            Command::Cancel { .. } => self.cancel(),
            Command::Reoffer { offer, .. } => self.reoffer(offer.description()).await,
            Command::AnswerReoffer { answer, .. } => {
                self.accept_change(answer.description()).await;
            }
            Command::RefuseReoffer { status, .. } => self.decline_change(status).await,
            Command::End { .. } => self.end().await,
            Command::TransferDone { .. } => self.transferred(200),
            Command::TransferFailed { status, .. } => self.transferred(status),
        }
    }

    async fn end(&mut self) {
        match &self.phase {
            Phase::Incoming if self.is_accepted() => self.ending = true,
            Phase::Incoming => self.decline(480, None).await,
            Phase::Outgoing(_) => self.cancel(),
            Phase::Up => self.bye(Cause::Released).await,
            Phase::Over => {}
        }
    }

    /// Sends a BYE and is over; nobody waits for its answer.
    async fn bye(&mut self, why: Cause) {
        self.refuse_pending(StatusCode::RequestTerminated).await;
        self.send(Method::Bye, Vec::new(), None);
        self.over(why).await;
    }

    async fn over(&mut self, why: Cause) {
        self.finish(Event::Ended { leg: self.leg, why }).await;
    }

    /// The leg's last word.
    async fn finish(&mut self, event: Event) {
        if matches!(self.phase, Phase::Over) {
            return;
        }
        self.phase = Phase::Over;
        self.refuse_overtaking();
        self.timer.stop();
        self.lines.directory.leave(self.leg);
        self.tell(event).await;
    }

    async fn tell(&self, event: Event) {
        // Nobody listens any more when the program is closing.
        drop(self.lines.events.send(event).await);
    }

    /// Sends a request within the dialog.
    fn send(&mut self, method: Method, headers: Vec<Header>, body: Option<Vec<u8>>) -> RequestId {
        self.requests += 1;
        let id = RequestId(self.requests);
        let request = self
            .dialog
            .request(&self.lines.endpoint, method, headers, body);
        let opened = request.and_then(|request| {
            let stream = self.dialog.path.stream.clone();
            let destination = self.dialog.destination();
            transactions::open(&self.lines.endpoint, request, stream, destination)
        });
        match opened {
            Ok(transaction) => self.sent.send(transaction, id),
            Err(_) => tracing::warn!(leg = %self.leg, %method, "Could not build a request"),
        }
        id
    }

    fn response(
        &self,
        request: &Request,
        status: StatusCode,
        headers: Vec<Header>,
        body: Option<Vec<u8>>,
    ) -> Response {
        self.dialog
            .response(&self.lines.endpoint, request, status, headers, body)
    }

    fn is_current(&self, sequence: u32) -> bool {
        self.invitation
            .as_ref()
            .is_some_and(|it| it.sequence == sequence)
    }

    fn is_accepted(&self) -> bool {
        self.invitation.as_ref().is_some_and(|it| it.accepted)
    }
}

/// Waits for a deadline; for ever when there is none.
pub(crate) async fn at(deadline: Option<Instant>) {
    match deadline {
        Some(deadline) => tokio::time::sleep_until(deadline.into()).await,
        None => std::future::pending().await,
    }
}
