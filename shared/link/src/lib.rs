//! The way to the exchange: carries frames over HTTP and mutual TLS, and answers
//! what came of it.
//!
//! Whether and when anything is tried again is [`sync::Station`]'s decision; only
//! documents, which are safe to ask for twice, are asked for again here. The
//! station's certificate is read again when its files change: one that expired
//! is replaced without a restart.

mod checks;
mod co_sign;
mod fault;
mod fetch;
mod rooms;
mod wire;

use std::{
    future::Future,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use badge::SignedBadge;
use edition::{EditionAnswer, EditionState};
use handover::{DeskAnswer, DeskQuestion, KioskAnswer, KioskQuestion, RoomFault};
use request::{DocumentNumber, DocumentReference, ServiceId, StationId};
use sync::{
    Attempt, HeadQuestion, Hello, LeaseAnswer, LeaseQuestion, Offer, PetitionAnswer,
    PetitionQuestion, StationEvent, TicketAnswer,
};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use vouching::CheckFault;

pub use fault::LinkFault;
pub use identity::Clock;
pub use wire::{Reach, Wire};

/// How to reach the exchange, and as whom.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Such as `https://exchange:8443`, without a slash at the end.
    pub exchange: String,
    pub station: StationId,
    /// The folder of the station's certificate, see [`identity::Credentials::read`].
    pub credentials: PathBuf,
    /// By which the exchange's certificate is judged.
    pub clock: Clock,
}

#[derive(Clone, Debug)]
pub enum Order {
    Hello(Attempt, Hello),
    Offer(Attempt, Offer),
    Listen {
        attempt: Attempt,
        after: u64,
        wait: Duration,
    },
    /// Have a head of the journal co-signed.
    CoSign {
        attempt: Attempt,
        question: HeadQuestion,
    },
    Fetch(DocumentReference),
    AskNetworks,
    /// What is the ticket with this code good for? Sixteen digits.
    LookUp {
        code: String,
    },
    /// Asks about a petition, or says what its citizen thinks of the answer.
    AskPetition(PetitionQuestion),
    /// Tells the exchange by which key this station's tickets are known.
    TellTicketKey {
        public_key: String,
    },
    AskLease(LeaseQuestion),
    /// Tells which edition of the catalogue this station runs, and asks for a newer one.
    TellEdition(EditionState),
    /// An edition by the digest of its signed form.
    FetchEdition {
        digest: String,
    },
    /// Asks about a citizen's room, as a kiosk ...
    AskRoom(handover::Attempt, KioskQuestion),
    /// ... and about those who wait, as a desk.
    AskRooms(handover::Attempt, DeskQuestion),
    /// Asks about a two-person check, as a kiosk ...
    AskCheck(vouching::Attempt, vouching::KioskQuestion),
    /// ... and as a desk.
    AskChecks(vouching::Attempt, vouching::DeskQuestion),
    /// Shows with all that is asked from now on who works here, or nobody.
    Wear(Option<SignedBadge>),
}

#[derive(Clone, Debug)]
pub enum Event {
    /// For the station's end of replication.
    Station(StationEvent),
    /// `None` when the exchange does not give it, or not in time.
    Document {
        number: DocumentNumber,
        content: Option<Arc<[u8]>>,
    },
    Networks(Reach),
    /// `None` when the exchange did not answer.
    LookedUp {
        code: String,
        answer: Option<TicketAnswer>,
    },
    /// `None` when the exchange did not answer; what was said may have been heard.
    PetitionAnswered {
        question: PetitionQuestion,
        answer: Option<PetitionAnswer>,
    },
    /// `None` when the exchange gives none now.
    Leased {
        service: ServiceId,
        answer: Option<LeaseAnswer>,
    },
    /// `None` when the exchange did not answer.
    EditionOffered(Option<EditionAnswer>),
    /// `None` when it did not come.
    EditionCame {
        digest: String,
        signed: Option<Arc<[u8]>>,
    },
    Room(handover::Attempt, Result<KioskAnswer, RoomFault>),
    Rooms(handover::Attempt, Result<DeskAnswer, RoomFault>),
    Check(vouching::Attempt, Result<vouching::KioskAnswer, CheckFault>),
    Checks(vouching::Attempt, Result<vouching::DeskAnswer, CheckFault>),
}

/// Starts the link within the present Tokio runtime; it ends when the sender
/// is dropped.
pub fn start(
    settings: Settings,
    tell: impl Fn(Event) + Send + Sync + 'static,
) -> UnboundedSender<Order> {
    let link = Arc::new(Link {
        wire: Wire::new(settings),
        told: Mutex::new(None),
        tell,
    });
    let (orders, mut waiting) = unbounded_channel();
    tokio::spawn(async move {
        while let Some(order) = waiting.recv().await {
            let link = Arc::clone(&link);
            // What is asked after it must not overtake it.
            let is_first = matches!(order, Order::Wear(_));
            let done = tokio::spawn(async move { link.carry_out(order).await });
            if is_first {
                let _ = done.await;
            }
        }
    });
    orders
}

struct Link<Tell> {
    wire: Wire,
    /// The fault that was logged last; one that stays is said once.
    told: Mutex<Option<&'static str>>,
    tell: Tell,
}

