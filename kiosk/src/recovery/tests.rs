//! What becomes of a request that a crash left open, one row of evidence each.

#![allow(clippy::unwrap_used)]

mod money;
mod terminal;

use devices::{
    cash::CashStatus,
    printer::{Evidence, PrinterFault},
};
use request::{
    Channel, DocumentReference, Fee, FeeReason, IdentityLevel, Means, Outcome, PayoutPurpose,
    ServiceId, StationId, Terms,
};

use super::*;

const NUMBER: &str = "2611-ABCD-EFGH-JKMN";
const FEE: u32 = 200;

fn tickets() -> Arc<Issuer> {
    let key = Issuer::fresh_key().unwrap();
    Arc::new(Issuer::from_pem("gaon-1", &key).unwrap())
}

fn number() -> DocumentNumber {
    DocumentNumber::new(NUMBER)
}

/// A request whose documents are ready, and what happened to it after that.
fn request(then: &[RequestEvent]) -> ServiceRequest {
    request_with("gaon-1-1", then)
}

fn request_with(id: &str, then: &[RequestEvent]) -> ServiceRequest {
    let opened = RequestEvent::Opened {
        service: ServiceId::new("land-ledger"),
        service_version: 1,
        channel: Channel::Kiosk,
        station: StationId::new("gaon-1"),
        language: "ko".to_owned(),
        terms: Terms {
            identity: IdentityLevel::None,
            consent: false,
            questions: Vec::new(),
            copies_max: 5,
        },
    };
    let fee = Fee {
        unit_won: FEE,
        legal_basis: String::new(),
        reason: FeeReason::Everywhere,
    };
    let document = DocumentReference {
        number: number(),
        pages: 1,
        sha256: String::new(),
    };
    let prepared = RequestEvent::Prepared {
        documents: vec![document],
    };
    let before = [
        opened,
        RequestEvent::FeeQuoted { fee },
        RequestEvent::Submitted,
        prepared,
    ];
    ServiceRequest::replay(RequestId::new(id), before.iter().chain(then)).unwrap()
}

fn paying() -> RequestEvent {
    RequestEvent::PaymentBegun {
        means: Means::Cash,
        amount_won: FEE,
    }
}

fn coin(value_won: u32) -> RequestEvent {
    RequestEvent::CoinTaken { value_won }
}

fn note(value_won: u32) -> RequestEvent {
    RequestEvent::NoteEscrowed { value_won }
}

fn begun() -> RequestEvent {
    RequestEvent::IssueBegun { number: number() }
}

fn payout(amount_won: u32) -> RequestEvent {
    RequestEvent::PayoutBegun {
        amount_won,
        purpose: PayoutPurpose::Change,
    }
}

fn counted(coins: u8, notes: u8, paid_won: u64) -> CashCounters {
    CashCounters {
        coin_events: Some(coins),
        note_events: Some(notes),
        paid_won: Some(paid_won),
    }
}

const BEFORE: CashCounters = CashCounters {
    coin_events: Some(2),
    note_events: Some(1),
    paid_won: Some(5_000),
};

fn ready() -> CashEvent {
    CashEvent::Status(CashStatus {
        state: DeviceState::Ready,
        change_won: 10_000,
        fault: None,
    })
}

/// A recovery, its requests as the journal has them, and what was ordered.
struct Bench {
    recovery: Recovery,
    request: ServiceRequest,
    orders: Vec<String>,
    finished: bool,
    now: Instant,
}

impl Bench {
    fn after(then: &[RequestEvent], impressions: Option<u64>) -> Self {
        let request = request(then);
        let paying = request.money.means == Some(Means::Cash);
        let open = LeftOpen {
            request: request.clone(),
            cash: paying.then_some(BEFORE),
            impressions,
            trace: Some(terminal::TRACE),
        };
        let now = Instant::now();
        let mut bench = Self {
            recovery: Recovery::new(vec![open], tickets(), now),
            request,
            orders: Vec::new(),
            finished: false,
            now,
        };
        bench.carry_out();
        bench
    }

    /// Takes over what is written down, and holds the laws at every step.
    fn carry_out(&mut self) {
        while let Some(command) = self.recovery.poll_command() {
            match command {
                Command::Record { event, .. } => self.request.apply(&event),
                Command::DocumentPrinter(order) => self.orders.push(format!("{order:?}")),
                Command::Cash(order) => self.orders.push(format!("{order:?}")),
                Command::PaymentTerminal(order) => self.orders.push(format!("{order:?}")),
                Command::Finish => self.finished = true,
            }
            let money = &self.request.money;
            assert_eq!(
                money.taken_won,
                money.captured_won + money.paid_out_won + money.owed_won + money.held_won(),
            );
        }
    }

    fn printer(&mut self, event: DocumentPrinterEvent) {
        self.recovery
            .handle(Event::DocumentPrinter(event), self.now);
        self.carry_out();
    }

    fn printed(&mut self) {
        self.printer(DocumentPrinterEvent::Printed {
            job: JobId::new(NUMBER),
            evidence: Evidence::IppCompleted {
                job_id: 1,
                sheets: 1,
            },
        });
    }

