//! The agent's telephone in the desk itself, where the desk has sound devices:
//! registered as long as the agent is signed in.

use cti::TelephoneAccount;
use softphone::{Event, Order, Settings, Softphone, SoundSettings};
use tokio::{
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    task::spawn_blocking,
};

pub(super) struct Handset {
    sound: SoundSettings,
    telephone: Option<(TelephoneAccount, Softphone)>,
    ring: UnboundedSender<()>,
    rings: UnboundedReceiver<()>,
}

impl Handset {
    pub(super) fn new(sound: SoundSettings) -> Self {
        let (ring, rings) = unbounded_channel();
        Self {
            sound,
            telephone: None,
            ring,
            rings,
        }
    }

    /// Registers under an account the switch has given; one that is registered
    /// already stays, with the call it may have.
    pub(super) async fn take(&mut self, account: TelephoneAccount) {
        if self.telephone.as_ref().is_some_and(|it| it.0 == account) {
            return;
        }
        self.put_away();
        let sound = self.sound.clone();
        let settings = Settings::of(&account.uri, &account.account, &account.password, sound);
        let Some(settings) = settings else {
            return tracing::error!("The switch names no registrar for the agent's telephone");
        };
        let ring = self.ring.clone();
        let hear = move |event| heard(&event, &ring);
        let started = spawn_blocking(move || Softphone::start(settings, hear)).await;
        match started {
            Ok(Ok(telephone)) => {
                if telephone.order(Order::Register).is_ok() {
                    self.telephone = Some((account, telephone));
                }
            }
            Ok(Err(fault)) => {
                tracing::error!(cause = ?fault, "The agent's telephone cannot be opened");
            }
            Err(error) => tracing::error!(%error, "The agent's telephone broke off"),
        }
    }

    /// Hangs up and unregisters; whoever waits for that is another thread.
    pub(super) fn put_away(&mut self) {
        if let Some((_, telephone)) = self.telephone.take() {
            spawn_blocking(move || drop(telephone));
        }
    }

    /// Waits until it rings.
    pub(super) async fn rung(&mut self) {
        // The sender is kept here: it never comes to nothing.
        self.rings.recv().await;
    }

    /// Answers whether there is a telephone that takes the order.
    pub(super) fn order(&self, order: Order) -> bool {
        let telephone = self.telephone.as_ref();
        telephone.is_some_and(|(_, telephone)| telephone.order(order).is_ok())
    }
}

/// What the switch does not tell.
fn heard(event: &Event, ring: &UnboundedSender<()>) {
    match event {
        // Fails only when the desk is gone.
        Event::Ringing { .. } => drop(ring.send(())),
        Event::DeviceGone(side) => tracing::warn!(?side, "A sound device is gone"),
        Event::DeviceBack(side) => tracing::info!(?side, "A sound device is back"),
        Event::Unregistered(why) => tracing::warn!(?why, "The agent's telephone cannot be called"),
        Event::Registered
        | Event::Progress { .. }
        | Event::Answered
        | Event::Ended(_)
        | Event::Digit(_)
        | Event::Levels { .. }
        | Event::TestEnded => {}
    }
}
