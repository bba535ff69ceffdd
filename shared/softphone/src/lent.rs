//! A telephone under an account that somebody lends, for programs on Tokio: registered
//! as long as it is lent.

use thiserror::Error;
use tokio::task::spawn_blocking;

use privacy::Personal;

use crate::{Event, Fault, Order, Settings, Softphone, SoundSettings};

/// What a telephone registers with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Names the registrar: `sip:ACCOUNT@HOST:PORT` (RFC 3261 §19.1.1).
    pub address_of_record: String,
    /// Proven with the password.
    pub name: String,
    pub password: Personal<String>,
}

/// Why an account is of no use.
#[derive(Debug, Error)]
pub enum NotTaken {
    #[error("the account's address names no registrar")]
    NoRegistrar,
    #[error(transparent)]
    Fault(#[from] Fault),
    #[error("the telephone broke off")]
    Broken,
}

/// At most one telephone, under the account that was lent last.
pub struct LentTelephone {
    sound: SoundSettings,
    telephone: Option<(Account, Softphone)>,
}

impl LentTelephone {
    pub fn new(sound: SoundSettings) -> Self {
        Self {
            sound,
            telephone: None,
        }
    }

    pub fn has(&self, account: &Account) -> bool {
        self.telephone.as_ref().is_some_and(|it| it.0 == *account)
    }

    /// Registers under an account; under the one it has it stays registered, with the
    /// call it may have, and is told to nobody anew. `hear` is called from the
    /// telephone's threads and must not wait.
    ///
    /// # Errors
    /// When there is no telephone to be had under it.
    pub async fn take(
        &mut self,
        account: Account,
        hear: impl Fn(Event) + Send + Sync + 'static,
    ) -> Result<(), NotTaken> {
        if self.has(&account) {
            return Ok(());
        }
        self.put_away();
        let settings = Settings::of(&account, self.sound.clone()).ok_or(NotTaken::NoRegistrar)?;
        let started = spawn_blocking(move || Softphone::start(settings, hear)).await;
        let telephone = started.map_err(|_| NotTaken::Broken)??;
        telephone
            .order(Order::Register)
            .map_err(|_| NotTaken::Broken)?;
        self.telephone = Some((account, telephone));
        Ok(())
    }

    /// Takes other devices, in the telephone that is lent and in those to come.
    pub fn choose(&mut self, sound: SoundSettings) {
        self.sound = sound.clone();
        self.order(Order::ChooseDevices(sound));
    }

    /// Hangs up and unregisters. The other end hears of it; whoever waits for that is
    /// another thread.
    pub fn put_away(&mut self) {
        if let Some((_, telephone)) = self.telephone.take() {
            spawn_blocking(move || drop(telephone));
        }
    }

    /// Answers whether there is a telephone that takes the order.
    pub fn order(&self, order: Order) -> bool {
        let telephone = self.telephone.as_ref();
        telephone.is_some_and(|(_, telephone)| telephone.order(order).is_ok())
    }
}
