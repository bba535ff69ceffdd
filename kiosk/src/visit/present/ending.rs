//! The screens of the second half: paying, working, taking, parting.

use request::{PaperState, Stage};

use crate::visit::{
    Moment, Visit,
    settling::Ending,
    step::Step,
    view::{
        Failed, FailureReason, Means, MeansState, Pay, PayByCard, Progress, Screen, TakePaper,
        Work, WorkState, WorkStep,
    },
};

impl Visit {
    pub(super) fn pay_screen(&self) -> Screen {
        match self.person.card_paying.phase() {
            Some(phase) => Screen::PayByCard(PayByCard {
                amount_won: self.sum_won(),
                phase,
            }),
            None => Screen::Pay(self.pay()),
        }
    }

    fn pay(&self) -> Pay {
        let request = self.person.request.as_ref();
        let money = request.map(|it| &it.money);
        let working = self.fittings.cash_trouble().is_none();
        let card = match self.card_payment_trouble() {
            _ if !self.site.card_terminal => MeansState::NotFitted,
            Some(_) => MeansState::Broken,
            None => MeansState::Available,
        };
        Pay {
            amount_won: self.sum_won(),
            inserted_won: money.map_or(0, request::Money::available_won),
            means: self.person.collecting.then_some(Means::Cash),
            cash: match working {
                true if self.person.paying_cash => MeansState::Starting,
                true => MeansState::Available,
                false if !self.site.cash => MeansState::NotFitted,
                false => MeansState::Broken,
            },
            card,
            change: self.fittings.change_won() > 0,
            refusal: self.person.card_paying.refusal,
            why: self.why_it_costs(),
            returning: false,
        }
    }

    /// The grounds of all fees, each once.
    fn why_it_costs(&self) -> String {
        let open = self.requests().filter(|it| it.stage == Stage::Prepared);
        let fees = open.filter(|it| it.total_won() > 0);
        let mut grounds: Vec<&str> = Vec::new();
        for fee in fees.filter_map(|it| it.fee.as_ref()) {
            if !grounds.contains(&fee.legal_basis.as_str()) {
                grounds.push(&fee.legal_basis);
            }
        }
        grounds.join(", ")
    }

    /// The named steps of the road, and how far it has been walked.
    pub(super) fn work(&self) -> Vec<WorkStep> {
        let steps: &[Work] = match self.step {
            Step::Settling(Ending::Failed | Ending::Left) if self.is_about_a_card() => {
                &[Work::ReverseCard]
            }
            Step::Settling(Ending::Failed | Ending::Left) => &[Work::ReturnMoney],
            Step::PrintingReceipt => &[Work::PrintReceipt],
            Step::Recovering => &[Work::LookIntoCrash],
            Step::PrintingTicket => &[Work::PrintTicket],
            Step::LookingUp => &[Work::LookUpTicket],
            Step::LookingUpPaper => &[Work::LookUpPaper],
            Step::Making => &[Work::MakeCertificate],
            Step::Printing | Step::Settling(Ending::Done | Ending::Served) => {
                &[Work::PrintCertificate, Work::TakeMoney]
            }
            _ => &[Work::SendRequest, Work::AskAgency, Work::MakeCertificate],
        };
        let at = match self.step {
            Step::Preparing | Step::Replacing if self.fittings.exchange_trouble().is_none() => 1,
            Step::Fetching => 2,
            Step::Settling(Ending::Done | Ending::Served) => 1,
            _ => 0,
        };
        let state = |index: usize| match index.cmp(&at) {
            std::cmp::Ordering::Less => WorkState::Done,
            std::cmp::Ordering::Equal => WorkState::Doing,
            std::cmp::Ordering::Greater => WorkState::ToDo,
        };
        let step = |(index, work): (usize, &Work)| WorkStep {
            work: *work,
            state: state(index),
        };
        steps.iter().enumerate().map(step).collect()
    }

