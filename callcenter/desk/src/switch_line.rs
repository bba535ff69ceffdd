//! The desk's line to the switch: a task around its machine.

mod handset;
mod translating;

use std::{
    future::pending,
    time::{Duration, Instant},
};

use cti::{
    Claim, DeskCommand, DeskEnd, DeskEvent, Event, Frames, FromSwitch, Proof, Report, Visit, frame,
};
use identity::Clock;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    time::timeout,
};
use tokio_rustls::client::TlsStream;

use crate::{
    shift::Presence,
    telephone::{NotDone, TelephoneEvent, TelephoneOrder},
};
use handset::Handset;
use softphone::{Order, SoundSettings};
use station::SwitchAddress;

/// A switch that does not read for so long is gone.
const WRITE_WITHIN: Duration = Duration::from_secs(10);
const READ_MOST: usize = 4_096;

/// What a line to a switch needs.
pub(crate) struct LineSettings {
    pub(crate) address: SwitchAddress,
    pub(crate) clock: Clock,
    /// Where the agent hears and speaks; none when a telephone stands beside the desk.
    pub(crate) sound: Option<SoundSettings>,
    /// Spreads the attempts of many desks.
    pub(crate) seed: u64,
}

struct SwitchLine<T> {
    settings: LineSettings,
    end: DeskEnd,
    stream: Option<TlsStream<TcpStream>>,
    frames: Frames,
    handset: Option<Handset>,
    /// A supervisor has asked to take part, or the citizen who is helped calls: the
    /// next ring is the way in.
    invited: bool,
    /// At whose screen the agent helps.
    visit: Option<Visit>,
    tell: T,
}

enum Woken {
    Ordered(Option<TelephoneOrder>),
    /// The desk's own telephone.
    Rung,
    Read(std::io::Result<usize>),
    Due,
}

/// Starts the line on the runtime that is entered; it ends with its orders.
pub(crate) fn start(
    settings: LineSettings,
    tell: impl Fn(TelephoneEvent) + Send + 'static,
) -> UnboundedSender<TelephoneOrder> {
    let (order, orders) = unbounded_channel();
    let line = SwitchLine {
        end: DeskEnd::new(settings.seed, Instant::now()),
        handset: settings.sound.clone().map(Handset::new),
        settings,
        stream: None,
        frames: Frames::default(),
        invited: false,
        visit: None,
        tell,
    };
    tokio::spawn(line.run(orders));
    order
}

impl<T: Fn(TelephoneEvent)> SwitchLine<T> {
    async fn run(mut self, mut orders: UnboundedReceiver<TelephoneOrder>) {
        let mut octets = [0; READ_MOST];
        loop {
            self.carry_out().await;
            let due = self.end.poll_timeout();
            let woken = tokio::select! {
                order = orders.recv() => Woken::Ordered(order),
                () = rung(&mut self.handset) => Woken::Rung,
                read = read(&mut self.stream, &mut octets) => Woken::Read(read),
                () = until(due) => Woken::Due,
            };
            let now = Instant::now();
            match woken {
                Woken::Ordered(None) => return,
                Woken::Ordered(Some(order)) => self.ordered(order, now),
                Woken::Rung => self.take_part(),
                Woken::Read(Ok(0) | Err(_)) => self.lose(now),
                Woken::Read(Ok(count)) => {
                    self.frames.push(octets.get(..count).unwrap_or_default());
                    self.receive(now);
                }
                Woken::Due => self.end.handle_timeout(now),
            }
        }
    }

    fn ordered(&mut self, order: TelephoneOrder, now: Instant) {
        if let TelephoneOrder::TakeKiosk { visit } = &order {
            self.visit = Some(visit.clone());
        } else if matches!(
            order,
            TelephoneOrder::LeaveKiosk | TelephoneOrder::Present(Presence::SignedOut)
        ) {
            self.visit = None;
        }
        if self.by_handset(&order) {
            return;
        }
        let event = match order {
            TelephoneOrder::SignIn { agent, passphrase } => DeskEvent::SignIn(Claim {
                account: agent,
                proof: Proof::Passphrase(passphrase),
            }),
            TelephoneOrder::Present(Presence::SignedOut) => DeskEvent::SignOut,
            order @ (TelephoneOrder::Present(_)
            | TelephoneOrder::Answer
            | TelephoneOrder::Hold
            | TelephoneOrder::Retrieve
            | TelephoneOrder::Mute
            | TelephoneOrder::Unmute
            | TelephoneOrder::Transfer { .. }
            | TelephoneOrder::Consult { .. }
            | TelephoneOrder::Reconnect
            | TelephoneOrder::GiveOver
            | TelephoneOrder::Conference
            | TelephoneOrder::HangUp
            | TelephoneOrder::AskForHelp
            | TelephoneOrder::Monitor { .. }
            | TelephoneOrder::StopMonitoring
            | TelephoneOrder::TakeKiosk { .. }
            | TelephoneOrder::LeaveKiosk) => match translating::request(order) {
                Some(request) => DeskEvent::Ask(request),
                None => return (self.tell)(TelephoneEvent::NotDone(NotDone::AtTheTelephone)),
            },
        };
        self.end.handle(event, now);
    }

