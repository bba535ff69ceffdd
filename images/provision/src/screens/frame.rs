//! What stays around every step, and the language of all of it.

use provision_ui::{FramePort, ProvisionWindow, ScreenName, Words};
use slint::ComponentHandle;

use super::speak as speak_again;
use crate::view::{Asked, Enrolment, Label, SelfTest, Step, View};

/// What the technician reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tongue {
    Korean,
    English,
}

impl Tongue {
    pub const ALL: [Self; 2] = [Self::Korean, Self::English];

    pub fn code(self) -> &'static str {
        match self {
            Self::Korean => "ko",
            Self::English => "en",
        }
    }

    fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }
}

pub(super) fn connect(window: &ProvisionWindow, machine: &str) {
    let port = window.global::<FramePort>();
    port.set_machine(machine.into());
    let spoken = window.as_weak();
    port.on_speak(move |code| {
        if let (Some(window), Some(tongue)) = (spoken.upgrade(), Tongue::of_code(&code)) {
            speak_again(&window, tongue);
        }
    });
}

pub(super) fn speak(window: &ProvisionWindow, tongue: Tongue) {
    if let Err(error) = slint::select_bundled_translation(tongue.code()) {
        tracing::error!(%error, language = tongue.code(), "A language is not spoken");
    }
    window.global::<Words>().set_whole(tongue == Tongue::Korean);
    window
        .global::<FramePort>()
        .set_language(tongue.code().into());
}

pub(super) fn show(window: &ProvisionWindow, view: &View) {
    let port = window.global::<FramePort>();
    port.set_step(step(view));
    port.set_screen(screen(view));
}

/// As the port counts.
fn step(view: &View) -> i32 {
    let done = match view {
        View::Stopped(_) => None,
        View::Done { .. } => Some(Step::ALL.len()),
        View::Site(_)
        | View::Card(_)
        | View::Pin { .. }
        | View::Label(_)
        | View::Enrolment(_)
        | View::SelfTest(_)
        | View::Sheet(_) => Step::ALL.iter().position(|it| *it == view.step()),
    };
    done.and_then(|it| i32::try_from(it).ok()).unwrap_or(-1)
}

fn screen(view: &View) -> ScreenName {
    match view {
        View::Site(_) => ScreenName::Site,
        View::Card(_) => ScreenName::Card,
        View::Pin { .. } => ScreenName::Pin,
        View::Label(Label { chosen: None, .. }) => ScreenName::Label,
        View::Label(Label {
            chosen: Some(_), ..
        }) => ScreenName::Code,
        View::Enrolment(Enrolment::Asking | Enrolment::Failed(_)) => ScreenName::Enrolment,
        View::Enrolment(Enrolment::ByPaper { .. }) => ScreenName::ByPaper,
        View::SelfTest(SelfTest {
            asked: Some(Asked::TouchTarget(_)),
            ..
        }) => ScreenName::TouchTest,
        View::SelfTest(_) => ScreenName::SelfTest,
        View::Sheet(_) => ScreenName::Sheet,
        View::Done { .. } => ScreenName::Done,
        View::Stopped(_) => ScreenName::Stopped,
    }
}
