//! REGISTER: telephones that say where they are (RFC 3261 §10.3).

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use rsipstack::{
    sip::{Header, HeadersExt, Request, StatusCode, Transport as StackTransport},
    transaction::Transaction,
};
use sip::registrar::{Change, Refusal, Registration, Transport, Wish};

use crate::{
    Event,
    door::{Door, Refused},
    headers::{Fields, uri_in},
    lines::{Lines, source_of},
};

/// What a REGISTER is answered with.
pub(crate) fn register(
    lines: &Lines,
    door: &Door,
    transaction: &Transaction,
    now: Instant,
) -> Result<Vec<Header>, Refused> {
    let request = &transaction.original;
    let bad = || refused(StatusCode::BadRequest);
    let source = source_of(transaction).ok_or_else(bad)?;
    let account = door.proven(request, source, now)?;
    let to = request.headers.first("To").and_then(uri_in);
    let user = to.and_then(|it| it.auth).map(|it| it.user);
    if user.as_deref().map(sip::escape::decoded) != Some(account.clone()) {
        // Nobody registers for somebody else (RFC 3261 §10.3, item 4).
        return Err(refused(StatusCode::Forbidden));
    }
    let registration = Registration {
        transport: transport_of(transaction),
        call_id: request.headers.first("Call-ID").ok_or_else(bad)?.to_owned(),
        sequence: request
            .cseq_header()
            .and_then(|it| it.seq())
            .map_err(|_| bad())?,
        wish: wish(request).ok_or_else(bad)?,
        account: account.clone(),
        source,
    };
    let mut registrar = lines.registrar();
    registrar
        .handle(registration, now)
        .map_err(|refusal| match refusal {
            Refusal::TooBrief { shortest } => Refused {
                status: StatusCode::IntervalTooBrief,
                headers: vec![Header::MinExpires(shortest.as_secs().to_string().into())],
            },
            Refusal::TooMany => refused(StatusCode::Forbidden),
            Refusal::OutOfOrder => refused(StatusCode::ServerInternalError),
        })?;
    let contacts = registrar.bindings(&account).iter().map(|binding| {
        let left = binding.expires_at.saturating_duration_since(now);
        let seconds = (left + Duration::from_millis(500)).as_secs();
        Header::Contact(format!("<{}>;expires={seconds}", binding.contact).into())
    });
    Ok(contacts.collect())
}

/// What the registrar's changes mean to the switch.
pub(crate) fn told(change: Change) -> Option<Event> {
    match change {
        Change::Registered { account, source } => Some(Event::Registered { account, source }),
        Change::Refreshed { .. } => None,
        Change::Expired { account } | Change::Removed { account } => {
            Some(Event::Unregistered { account })
        }
    }
}

fn refused(status: StatusCode) -> Refused {
    Refused {
        status,
        headers: Vec::new(),
    }
}

fn transport_of(transaction: &Transaction) -> Transport {
    let connection = transaction.connection.as_ref();
    match connection.and_then(|it| it.get_addr().r#type) {
        Some(StackTransport::Tcp) => Transport::Tcp,
        Some(StackTransport::Tls) => Transport::Tls,
        _ => Transport::Udp,
    }
}

fn wish(request: &Request) -> Option<Wish> {
    let expires = request.headers.first("Expires");
    let common = match expires {
        Some(text) => Some(Duration::from_secs(text.parse::<u32>().ok()?.into())),
        None => None,
    };
    let values: Vec<&str> = request
        .headers
        .iter()
        .filter(|it| matches!(it, Header::Contact(_)))
        .flat_map(|it| sip::list::split(it.value()))
        .collect();
    if values.is_empty() {
        return Some(Wish::Ask);
    }
    if values.contains(&"*") {
        // RFC 3261 §10.2.2: alone, and only to remove.
        let alone = values.len() == 1 && common == Some(Duration::ZERO);
        return alone.then_some(Wish::RemoveAll);
    }
    let contacts = values.into_iter().map(|value| {
        let contact = rsipstack::sip::typed::Contact::parse(value).ok()?;
        let own = contact.expires().map(|it| Duration::from_secs(it.into()));
        Some((uri_text(value)?.to_owned(), own.or(common)))
    });
    Some(Wish::Bind(contacts.collect::<Option<_>>()?))
}

/// The URI as it was written.
fn uri_text(value: &str) -> Option<&str> {
    match value.split_once('<') {
        Some((_, rest)) => Some(rest.split_once('>')?.0),
        None => value.split(';').next(),
    }
}

/// Where a telephone of this account is, for a call to it.
pub(crate) fn place(lines: &Lines, account: &str) -> Option<(String, SocketAddr, Transport)> {
    let registrar = lines.registrar();
    let binding = registrar.bindings(account).first()?;
    Some((binding.contact.clone(), binding.source, binding.transport))
}
