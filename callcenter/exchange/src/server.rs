//! Starts the exchange and takes up what a crash left undone.

use std::{
    fs,
    net::SocketAddr,
    path::Path,
    sync::{Arc, Mutex},
    time::Duration,
};

use anyhow::Context;
use axum::serve::Listener;
use certificate::Press;
use identity::Credentials;
use ledger::backup::Keeper;
use serde_json::json;
use tokio::{net::TcpListener, sync::Notify, task::JoinHandle};

use crate::{
    ConsoleSettings, Settings, backups,
    badges::Badges,
    carried::{Carried, Door},
    clock::Clock,
    closing::Closing,
    connector::Connector,
    console::{Console, Peer},
    deliveries::{Recipients, keep_delivering},
    editions::{Content, Editions},
    enrollment,
    enrolment_door::{self, EnrolmentDoor},
    http::{self, Exchange, Known, Line, LineListener, Located, OpenData},
    issue::{Certifier, Issuer, Witness},
    keys,
    messages::{Spool, keep_sending},
    metrics::Metrics,
    open_checks::OpenChecks,
    open_rooms::OpenRooms,
    petitions::keep_concluding,
    presence::Presence,
    releases::ReleaseShelf,
    retention::keep_terms,
    roster::Roster,
    web::Page,
    working_days::WorkingDays,
};

/// For answers under way when the exchange is told to end.
const GRACE: Duration = Duration::from_secs(10);

/// The running exchange; it ends when this is dropped.
pub struct Running {
    /// Of stations and agents.
    pub address: SocketAddr,
    /// Of everybody.
    pub public: SocketAddr,
    /// Of operators.
    pub operators: Option<SocketAddr>,
    /// Of operators who sign in.
    pub console: Option<SocketAddr>,
    /// Of machines that are expected.
    pub enrolment: Option<SocketAddr>,
    exchange: Arc<Exchange>,
    task: JoinHandle<()>,
    /// Takes parcels, erases what is over, ends rooms and checks, delivers documents, and
    /// tells citizens.
    beside: Vec<JoinHandle<()>>,
    /// Archives what is left when the exchange ends.
    _backups: Option<Keeper>,
}

impl Running {
    pub fn url(&self) -> String {
        format!("https://{}", self.address)
    }

    /// Runs until the process is told to end, and then ends well.
    pub async fn until(mut self, end: impl Future<Output = ()>) {
        tokio::select! {
            _ = &mut self.task => return,
            () = end => {}
        }
        self.end().await;
    }

