//! One session with the mailbox's server: signed in, the inbox selected (RFC 3501,
//! RFC 2177, RFC 6851).

use std::{fmt::Debug, time::Duration};

use async_imap::{Client, Session, extensions::idle::IdleResponse, types::Fetch};
use futures_util::TryStreamExt;
use privacy::Personal;
use rustls::pki_types::ServerName;
use tokio::{net::TcpStream, time::timeout};
use tokio_rustls::{TlsConnector, client::TlsStream};

use super::{fault::Fault, literals::Bounded};
use crate::settings::Incoming;

/// One question to the server.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(60);

/// A message's octets, if it is not too large to be looked at.
pub(super) enum Fetched {
    Message(Vec<u8>),
    TooLarge,
    /// It is not there any more.
    Gone,
}

pub(super) struct Inbox {
    line: Session<Bounded<TlsStream<TcpStream>>>,
    /// Whose numbers its messages have (UIDVALIDITY).
    pub(super) validity: Option<u32>,
}

impl Inbox {
    /// Signs in, makes the folders messages go to, and selects the inbox.
    pub(super) async fn open(
        settings: &Incoming,
        password: &Personal<String>,
        tls: &TlsConnector,
    ) -> Result<Self, Fault> {
        let opening = sign_in(settings, password, tls);
        let mut line = timeout(ANSWER_TIMEOUT, opening)
            .await
            .map_err(|_| Fault::Slow)??;
        for folder in [&settings.folders.processed, &settings.folders.refused] {
            // It says no when there is one already.
            let _ = timeout(ANSWER_TIMEOUT, line.create(folder)).await;
        }
        let selected = within(line.select("INBOX")).await?;
        Ok(Self {
            line,
            validity: selected.uid_validity,
        })
    }

    /// The numbers of its messages, the oldest first.
    pub(super) async fn uids(&mut self) -> Result<Vec<u32>, Fault> {
        let found = within(self.line.uid_search("ALL")).await?;
        let mut uids: Vec<u32> = found.into_iter().collect();
        uids.sort_unstable();
        Ok(uids)
    }

    /// A message of no more than so many octets; it stays unread.
    pub(super) async fn fetch(&mut self, uid: u32, bytes_max: usize) -> Result<Fetched, Fault> {
        let asked = self.ask(uid, "(UID RFC822.SIZE)").await?;
        let Some(size) = asked.iter().find_map(|it| it.size) else {
            return Ok(Fetched::Gone);
        };
        if size as usize > bytes_max {
            return Ok(Fetched::TooLarge);
        }
        let asked = self.ask(uid, "(UID BODY.PEEK[])").await?;
        let octets = asked.iter().find_map(|it| Some(it.body()?.to_vec()));
        Ok(octets.map_or(Fetched::Gone, Fetched::Message))
    }

    pub(super) async fn move_to(&mut self, uid: u32, folder: &str) -> Result<(), Fault> {
        let moved = self.line.uid_mv(uid.to_string(), folder);
        let moved = timeout(ANSWER_TIMEOUT, moved).await;
        moved.map_err(|_| Fault::Slow)?.map_err(|_| Fault::NotMoved)
    }

    /// Waits until the server tells of something, or until `other` happens; what
    /// that came to, and the inbox again. None when the server told, or after a while.
    pub(super) async fn idle<T>(
        self,
        longest: Duration,
        other: impl Future<Output = T>,
    ) -> Result<(Self, Option<T>), Fault> {
        let validity = self.validity;
        let mut idle = self.line.idle();
        within(idle.init()).await?;
        let (seen, stop) = idle.wait_with_timeout(longest);
        let happened = tokio::select! {
            seen = seen => match seen.map_err(|_| Fault::Broken)? {
                IdleResponse::Timeout | IdleResponse::NewData(_) => None,
                // Nobody here interrupts it: the server has gone.
                IdleResponse::ManualInterrupt => return Err(Fault::Broken),
            },
            happened = other => Some(happened),
        };
        drop(stop);
        let line = within(idle.done()).await?;
        Ok((Self { line, validity }, happened))
    }

    async fn ask(&mut self, uid: u32, what: &str) -> Result<Vec<Fetch>, Fault> {
        let asking = async {
            let answers = self.line.uid_fetch(uid.to_string(), what).await?;
            let of_it = answers.try_filter(|it| std::future::ready(it.uid == Some(uid)));
            of_it.try_collect().await
        };
        within(asking).await
    }
}

async fn sign_in(
    settings: &Incoming,
    password: &Personal<String>,
    tls: &TlsConnector,
) -> Result<Session<Bounded<TlsStream<TcpStream>>>, Fault> {
    let host = settings.host.clone();
    let name = ServerName::try_from(host.clone()).map_err(|_| Fault::Name)?;
    let stream = TcpStream::connect((host.as_str(), settings.port)).await;
    let stream = stream.map_err(|_| Fault::Unreachable)?;
    let stream = tls.connect(name, stream).await.map_err(|_| Fault::Tls)?;
    let mut client = Client::new(Bounded::new(stream));
    let greeting = client.read_response().await;
    greeting.map_err(|_| Fault::Broken)?.ok_or(Fault::Broken)?;
    let line = client.login(&settings.account, password.reveal()).await;
    line.map_err(|_| Fault::SignIn)
}

async fn within<T, E: Debug>(asked: impl Future<Output = Result<T, E>>) -> Result<T, Fault> {
    let answer = timeout(ANSWER_TIMEOUT, asked).await;
    answer.map_err(|_| Fault::Slow)?.map_err(|_| Fault::Broken)
}
