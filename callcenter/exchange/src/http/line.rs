//! Lines from stations and agents: mutual TLS below HTTP.

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use axum::{
    extract::connect_info::Connected,
    serve::{IncomingStream, Listener},
};
use identity::Subject;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{
        Semaphore,
        mpsc::{Receiver, Sender, channel},
    },
    task::JoinHandle,
};
use tokio_rustls::{TlsAcceptor, rustls::ServerConfig, server::TlsStream};

/// Longer than any honest handshake on a poor line.
const HANDSHAKE_TIMEOUT: Duration = Duration::from_secs(10);
/// Handshakes at once: more than stations that come back after an outage in one second.
const HANDSHAKES_MAX: usize = 256;
/// After accepting failed, for want of file handles as a rule.
const PAUSE: Duration = Duration::from_millis(200);

/// Whom a line's certificate names, if anybody of ours.
#[derive(Clone, Debug)]
pub(crate) struct Line(pub(crate) Option<Subject>);

impl Connected<IncomingStream<'_, LineListener>> for Line {
    fn connect_info(stream: IncomingStream<'_, LineListener>) -> Self {
        let (_, connection) = stream.io().get_ref();
        let shown = connection.peer_certificates().and_then(<[_]>::first);
        Self(shown.and_then(|it| Subject::read(it).ok()))
    }
}

/// Gives out lines whose handshake is done; a slow one keeps nobody waiting.
pub(crate) struct LineListener {
    address: SocketAddr,
    lines: Receiver<(TlsStream<TcpStream>, SocketAddr)>,
    accepting: JoinHandle<()>,
}

impl LineListener {
    pub(crate) fn start(listener: TcpListener, config: ServerConfig) -> io::Result<Self> {
        let address = listener.local_addr()?;
        let (tell, lines) = channel(HANDSHAKES_MAX);
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let accepting = tokio::spawn(accept(listener, acceptor, tell));
        Ok(Self {
            address,
            lines,
            accepting,
        })
    }
}

impl Drop for LineListener {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl Listener for LineListener {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, SocketAddr) {
        match self.lines.recv().await {
            Some(line) => line,
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.address)
    }
}

async fn accept(
    listener: TcpListener,
    acceptor: TlsAcceptor,
    tell: Sender<(TlsStream<TcpStream>, SocketAddr)>,
) {
    let places = Arc::new(Semaphore::new(HANDSHAKES_MAX));
    while let Ok(place) = Arc::clone(&places).acquire_owned().await {
        let (stream, from) = match listener.accept().await {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!(%error, "A line could not be accepted");
                tokio::time::sleep(PAUSE).await;
                continue;
            }
        };
        let (acceptor, tell) = (acceptor.clone(), tell.clone());
        tokio::spawn(async move {
            let _ = stream.set_nodelay(true);
            match tokio::time::timeout(HANDSHAKE_TIMEOUT, acceptor.accept(stream)).await {
                Ok(Ok(line)) => drop(tell.send((line, from)).await),
                Ok(Err(error)) => tracing::warn!(%from, %error, "Refused a line"),
                Err(_) => tracing::warn!(%from, "A line's handshake took too long"),
            }
            drop(place);
        });
    }
}
