//! Taking the certificate.

use kiosk_ui::{KioskWindow, TakePaperPort};
use slint::ComponentHandle;

use super::rows;
use crate::visit::view::TakePaper;

pub(super) fn show(window: &KioskWindow, view: &TakePaper) {
    let port = window.global::<TakePaperPort>();
    port.set_copies(i32::try_from(view.copies).unwrap_or(i32::MAX));
    port.set_pages(i32::try_from(view.pages).unwrap_or(i32::MAX));
    port.set_reminded(view.reminded);
    let numbers = view.document_numbers.iter().map(Into::into).collect();
    if let Some(model) = rows::update(&port.get_document_numbers(), numbers) {
        port.set_document_numbers(model);
    }
}