impl<Tell: Fn(Event)> Link<Tell> {
    async fn carry_out(&self, order: Order) {
        match order {
            Order::Hello(attempt, hello) => {
                let answer = self.wire.hello(&hello);
                self.answer(attempt, answer, StationEvent::Greeted).await;
            }
            Order::Offer(attempt, offer) => {
                let answer = self.wire.offer(&offer);
                self.answer(attempt, answer, StationEvent::Answered).await;
            }
            Order::Listen {
                attempt,
                after,
                wait,
            } => {
                let answer = self.wire.listen(after, wait);
                self.answer(attempt, answer, StationEvent::Published).await;
            }
            // Entries go on without it: it says nothing about the line.
            Order::CoSign { attempt, question } => {
                let answer = self.wire.co_sign(&question).await;
                (self.tell)(Event::Station(match answer {
                    Ok(answer) => StationEvent::CoSigned(attempt, answer),
                    Err(fault) => {
                        let cause = std::error::Error::source(&fault).map(ToString::to_string);
                        tracing::error!(fault = fault.code(), %fault, cause, "The journal's head is not co-signed");
                        StationEvent::Failed(attempt)
                    }
                }));
            }
            Order::Fetch(document) => {
                let content = fetch::document(&self.wire, &document).await;
                let number = document.number;
                (self.tell)(Event::Document { number, content });
            }
            // A question nobody hears leaves the last answer standing.
            Order::AskNetworks => {
                if let Ok(reach) = self.wire.networks().await {
                    (self.tell)(Event::Networks(reach));
                }
            }
            Order::LookUp { code } => {
                let answer = self.wire.look_up(&code).await;
                if let Err(fault) = &answer {
                    tracing::warn!(%fault, "The exchange did not say what a ticket is good for");
                }
                let answer = answer.ok();
                (self.tell)(Event::LookedUp { code, answer });
            }
            Order::AskPetition(question) => {
                let answer = self.wire.ask_petition(&question).await;
                if let Err(fault) = &answer {
                    tracing::warn!(%fault, "The exchange said nothing of a petition");
                }
                let answer = answer.ok();
                (self.tell)(Event::PetitionAnswered { question, answer });
            }
            Order::AskLease(question) => {
                let answer = self.wire.lease(&question).await;
                if let Err(fault) = &answer {
                    tracing::warn!(%fault, service = %question.service, "No lease");
                }
                let (service, answer) = (question.service, answer.ok());
                (self.tell)(Event::Leased { service, answer });
            }
            Order::TellEdition(state) => {
                let answer = self.wire.tell_edition(&state).await;
                if let Err(fault) = &answer {
                    tracing::warn!(%fault, "The exchange did not say which edition of the catalogue counts");
                }
                (self.tell)(Event::EditionOffered(answer.ok()));
            }
            Order::FetchEdition { digest } => {
                let signed = self.wire.edition(&digest).await;
                if let Err(fault) = &signed {
                    tracing::warn!(%fault, "An edition of the catalogue did not come");
                }
                let signed = signed.ok().map(|it| it.as_ref().into());
                (self.tell)(Event::EditionCame { digest, signed });
            }
            Order::AskRoom(attempt, question) => {
                let answer = self.wire.ask_room(&question).await;
                let answer = answer.map_err(|fault| rooms::fault(&fault));
                (self.tell)(Event::Room(attempt, answer));
            }
            Order::AskRooms(attempt, question) => {
                let answer = self.wire.ask_rooms(&question).await;
                let answer = answer.map_err(|fault| rooms::fault(&fault));
                (self.tell)(Event::Rooms(attempt, answer));
            }
            Order::AskCheck(attempt, question) => {
                let answer = self.wire.ask_check(&question).await;
                let answer = answer.map_err(|fault| checks::fault(&fault));
                (self.tell)(Event::Check(attempt, answer));
            }
            Order::AskChecks(attempt, question) => {
                let answer = self.wire.ask_checks(&question).await;
                let answer = answer.map_err(|fault| checks::fault(&fault));
                (self.tell)(Event::Checks(attempt, answer));
            }
            Order::Wear(badge) => self.wire.wear(badge),
            // Said again with every connection: one that is not heard is no loss.
            Order::TellTicketKey { public_key } => {
                if let Err(fault) = self.wire.tell_ticket_key(public_key).await {
                    tracing::warn!(%fault, "The exchange did not take the key of the tickets");
                }
            }
        }
    }

    async fn answer<T>(
        &self,
        attempt: Attempt,
        asked: impl Future<Output = Result<T, LinkFault>>,
        good: impl FnOnce(Attempt, T) -> StationEvent,
    ) {
        let answer = asked.await;
        self.log(answer.as_ref().err());
        (self.tell)(Event::Station(match answer {
            Ok(value) => good(attempt, value),
            Err(_) => StationEvent::Failed(attempt),
        }));
    }

    fn log(&self, fault: Option<&LinkFault>) {
        let code = fault.map(LinkFault::code);
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if std::mem::replace(&mut *told, code) == code {
            return;
        }
        match fault {
            None => tracing::info!("The line to the exchange is up"),
            Some(fault @ (LinkFault::Credentials(_) | LinkFault::Certificate(_))) => {
                let cause = std::error::Error::source(fault).map(ToString::to_string);
                tracing::error!(fault = fault.code(), %fault, cause, "A certificate keeps the line down");
            }
            Some(fault) => {
                tracing::warn!(fault = fault.code(), %fault, "The exchange did not answer")
            }
        }
    }
}