    /// Takes no new lines, answers what is held and finishes what is under way, for so
    /// long as [`GRACE`]. Requests that are not answered are taken up at the next start.
    pub async fn end(mut self) {
        let exchange = &self.exchange;
        exchange.closing.begin();
        exchange.rooms.close();
        exchange.checks.close();
        if tokio::time::timeout(GRACE, &mut self.task).await.is_err() {
            tracing::warn!("Some answers were not finished in time");
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Lines that are open have tasks of their own, which would go on answering.
        self.exchange.closing.begin();
        self.task.abort();
        self.beside.iter().for_each(JoinHandle::abort);
    }
}

/// Starts the exchange; its signatures carry no time-stamps.
///
/// # Errors
/// When the catalogue, the fonts, the keys, the store or the address cannot be had.
pub async fn start(settings: &Settings) -> anyhow::Result<Running> {
    start_with(settings, None).await
}

/// Starts the exchange; a time-stamp service at the address `time_stamps`
/// witnesses its signatures.
///
/// # Errors
/// As [`start`].
pub async fn start_witnessed(settings: &Settings, time_stamps: &str) -> anyhow::Result<Running> {
    start_with(settings, Some(Witness::new(time_stamps)?)).await
}

async fn start_with(settings: &Settings, witness: Option<Witness>) -> anyhow::Result<Running> {
    let clock = Clock::new(settings.clock_starts_at);
    fs::create_dir_all(&settings.data).context("cannot make the data folder")?;
    let (editions, content) = Editions::open(&settings.data, &settings.catalog, clock.now())?;
    let editions = Arc::new(editions);
    let Content {
        catalog,
        offices,
        locator,
        local,
    } = content;
    let (catalog, located) = (Arc::new(catalog), Located::new(locator));
    let keys = keys::open(&settings.data, &settings.key_store, clock.since_1970())?;
    let press = Press::with_debian_fonts()?;
    let certifier = Certifier::new(Arc::clone(&catalog), press, keys, witness);
    let file = settings.data.join("exchange.sqlite");
    let (store, backups) = backups::open(&file, settings.backup.as_ref(), clock)?;
    let connector = Connector::open(settings, &catalog, clock)?;
    let recipients = settings.recipients.as_deref().map(Recipients::read);
    let working_days = WorkingDays::of(&catalog);
    let issuer = Arc::new(Issuer {
        catalog,
        store,
        connector,
        certifier,
        recipients: recipients.transpose()?.unwrap_or_default(),
        clock,
        offices,
        working_days,
        published: Notify::new(),
        to_deliver: Notify::new(),
        to_tell: Notify::new(),
    });
    for (id, station) in issuer.store.jobs()? {
        tokio::spawn(Arc::clone(&issuer).answer(id, station));
    }
    let door = Door::open(
        &settings.data,
        Carried::open(&settings.data)?,
        Arc::clone(&editions),
    )
    .context("cannot open the door for parcels")?;
    let rooms = Arc::new(OpenRooms::new(clock.now()));
    let checks = Arc::new(OpenChecks::new(issuer.store.clone(), clock)?);
    let mut beside = vec![
        tokio::spawn(door.serve(Arc::clone(&issuer))),
        tokio::spawn(keep_concluding(Arc::clone(&issuer))),
        tokio::spawn(keep_terms(Arc::clone(&issuer), settings.training_kept)),
        tokio::spawn(keep_delivering(Arc::clone(&issuer))),
        tokio::spawn(Arc::clone(&rooms).end_what_is_over()),
        tokio::spawn(Arc::clone(&checks).end_what_is_over()),
    ];
    if let Some(folder) = &settings.text_messages {
        let spool = Spool::open(folder).context("cannot open the folder for text messages")?;
        beside.push(tokio::spawn(keep_sending(
            Arc::clone(&issuer),
            Arc::new(spool),
        )));
    }
    issuer.announce_edition(&editions)?;
    let exchange = Arc::new(Exchange {
        editions,
        releases: Arc::new(ReleaseShelf::new(&settings.data)),
        data: settings.data.clone(),
        roster: Roster::read(&settings.stations)?,
        badges: Badges::new(
            enrollment::switches(&settings.data, clock.now())?,
            settings.unproven_agents,
        ),
        tries: Mutex::default(),
        paper_tries: Mutex::default(),
        rooms,
        checks,
        located,
        local,
        open_data: OpenData::default(),
        known: Known::default(),
        metrics: Metrics::new(&issuer.connector.metrics),
        closing: Closing::new(),
        looked: Mutex::default(),
        backup: settings.backup.clone(),
        presence: Mutex::new(Presence::new(clock.now())),
        console: Console::new().context("the system draws nothing")?,
        page: Page::new(&settings.page, &settings.data.join("trust")),
        co_signer: keys::co_signer(&settings.data)?,
        trust: trust(&settings.data.join("trust"))?,
        issuer,
    });
    let own = enrollment::own(&settings.data, &settings.names, clock.now())?;
    let config = identity::server(own, identity::Clock::new(move || clock.now()))?;
    let listener = TcpListener::bind(settings.listen)
        .await
        .context("cannot listen for stations")?;
    let lines = LineListener::start(listener, config)?;
    let open = TcpListener::bind(settings.public)
        .await
        .context("cannot listen for the public")?;
    let watched = match settings.operators {
        None => None,
        Some(address) => {
            let listener = TcpListener::bind(address).await;
            Some(listener.context("cannot listen for operators")?)
        }
    };
    let signing_in = match &settings.console {
        None => None,
        Some(console) => Some(console_listener(console, settings, clock).await?),
    };
    let console = signing_in.as_ref().map(Listener::local_addr).transpose()?;
    let expected = match settings.enrolment {
        None => None,
        Some(address) => Some(enrolment_listener(address, settings, clock).await?),
    };
    let enrolment = expected
        .as_ref()
        .map(|(it, _)| it.local_addr())
        .transpose()?;
    let (address, public) = (lines.local_addr()?, open.local_addr()?);
    let operators = watched.as_ref().map(TcpListener::local_addr).transpose()?;
    let task = tokio::spawn(serve(
        Arc::clone(&exchange),
        lines,
        open,
        watched,
        signing_in,
        expected,
    ));
    Ok(Running {
        address,
        public,
        operators,
        console,
        enrolment,
        exchange,
        task,
        beside,
        _backups: backups,
    })
}

/// Serves all sides until the exchange is about to end, and what is under way then.
/// Operators are told of it until nobody else is.
async fn serve(
    exchange: Arc<Exchange>,
    lines: LineListener,
    open: TcpListener,
    watched: Option<TcpListener>,
    signing_in: Option<LineListener>,
    expected: Option<(LineListener, Arc<EnrolmentDoor>)>,
) {
    let for_lines =
        http::lines(Arc::clone(&exchange)).into_make_service_with_connect_info::<Line>();
    let for_everybody = http::public(Arc::clone(&exchange));
    let for_everybody = for_everybody.into_make_service_with_connect_info::<SocketAddr>();
    let ending = |closing: Closing| async move { closing.begun().await };
    let closing = &exchange.closing;
    let both = async {
        tokio::try_join!(
            axum::serve(lines, for_lines)
                .with_graceful_shutdown(ending(closing.clone()))
                .into_future(),
            axum::serve(open, for_everybody)
                .with_graceful_shutdown(ending(closing.clone()))
                .into_future(),
        )
        .map(drop)
    };
    let beside = async {
        match watched {
            Some(listener) => axum::serve(listener, http::operators(Arc::clone(&exchange))).await,
            None => std::future::pending().await,
        }
    };
    let for_operators = http::console(Arc::clone(&exchange));
    let for_operators = for_operators.into_make_service_with_connect_info::<Peer>();
    let console = async {
        match signing_in {
            Some(listener) => axum::serve(listener, for_operators).await,
            None => std::future::pending().await,
        }
    };
    let enrolment = async {
        match expected {
            Some((listener, door)) => {
                let routes = enrolment_door::routes(door);
                let routes = routes.into_make_service_with_connect_info::<Peer>();
                axum::serve(listener, routes).await
            }
            None => std::future::pending().await,
        }
    };
    let ended = tokio::select! {
        ended = enrolment => ended,
        ended = both => ended,
        ended = beside => ended,
        ended = console => ended,
    };
    if let Err(error) = ended {
        tracing::error!(%error, "The exchange stopped listening");
    }
}

/// Where machines come that have no certificate yet: over TLS, known by their labels.
async fn enrolment_listener(
    address: SocketAddr,
    settings: &Settings,
    clock: Clock,
) -> anyhow::Result<(LineListener, Arc<EnrolmentDoor>)> {
    let own = Credentials::read(&enrollment::own_folder(&settings.data));
    let own = own.context("the exchange's certificate")?;
    let config = identity::server_for_browsers(own, identity::Clock::new(move || clock.now()))?;
    let listener = TcpListener::bind(address).await;
    let listener = listener.context("cannot listen for machines that are expected")?;
    let door = EnrolmentDoor::new(settings.data.clone(), settings.stations.clone(), clock);
    Ok((LineListener::start(listener, config)?, Arc::new(door)))
}

/// Where browsers come: over TLS, without a certificate of their own.
async fn console_listener(
    console: &ConsoleSettings,
    settings: &Settings,
    clock: Clock,
) -> anyhow::Result<LineListener> {
    let folder = console.credentials.clone();
    let folder = folder.unwrap_or_else(|| enrollment::own_folder(&settings.data));
    let own = Credentials::read(&folder).context("the console's certificate")?;
    let config = identity::server_for_browsers(own, identity::Clock::new(move || clock.now()))?;
    let listener = TcpListener::bind(console.listen).await;
    let listener = listener.context("cannot listen for the console")?;
    Ok(LineListener::start(listener, config)?)
}

fn trust(folder: &Path) -> anyhow::Result<serde_json::Value> {
    let read = |name: &str| {
        fs::read_to_string(folder.join(name)).with_context(|| format!("cannot read {name}"))
    };
    let seal_keys: serde_json::Value = serde_json::from_str(&read("seal-keys.json")?)?;
    Ok(json!({
        "ca": read("ca.pem")?, "seal_keys": seal_keys, "co_signer": read("co-signer.pem")?
    }))
}
