//! The technician's screens, as the machine itself says them: looked at, listened to, drawn.

use std::{
    fs,
    path::PathBuf,
    time::{Duration, Instant},
};

use catalog::Bilingual;
use devices::{
    DeviceState,
    barcode_reader::BarcodeReaderStatus,
    card_reader::{CardHolder, CardReaderEvent},
    cash::{CashFault, CashStatus},
    payment_terminal::PaymentTerminalStatus,
    printer::{Evidence, JobId, PrinterFault, PrinterStatus, Supply},
    receipt_printer::{ReceiptPrinterEvent, ReceiptPrinterOrder},
};
use fitting::Hopper;
use kiosk::{
    Moment, TechnicianName,
    maintenance::{
        Command, Event, Fitted, Ledger, Maintenance,
        book::Book,
        cash::{Pile, Tally},
        fittings::Told,
        task::{Tab, Task},
        test::Test,
    },
    visit::{Key, Touch, View, view::Accessibility},
};
use privacy::Personal;
use request::{NetworkId, Timestamp};

use crate::{hall::Hall, listener::Listener, look, save, settings::USUAL, stops};

const TUESDAY_10_00: Timestamp = Timestamp::from_millis(1_795_482_000_000);

/// A machine whose shell says yes to everything.
struct Shop {
    maintenance: Maintenance,
    now: Moment,
    view: Option<View>,
    pin_fits: bool,
    tally: Tally,
    slips: Vec<JobId>,
    moments: Vec<(String, View)>,
}

impl Shop {
    fn open() -> Self {
        let now = Moment {
            instant: Instant::now(),
            wall: TUESDAY_10_00,
        };
        let words = |ko: &str, en: &str| Bilingual {
            ko: ko.to_owned(),
            en: en.to_owned(),
        };
        let hoppers = [(3, 500, 60), (4, 100, 100), (5, 50, 40), (6, 10, 100)];
        let hoppers = hoppers.map(|(address, value_won, coins)| Hopper {
            address,
            value_won,
            coins,
            coins_paid_before: 0,
        });
        let fitted = Fitted {
            station: "gaon-1".to_owned(),
            office: words("한빛시 가온구청", "Gaon-gu Office, Hanbit-si"),
            place: words("가온구청 1층 민원실", "Gaon-gu Office, 1st floor"),
            telephone: "02-120".to_owned(),
            card_readers: vec![false, true],
            barcode_reader: true,
            cash: true,
            payment_terminal: true,
            hoppers: hoppers.to_vec(),
            technicians: true,
            ..Fitted::default()
        };
        let mut shop = Self {
            maintenance: Maintenance::new(fitted, Book::default(), now),
            now,
            view: None,
            pin_fits: true,
            tally: tally(),
            slips: Vec::new(),
            moments: Vec::new(),
        };
        shop.happens(Event::AtRest(true));
        shop
    }
    fn happens(&mut self, event: Event) {
        self.maintenance.handle(event, self.now);
        while let Some(command) = self.maintenance.poll_command() {
            let answer = match command {
                Command::Show(view) => {
                    self.view = Some(*view);
                    continue;
                }
                Command::LookUpCard(_) => {
                    let name = TechnicianName::try_from("tech-1".to_owned()).unwrap();
                    Event::CardKnown(Some(name))
                }
                Command::CheckPin { .. } => Event::PinChecked(self.pin_fits),
                Command::Note(_) => Event::Noted(true),
                Command::LookAtLedger => Event::Ledger(Ledger {
                    entries: 48_213,
                    edition: 3,
                    services: 55,
                    ..Ledger::default()
                }),
                Command::CountMoney(_) => Event::Tallied(self.tally.clone()),
                Command::GiveBack
                | Command::Card(_)
                | Command::Barcode(_)
                | Command::Cash(_)
                | Command::Restart
                | Command::AskNetworks => continue,
                Command::Save(saving) => {
                    let place = format!("/media/stick/{}.json", saving.name);
                    Event::Saved(Ok(place))
                }
                Command::ReceiptPrinter(ReceiptPrinterOrder::Print { job, .. }) => {
                    self.slips.push(job);
                    continue;
                }
                Command::SetPage(_) => Event::PageSet(None),
                Command::DocumentPrinter(_) => continue,
            };
            self.maintenance.handle(answer, self.now);
        }
    }

