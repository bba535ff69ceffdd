//! Whether a paper is genuine.

use kiosk_ui::{KioskWindow, PaperField as ShownField, PaperToldPort, PaperVerdict as Shown};
use slint::ComponentHandle;

use super::rows;
use crate::visit::{
    Touch,
    view::{PaperField, PaperTold, PaperVerdict},
};

pub(super) fn connect(window: &KioskWindow, touch: impl Fn(Touch) + 'static) {
    let port = window.global::<PaperToldPort>();
    port.on_another(move || touch(Touch::VerifyPaper));
}

pub(super) fn show(window: &KioskWindow, view: &PaperTold) {
    let port = window.global::<PaperToldPort>();
    port.set_verdict(verdict(view.verdict));
    port.set_number(view.number.as_str().into());
    port.set_kind(view.kind.as_str().into());
    port.set_issuer(view.issuer.as_str().into());
    port.set_issued_on(view.issued_on.as_str().into());
    port.set_until(view.until.as_str().into());
    port.set_over(view.over);
    let field = |field: &PaperField| ShownField {
        name: field.name.as_str().into(),
        value: field.value.as_str().into(),
    };
    let fields = view.fields.iter().map(field).collect();
    if let Some(model) = rows::update(&port.get_fields(), fields) {
        port.set_fields(model);
    }
}

fn verdict(it: PaperVerdict) -> Shown {
    match it {
        PaperVerdict::Genuine => Shown::Genuine,
        PaperVerdict::GenuineUnasked => Shown::GenuineUnasked,
        PaperVerdict::GenuineUntold => Shown::GenuineUntold,
        PaperVerdict::NotOnRecord => Shown::NotOnRecord,
        PaperVerdict::Void => Shown::Void,
        PaperVerdict::Replaced => Shown::Replaced,
        PaperVerdict::Altered => Shown::Altered,
        PaperVerdict::Stranger => Shown::Stranger,
        PaperVerdict::Damaged => Shown::Damaged,
        PaperVerdict::NoSeal => Shown::NoSeal,
        PaperVerdict::NumberValid => Shown::NumberValid,
        PaperVerdict::NumberLeased => Shown::NumberLeased,
        PaperVerdict::NumberUnknown => Shown::NumberUnknown,
        PaperVerdict::NotAnswered => Shown::NotAnswered,
        PaperVerdict::TooManyTries => Shown::TooManyTries,
    }
}