    fn cash(&mut self, event: CashEvent, counters: CashCounters) {
        self.recovery
            .handle(Event::Cash { event, counters }, self.now);
        self.carry_out();
    }

    /// The devices' last word does not come.
    fn wait_in_vain(&mut self) {
        let due = self.recovery.poll_timeout().expect("it waits for a device");
        self.now = due;
        self.recovery.handle_timeout(due);
        self.carry_out();
    }

    fn ordered(&self, what: &str) -> bool {
        self.orders.iter().any(|order| order.starts_with(what))
    }

    /// Captured, given back, owed, waived; and what became of the paper.
    fn ends(&self) -> (u32, u32, u32, u32, Option<PaperState>) {
        assert!(self.finished, "it still waits: {:?}", self.recovery.step);
        assert!(matches!(self.request.stage, Stage::Closed(_)));
        let money = &self.request.money;
        (
            money.captured_won,
            money.returned_won(),
            money.owed_won,
            money.waived_won,
            self.request.paper.state(&number()),
        )
    }
}

const ISSUED: Option<PaperState> = Some(PaperState::Issued);
const VOID: Option<PaperState> = Some(PaperState::Spoiled);

#[test]
fn a_sheet_that_the_printer_proves_is_issued_and_paid_for() {
    let mut bench = Bench::after(&[paying(), coin(100), coin(100), begun()], None);
    assert!(bench.ordered("Resolve"));

    bench.printed();
    bench.cash(ready(), BEFORE);

    assert_eq!(bench.ends(), (200, 0, 0, 0, ISSUED));
    assert_eq!(bench.request.stage, Stage::Closed(Outcome::Done));
}

#[test]
fn a_sheet_that_provably_never_came_is_void_and_its_money_owed() {
    let mut bench = Bench::after(&[paying(), coin(500), begun()], Some(40));
    assert!(bench.orders[0].contains("impressions: 40"));

    bench.printer(DocumentPrinterEvent::NotPrinted {
        job: JobId::new(NUMBER),
        fault: PrinterFault::Offline,
    });
    bench.cash(ready(), BEFORE);

    assert_eq!(bench.ends(), (0, 0, 500, 0, VOID));
}

#[test]
fn a_sheet_of_which_nobody_knows_is_void_and_its_money_owed() {
    for silent in [true, false] {
        let mut bench = Bench::after(&[paying(), coin(200), begun()], None);

        if silent {
            bench.wait_in_vain();
        } else {
            bench.printer(DocumentPrinterEvent::Unknown {
                job: JobId::new(NUMBER),
                fault: PrinterFault::Silent,
            });
        }
        bench.cash(ready(), BEFORE);

        assert_eq!(bench.ends(), (0, 0, 200, 0, VOID));
    }
}

#[test]
fn another_jobs_word_says_nothing_of_this_sheet() {
    let mut bench = Bench::after(&[paying(), coin(200), begun()], None);

    bench.printer(DocumentPrinterEvent::Printed {
        job: JobId::new("2611-ZZZZ-ZZZZ-ZZZZ"),
        evidence: Evidence::Fence,
    });

    assert!(!bench.finished);
    assert_eq!(
        bench.request.paper.state(&number()),
        Some(PaperState::Begun)
    );
}

#[test]
fn devices_that_stay_silent_keep_nobody_waiting_for_ever() {
    let mut bench = Bench::after(&[paying(), coin(100), begun()], None);

    bench.wait_in_vain();
    bench.wait_in_vain();

    assert_eq!(bench.ends(), (0, 0, 100, 0, VOID));
}

#[test]
fn a_request_that_asked_no_device_for_anything_ends_at_once() {
    let bench = Bench::after(&[], None);

    assert!(bench.orders.is_empty());
    assert_eq!(bench.ends(), (0, 0, 0, 0, VOID));
}

#[test]
fn documents_that_come_while_devices_are_asked_are_void_too() {
    let now = Instant::now();
    let open = |id: &str, then: &[RequestEvent], cash| LeftOpen {
        request: request_with(id, then),
        cash,
        impressions: None,
        trace: None,
    };
    let older = open("a", &[paying(), coin(100), begun()], None);
    let newer = open("b", &[], None);

    let mut recovery = Recovery::new(vec![older, newer], tickets(), now);
    let extra = DocumentNumber::new("2611-EXTRA");
    recovery.handle(
        Event::Published {
            request: RequestId::new("b"),
            event: RequestEvent::Prepared {
                documents: vec![DocumentReference {
                    number: extra.clone(),
                    pages: 1,
                    sha256: String::new(),
                }],
            },
        },
        now,
    );
    recovery.handle_timeout(recovery.poll_timeout().unwrap());

    let commands: Vec<Command> = std::iter::from_fn(|| recovery.poll_command()).collect();
    assert_eq!(commands.last(), Some(&Command::Finish));
    let voided = RequestEvent::Spoiled {
        number: extra,
        reason: SpoilReason::NotWanted,
    };
    assert!(commands.contains(&Command::Record {
        request: RequestId::new("b"),
        event: voided
    }));
}
