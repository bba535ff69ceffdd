//! Enrolment over Secure Transport (RFC 7030): a request for a key of this machine's goes to
//! the exchange with the label's claim code, and a certificate comes back.
//!
//! Without a network the same request goes as a text, and its answer comes as one.

mod answer;
mod key;

use std::{error::Error, time::Duration};

use base64::{Engine, engine::general_purpose::STANDARD};
use http_body_util::{BodyExt, Full, Limited};
use hyper::{
    Method, Request, StatusCode,
    body::Bytes,
    header::{AUTHORIZATION, CONTENT_TYPE, RETRY_AFTER},
};
use hyper_util::{client::legacy::Client, rt::TokioExecutor};
use identity::Clock;
use privacy::Personal;
use request::Timestamp;
use x509_cert::{Certificate as X509, der::Decode};

pub use answer::Certificate;
pub use key::{KeyFault, LineKey, SoftKey};

const ENROL: &str = "/.well-known/est/simpleenroll";
const PATIENCE: Duration = Duration::from_secs(20);
/// A certificate and those above it.
const ANSWER_MAX: usize = 64 << 10;
/// When nobody says how long.
const WAIT: Duration = Duration::from_secs(60);
/// No technician waits longer because somebody's clock or number is wrong.
const WAIT_MAX: Duration = Duration::from_mins(15);

/// Why there is no certificate. Says nothing of the code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EnrolFault {
    #[error("the exchange cannot be reached, or cannot answer now")]
    Unreachable,
    #[error("whoever answers is not this site's exchange")]
    NotTrusted,
    #[error("the exchange knows no such station with this code")]
    Refused,
    #[error("the code has enrolled another key")]
    UsedUp,
    #[error("the exchange wants to be left alone for a while")]
    TooMany { retry_after: Duration },
    #[error("the answer is no certificate for this machine")]
    Malformed,
}

/// Has a key certified (RFC 7030, 4.2). Asked again with the same key, the exchange answers
/// with the same certificate.
///
/// # Errors
/// Why there is none.
pub fn enrol(
    url: &str,
    authority_pem: &str,
    station: &str,
    code: &Personal<String>,
    request: &[u8],
    now: Timestamp,
) -> Result<Certificate, EnrolFault> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|_| EnrolFault::Unreachable)?;
    let asked = ask(url, authority_pem, station, code, request, now);
    let answer = runtime
        .block_on(async { tokio::time::timeout(PATIENCE, asked).await })
        .map_err(|_| EnrolFault::Unreachable)??;
    let pkcs7: Vec<u8> = answer
        .iter()
        .copied()
        .filter(|it| !it.is_ascii_whitespace())
        .collect();
    let pkcs7 = STANDARD.decode(pkcs7).map_err(|_| EnrolFault::Malformed)?;
    Certificate::of_key(answer::certificates(&pkcs7)?, &public_key(request)?)
}

async fn ask(
    url: &str,
    authority_pem: &str,
    station: &str,
    code: &Personal<String>,
    request: &[u8],
    now: Timestamp,
) -> Result<Bytes, EnrolFault> {
    let clock = Clock::new(move || now);
    let config = identity::client_without_certificate(authority_pem, clock)
        .map_err(|_| EnrolFault::NotTrusted)?;
    let connector = hyper_rustls::HttpsConnectorBuilder::new()
        .with_tls_config(config)
        .https_only()
        .enable_http1()
        .build();
    let client = Client::builder(TokioExecutor::new()).build(connector);
    let credentials = STANDARD.encode(format!("{station}:{}", code.reveal()));
    let request = Request::builder()
        .method(Method::POST)
        .uri(format!("{url}{ENROL}"))
        .header(CONTENT_TYPE, "application/pkcs10")
        .header("Content-Transfer-Encoding", "base64")
        .header(AUTHORIZATION, format!("Basic {credentials}"))
        .body(Full::new(Bytes::from(STANDARD.encode(request))))
        .map_err(|_| EnrolFault::Unreachable)?;
    let answer = client.request(request).await.map_err(|error| {
        tracing::info!(
            error = error.source().map(tracing::field::display),
            "No enrolment"
        );
        why_not(&error)
    })?;
    match answer.status() {
        StatusCode::OK => {}
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => return Err(EnrolFault::Refused),
        StatusCode::CONFLICT => return Err(EnrolFault::UsedUp),
        StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => {
            let seconds = answer.headers().get(RETRY_AFTER);
            let seconds = seconds.and_then(|it| it.to_str().ok()?.parse().ok());
            let retry_after = seconds.map_or(WAIT, Duration::from_secs).min(WAIT_MAX);
            return Err(EnrolFault::TooMany { retry_after });
        }
        status if status.is_server_error() => return Err(EnrolFault::Unreachable),
        _ => return Err(EnrolFault::Malformed),
    }
    let body = Limited::new(answer.into_body(), ANSWER_MAX).collect().await;
    Ok(body.map_err(|_| EnrolFault::Malformed)?.to_bytes())
}

/// A certificate that is not this site's is another matter than a cable that is not plugged in.
fn why_not(error: &(dyn Error + 'static)) -> EnrolFault {
    match identity::refusal(error) {
        Some(_) => EnrolFault::NotTrusted,
        None => EnrolFault::Unreachable,
    }
}

/// The certificate of an answer on paper, for this key.
///
/// # Errors
/// When it is no certificate for this key.
pub fn certificate_from_text(text: &str, key: &impl LineKey) -> Result<Certificate, EnrolFault> {
    let der = fleet::on_paper::read_certificate(text).map_err(|_| EnrolFault::Malformed)?;
    let certificate = X509::from_der(&der).map_err(|_| EnrolFault::Malformed)?;
    Certificate::of_key(vec![certificate], &key.public_key())
}

/// SubjectPublicKeyInfo of a request, in DER.
fn public_key(request: &[u8]) -> Result<Vec<u8>, EnrolFault> {
    use x509_cert::{der::Encode, request::CertReq};
    let request = CertReq::from_der(request).map_err(|_| EnrolFault::Malformed)?;
    let key = request.info.public_key.to_der();
    key.map_err(|_| EnrolFault::Malformed)
}
