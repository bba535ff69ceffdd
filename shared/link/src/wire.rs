//! One question to the exchange, one answer.

use std::time::Duration;

use request::{DocumentNumber, NetworkId};
use reqwest::{Client, RequestBuilder, Response, StatusCode};
use serde::{Deserialize, de::DeserializeOwned};
use sync::{Acknowledgement, Offer, Publications, TicketAnswer, TicketQuestion};

use crate::Settings;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);
const ANSWER_TIMEOUT: Duration = Duration::from_secs(10);
/// Larger than any document; an answer beyond it is nonsense.
const ANSWER_BYTES_MAX: usize = 16 << 20;

/// Why nothing came of a question. Names no person: addresses hold none.
#[derive(Debug, thiserror::Error)]
pub enum LinkFault {
    #[error("no HTTP client can be made")]
    Client(#[source] reqwest::Error),
    #[error("the exchange cannot be reached")]
    Unreachable(#[source] reqwest::Error),
    #[error("the exchange answered {0}")]
    Refused(StatusCode),
    #[error("the exchange's answer makes no sense")]
    Nonsense,
}

pub(crate) struct Wire {
    client: Client,
    settings: Settings,
}

#[derive(Deserialize)]
struct Networks {
    networks: Vec<NetworkState>,
}

#[derive(Deserialize)]
struct NetworkState {
    id: NetworkId,
    state: String,
}

impl Wire {
    pub(crate) fn new(settings: Settings) -> Result<Self, LinkFault> {
        let client = Client::builder()
            .connect_timeout(CONNECT_TIMEOUT)
            .no_proxy()
            .build()
            .map_err(LinkFault::Client)?;
        Ok(Self { client, settings })
    }

    pub(crate) async fn offer(&self, offer: &Offer) -> Result<Acknowledgement, LinkFault> {
        let path = format!("/v1/stations/{}/entries", self.settings.station);
        json(
            self.client.post(self.address(&path)).json(offer),
            ANSWER_TIMEOUT,
            self,
        )
        .await
    }

    pub(crate) async fn listen(
        &self,
        after: u64,
        wait: Duration,
    ) -> Result<Publications, LinkFault> {
        let station = &self.settings.station;
        let wait_seconds = wait.as_secs();
        let path = format!("/v1/stations/{station}/publications?after={after}&wait={wait_seconds}");
        json(
            self.client.get(self.address(&path)),
            wait + ANSWER_TIMEOUT,
            self,
        )
        .await
    }

    pub(crate) async fn document(&self, number: &DocumentNumber) -> Result<Vec<u8>, LinkFault> {
        let path = format!("/v1/documents/{number}");
        body(ask(self.client.get(self.address(&path)), ANSWER_TIMEOUT, self).await?).await
    }

    pub(crate) async fn look_up(&self, code: &str) -> Result<TicketAnswer, LinkFault> {
        let code = code.to_owned();
        let question = TicketQuestion { code };
        let asked = self.client.post(self.address("/v1/tickets/lookup"));
        json(asked.json(&question), ANSWER_TIMEOUT, self).await
    }

    pub(crate) async fn tell_ticket_key(&self, public_key: String) -> Result<(), LinkFault> {
        let path = format!("/v1/stations/{}/ticket-key", self.settings.station);
        let told = self.client.put(self.address(&path)).body(public_key);
        ask(told, ANSWER_TIMEOUT, self).await.map(drop)
    }

    /// The networks the exchange reached, and those that are away.
    pub(crate) async fn networks(&self) -> Result<(Vec<NetworkId>, Vec<NetworkId>), LinkFault> {
        let asked = self.client.get(self.address("/v1/networks"));
        let known: Networks = json(asked, ANSWER_TIMEOUT, self).await?;
        let of = |state: &str| {
            let networks = known.networks.iter();
            networks
                .filter(|network| network.state == state)
                .map(|network| network.id.clone())
                .collect()
        };
        Ok((of("up"), of("down")))
    }

    fn address(&self, path: &str) -> String {
        format!("{}{path}", self.settings.exchange)
    }
}

async fn ask(
    question: RequestBuilder,
    timeout: Duration,
    wire: &Wire,
) -> Result<Response, LinkFault> {
    let response = question
        .bearer_auth(&wire.settings.token)
        .timeout(timeout)
        .send()
        .await
        .map_err(|error| LinkFault::Unreachable(error.without_url()))?;
    if response.status().is_success() {
        Ok(response)
    } else {
        Err(LinkFault::Refused(response.status()))
    }
}

async fn json<T: DeserializeOwned>(
    question: RequestBuilder,
    timeout: Duration,
    wire: &Wire,
) -> Result<T, LinkFault> {
    let body = body(ask(question, timeout, wire).await?).await?;
    serde_json::from_slice(&body).map_err(|_| LinkFault::Nonsense)
}

async fn body(mut response: Response) -> Result<Vec<u8>, LinkFault> {
    let mut bytes = Vec::new();
    while let Some(chunk) = response
        .chunk()
        .await
        .map_err(|error| LinkFault::Unreachable(error.without_url()))?
    {
        if bytes.len() + chunk.len() > ANSWER_BYTES_MAX {
            return Err(LinkFault::Nonsense);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}
