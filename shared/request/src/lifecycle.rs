//! The life of a request: which action is allowed at which stage.

use std::collections::BTreeMap;

use privacy::Personal;

use crate::{
    Action, Applicant, Assistance, Channel, Consent, Correspondence, DeclineReason, Fee, Handling,
    Identity, Money, NetworkFault, Outcome, Paper, Promise, Refusal, RequestEvent, RequestId,
    ServiceId, SpoilReason, TelephoneNumber, Terms,
};

mod decide_assistance;
mod decide_card;
mod decide_correspondence;
mod decide_handling;
mod decide_identity;
mod decide_money;
mod decide_paper;
mod submission;

/// A request as its events have made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceRequest {
    pub id: RequestId,
    pub service: ServiceId,
    pub channel: Channel,
    pub terms: Terms,
    pub language: String,
    pub stage: Stage,
    pub applicant: Option<Applicant>,
    pub identity: Identity,
    pub answers: BTreeMap<String, Personal<String>>,
    pub options: BTreeMap<String, String>,
    pub copies: u32,
    pub consent: Option<Consent>,
    pub fee: Option<Fee>,
    pub assistance: Assistance,
    /// The ticket this request honors.
    pub collecting: Option<(String, Promise)>,
    /// The claim ticket its citizen went away with.
    pub claim_ticket: Option<String>,
    /// What was asked for can be collected with the claim ticket.
    pub result_ready: bool,
    pub declined: Option<DeclineReason>,
    /// Why the exchange's last attempt failed, until one succeeds.
    pub fault: Option<NetworkFault>,
    /// Where the citizen is told by text message what becomes of it.
    pub telephone: Option<TelephoneNumber>,
    /// Who wrote, and what was answered; empty but for petitions.
    pub correspondence: Correspondence,
    /// What offices do with it; empty but for petitions.
    pub handling: Handling,
    pub money: Money,
    pub paper: Paper,
    pub receipt_printed: bool,
    /// Something besides the citizen's own wish kept a copy from being issued.
    failed: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The citizen is still filling it in.
    Draft,
    /// The exchange works on it.
    Submitted,
    /// The exchange works on it, and the citizen has gone with a claim ticket.
    Queued,
    /// Documents lie ready; money and paper may move.
    Prepared,
    Declined,
    Closed(Outcome),
}

