//! How a petition stands.

use kiosk_ui::{KioskWindow, StandingPort};
use slint::ComponentHandle;

use super::rows;
use crate::visit::{
    Touch,
    view::{Standing, StandingLine},
};

pub(super) fn connect(window: &KioskWindow, touch: impl Fn(Touch) + Clone + 'static) {
    let port = window.global::<StandingPort>();
    let rated = touch.clone();
    port.on_rate(move || rated(Touch::RateAnswer));
    port.on_appeal(move || touch(Touch::Appeal));
}

pub(super) fn show(window: &KioskWindow, view: &Standing) {
    let port = window.global::<StandingPort>();
    port.set_service(view.service.as_str().into());
    port.set_office(view.office.as_str().into());
    port.set_telephone(view.telephone.as_str().into());
    port.set_due_on(view.due_on.as_str().into());
    port.set_late(view.late);
    port.set_answered(view.answered);
    port.set_may_rate(view.may_rate);
    port.set_may_appeal(view.may_appeal);
    port.set_open_until(view.open_until.as_str().into());
    let line = |line: &StandingLine| kiosk_ui::StandingLine {
        on: line.on.as_str().into(),
        what: line.what.as_str().into(),
        office: line.office.as_str().into(),
    };
    let steps = view.steps.iter().map(line).collect();
    if let Some(model) = rows::update(&port.get_steps(), steps) {
        port.set_steps(model);
    }
}