    /// Does at the desk's own telephone what is done there; answers whether it was.
    fn by_handset(&mut self, order: &TelephoneOrder) -> bool {
        let Some(handset) = self.handset.as_mut() else {
            return false;
        };
        match order {
            TelephoneOrder::Answer => handset.order(Order::Answer),
            TelephoneOrder::HangUp => handset.order(Order::HangUp),
            TelephoneOrder::Mute => {
                let muted = handset.order(Order::Mute);
                if muted {
                    (self.tell)(TelephoneEvent::Muted);
                }
                muted
            }
            TelephoneOrder::Unmute => {
                let unmuted = handset.order(Order::Unmute);
                if unmuted {
                    (self.tell)(TelephoneEvent::Unmuted);
                }
                unmuted
            }
            TelephoneOrder::Present(Presence::SignedOut) => {
                handset.put_away();
                false
            }
            TelephoneOrder::Monitor { .. } => {
                self.invited = true;
                false
            }
            TelephoneOrder::Present(_)
            | TelephoneOrder::SignIn { .. }
            | TelephoneOrder::Hold
            | TelephoneOrder::Retrieve
            | TelephoneOrder::Transfer { .. }
            | TelephoneOrder::Consult { .. }
            | TelephoneOrder::Reconnect
            | TelephoneOrder::GiveOver
            | TelephoneOrder::Conference
            | TelephoneOrder::AskForHelp
            | TelephoneOrder::StopMonitoring
            | TelephoneOrder::TakeKiosk { .. }
            | TelephoneOrder::LeaveKiosk => false,
        }
    }

    /// What rings is answered where the agent has asked for it.
    fn take_part(&mut self) {
        if std::mem::take(&mut self.invited)
            && let Some(handset) = &self.handset
        {
            handset.order(Order::Answer);
        }
    }

    /// Whoever has taken a kiosk has said that its citizen may speak with them.
    fn answer_visit(&mut self, visit: Option<&Visit>) {
        if visit.is_some() && visit == self.visit.as_ref() {
            // It may ring already, or will in a moment.
            let answered = self
                .handset
                .as_ref()
                .is_some_and(|it| it.order(Order::Answer));
            self.invited = answered;
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
            self.end.handle(DeskEvent::Received(frame), now);
            if is_broken {
                return;
            }
        }
    }

    fn lose(&mut self, now: Instant) {
        self.stream = None;
        self.frames = Frames::default();
        self.end.handle(DeskEvent::Disconnected, now);
    }

    async fn carry_out(&mut self) {
        while let Some(command) = self.end.poll_command() {
            match command {
                DeskCommand::Connect => self.connect().await,
                DeskCommand::Disconnect => {
                    self.stream = None;
                    self.frames = Frames::default();
                }
                DeskCommand::Send(said) => {
                    if let Ok(octets) = frame::write(&said) {
                        self.send(&octets).await;
                    }
                }
                DeskCommand::Report(report) => self.report(report).await,
            }
        }
    }

    async fn connect(&mut self) {
        let clock = self.settings.clock.clone();
        let event = match self.settings.address.connect(clock).await {
            Ok(stream) => {
                self.stream = Some(stream);
                DeskEvent::Connected
            }
            Err(error) => {
                tracing::debug!(cause = ?error, "The switch cannot be reached");
                DeskEvent::Disconnected
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

    async fn report(&mut self, report: Report) {
        match report {
            Report::Reached => tracing::info!("The switch is reached"),
            Report::Closed(why) => tracing::warn!(%why, "The switch closed the line"),
            Report::Away => {
                (self.tell)(TelephoneEvent::Unregistered);
                (self.tell)(TelephoneEvent::Away);
            }
            Report::SignedIn(signed_in) => {
                let (agent, supervisor) = (signed_in.agent, signed_in.supervisor);
                let badge = signed_in.badge;
                if let (Some(handset), Some(account)) = (&mut self.handset, signed_in.telephone) {
                    handset.take(account).await;
                }
                (self.tell)(TelephoneEvent::SignedIn {
                    agent,
                    supervisor,
                    badge,
                });
            }
            Report::Refused(why) => {
                let fault = translating::fault(why);
                (self.tell)(TelephoneEvent::SignInRefused(fault));
            }
            Report::Told(event) => {
                if matches!(
                    *event,
                    Event::RequestRefused { .. } | Event::Delivered { .. }
                ) {
                    self.invited = false;
                }
                if let Event::Delivered { call } = &*event {
                    self.answer_visit(call.visit.as_ref());
                }
                for event in translating::events(*event) {
                    (self.tell)(event);
                }
            }
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

async fn rung(handset: &mut Option<Handset>) {
    match handset {
        Some(handset) => handset.rung().await,
        None => pending().await,
    }
}

async fn until(due: Option<Instant>) {
    match due {
        Some(due) => tokio::time::sleep_until(due.into()).await,
        None => pending().await,
    }
}
