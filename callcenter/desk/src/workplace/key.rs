//! The keys of the desk: every action has one, and its button says which.

use super::{CallKey, Pane, Touch};
use crate::{attention::Verdict, shift::BreakReason, telephone::MonitorMode};

/// Keys and what they mean, as buttons name them. `Alt+1` to `Alt+9` pick besides.
pub const KEYS: [(&str, Touch); 55] = [
    ("F1", Touch::Open(Pane::Helping)),
    ("Ctrl+F1", Touch::Open(Pane::Checks)),
    ("F2", Touch::Open(Pane::Preparation)),
    ("Ctrl+F2", Touch::AskMore),
    ("F3", Touch::Open(Pane::Worklist)),
    ("Ctrl+F3", Touch::Open(Pane::Petitions)),
    ("F4", Touch::Open(Pane::Attention)),
    ("Ctrl+F4", Touch::Open(Pane::Postings)),
    ("F5", Touch::CheckNow),
    ("Ctrl+F5", Touch::Open(Pane::Knowledge)),
    ("F6", Touch::Ready),
    ("Ctrl+F6", Touch::Open(Pane::Disposition)),
    ("F7", Touch::Open(Pane::Board)),
    ("Ctrl+F7", Touch::Open(Pane::Reviews)),
    ("F8", Touch::Open(Pane::Directory)),
    ("Ctrl+F8", Touch::Open(Pane::Sound)),
    ("Ctrl+1", Touch::Break(BreakReason::Rest)),
    ("Ctrl+2", Touch::Break(BreakReason::Meal)),
    ("Ctrl+3", Touch::Break(BreakReason::Training)),
    ("Ctrl+4", Touch::Break(BreakReason::Errand)),
    ("Ctrl+Q", Touch::SignOut),
    ("F9", Touch::Call(CallKey::Answer)),
    ("Ctrl+F9", Touch::Open(Pane::Sending)),
    ("F10", Touch::Call(CallKey::Hold)),
    ("F11", Touch::Call(CallKey::Mute)),
    ("Ctrl+F11", Touch::Call(CallKey::Record)),
    ("F12", Touch::Call(CallKey::HangUp)),
    ("Ctrl+T", Touch::Call(CallKey::Transfer)),
    ("Ctrl+K", Touch::Call(CallKey::Consult)),
    ("Ctrl+B", Touch::Call(CallKey::Reconnect)),
    ("Ctrl+O", Touch::Call(CallKey::GiveOver)),
    ("Ctrl+J", Touch::Call(CallKey::Conference)),
    ("Ctrl+U", Touch::Call(CallKey::Help)),
    ("Ctrl+N", Touch::Monitor(MonitorMode::Listen)),
    ("Ctrl+W", Touch::Monitor(MonitorMode::Whisper)),
    ("Ctrl+I", Touch::Monitor(MonitorMode::Barge)),
    ("Ctrl+S", Touch::StopMonitoring),
    ("Enter", Touch::Next),
    ("Ctrl+Enter", Touch::Send),
    ("Esc", Touch::Back),
    ("Ctrl+Del", Touch::Abandon),
    ("↑", Touch::Up),
    ("↓", Touch::Down),
    ("Ctrl+↑", Touch::MoreCopies),
    ("Ctrl+↓", Touch::FewerCopies),
    ("Ctrl+Y", Touch::Consented),
    ("Ctrl+R", Touch::ReadAgain),
    ("Ctrl+E", Touch::Release),
    ("Ctrl+P", Touch::Settle(Verdict::Apply)),
    ("Ctrl+D", Touch::Settle(Verdict::Discard)),
    ("Ctrl+M", Touch::Point),
    ("Ctrl+F", Touch::Propose),
    ("Ctrl+G", Touch::LargerText),
    ("Ctrl+H", Touch::Contrast),
    ("Ctrl+L", Touch::ChangeLanguage),
];

/// What a key means, by the name on its button.
pub fn touch_of(key: &str) -> Option<Touch> {
    let digit = key.strip_prefix("Alt+").and_then(|it| it.parse().ok());
    if let Some(index @ 1..=9) = digit {
        return Some(Touch::Pick(index - 1));
    }
    let known = KEYS.into_iter().find(|(name, _)| *name == key);
    known.map(|(_, touch)| touch)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_key_means_two_things() {
        let names: BTreeSet<_> = KEYS.iter().map(|(name, _)| *name).collect();

        assert_eq!(names.len(), KEYS.len());
        assert_eq!(touch_of("Alt+9"), Some(Touch::Pick(8)));
        for none in ["Alt+0", "Alt+10", "Alt+", "F13", ""] {
            assert_eq!(touch_of(none), None, "{none}");
        }
    }
}
