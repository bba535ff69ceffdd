//! The steps of a visit and what leads from one to the next.

use devices::{
    auxiliaries::AuxiliariesEvent, card_reader::CardReaderEvent,
    document_printer::DocumentPrinterEvent,
};

use request::NotANumber;

use super::{
    Event, Link, Moment, Touch, Visit,
    settling::Ending,
    view::{AnswerRefusal, CodeRefusal, Farewell, InsertCard},
    vouching::Check,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// What a crash left open is looked into before anybody is served.
    Recovering,
    Resting,
    Finding,
    /// The chosen service is explained.
    Explaining,
    /// The code of a ticket is typed, or held to the scanner.
    TypingCode {
        refusal: Option<CodeRefusal>,
    },
    /// A paper is held to the scanner, to be told whether it is genuine …
    HoldingPaper {
        unreadable: bool,
    },
    /// … or its number is typed …
    TypingPaperNumber {
        refusal: Option<NotANumber>,
    },
    /// … the exchange is asked about it …
    LookingUpPaper,
    /// … and what came of it is told.
    TellingOfPaper,
    /// The exchange is asked about the ticket.
    LookingUp,
    /// What the ticket brings is shown.
    OfferingTicket,
    /// How the petition of a receipt number stands.
    Standing,
    /// What its citizen thinks of the answer …
    Rating,
    /// … and why they do not accept it.
    Appealing {
        refusal: Option<AnswerRefusal>,
    },
    InsertingCard(InsertCard),
    TypingNumber,
    /// Two agents instead of a card.
    Checking(Check),
    Asking {
        question: usize,
        refusal: Option<AnswerRefusal>,
    },
    Choosing,
    Consenting,
    Reviewing,
    /// Some certificates cannot be had; are the others wanted all the same?
    OfferingRest,
    /// The exchange prepares the documents.
    Preparing,
    /// The documents are made here, under a lease.
    Making,
    /// The request goes on without the citizen; the claim ticket is printed …
    PrintingTicket,
    /// … and explained.
    Accepted {
        printed: bool,
    },
    /// Where the citizen is told by text message that it is ready.
    TypingTelephone {
        printed: bool,
        refused: bool,
    },
    /// The documents are on their way here.
    Fetching,
    Paying,
    Printing,
    /// The printer cannot tell whether the sheet came out: the citizen is asked.
    Doubting,
    /// No sheet came out: again under another number, or the money back?
    OfferingReplacement,
    /// The exchange makes the void copy anew, and it is on its way here.
    Replacing,
    /// Money finds its place: captured, given back, or owed.
    Settling(Ending),
    TakingPaper {
        reminded: bool,
    },
    /// What became of several certificates is told.
    TellingOutcome,
    OfferingReceipt,
    PrintingReceipt,
    TakingCard,
    Parting(Farewell),
    Failing,
}

impl Step {
    /// Whether the citizen is expected to do something here.
    pub(super) fn watched(self) -> bool {
        !matches!(
            self,
            Step::Recovering
                | Step::Resting
                | Step::LookingUp
                | Step::LookingUpPaper
                | Step::PrintingTicket
                | Step::Preparing
                | Step::Making
                | Step::Fetching
                | Step::Printing
                | Step::Doubting
                | Step::OfferingReplacement
                | Step::Replacing
                | Step::Settling(_)
                | Step::PrintingReceipt
                | Step::TakingPaper { .. }
                | Step::TakingCard
                | Step::Parting(_)
        )
    }

    /// Whether pulling the card here ends the visit: the person is known and
    /// nothing has been printed yet.
    pub(super) fn needs_card(self) -> bool {
        matches!(
            self,
            Step::TypingNumber
                | Step::Asking { .. }
                | Step::Choosing
                | Step::Consenting
                | Step::Reviewing
                | Step::OfferingRest
                | Step::Preparing
                | Step::Making
                | Step::Fetching
                | Step::Paying
        )
    }
}

