//! The panel's window: keys act on the bench, prints come back as pictures.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use bench::{
    cable::Cable,
    cash_box::{self, Holdings},
    chip_card, document_printer,
    kiosk_bench::KioskBench,
    payment_terminal::{self, PaymentTerminal},
    people::PEOPLE,
    receipt_printer,
};
use dock_ui::DockWindow;
use slint::{ComponentHandle, Image, ModelRc, SharedString, VecModel, Weak};

use crate::{
    held,
    prints::{draw_receipt, draw_sheet},
};

const COINS: [u32; 4] = [500, 100, 50, 10];
const NOTES: [u32; 3] = [1_000, 5_000, 10_000];
const PRINTER_MOODS: [(document_printer::Mood, &str); 5] = [
    (document_printer::Mood::Well, "정상"),
    (document_printer::Mood::PaperOut, "용지 없음"),
    (document_printer::Mood::Jam, "걸림"),
    (document_printer::Mood::CoverOpen, "덮개 열림"),
    (document_printer::Mood::Dead, "응답 없음"),
];
const RECEIPT_MOODS: [(receipt_printer::Mood, &str); 4] = [
    (receipt_printer::Mood::Well, "정상"),
    (receipt_printer::Mood::PaperOut, "용지 없음"),
    (receipt_printer::Mood::CoverOpen, "덮개 열림"),
    (receipt_printer::Mood::Dead, "응답 없음"),
];
const CASH_MOODS: [(cash_box::Mood, &str); 5] = [
    (cash_box::Mood::Well, "정상"),
    (cash_box::Mood::CoinJam, "동전 걸림"),
    (cash_box::Mood::NoteJam, "지폐 걸림"),
    (cash_box::Mood::HopperJam, "거스름 고장"),
    (cash_box::Mood::Dead, "응답 없음"),
];
/// 51: the issuer says that there is not enough money.
const TERMINAL_MOODS: [(payment_terminal::Mood, &str); 4] = [
    (payment_terminal::Mood::Well, "정상"),
    (payment_terminal::Mood::Declines(51), "거절"),
    (payment_terminal::Mood::LosesAnswer, "답 잃음"),
    (payment_terminal::Mood::Mute, "응답 없음"),
];
const LOOK: Duration = Duration::from_millis(400);

pub type SharedBench = Arc<Mutex<KioskBench>>;

/// The bench, whoever broke off while using it.
pub fn lock(bench: &SharedBench) -> MutexGuard<'_, KioskBench> {
    bench.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Opens the panel. Pictures of prints lie in `folder`.
///
/// # Errors
/// When no window can be opened.
pub fn open(
    bench: &SharedBench,
    cable: &Arc<Cable>,
    folder: &Path,
) -> Result<DockWindow, slint::PlatformError> {
    let window = DockWindow::new()?;
    window.set_people(words(PEOPLE.iter().map(|person| person.name.to_owned())));
    window.set_chip_reader(lock(bench).chip_reader.is_some());
    window.set_coins(words(COINS.iter().map(|value| format!("{value}원"))));
    window.set_notes(words(NOTES.iter().map(|value| format!("{value}원 지폐"))));
    window.set_printer_moods(words(PRINTER_MOODS.iter().map(|(_, it)| (*it).to_owned())));
    window.set_receipt_moods(words(RECEIPT_MOODS.iter().map(|(_, it)| (*it).to_owned())));
    window.set_cash_moods(words(CASH_MOODS.iter().map(|(_, it)| (*it).to_owned())));
    window.set_terminal_moods(words(TERMINAL_MOODS.iter().map(|(_, it)| (*it).to_owned())));
    connect_money_and_card(&window, bench);
    connect_terminal(&window, bench);
    connect_printers(&window, bench);
    connect_cable(&window, cable);
    held::connect(&window, bench, folder);
    watch_prints(window.as_weak(), Arc::clone(bench), folder.to_owned());
    Ok(window)
}

fn words(items: impl Iterator<Item = String>) -> ModelRc<SharedString> {
    ModelRc::new(items.map(SharedString::from).collect::<VecModel<_>>())
}

fn pick<T>(items: &[T], index: i32) -> Option<&T> {
    items.get(usize::try_from(index).ok()?)
}

fn connect_money_and_card(window: &DockWindow, bench: &SharedBench) {
    let (shown, using) = (window.as_weak(), Arc::clone(bench));
    window.on_insert_card(move |index| {
        if let (Some(person), Some(window)) = (pick(&PEOPLE, index), shown.upgrade()) {
            let reader = &lock(&using).card_reader;
            reader.with(|reader| reader.insert(*person, Instant::now()));
            window.set_card_in(index);
        }
    });
    let using = Arc::clone(bench);
    window.on_insert_chip(move |index| {
        let Some(person) = pick(&PEOPLE, index).copied() else {
            return;
        };
        // A hand needs a second between two cards; the windows do not wait.
        let using = Arc::clone(&using);
        std::thread::spawn(move || {
            let mut bench = lock(&using);
            let inserted = bench
                .chip_reader
                .as_mut()
                .map(|reader| reader.insert(person, chip_card::Mood::Well));
            if let Some(Err(error)) = inserted {
                tracing::error!(%error, "The chip card does not go in");
            }
        });
    });
    let (shown, using) = (window.as_weak(), Arc::clone(bench));
    window.on_pull_card(move || {
        let mut bench = lock(&using);
        bench.card_reader.with(|reader| reader.pull());
        if let Some(reader) = &mut bench.chip_reader {
            reader.pull();
        }
        drop(bench);
        if let Some(window) = shown.upgrade() {
            window.set_card_in(-1);
        }
    });
    let using = Arc::clone(bench);
    window.on_drop_coin(move |index| {
        if let Some(value) = pick(&COINS, index) {
            lock(&using).cash.with(|cash| cash.insert_coin(*value));
        }
    });
    let using = Arc::clone(bench);
    window.on_feed_note(move |index| {
        if let Some(value) = pick(&NOTES, index) {
            lock(&using).cash.with(|cash| cash.insert_note(*value));
        }
    });
    let (shown, using) = (window.as_weak(), Arc::clone(bench));
    window.on_feel_cash(move |index| {
        if let (Some((mood, _)), Some(window)) = (pick(&CASH_MOODS, index), shown.upgrade()) {
            lock(&using).cash.with(|cash| cash.set_mood(*mood));
            window.set_cash_mood(index);
        }
    });
}