    pub(super) fn papers(&self, reminded: bool) -> TakePaper {
        let issued: Vec<_> = self
            .requests()
            .flat_map(|request| &request.paper.documents)
            .filter(|(_, state)| *state == PaperState::Issued)
            .map(|(document, _)| document)
            .collect();
        TakePaper {
            copies: u32::try_from(issued.len()).unwrap_or(u32::MAX),
            pages: issued.iter().map(|document| document.pages).sum(),
            document_numbers: issued
                .iter()
                .map(|document| document.number.to_string())
                .collect(),
            reminded,
        }
    }

    pub(super) fn failed(&self, now: Moment) -> Failed {
        let reason = self.person.failure.unwrap_or(FailureReason::Bug);
        let request = self.person.request.as_ref();
        Failed {
            reason,
            money: self.money_outcome(),
            code: code(reason).to_owned(),
            request: request.map(|it| it.id.to_string()),
            accepted_at: self
                .person
                .accepted_at
                .filter(|_| reason == FailureReason::TicketNotReady)
                .map(|at| self.clock_time(at, now)),
            may_retry: self.may_retry(),
        }
    }

    /// Only what may go well a minute later, and only when nothing was printed.
    pub(in crate::visit) fn may_retry(&self) -> bool {
        let clean = self.person.request.as_ref().is_some_and(|request| {
            matches!(request.stage, Stage::Closed(_)) && request.money.owed_won == 0
        });
        let passing = matches!(
            self.person.failure,
            Some(
                FailureReason::NetworkDown
                    | FailureReason::NetworkSlow
                    | FailureReason::NetworkNonsense
            )
        );
        clean && passing && self.person.honoring.is_none() && self.is_alone()
    }

    pub(super) fn progress(&self) -> Option<Progress> {
        let service = self.service()?;
        let known = service.identity > request::IdentityLevel::None;
        let consent = service.consent.is_some();
        let stations = [
            known,
            !service.questions.is_empty(),
            true,
            consent,
            true,
            true,
            true,
        ];
        let at = match self.step {
            Step::InsertingCard(_) | Step::TypingNumber | Step::Checking(_) => 0,
            Step::Asking { .. } => 1,
            Step::Choosing => 2,
            Step::Consenting => 3,
            Step::Reviewing | Step::Preparing | Step::Fetching => 4,
            Step::Paying => 5,
            Step::Printing
            | Step::Doubting
            | Step::OfferingReplacement
            | Step::Replacing
            | Step::Settling(Ending::Done)
            | Step::TakingPaper { .. } => 6,
            _ => return None,
        };
        let count =
            |range: &[bool]| u32::try_from(range.iter().filter(|it| **it).count()).unwrap_or(0);
        Some(Progress {
            at: count(&stations[..at]),
            of: count(&stations),
        })
    }
}

/// The code a technician or the call centre looks up.
fn code(reason: FailureReason) -> &'static str {
    match reason {
        FailureReason::NetworkDown => "NET-01",
        FailureReason::NetworkSlow => "NET-02",
        FailureReason::NetworkNonsense => "NET-03",
        FailureReason::NoSuchRecord => "REC-01",
        FailureReason::NotInRecords => "REC-04",
        FailureReason::Unprintable => "REC-02",
        FailureReason::OutsideHours => "REC-03",
        FailureReason::PrinterOutOfPaper => "PTR-01",
        FailureReason::PrinterJammed => "PTR-02",
        FailureReason::PrinterCoverOpen => "PTR-03",
        FailureReason::PrinterSilent => "PTR-05",
        FailureReason::PaperUnknown => "PTR-08",
        FailureReason::CardPulled => "CRD-01",
        FailureReason::TooManyTries => "CRD-02",
        FailureReason::CashFault => "CSH-01",
        FailureReason::NoChange => "CSH-02",
        FailureReason::CardUnknown => "PAY-07",
        FailureReason::CardNotReversed => "PAY-08",
        FailureReason::TicketUnreachable => "TKT-01",
        FailureReason::TicketUnknown => "TKT-02",
        FailureReason::TicketNotReady => "TKT-03",
        FailureReason::TicketUsed => "TKT-04",
        FailureReason::TicketBusy => "TKT-05",
        FailureReason::TicketNotYours => "TKT-06",
        FailureReason::TicketTries => "TKT-07",
        FailureReason::NotVouched => "CRD-03",
        FailureReason::Bug => "BUG-01",
    }
}
