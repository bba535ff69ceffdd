//! The pane of microphones and loudspeakers, as it may come to look.

use desk::{
    sound::{DeviceView, SoundView},
    telephone::Levels,
    workplace::view::PaneView,
};

pub(crate) fn panes() -> Vec<(&'static str, PaneView)> {
    let device = |name: &str, chosen, gone| DeviceView {
        name: name.to_owned(),
        chosen,
        gone,
    };
    let headset = "Jabra Evolve 65, USB Audio";
    let testing = SoundView {
        own: true,
        known: true,
        microphones: vec![
            device("", false, false),
            device(headset, true, false),
            device("HD-Audio Generic, ALC897 Analog", false, false),
        ],
        loudspeakers: vec![device("", true, false), device(headset, false, false)],
        selected: 1,
        testing: true,
        levels: Some(Levels {
            microphone: -18,
            loudspeaker: -23,
        }),
    };
    let gone = SoundView {
        microphones: vec![device("", false, false), device(headset, true, true)],
        testing: false,
        levels: None,
        ..testing.clone()
    };
    let beside = SoundView {
        own: false,
        known: false,
        microphones: Vec::new(),
        loudspeakers: Vec::new(),
        ..gone.clone()
    };
    vec![
        ("sound-testing", PaneView::Sound(testing)),
        ("sound-gone", PaneView::Sound(gone)),
        ("sound-beside", PaneView::Sound(beside)),
    ]
}
