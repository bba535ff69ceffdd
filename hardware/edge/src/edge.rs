//! The edge as it runs: one task owns services and devices, one each a client's line.

use std::{
    collections::BTreeMap,
    io,
    net::SocketAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use fitting::{DeviceError, DeviceEvent, Devices};
use identity::{Credentials, CredentialsFault};
use station::Clock;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{
        OwnedSemaphorePermit, Semaphore,
        mpsc::{self, Receiver, Sender, UnboundedReceiver, unbounded_channel},
    },
    time::{sleep, timeout},
};
use tokio_rustls::TlsAcceptor;

use crate::{
    ClientId, DeviceOrder, Exposed, Input, Named, Output, Settings,
    line::{LineFault, Opening},
    message::Text,
    services,
};

/// Lines at once; whoever comes beyond them waits at the door.
pub const CLIENTS_MAX: usize = 32;
/// From the first byte to an open WebSocket.
const OPENING_TIMEOUT: Duration = Duration::from_secs(10);
/// What clients have said and nobody has looked at yet.
const UNHEARD_MAX: usize = 64;
/// After the machine has refused a line, for want of file handles as a rule.
const ACCEPT_PAUSE: Duration = Duration::from_millis(200);

/// What happens on clients' lines.
pub(crate) enum Happening {
    Joined(ClientId, usize, Sender<Text>),
    Received(ClientId, Vec<u8>),
    Left(ClientId),
}

