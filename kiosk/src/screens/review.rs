//! The last look before it counts.

use kiosk_ui::{KioskWindow, ReviewPort, ReviewTarget as Shown};
use slint::ComponentHandle;

use super::rows;
use crate::visit::{
    Touch,
    view::{ReviewLine, ReviewTarget},
};

pub(super) fn connect(window: &KioskWindow, touch: impl Fn(Touch) + 'static) {
    let port = window.global::<ReviewPort>();
    port.on_change(move |target| match target {
        Shown::Form => touch(Touch::Change(ReviewTarget::Form)),
        Shown::Options => touch(Touch::Change(ReviewTarget::Options)),
        Shown::None => {}
    });
}

pub(super) fn show(window: &KioskWindow, lines: &[ReviewLine]) {
    let port = window.global::<ReviewPort>();
    let line = |line: &ReviewLine| kiosk_ui::ReviewLine {
        label: line.label.as_str().into(),
        value: line.value.as_str().into(),
        leads_to: match line.leads_to {
            None => Shown::None,
            Some(ReviewTarget::Form) => Shown::Form,
            Some(ReviewTarget::Options) => Shown::Options,
        },
    };
    if let Some(model) = rows::update(&port.get_lines(), lines.iter().map(line).collect()) {
        port.set_lines(model);
    }
}
