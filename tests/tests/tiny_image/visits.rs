//! A visit in the machine, and the same one before a window in memory.

use std::time::{Duration, Instant};

use bench::kiosk_bench::KioskBench;
use slint::ComponentHandle;
use tests::{stand::Stand, walk::CITIZEN};

use crate::{machine::Machine, picture::Picture};

const PANEL: (f32, f32) = (1080.0, 1920.0);
const PATIENCE: Duration = Duration::from_secs(120);
const MOMENT: Duration = Duration::from_millis(100);

/// The visit in the machine, and the same one before a window.
pub(crate) struct Visits<'a> {
    pub(crate) machine: &'a mut Machine,
    pub(crate) bench: &'a KioskBench,
    pub(crate) window: &'a mut Stand,
}

impl Visits<'_> {
    pub(crate) fn drawn(&mut self) -> Picture {
        self.window.view();
        Picture::of_window(&self.window.window.window().take_snapshot().unwrap())
    }

    /// Both show the same; answers what the machine's screen shows.
    pub(crate) fn agree(&mut self, what: &str) -> Picture {
        let wanted = self.drawn();
        self.machine.until(what, &wanted)
    }

    /// Where a control is, as soon as it can be used.
    pub(crate) fn locate(&mut self, label: &str) -> (f32, f32) {
        let given_up = Instant::now() + PATIENCE;
        loop {
            self.window.view();
            if let Some(place) = dock::finger::locate(&self.window.window, label) {
                return place;
            }
            assert!(Instant::now() < given_up, "nothing is called {label:?}");
            std::thread::sleep(MOMENT);
        }
    }

    /// A finger for each, once the machine shows what the window does.
    pub(crate) fn touch(&mut self, label: &str) {
        let place = self.locate(label);
        self.agree(label);
        self.machine.tap(place, PANEL);
        self.window.touch(label);
    }

    /// Many keys of one screen, one after the other.
    pub(crate) fn type_digits(&mut self, digits: &str) {
        self.agree("a field for digits");
        for digit in digits.chars() {
            let label = digit.to_string();
            let place = self.locate(&label);
            self.machine.tap(place, PANEL);
            self.window.touch(&label);
        }
    }

    pub(crate) fn insert_card(&mut self) {
        self.agree("a slot for the card");
        let now = Instant::now();
        self.bench
            .card_reader
            .with(|reader| reader.insert(CITIZEN, now));
        self.window.insert_card(CITIZEN);
    }

    pub(crate) fn drop_coins(&mut self, coins: &[u32]) {
        assert!(self.window.slot_opens());
        self.agree("an open slot for coins");
        let given_up = Instant::now() + PATIENCE;
        while !self.bench.cash.with(|cash| cash.takes_coins()) {
            assert!(Instant::now() < given_up, "the coin slot stays shut");
            std::thread::sleep(MOMENT);
        }
        for value_won in coins {
            for cash in [&self.bench.cash, &self.window.bench.cash] {
                cash.with(|cash| cash.insert_coin(*value_won));
            }
        }
    }

    pub(crate) fn pull_card(&mut self) {
        self.agree("a card that is to be taken");
        self.bench.card_reader.with(|reader| reader.pull());
        self.window.pull_card();
    }

    /// A household's certificate, paid in coins, up to the farewell.
    pub(crate) fn walk_to_farewell(&mut self) {
        self.touch("시작하기");
        self.window.wait_for("find");
        self.touch("주민등록표 등본");
        self.window.wait_for("service");
        self.touch("신청 시작하기");
        self.window.wait_for("insert-card");
        self.insert_card();
        self.window.wait_for("resident-number");
        self.type_digits(CITIZEN.resident_number);
        self.touch("다 입력했어요");
        self.window.wait_for("options");
        self.touch("계속하기");
        self.window.wait_for("consent");
        self.touch("동의해요");
        self.window.wait_for("review");
        self.touch("이대로 신청하기");
        self.window.wait_for("pay");
        self.touch("현금으로 내기");
        self.drop_coins(&[100, 100]);
        self.window.wait_for("take-paper");
        self.touch("증명서 챙겼어요");
        self.window.wait_for("receipt");
        self.touch("영수증 받기");
        self.window.wait_for("take-card");
        self.pull_card();
        self.window.wait_for("farewell");
    }
}
