//! A machine without a machine: commands are answered as its shell would.

use std::time::{Duration, Instant};

use devices::card_reader::{CardHolder, CardReaderEvent, CardReaderOrder};
use fitting::Hopper;
use privacy::Personal;
use request::Timestamp;

use super::super::{
    Command, Event, Fitted, Maintenance,
    book::{Book, What},
    task::Task,
    view::{Page, Row, Upkeep},
};
use crate::{
    technicians::TechnicianName,
    visit::{Key, Moment, Touch, View, view::Screen},
};

pub(super) const CARD: &str = "9001012990014";
pub(super) const CITIZENS: &str = "8507151990027";
pub(super) const PIN: &str = "271828";

pub(super) struct Shop {
    pub(super) maintenance: Maintenance,
    pub(super) now: Moment,
    pub(super) view: Option<View>,
    /// Everything that was wanted, but views and looks.
    pub(super) wanted: Vec<Command>,
    pub(super) looked: Vec<Command>,
    /// PINs that were compared.
    pub(super) compared: u32,
    pub(super) book_fails: bool,
}

impl Shop {
    pub(super) fn open() -> Self {
        Self::with(Book::default())
    }

    pub(super) fn with(book: Book) -> Self {
        let now = Moment {
            instant: Instant::now() + Duration::from_secs(1_000_000),
            wall: Timestamp::from_millis(1_795_482_000_000),
        };
        let fitted = Fitted {
            station: "gaon-1".to_owned(),
            card_readers: vec![false],
            barcode_reader: true,
            payment_terminal: true,
            auxiliaries: true,
            power_supply: true,
            hoppers: vec![Hopper {
                address: 3,
                value_won: 500,
                coins: 60,
                coins_paid_before: 0,
            }],
            cash: true,
            backlight: true,
            technicians: true,
            ..Fitted::default()
        };
        let mut shop = Self {
            maintenance: Maintenance::new(fitted, book, now),
            now,
            view: None,
            wanted: Vec::new(),
            looked: Vec::new(),
            compared: 0,
            book_fails: false,
        };
        shop.happens(Event::AtRest(true));
        shop
    }

    pub(super) fn happens(&mut self, event: Event) {
        self.maintenance.handle(event, self.now);
        self.answer();
    }

    fn answer(&mut self) {
        while let Some(command) = self.maintenance.poll_command() {
            let answer = match &command {
                Command::Show(view) => {
                    self.view = Some((**view).clone());
                    continue;
                }
                Command::LookAtLedger | Command::CountMoney { .. } => {
                    self.looked.push(command);
                    continue;
                }
                Command::GiveBack => {
                    self.view = None;
                    continue;
                }
                Command::LookUpCard(number) => {
                    Some(Event::CardKnown((number.reveal() == CARD).then(technician)))
                }
                Command::CheckPin { pin, .. } => {
                    self.compared += 1;
                    Some(Event::PinChecked(pin.reveal() == PIN))
                }
                Command::Note(_) => Some(Event::Noted(!self.book_fails)),
                Command::Card(_)
                | Command::Barcode(_)
                | Command::Cash(_)
                | Command::DocumentPrinter(_)
                | Command::ReceiptPrinter(_)
                | Command::SetPage(_)
                | Command::Save(_)
                | Command::Restart
                | Command::AskNetworks
                | Command::Prefer(_)
                | Command::Shine(_) => None,
            };
            self.wanted.push(command);
            if let Some(event) = answer {
                self.maintenance.handle(event, self.now);
            }
        }
    }

    pub(super) fn pass(&mut self, time: Duration) {
        let until = self.now.instant + time;
        while let Some(due) = self.maintenance.poll_timeout().filter(|it| *it <= until) {
            let step = due.saturating_duration_since(self.now.instant);
            self.now = later(self.now, step);
            self.maintenance.handle_timeout(self.now);
            self.answer();
        }
        self.now = later(self.now, until.saturating_duration_since(self.now.instant));
    }

    pub(super) fn insert(&mut self, number: &str) {
        self.happens(Event::Card(CardReaderEvent::Inserted));
        self.happens(Event::Card(CardReaderEvent::Read(CardHolder {
            name: Personal::default(),
            resident_number: Personal::new(number.to_owned()),
        })));
    }

    pub(super) fn pull(&mut self) {
        self.happens(Event::Card(CardReaderEvent::Removed));
    }

    pub(super) fn touch(&mut self, task: Task) {
        self.happens(Event::Touched(Touch::Upkeep(task)));
    }

    pub(super) fn type_pin(&mut self, pin: &str) {
        for digit in pin.chars() {
            self.happens(Event::Touched(Touch::Key(Key::Character(digit))));
        }
        self.touch(Task::Enter);
    }

    pub(super) fn enter(&mut self) {
        self.insert(CARD);
        self.type_pin(PIN);
        assert!(
            matches!(self.page(), Some(Page::Inside(_))),
            "{:?}",
            self.page()
        );
    }

    pub(super) fn upkeep(&self) -> Option<&Upkeep> {
        match &self.view.as_ref()?.screen {
            Screen::Upkeep(upkeep) => Some(upkeep),
            other => panic!("{other:?} is no technician's"),
        }
    }

    pub(super) fn page(&self) -> Option<Page> {
        self.upkeep().map(|it| it.page)
    }

    pub(super) fn rows(&self) -> Vec<Row> {
        self.upkeep().map(|it| it.rows.clone()).unwrap_or_default()
    }

    pub(super) fn prompt(&self) -> String {
        let prompt = self.upkeep().and_then(|it| it.prompt.as_ref());
        prompt.map_or_else(String::new, |it| format!("{} {}", it.words, it.more))
    }

    pub(super) fn book(&self) -> Vec<What> {
        let entries = self.maintenance.book().entries().iter();
        entries.map(|it| it.what.clone()).collect()
    }

    /// What the card readers were told, in order.
    pub(super) fn card_orders(&self) -> Vec<CardReaderOrder> {
        let order = |it: &Command| match it {
            Command::Card(order) => Some(*order),
            _ => None,
        };
        self.wanted.iter().filter_map(order).collect()
    }
}

pub(super) fn technician() -> TechnicianName {
    TechnicianName::try_from("tech-1".to_owned()).unwrap()
}

fn later(now: Moment, time: Duration) -> Moment {
    Moment {
        instant: now.instant + time,
        wall: now.wall + time,
    }
}
