//! A notice for the board, typed, and what became of it.

use kiosk_ui::{KioskWindow, PostedState, WritingPort};
use slint::ComponentHandle;

use super::keys;
use crate::visit::view::{BoardWriting, Posted};

pub(super) fn show(window: &KioskWindow, view: &BoardWriting) {
    let port = window.global::<WritingPort>();
    port.set_titling(view.titling);
    port.set_text(view.text.as_str().into());
    port.set_composing(view.composing.as_str().into());
    port.set_complete(view.complete);
    keys::show(window, view.keyboard);
}

pub(super) fn show_posted(window: &KioskWindow, posted: Posted) {
    let port = window.global::<WritingPort>();
    port.set_posted(match posted {
        Posted::Sending => PostedState::Sending,
        Posted::Waits => PostedState::Waits,
        Posted::NotTaken => PostedState::NotTaken,
    });
}
