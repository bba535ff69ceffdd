//! The lines on `rsipstack`.

use std::{net::SocketAddr, sync::Arc};

use rsipstack::{
    EndpointBuilder,
    platform::CancellationToken,
    transaction::endpoint::EndpointOption,
    transport::{TransportLayer, udp::UdpConnection},
};
use thiserror::Error;
use tokio::sync::mpsc;

use crate::{
    Command, Event, LegId, Settings, Signalling,
    directory::{Directory, Input},
    lines::Lines,
    reception::Reception,
};

const USER_AGENT: &str = "Minwon";
/// RFC 3261 §17.1.1.1 and §17.2.2: T4 is ten, a transaction's patience 64 times T1.
const T4_IN_T1: u32 = 10;
const PATIENCE_IN_T1: u32 = 64;

/// Why the lines could not be opened.
#[derive(Debug, Error)]
pub enum Fault {
    #[error("no transport is asked for")]
    NoTransport,
    #[error("cannot listen on {0}")]
    Listen(SocketAddr, #[source] rsipstack::Error),
    #[error("the stack did not start")]
    Start(#[source] rsipstack::Error),
}

/// Signalling over UDP, TCP and TLS. Dropping it closes the lines.
pub struct RsipSignalling {
    lines: Arc<Lines>,
    closing: CancellationToken,
    udp: Option<SocketAddr>,
}

impl RsipSignalling {
    /// Opens the lines; events come out of the receiver.
    ///
    /// # Errors
    /// When an address cannot be listened on.
    pub async fn open(settings: Settings) -> Result<(Self, mpsc::Receiver<Event>), Fault> {
        let closing = CancellationToken::new();
        let transports = TransportLayer::new(closing.clone());
        let mut listeners = Vec::new();
        let mut udp = None;
        if let Some(address) = settings.udp {
            let connection = UdpConnection::create_connection(address, None, None)
                .await
                .map_err(|error| Fault::Listen(address, error))?;
            udp = connection.get_addr().get_socketaddr().ok();
            listeners.push(connection.get_addr().clone());
            transports.add_transport(connection.into());
        }
        if listeners.is_empty() {
            return Err(Fault::NoTransport);
        }
        let t1 = settings.round_trip;
        let endpoint = EndpointBuilder::new()
            .with_user_agent(USER_AGENT)
            .with_cancel_token(closing.clone())
            .with_transport_layer(transports)
            .with_option(EndpointOption {
                t1,
                t2: t1 * 8,
                t4: t1 * T4_IN_T1,
                t1x64: t1 * PATIENCE_IN_T1,
                ..EndpointOption::default()
            })
            .build();
        let incoming = endpoint.incoming_transactions().map_err(Fault::Start)?;
        let (events, receiver) = mpsc::channel(settings.events_max);
        let lines = Arc::new(Lines {
            endpoint: endpoint.inner.clone(),
            events,
            directory: Directory::new(settings.legs_max),
            refreshing: settings.refreshing,
            listeners,
        });
        tokio::spawn(async move { endpoint.serve().await });
        tokio::spawn(Reception::new(lines.clone()).run(incoming));
        let opened = Self {
            lines,
            closing,
            udp,
        };
        Ok((opened, receiver))
    }

    /// The address of the UDP listener.
    pub fn udp_address(&self) -> Option<SocketAddr> {
        self.udp
    }

    /// Legs that are not over.
    pub fn legs(&self) -> usize {
        self.lines.directory.len()
    }
}

impl Signalling for RsipSignalling {
    fn new_leg(&mut self) -> LegId {
        self.lines.directory.new_leg()
    }

    fn carry_out(&mut self, command: Command) {
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
