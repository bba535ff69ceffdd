//! SIP over TCP and TLS, screened.
//!
//! The stack reads streams itself and has no place for a screen. So it gets one
//! end of a connection within this machine, under the names of the true one;
//! at its other end a relay cuts, screens and forwards.

use std::{
    collections::HashMap,
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use rsipstack::{
    platform::CancellationToken,
    sip::Transport,
    transaction::endpoint::EndpointInnerRef,
    transport::{SipAddr, SipConnection, stream::StreamConnectionInner, tcp::TcpConnection},
};
use rustls::{ClientConfig, ServerConfig, pki_types::ServerName};
use sip::framing::{Frame, first};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::mpsc,
    time::timeout,
};
use tokio_rustls::{TlsAcceptor, TlsConnector};

use super::{Judgement, judge};

/// A handshake, and a peer that does not read, may take this long.
const PATIENCE: Duration = Duration::from_secs(10);
const CHUNK_BYTES: usize = 16_384;

/// Certificates for SIP over TLS (RFC 3261 §26.2.1).
#[derive(Clone)]
pub(crate) struct Tls {
    pub(crate) server: Arc<ServerConfig>,
    pub(crate) client: Option<Arc<ClientConfig>>,
}

/// The open connections, by whom they lead to.
pub(crate) struct Streams {
    endpoint: EndpointInnerRef,
    tls: Option<Tls>,
    connections_max: usize,
    open: Mutex<HashMap<(Kind, SocketAddr), Opened>>,
    closed: mpsc::Sender<SocketAddr>,
    closing: CancellationToken,
}

#[derive(Clone)]
struct Opened {
    connection: SipConnection,
    token: CancellationToken,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    Tcp,
    Tls,
}

impl Kind {
    pub(crate) fn transport(self) -> Transport {
        match self {
            Self::Tcp => Transport::Tcp,
            Self::Tls => Transport::Tls,
        }
    }
}

impl Streams {
    /// `closed` is told of every connection that is over.
    pub(crate) fn new(
        endpoint: EndpointInnerRef,
        tls: Option<Tls>,
        connections_max: usize,
        closed: mpsc::Sender<SocketAddr>,
        closing: CancellationToken,
    ) -> Arc<Self> {
        Arc::new(Self {
            endpoint,
            tls,
            connections_max,
            open: Mutex::default(),
            closed,
            closing,
        })
    }

    /// Takes connections until the lines are closed.
    pub(crate) fn listen(self: &Arc<Self>, listener: TcpListener, kind: Kind, local: SipAddr) {
        let streams = self.clone();
        tokio::spawn(async move {
            loop {
                let accepted = tokio::select! {
                    accepted = listener.accept() => accepted,
                    () = streams.closing.cancelled() => return,
                };
                match accepted {
                    Ok((stream, peer)) => streams.clone().admit(stream, peer, kind, local.clone()),
                    Err(error) => {
                        tracing::warn!(%error, "Could not take a connection");
                        tokio::time::sleep(Duration::from_millis(100)).await;
                    }
                }
            }
        });
    }

    fn admit(self: Arc<Self>, stream: TcpStream, peer: SocketAddr, kind: Kind, local: SipAddr) {
        if self.open().len() >= self.connections_max {
            tracing::warn!(%peer, "Refused a connection: there are too many");
            return;
        }
        tokio::spawn(async move {
            let served = match (kind, &self.tls) {
                (Kind::Tcp, _) => self.join(stream, peer, kind, local).await.map(drop),
                (Kind::Tls, Some(tls)) => {
                    let acceptor = TlsAcceptor::from(tls.server.clone());
                    match timeout(PATIENCE, acceptor.accept(stream)).await {
                        Ok(Ok(stream)) => self.join(stream, peer, kind, local).await.map(drop),
                        Ok(Err(error)) => Err(error),
                        Err(_) => Err(io::ErrorKind::TimedOut.into()),
                    }
                }
                (Kind::Tls, None) => Ok(()),
            };
            if let Err(error) = served {
                tracing::debug!(%peer, %error, "A connection came to nothing");
            }
        });
    }

    /// The connection that leads there, if one is open.
    pub(crate) fn to(&self, kind: Kind, peer: SocketAddr) -> Option<SipConnection> {
        self.open()
            .get(&(kind, peer))
            .map(|it| it.connection.clone())
    }