fn connect_terminal(window: &DockWindow, bench: &SharedBench) {
    let using = Arc::clone(bench);
    window.on_hold_card(move || {
        // Held there too early, a card is not seen.
        let bench = lock(&using);
        if bench.payment_terminal.with(|it| it.asks_for_card()) {
            bench.payment_terminal.with(PaymentTerminal::hold_card);
        }
    });
    let (shown, using) = (window.as_weak(), Arc::clone(bench));
    window.on_feel_terminal(move |index| {
        if let (Some((mood, _)), Some(window)) = (pick(&TERMINAL_MOODS, index), shown.upgrade()) {
            let bench = lock(&using);
            bench.payment_terminal.with(|it| it.set_mood(*mood));
            window.set_terminal_mood(index);
        }
    });
}

fn connect_printers(window: &DockWindow, bench: &SharedBench) {
    let (shown, using) = (window.as_weak(), Arc::clone(bench));
    window.on_feel_printer(move |index| {
        let (Some((mood, _)), Some(window)) = (pick(&PRINTER_MOODS, index), shown.upgrade()) else {
            return;
        };
        window.set_printer_mood(index);
        // A printer takes a second to be switched on; the windows do not wait.
        let (mood, using) = (*mood, Arc::clone(&using));
        std::thread::spawn(move || {
            if let Err(error) = lock(&using).document_printer.set_mood(mood) {
                tracing::error!(%error, "The printer on the bench does not obey");
            }
        });
    });
    let (shown, using) = (window.as_weak(), Arc::clone(bench));
    window.on_feel_receipt(move |index| {
        if let (Some((mood, _)), Some(window)) = (pick(&RECEIPT_MOODS, index), shown.upgrade()) {
            lock(&using)
                .receipt_printer
                .with(|printer| printer.set_mood(*mood));
            window.set_receipt_mood(index);
        }
    });
}

fn connect_cable(window: &DockWindow, cable: &Arc<Cable>) {
    let (shown, cable) = (window.as_weak(), Arc::clone(cable));
    window.on_cut_cable(move || {
        if cable.is_cut() {
            cable.mend();
        } else {
            cable.cut();
        }
        if let Some(window) = shown.upgrade() {
            window.set_cable_cut(cable.is_cut());
        }
    });
}

/// Looks into the trays and shows what is new.
fn watch_prints(window: Weak<DockWindow>, bench: SharedBench, folder: PathBuf) {
    std::thread::spawn(move || {
        let (mut seen, mut receipts) = (BTreeSet::new(), 0);
        loop {
            std::thread::sleep(LOOK);
            let (printed, papers, money) = {
                let bench = lock(&bench);
                (
                    bench.document_printer.printed().unwrap_or_default(),
                    bench
                        .receipt_printer
                        .with(|printer| printer.papers().to_vec()),
                    bench.cash.with(|cash| money(cash.holdings())),
                )
            };
            for (name, content) in printed {
                if !seen.insert(name) {
                    continue;
                }
                let (sheets, pdf) = (seen.len(), folder.join("sheet.pdf"));
                let drawn = fs::write(&pdf, content)
                    .and_then(|()| draw_sheet(&pdf, &folder.join(format!("sheet-{sheets}"))));
                if let Ok(picture) = drawn {
                    show(&window, &picture, move |window, image| {
                        window.set_sheet(image);
                        window.set_sheets(i32::try_from(sheets).unwrap_or(i32::MAX));
                    });
                }
            }
            if let Some(newest) = papers.last().filter(|_| papers.len() > receipts) {
                receipts = papers.len();
                let picture = folder.join(format!("receipt-{receipts}.png"));
                if draw_receipt(newest, &picture).is_ok() {
                    show(&window, &picture, move |window, image| {
                        window.set_receipt(image);
                        window.set_receipts(i32::try_from(receipts).unwrap_or(i32::MAX));
                    });
                }
            }
            let told = window.upgrade_in_event_loop(move |window| window.set_tray(money.into()));
            if told.is_err() {
                return;
            }
        }
    });
}

fn show(
    window: &Weak<DockWindow>,
    picture: &Path,
    put: impl FnOnce(&DockWindow, Image) + Send + 'static,
) {
    let picture = picture.to_owned();
    let _ = window.upgrade_in_event_loop(move |window| {
        if let Ok(image) = Image::load_from_path(&picture) {
            put(&window, image);
        }
    });
}

fn money(holdings: Holdings) -> String {
    format!(
        "받은 돈 {}원 · 거스름 통 {}원 · 반환구 {}원",
        holdings.cash_box_won + holdings.stacker_won,
        holdings.hoppers_won,
        holdings.tray_won + holdings.mouth_won,
    )
}
