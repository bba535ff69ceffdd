//! Asks third parties to witness a signature: a time-stamp service (RFC 3161)
//! and the authorities' revocation lists (RFC 5280).
//!
//! A certificate never waits for them long: without their answer it goes out at
//! the level that was reached, and the log says so.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use p256::elliptic_curve::rand_core::{OsRng, RngCore};
use reqwest::Client;
use signature::{
    Details, DocumentTimeStamp, Evidence, SignError, Signer, Signing, TimeStampError,
    TimeStampRequest, TimeStampToken,
};

use crate::connector::{Breaker, Outcome};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(1);
/// For one question; the citizen waits meanwhile.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(3);
const ANSWER_BYTES_MAX: usize = 4 << 20;
/// Lists are published by the hour or the day.
const LIST_KEPT: Duration = Duration::from_secs(600);

#[derive(Debug, thiserror::Error)]
pub(crate) enum WitnessFault {
    #[error("the service cannot be reached")]
    Unreachable(#[source] reqwest::Error),
    #[error("the service answers with status {0}")]
    Status(u16),
    #[error("the service's answer is too long")]
    TooLong,
    #[error("the service is left alone for a while")]
    Resting,
    #[error(transparent)]
    TimeStamp(#[from] TimeStampError),
    #[error("a certificate names no revocation list")]
    NoRevocationList,
    #[error("the revocation list cannot be read")]
    UnreadableList,
    #[error(transparent)]
    Sign(#[from] SignError),
}

pub(crate) struct Witness {
    client: Client,
    /// The time-stamp service's address.
    service: String,
    breaker: Mutex<Breaker>,
    lists: Mutex<BTreeMap<String, (Instant, Vec<u8>)>>,
}

impl Witness {
    /// # Errors
    /// When no HTTP client can be made.
    pub(crate) fn new(service: &str) -> Result<Self, reqwest::Error> {
        let client = Client::builder()
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(ANSWER_TIMEOUT)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()?;
        Ok(Self {
            client,
            service: service.to_owned(),
            breaker: Mutex::default(),
            lists: Mutex::default(),
        })
    }

    /// Signs to the highest level (PAdES B-B to B-LTA) that can be had now.
    pub(crate) async fn sign(
        &self,
        pdf: &[u8],
        signer: &dyn Signer,
        details: &Details<'_>,
    ) -> Result<Vec<u8>, SignError> {
        let signing = Signing::begin(pdf, signer, details)?;
        let question = signing.time_stamp_request(OsRng.next_u64());
        let token = match self.time_stamp(&question).await {
            Ok(token) => token,
            Err(fault) => {
                tracing::warn!(
                    level = "B-B",
                    fault = chain(&fault),
                    "Signed without a time-stamp"
                );
                return signing.finish();
            }
        };
        let stamped = signing.finish_with(&token)?;
        match self.preserve(&stamped, signer, &token).await {
            Ok(preserved) => Ok(preserved),
            Err(fault) => {
                tracing::warn!(
                    level = "B-T",
                    fault = chain(&fault),
                    "Signed without evidence"
                );
                Ok(stamped)
            }
        }
    }

    /// The time-stamp in the signature becomes B-LT and B-LTA.
    async fn preserve(
        &self,
        pdf: &[u8],
        signer: &dyn Signer,
        token: &TimeStampToken,
    ) -> Result<Vec<u8>, WitnessFault> {
        let certificates = signer.chain().iter().chain(&token.certificates).cloned();
        let mut evidence = Evidence::about(certificates);
        for address in evidence.addresses().ok_or(WitnessFault::NoRevocationList)? {
            let list = self.revocation_list(&address).await?;
            if !evidence.add_revocation_list(list) {
                return Err(WitnessFault::UnreadableList);
            }
        }
        let preserved = evidence.append_to(pdf)?;
        let stamping = DocumentTimeStamp::begin(&preserved)?;
        let question = stamping.time_stamp_request(OsRng.next_u64());
        Ok(stamping.finish_with(&self.time_stamp(&question).await?)?)
    }

    async fn time_stamp(
        &self,
        question: &TimeStampRequest,
    ) -> Result<TimeStampToken, WitnessFault> {
        if !self.with_breaker(|breaker| breaker.admits(Instant::now())) {
            return Err(WitnessFault::Resting);
        }
        let body = question.to_der().map_err(SignError::from)?;
        let post = self
            .client
            .post(&self.service)
            .header("content-type", "application/timestamp-query")
            .body(body);
        let answer = read(post).await;
        let outcome = match answer {
            Ok(_) => Outcome::Well,
            Err(_) => Outcome::Failed,
        };
        self.with_breaker(|breaker| breaker.note(outcome, Instant::now()));
        Ok(question.read(&answer?)?)
    }

    async fn revocation_list(&self, address: &str) -> Result<Vec<u8>, WitnessFault> {
        let known = self
            .lists
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(address)
            .filter(|(fetched, _)| fetched.elapsed() < LIST_KEPT)
            .map(|(_, list)| list.clone());
        if let Some(list) = known {
            return Ok(list);
        }
        let list = read(self.client.get(address)).await?;
        self.lists
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(address.to_owned(), (Instant::now(), list.clone()));
        Ok(list)
    }

    fn with_breaker<T>(&self, act: impl FnOnce(&mut Breaker) -> T) -> T {
        act(&mut self.breaker.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

async fn read(question: reqwest::RequestBuilder) -> Result<Vec<u8>, WitnessFault> {
    let mut answer = question.send().await.map_err(WitnessFault::Unreachable)?;
    if !answer.status().is_success() {
        return Err(WitnessFault::Status(answer.status().as_u16()));
    }
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(WitnessFault::Unreachable)? {
        if body.len() + chunk.len() > ANSWER_BYTES_MAX {
            return Err(WitnessFault::TooLong);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// The fault with its causes, for the log.
fn chain(fault: &WitnessFault) -> String {
    let mut text = fault.to_string();
    let mut cause = std::error::Error::source(fault);
    while let Some(deeper) = cause {
        text.push_str(": ");
        text.push_str(&deeper.to_string());
        cause = deeper.source();
    }
    text
}