    /// The connection that leads there, opened if need be.
    ///
    /// # Errors
    /// When nobody is there, or shows another certificate than `name`'s.
    pub(crate) async fn reach(
        self: &Arc<Self>,
        kind: Kind,
        peer: SocketAddr,
        name: &str,
        local: SipAddr,
    ) -> io::Result<SipConnection> {
        if let Some(connection) = self.to(kind, peer) {
            return Ok(connection);
        }
        let stream = timeout(PATIENCE, TcpStream::connect(peer)).await??;
        match kind {
            Kind::Tcp => self.join(stream, peer, kind, local).await,
            Kind::Tls => {
                let client = self.tls.as_ref().and_then(|tls| tls.client.clone());
                let client = client.ok_or(io::ErrorKind::Unsupported)?;
                let name = ServerName::try_from(name.to_owned())
                    .map_err(|_| io::Error::from(io::ErrorKind::InvalidInput))?;
                let connecting = TlsConnector::from(client).connect(name, stream);
                let stream = timeout(PATIENCE, connecting).await??;
                self.join(stream, peer, kind, local).await
            }
        }
    }

    /// Gives the stack its end, and starts the relay.
    async fn join<S>(
        self: &Arc<Self>,
        outer: S,
        peer: SocketAddr,
        kind: Kind,
        local: SipAddr,
    ) -> io::Result<SipConnection>
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let (inner, ours) = pair().await?;
        let token = self.closing.child_token();
        let remote = SipAddr::new(kind.transport(), peer.into());
        let (reading, writing) = tokio::io::split(inner);
        let connection = SipConnection::Tcp(TcpConnection {
            inner: Arc::new(StreamConnectionInner::new(local, remote, reading, writing)),
            cancel_token: Some(token.clone()),
        });
        let opened = Opened {
            connection: connection.clone(),
            token: token.clone(),
        };
        self.open().insert((kind, peer), opened);
        self.endpoint
            .transport_layer
            .add_connection(connection.clone());
        let streams = self.clone();
        tokio::spawn(async move {
            tokio::select! {
                relayed = relay(outer, ours, peer) => if let Err(error) = relayed {
                    tracing::debug!(%peer, %error, "A connection broke");
                },
                () = token.cancelled() => {}
            }
            token.cancel();
            streams.open().retain(|_, it| !it.token.is_cancelled());
            // Nobody waits for it any more when the lines are closed.
            let _ = streams.closed.send(peer).await;
        });
        Ok(connection)
    }

    fn open(&self) -> MutexGuard<'_, HashMap<(Kind, SocketAddr), Opened>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Two ends of one connection within this machine.
async fn pair() -> io::Result<(TcpStream, TcpStream)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let connecting = TcpStream::connect(listener.local_addr()?);
    let (connected, accepted) = tokio::try_join!(connecting, listener.accept())?;
    // Somebody else on this machine may have been quicker.
    if accepted.1 != connected.local_addr()? {
        return Err(io::ErrorKind::ConnectionRefused.into());
    }
    connected.set_nodelay(true)?;
    accepted.0.set_nodelay(true)?;
    Ok((connected, accepted.0))
}

/// Forwards messages that pass the screen inwards, and everything outwards.
async fn relay<S>(mut outer: S, mut inner: TcpStream, peer: SocketAddr) -> io::Result<()>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let mut received = Vec::with_capacity(CHUNK_BYTES);
    let mut chunk = vec![0; CHUNK_BYTES];
    let mut sending = vec![0; CHUNK_BYTES];
    loop {
        tokio::select! {
            length = outer.read(&mut chunk) => {
                let length = length?;
                if length == 0 {
                    return Ok(());
                }
                received.extend_from_slice(chunk.get(..length).unwrap_or_default());
                forward(&mut received, &mut outer, &mut inner, peer).await?;
            }
            length = inner.read(&mut sending) => {
                let length = length?;
                if length == 0 {
                    return outer.shutdown().await;
                }
                let bytes = sending.get(..length).unwrap_or_default();
                write(&mut outer, bytes).await?;
            }
        }
    }
}

async fn forward<S>(
    received: &mut Vec<u8>,
    outer: &mut S,
    inner: &mut TcpStream,
    peer: SocketAddr,
) -> io::Result<()>
where
    S: AsyncWrite + Unpin,
{
    loop {
        let length = match first(received) {
            Frame::Incomplete => return Ok(()),
            Frame::Complete(length) => length,
            Frame::Lost => {
                // It is answered as far as it can be, and then there is an end.
                if let Judgement::Reply(response) =
                    judge(received, sip::screen::Transport::Stream, peer)
                {
                    write(outer, &response).await?;
                }
                return Err(io::ErrorKind::InvalidData.into());
            }
        };
        let message: Vec<u8> = received.drain(..length).collect();
        match judge(&message, sip::screen::Transport::Stream, peer) {
            Judgement::Forward(message) => write(inner, &message).await?,
            Judgement::Reply(response) => write(outer, &response).await?,
            Judgement::Nothing => {}
        }
    }
}

async fn write<W: AsyncWrite + Unpin>(writer: &mut W, bytes: &[u8]) -> io::Result<()> {
    let writing = async {
        writer.write_all(bytes).await?;
        writer.flush().await
    };
    timeout(PATIENCE, writing).await?
}
