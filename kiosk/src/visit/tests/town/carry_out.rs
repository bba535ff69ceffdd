//! The shell around a visit: carries its commands out and sees that every deed was written down.

use devices::{
    cash::CashOrder, document_printer::DocumentPrinterOrder, payment_terminal::PaymentTerminalOrder,
};
use request::{
    OpenTransaction, PaperState, RequestEvent, RequestId, ServiceRequest, SpoilReason, Stage,
};
use sync::{Announcement, Publication};

use super::{ExchangeMood, Happening, Town, millis};
use crate::visit::{Command, Event};

impl Town {
    pub(super) fn carry_out(&mut self) {
        while let Some(command) = self.visit.poll_command() {
            match &mut self.crash_in {
                Some(0) => return self.crash(Some(command)),
                Some(left) => *left -= 1,
                None => {}
            }
            if !self.journal_broken || command.is_harmless() {
                self.carry_out_one(command);
            }
        }
    }

    fn carry_out_one(&mut self, command: Command) {
        self.was_written_down(&command);
        match command {
            Command::Show(view) => {
                let name = view.screen.name();
                if self.screens.last() != Some(&name) {
                    self.screens.push(name);
                }
                self.view = Some(*view);
            }
            Command::Open {
                service,
                version,
                channel,
                language,
                terms,
            } => self.open(&RequestEvent::Opened {
                service,
                service_version: version,
                channel,
                station: request::StationId::new("gaon-1"),
                language: language.to_owned(),
                terms,
            }),
            Command::Record { request, event } => self.record(&request, &event),
            Command::RecordTogether(facts) => self.record_together(&facts),
            Command::Fetch(document) => {
                let ahead = self.exchange.hand_out(document);
                self.schedule(ahead);
            }
            Command::Make(making) => self.make(&making),
            Command::AskRoom(attempt, question) => self.ask_room(attempt, question),
            Command::AskCheck(attempt, question) => self.ask_check(attempt, question),
            Command::Handset(order) => self.handset.push(order),
            Command::HandIn { topic, words } => self.postings.push((topic, words)),
            Command::LookUp(code) => {
                let answer = self.exchange.look_up(code);
                self.schedule(answer);
            }
            Command::AskPetition(question) => {
                let answer = self.exchange.answer_of_petition(question);
                self.schedule(answer);
            }
            Command::LookUpPaper(number) => {
                let answer = self.exchange.look_up_paper(number);
                self.schedule(answer);
            }
            Command::Barcode(order) => self.scanner.push(order),
            Command::Card(order) => {
                let ahead = self.slot.order(order);
                self.schedule(ahead);
            }
            Command::DocumentPrinter(order) => {
                let ahead = self.printer.order(&order);
                self.schedule(ahead);
            }
            Command::ReceiptPrinter(order) => {
                let ahead = self.receipts.order(order);
                self.schedule(ahead);
            }
            Command::Cash(order) => {
                let ahead = self.cash.order(order);
                self.schedule(ahead);
            }
            Command::PaymentTerminal(order) => {
                let ahead = self.terminal.order(&order);
                self.schedule(ahead);
            }
        }
    }

    fn open(&mut self, event: &RequestEvent) {
        let id = RequestId::new(format!("gaon-1-{:06}", self.requests.len()));
        self.requests.push(id.clone());
        self.record(&id, event);
        if let Some(request) = ServiceRequest::open(id, event).filter(|_| !self.journal_broken) {
            self.visit
                .handle(Event::Opened(Box::new(request)), self.now);
        }
    }

    pub(super) fn record(&mut self, id: &RequestId, event: &RequestEvent) {
        match &mut self.journal_breaks_in {
            Some(0) => {
                self.journal_broken = true;
                if let RequestEvent::CoinTaken { value_won } = event {
                    self.cash.uncounted_won += value_won;
                }
                return self.visit.handle(Event::JournalBroken, self.now);
            }
            Some(left) => *left -= 1,
            None => {}
        }
        self.journal.append(id, event, self.now.wall).unwrap();
        let copies = self.journal.request(id).unwrap().map_or(1, |it| it.copies);
        let ahead = self.exchange.hear(id, event, copies);
        self.schedule(ahead);
        let void = matches!(
            event,
            RequestEvent::Spoiled {
                reason: SpoilReason::NotReceived,
                ..
            }
        );
        if void && self.exchange.mood != ExchangeMood::Away {
            self.schedule(vec![(millis(300), Happening::Tell(Event::OutboxEmpty))]);
        }
    }

    fn record_together(&mut self, facts: &[(RequestId, RequestEvent)]) {
        match &mut self.journal_breaks_in {
            Some(0) => {
                self.journal_broken = true;
                return self.visit.handle(Event::JournalBroken, self.now);
            }
            Some(left) => *left -= 1,
            None => {}
        }
        self.journal.append_at_once(facts, self.now.wall).unwrap();
        for (id, event) in facts {
            let ahead = self.exchange.hear(id, event, 1);
            self.schedule(ahead);
        }
    }

    pub(super) fn publish(&mut self, request: RequestId, event: RequestEvent) {
        self.exchange.published += 1;
        let publication = Publication {
            number: self.exchange.published,
            previous: self.exchange.published - 1,
            recorded_at: self.now.wall,
            content: Announcement::Request {
                request: request.clone(),
                event: event.clone(),
            },
        };
        if self.journal_broken {
            return;
        }
        assert!(self.journal.receive(&publication).unwrap());
        self.tell(Event::Published { request, event });
    }

    /// The law above the others: write it down before you do it.
    fn was_written_down(&self, command: &Command) {
        let written = |holds: &dyn Fn(&ServiceRequest) -> bool| {
            self.requests
                .iter()
                .rev()
                .take(8)
                .filter_map(|id| self.journal.request(id).unwrap())
                .any(|request| holds(&request))
        };
        let announced = match command {
            Command::DocumentPrinter(DocumentPrinterOrder::Print { job, .. }) => {
                written(&|request| {
                    let mut documents = request.paper.documents.iter();
                    documents.any(|(document, state)| {
                        document.number.as_str() == job.as_str() && *state == PaperState::Begun
                    })
                })
            }
            Command::Cash(CashOrder::Pay { amount_won }) => written(&|request| {
                let asked = request.money.paying_out;
                asked.is_some_and(|(asked_won, _)| asked_won == *amount_won)
            }),
            Command::PaymentTerminal(
                PaymentTerminalOrder::Authorise { key, amount_won }
                | PaymentTerminalOrder::Reverse {
                    key, amount_won, ..
                },
            ) => written(&|request| {
                let open = request.money.card.open.as_ref();
                open.is_some_and(|open: &OpenTransaction| {
                    open.id().as_str() == key.as_str() && open.amount_won() == *amount_won
                })
            }),
            Command::Cash(CashOrder::StackNote) => {
                written(&|it| it.money.moving() && it.money.escrow.value_won() > 0)
            }
            Command::Cash(CashOrder::Collect { amount_won }) => written(&|request| {
                let open = request.stage == Stage::Prepared;
                open && request.money.asked_won == Some(*amount_won)
            }),
            Command::ReceiptPrinter(_) => written(&|request| {
                request.money.owed_won > 0
                    || request.claim_ticket.is_some()
                    || request.handling.receipt.is_some() && request.stage == Stage::Submitted
                    || request.paper.count(PaperState::Issued) > 0
            }),
            Command::Fetch(document) => {
                written(&|request| request.paper.state(&document.number).is_some())
            }
            _ => true,
        };
        assert!(announced, "was not written down before: {command:?}");
    }
}
