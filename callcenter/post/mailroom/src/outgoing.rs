//! Gives letters to the mail server (RFC 5321), and knows how far it came.
//!
//! Until the last line of a letter has gone out, it was surely not taken; after
//! that only the server's answer tells. The server's own words are not logged:
//! they name who is written to.

use std::time::Duration;

use lettre::{
    Address,
    transport::smtp::{
        Error,
        authentication::{Credentials, Mechanism},
        client::{AsyncSmtpConnection, Certificate, CertificateStore, TlsParameters},
        commands::{Data, Mail, Rcpt},
        extension::ClientId,
    },
};
use post::Outcome;
use tokio::time::timeout;

use crate::{
    letter::Composed,
    settings::{Outgoing, Protection, SettingsError, password},
};

/// Until a letter may be given; and until the server has said that it takes it
/// (RFC 5321, 4.5.3.2.6).
const BEFORE: Duration = Duration::from_secs(60);
const AFTER: Duration = Duration::from_secs(600);

const MECHANISMS: [Mechanism; 2] = [Mechanism::Plain, Mechanism::Login];

pub(crate) struct MailServer {
    host: String,
    port: u16,
    protection: Protection,
    tls: Option<TlsParameters>,
    credentials: Option<Credentials>,
    hello: ClientId,
}

#[derive(Debug, thiserror::Error)]
pub enum OutgoingError {
    #[error(transparent)]
    Settings(#[from] SettingsError),
    #[error("the authorities' certificates of the outgoing line cannot be read")]
    Read(#[source] std::io::Error),
    #[error("TLS of the outgoing line cannot be set up")]
    Tls(#[source] Error),
    #[error("the outgoing line needs the file of its authorities' certificates")]
    NoAuthority,
}

impl MailServer {
    pub(crate) fn new(settings: &Outgoing, office: &Address) -> Result<Self, OutgoingError> {
        let tls = match settings.protection {
            Protection::Plain => None,
            Protection::Tls | Protection::Starttls => Some(tls(settings)?),
        };
        let credentials = match (&settings.account, &settings.password_file) {
            (Some(account), Some(file)) => {
                let password = password(file)?.reveal().clone();
                Some(Credentials::new(account.clone(), password))
            }
            (None, _) | (_, None) => None,
        };
        Ok(Self {
            host: settings.host.clone(),
            port: settings.port,
            protection: settings.protection,
            tls,
            credentials,
            hello: ClientId::Domain(office.domain().to_owned()),
        })
    }

    /// Gives it one letter.
    pub(crate) async fn send(&self, letter: &Composed) -> Outcome {
        let mut line = match timeout(BEFORE, self.connect()).await {
            Ok(Ok(line)) => line,
            Ok(Err(error)) => return put_off("connecting", Some(&error)),
            Err(_) => return put_off("connecting", None),
        };
        match timeout(BEFORE, announce(&mut line, letter)).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) if error.is_permanent() => return refused(&error),
            Ok(Err(error)) => return put_off("announcing", Some(&error)),
            Err(_) => return put_off("announcing", None),
        }
        let outcome = match timeout(AFTER, line.message(&letter.message)).await {
            Ok(Ok(_)) => Outcome::Sent,
            Ok(Err(error)) if error.is_permanent() => refused(&error),
            Ok(Err(error)) if error.is_transient() => put_off("giving", Some(&error)),
            Ok(Err(_)) | Err(_) => {
                tracing::error!("The line broke while a letter was given: it may have been taken");
                Outcome::Unknown
            }
        };
        if outcome == Outcome::Sent {
            // The letter is the server's; whether it says farewell does not matter.
            let _ = timeout(BEFORE, line.quit()).await;
        }
        outcome
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, Error> {
        let at_once = self
            .tls
            .clone()
            .filter(|_| self.protection == Protection::Tls);
        let server = (self.host.as_str(), self.port);
        let hello = &self.hello;
        let mut line =
            AsyncSmtpConnection::connect_tokio1(server, Some(BEFORE), hello, at_once, None).await?;
        if let (Protection::Starttls, Some(tls)) = (self.protection, &self.tls) {
            line.starttls(tls.clone(), hello).await?;
        }
        if let Some(credentials) = &self.credentials {
            line.auth(&MECHANISMS, credentials).await?;
        }
        Ok(line)
    }
}

/// Everything but the letter itself.
async fn announce(line: &mut AsyncSmtpConnection, letter: &Composed) -> Result<(), Error> {
    let from = letter.envelope.from().cloned();
    line.command(Mail::new(from, Vec::new())).await?;
    for to in letter.envelope.to() {
        line.command(Rcpt::new(to.clone(), Vec::new())).await?;
    }
    line.command(Data).await?;
    Ok(())
}

fn tls(settings: &Outgoing) -> Result<TlsParameters, OutgoingError> {
    let file = settings
        .authority
        .as_ref()
        .ok_or(OutgoingError::NoAuthority)?;
    let pem = std::fs::read(file).map_err(OutgoingError::Read)?;
    let authority = Certificate::from_pem(&pem).map_err(OutgoingError::Tls)?;
    TlsParameters::builder(settings.host.clone())
        .certificate_store(CertificateStore::None)
        .add_root_certificate(authority)
        .build()
        .map_err(OutgoingError::Tls)
}

fn put_off(step: &'static str, error: Option<&Error>) -> Outcome {
    let status = error.and_then(Error::status).map(|it| it.to_string());
    tracing::warn!(step, status, "The mail server does not take a letter now");
    Outcome::Deferred
}

fn refused(error: &Error) -> Outcome {
    let status = error.status().map(|it| it.to_string());
    tracing::warn!(status, "The mail server refuses a letter");
    Outcome::Refused
}