impl Visit {
    /// The transition table.
    pub(super) fn advance(&mut self, event: Event, now: Moment) {
        match (self.step, event) {
            (Step::Recovering, Event::Recovered | Event::JournalBroken) => self.forget(now),
            (Step::Recovering, _) => {}
            (Step::Preparing, Event::Link(Link::Connected | Link::Away)) => {
                self.wait_for_exchange(now);
            }
            (_, Event::Link(_) | Event::Recovered) => {}
            (_, Event::Board(edition)) => self.board = edition,
            (_, Event::Trusted(list)) => self.trust = list,
            (step, Event::Barcode(event)) => self.barcode(step, event, now),
            (_, Event::HandedIn(taken)) => self.handed_in(taken),
            (_, Event::OutboxEmpty) => self.void_confirmed(now),
            (_, Event::Auxiliaries(AuxiliariesEvent::Sensed(sensors))) => {
                self.sensed(sensors, now);
            }
            (_, Event::JournalBroken) => self.journal_broke(now),
            (step, Event::Room(false)) if step.watched() && self.person.request.is_none() => {
                if self.is_alone() {
                    self.leave(now);
                } else {
                    self.open_basket();
                }
            }
            (_, Event::Room(_)) => {}
            (_, Event::Opened(request)) => self.opened(*request, now),
            (_, Event::Published { request, event }) => self.published(&request, &event, now),
            (_, Event::RoomAnswered(attempt, answer)) => self.room_answered(attempt, answer, now),
            (_, Event::CheckAnswered(attempt, answer)) => self.check_answered(attempt, answer, now),
            (_, Event::Voice(voice)) => self.voice_is(voice),
            (_, Event::Touched(touch)) if touch.is_about_help() => self.help_touched(touch, now),
            (_, Event::Touched(touch)) if touch.is_an_adjustment() => self.adjust(&touch, now),
            (_, Event::Touched(Touch::StayHere)) => {}
            (step, Event::Touched(Touch::StartOver)) if step.watched() => self.leave(now),

            (step, Event::Card(event)) => self.card(step, event, now),
            (step, Event::Cash(event)) => self.cash(step, event, now),
            (step, Event::PaymentTerminal(event)) => self.payment_terminal(step, event, now),

            (Step::Resting, Event::Touched(Touch::ChooseLanguage(language))) => {
                self.start(language);
            }
            (Step::Resting, Event::Touched(Touch::Start | Touch::Next)) => {
                self.start(self.person.language);
            }
            (_, Event::Touched(Touch::ChooseLanguage(language)))
                if self.person.request.is_none() && !self.person.opening =>
            {
                self.speak(language);
            }
            (Step::Finding, Event::Touched(touch)) => self.finding(touch, now),
            (Step::TypingCode { .. }, Event::Touched(touch)) => self.typing_code(&touch, now),
            (Step::LookingUp, Event::LookedUp { code, answer }) => self.looked_up(code, answer),
            (Step::LookingUp, Event::PetitionAnswered { question, answer }) => {
                self.petition_answered(&question, answer, now);
            }
            (Step::HoldingPaper { .. }, Event::Touched(touch)) => self.holding_paper(&touch),
            (Step::TypingPaperNumber { .. }, Event::Touched(touch)) => {
                self.typing_paper_number(&touch, now);
            }
            (Step::LookingUpPaper, Event::PaperLookedUp { number, answer }) => {
                self.paper_looked_up(&number, answer);
            }
            (Step::TellingOfPaper, Event::Touched(touch)) => self.telling_of_paper(&touch, now),
            (Step::OfferingTicket, Event::Touched(touch)) => self.offering_ticket(&touch),
            (Step::Standing, Event::Touched(touch)) => self.standing(&touch, now),
            (Step::Rating, Event::Touched(touch)) => self.rating(&touch, now),
            (Step::Appealing { .. }, Event::Touched(touch)) => self.appealing(&touch, now),
            (Step::PrintingTicket, Event::ReceiptPrinter(event)) => self.claim_ticket(&event),
            (Step::Accepted { printed }, Event::Touched(touch)) => {
                self.accepted(&touch, printed, now);
            }
            (Step::TypingTelephone { printed, .. }, Event::Touched(touch)) => {
                self.typing_telephone(&touch, printed, now);
            }
            (Step::Explaining, Event::Touched(touch)) => self.explaining(&touch, now),
            (Step::InsertingCard(_), Event::Touched(Touch::Back)) => self.turn_back(now),
            (Step::InsertingCard(_), Event::Touched(Touch::BeginCheck)) => self.begin_check(),
            (Step::Checking(check), Event::Touched(touch)) => self.checking(check, touch, now),
            (Step::TypingNumber, Event::Touched(touch)) => self.typing_number(&touch, now),
            (Step::Asking { question, .. }, Event::Touched(touch)) => {
                self.asking(question, touch, now);
            }
            (Step::Choosing, Event::Touched(touch)) => self.choosing(touch, now),
            (Step::Consenting, Event::Touched(touch)) => self.consenting(&touch, now),
            (Step::Reviewing, Event::Touched(touch)) if self.petition().is_some() => {
                self.reviewing_petition(&touch, now);
            }
            (Step::Reviewing, Event::Touched(touch)) => self.reviewing(&touch, now),
            (Step::OfferingRest, Event::Touched(touch)) => self.offering_rest(&touch, now),
            (Step::TellingOutcome, Event::Touched(Touch::Next)) => self.outcome_read(now),

            (Step::Fetching | Step::Replacing, Event::Document { number, content }) => {
                self.fetched(number, content, now);
            }
            (Step::Making, Event::Made { request, made }) => self.made(&request, made, now),
            (Step::Paying, Event::Touched(touch)) => self.paying(&touch, now),
            (Step::Paying, Event::DocumentPrinter(_)) => self.check_printer(now),
            (Step::Printing, Event::DocumentPrinter(event)) => self.printing(event, now),
            // Evidence that comes late is still better than any answer.
            (Step::Doubting, Event::DocumentPrinter(DocumentPrinterEvent::Printed { job, .. })) => {
                self.printed(job.as_str(), now)
            }
            (Step::Doubting, Event::Touched(touch)) => self.doubting(&touch, now),
            (Step::OfferingReplacement, Event::Touched(touch)) => {
                self.offering_replacement(&touch, now);
            }
            (Step::TakingPaper { .. }, Event::Touched(Touch::Next)) => self.paper_taken(now),
            (Step::OfferingReceipt, Event::Touched(Touch::WantReceipt)) => self.print_receipt(now),
            (Step::OfferingReceipt, Event::Touched(Touch::NoReceipt)) => self.close(now),
            (Step::PrintingReceipt, Event::ReceiptPrinter(event)) => self.receipt(&event, now),
            (Step::Settling(_), Event::ReceiptPrinter(event)) => self.ticket(&event, now),
            (Step::Parting(_), Event::Touched(Touch::Next | Touch::Start)) => self.forget(now),
            (Step::Failing, Event::Touched(Touch::TryAgain)) => self.try_again(now),
            (Step::Failing, Event::Touched(Touch::Next)) => self.after_failing(now),
            _ => {}
        }
    }