impl ServiceRequest {
    /// Rebuilds a request from its events; `None` when the first is not `Opened`.
    pub fn replay<'a>(
        id: RequestId,
        events: impl IntoIterator<Item = &'a RequestEvent>,
    ) -> Option<Self> {
        let mut events = events.into_iter();
        let mut request = Self::open(id, events.next()?)?;
        for event in events {
            request.apply(event);
        }
        Some(request)
    }

    /// Starts from an `Opened` event.
    pub fn open(id: RequestId, event: &RequestEvent) -> Option<Self> {
        let RequestEvent::Opened {
            service,
            channel,
            terms,
            language,
            ..
        } = event
        else {
            return None;
        };
        Some(Self {
            id,
            service: service.clone(),
            channel: *channel,
            terms: terms.clone(),
            language: language.clone(),
            stage: Stage::Draft,
            applicant: None,
            identity: Identity::default(),
            answers: BTreeMap::new(),
            options: BTreeMap::new(),
            copies: 1,
            consent: None,
            fee: None,
            assistance: Assistance::default(),
            collecting: None,
            claim_ticket: None,
            result_ready: false,
            declined: None,
            fault: None,
            telephone: None,
            correspondence: Correspondence::default(),
            handling: Handling::default(),
            money: Money::default(),
            paper: Paper::default(),
            receipt_printed: false,
            failed: false,
        })
    }

    /// The fee of all copies; zero while none is quoted.
    pub fn total_won(&self) -> u32 {
        self.fee
            .as_ref()
            .map_or(0, |fee| fee.unit_won.saturating_mul(self.copies))
    }

    /// Decides what an action leads to, without changing anything.
    ///
    /// # Errors
    /// The [`Refusal`] says which rule stands in the way.
    pub fn decide(&self, action: Action) -> Result<RequestEvent, Refusal> {
        match (self.stage, action) {
            (
                Stage::Draft,
                action @ (Action::Identify { .. } | Action::AskVouching(_) | Action::Vouch(_)),
            ) => self.decide_identity(action),
            (Stage::Draft, Action::Answer { question, answer }) => {
                Ok(RequestEvent::Answered { question, answer })
            }
            (Stage::Draft, Action::ChooseOptions { options, copies }) => {
                if copies == 0 || copies > self.terms.copies_max {
                    return Err(Refusal::Copies);
                }
                Ok(RequestEvent::OptionsChosen { options, copies })
            }
            (Stage::Draft, Action::Consent(consent)) => Ok(RequestEvent::Consented { consent }),
            (Stage::Draft, Action::QuoteFee(fee)) => Ok(RequestEvent::FeeQuoted { fee }),
            // At a kiosk with the claim ticket in hand already.
            (Stage::Draft | Stage::Submitted | Stage::Queued, Action::WantMessages(telephone)) => {
                Ok(RequestEvent::MessagesWanted { telephone })
            }
            (
                Stage::Draft | Stage::Submitted | Stage::Prepared | Stage::Declined,
                action @ (Action::BeginAssistance { .. }
                | Action::ProposeValue { .. }
                | Action::AcceptProposal
                | Action::DeclineProposal
                | Action::EndAssistance(_)),
            ) => self.decide_assistance(action),
            (Stage::Draft, Action::Collect { ticket, what }) => {
                Ok(RequestEvent::Collecting { ticket, what })
            }
            (Stage::Draft, Action::Submit) => self.submit(),
            (
                Stage::Submitted | Stage::Closed(Outcome::Queued | Outcome::Done),
                action @ (Action::Route { .. }
                | Action::Transfer { .. }
                | Action::SetDue { .. }
                | Action::Extend { .. }
                | Action::Join { .. }
                | Action::Separate { .. }
                | Action::Attach { .. }
                | Action::StayOpen { .. }
                | Action::Rate { .. }
                | Action::Appeal { .. }
                | Action::Conclude { .. }),
            ) => self.decide_handling(action),
            (
                Stage::Closed(Outcome::Queued | Outcome::Done),
                action @ (Action::Assign { .. } | Action::Reply { .. }),
            ) => self.decide_correspondence(action),
            (
                Stage::Draft | Stage::Submitted,
                action @ (Action::NameSender(_)
                | Action::Enclose(_)
                | Action::Receive { .. }
                | Action::Assign { .. }
                | Action::Reply { .. }
                | Action::BeginSending(_)
                | Action::Send(_)
                | Action::FailSending { .. }),
            ) => self.decide_correspondence(action),
            (Stage::Submitted, Action::Queue { .. } | Action::Prepare(_))
                if self.waits_for_a_person() =>
            {
                Err(Refusal::WrongStage(self.stage))
            }
            (Stage::Submitted, Action::Queue { ticket }) if self.collecting.is_none() => {
                Ok(RequestEvent::Queued { ticket })
            }
            (Stage::Queued | Stage::Closed(Outcome::Queued), Action::MarkReady)
                if !self.is_answered() =>
            {
                Ok(RequestEvent::ResultReady)
            }
            (Stage::Queued | Stage::Closed(Outcome::Queued), Action::Decline(reason))
                if !self.is_answered() =>
            {
                Ok(RequestEvent::Declined { reason })
            }
            (Stage::Submitted, Action::Credit { amount_won }) => match &self.collecting {
                Some((_, Promise::Money)) if amount_won > 0 => {
                    Ok(RequestEvent::Credited { amount_won })
                }
                _ => Err(Refusal::Amount),
            },
            (Stage::Submitted, Action::FailAttempt(fault)) => {
                Ok(RequestEvent::AttemptFailed { fault })
            }
            (Stage::Prepared, Action::FailAttempt(fault))
                if self.paper.replacement_wanted().is_some() =>
            {
                Ok(RequestEvent::AttemptFailed { fault })
            }
            (Stage::Submitted, Action::Prepare(documents)) => {
                self.one_for_each_copy(&documents)?;
                Ok(RequestEvent::Prepared { documents })
            }
            (Stage::Draft, Action::PrepareUnderLease { lease, documents })
                if self.collecting.is_none() =>
            {
                self.submit()?;
                self.one_for_each_copy(&documents)?;
                Ok(RequestEvent::PreparedUnderLease { lease, documents })
            }
            (Stage::Submitted, Action::Decline(reason)) => Ok(RequestEvent::Declined { reason }),
            (Stage::Closed(_), _) => Err(Refusal::WrongStage(self.stage)),
            (_, Action::Close) => self.close(Outcome::Failed),
            (_, Action::Withdraw) => self.close(Outcome::Withdrawn),
            (Stage::Prepared, action) => self.decide_prepared(action),
            (stage, _) => Err(Refusal::WrongStage(stage)),
        }
    }

    /// Takes over what has happened. Never fails: events are facts.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "money, paper and letters have taken theirs"
    )]
    pub fn apply(&mut self, event: &RequestEvent) {
        let late_credit = matches!(event, RequestEvent::Credited { .. })
            && matches!(self.stage, Stage::Closed(_));
        self.assistance.apply(event);
        self.identity.apply(event);
        // The exchange takes a credit back that came after the end.
        if !late_credit {
            self.money.apply(event);
        }
        // Documents of a queued request are made when they are collected.
        let late_papers =
            matches!(event, RequestEvent::Prepared { .. }) && self.claim_ticket.is_some();
        if !late_papers {
            self.paper.apply(event);
        }
        self.correspondence.apply(event);
        self.handling.apply(event);
        match event {
            RequestEvent::Identified { applicant, .. } => self.applicant = Some(applicant.clone()),
            RequestEvent::Answered { question, answer } => {
                self.answers.insert(question.clone(), answer.clone());
            }
            RequestEvent::OptionsChosen { options, copies } => {
                self.options = options.clone();
                self.copies = *copies;
            }
            RequestEvent::Consented { consent } => self.consent = Some(consent.clone()),
            RequestEvent::FeeQuoted { fee } => self.fee = Some(fee.clone()),
            RequestEvent::MessagesWanted { telephone } => self.telephone = Some(telephone.clone()),
            RequestEvent::Submitted => self.stage = Stage::Submitted,
            RequestEvent::Queued { ticket } => {
                self.claim_ticket = Some(ticket.clone());
                self.stage = Stage::Queued;
            }
            RequestEvent::ResultReady => self.result_ready = true,
            RequestEvent::Collecting { ticket, what } => {
                self.collecting = Some((ticket.clone(), *what));
            }
            RequestEvent::Credited { .. } if self.stage == Stage::Submitted => {
                self.fault = None;
                self.stage = Stage::Prepared;
            }
            RequestEvent::AttemptFailed { fault } => self.fault = Some(*fault),
            RequestEvent::Prepared { .. } => {
                self.fault = None;
                // A withdrawal may have overtaken the exchange's answer.
                if self.stage == Stage::Submitted {
                    self.stage = Stage::Prepared;
                }
            }
            RequestEvent::PreparedUnderLease { .. } => self.stage = Stage::Prepared,
            RequestEvent::Replaced { .. } => self.fault = None,
            RequestEvent::Declined { reason } => {
                self.declined = Some(*reason);
                if self.stage == Stage::Submitted {
                    self.stage = Stage::Declined;
                }
            }
            RequestEvent::Spoiled { reason, .. } => {
                self.failed |= *reason != SpoilReason::NotWanted;
            }
            RequestEvent::ReceiptPrinted => self.receipt_printed = true,
            RequestEvent::Closed { outcome } => self.stage = Stage::Closed(*outcome),
            _ => {}
        }
    }

    /// Whether nobody but its holder, with a card at a kiosk, can set it going: a
    /// voice on the telephone proves nothing, so no network is asked before.
    pub fn waits_for_its_holder(&self) -> bool {
        self.channel == Channel::Telephone && !self.waits_for_a_person()
    }

    /// Whether no network is asked and nothing printed: it is a petition, and a
    /// person answers.
    pub fn waits_for_a_person(&self) -> bool {
        self.terms.copies_max == 0
    }

    /// Whether the exchange has said what became of a queued request.
    pub fn is_answered(&self) -> bool {
        self.result_ready || self.declined.is_some()
    }

    /// Whether it is a petition whose citizen has gone with a receipt number, and no
    /// letter of this station's is to follow.
    fn is_left_to_the_office(&self) -> bool {
        self.stage == Stage::Submitted
            && self.handling.receipt.is_some()
            && self.correspondence.sender.is_none()
    }

    fn close(&self, unfinished: Outcome) -> Result<RequestEvent, Refusal> {
        self.may_close_money()?;
        self.may_close_paper()?;
        Ok(RequestEvent::Closed {
            outcome: self.outcome(unfinished),
        })
    }

    /// How it ended; `unfinished` when nothing else says why copies are missing.
    fn outcome(&self, unfinished: Outcome) -> Outcome {
        if self.claim_ticket.is_some() || self.is_left_to_the_office() {
            return Outcome::Queued;
        }
        if self.money.credited_won > 0 || self.correspondence.reply_is_sent() {
            return Outcome::Done;
        }
        let issued = self.paper.count(crate::PaperState::Issued);
        if issued > 0 && issued == self.copies as usize {
            return Outcome::Done;
        }
        let unanswered = self.stage == Stage::Submitted && self.fault.is_some();
        if self.failed || self.declined.is_some() || unanswered {
            return Outcome::Failed;
        }
        unfinished
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "all the rest is about money"
    )]
    fn decide_prepared(&self, action: Action) -> Result<RequestEvent, Refusal> {
        match action {
            Action::BeginIssue { .. }
            | Action::Issue { .. }
            | Action::ConfirmPaper { .. }
            | Action::Spoil { .. }
            | Action::AskReplacement { .. }
            | Action::Replace { .. }
            | Action::PrintReceipt => self.decide_paper(action),
            action => self.decide_money(action),
        }
    }
}

#[cfg(test)]
mod tests;
