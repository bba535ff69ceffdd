//! What a telephone is told to do.

use privacy::Personal;

use crate::{SoundSettings, Volume};

/// An order. What does not fit where the call stands is left undone: both ends of
/// a telephone call act at the same time.
#[derive(Clone, Debug)]
pub enum Order {
    /// Registers, and stays registered.
    Register,
    Unregister,
    /// Calls a number or an account at the registrar.
    Call {
        /// The user part: never a whole URI, so that no call leaves the registrar.
        to: Personal<String>,
        /// Goes as header `X-Minwon-Request`: the request a kiosk calls about.
        request: Option<String>,
        /// Further headers, name and value; never personal ones.
        headers: Vec<(String, String)>,
    },
    /// Takes the call that rings.
    Answer,
    /// Ends a call in whatever state: refuses what rings (486), takes back what
    /// rings there, hangs up.
    HangUp,
    /// Sends silence in place of the microphone.
    Mute,
    Unmute,
    /// How loud the other end is heard, from now on and in calls to come.
    SetVolume(Volume),
    /// Presses keys during a call (RFC 4733).
    Press(Personal<String>),
    /// Takes other devices, at once if they are open.
    ChooseDevices(SoundSettings),
    /// Between calls: a tone is heard, and [`crate::Event::Levels`] tells of the
    /// microphone, for ten seconds.
    BeginTest,
    EndTest,
}
