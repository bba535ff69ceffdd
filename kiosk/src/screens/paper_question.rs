//! Whether the sheet came out, and what follows when it did not.

use kiosk_ui::{KioskWindow, PaperQuestionPort};
use slint::ComponentHandle;

use crate::visit::{Touch, view::PaperQuestion};

pub(super) fn connect(window: &KioskWindow, touch: impl Fn(Touch) + Clone + 'static) {
    let port = window.global::<PaperQuestionPort>();
    let report = |meant: Touch| {
        let touch = touch.clone();
        move || touch(meant.clone())
    };
    port.on_got_paper(report(Touch::GotPaper));
    port.on_got_no_paper(report(Touch::GotNoPaper));
    port.on_print_again(report(Touch::PrintAgain));
    port.on_money_back(report(Touch::MoneyBack));
}

pub(super) fn show(window: &KioskWindow, view: &PaperQuestion) {
    let port = window.global::<PaperQuestionPort>();
    port.set_number(view.number.as_str().into());
    port.set_void_number(view.void);
    port.set_paid(view.paid);
}
