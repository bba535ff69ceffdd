//! The kiosk's line to the switch, over which it borrows a telephone, and that
//! telephone: a task around both machines.

use std::{
    future::pending,
    time::{Duration, Instant},
};

use cti::{
    Frames, FromSwitch, KioskCommand, KioskEnd, KioskEvent, KioskReport, TelephoneAccount, frame,
};
use identity::Clock;
use softphone::{Event as Told, Order, Settings, Softphone, SoundSettings};
use station::SwitchAddress;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    task::spawn_blocking,
    time::timeout,
};
use tokio_rustls::client::TlsStream;

use super::HandsetEvent;

/// A switch that does not read for so long is gone.
const WRITE_WITHIN: Duration = Duration::from_secs(10);
const READ_MOST: usize = 4_096;

/// What a kiosk with a handset needs.
pub(crate) struct LineSettings {
    pub(crate) address: SwitchAddress,
    pub(crate) clock: Clock,
    pub(crate) sound: SoundSettings,
    /// Spreads the attempts of many kiosks.
    pub(crate) seed: u64,
}

struct Line<T> {
    settings: LineSettings,
    end: KioskEnd,
    stream: Option<TlsStream<TcpStream>>,
    frames: Frames,
    telephone: Option<(TelephoneAccount, Softphone)>,
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
    Read(std::io::Result<usize>),
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
        settings,
        stream: None,
        frames: Frames::default(),
        telephone: None,
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
        let mut octets = [0; READ_MOST];
        loop {
            self.carry_out().await;
            let due = self.end.poll_timeout();
            let woken = tokio::select! {
                order = orders.recv() => Woken::Ordered(order),
                told = told.recv() => Woken::Told(told),
                read = read(&mut self.stream, &mut octets) => Woken::Read(read),
                () = until(due) => Woken::Due,
            };
            let now = Instant::now();
            match woken {
                Woken::Ordered(None) | Woken::Told(None) => return,
                Woken::Ordered(Some(order)) => self.ordered(order),
                Woken::Told(Some((number, told))) if number == self.number => {
                    self.told(told).await;
                }
                Woken::Told(Some(_)) => {}
                Woken::Read(Ok(0) | Err(_)) => self.lose(now),
                Woken::Read(Ok(count)) => {
                    self.frames.push(octets.get(..count).unwrap_or_default());
                    self.receive(now);
                }
                Woken::Due => self.end.handle_timeout(now),
            }
        }
    }

    fn ordered(&mut self, order: Order) {
        let taken = match &self.telephone {
            Some((_, telephone)) => telephone.order(order).is_ok(),
            None => false,
        };
        if !taken {
            tracing::debug!("The handset has no telephone for an order");
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

    fn receive(&mut self, now: Instant) {
        loop {
            let frame = match self.frames.take::<FromSwitch>() {
                Ok(None) => return,
                Ok(Some(frame)) => Ok(frame),
                Err(fault) => Err(fault),
            };
            let is_broken = frame.is_err();
            self.end.handle(KioskEvent::Received(frame), now);
            if is_broken {
                return;
            }
        }
    }

    fn lose(&mut self, now: Instant) {
        self.stream = None;
        self.frames = Frames::default();
        self.end.handle(KioskEvent::Disconnected, now);
    }

    async fn carry_out(&mut self) {
        while let Some(command) = self.end.poll_command() {
            match command {
                KioskCommand::Connect => self.connect().await,
                KioskCommand::Disconnect => {
                    self.stream = None;
                    self.frames = Frames::default();
                }
                KioskCommand::Send(said) => {
                    if let Ok(octets) = frame::write(&said) {
                        self.send(&octets).await;
                    }
                }
                KioskCommand::Report(report) => self.report(report).await,
            }
        }
    }

    async fn connect(&mut self) {
        let clock = self.settings.clock.clone();
        let event = match self.settings.address.connect(clock).await {
            Ok(stream) => {
                self.stream = Some(stream);
                KioskEvent::Connected
            }
            Err(error) => {
                tracing::debug!(cause = ?error, "The switch cannot be reached");
                KioskEvent::Disconnected
            }
        };
        self.end.handle(event, Instant::now());
    }

    async fn send(&mut self, octets: &[u8]) {
        let Some(stream) = self.stream.as_mut() else {
            return;
        };
        let writing = async {
            stream.write_all(octets).await?;
            stream.flush().await
        };
        if !matches!(timeout(WRITE_WITHIN, writing).await, Ok(Ok(()))) {
            self.lose(Instant::now());
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
        if self.telephone.as_ref().is_some_and(|it| it.0 == account) {
            return;
        }
        if let Some((_, old)) = self.telephone.take() {
            // It waits until the other end has heard that it goes.
            spawn_blocking(move || drop(old));
        }
        let sound = self.settings.sound.clone();
        let settings = Settings::of(&account.uri, &account.account, &account.password, sound);
        let Some(settings) = settings else {
            return tracing::error!("The switch names no registrar for the handset");
        };
        self.number += 1;
        let (hear, number) = (self.hear.clone(), self.number);
        // Fails only when the kiosk is gone.
        let hear = move |event| drop(hear.send((number, event)));
        match spawn_blocking(move || Softphone::start(settings, hear)).await {
            Ok(Ok(telephone)) => {
                if telephone.order(Order::Register).is_ok() {
                    self.telephone = Some((account, telephone));
                }
            }
            Ok(Err(fault)) => tracing::error!(cause = ?fault, "The handset cannot be opened"),
            Err(error) => tracing::error!(%error, "The handset broke off"),
        }
    }
}

async fn read(
    stream: &mut Option<TlsStream<TcpStream>>,
    octets: &mut [u8],
) -> std::io::Result<usize> {
    match stream {
        Some(stream) => stream.read(octets).await,
        None => pending().await,
    }
}

async fn until(due: Option<Instant>) {
    match due {
        Some(due) => tokio::time::sleep_until(due.into()).await,
        None => pending().await,
    }
}
