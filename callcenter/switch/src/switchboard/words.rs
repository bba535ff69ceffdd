//! What callers are told, in words.

use std::time::Duration;

/// Places beyond are not counted for the caller.
pub const PLACES: u32 = 10;
/// The minutes that are spoken of: what is expected is rounded up to one of them.
pub const MINUTES: [u32; 8] = [1, 2, 3, 5, 10, 15, 20, 30];

/// Something a caller is told.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Words {
    /// Who speaks here, that it is recorded, and what to press: of this menu.
    Welcome(String),
    /// The place in the queue, from 1.
    Place(u32),
    /// About how many minutes it takes.
    Wait(u32),
    Closed,
    /// Press 1 to be called back.
    CallbackOffer,
    CallbackPromised,
    /// Nobody could take the call.
    Sorry,
    /// Of a survey.
    Question(String),
    /// After a survey.
    Thanks,
}

impl Words {
    /// The place in the queue and, where it is known, how long it takes.
    pub fn position(place: usize, wait: Option<Duration>) -> Vec<Self> {
        let place = u32::try_from(place).unwrap_or(u32::MAX).clamp(1, PLACES);
        let minutes = wait.map(|wait| {
            let told = MINUTES
                .iter()
                .find(|it| wait.as_secs() <= u64::from(**it) * 60);
            told.or(MINUTES.last()).copied().unwrap_or(1)
        });
        let wait = minutes.map(Self::Wait);
        [Self::Place(place)].into_iter().chain(wait).collect()
    }

    /// The name of a recording of it.
    pub fn name(&self) -> String {
        match self {
            Words::Welcome(menu) => format!("welcome-{menu}"),
            Words::Place(place) => format!("place-{place}"),
            Words::Wait(minutes) => format!("wait-{minutes}"),
            Words::Closed => "closed".to_owned(),
            Words::CallbackOffer => "callback-offer".to_owned(),
            Words::CallbackPromised => "callback-promised".to_owned(),
            Words::Sorry => "sorry".to_owned(),
            Words::Question(question) => format!("question-{question}"),
            Words::Thanks => "thanks".to_owned(),
        }
    }
}
