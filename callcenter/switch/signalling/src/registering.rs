//! REGISTER from here: a telephone of ours says elsewhere where it is (RFC 3261 §10.2).

use std::{sync::Arc, time::Duration};

use rsipstack::sip::{Header, Method, Request, Response, SipMessage, Uri, Version};
use thiserror::Error;

use crate::{
    dialog::Path,
    headers::{ALLOWED, Fields},
    lines::Lines,
    placing::path_to,
    transactions::open,
};

/// A challenge, a longer time, a new nonce; whoever asks on is not obeyed.
const TRIES: usize = 4;

/// What is asked of a registrar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// The registrar's SIP URI, without a user: `sip:10.0.0.1:5060;transport=tcp`.
    pub registrar: String,
    /// How long it shall hold; zero takes it away.
    pub expires: Duration,
}

/// Why a registrar knows no more of us than before.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum NotRegistered {
    #[error("the registrar's address or the account does not fit into a SIP URI")]
    NoUri,
    #[error("the registrar cannot be reached")]
    Unreachable,
    #[error("the registrar does not answer")]
    Silent,
    #[error("the registrar does not believe account and password")]
    WrongPassword,
    #[error("the registrar refuses with {status}")]
    Refused {
        status: u16,
        /// When it may be asked again.
        retry_after: Option<Duration>,
    },
}

/// This telephone as registrars see it: its requests are counted up
/// (RFC 3261 §10.2.4), so one agent must ask for as long as the lines are open.
pub struct UserAgent {
    lines: Arc<Lines>,
    call_id: String,
    tag: String,
    sequence: u32,
}

/// One request, and how it goes.
struct Asking<'a> {
    target: Uri,
    path: Path,
    /// `To`, and `From` without its tag.
    address_of_record: &'a str,
    expires: u64,
}

impl UserAgent {
    pub(crate) fn new(lines: Arc<Lines>) -> Self {
        Self {
            lines,
            call_id: rsipstack::transaction::make_uuid_v4(),
            tag: rsipstack::transaction::make_tag().to_string(),
            sequence: 0,
        }
    }

    /// Registers with [`crate::Settings::credentials`], and answers for how long.
    ///
    /// # Errors
    /// When the registrar cannot be asked, or does not want it.
    pub async fn register(&mut self, binding: &Binding) -> Result<Duration, NotRegistered> {
        let credentials = self.lines.credentials.clone();
        let credentials = credentials.ok_or(NotRegistered::WrongPassword)?;
        let target = uri(&binding.registrar)?;
        let address_of_record = format!(
            "<sip:{}@{}>",
            credentials.account.reveal(),
            target.host_with_port.host
        );
        uri(address_of_record.trim_matches(['<', '>']))?;
        let path = path_to(&self.lines, &target).await;
        let mut asking = Asking {
            path: path.map_err(|_| NotRegistered::Unreachable)?,
            target,
            address_of_record: &address_of_record,
            expires: binding.expires.as_secs(),
        };
        let mut proof = None;
        for _ in 0..TRIES {
            let proven = proof.is_some();
            let response = self.ask(&asking, proof.take()).await?;
            match response.status_code.code() {
                200 => return Ok(granted(&response, &asking)),
                423 => {
                    let least = response.headers.first("Min-Expires");
                    let least = least.and_then(|it| it.parse().ok());
                    asking.expires = least
                        .filter(|least| *least > asking.expires)
                        .ok_or_else(|| refused(&response))?;
                }
                401 | 407 => {
                    if proven && !is_stale(&response) {
                        return Err(NotRegistered::WrongPassword);
                    }
                    let uri = asking.target.to_string();
                    let answer = credentials.answer(&response, "REGISTER", &uri);
                    proof = Some(answer.ok_or_else(|| refused(&response))?);
                }
                408 => return Err(NotRegistered::Silent),
                _ => return Err(refused(&response)),
            }
        }
        Err(NotRegistered::WrongPassword)
    }

    async fn ask(
        &mut self,
        asking: &Asking<'_>,
        proof: Option<Header>,
    ) -> Result<Response, NotRegistered> {
        let request = self.request(asking, proof)?;
        let endpoint = &self.lines.endpoint;
        let stream = asking.path.stream.clone();
        let transaction = open(endpoint, request, stream, None);
        let mut transaction = transaction.map_err(|_| NotRegistered::NoUri)?;
        let sent = transaction.send().await;
        sent.map_err(|_| NotRegistered::Unreachable)?;
        while let Some(message) = transaction.receive().await {
            if let SipMessage::Response(response) = message
                && response.status_code.code() >= 200
            {
                return Ok(response);
            }
        }
        Err(NotRegistered::Silent)
    }

    fn request(
        &mut self,
        asking: &Asking<'_>,
        proof: Option<Header>,
    ) -> Result<Request, NotRegistered> {
        self.sequence += 1;
        let endpoint = &self.lines.endpoint;
        let listener = asking.path.listener.clone();
        let contact = Lines::contact(&listener);
        let via = endpoint.get_via(Some(listener), None);
        let known = asking.address_of_record;
        let mut headers: Vec<Header> = vec![
            Header::Via(via.map_err(|_| NotRegistered::NoUri)?.into()),
            Header::MaxForwards(70.into()),
            Header::From(format!("{known};tag={}", self.tag).into()),
            Header::To(known.into()),
            Header::CallId(self.call_id.clone().into()),
            Header::CSeq(format!("{} REGISTER", self.sequence).into()),
            Header::Contact(format!("<{contact}>").into()),
            Header::Expires(asking.expires.to_string().into()),
            Header::Allow(ALLOWED.into()),
            Header::UserAgent(endpoint.user_agent.clone().into()),
        ];
        headers.extend(proof);
        headers.push(Header::ContentLength(0.into()));
        Ok(Request {
            method: Method::Register,
            uri: asking.target.clone(),
            headers: headers.into(),
            body: Vec::new(),
            version: Version::V2,
        })
    }
}

fn uri(text: &str) -> Result<Uri, NotRegistered> {
    let known = sip::screen::is_sip_uri(text).then(|| Uri::try_from(text));
    known
        .ok_or(NotRegistered::NoUri)?
        .map_err(|_| NotRegistered::NoUri)
}

/// The registrar's word for how long our Contact holds (RFC 3261 §10.2.4).
fn granted(response: &Response, asking: &Asking<'_>) -> Duration {
    let ours = Lines::contact(&asking.path.listener).to_string();
    let contacts = response
        .headers
        .iter()
        .filter(|it| matches!(it, Header::Contact(_)))
        .flat_map(|it| sip::list::split(it.value()));
    let of_ours = contacts
        .filter(|it| it.contains(&ours))
        .find_map(|it| rsipstack::sip::typed::Contact::parse(it).ok()?.expires());
    let of_all = response.headers.first("Expires");
    let seconds = of_ours
        .map(u64::from)
        .or_else(|| of_all.and_then(|it| it.parse().ok()))
        .unwrap_or(asking.expires);
    Duration::from_secs(seconds)
}

fn is_stale(response: &Response) -> bool {
    response
        .headers
        .iter()
        .filter_map(|it| sip::digest::Challenge::parse(it.value()))
        .any(|it| it.stale)
}

fn refused(response: &Response) -> NotRegistered {
    let after = response.headers.first("Retry-After");
    // A comment or parameters may follow (RFC 3261 §20.33).
    let after = after.and_then(|it| it.split([';', '(', ' ']).next()?.parse().ok());
    NotRegistered::Refused {
        status: response.status_code.code(),
        retry_after: after.map(Duration::from_secs),
    }
}
