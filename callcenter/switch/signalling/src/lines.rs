//! What all legs share: the stack, the way for events, and the directory.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use rsipstack::{
    sip::{
        Auth, Header, HeadersExt, Param, Scheme, StatusCode, Transport, Uri, prelude::ToTypedHeader,
    },
    transaction::{Transaction, endpoint::EndpointInnerRef},
    transport::{SipAddr, SipConnection},
};
use sip::{registrar::Registrar, session_timer};
use tokio::sync::{Notify, mpsc};

use crate::{Credentials, Event, dialog::Path, directory::Directory, front::Streams};

/// The user part of our Contact.
const CONTACT_USER: &str = "minwon";

pub(crate) struct Lines {
    pub(crate) endpoint: EndpointInnerRef,
    pub(crate) events: mpsc::Sender<Event>,
    pub(crate) directory: Directory,
    pub(crate) refreshing: session_timer::Policy,
    /// T1 (RFC 3261 §17.1.1.1).
    pub(crate) round_trip: Duration,
    /// The listeners, the dearest first; never empty once open.
    pub(crate) listeners: Vec<SipAddr>,
    pub(crate) streams: Arc<Streams>,
    pub(crate) registrar: Mutex<Registrar>,
    /// The registrar has changed without a request.
    pub(crate) unregistered: Notify,
    pub(crate) credentials: Option<Credentials>,
}

impl Lines {
    /// The way back to who sent a request.
    pub(crate) fn path_of(&self, transaction: &Transaction) -> Option<Path> {
        let connection = transaction.connection.as_ref()?;
        let transport = connection.get_addr().r#type.unwrap_or_default();
        let listener = self.listener(transport)?.clone();
        let stream = Some(connection)
            .filter(|it| !matches!(it, SipConnection::Udp(_)))
            .cloned();
        let source = match stream {
            Some(_) => None,
            None => translated(transaction),
        };
        Some(Path {
            listener,
            stream,
            source,
        })
    }

    pub(crate) fn registrar(&self) -> MutexGuard<'_, Registrar> {
        self.registrar
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn listener(&self, transport: Transport) -> Option<&SipAddr> {
        self.listeners
            .iter()
            .find(|it| it.r#type.unwrap_or_default() == transport)
    }

    /// How the other end reaches us for this leg.
    pub(crate) fn contact(listener: &SipAddr) -> Uri {
        let transport = listener.r#type.unwrap_or_default();
        let params = match transport {
            Transport::Udp => Vec::new(),
            Transport::Tcp
            | Transport::Tls
            | Transport::TlsSctp
            | Transport::Sctp
            | Transport::Ws
            | Transport::Wss => vec![Param::Transport(transport)],
        };
        Uri {
            scheme: Some(Scheme::Sip),
            auth: Some(Auth::from(CONTACT_USER)),
            host_with_port: listener.addr.clone(),
            params,
            headers: Vec::new(),
        }
    }
}

/// Where a request came from, when its Via says that it passed a translator.
fn translated(transaction: &Transaction) -> Option<SipAddr> {
    let via = transaction.original.top_via_header().ok()?.typed().ok()?;
    via.params
        .iter()
        .any(|it| matches!(it, Param::Received(_)))
        .then(|| source_of(transaction).map(SipAddr::from))?
}

/// Where a request came from.
pub(crate) fn source_of(transaction: &Transaction) -> Option<SocketAddr> {
    let connection = transaction.connection.as_ref()?;
    connection.get_remote_addr()?.get_socketaddr().ok()
}

/// Answers a request that belongs to no leg, apart from everything else.
pub(crate) fn answer(mut transaction: Transaction, status: StatusCode, headers: Vec<Header>) {
    tokio::spawn(async move {
        let replied = transaction.reply_with(status, headers, None).await;
        // An INVITE's refusal is repeated until it is acknowledged.
        while replied.is_ok() && transaction.receive().await.is_some() {}
    });
}
