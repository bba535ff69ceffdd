//! Puts one question to the printer over HTTP (RFC 8010, 4).

use std::time::Duration;

use ipp::prelude::Uri;
use reqwest::{Client, header::CONTENT_TYPE, redirect::Policy};

use super::{
    ipp_job::{Answer, Question},
    ipp_message,
};

const ANSWER_TIMEOUT: Duration = Duration::from_secs(5);
/// Some thousand jobs a printer remembers fit; a printer that goes on is not listened to.
const ANSWER_LIMIT: usize = 1 << 20;
/// Of a printer whose address names none (RFC 8010, 5).
const PORT: u16 = 631;

pub(super) struct IppClient {
    uri: Uri,
    client: Client,
}

#[derive(Debug, thiserror::Error)]
enum Unanswered {
    #[error(transparent)]
    Question(#[from] ipp::parser::IppParseError),
    #[error(transparent)]
    Http(#[from] reqwest::Error),
    #[error("the answer is longer than {ANSWER_LIMIT} bytes")]
    TooLong,
    #[error(transparent)]
    Answer(#[from] ipp_message::Unreadable),
}

impl IppClient {
    /// # Errors
    ///
    /// Where no HTTP client can be set up.
    pub(super) fn new(uri: Uri) -> reqwest::Result<Self> {
        // A connection kept from the last question may have ended meanwhile, and whether a print
        // job went down with it could not be told.
        let client = Client::builder()
            .timeout(ANSWER_TIMEOUT)
            .pool_max_idle_per_host(0)
            .redirect(Policy::none())
            .no_proxy()
            .build()?;
        Ok(Self { uri, client })
    }

    pub(super) async fn ask(&self, question: Question) -> Answer {
        match self.answer(&question).await {
            Ok(answer) => answer,
            Err(error) => {
                tracing::debug!(%error, "The document printer did not answer");
                Answer::Unreachable
            }
        }
    }

    async fn answer(&self, question: &Question) -> Result<Answer, Unanswered> {
        let mut response = self
            .client
            .post(http(&self.uri))
            .header(CONTENT_TYPE, "application/ipp")
            .body(ipp_message::request(&self.uri, question)?)
            .send()
            .await?
            .error_for_status()?;
        let mut told = Vec::new();
        while let Some(chunk) = response.chunk().await? {
            if told.len() + chunk.len() > ANSWER_LIMIT {
                return Err(Unanswered::TooLong);
            }
            told.extend_from_slice(&chunk);
        }
        Ok(ipp_message::read(question, told)?)
    }
}

/// Where the printer of an `ipp:` address is found by HTTP (RFC 3510, 4).
fn http(uri: &Uri) -> String {
    let (Some("ipp"), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
        return uri.to_string();
    };
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    let host = authority.host();
    let port = authority.port_u16().unwrap_or(PORT);
    format!("http://{host}:{port}{path}")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use ipp::{
        model::StatusCode,
        prelude::{IppRequestResponse, IppVersion},
    };
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::TcpListener,
    };

    use super::*;

    /// A printer that agrees to one question, at this length.
    async fn agreeing(length: usize) -> Uri {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            let (mut line, _) = listener.accept().await.unwrap();
            let mut asked = [0; 1];
            line.read_exact(&mut asked).await.unwrap();
            let yes =
                IppRequestResponse::new_response(IppVersion::v1_1(), StatusCode::SuccessfulOk, 1);
            let mut yes = yes.unwrap().to_bytes().to_vec();
            yes.resize(length, 0);
            let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n");
            // Who has heard enough hangs up.
            let _ = line.write_all(&[head.as_bytes(), &yes].concat()).await;
            let _ = tokio::io::copy(&mut line, &mut tokio::io::sink()).await;
        });
        format!("ipp://{address}/ipp/print").parse().unwrap()
    }

    #[tokio::test]
    async fn an_answer_is_heard_up_to_a_megabyte_and_no_further() {
        for (length, answer) in [
            (ANSWER_LIMIT, Answer::Canceled),
            (ANSWER_LIMIT + 1, Answer::Unreachable),
        ] {
            let client = IppClient::new(agreeing(length).await).unwrap();
            let told = client.ask(Question::CancelJob { id: 7 }).await;
            assert_eq!(told, answer, "{length}");
        }
    }

    #[test]
    fn an_ipp_address_is_found_by_http_at_its_own_port() {
        for (ipp, found) in [
            (
                "ipp://printer.local/ipp/print",
                "http://printer.local:631/ipp/print",
            ),
            (
                "ipp://10.0.0.9:8631/ipp/print",
                "http://10.0.0.9:8631/ipp/print",
            ),
            ("ipp://[fe80::1]/", "http://[fe80::1]:631/"),
            ("http://printer.local/ipp", "http://printer.local/ipp"),
        ] {
            assert_eq!(http(&ipp.parse().unwrap()), found);
        }
    }
}
