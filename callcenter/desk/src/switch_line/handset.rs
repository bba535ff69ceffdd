//! The agent's telephone in the desk itself, where the desk has sound devices:
//! registered as long as the agent is signed in.

use cti::TelephoneAccount;
use softphone::{Account, Event, LentTelephone, Order, SoundSettings, offered_devices};
use tokio::{
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    task::spawn_blocking,
};

use crate::telephone::{Levels, SoundNews, SoundOrder};

/// What the telephone says by itself.
pub(super) enum Heard {
    Rung,
    Sound(SoundNews),
}

pub(super) struct Handset {
    telephone: LentTelephone,
    say: UnboundedSender<Heard>,
    said: UnboundedReceiver<Heard>,
}

impl Handset {
    pub(super) fn new(sound: SoundSettings) -> Self {
        let (say, said) = unbounded_channel();
        Self {
            telephone: LentTelephone::new(sound),
            say,
            said,
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
        let say = self.say.clone();
        let hear = move |event| {
            if let Some(heard) = heard(&event) {
                // Fails only when the desk is gone.
                let _ = say.send(heard);
            }
        };
        if let Err(error) = self.telephone.take(account, hear).await {
            tracing::error!(cause = ?error, "The agent's telephone cannot be opened");
        }
    }

    /// Hangs up and unregisters.
    pub(super) fn put_away(&mut self) {
        self.telephone.put_away();
    }

    /// Waits until it rings or has something to say.
    pub(super) async fn hear(&mut self) -> Heard {
        match self.said.recv().await {
            Some(heard) => heard,
            // A sender is kept here: it never comes to that.
            None => std::future::pending().await,
        }
    }

    /// Answers whether there is a telephone that takes the order.
    pub(super) fn order(&self, order: Order) -> bool {
        self.telephone.order(order)
    }

    /// Does what is asked of its sound. Between shifts there is no telephone: then a
    /// test is over at once, and what is chosen is for the next.
    pub(super) fn sound(&mut self, order: SoundOrder) {
        match order {
            SoundOrder::List => {
                let say = self.say.clone();
                spawn_blocking(move || {
                    drop(say.send(Heard::Sound(SoundNews::Offered(offered_devices()))));
                });
            }
            SoundOrder::Choose(settings) => self.telephone.choose(settings),
            SoundOrder::BeginTest => {
                if !self.order(Order::BeginTest) {
                    let _ = self.say.send(Heard::Sound(SoundNews::TestEnded));
                }
            }
            SoundOrder::EndTest => {
                self.order(Order::EndTest);
            }
        }
    }
}

/// What the switch does not tell.
fn heard(event: &Event) -> Option<Heard> {
    match event {
        Event::Ringing { .. } => Some(Heard::Rung),
        Event::DeviceGone(side) => Some(Heard::Sound(SoundNews::Gone(*side))),
        Event::DeviceBack(side) => Some(Heard::Sound(SoundNews::Back(*side))),
        Event::TestEnded => Some(Heard::Sound(SoundNews::TestEnded)),
        Event::Levels {
            microphone,
            loudspeaker,
        } => Some(Heard::Sound(SoundNews::Levels(Levels {
            microphone: whole(*microphone),
            loudspeaker: whole(*loudspeaker),
        }))),
        Event::Unregistered(why) => {
            tracing::warn!(?why, "The agent's telephone cannot be called");
            None
        }
        Event::Registered
        | Event::Progress { .. }
        | Event::Answered
        | Event::Ended(_)
        | Event::Digit(_) => None,
    }
}

/// Between -127 and 0 there is nothing to lose.
fn whole(decibels: f64) -> i16 {
    decibels.round() as i16
}