    fn card(&mut self, step: Step, event: CardReaderEvent, now: Moment) {
        match event {
            CardReaderEvent::Inserted => {
                if matches!(step, Step::InsertingCard(_)) {
                    self.enter(Step::InsertingCard(InsertCard::Reading));
                }
            }
            CardReaderEvent::Read(holder) if matches!(step, Step::InsertingCard(_)) => {
                self.card_read(holder);
            }
            CardReaderEvent::Refused(fault) if matches!(step, Step::InsertingCard(_)) => {
                self.card_refused(fault);
            }
            CardReaderEvent::Removed => self.card_pulled(now),
            CardReaderEvent::Track(_)
            | CardReaderEvent::Read(_)
            | CardReaderEvent::Refused(_)
            | CardReaderEvent::Status(_) => {}
        }
    }

    fn printing(&mut self, event: DocumentPrinterEvent, now: Moment) {
        match event {
            DocumentPrinterEvent::Printed { job, .. } => self.printed(job.as_str(), now),
            DocumentPrinterEvent::NotPrinted { job, fault } => {
                self.not_printed(job.as_str(), fault, true, now);
            }
            DocumentPrinterEvent::Unknown { job, fault } => {
                self.not_printed(job.as_str(), fault, false, now);
            }
            DocumentPrinterEvent::Accepted { .. }
            | DocumentPrinterEvent::Printing { .. }
            | DocumentPrinterEvent::Status(_)
            | DocumentPrinterEvent::Counted { .. } => {}
        }
    }

    /// The deadline of the present step has passed.
    pub(super) fn overdue(&mut self, now: Moment) {
        match self.step {
            Step::Preparing | Step::Making | Step::Fetching | Step::Replacing => {
                self.waited_too_long(now);
            }
            Step::Doubting => self.doubt_unanswered(now),
            Step::OfferingReplacement => self.give_back_for_doubt(now),
            Step::LookingUp => self.unanswered(),
            Step::LookingUpPaper => self.enter(Step::TellingOfPaper),
            Step::PrintingTicket => self.enter(Step::Accepted { printed: false }),
            Step::Paying => self.card_overdue(now),
            Step::Printing => self.printer_silent(now),
            Step::Settling(_) => self.settling_overdue(now),
            Step::TakingPaper { reminded } => self.remind_of_paper(reminded, now),
            Step::PrintingReceipt => self.close(now),
            Step::TakingCard => self.part(false, now),
            // Nobody came: the next citizen finds the screen as it always is.
            Step::Resting | Step::Parting(_) => self.forget(now),
            _ => {}
        }
    }
}