    fn all_told(&mut self) {
        let printer = |paper| PrinterStatus {
            state: DeviceState::Ready,
            paper,
            fault: None,
        };
        for told in [
            Told::CardReader(0, DeviceState::Ready),
            Told::CardReader(1, DeviceState::Ready),
            Told::DocumentPrinter(printer(Supply::Full)),
            Told::ReceiptPrinter(printer(Supply::Full)),
            Told::BarcodeReader(BarcodeReaderStatus {
                state: DeviceState::Ready,
                fault: None,
            }),
            Told::Cash(CashStatus {
                state: DeviceState::Ready,
                change_won: 43_000,
                fault: None,
            }),
            Told::PaymentTerminal(PaymentTerminalStatus {
                state: DeviceState::Ready,
                fault: None,
            }),
        ] {
            self.happens(Event::Told(told));
        }
        self.happens(Event::Linked(true));
    }

    fn touch(&mut self, task: Task) {
        self.happens(Event::Touched(Touch::Upkeep(task)));
    }

    fn type_digits(&mut self, digits: &str) {
        for digit in digits.chars() {
            self.happens(Event::Touched(Touch::Key(Key::Character(digit))));
        }
    }

    fn insert(&mut self) {
        self.happens(Event::Card(CardReaderEvent::Inserted));
        self.happens(Event::Card(CardReaderEvent::Read(CardHolder {
            name: Personal::default(),
            resident_number: Personal::default(),
        })));
    }

    fn keep(&mut self, name: &str) {
        self.moments
            .push((format!("upkeep-{name}"), self.view.clone().unwrap()));
    }
}

fn tally() -> Tally {
    let pile = |value_won, count| Pile { value_won, count };
    Tally {
        through: 48_213,
        notes: vec![pile(10_000, 3), pile(5_000, 12), pile(1_000, 148)],
        coins: vec![pile(500, 96), pile(100, 211), pile(50, 14), pile(10, 30)],
        paid_out_won: 161_300,
        doubtful_won: 0,
        fees_won: 214_800,
    }
}

/// Every page in its notable states, in Korean, or in English.
fn moments(english: bool) -> Vec<(String, View)> {
    let mut shop = Shop::open();
    shop.all_told();
    shop.insert();
    if english {
        shop.touch(Task::SwitchTongue);
    }
    shop.keep("pin");
    shop.pin_fits = false;
    shop.type_digits("123456");
    shop.keep("pin-typed");
    shop.touch(Task::Enter);
    shop.keep("pin-wrong");
    for _ in 0..2 {
        shop.type_digits("123456");
        shop.touch(Task::Enter);
    }
    shop.keep("pin-locked");
    shop.pin_fits = true;
    shop.now.instant += Duration::from_secs(31);
    shop.type_digits("271828");
    shop.touch(Task::Enter);
    shop.keep("status");
    faults(&mut shop);
    shop.all_told();
    tests(&mut shop);
    cash(&mut shop);
    reports(&mut shop);
    shop.moments
}

fn faults(shop: &mut Shop) {
    for fault in [PrinterFault::PaperJam, PrinterFault::CoverOpen] {
        shop.happens(Event::Told(Told::DocumentPrinter(PrinterStatus {
            state: DeviceState::Faulted,
            paper: Supply::Full,
            fault: Some(fault),
        })));
    }
    shop.happens(Event::Told(Told::ReceiptPrinter(PrinterStatus {
        state: DeviceState::Ready,
        paper: Supply::Low,
        fault: None,
    })));
    shop.happens(Event::Told(Told::CardReader(1, DeviceState::Absent)));
    shop.happens(Event::Told(Told::Cash(CashStatus {
        state: DeviceState::Faulted,
        change_won: 2_300,
        fault: Some(CashFault::Hopper),
    })));
    shop.happens(Event::Linked(false));
    shop.happens(Event::Networks(vec![
        NetworkId::new("court"),
        NetworkId::new("nts"),
    ]));
    shop.happens(Event::Ledger(Ledger {
        entries: 48_213,
        waiting: 12,
        oldest: Some(TUESDAY_10_00),
        edition: 3,
        services: 55,
        ..Ledger::default()
    }));
    shop.keep("status-faults");
}

