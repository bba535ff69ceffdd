//! A technician's machine without a kiosk around it.

use std::time::Instant;

use catalog::Bilingual;
use devices::{
    DeviceState,
    auxiliaries::{AuxiliariesStatus, Sensors},
    barcode_reader::BarcodeReaderStatus,
    card_reader::{CardHolder, CardReaderEvent},
    cash::CashStatus,
    payment_terminal::PaymentTerminalStatus,
    power_supply::{Power, PowerSupplyStatus, Source},
    printer::{JobId, PrinterStatus, Supply},
    receipt_printer::ReceiptPrinterOrder,
};
use fitting::Hopper;
use kiosk::{
    Moment, TechnicianName,
    maintenance::{
        Command, Event, Fitted, Ledger, Maintenance,
        book::Book,
        cash::{Cards, Pile, Tally},
        fittings::Told,
        task::Task,
    },
    visit::{Key, Touch, View},
};
use privacy::Personal;
use request::Timestamp;

pub(super) const TUESDAY_10_00: Timestamp = Timestamp::from_millis(1_795_482_000_000);

/// A machine whose shell says yes to everything.
pub(super) struct Shop {
    maintenance: Maintenance,
    pub(super) now: Moment,
    view: Option<View>,
    pub(super) pin_fits: bool,
    tally: Tally,
    pub(super) slips: Vec<JobId>,
    pub(super) moments: Vec<(String, View)>,
}

impl Shop {
    pub(super) fn open() -> Self {
        let now = Moment {
            instant: Instant::now(),
            wall: TUESDAY_10_00,
        };
        let words = |ko: &str, en: &str| Bilingual {
            ko: ko.to_owned(),
            en: en.to_owned(),
        };
        let fitted = Fitted {
            station: "gaon-1".to_owned(),
            office: words("한빛시 가온구청", "Gaon-gu Office, Hanbit-si"),
            place: words("가온구청 1층 민원실", "Gaon-gu Office, 1st floor"),
            telephone: "02-120".to_owned(),
            card_readers: vec![false, true],
            barcode_reader: true,
            cash: true,
            payment_terminal: true,
            hoppers: [(3, 500, 60), (4, 100, 100), (5, 50, 40), (6, 10, 100)]
                .map(|(address, value_won, coins)| Hopper {
                    address,
                    value_won,
                    coins,
                    coins_paid_before: 0,
                })
                .to_vec(),
            auxiliaries: true,
            power_supply: true,
            backlight: true,
            technicians: true,
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

    pub(super) fn happens(&mut self, event: Event) {
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
                Command::CountMoney { .. } => Event::Tallied(self.tally.clone()),
                Command::GiveBack
                | Command::Card(_)
                | Command::Barcode(_)
                | Command::Cash(_)
                | Command::Restart
                | Command::AskNetworks
                | Command::Prefer(_)
                | Command::Shine(_) => continue,
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

    pub(super) fn all_told(&mut self) {
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
            Told::Auxiliaries(AuxiliariesStatus {
                state: DeviceState::Ready,
                fault: None,
            }),
            Told::Sensed(Sensors::default()),
            Told::PowerSupply(PowerSupplyStatus {
                state: DeviceState::Ready,
                power: Some(mains()),
                fault: None,
            }),
        ] {
            self.happens(Event::Told(told));
        }
        self.happens(Event::Linked(true));
    }

    pub(super) fn touch(&mut self, task: Task) {
        self.happens(Event::Touched(Touch::Upkeep(task)));
    }

    pub(super) fn type_digits(&mut self, digits: &str) {
        for digit in digits.chars() {
            self.happens(Event::Touched(Touch::Key(Key::Character(digit))));
        }
    }

    pub(super) fn insert(&mut self) {
        self.happens(Event::Card(CardReaderEvent::Inserted));
        self.happens(Event::Card(CardReaderEvent::Read(CardHolder {
            name: Personal::default(),
            resident_number: Personal::default(),
        })));
    }

    pub(super) fn keep(&mut self, name: &str) {
        self.moments
            .push((format!("upkeep-{name}"), self.view.clone().unwrap()));
    }
}

fn mains() -> Power {
    Power {
        source: Source::Mains,
        battery_low: false,
        replace_battery: false,
        shutting_down: false,
        charge: Some(98),
        runtime_seconds: None,
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
        cards: Cards {
            approved: 41,
            approved_won: 61_500,
            reversed_won: 1_000,
            doubtful_won: 0,
        },
        ..Tally::default()
    }
}
