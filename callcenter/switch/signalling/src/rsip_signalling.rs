//! The lines on `rsipstack`.

use std::{
    io,
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use rsipstack::{
    EndpointBuilder,
    platform::CancellationToken,
    sip::Transport,
    transaction::{Endpoint, endpoint::EndpointOption},
    transport::{SipAddr, SipConnection, TransportLayer, udp::UdpConnection},
};
use sip::{
    digest::{AccountKey, Verifier},
    registrar::Registrar,
};
use thiserror::Error;
use tokio::{
    net::{TcpListener, UdpSocket},
    sync::{Notify, mpsc},
};

use crate::{
    Command, Event, LegId, Settings, Signalling, UserAgent,
    directory::{Directory, Input},
    door::Door,
    escapes::Unescaping,
    front::{Kind, ScreenedSocket, Streams, Tls},
    lines::Lines,
    placing::place_call,
    reception::Reception,
};

const USER_AGENT: &str = "Minwon";
/// RFC 3261 §17.1.1.1 and §17.1.2.2: T4 is ten T1, T2 eight, and a
/// transaction's patience 64.
const T4_IN_T1: u32 = 10;
const T2_IN_T1: u32 = 8;
const PATIENCE_IN_T1: u32 = 64;
const CLOSED_MAX: usize = 1_024;
/// How long a nonce counts.
const NONCE_LIFETIME: Duration = Duration::from_secs(300);

/// Why the lines could not be opened.
#[derive(Debug, Error)]
pub enum Fault {
    #[error("no transport is asked for")]
    NoTransport,
    #[error("cannot listen on {0}")]
    Listen(SocketAddr, #[source] io::Error),
    #[error("the system has no randomness")]
    Randomness(#[source] getrandom::Error),
    #[error("the stack did not start")]
    Stack(#[source] rsipstack::Error),
}

/// Signalling over UDP, TCP and TLS. Dropping it closes the lines.
pub struct RsipSignalling {
    lines: Arc<Lines>,
    door: Arc<Door>,
    closing: CancellationToken,
}

/// Sockets that are bound and not served yet.
struct Bound {
    udp: Option<UdpSocket>,
    streams: Vec<(TcpListener, Kind)>,
}

impl RsipSignalling {
    /// Opens the lines; events come out of the receiver.
    ///
    /// # Errors
    /// When an address cannot be listened on.
    pub async fn open(settings: Settings) -> Result<(Self, mpsc::Receiver<Event>), Fault> {
        let bound = bind(&settings).await?;
        let mut secret = [0; 32];
        getrandom::fill(&mut secret).map_err(Fault::Randomness)?;
        let closing = CancellationToken::new();
        let transports = TransportLayer::new(closing.clone());
        let mut listeners = Vec::new();
        if let Some(socket) = bound.udp {
            let socket = Arc::new(ScreenedSocket::new(socket));
            let connection = UdpConnection::from_socket(socket, None, Some(closing.child_token()))
                .await
                .map_err(Fault::Stack)?;
            listeners.push(connection.get_addr().clone());
            transports.add_transport(connection.into());
        }
        let endpoint = endpoint(&settings, transports, closing.clone());
        let incoming = endpoint.incoming_transactions().map_err(Fault::Stack)?;
        let (closed, closed_connections) = mpsc::channel(CLOSED_MAX);
        let tls = settings.tls.as_ref().map(|tls| Tls {
            server: tls.server.clone(),
            client: tls.client.clone(),
        });
        let streams = Streams::new(
            endpoint.inner.clone(),
            tls,
            settings.connections_max,
            closed,
            closing.clone(),
        );
        for (listener, kind) in bound.streams {
            let local = listener.local_addr().map_err(rsipstack::Error::from);
            let local = SipConnection::resolve_bind_address(local.map_err(Fault::Stack)?);
            let local = SipAddr::new(kind.transport(), local.into());
            listeners.push(local.clone());
            streams.listen(listener, kind, local);
        }
        let (events, receiver) = mpsc::channel(settings.events_max);
        let lines = Arc::new(Lines {
            endpoint: endpoint.inner.clone(),
            events,
            directory: Directory::new(settings.legs_max),
            refreshing: settings.refreshing,
            round_trip: settings.round_trip,
            listeners,
            streams,
            registrar: Mutex::new(Registrar::new(settings.registrations)),
            unregistered: Notify::new(),
            credentials: settings.credentials,
        });
        let verifier = Verifier::new(
            &settings.realm,
            &settings.algorithms,
            secret,
            NONCE_LIFETIME,
            Instant::now(),
        );
        let door = Arc::new(Door::new(
            verifier,
            settings.accounts,
            settings.callers,
            settings.emergency,
            settings.limits,
            [
                settings.patience_with_sources,
                settings.patience_with_accounts,
            ],
        ));
        tokio::spawn(async move { endpoint.serve().await });
        let reception = Reception::new(lines.clone(), door.clone());
        tokio::spawn(reception.run(incoming, closed_connections));
        let signalling = Self {
            lines,
            door,
            closing,
        };
        Ok((signalling, receiver))
    }

    /// Registers this telephone elsewhere, over the same lines.
    pub fn user_agent(&self) -> UserAgent {
        UserAgent::new(self.lines.clone())
    }

    /// Where SIP over UDP is listened for.
    pub fn udp_address(&self) -> Option<SocketAddr> {
        self.address(Transport::Udp)
    }

    /// Where SIP over TCP is listened for.
    pub fn tcp_address(&self) -> Option<SocketAddr> {
        self.address(Transport::Tcp)
    }

    /// Where SIP over TLS is listened for.
    pub fn tls_address(&self) -> Option<SocketAddr> {
        self.address(Transport::Tls)
    }

    /// Legs that are not over.
    pub fn legs(&self) -> usize {
        self.lines.directory.len()
    }

    fn address(&self, transport: Transport) -> Option<SocketAddr> {
        self.lines.listener(transport)?.get_socketaddr().ok()
    }
}

async fn bind(settings: &Settings) -> Result<Bound, Fault> {
    let failed = |address| move |error| Fault::Listen(address, error);
    let udp = match settings.udp {
        Some(address) => Some(UdpSocket::bind(address).await.map_err(failed(address))?),
        None => None,
    };
    let tls = settings.tls.as_ref().map(|tls| (tls.address, Kind::Tls));
    let wanted = settings.tcp.map(|address| (address, Kind::Tcp));
    let mut streams = Vec::new();
    for (address, kind) in wanted.into_iter().chain(tls) {
        let listener = TcpListener::bind(address).await.map_err(failed(address))?;
        streams.push((listener, kind));
    }
    if udp.is_none() && streams.is_empty() {
        return Err(Fault::NoTransport);
    }
    Ok(Bound { udp, streams })
}

fn endpoint(
    settings: &Settings,
    transports: TransportLayer,
    closing: CancellationToken,
) -> Endpoint {
    let t1 = settings.round_trip;
    EndpointBuilder::new()
        .with_user_agent(USER_AGENT)
        .with_cancel_token(closing)
        .with_transport_layer(transports)
        .with_inspector(Box::new(Unescaping))
        .with_option(EndpointOption {
            t1,
            t2: t1 * T2_IN_T1,
            t4: t1 * T4_IN_T1,
            t1x64: t1 * PATIENCE_IN_T1,
            ..EndpointOption::default()
        })
        .build()
}

impl Signalling for RsipSignalling {
    fn new_leg(&mut self) -> LegId {
        self.lines.directory.new_leg()
    }

    fn admit_account(&mut self, account: &str, key: AccountKey) {
        self.door.open_to(account, key);
    }

    fn dismiss_account(&mut self, account: &str) {
        self.door.close_to(account);
        self.forget_telephones(account);
    }

    fn forget_telephones(&mut self, account: &str) {
        self.lines.registrar().unregister(account);
        self.lines.unregistered.notify_one();
    }

    fn carry_out(&mut self, command: Command) {
        if let Command::Call(call) = command {
            return place_call(self.lines.clone(), *call);
        }
        let Some(leg) = self.lines.directory.of_leg(command.leg()) else {
            return;
        };
        if leg.try_send(Input::Command(command)).is_err() {
            tracing::warn!("A leg did not take its order");
        }
    }
}

impl Drop for RsipSignalling {
    fn drop(&mut self) {
        self.closing.cancel();
    }
}