fn tests(shop: &mut Shop) {
    shop.touch(Task::Open(Tab::Tests));
    shop.keep("tests");
    shop.touch(Task::Try(Test::Card));
    shop.keep("test-card");
    shop.happens(Event::Card(CardReaderEvent::Read(CardHolder {
        name: Personal::default(),
        resident_number: Personal::default(),
    })));
    shop.keep("test-passed");
    shop.touch(Task::Try(Test::DocumentPrinter));
    shop.keep("test-failed");
    shop.touch(Task::Try(Test::ReceiptPrinter));
    let job = shop.slips.pop().unwrap();
    shop.happens(Event::ReceiptPrinter(ReceiptPrinterEvent::Printed {
        job,
        evidence: Evidence::Fence,
    }));
    shop.keep("test-asking");
    shop.touch(Task::Yes);
    shop.touch(Task::Cancel);
    shop.keep("tests-results");
}

fn cash(shop: &mut Shop) {
    shop.touch(Task::Open(Tab::Cash));
    shop.keep("cash");
    shop.touch(Task::Fill(3));
    shop.keep("cash-filling");
    shop.type_digits("55");
    shop.keep("cash-filling-typed");
    shop.touch(Task::Enter);
    shop.keep("cash-filled");
    shop.touch(Task::Cancel);
    shop.touch(Task::CashUp);
    shop.keep("cash-confirm");
    shop.touch(Task::Yes);
    let job = shop.slips.pop().unwrap();
    shop.happens(Event::ReceiptPrinter(ReceiptPrinterEvent::Printed {
        job,
        evidence: Evidence::Fence,
    }));
    shop.keep("cash-closed");
}

fn reports(shop: &mut Shop) {
    shop.touch(Task::Open(Tab::Reports));
    shop.keep("reports");
    shop.touch(Task::Report);
    shop.keep("reports-saved");
    shop.touch(Task::Restart);
    shop.keep("reports-restart");
}

fn ways() -> [Accessibility; 2] {
    let low_screen = true;
    [
        USUAL,
        Accessibility {
            low_screen,
            ..USUAL
        },
    ]
}

fn everything() -> Vec<(String, View)> {
    let mut all = Vec::new();
    for (tongue, english) in [("ko", false), ("en", true)] {
        for accessibility in ways() {
            let reach = if accessibility.low_screen { "-low" } else { "" };
            let moments = moments(english).into_iter();
            all.extend(moments.map(|(name, view)| {
                let name = format!("{name}-{tongue}{reach}");
                (
                    name,
                    View {
                        accessibility,
                        ..view
                    },
                )
            }));
        }
    }
    all
}

#[test]
fn every_page_of_a_technicians_can_be_read_and_touched() {
    let hall = Hall::open();
    let mut found = Vec::new();

    for (name, view) in everything() {
        hall.show(&view);
        let complaints = look::complaints(&hall);
        found.extend(complaints.into_iter().map(|it| format!("{name}: {it}")));
    }

    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn every_page_of_a_technicians_is_told_and_chosen_by_keys() {
    let listener = Listener::arrive();
    let mut found = Vec::new();

    for (name, view) in everything() {
        listener.show(view.clone(), true);
        let told = listener.walk();
        let untold = stops::untold(&listener, &told).into_iter();
        found.extend(untold.map(|it| format!("{name}: nobody hears {it:?}")));
        listener.show(view.clone(), false);
        let by_finger = stops::touched_by_finger(&listener);
        listener.show(view, false);
        let by_switches = stops::touched_by_switches(&listener, &by_finger);
        let missing = by_finger.iter().filter(|it| !by_switches.contains(it));
        found.extend(missing.map(|it| format!("{name}: no switch reaches {it:?}")));
    }

    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
#[ignore = "pictures, for `make upkeep-screens`"]
fn every_page_of_a_technicians_is_drawn() {
    let folder = std::env::var_os("MINWON_PICTURES").map(PathBuf::from);
    let folder = folder.expect("MINWON_PICTURES names the folder for the pictures");
    fs::create_dir_all(&folder).unwrap();
    let hall = Hall::open();

    for (name, view) in everything() {
        hall.show(&view);
        save(&hall, &folder.join(format!("{name}.png")));
    }
}
