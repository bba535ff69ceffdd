//! A paid certificate visit, as a kiosk writes it down.

use std::collections::BTreeMap;

use privacy::Personal;
use request::{
    Action, Applicant, Channel, Consent, DocumentNumber, DocumentReference, Fee, FeeReason,
    Identification, IdentityLevel, Means, PaperState, PayoutPurpose, RequestEvent, RequestId,
    ResidentNumber, ServiceId, ServiceRequest, SpoilReason, Terms,
};

use crate::{
    dice::Dice,
    station::{Station, Stopped, station_id},
    world::Deed,
};

const UNIT_WON: u32 = 400;
const COINS_WON: [u32; 2] = [500, 100];
const NOTE_WON: u32 = 1000;

impl Station<'_> {
    /// One citizen, from the first touch to the farewell.
    pub(crate) fn serve(&mut self, visit: u32, dice: &mut Dice) -> Result<(), Stopped> {
        let mut request = self.fill_in(visit, dice)?;
        if dice.one_in(3) {
            self.confirm()?;
        }
        let documents = documents(visit, request.copies);
        self.hear(&mut request, RequestEvent::Prepared { documents })?;
        self.pay(&mut request, dice)?;
        let left = dice.one_in(6);
        if !left {
            self.print(&mut request, dice)?;
        }
        self.settle(&mut request, dice)?;
        if request.paper.count(PaperState::Issued) > 0 {
            self.act(&mut request, Action::PrintReceipt)?;
        }
        self.act(
            &mut request,
            if left {
                Action::Withdraw
            } else {
                Action::Close
            },
        )?;
        if dice.one_in(2) {
            self.confirm()?;
        }
        Ok(())
    }

    fn fill_in(&mut self, visit: u32, dice: &mut Dice) -> Result<ServiceRequest, Stopped> {
        let id = RequestId::new(format!("gaon-1-261125-{visit:06}"));
        let opened = RequestEvent::Opened {
            service: ServiceId::new("resident-register-household"),
            service_version: 1,
            channel: Channel::Kiosk,
            station: station_id(),
            language: "ko".to_owned(),
            terms: Terms {
                identity: IdentityLevel::Number,
                consent: true,
                questions: vec!["address".to_owned()],
                copies_max: 5,
            },
        };
        self.record(&id, &opened)?;
        let mut request = ServiceRequest::open(id, &opened).expect("opened opens a request");
        let applicant = Applicant {
            name: Personal::new("홍길동".to_owned()),
            resident_number: ResidentNumber::parse("8002011234567").expect("1 February 1980"),
        };
        let by = Identification::CardAndNumber;
        let copies = 1 + u32::try_from(dice.below(3)).unwrap_or(0);
        let options = BTreeMap::from([("past_addresses".to_owned(), "all".to_owned())]);
        for action in [
            Action::Identify { applicant, by },
            Action::Answer {
                question: "address".to_owned(),
                answer: Personal::new("가온시 새빛로 12, 104동 1203호".to_owned()),
            },
            Action::ChooseOptions { options, copies },
            Action::Consent(Consent {
                agency: "Ministry of the Interior and Safety".to_owned(),
                purpose: "to issue the certificate asked for".to_owned(),
                fields: vec!["name".to_owned(), "address".to_owned()],
                language: "ko".to_owned(),
            }),
            Action::QuoteFee(Fee {
                unit_won: UNIT_WON,
                legal_basis: "Ordinance on fees, annex 1".to_owned(),
                reason: FeeReason::Everywhere,
            }),
            Action::Submit,
        ] {
            self.act(&mut request, action)?;
        }
        Ok(request)
    }

    /// Coins and notes, until there is enough.
    fn pay(&mut self, request: &mut ServiceRequest, dice: &mut Dice) -> Result<(), Stopped> {
        self.act(
            request,
            Action::BeginPayment {
                means: Means::Cash,
                besides_won: 0,
            },
        )?;
        while request.money.held_won() < request.total_won() {
            let value_won = COINS_WON[dice.below(COINS_WON.len())];
            if dice.one_in(2) {
                self.deed(request, Some(Deed::CoinFell(value_won)));
                self.act(request, Action::TakeCoin { value_won })?;
                continue;
            }
            let value_won = NOTE_WON;
            self.act(request, Action::EscrowNote { value_won })?;
            if dice.one_in(4) {
                self.movement(
                    request,
                    Action::BeginNoteReturn,
                    Some(Deed::NoteReturned(value_won)),
                    Action::ReturnNote { value_won },
                )?;
            } else {
                self.movement(
                    request,
                    Action::BeginNoteStack,
                    Some(Deed::NoteStacked(value_won)),
                    Action::StackNote { value_won },
                )?;
            }
        }
        Ok(())
    }

    /// One sheet after the other; a jam ends it.
    fn print(&mut self, request: &mut ServiceRequest, dice: &mut Dice) -> Result<(), Stopped> {
        while let Some(document) = request.paper.next_ready() {
            let number = document.number.clone();
            let begin = Action::BeginIssue {
                number: number.clone(),
            };
            if dice.one_in(8) {
                let reason = SpoilReason::NotPrinted;
                return self.movement(request, begin, None, Action::Spoil { number, reason });
            }
            let printed = Some(Deed::Printed(number.clone()));
            self.movement(request, begin, printed, Action::Issue { number })?;
        }
        Ok(())
    }

    /// Every won finds its place.
    fn settle(&mut self, request: &mut ServiceRequest, dice: &mut Dice) -> Result<(), Stopped> {
        while let Some(document) = request.paper.next_ready() {
            let number = document.number.clone();
            let reason = SpoilReason::NotWanted;
            self.act(request, Action::Spoil { number, reason })?;
        }
        if request.due_won() > 0 {
            self.act(request, Action::CaptureFee)?;
        }
        let amount_won = request.money.held_won();
        if amount_won == 0 {
            return Ok(());
        }
        let purpose = if request.money.captured_won > 0 {
            PayoutPurpose::Change
        } else {
            PayoutPurpose::Refund
        };
        let begin = Action::BeginPayout {
            amount_won,
            purpose,
        };
        if !dice.one_in(5) {
            let paid = Some(Deed::PaidOut(amount_won));
            return self.movement(request, begin, paid, Action::PayOut { amount_won });
        }
        // The hopper is empty, and its counter does not say when it became so.
        let lost = Action::LosePayout {
            asked_won: amount_won,
        };
        self.movement(request, begin, None, lost)?;
        let ticket = refund_ticket(&request.id);
        self.act(request, Action::OweRefund { amount_won, ticket })
    }
}

/// What the journal keeps of a ticket is a text.
pub(crate) fn refund_ticket(request: &RequestId) -> String {
    format!("R-{request}")
}

fn documents(visit: u32, copies: u32) -> Vec<DocumentReference> {
    (1..=copies)
        .map(|copy| DocumentReference {
            number: DocumentNumber::new(format!("7Q2M-9KXD-{visit:04}-{copy:04}")),
            pages: 1,
            sha256: format!("{:064x}", u64::from(visit) << 8 | u64::from(copy)),
        })
        .collect()
}
