//! Kiosks that wait for an agent, and the one that is helped.

use desk_ui::{
    DeskWindow, HelpNoticeName, HelpingPort, KioskRow, PlaceName, SaidLine, SharedField, VoiceName,
};
use handover::Place;
use slint::ComponentHandle;

use super::{count, rows};
use crate::{
    helping::{HelpView, HelpingNotice, HelpingView, KioskVoice},
    workplace::Touch,
};

/// Lines of talk that stand on the pane; what was said before has been read.
const LINES_SHOWN: usize = 6;

pub(super) fn connect(window: &DeskWindow, touch: impl Fn(Touch) + Clone + 'static) {
    let port = window.global::<HelpingPort>();
    port.on_select(move |row| {
        if let Ok(row) = usize::try_from(row) {
            touch(Touch::SelectRow(row));
        }
    });
}

pub(super) fn show(window: &DeskWindow, view: &HelpingView) {
    let port = window.global::<HelpingPort>();
    port.set_known(view.known);
    let waiting = view.waiting.iter().map(|it| KioskRow {
        kiosk: it.kiosk.as_str().into(),
        service: it.service.as_str().into(),
        language: it.language.as_str().into(),
        waited: it.waited.as_str().into(),
    });
    if let Some(model) = rows::update(&port.get_rows(), waiting.collect()) {
        port.set_rows(model);
    }
    port.set_selected(count(view.selected));
    port.set_notice(match view.notice {
        None => HelpNoticeName::None,
        Some(HelpingNotice::Away) => HelpNoticeName::Away,
        Some(HelpingNotice::NotTaken) => HelpNoticeName::NotTaken,
        Some(HelpingNotice::NotADesk) => HelpNoticeName::NotADesk,
        Some(HelpingNotice::Unproven) => HelpNoticeName::Unproven,
        Some(HelpingNotice::Confirmed) => HelpNoticeName::Confirmed,
        Some(HelpingNotice::Declined) => HelpNoticeName::Declined,
        Some(HelpingNotice::Ended) => HelpNoticeName::Ended,
        Some(HelpingNotice::NotShareable) => HelpNoticeName::NotShareable,
        Some(HelpingNotice::NotInList) => HelpNoticeName::NotInList,
        Some(HelpingNotice::OneAtATime) => HelpNoticeName::OneAtATime,
    });
    if let Some(help) = &view.with {
        show_help(&port, help);
    }
    port.set_helping(view.with.is_some());
}

fn show_help(port: &HelpingPort<'_>, view: &HelpView) {
    port.set_service(view.service.as_str().into());
    port.set_voice(match view.voice {
        KioskVoice::NoTelephone => VoiceName::NoTelephone,
        KioskVoice::OtherCall => VoiceName::OtherCall,
        KioskVoice::NoCall => VoiceName::NoCall,
        KioskVoice::Ringing => VoiceName::Ringing,
        KioskVoice::Talking => VoiceName::Talking,
    });
    port.set_place(match &view.at {
        None => PlaceName::Unknown,
        Some(Place::Finding) => PlaceName::Finding,
        Some(Place::Explaining) => PlaceName::Explaining,
        Some(Place::Question(_)) => PlaceName::Question,
        Some(Place::Options) => PlaceName::Options,
        Some(Place::Consent) => PlaceName::Consent,
        Some(Place::Review) => PlaceName::Review,
        Some(Place::Stuck) => PlaceName::Stuck,
        Some(Place::Hidden) => PlaceName::Hidden,
    });
    let fields = view.fields.iter().map(|it| SharedField {
        label: it.label.as_str().into(),
        value: it.value.reveal().as_str().into(),
        here: it.here,
        pointed: it.pointed,
        proposed: it.proposed.reveal().as_str().into(),
    });
    if let Some(model) = rows::update(&port.get_fields(), fields.collect()) {
        port.set_fields(model);
    }
    let choices = view.choices.iter().map(|it| it.label.as_str().into());
    if let Some(model) = rows::update(&port.get_choices(), choices.collect()) {
        port.set_choices(model);
    }
    let first = view.lines.len().saturating_sub(LINES_SHOWN);
    let lines = view.lines[first..].iter().map(|it| SaidLine {
        from_citizen: it.from_citizen,
        text: it.text.reveal().as_str().into(),
    });
    if let Some(model) = rows::update(&port.get_lines(), lines.collect()) {
        port.set_lines(model);
    }
    port.set_odd(view.line % 2 == 1);
}
