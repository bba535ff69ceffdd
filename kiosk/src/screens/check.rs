//! A two-person check: consent, wait, and how it ended.

use kiosk_ui::{CheckEnd as ShownEnd, CheckPort, CheckState as Shown, KioskWindow};
use slint::ComponentHandle;

use super::rows;
use crate::visit::{
    Touch,
    view::{Check, CheckEnd, Consent},
};

pub(super) fn connect(window: &KioskWindow, touch: impl Fn(Touch) + Clone + 'static) {
    let port = window.global::<CheckPort>();
    let send = |what: Touch| {
        let touch = touch.clone();
        move || touch(what.clone())
    };
    port.on_begin(send(Touch::BeginCheck));
    port.on_agree(send(Touch::Agree));
    port.on_disagree(send(Touch::Disagree));
}

/// Whether it is offered, on whatever screen is up.
pub(super) fn offer(window: &KioskWindow, offered: bool) {
    window.global::<CheckPort>().set_offered(offered);
}

pub(super) fn show(window: &KioskWindow, view: &Check) {
    let port = window.global::<CheckPort>();
    let state = match view {
        Check::Agreeing(consent) => {
            agreeing(&port, consent);
            Shown::Agreeing
        }
        Check::Opening => Shown::Opening,
        Check::Waiting { ahead } => {
            port.set_ahead(i32::try_from(*ahead).unwrap_or(i32::MAX));
            Shown::Waiting
        }
        Check::Said => Shown::Said,
        Check::Considered => Shown::Considered,
        Check::WaitingForSecond => Shown::WaitingForSecond,
        Check::Supervised => Shown::Supervised,
        Check::Ended { end, may_retry } => {
            port.set_end(ended(*end));
            port.set_may_retry(*may_retry);
            Shown::Ended
        }
    };
    port.set_state(state);
}

fn agreeing(port: &CheckPort<'_>, consent: &Consent) {
    port.set_agency(consent.agency.as_str().into());
    port.set_retention(consent.retention.as_str().into());
    let fields = consent.fields.iter().map(Into::into).collect();
    if let Some(model) = rows::update(&port.get_fields(), fields) {
        port.set_fields(model);
    }
}

fn ended(end: CheckEnd) -> ShownEnd {
    match end {
        CheckEnd::NotBelieved => ShownEnd::NotBelieved,
        CheckEnd::TooManyTries => ShownEnd::TooManyTries,
        CheckEnd::NoSuchPerson => ShownEnd::NoSuchPerson,
        CheckEnd::TooFewQuestions => ShownEnd::TooFewQuestions,
        CheckEnd::RegisterAway => ShownEnd::RegisterAway,
        CheckEnd::NobodyCame => ShownEnd::NobodyCame,
        CheckEnd::LineLost => ShownEnd::LineLost,
        CheckEnd::Unavailable => ShownEnd::Unavailable,
    }
}
