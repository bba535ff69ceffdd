//! The desk's end of the line to the switch: a task around its machine.

mod handset;
mod translating;
mod way_in;

use std::{future::pending, time::Instant};

use cti::{Claim, DeskCommand, DeskEnd, DeskEvent, Event, LineEvent, Proof, Report, Visit};
use identity::Clock;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::{
    shift::Presence,
    telephone::{NotDone, TelephoneEvent, TelephoneOrder},
};
use handset::{Handset, Heard as Said};
use softphone::{Order, SoundSettings};
use station::{SwitchAddress, SwitchLine};
use way_in::WayIn;

/// What a line to a switch needs.
pub(crate) struct LineSettings {
    pub(crate) address: SwitchAddress,
    pub(crate) clock: Clock,
    /// Where the agent hears and speaks; none when a telephone stands beside the desk.
    pub(crate) sound: Option<SoundSettings>,
    /// Spreads the attempts of many desks.
    pub(crate) seed: u64,
}

struct DeskLine<T> {
    end: DeskEnd,
    line: SwitchLine,
    handset: Option<Handset>,
    way_in: WayIn,
    /// At whose screen the agent helps.
    visit: Option<Visit>,
    tell: T,
}

enum Woken {
    Ordered(Option<TelephoneOrder>),
    /// The desk's own telephone.
    Said(Said),
    Heard(LineEvent),
    Due,
}

/// Starts the line on the runtime that is entered; it ends with its orders.
pub(crate) fn start(
    settings: LineSettings,
    tell: impl Fn(TelephoneEvent) + Send + 'static,
) -> UnboundedSender<TelephoneOrder> {
    let (order, orders) = unbounded_channel();
    let line = DeskLine {
        end: DeskEnd::new(settings.seed, Instant::now()),
        line: SwitchLine::new(settings.address, settings.clock),
        handset: settings.sound.map(Handset::new),
        way_in: WayIn::default(),
        visit: None,
        tell,
    };
    tokio::spawn(line.run(orders));
    order
}

impl<T: Fn(TelephoneEvent)> DeskLine<T> {
    async fn run(mut self, mut orders: UnboundedReceiver<TelephoneOrder>) {
        loop {
            self.carry_out().await;
            let due = self.end.poll_timeout();
            let woken = tokio::select! {
                order = orders.recv() => Woken::Ordered(order),
                said = said(&mut self.handset) => Woken::Said(said),
                heard = self.line.hear() => Woken::Heard(heard),
                () = until(due) => Woken::Due,
            };
            let now = Instant::now();
            match woken {
                Woken::Ordered(None) => return,
                Woken::Ordered(Some(order)) => self.ordered(order, now),
                Woken::Said(Said::Rung) => self.take_part(),
                Woken::Said(Said::Sound(news)) => (self.tell)(TelephoneEvent::Sound(news)),
                Woken::Heard(event) => self.end.handle(DeskEvent::Line(event), now),
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
            | TelephoneOrder::PauseRecording
            | TelephoneOrder::ResumeRecording
            | TelephoneOrder::Mute
            | TelephoneOrder::Unmute
            | TelephoneOrder::Transfer { .. }
            | TelephoneOrder::Consult { .. }
            | TelephoneOrder::Reconnect
            | TelephoneOrder::GiveOver
            | TelephoneOrder::Conference
            | TelephoneOrder::HangUp
            | TelephoneOrder::SayDisposition(_)
            | TelephoneOrder::AskForHelp
            | TelephoneOrder::Monitor { .. }
            | TelephoneOrder::StopMonitoring
            | TelephoneOrder::TakeKiosk { .. }
            | TelephoneOrder::LeaveKiosk
            | TelephoneOrder::Quality(_)
            | TelephoneOrder::Sound(_)) => match translating::request(order) {
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
            TelephoneOrder::Answer => {
                // It may ring already, or will in a moment.
                self.way_in.open();
                handset.order(Order::Answer)
            }
            TelephoneOrder::HangUp => {
                self.way_in.close();
                handset.order(Order::HangUp)
            }
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
                self.way_in.open();
                false
            }
            TelephoneOrder::Sound(order) => {
                handset.sound(order.clone());
                true
            }
            TelephoneOrder::Present(_)
            | TelephoneOrder::SignIn { .. }
            | TelephoneOrder::Hold
            | TelephoneOrder::Retrieve
            | TelephoneOrder::PauseRecording
            | TelephoneOrder::ResumeRecording
            | TelephoneOrder::Transfer { .. }
            | TelephoneOrder::Consult { .. }
            | TelephoneOrder::Reconnect
            | TelephoneOrder::GiveOver
            | TelephoneOrder::Conference
            | TelephoneOrder::SayDisposition(_)
            | TelephoneOrder::AskForHelp
            | TelephoneOrder::StopMonitoring
            | TelephoneOrder::TakeKiosk { .. }
            | TelephoneOrder::LeaveKiosk
            | TelephoneOrder::Quality(_) => false,
        }
    }

    /// What rings is answered where the agent has asked for it.
    fn take_part(&mut self) {
        if self.way_in.rung()
            && let Some(handset) = &self.handset
        {
            handset.order(Order::Answer);
        }
    }

    /// Whoever has taken a kiosk has said that its citizen may speak with them.
    fn answer_visit(&mut self, visit: Option<&Visit>) {
        if visit.is_some() && visit == self.visit.as_ref() {
            // It may ring already, or will in a moment.
            if let Some(handset) = &self.handset
                && handset.order(Order::Answer)
            {
                self.way_in.open();
            }
        }
    }

    async fn carry_out(&mut self) {
        while let Some(command) = self.end.poll_command() {
            let event = match command {
                DeskCommand::Connect => Some(self.line.connect().await),
                DeskCommand::Send(said) => self.line.send(&said).await,
                DeskCommand::Disconnect => {
                    self.line.disconnect();
                    None
                }
                DeskCommand::Report(report) => {
                    self.report(report).await;
                    None
                }
            };
            if let Some(event) = event {
                self.end.handle(DeskEvent::Line(event), Instant::now());
            }
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
                self.way_in.told(&event);
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

async fn said(handset: &mut Option<Handset>) -> Said {
    match handset {
        Some(handset) => handset.hear().await,
        None => pending().await,
    }
}

async fn until(due: Option<Instant>) {
    match due {
        Some(due) => tokio::time::sleep_until(due.into()).await,
        None => pending().await,
    }
}
