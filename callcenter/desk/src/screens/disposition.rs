//! How the call ended that is wrapped up.

use desk_ui::{
    ChoiceStateName, DeskWindow, DispositionChoice, DispositionNoticeName, DispositionPort,
};
use slint::ComponentHandle;

use super::rows;
use crate::{
    disposition::{ChoiceState, ChoiceView, DispositionNotice, DispositionView},
    telephone::DispositionRefusal,
};

pub(super) fn show(window: &DeskWindow, view: &DispositionView) {
    let port = window.global::<DispositionPort>();
    let choices = view.choices.iter().map(choice).collect();
    if let Some(model) = rows::update(&port.get_choices(), choices) {
        port.set_choices(model);
    }
    port.set_notice(match view.notice {
        None => DispositionNoticeName::None,
        Some(DispositionNotice::ChooseFirst) => DispositionNoticeName::ChooseFirst,
        Some(DispositionNotice::Kept) => DispositionNoticeName::Kept,
        Some(DispositionNotice::Refused(why)) => match why {
            DispositionRefusal::UnknownCode => DispositionNoticeName::UnknownCode,
            DispositionRefusal::WrapUpOver => DispositionNoticeName::WrapUpOver,
            DispositionRefusal::NotWritten => DispositionNoticeName::NotWritten,
        },
    });
}

fn choice(view: &ChoiceView) -> DispositionChoice {
    DispositionChoice {
        title: view.title.as_str().into(),
        state: match view.state {
            ChoiceState::Open => ChoiceStateName::Open,
            ChoiceState::Chosen => ChoiceStateName::Chosen,
            ChoiceState::Written => ChoiceStateName::Written,
        },
    }
}
