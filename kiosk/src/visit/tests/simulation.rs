//! A thousand afternoons by dice: fingers, faults and power cuts at any moment.

use std::time::Duration;

use bench::people::PEOPLE;
use devices::card_reader::CardFault;
use request::{DeclineReason, NetworkFault};
use tracing::Level;

use super::{
    citizen::{Citizen, FAMILY, HOUSEHOLD, LAND, Piece},
    dice::Dice,
    laws,
    told::Told,
    town::{Card, CashMood, ExchangeMood, PrinterMood, Town},
};
use crate::visit::{
    Key, Language, Touch,
    step::Step,
    view::{Means, ReviewTarget},
};

const AFTERNOONS: u64 = 400;
const VISITS: u64 = 3;
const MOVES: u64 = 80;
/// Until every deadline of a visit that nobody touches has passed.
const EVENING: Duration = Duration::from_secs(3_600);

/// `MINWON_AFTERNOONS` plays more of them, `MINWON_SEED` one of them.
fn seeds() -> std::ops::Range<u64> {
    let number = |name| std::env::var(name).ok().and_then(|it| it.parse().ok());
    match number("MINWON_SEED") {
        Some(seed) => seed..seed + 1,
        None => 0..number("MINWON_AFTERNOONS").unwrap_or(AFTERNOONS),
    }
}

/// Plays afternoons in which no visit reports a bug of its own.
fn play(what: &str, afternoon: impl Fn(u64) + std::panic::RefUnwindSafe) {
    for seed in seeds() {
        let told = Told::default();
        let played = std::panic::catch_unwind(|| told.listen(Level::ERROR, || afternoon(seed)));
        let again = format!("{what}: play it again with MINWON_SEED={seed}");
        assert!(played.is_ok(), "{again}");
        assert_eq!(told.text(), "", "{again}");
    }
}

#[test]
fn afternoons_of_honest_citizens_end_with_everything_in_its_place() {
    play("honest citizens", |seed| {
        let mut town = Town::with_seed(seed);

        for _ in 0..VISITS {
            let mut citizen = somebody(&mut town.dice);
            citizen.walk_home(&mut town);
        }

        laws::reckon(&town);
        let valid = town.printer.sheets.len();
        let captured: u32 = requests(&town).map(|it| it.money.captured_won).sum();
        assert_eq!(town.exchange.numbers.len(), valid, "every paper was wanted");
        assert_eq!(town.cash.in_won - town.cash.out_won, captured);
    });
}

#[test]
fn afternoons_of_random_fingers_faults_and_power_cuts_keep_every_law() {
    play("anything at all", |seed| {
        let mut town = Town::with_seed(seed);
        let stormy = seed % 4 != 0;

        for _ in 0..VISITS {
            visit_at_random(&mut town, stormy);
        }
        evening(&mut town);

        laws::reckon(&town);
        if town.crashes == 0 {
            assert_eq!(town.visit.step, Step::Resting);
        }
    });
}

fn requests(town: &Town) -> impl Iterator<Item = request::ServiceRequest> {
    let ids = town.requests.iter();
    ids.filter_map(|id| town.journal.request(id).unwrap())
}

fn somebody(dice: &mut Dice) -> Citizen {
    let pieces = [
        Piece::Coin(100),
        Piece::Coin(500),
        Piece::Note(1000),
        Piece::Note(5000),
        Piece::Note(10_000),
    ];
    let purse: Vec<Piece> = (0..4).map(|_| dice.pick(&pieces)).collect();
    Citizen {
        service: dice.pick(&[HOUSEHOLD, FAMILY, LAND]),
        person: dice.pick(&PEOPLE),
        copies: u32::try_from(dice.below(3)).unwrap() + 1,
        purse,
        paid_in: 0,
        wants_receipt: dice.one_in(2),
    }
}

fn visit_at_random(town: &mut Town, stormy: bool) {
    let mut citizen = somebody(&mut town.dice);
    if stormy && town.dice.one_in(2) {
        town.crash_in = Some(u32::try_from(town.dice.below(150)).unwrap());
    }
    if stormy && town.dice.one_in(12) {
        town.journal_breaks_in = Some(u32::try_from(town.dice.below(25)).unwrap());
    }
    for _ in 0..MOVES {
        match town.dice.below(if stormy { 14 } else { 10 }) {
            0 => {
                let touch = any_touch(&mut town.dice);
                town.touch(touch);
            }
            1 => {
                let wait = town.dice.below(3000);
                town.pass(Duration::from_millis(wait));
            }
            10 => something_breaks(town),
            11 if town.dice.one_in(3) => {
                let wait = town.dice.below(100);
                town.pass_seconds(wait);
            }
            12 => something_is_pulled_or_put(town),
            _ => citizen.make_a_move(town),
        }
    }
}

