//! Options and copies.

use kiosk_ui::{KioskWindow, OptionRow, OptionsPort};
use slint::ComponentHandle;

use super::rows;
use crate::visit::{
    Touch,
    view::{Choice, OptionGroup, Options},
};

pub(super) fn connect(window: &KioskWindow, touch: impl Fn(Touch) + Clone + 'static) {
    let port = window.global::<OptionsPort>();
    let more = touch.clone();
    port.on_more_copies(move || more(Touch::MoreCopies));
    let fewer = touch.clone();
    port.on_fewer_copies(move || fewer(Touch::FewerCopies));
    let recipient = touch.clone();
    port.on_pick_recipient(move |id| recipient(Touch::PickRecipient(id.into())));
    port.on_pick(move |option, choice| {
        touch(Touch::PickOption {
            option: option.into(),
            choice: choice.into(),
        });
    });
}

pub(super) fn show(window: &KioskWindow, view: &Options) {
    let port = window.global::<OptionsPort>();
    let options = view.groups.iter().flat_map(group_rows).collect();
    if let Some(model) = rows::update(&port.get_rows(), options) {
        port.set_rows(model);
    }
    let recipients = view.recipients.iter().map(|it| row("", it)).collect();
    if let Some(model) = rows::update(&port.get_recipients(), recipients) {
        port.set_recipients(model);
    }
    port.set_copies(i32::try_from(view.copies).unwrap_or(i32::MAX));
    port.set_copies_max(i32::try_from(view.copies_max).unwrap_or(i32::MAX));
    port.set_fee(view.fee.as_str().into());
}

/// The option's heading, then its choices.
fn group_rows(group: &OptionGroup) -> Vec<OptionRow> {
    let heading = OptionRow {
        option: group.option.as_str().into(),
        label: group.label.as_str().into(),
        ..Default::default()
    };
    let choices = group.choices.iter().map(|it| row(&group.option, it));
    std::iter::once(heading).chain(choices).collect()
}

fn row(option: &str, choice: &Choice) -> OptionRow {
    OptionRow {
        option: option.into(),
        choice: choice.id.as_str().into(),
        label: choice.label.as_str().into(),
        explanation: choice.explanation.as_str().into(),
        chosen: choice.chosen,
    }
}
