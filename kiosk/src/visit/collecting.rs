//! "I have a ticket": collecting what was accepted elsewhere, or money that is owed.
//!
//! A collection is a request of its own, opened here. The exchange hands what the
//! ticket promises to one such request at a time, so that two kiosks with the
//! same ticket never both honor it.

use std::{collections::BTreeMap, time::Duration};

use request::{
    Action, Channel, DeclineReason, Fee, IdentityLevel, Promise, ServiceId, Terms, Timestamp,
};
use sync::TicketAnswer;
use ticket::{Code, Kind};

use super::{
    Command, Key, Moment, Touch, Visit,
    step::Step,
    view::{CodeEntry, CodeRefusal, FailureReason, TicketOffer, Trouble},
};

/// The name of a request that pays out what a machine owed; no catalogue has it.
const REFUND: &str = "refund";
/// An answer takes a moment; a citizen is not kept for a line that is dead.
const LOOKING_UP: Duration = Duration::from_secs(15);
const GROUP: usize = 4;

/// A ticket whose promise the exchange has confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Honoring {
    pub(super) code: Code,
    pub(super) promised: Promised,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Promised {
    Documents {
        service: ServiceId,
        copies: u32,
        fee: Fee,
        accepted_at: Timestamp,
    },
    Money {
        amount_won: u32,
    },
}

impl Visit {
    pub(super) fn ask_for_code(&mut self) {
        self.person.code.clear();
        self.enter(Step::TypingCode { refusal: None });
    }

    pub(super) fn typing_code(&mut self, touch: &Touch, now: Moment) {
        match touch {
            Touch::Back => self.enter(Step::Finding),
            Touch::Key(key) => {
                match key {
                    Key::Character(digit)
                        if digit.is_ascii_digit() && self.person.code.len() < Code::DIGITS =>
                    {
                        self.person.code.push(*digit);
                    }
                    Key::Backspace => {
                        self.person.code.pop();
                    }
                    Key::Clear => self.person.code.clear(),
                    _ => {}
                }
                self.enter(Step::TypingCode { refusal: None });
            }
            Touch::Next => match Code::parse(&self.person.code) {
                Ok(code) => self.present_code(code, now),
                Err(_) => self.refuse_code(CodeRefusal::WrongDigit),
            },
            _ => {}
        }
    }

    /// What the scanner has read. Who signed a ticket does not matter here: whether its
    /// code is worth anything, the exchange says.
    pub(super) fn code_scanned(&mut self, text: &str, now: Moment) {
        let read = ticket::read(text).map(|ticket| ticket.code).ok();
        match read.or_else(|| Code::parse(text).ok()) {
            Some(code) => {
                self.person.code = code.digits();
                self.present_code(code, now);
            }
            None => self.refuse_code(CodeRefusal::NotATicket),
        }
    }

    pub(super) fn refuse_code(&mut self, refusal: CodeRefusal) {
        let refusal = Some(refusal);
        self.enter(Step::TypingCode { refusal });
    }

    fn present_code(&mut self, code: Code, now: Moment) {
        if code.kind() == Kind::Receipt {
            self.ask_standing(&code, now);
        } else {
            self.look_up(code, now);
        }
    }

    pub(super) fn code_entry(&self, refusal: Option<CodeRefusal>) -> CodeEntry {
        let mut shown = String::new();
        for (index, digit) in self.person.code.chars().enumerate() {
            if index > 0 && index % GROUP == 0 {
                shown.push(' ');
            }
            shown.push(digit);
        }
        CodeEntry {
            shown,
            digits: u32::try_from(self.person.code.len()).unwrap_or(0),
            refusal,
            scanner: self.fittings.scanner_works(),
        }
    }

    /// Whether a ticket was used is known to the exchange alone.
    fn look_up(&mut self, code: Code, now: Moment) {
        if self.fittings.exchange_trouble().is_some() {
            self.turn_away(FailureReason::TicketUnreachable);
            return;
        }
        self.order(Command::LookUp(code));
        self.enter(Step::LookingUp);
        self.deadline = Some(now.instant + LOOKING_UP);
    }

    pub(super) fn looked_up(&mut self, code: Code, answer: Option<TicketAnswer>) {
        if Code::parse(&self.person.code).as_ref() != Ok(&code) {
            return;
        }
        let Some(answer) = answer else {
            self.turn_away(FailureReason::TicketUnreachable);
            return;
        };
        match answer {
            TicketAnswer::Ready {
                service,
                copies,
                fee,
                accepted_at,
            } => self.offer(
                code,
                Promised::Documents {
                    service,
                    copies,
                    fee,
                    accepted_at,
                },
            ),
            TicketAnswer::Owed { amount_won } => self.offer(code, Promised::Money { amount_won }),
            TicketAnswer::Waiting {
                service,
                accepted_at,
                ..
            } => {
                self.person.service = Some(service);
                self.person.accepted_at = Some(accepted_at);
                self.turn_away(FailureReason::TicketNotReady);
            }
            TicketAnswer::Declined { service, reason } => {
                self.person.service = Some(service);
                self.turn_away(declined(reason));
            }
            TicketAnswer::Used => self.turn_away(FailureReason::TicketUsed),
            TicketAnswer::Busy => self.turn_away(FailureReason::TicketBusy),
            TicketAnswer::Unknown => self.turn_away(FailureReason::TicketUnknown),
            TicketAnswer::TooManyTries => self.turn_away(FailureReason::TicketTries),
        }
    }

