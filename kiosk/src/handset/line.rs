//! The kiosk's line to the switch, over which it borrows a telephone, and that
//! telephone: a task around both machines.

use std::{future::pending, time::Instant};

use cti::{KioskCommand, KioskEnd, KioskReport, LineEvent, TelephoneAccount};
use identity::Clock;
use softphone::{Account, Event as Told, LentTelephone, Order, SoundSettings};
use station::{SwitchAddress, SwitchLine};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::HandsetEvent;

/// What a kiosk with a handset needs.
pub(crate) struct LineSettings {
    pub(crate) address: SwitchAddress,
    pub(crate) clock: Clock,
    pub(crate) sound: SoundSettings,
    /// Spreads the attempts of many kiosks.
    pub(crate) seed: u64,
}

struct Line<T> {
    end: KioskEnd,
    line: SwitchLine,
    telephone: LentTelephone,
    /// Lent while a call was up that the old telephone has: taken when it is over.
    lent_anew: Option<TelephoneAccount>,
    in_call: bool,
    /// Of the present telephone: what an older one still tells is nobody's.
    number: u64,
    hear: UnboundedSender<(u64, Told)>,
    tell: T,
}

enum Woken {
    Ordered(Option<Order>),
    Told(Option<(u64, Told)>),
    Heard(LineEvent),
    Due,
}

/// Starts the line on the runtime that is entered; it ends with its orders.
pub(crate) fn start(
    settings: LineSettings,
    tell: impl Fn(HandsetEvent) + Send + 'static,
) -> UnboundedSender<Order> {
    let (order, orders) = unbounded_channel();
    let (hear, told) = unbounded_channel();
    let line = Line {
        end: KioskEnd::new(settings.seed, Instant::now()),
        line: SwitchLine::new(settings.address, settings.clock),
        telephone: LentTelephone::new(settings.sound),
        lent_anew: None,
        in_call: false,
        number: 0,
        hear,
        tell,
    };
    tokio::spawn(line.run(orders, told));
    order
}

impl<T: Fn(HandsetEvent)> Line<T> {
    async fn run(
        mut self,
        mut orders: UnboundedReceiver<Order>,
        mut told: UnboundedReceiver<(u64, Told)>,
    ) {
        loop {
            self.carry_out().await;
            let due = self.end.poll_timeout();
            let woken = tokio::select! {
                order = orders.recv() => Woken::Ordered(order),
                told = told.recv() => Woken::Told(told),
                heard = self.line.hear() => Woken::Heard(heard),
                () = until(due) => Woken::Due,
            };
            let now = Instant::now();
            match woken {
                Woken::Ordered(None) | Woken::Told(None) => return,
                Woken::Ordered(Some(order)) => {
                    if !self.telephone.order(order) {
                        tracing::debug!("The handset has no telephone for an order");
                    }
                }
                Woken::Told(Some((number, told))) if number == self.number => {
                    self.told(told).await;
                }
                Woken::Told(Some(_)) => {}
                Woken::Heard(event) => self.end.handle(event, now),
                Woken::Due => self.end.handle_timeout(now),
            }
        }
    }

    async fn told(&mut self, told: Told) {
        match &told {
            Told::Answered => self.in_call = true,
            Told::Ended(_) => self.in_call = false,
            Told::DeviceGone(side) => tracing::warn!(?side, "A device of the handset is gone"),
            Told::DeviceBack(side) => tracing::info!(?side, "A device of the handset is back"),
            Told::Unregistered(why) => tracing::warn!(?why, "The handset cannot call"),
            Told::Registered
            | Told::Ringing { .. }
            | Told::Progress { .. }
            | Told::Digit(_)
            | Told::Levels { .. }
            | Told::TestEnded => {}
        }
        // Of how loud it is nothing is shown.
        if !matches!(told, Told::Levels { .. }) {
            (self.tell)(HandsetEvent::Telephone(told));
        }
        if !self.in_call
            && let Some(account) = self.lent_anew.take()
        {
            self.take(account).await;
        }
    }

    async fn carry_out(&mut self) {
        while let Some(command) = self.end.poll_command() {
            let event = match command {
                KioskCommand::Connect => Some(self.line.connect().await),
                KioskCommand::Send(said) => self.line.send(&said).await,
                KioskCommand::Disconnect => {
                    self.line.disconnect();
                    None
                }
                KioskCommand::Report(report) => {
                    self.report(report).await;
                    None
                }
            };
            if let Some(event) = event {
                self.end.handle(event, Instant::now());
            }
        }
    }

    async fn report(&mut self, report: KioskReport) {
        match report {
            KioskReport::Lent(account) if self.in_call => self.lent_anew = Some(account),
            KioskReport::Lent(account) => self.take(account).await,
            KioskReport::Refused(why) => {
                tracing::error!(%why, "The switch lends this kiosk no telephone");
            }
            KioskReport::Closed(why) => tracing::warn!(%why, "The switch closed the line"),
            KioskReport::Away => (self.tell)(HandsetEvent::SwitchAway),
        }
    }

    /// Registers under the account that was lent.
    async fn take(&mut self, account: TelephoneAccount) {
        let account = Account {
            address_of_record: account.uri,
            name: account.account,
            password: account.password,
        };
        if self.telephone.has(&account) {
            return;
        }
        self.number += 1;
        let (hear, number) = (self.hear.clone(), self.number);
        // Fails only when the kiosk is gone.
        let hear = move |event| drop(hear.send((number, event)));
        if let Err(error) = self.telephone.take(account, hear).await {
            tracing::error!(cause = ?error, "The handset cannot be opened");
        }
    }
}

async fn until(due: Option<Instant>) {
    match due {
        Some(due) => tokio::time::sleep_until(due.into()).await,
        None => pending().await,
    }
}
