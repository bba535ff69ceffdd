//! Lets stations in whose certificate is a desk's or a kiosk's of this center.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use identity::{Party, Subject};
use request::StationId;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{Semaphore, mpsc},
};
use tokio_rustls::{TlsAcceptor, rustls::ServerConfig, server::TlsStream};

use super::{
    Heard,
    check::Checker,
    line::{Line, serve},
};
use crate::attendance::DeskLine;

/// Longer than any honest handshake on a poor line.
const HANDSHAKE_TIMEOUT: Duration = Duration::from_secs(10);
/// Lines at once: more desks than a center has.
const LINES_MOST: usize = 1_000;
/// After accepting failed, for want of file handles as a rule.
const PAUSE: Duration = Duration::from_millis(200);

/// What a station is let in for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// An agent signs in there.
    Desk,
    /// Borrows a telephone.
    Kiosk,
}

/// Who is let in, and whom that is told.
#[derive(Clone)]
pub(super) struct Reception {
    pub(super) stations: BTreeMap<StationId, Kind>,
    pub(super) checker: Arc<Checker>,
    pub(super) hear: mpsc::Sender<Heard>,
}

pub(super) async fn listen(listener: TcpListener, config: ServerConfig, reception: Reception) {
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let places = Arc::new(Semaphore::new(LINES_MOST));
    let reception = Arc::new(reception);
    let next = Arc::new(AtomicU64::new(1));
    while let Ok(place) = Arc::clone(&places).acquire_owned().await {
        let (stream, from) = match listener.accept().await {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!(%error, "A desk's line could not be accepted");
                tokio::time::sleep(PAUSE).await;
                continue;
            }
        };
        let (acceptor, reception) = (acceptor.clone(), Arc::clone(&reception));
        let number = DeskLine(next.fetch_add(1, Ordering::Relaxed));
        tokio::spawn(async move {
            let _ = stream.set_nodelay(true);
            match tokio::time::timeout(HANDSHAKE_TIMEOUT, acceptor.accept(stream)).await {
                Ok(Ok(stream)) => reception.receive(number, stream).await,
                Ok(Err(error)) => tracing::warn!(%from, %error, "Refused a desk's line"),
                Err(_) => tracing::warn!(%from, "A desk's handshake took too long"),
            }
            drop(place);
        });
    }
}

impl Reception {
    async fn receive(&self, number: DeskLine, stream: TlsStream<TcpStream>) {
        let (tcp, connection) = stream.get_ref();
        let shown = connection.peer_certificates().and_then(<[_]>::first);
        let subject = shown.and_then(|it| Subject::read(it).ok());
        let Some(Party::Station(station)) = subject.map(|it| it.party) else {
            return tracing::warn!("Refused a line: its certificate names no station");
        };
        let Some(kind) = self.stations.get(&station).copied() else {
            return tracing::warn!(%station, "Refused a line: not a desk of this center");
        };
        let (Ok(from), Ok(reached_at)) = (tcp.peer_addr(), tcp.local_addr()) else {
            return;
        };
        let line = Line {
            number,
            station,
            kind,
            from: from.ip(),
            reached_at: reached_at.ip(),
            checker: Arc::clone(&self.checker),
            hear: self.hear.clone(),
        };
        serve(line, stream).await;
    }
}
