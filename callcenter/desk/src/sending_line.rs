//! Asks the exchange which agencies take documents and what became of one, and has
//! documents sent.

use std::sync::{Arc, mpsc::Sender};

use link::{LinkFault, Wire};
use request::DocumentNumber;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sync::DeliveryRefusal;

use crate::{
    asking::{Unanswered, encoded, read},
    happening::Happening,
    sending::{Delivery, Found, Recipient, SendingCommand, SendingEvent, SendingFault},
};

/// The line of whoever works here; none where there is no way to say who that is.
pub(crate) struct SendingLine {
    wire: Option<Arc<Wire>>,
    happenings: Sender<Happening>,
}

#[derive(Deserialize)]
struct Recipients {
    recipients: Vec<Recipient>,
}

#[derive(Deserialize)]
struct Deliveries {
    /// The type of the problem.
    refusal: Option<String>,
    deliveries: Vec<Delivery>,
}

#[derive(Serialize)]
struct Nothing {}

impl SendingLine {
    pub(crate) fn new(wire: Option<Arc<Wire>>, happenings: Sender<Happening>) -> Self {
        Self { wire, happenings }
    }

    /// Carries a command out on the runtime; the answer comes as a happening.
    pub(crate) fn carry_out(&self, command: SendingCommand, runtime: &tokio::runtime::Handle) {
        let Some(wire) = self.wire.clone() else {
            return;
        };
        let happenings = self.happenings.clone();
        runtime.spawn(async move {
            let event = ask(&wire, command).await;
            // The desk ends only with the program.
            let _ = happenings.send(Happening::Sending(event));
        });
    }
}

async fn ask(wire: &Wire, command: SendingCommand) -> SendingEvent {
    match command {
        SendingCommand::AskRecipients => {
            let told = read::<Recipients>(wire, "/v1/recipients").await;
            SendingEvent::Recipients(told.map(|it| it.recipients).map_err(|it| fault(&it)))
        }
        SendingCommand::LookUp(number) => {
            let found = look_up(wire, &number).await;
            SendingEvent::Found(number, found.map_err(|it| fault(&it)))
        }
        SendingCommand::Send(wanted) => {
            let sent = wire.post::<Value>("/v1/deliveries", &wanted).await;
            SendingEvent::Sent(wanted.number, sent.map(drop).map_err(|it| fault(&it)))
        }
        SendingCommand::SendAgain { number, delivery } => {
            let path = format!("/v1/deliveries/{}/again", encoded(&delivery));
            let sent = wire.post::<Value>(&path, &Nothing {}).await;
            SendingEvent::Sent(number, sent.map(drop).map_err(|it| fault(&it)))
        }
    }
}

async fn look_up(wire: &Wire, number: &DocumentNumber) -> Result<Found, LinkFault> {
    let path = format!("/v1/deliveries?number={}", encoded(number.as_str()));
    let told: Deliveries = read(wire, &path).await?;
    let refusal = |urn: String| DeliveryRefusal::from_urn(&urn).ok_or(LinkFault::Nonsense);
    Ok(Found {
        refusal: told.refusal.map(refusal).transpose()?,
        deliveries: told.deliveries,
    })
}

fn fault(fault: &LinkFault) -> SendingFault {
    match Unanswered::noted(fault, "deliveries") {
        Unanswered::Forbidden => SendingFault::Forbidden,
        Unanswered::Unproven => SendingFault::Unproven,
        Unanswered::Delivery(refusal) => SendingFault::Refused(refusal),
        Unanswered::Malformed => SendingFault::Malformed,
        Unanswered::Gone
        | Unanswered::Conflict
        | Unanswered::Petition(_)
        | Unanswered::Unreachable => SendingFault::Unreachable,
    }
}
