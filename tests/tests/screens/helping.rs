//! Moments of an agent's help.

use kiosk::{
    handset::Voice,
    visit::{
        View,
        view::{
            Help, HelpEnding, HelpState, Helping, Keyboard, KeyboardLayout, LineRefusal, Proposed,
            Screen, Speaking, Talk, TalkLine,
        },
    },
};
use softphone::Volume;

use super::{Words, options, view};

pub(super) fn moments(words: Words) -> Vec<(String, View)> {
    let states = [
        ("agent-offered", HelpState::None),
        ("agent-consent", HelpState::Asking),
        ("agent-called", HelpState::Waiting { ahead: None }),
        ("agent-next", HelpState::Waiting { ahead: Some(0) }),
        ("agent-waiting", HelpState::Waiting { ahead: Some(12) }),
        ("agent-there", helping("", None, None)),
        ("agent-points", helping(&pointed(words), None, None)),
        ("agent-proposes", proposes(words)),
        ("agent-proposes-address", proposes_address(words)),
        ("agent-talk-empty", talks(words, 0, None)),
        ("agent-talk", talks(words, 3, None)),
        (
            "agent-talk-number",
            talks(words, 2, Some(LineRefusal::Number)),
        ),
        (
            "agent-talk-long",
            talks(words, 1, Some(LineRefusal::TooLong)),
        ),
        ("agent-calls", speaks(Voice::Calling, false)),
        ("agent-speaks", speaks(Voice::Talking, false)),
        ("agent-in-a-call", speaks(Voice::Busy, false)),
        ("agent-cannot-be-heard", speaks(Voice::Silent, false)),
        ("agent-without-telephone", speaks(Voice::Away, false)),
        ("agent-handset", speaks(Voice::Talking, true)),
        ("agent-hung-up", speaks(Voice::HungUp, true)),
        ("agent-ended", HelpState::Ended(HelpEnding::ByAgent)),
        ("agent-nobody", HelpState::Ended(HelpEnding::NobodyCame)),
        ("agent-lost", HelpState::Ended(HelpEnding::LineLost)),
        ("agent-no-room", HelpState::Ended(HelpEnding::NoRoom)),
    ];
    let moment = |(name, state): (&str, HelpState)| {
        let offered = state == HelpState::None;
        let view = View {
            helping: offered,
            help: Help {
                offered,
                handset: true,
                state,
            },
            ..view(words, Screen::Options(options(words)))
        };
        (name.to_owned(), view)
    };
    states.into_iter().map(moment).collect()
}

fn helping(pointed: &str, proposal: Option<Proposed>, talk: Option<Talk>) -> HelpState {
    HelpState::Helping(Box::new(Helping {
        pointed: pointed.to_owned(),
        proposal,
        talk,
        speaking: None,
    }))
}

/// On the handset.
fn speaks(voice: Voice, open: bool) -> HelpState {
    HelpState::Helping(Box::new(Helping {
        pointed: String::new(),
        proposal: None,
        talk: None,
        speaking: Some(Speaking {
            voice,
            volume: Volume::High,
            open,
        }),
    }))
}

fn pointed(words: Words) -> String {
    words.say("과거 주소", "Earlier addresses")
}

fn proposes(words: Words) -> HelpState {
    let proposed = Proposed {
        number: 3,
        label: words.say("주민등록번호 뒷자리", "Last digits of resident numbers"),
        value: words.say("가리기", "Hide"),
    };
    helping(&pointed(words), Some(proposed), None)
}

fn proposes_address(words: Words) -> HelpState {
    let proposed = Proposed {
        number: 4,
        label: words.say(
            "땅이 어느 동에 있나요?",
            "In which neighborhood is the land?",
        ),
        value: words.say("한빛시 다솜구 별내동", "Byeollae-dong, Dasom-gu, Hanbit-si"),
    };
    helping("", Some(proposed), None)
}

fn talks(words: Words, lines: usize, refusal: Option<LineRefusal>) -> HelpState {
    let said = [
        (
            true,
            words.say("안녕하세요, 무엇을 도와 드릴까요?", "Hello, how can I help you?"),
        ),
        (
            false,
            words.say("은행에 낼 등본이 필요해요", "I need it for the bank"),
        ),
        (
            true,
            words.say(
                "은행에는 보통 과거 주소를 뺀 등본을 내요. 주민등록번호 뒷자리는 가려도 괜찮은지 은행에 물어보셨나요?",
                "Banks usually take it without earlier addresses. Did you ask whether they accept hidden numbers?",
            ),
        ),
    ];
    let line = |(from_agent, text)| TalkLine { from_agent, text };
    let talk = Talk {
        lines: said.into_iter().take(lines).map(line).collect(),
        text: words.say("아니요, 아직 안 물어봤", "No, not y"),
        composing: words.say("어", ""),
        keyboard: Keyboard {
            layout: KeyboardLayout::Hangul,
            row_of_digits: false,
            shifted: false,
        },
        refusal,
    };
    helping("", None, Some(talk))
}
