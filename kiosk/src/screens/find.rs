//! The most asked services and the topics.

use kiosk_ui::{FindPort, KioskWindow};
use slint::ComponentHandle;

use super::{rows, tiles};
use crate::visit::{Touch, view::Around};

pub(super) fn connect(window: &KioskWindow, touch: impl Fn(Touch) + Clone + 'static) {
    let port = window.global::<FindPort>();
    let chosen = touch.clone();
    port.on_choose(move |service| chosen(Touch::ChooseService(service.into())));
    let opened = touch.clone();
    port.on_open_topic(move |topic| opened(Touch::OpenTopic(topic.into())));
    let happened = touch.clone();
    port.on_open_life_event(move |event| happened(Touch::OpenLifeEvent(event.into())));
    let searching = touch.clone();
    port.on_search(move || searching(Touch::Search));
    let locating = touch.clone();
    port.on_locate(move || locating(Touch::Locate));
    let reading = touch.clone();
    port.on_open_board(move || reading(Touch::OpenBoard));
    let verifying = touch.clone();
    port.on_verify_paper(move || verifying(Touch::VerifyPaper));
    port.on_have_ticket(move || touch(Touch::HaveTicket));
}

pub(super) fn show(window: &KioskWindow, view: &Around) {
    let port = window.global::<FindPort>();
    port.set_locator(view.locator);
    port.set_board(view.board);
    if let Some(model) = rows::update(&port.get_most_asked(), tiles::services(&view.most_asked)) {
        port.set_most_asked(model);
    }
    if let Some(model) = rows::update(&port.get_topics(), tiles::topics(&view.topics)) {
        port.set_topics(model);
    }
    let events = rows::update(&port.get_life_events(), tiles::topics(&view.life_events));
    if let Some(model) = events {
        port.set_life_events(model);
    }
}