fn any_touch(dice: &mut Dice) -> Touch {
    let services = [HOUSEHOLD, FAMILY, LAND, "no-such-service"];
    let service = dice.pick(&services).to_owned();
    dice.pick(&[
        Touch::Start,
        Touch::ChooseLanguage(Language::English),
        Touch::ChooseLanguage(Language::Korean),
        Touch::ChooseService(service),
        Touch::Next,
        Touch::Next,
        Touch::Next,
        Touch::Back,
        Touch::StartOver,
        Touch::StayHere,
        Touch::Key(Key::Character('7')),
        Touch::Key(Key::Character('ㅅ')),
        Touch::Key(Key::Backspace),
        Touch::Key(Key::Layout),
        Touch::PickSuggestion(3),
        Touch::PickOption {
            option: "numbers".to_owned(),
            choice: "full".to_owned(),
        },
        Touch::MoreCopies,
        Touch::FewerCopies,
        Touch::Agree,
        Touch::Disagree,
        Touch::Change(ReviewTarget::Form),
        Touch::Change(ReviewTarget::Options),
        Touch::PayWith(Means::Cash),
        Touch::PayWith(Means::Card),
        Touch::CancelPayment,
        Touch::WantReceipt,
        Touch::NoReceipt,
        Touch::TryAgain,
        Touch::TryAgain,
        Touch::LargeText,
        Touch::AskForHelp,
        Touch::CloseHelp,
    ])
}

fn something_breaks(town: &mut Town) {
    let sheet = town.dice.one_in(2);
    match town.dice.below(5) {
        0 => {
            let mood = town.dice.pick(&[
                PrinterMood::Well,
                PrinterMood::Well,
                PrinterMood::Stutters,
                PrinterMood::OutOfPaper,
                PrinterMood::CoverOpen,
                PrinterMood::Jammed { sheet },
                PrinterMood::Silent { sheet },
                PrinterMood::Late,
            ]);
            town.set_printer(mood);
        }
        1 => {
            let mood = town.dice.pick(&[
                PrinterMood::Well,
                PrinterMood::Stutters,
                PrinterMood::OutOfPaper,
                PrinterMood::Silent { sheet },
            ]);
            town.set_receipts(mood);
        }
        2 => {
            let mood = town.dice.pick(&[
                CashMood::Well,
                CashMood::Stutters,
                CashMood::GivesNotesBack,
                CashMood::LosesCount,
                CashMood::Jammed,
                CashMood::Mute,
            ]);
            town.cash.hopper_won = town.dice.pick(&[0, 700, 3_000, 1_000_000]);
            town.cash.told_change_won = town.dice.pick(&[town.cash.hopper_won, 1_000_000]);
            town.set_cash(mood);
        }
        3 => {
            let mood = town.dice.pick(&[
                ExchangeMood::Well,
                ExchangeMood::Overtaken,
                ExchangeMood::Away,
                ExchangeMood::Fails(NetworkFault::Nonsense),
                ExchangeMood::Declines(DeclineReason::NoSuchRecord),
                ExchangeMood::Stutters,
                ExchangeMood::Miscounts,
                ExchangeMood::LosesDocuments,
                ExchangeMood::ForgetsDocuments,
            ]);
            town.set_exchange(mood);
        }
        _ => all_is_well(town),
    }
}

fn all_is_well(town: &mut Town) {
    town.cash.hopper_won = 1_000_000;
    town.cash.told_change_won = 1_000_000;
    town.set_printer(PrinterMood::Well);
    town.set_receipts(PrinterMood::Well);
    town.set_cash(CashMood::Well);
    town.set_exchange(ExchangeMood::Well);
}

fn something_is_pulled_or_put(town: &mut Town) {
    match town.dice.below(4) {
        0 => town.pull_card(),
        1 => town.insert_coin(500),
        2 => town.insert_note(5000),
        _ => {
            let person = town.dice.pick(&PEOPLE);
            let card = town.dice.pick(&[
                Card::Of(person),
                Card::Bad(CardFault::Damaged),
                Card::Bad(CardFault::Unknown),
                Card::Mute,
            ]);
            town.slot.chip = town.dice.one_in(2);
            town.insert_card(card);
        }
    }
}

/// Everybody goes home; a technician starts a machine again that cannot write.
fn evening(town: &mut Town) {
    town.crash_in = None;
    town.journal_breaks_in = None;
    town.pass(EVENING);
    if town.journal_broken {
        town.cut_the_power();
    }
    all_is_well(town);
    town.pass(EVENING);
}
