//! An agent's help over the screen: consent, wait, proposals, talk.

use kiosk_ui::{
    HelpEnding as ShownEnding, HelpPort, HelpState as Shown, KioskWindow,
    LineRefusal as ShownRefusal, TalkLine, VoiceName,
};
use slint::ComponentHandle;
use softphone::Volume;

use super::{keys, rows};
use crate::{
    handset::Voice,
    visit::{
        Touch,
        view::{Help, HelpEnding, HelpState, Helping, KeyboardLayout, LineRefusal, Speaking, Talk},
    },
};

/// Lines that fit over the keyboard; what was said before has been read.
const LINES_SHOWN: usize = 3;

pub(super) fn connect(window: &KioskWindow, touch: impl Fn(Touch) + Clone + 'static) {
    let port = window.global::<HelpPort>();
    let send = |what: Touch| {
        let touch = touch.clone();
        move || touch(what.clone())
    };
    port.on_ask_for_agent(send(Touch::AskForAgent));
    port.on_let_agent_see(send(Touch::LetAgentSee));
    port.on_keep_to_myself(send(Touch::KeepToMyself));
    port.on_end_help(send(Touch::EndHelp));
    port.on_open_talk(send(Touch::OpenTalk));
    port.on_close_talk(send(Touch::CloseTalk));
    port.on_say(send(Touch::SayLine));
    port.on_open_handset(send(Touch::OpenHandset));
    port.on_close_handset(send(Touch::CloseHandset));
    port.on_louder(send(Touch::Louder));
    port.on_softer(send(Touch::Softer));
    port.on_hang_up(send(Touch::HangUpHandset));
    port.on_call_again(send(Touch::CallFromHandset));
    let numbered = |what: fn(u32) -> Touch| {
        let touch = touch.clone();
        move |number| {
            if let Ok(number) = u32::try_from(number) {
                touch(what(number));
            }
        }
    };
    port.on_accept(numbered(Touch::AcceptProposal));
    port.on_decline(numbered(Touch::DeclineProposal));
    let typed = touch.clone();
    port.on_key(move |text| typed_in(keys::character(&text), &typed));
    port.on_special(move |key| typed_in(Some(keys::special(key)), &touch));
}

fn typed_in(key: Option<Touch>, touch: &impl Fn(Touch)) {
    if let Some(Touch::Key(key)) = key {
        touch(Touch::TalkKey(key));
    }
}

pub(super) fn show(window: &KioskWindow, view: &Help) {
    let port = window.global::<HelpPort>();
    port.set_offered(view.offered);
    port.set_has_handset(view.handset);
    let nobody = Helping {
        pointed: String::new(),
        proposal: None,
        talk: None,
        speaking: None,
    };
    let helping = match &view.state {
        HelpState::Helping(helping) => helping,
        HelpState::None | HelpState::Asking | HelpState::Waiting { .. } | HelpState::Ended(_) => {
            &nobody
        }
    };
    show_helping(&port, helping);
    port.set_state(match view.state {
        HelpState::None => Shown::None,
        HelpState::Asking => Shown::Asking,
        HelpState::Waiting { ahead } => {
            let ahead = ahead.map_or(-1, |it| i32::try_from(it).unwrap_or(i32::MAX));
            port.set_ahead(ahead);
            Shown::Waiting
        }
        HelpState::Helping(_) => Shown::Helping,
        HelpState::Ended(ending) => {
            port.set_ending(match ending {
                HelpEnding::ByAgent => ShownEnding::ByAgent,
                HelpEnding::NobodyCame => ShownEnding::NobodyCame,
                HelpEnding::LineLost => ShownEnding::LineLost,
                HelpEnding::NoRoom => ShownEnding::NoRoom,
            });
            Shown::Ended
        }
    });
}

fn show_helping(port: &HelpPort<'_>, helping: &Helping) {
    port.set_pointed(helping.pointed.as_str().into());
    let proposal = helping.proposal.as_ref();
    port.set_proposal_label(proposal.map_or("", |it| it.label.as_str()).into());
    port.set_proposal_value(proposal.map_or("", |it| it.value.as_str()).into());
    port.set_proposal(proposal.map_or(0, |it| i32::try_from(it.number).unwrap_or(i32::MAX)));
    show_voice(port, helping.speaking);
    port.set_talking(helping.talk.is_some());
    if let Some(talk) = &helping.talk {
        show_talk(port, talk);
    } else {
        // What was said stays with nobody who comes later.
        port.set_text("".into());
        port.set_composing("".into());
        if let Some(model) = rows::update(&port.get_lines(), Vec::new()) {
            port.set_lines(model);
        }
    }
}

fn show_voice(port: &HelpPort<'_>, speaking: Option<Speaking>) {
    port.set_voice(match speaking.map(|it| it.voice) {
        None => VoiceName::None,
        Some(Voice::Calling) => VoiceName::Calling,
        Some(Voice::Talking) => VoiceName::Talking,
        Some(Voice::Silent) => VoiceName::Silent,
        Some(Voice::Busy) => VoiceName::Busy,
        Some(Voice::Away) => VoiceName::Away,
        Some(Voice::HungUp) => VoiceName::HungUp,
    });
    port.set_volume(match speaking.map(|it| it.volume) {
        Some(Volume::Low) => 1,
        None | Some(Volume::Medium) => 2,
        Some(Volume::High) => 3,
        Some(Volume::Highest) => 4,
    });
    port.set_handset_open(speaking.is_some_and(|it| it.open));
}

fn show_talk(port: &HelpPort<'_>, talk: &Talk) {
    let first = talk.lines.len().saturating_sub(LINES_SHOWN);
    let line = |it: &crate::visit::view::TalkLine| TalkLine {
        from_agent: it.from_agent,
        text: it.text.as_str().into(),
    };
    let lines = talk.lines[first..].iter().map(line).collect();
    if let Some(model) = rows::update(&port.get_lines(), lines) {
        port.set_lines(model);
    }
    port.set_text(talk.text.as_str().into());
    port.set_composing(talk.composing.as_str().into());
    port.set_refusal(match talk.refusal {
        None => ShownRefusal::None,
        Some(LineRefusal::TooLong) => ShownRefusal::TooLong,
        Some(LineRefusal::Number) => ShownRefusal::Number,
    });
    port.set_latin(talk.keyboard.layout == KeyboardLayout::Latin);
    port.set_digits(talk.keyboard.layout == KeyboardLayout::Digits);
    port.set_shifted(talk.keyboard.shifted);
    let [top, middle, bottom] = keys::letter_rows(talk.keyboard);
    if let Some(model) = rows::update(&port.get_top_row(), top) {
        port.set_top_row(model);
    }
    if let Some(model) = rows::update(&port.get_middle_row(), middle) {
        port.set_middle_row(model);
    }
    if let Some(model) = rows::update(&port.get_bottom_row(), bottom) {
        port.set_bottom_row(model);
    }
}