    /// Nothing was opened, so nothing has to be put in order.
    pub(super) fn turn_away(&mut self, reason: FailureReason) {
        self.person.failure = Some(reason);
        self.enter(Step::Failing);
    }

    fn offer(&mut self, code: Code, promised: Promised) {
        if let Promised::Documents {
            service, copies, ..
        } = &promised
        {
            if self.catalog.service(service).is_none() {
                self.turn_away(FailureReason::TicketUnknown);
                return;
            }
            self.person.service = Some(service.clone());
            self.person.copies = *copies;
        }
        self.person.honoring = Some(Honoring { code, promised });
        self.enter(Step::OfferingTicket);
    }

    pub(super) fn offering_ticket(&mut self, touch: &Touch) {
        match touch {
            Touch::Back => {
                self.person.honoring = None;
                self.person.service = None;
                self.person.opening = false;
                self.enter(Step::Finding);
            }
            Touch::Next => self.begin_collecting(),
            _ => {}
        }
    }

    pub(super) fn ticket_offer(&self) -> TicketOffer {
        let promised = self.person.honoring.as_ref().map(|it| &it.promised);
        let (amount_won, pays_out) = match promised {
            Some(Promised::Documents { copies, fee, .. }) => {
                (fee.unit_won.saturating_mul(*copies), false)
            }
            Some(Promised::Money { amount_won }) => (*amount_won, true),
            None => (0, false),
        };
        TicketOffer {
            amount_won,
            pays_out,
            unavailable: self.cannot_honor(amount_won, pays_out),
        }
    }

    /// What this kiosk lacks to honor a ticket that is good.
    fn cannot_honor(&self, amount_won: u32, pays_out: bool) -> Option<Trouble> {
        let needs_card = self
            .service()
            .is_some_and(|it| it.identity > IdentityLevel::None);
        let card = if needs_card {
            self.fittings.card_trouble()
        } else {
            None
        };
        let cash = if amount_won > 0 && !pays_out {
            self.paying_trouble()
        } else if amount_won > 0 {
            let waits = !self.fittings.cash_has_told();
            let trouble = self.fittings.cash_trouble();
            trouble.or(waits.then_some(Trouble::Cash))
        } else {
            None
        };
        let short = pays_out && amount_won > self.fittings.change_won();
        let printer = self.fittings.printer_trouble().filter(|_| !pays_out);
        card.or(printer)
            .or(cash)
            .or(short.then_some(Trouble::NoChange))
    }

    fn begin_collecting(&mut self) {
        let offer = self.ticket_offer();
        let Some(service) = self.wanted_service() else {
            return;
        };
        if self.person.opening || offer.unavailable.is_some() {
            return;
        }
        let known = self.service();
        let command = Command::Open {
            service,
            version: known.map_or(1, |it| it.version),
            channel: Channel::Kiosk,
            language: self.person.language.code(),
            // The questions were answered and consent was given when it was accepted.
            terms: Terms {
                identity: known.map_or(IdentityLevel::None, |it| it.identity),
                consent: false,
                questions: Vec::new(),
                copies_max: self.person.copies.max(1),
            },
        };
        self.person.opening = true;
        self.order(command);
    }

    /// The service a request is being opened for.
    pub(super) fn wanted_service(&self) -> Option<ServiceId> {
        match self.person.honoring.as_ref().map(|it| &it.promised) {
            Some(Promised::Money { .. }) => Some(ServiceId::new(REFUND)),
            Some(Promised::Documents { .. }) | None => self.person.service.clone(),
        }
    }

    /// Writes down first which ticket a new request honors.
    pub(super) fn name_the_ticket(&mut self) {
        if let Some(honoring) = &self.person.honoring {
            let what = match honoring.promised {
                Promised::Documents { .. } => Promise::Documents,
                Promised::Money { .. } => Promise::Money,
            };
            let ticket = honoring.code.digits();
            self.act(Action::Collect { ticket, what });
        }
    }

    /// Asks the exchange for what the ticket promises. `false` when the present
    /// request honors none.
    pub(super) fn ask_for_promise(&mut self, now: Moment) -> bool {
        let Some(honoring) = self.person.honoring.clone() else {
            return false;
        };
        if let Promised::Documents { copies, fee, .. } = honoring.promised {
            self.act(Action::ChooseOptions {
                options: BTreeMap::new(),
                copies,
            });
            self.act(Action::QuoteFee(fee));
        }
        self.submit(now);
        true
    }
}

/// The failure a refusal of the exchange means to a citizen.
pub(super) fn declined(reason: DeclineReason) -> FailureReason {
    match reason {
        DeclineReason::NoSuchRecord => FailureReason::NoSuchRecord,
        DeclineReason::Unprintable => FailureReason::Unprintable,
        DeclineReason::OutsideHours => FailureReason::OutsideHours,
        DeclineReason::Malformed => FailureReason::Bug,
        DeclineReason::NoSuchTicket => FailureReason::TicketUnknown,
        DeclineReason::NotReady => FailureReason::TicketNotReady,
        DeclineReason::TicketUsed => FailureReason::TicketUsed,
        DeclineReason::TicketBusy => FailureReason::TicketBusy,
        DeclineReason::NotTheHolder => FailureReason::TicketNotYours,
        DeclineReason::NotVouched => FailureReason::NotVouched,
    }
}
