//! A citizen who telephones: a real telephone whose microphone is a recording.

use std::{
    net::SocketAddr,
    path::PathBuf,
    sync::mpsc::{Receiver, channel},
    time::Duration,
};

use anyhow::{Context, bail};
use desk::{shift::ShiftState, workplace::View};
use privacy::Personal;
use softphone::{Device, Event, Order, Settings, Softphone, SoundSettings};

/// What the center's number is.
const CENTER: &str = "110";
/// An invented number.
const NUMBER: &str = "0310000000";
const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) struct Caller {
    switch: SocketAddr,
    speech: PathBuf,
}

/// A call that was made; it ends when this is dropped.
pub(crate) struct Call {
    telephone: Softphone,
    events: Receiver<Event>,
}

impl Caller {
    /// `speech` is a WAV file of what the caller says.
    pub(crate) fn new(switch: SocketAddr, speech: PathBuf) -> Self {
        Self { switch, speech }
    }

    /// # Errors
    /// When there is no telephone to be had.
    pub(crate) fn calls(&self) -> anyhow::Result<Call> {
        let sound = SoundSettings {
            microphone: Device::File(self.speech.clone()),
            loudspeaker: Device::Null,
        };
        let settings = Settings::of_a_caller(self.switch, NUMBER, sound);
        let (tell, events) = channel();
        let telephone = Softphone::start(settings, move |event| drop(tell.send(event)))?;
        telephone.order(Order::Call {
            to: Personal::new(CENTER.to_owned()),
            request: None,
            headers: Vec::new(),
        })?;
        Ok(Call { telephone, events })
    }

    /// Calls once whenever the agent has become ready, until the window is closed.
    ///
    /// # Errors
    /// When there is no telephone to be had.
    pub(crate) fn call_whoever_is_ready(&self, views: &Receiver<View>) -> anyhow::Result<()> {
        let mut call: Option<Call> = None;
        while let Ok(view) = views.recv() {
            match (&call, view.shift) {
                (None, ShiftState::Ready) => call = Some(self.calls()?),
                (Some(_), ShiftState::WrapUp | ShiftState::Break(_) | ShiftState::SignedOut) => {
                    call = None;
                }
                (Some(_), ShiftState::Ready | ShiftState::Talking)
                | (None, ShiftState::Talking | ShiftState::WrapUp)
                | (None, ShiftState::Break(_) | ShiftState::SignedOut) => {}
            }
        }
        Ok(())
    }
}

impl Call {
    /// Hangs up, and waits until that is so.
    ///
    /// # Errors
    /// When the call does not end.
    pub(crate) fn hangs_up(self) -> anyhow::Result<()> {
        self.telephone.order(Order::HangUp)?;
        loop {
            match self.events.recv_timeout(PATIENCE) {
                Ok(Event::Ended(_)) => return Ok(()),
                Ok(_) => {}
                Err(_) => bail!("the call does not end"),
            }
        }
    }

    /// Waits until both ends hear each other.
    ///
    /// # Errors
    /// When that does not come.
    pub(crate) fn is_answered(&self) -> anyhow::Result<()> {
        loop {
            let event = self.events.recv_timeout(PATIENCE);
            let event = event.context("nobody answers the caller")?;
            if event == Event::Answered {
                return Ok(());
            }
            if let Event::Ended(why) = event {
                bail!("the call ended before: {why:?}");
            }
        }
    }
}
