//! The agent's telephone in the desk itself, where the desk has sound devices:
//! registered as long as the agent is signed in.

use cti::TelephoneAccount;
use softphone::{Account, Event, LentTelephone, Order, SoundSettings};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

pub(super) struct Handset {
    telephone: LentTelephone,
    ring: UnboundedSender<()>,
    rings: UnboundedReceiver<()>,
}

impl Handset {
    pub(super) fn new(sound: SoundSettings) -> Self {
        let (ring, rings) = unbounded_channel();
        Self {
            telephone: LentTelephone::new(sound),
            ring,
            rings,
        }
    }

    /// Registers under an account the switch has given; one that is registered
    /// already stays, with the call it may have.
    pub(super) async fn take(&mut self, account: TelephoneAccount) {
        let account = Account {
            address_of_record: account.uri,
            name: account.account,
            password: account.password,
        };
        let ring = self.ring.clone();
        let hear = move |event| heard(&event, &ring);
        if let Err(error) = self.telephone.take(account, hear).await {
            tracing::error!(cause = ?error, "The agent's telephone cannot be opened");
        }
    }

    /// Hangs up and unregisters.
    pub(super) fn put_away(&mut self) {
        self.telephone.put_away();
    }

    /// Waits until it rings.
    pub(super) async fn rung(&mut self) {
        // The sender is kept here: it never comes to nothing.
        self.rings.recv().await;
    }

    /// Answers whether there is a telephone that takes the order.
    pub(super) fn order(&self, order: Order) -> bool {
        self.telephone.order(order)
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
