//! A number that is typed on the pad.

use provision_ui::{EntryPort, ProvisionWindow};
use slint::ComponentHandle;

use crate::view::Touch;

pub(super) struct Entry {
    pub(super) shown: String,
    pub(super) typed: usize,
    pub(super) complete: bool,
    pub(super) busy: bool,
}

pub(super) fn connect(window: &ProvisionWindow, touch: impl Fn(Touch) + Clone + 'static) {
    let port = window.global::<EntryPort>();
    let (digit, erase, clear, back) = (touch.clone(), touch.clone(), touch.clone(), touch.clone());
    port.on_digit(move |text| {
        let value = text.chars().next().and_then(|it| it.to_digit(10));
        if let Some(value) = value.and_then(|it| u8::try_from(it).ok()) {
            digit(Touch::Digit(value));
        }
    });
    port.on_erase(move || erase(Touch::Erase));
    let emptied = window.as_weak();
    port.on_clear(move || {
        let typed = emptied
            .upgrade()
            .map_or(0, |it| it.global::<EntryPort>().get_typed());
        for _ in 0..typed {
            clear(Touch::Erase);
        }
    });
    port.on_enter(move || touch(Touch::Continue));
    port.on_back(move || back(Touch::Back));
}

pub(super) fn show(window: &ProvisionWindow, entry: &Entry) {
    let port = window.global::<EntryPort>();
    port.set_shown(entry.shown.as_str().into());
    port.set_heard(entry.typed.to_string().into());
    port.set_typed(count(entry.typed));
    port.set_complete(entry.complete);
    port.set_busy(entry.busy);
}

/// A number as a port has it.
pub(super) fn count(number: impl TryInto<i32>) -> i32 {
    number.try_into().unwrap_or(i32::MAX)
}
