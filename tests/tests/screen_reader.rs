//! The kiosk as a foreign screen reader has it: its program in a window on a desktop, read
//! and used over AT-SPI alone, beside the same kiosk in this process.

#![allow(clippy::unwrap_used, clippy::wildcard_enum_match_arm)]

#[path = "screen_reader/listener.rs"]
mod listener;

use std::time::{Duration, Instant};

use i_slint_core::{
    accessibility::{AccessibleStringProperty, accessible_descendents},
    item_tree::ItemRc,
    items::AccessibleRole,
    window::WindowInner,
};
use listener::{Element, Listener, Tree};
use slint::ComponentHandle;
use tests::{
    desktop::{Booth, Desktop, Process, kiosk_program},
    office::TUESDAY_10_00,
    stand::Stand,
    walk::CITIZEN,
};

/// As long as a stand waits for anything.
const PATIENCE: Duration = Duration::from_secs(60);
/// What the household's register costs.
const COINS: [u32; 2] = [100, 100];

#[test]
fn a_screen_reader_finds_every_control_by_its_role_and_name_and_gets_on_by_them() {
    let desktop = Desktop::open();
    let booth = Booth::open(TUESDAY_10_00);
    let kiosk = booth.kiosk(&kiosk_program(), &desktop).spawn().unwrap();
    let kiosk = Process(kiosk);
    let reader = Listener::before(&desktop, kiosk.0.id());
    let twin = Stand::open(TUESDAY_10_00);

    let mut both = Both { reader, twin };
    both.look("welcome");
    both.press("시작하기", "find");
    both.press("토지대장", "service");
    both.press("신청 시작하기", "question");
    for key in ["ㅅ", "ㅐ", "ㅂ", "ㅣ", "ㅊ"] {
        both.press(key, "question");
    }
    both.finds_typed("새빛");
    both.press("계속하기", "question");
    for key in ["1", "2", "-", "3"] {
        both.press(key, "question");
    }
    both.finds_typed("12-3");
    both.press("계속하기", "options");
    both.press("처음으로", "welcome");

    both.press("시작하기", "find");
    both.press("주민등록표 등본", "service");
    both.press("신청 시작하기", "insert-card");
    booth
        .bench
        .card_reader
        .with(|reader| reader.insert(CITIZEN, Instant::now()));
    both.twin.insert_card(CITIZEN);
    both.look("resident-number");
    for digit in CITIZEN.resident_number.chars().map(String::from) {
        both.reader.press(&digit);
        both.twin.touch(&digit);
    }
    let tree = both.finds_typed("13자리 중 13자리");
    // Of the number nobody who listens is told a digit.
    let told = format!("{tree:?}").replace('-', "");
    assert!(!told.contains(&CITIZEN.resident_number[..6]), "{tree:#?}");
    both.press("다 입력했어요", "options");
    both.press("계속하기", "consent");
    both.press("동의해요", "review");
    both.press("이대로 신청하기", "pay");
    both.press("현금으로 내기", "pay");
    both.twin.pay_coins(&COINS);
    pay(&booth);
    both.look("take-paper");
    both.press("증명서 챙겼어요", "receipt");
    both.press("필요 없어요", "take-card");
    booth.bench.card_reader.with(|reader| reader.pull());
    both.twin.pull_card();
    both.look("farewell");
}

/// As soon as the slot of the kiosk that is read is open.
fn pay(booth: &Booth) {
    let given_up = Instant::now() + PATIENCE;
    while !booth.bench.cash.with(|cash| cash.takes_coins()) {
        assert!(Instant::now() < given_up, "the coin slot stays shut");
        std::thread::yield_now();
    }
    for value_won in COINS {
        booth.bench.cash.with(|cash| cash.insert_coin(value_won));
    }
}

/// The kiosk that is read, and the one in this process that does the same.
struct Both {
    reader: Listener,
    twin: Stand,
}

impl Both {
    /// The reader's user does what a finger does at the twin; both come to the screen.
    fn press(&mut self, name: &str, screen: &str) {
        self.reader.press(name);
        self.twin.touch(name);
        self.look(screen);
    }

    /// Both show the same, and all of it has a role and a name.
    fn look(&mut self, screen: &str) -> Tree {
        self.twin.wait_for(screen);
        let twin = &mut self.twin;
        let tree = self.reader.until(screen, |tree| {
            twin.view();
            controls(tree) == shown(twin)
        });
        let found = complaints(&tree);
        assert!(found.is_empty(), "{screen}: {found:#?}");
        tree
    }

    /// What was typed stands in the one entry of the screen.
    fn finds_typed(&mut self, words: &str) -> Tree {
        self.reader.until(words, |tree| {
            let entries = tree.iter().filter(|it| it.role == "entry");
            let typed: Vec<&str> = entries.map(|it| it.description.as_str()).collect();
            typed == [words]
        })
    }
}

/// Role and name of all that something can be done with.
fn controls(tree: &Tree) -> Vec<(&str, String)> {
    let controls = tree.iter().filter(|it| it.is_control());
    controls
        .map(|it| (it.role.as_str(), it.name.clone()))
        .collect()
}

/// The same of the screen in this process, as far as it can be seen.
fn shown(twin: &Stand) -> Vec<(&'static str, String)> {
    let window = WindowInner::from_pub(twin.window.window());
    let mut found = Vec::new();
    gather(&ItemRc::new_root(window.component()), &mut found);
    found
}

fn gather(item: &ItemRc, found: &mut Vec<(&'static str, String)>) {
    for child in accessible_descendents(item).filter(ItemRc::is_visible) {
        let said = |property| child.accessible_string_property(property);
        let stays = said(AccessibleStringProperty::Checkable).is_some_and(|it| it == "true");
        let role = match child.accessible_role() {
            AccessibleRole::Button if stays => Some("toggle button"),
            AccessibleRole::Button => Some("push button"),
            AccessibleRole::Switch => Some("toggle button"),
            AccessibleRole::RadioButton => Some("radio button"),
            AccessibleRole::Checkbox => Some("check box"),
            AccessibleRole::TextInput => Some("entry"),
            _ => None,
        };
        let label = said(AccessibleStringProperty::Label);
        found.extend(role.zip(label.map(String::from)));
        gather(&child, found);
    }
}

fn complaints(tree: &Tree) -> Vec<String> {
    let mut found = Vec::new();
    for element in tree {
        let Element { role, name, .. } = element;
        if (element.is_control() || element.is("focusable")) && name.trim().is_empty() {
            found.push(format!("nobody knows what this is: {element:?}"));
        }
        let is_window = role == "frame";
        if element.is("focusable") && !element.is_control() && !is_window {
            found.push(format!("{name:?} can be come to and is a {role}"));
        }
        if element.is_pressed() && element.actions.is_empty() {
            found.push(format!("{name:?} is a {role} that does nothing"));
        }
        if name.contains('\u{2060}') || element.description.contains('\u{2060}') {
            found.push(format!("{name:?} has joiners that are read aloud"));
        }
    }
    found
}
