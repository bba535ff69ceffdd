//! Calls out of the house: where they go.

use std::{net::SocketAddr, sync::Arc};

use rsipstack::{
    sip::{Host, Scheme, Transport, Uri, uri::ParamsExt},
    transport::SipAddr,
};
use sip::registrar;
use tokio::sync::mpsc;

use crate::{
    Event, LegId,
    command::{Call, Target},
    dialog::Path,
    directory::Input,
    front::Kind,
    line::{self, Route},
    lines::Lines,
    registration::place,
};

/// Why a call goes nowhere: the status of its [`Event::Refused`].
pub(crate) struct Nowhere(pub(crate) u16);

/// A leg in the directory, before its INVITE.
pub(crate) struct Entered {
    pub(crate) call_id: String,
    pub(crate) local_tag: String,
    pub(crate) channel: (mpsc::Sender<Input>, mpsc::Receiver<Input>),
}

impl Entered {
    fn new(lines: &Lines, leg: LegId) -> Option<Self> {
        let call_id = rsipstack::transaction::make_uuid_v4();
        let local_tag = rsipstack::transaction::make_tag().to_string();
        let channel = lines.directory.enter(leg, &call_id, &local_tag)?;
        Some(Self {
            call_id,
            local_tag,
            channel,
        })
    }
}

/// The account has no telephone now (RFC 3261 §21.4.18).
const UNAVAILABLE: Nowhere = Nowhere(480);
const NOT_FOUND: Nowhere = Nowhere(404);
const UNREACHABLE: Nowhere = Nowhere(503);

/// Takes an order to call somebody. The leg is there at once, that no order
/// that follows is lost; what comes before the INVITE waits for it.
pub(crate) fn place_call(lines: Arc<Lines>, call: Call) {
    let leg = call.leg;
    let entered = Entered::new(&lines, leg);
    tokio::spawn(async move {
        let placed = match entered {
            Some(entered) => match route(&lines, &call.to).await {
                Ok(route) => line::call(&lines, call, route, entered),
                Err(nowhere) => Err(nowhere),
            },
            None => Err(UNREACHABLE),
        };
        if let Err(Nowhere(status)) = placed {
            lines.directory.leave(leg);
            drop(lines.events.send(Event::Refused { leg, status }).await);
        }
    });
}

async fn route(lines: &Lines, to: &Target) -> Result<Route, Nowhere> {
    match to {
        Target::Account(account) => {
            let (contact, source, transport) = place(lines, account).ok_or(UNAVAILABLE)?;
            let target = Uri::try_from(contact.as_str()).map_err(|_| NOT_FOUND)?;
            let path = path_to_telephone(lines, source, transport).ok_or(UNAVAILABLE)?;
            Ok(Route { target, path })
        }
        Target::Uri(uri) => {
            // Whatever is dialled must not write lines of its own into a message.
            let known = Some(uri.reveal()).filter(|it| sip::screen::is_sip_uri(it));
            let target = Uri::try_from(known.ok_or(NOT_FOUND)?.as_str());
            let target = target.map_err(|_| NOT_FOUND)?;
            let path = path_to(lines, &target).await?;
            Ok(Route { target, path })
        }
    }
}

/// A telephone is called back the way it came (RFC 5626).
fn path_to_telephone(
    lines: &Lines,
    source: SocketAddr,
    transport: registrar::Transport,
) -> Option<Path> {
    let (transport, kind) = match transport {
        registrar::Transport::Udp => (Transport::Udp, None),
        registrar::Transport::Tcp => (Transport::Tcp, Some(Kind::Tcp)),
        registrar::Transport::Tls => (Transport::Tls, Some(Kind::Tls)),
    };
    let stream = match kind {
        Some(kind) => Some(lines.streams.to(kind, source)?),
        None => None,
    };
    Some(Path {
        listener: lines.listener(transport)?.clone(),
        source: stream.is_none().then(|| SipAddr::from(source)),
        stream,
    })
}

pub(crate) async fn path_to(lines: &Lines, target: &Uri) -> Result<Path, Nowhere> {
    let secure = target.scheme == Some(Scheme::Sips);
    let kind = match target.transport() {
        Some(Transport::Tls) => Some(Kind::Tls),
        Some(Transport::Tcp) | None if secure => Some(Kind::Tls),
        Some(Transport::Tcp) => Some(Kind::Tcp),
        Some(Transport::Udp) | None => None,
        Some(Transport::TlsSctp | Transport::Sctp | Transport::Ws | Transport::Wss) => {
            return Err(UNREACHABLE);
        }
    };
    let transport = kind.map_or(Transport::Udp, Kind::transport);
    let listener = lines.listener(transport).ok_or(UNREACHABLE)?.clone();
    let Some(kind) = kind else {
        return Ok(Path {
            listener,
            stream: None,
            source: None,
        });
    };
    let port = target.host_with_port.port.as_ref().map(|it| it.0);
    let port = port.unwrap_or_else(|| transport.default_port().0);
    let (name, address) = match &target.host_with_port.host {
        Host::IpAddr(address) => (address.to_string(), SocketAddr::new(*address, port)),
        Host::Domain(name) => {
            let name = name.to_string();
            let found = tokio::net::lookup_host((name.as_str(), port)).await;
            let found: Option<SocketAddr> = found.ok().and_then(|mut it| it.next());
            let address = found.ok_or(UNREACHABLE)?;
            (name, address)
        }
    };
    let reached = lines
        .streams
        .reach(kind, address, &name, listener.clone())
        .await;
    Ok(Path {
        listener,
        stream: Some(reached.map_err(|_| UNREACHABLE)?),
        source: None,
    })
}
