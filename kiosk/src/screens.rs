//! The window's face: what the visit says goes in, touches come out.
//!
//! One adapter per screen; these are the only files that know Slint. All of it
//! runs on the window's own thread.

mod accepted;
mod basket;
mod board;
mod board_writing;
mod check;
mod consent;
mod ear;
mod face;
mod failed;
mod farewell;
mod find;
mod forgetting;
mod frame;
mod help;
mod hold_paper;
mod holding;
mod holdings;
mod insert_card;
mod keys;
mod nearby;
mod options;
mod out_of_service;
mod paper_number;
mod paper_question;
mod paper_told;
mod pay;
mod pay_card;
mod question;
mod receipt;
mod resident_number;
mod review;
mod rows;
mod search;
mod service;
mod standing;
mod take_paper;
mod telephone;
mod ticket;
mod ticket_code;
mod tiles;
mod topic;
mod trouble;
mod upkeep;
mod welcome;
mod working;

pub use face::Face;
use kiosk_ui::{KioskWindow, Words};
use slint::ComponentHandle;

use crate::visit::{
    Touch,
    view::{Screen, View},
};

/// Lets every control of the window report its touch.
pub fn connect(window: &KioskWindow, touch: impl Fn(Touch) + Clone + 'static) {
    window
        .global::<Words>()
        .on_keep(|text| typing::keep_words_together(&text).into());
    frame::connect(window, touch.clone());
    help::connect(window, touch.clone());
    check::connect(window, touch.clone());
    welcome::connect(window, touch.clone());
    find::connect(window, touch.clone());
    topic::connect(window, touch.clone());
    search::connect(window, touch.clone());
    holdings::connect(window, touch.clone());
    holding::connect(window, touch.clone());
    board::connect(window, touch.clone());
    keys::connect(window, touch.clone());
    ticket_code::connect(window, touch.clone());
    hold_paper::connect(window, touch.clone());
    paper_told::connect(window, touch.clone());
    standing::connect(window, touch.clone());
    accepted::connect(window, touch.clone());
    telephone::connect(window, touch.clone());
    resident_number::connect(window, touch.clone());
    question::connect(window, touch.clone());
    options::connect(window, touch.clone());
    consent::connect(window, touch.clone());
    review::connect(window, touch.clone());
    basket::connect(window, touch.clone());
    pay::connect(window, touch.clone());
    paper_question::connect(window, touch.clone());
    receipt::connect(window, touch.clone());
    failed::connect(window, touch.clone());
    upkeep::connect(window, touch);
}

/// Shows one moment of the visit. Only what differs from the last one moves.
pub fn show(window: &KioskWindow, view: &View) {
    match &view.screen {
        Screen::Welcome(welcome) => welcome::show(window, welcome),
        Screen::Find(around) => find::show(window, around),
        Screen::Topic(shelf) => topic::show(window, shelf),
        Screen::Search(search) => search::show(window, search),
        Screen::Holdings(holdings) => holdings::show(window, holdings),
        Screen::Holding(sheet) => holding::show(window, sheet),
        Screen::BoardTopics(topics) => board::show_topics(window, topics),
        Screen::BoardPage(page) => board::show_page(window, page),
        Screen::BoardWriting(writing) => board_writing::show(window, writing),
        Screen::BoardPosted(posted) => board_writing::show_posted(window, *posted),
        Screen::Service(sheet) => service::show(window, sheet),
        Screen::TicketCode(entry) => ticket_code::show(window, entry),
        Screen::HoldPaper(holding) => hold_paper::show(window, *holding),
        Screen::PaperNumber(entry) => paper_number::show(window, entry),
        Screen::PaperTold(told) => paper_told::show(window, told),
        Screen::Ticket(offer) => ticket::show(window, offer),
        Screen::Standing(standing) => standing::show(window, standing),
        Screen::Accepted(accepted) => accepted::show(window, accepted),
        Screen::Telephone(entry) => telephone::show(window, entry),
        Screen::InsertCard(state) => insert_card::show(window, *state),
        Screen::ResidentNumber(entry) => resident_number::show(window, entry),
        Screen::Check(check) => check::show(window, check),
        Screen::Question(question) => question::show(window, question),
        Screen::Options(options) => options::show(window, options),
        Screen::Consent(consent) => consent::show(window, consent),
        Screen::Review(lines) => review::show(window, lines),
        Screen::Basket(sheet) => basket::show(window, sheet),
        Screen::Pay(pay) => pay::show(window, pay),
        Screen::PayByCard(card) => pay_card::show(window, *card),
        Screen::Working(steps) => working::show(window, steps),
        Screen::PaperQuestion(question) => paper_question::show(window, question),
        Screen::TakePaper(papers) => take_paper::show(window, papers),
        Screen::Receipt | Screen::TakeCard => {}
        Screen::Farewell(farewell) => farewell::show(window, *farewell),
        Screen::Failed(failed) => failed::show(window, failed),
        Screen::OutOfService(trouble) => out_of_service::show(window, *trouble),
        Screen::Upkeep(upkeep) => upkeep::show(window, upkeep),
    }
    if matches!(view.screen, Screen::Welcome(_) | Screen::OutOfService(_)) {
        forgetting::forget(window);
    }
    // Last, so that a screen comes up with its content in place.
    nearby::show(window, view.nearby.as_ref());
    help::show(window, &view.help);
    basket::show_around(window, &view.basket);
    check::offer(window, view.check_offered);
    frame::show(window, view);
}
