//! Asks the exchange which agencies take documents and what became of one, and has
//! documents sent.

use std::{
    sync::{Arc, mpsc::Sender},
    time::Duration,
};

use link::{LinkFault, Wire};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use request::DocumentNumber;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;
use sync::DeliveryRefusal;

use crate::{
    happening::Happening,
    sending::{Delivery, Found, Recipient, SendingCommand, SendingEvent, SendingFault},
};

const PATIENCE: Duration = Duration::from_secs(10);

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
            SendingEvent::Recipients(told.map(|it| it.recipients).map_err(fault))
        }
        SendingCommand::LookUp(number) => {
            let found = look_up(wire, &number).await;
            SendingEvent::Found(number, found.map_err(fault))
        }
        SendingCommand::Send(wanted) => {
            let sent = wire.post::<Value>("/v1/deliveries", &wanted).await;
            SendingEvent::Sent(wanted.number, sent.map(drop).map_err(fault))
        }
        SendingCommand::SendAgain { number, delivery } => {
            let path = format!("/v1/deliveries/{}/again", encoded(&delivery));
            let sent = wire.post::<Value>(&path, &Nothing {}).await;
            SendingEvent::Sent(number, sent.map(drop).map_err(fault))
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

async fn read<T: DeserializeOwned>(wire: &Wire, path: &str) -> Result<T, LinkFault> {
    let answer = wire.get(path, PATIENCE).await?;
    serde_json::from_slice(&answer).map_err(|_| LinkFault::Nonsense)
}

fn encoded(words: &str) -> String {
    utf8_percent_encode(words, NON_ALPHANUMERIC).to_string()
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "an answer is read once and dropped"
)]
fn fault(fault: LinkFault) -> SendingFault {
    tracing::warn!(fault = fault.code(), %fault, "A question about deliveries was not answered");
    match fault {
        LinkFault::Certificate(_) | LinkFault::Credentials(_) => SendingFault::Forbidden,
        LinkFault::Unproven(_) => SendingFault::Unproven,
        LinkFault::Delivery(refusal) => SendingFault::Refused(refusal),
        LinkFault::Refused(status, _) => match status.as_u16() {
            401 | 403 => SendingFault::Forbidden,
            422 => SendingFault::Malformed,
            _ => SendingFault::Unreachable,
        },
        LinkFault::CoSigner(_)
        | LinkFault::CoSignerUnreadable
        | LinkFault::Forged(_)
        | LinkFault::Unreachable(_)
        | LinkFault::Room(_)
        | LinkFault::Check(_)
        | LinkFault::Petition(_)
        | LinkFault::Slow
        | LinkFault::Nonsense => SendingFault::Unreachable,
    }
}