#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error(transparent)]
    Exposed(#[from] Exposed),
    #[error("the credentials are of no use")]
    Credentials(#[from] CredentialsFault),
    #[error("{0} cannot be listened on")]
    Listen(SocketAddr, #[source] io::Error),
    #[error(transparent)]
    Device(#[from] DeviceError),
}

/// Listens once it is bound, serves while it runs.
pub struct Edge {
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    opening: Arc<Opening>,
    hub: Hub,
}

impl Edge {
    /// Starts the devices and listens, within the present Tokio runtime.
    ///
    /// # Errors
    /// When others could come unasked, the address is taken, or a device cannot be started.
    pub async fn start(settings: &Settings) -> Result<Self, StartError> {
        settings.check()?;
        let tls = match &settings.tls {
            None => None,
            Some(tls) => {
                let credentials = Credentials::read(&tls.credentials)?;
                let clock = identity::Clock::new(|| Clock::System.now().wall);
                let config = identity::server(credentials, clock)?;
                Some(TlsAcceptor::from(Arc::new(config)))
            }
        };
        let listener = TcpListener::bind(settings.listen).await;
        let listener = listener.map_err(|error| StartError::Listen(settings.listen, error))?;
        let services = services(&settings.devices, settings.dialect);
        let (tell, told) = unbounded_channel();
        let mut devices = settings.devices.clone();
        devices.tracks_told = true;
        let devices = Devices::start(
            &devices,
            || jiff::Zoned::now().date(),
            None,
            move |event| drop(tell.send(event)),
        )?;
        let (happenings, happened) = mpsc::channel(UNHEARD_MAX);
        let opening = Opening {
            names: services.iter().map(|it| it.name.clone()).collect(),
            dialect: settings.dialect,
            scheme: if tls.is_some() { "wss" } else { "ws" },
            host: settings.host.clone(),
            happenings,
        };
        Ok(Self {
            listener,
            tls,
            opening: Arc::new(opening),
            hub: Hub {
                services,
                devices,
                clients: BTreeMap::new(),
                happened,
                told,
            },
        })
    }

    /// Where it listens: the port may have been left to the machine.
    ///
    /// # Errors
    /// When the machine does not say.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Serves until it is dropped.
    pub async fn run(self) {
        let Self {
            listener,
            tls,
            opening,
            hub,
        } = self;
        tokio::join!(hub.run(), accept(listener, tls, opening));
    }
}

async fn accept(listener: TcpListener, tls: Option<TlsAcceptor>, opening: Arc<Opening>) {
    let room = Arc::new(Semaphore::new(CLIENTS_MAX));
    let mut last = 0;
    // The semaphore is never closed.
    while let Ok(permit) = Arc::clone(&room).acquire_owned().await {
        match listener.accept().await {
            Ok((stream, _)) => {
                last += 1;
                let line = serve(ClientId(last), stream, tls.clone(), opening.clone(), permit);
                tokio::spawn(line);
            }
            Err(error) => {
                tracing::warn!(%error, "A line could not be taken");
                sleep(ACCEPT_PAUSE).await;
            }
        }
    }
}

async fn serve(
    client: ClientId,
    stream: TcpStream,
    tls: Option<TlsAcceptor>,
    opening: Arc<Opening>,
    room: OwnedSemaphorePermit,
) {
    let ended = talk(client, stream, tls, &opening).await;
    match ended {
        Ok(()) => tracing::debug!(client = client.0, "A client has gone"),
        Err(fault) => {
            let fault: &dyn std::error::Error = &fault;
            tracing::info!(client = client.0, fault, "A client's line has ended");
        }
    }
    drop(room);
}

async fn talk(
    client: ClientId,
    stream: TcpStream,
    tls: Option<TlsAcceptor>,
    opening: &Opening,
) -> Result<(), LineFault> {
    let local = stream.local_addr().map_err(LineFault::NoAddress)?;
    // Messages are short and each is waited for.
    let _ = stream.set_nodelay(true);
    match tls {
        None => {
            let open = timeout(OPENING_TIMEOUT, opening.open(stream)).await;
            let open = open.map_err(|_| LineFault::Silent)??;
            opening.serve(client, local, open).await
        }
        Some(tls) => {
            let open = timeout(OPENING_TIMEOUT, async {
                let stream = tls.accept(stream).await.map_err(LineFault::NotLetIn)?;
                opening.open(stream).await
            });
            let open = open.await.map_err(|_| LineFault::Silent)??;
            opening.serve(client, local, open).await
        }
    }
}

/// Owns what the lines share.
struct Hub {
    services: Vec<Named>,
    devices: Devices,
    /// Whom each client has come to, and where its messages go.
    clients: BTreeMap<ClientId, (usize, Sender<Text>)>,
    happened: Receiver<Happening>,
    told: UnboundedReceiver<DeviceEvent>,
}

impl Hub {
    async fn run(mut self) {
        loop {
            let due = self
                .services
                .iter()
                .filter_map(|it| it.service.poll_timeout());
            let due = due.min();
            tokio::select! {
                Some(event) = self.told.recv() => {
                    for place in 0..self.services.len() {
                        self.handle(place, Input::Device(&event));
                    }
                }
                happening = self.happened.recv() => match happening {
                    Some(happening) => self.happen(happening),
                    None => return,
                },
                () = until(due) => {
                    let now = Instant::now();
                    for place in 0..self.services.len() {
                        self.services[place].service.handle_timeout(now);
                        self.carry_out(place);
                    }
                }
            }
        }
    }

    fn happen(&mut self, happening: Happening) {
        match happening {
            Happening::Joined(client, place, send) => {
                self.clients.insert(client, (place, send));
                self.handle(place, Input::Joined(client));
            }
            Happening::Received(client, bytes) => {
                if let Some((place, _)) = self.clients.get(&client) {
                    self.handle(*place, Input::Received(client, &bytes));
                }
            }
            Happening::Left(client) => self.let_go(client),
        }
    }

    fn let_go(&mut self, client: ClientId) {
        if let Some((place, _)) = self.clients.remove(&client) {
            self.handle(place, Input::Left(client));
        }
    }

    fn handle(&mut self, place: usize, input: Input<'_>) {
        self.services[place].service.handle(input, Instant::now());
        self.carry_out(place);
    }

    fn carry_out(&mut self, place: usize) {
        while let Some(output) = self.services[place].service.poll_output() {
            match output {
                Output::Order(order) => self.order(order),
                Output::Send(client, text) => {
                    let line = self.clients.get(&client);
                    if line.is_some_and(|(_, line)| line.try_send(text).is_err()) {
                        tracing::warn!(client = client.0, "A client does not read");
                        self.let_go(client);
                    }
                }
            }
        }
    }

    fn order(&self, order: DeviceOrder) {
        match order {
            DeviceOrder::Card(index, order) => self.devices.card_reader(index, order),
            DeviceOrder::ReceiptPrinter(order) => self.devices.receipt_printer(order),
            DeviceOrder::Barcode(order) => self.devices.barcode_reader(order),
            DeviceOrder::Cash(order) => self.devices.cash(order),
            DeviceOrder::Auxiliaries(order) => self.devices.auxiliaries(order),
        }
    }
}

async fn until(due: Option<Instant>) {
    match due {
        Some(due) => tokio::time::sleep_until(due.into()).await,
        None => std::future::pending().await,
    }
}
