//! Starts a post office: opens the journal, says what a crash left in doubt,
//! starts the lines and the event loop.

use std::{
    sync::{
        Arc,
        mpsc::{Sender, channel},
    },
    thread::JoinHandle,
    time::Duration,
};

use catalog::{AcceptedService, Catalog};
use journal::Journal;
use lettre::Address;
use post::{Office, Site};
use request::ServiceRequest;
use station::{Clock, Correspondent, Forgetting, OpenError};
use tokio::{
    runtime::{Builder, Runtime},
    sync::oneshot,
};
use tokio_rustls::TlsConnector;

use crate::{
    event_loop::EventLoop,
    happening::Happening,
    mailbox::Mailbox,
    outgoing::{MailServer, OutgoingError},
    settings::{Settings, SettingsError, password},
    trust::{self, TrustError},
};

/// What is under way when it ends is given so long.
const FAREWELL: Duration = Duration::from_secs(2);

/// A running post office; it ends when this is dropped.
pub struct Post {
    happenings: Sender<Happening>,
    thread: Option<JoinHandle<()>>,
    /// Says when the thread has ended.
    ended: oneshot::Receiver<()>,
    /// Keeps the lines running.
    runtime: Option<Runtime>,
}

#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error(transparent)]
    Settings(#[from] SettingsError),
    #[error("the office's address is none")]
    Address,
    #[error("the catalogue is of no use")]
    Catalog(#[from] catalog::Error),
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error("the journal cannot be read")]
    Journal(#[from] journal::Error),
    #[error(transparent)]
    Trust(#[from] TrustError),
    #[error(transparent)]
    Outgoing(#[from] OutgoingError),
    #[error("the machine has no threads left")]
    Thread(#[source] std::io::Error),
}

impl Post {
    /// # Errors
    /// When the settings, the catalogue or the journal are of no use.
    pub fn start(settings: &Settings, clock: Clock) -> Result<Self, StartError> {
        let service = service(settings)?;
        let address: Address = settings.address.parse().map_err(|_| StartError::Address)?;
        let server = Arc::new(MailServer::new(&settings.outgoing, &address)?);
        let tls = TlsConnector::from(trust::client(&settings.incoming.authority)?);
        let now = clock.now();
        let key_file = settings.journal.with_file_name("station.key");
        let (journal, signing) =
            station::open_journal(&settings.journal, &key_file, &settings.station, now.wall)?;
        let runtime = Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("post-io")
            .enable_all()
            .build()
            .map_err(StartError::Thread)?;
        let (happenings, heard) = channel();
        let (orders, told) = tokio::sync::mpsc::unbounded_channel();
        let mailbox = Mailbox {
            settings: settings.incoming.clone(),
            password: password(&settings.incoming.password_file)?,
            tls,
            office: settings.address.clone(),
            happenings: happenings.clone(),
        };
        runtime.spawn(mailbox.watch(told));
        let within = runtime.enter();
        let link = start_link(settings, clock, &happenings);
        drop(within);
        let release = env!("CARGO_PKG_VERSION");
        let station = Correspondent::new(&settings.station, &journal, signing, link, release)?;
        let site = Site {
            station: settings.station.clone(),
            service: service.clone(),
            language: settings.language.clone(),
        };
        let restored = restored(&journal)?;
        let event_loop = EventLoop {
            office: Office::new(site, restored, journal.acknowledged()?, now.instant),
            station,
            journal,
            mailbox: orders,
            server,
            runtime: runtime.handle().clone(),
            service: Arc::new(service),
            address,
            clock,
            heard,
            happenings: happenings.clone(),
            journal_broken: false,
            forgetting: Forgetting::new(now.instant),
        };
        let (ending, ended) = oneshot::channel();
        let thread = std::thread::Builder::new()
            .name("post-office".to_owned())
            .spawn(move || {
                journal::prioritise_this_thread();
                event_loop.run();
                drop(ending);
            })
            .map_err(StartError::Thread)?;
        Ok(Self {
            happenings,
            thread: Some(thread),
            ended,
            runtime: Some(runtime),
        })
    }

    /// Waits until it is asked to close. `false` when it closed by itself, because
    /// its journal failed: who starts it again begins from the disk.
    pub fn wait(&mut self, asked: impl Future<Output = ()>) -> bool {
        let Some(runtime) = self.runtime.as_ref() else {
            return false;
        };
        let ended = &mut self.ended;
        runtime.block_on(async {
            tokio::select! {
                () = asked => true,
                _ = ended => false,
            }
        })
    }
}

impl Drop for Post {
    fn drop(&mut self) {
        let _ = self.happenings.send(Happening::Ended);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_timeout(FAREWELL);
        }
    }
}

fn service(settings: &Settings) -> Result<AcceptedService, StartError> {
    let catalog = Catalog::read(&settings.catalog)?;
    let service = catalog.accepted_service(&settings.service).cloned();
    Ok(service.ok_or_else(|| SettingsError::Service(settings.service.clone()))?)
}

/// The petitions that are not over, and where each stands in the journal.
fn restored(journal: &Journal) -> Result<Vec<(ServiceRequest, u64)>, journal::Error> {
    let mut restored = Vec::new();
    for id in journal.open_requests()? {
        let (request, number) = (journal.request(&id)?, journal.newest_entry_of(&id)?);
        restored.extend(request.zip(number));
    }
    Ok(restored)
}

fn start_link(
    settings: &Settings,
    clock: Clock,
    happenings: &Sender<Happening>,
) -> tokio::sync::mpsc::UnboundedSender<link::Order> {
    let happenings = happenings.clone();
    let settings = link::Settings {
        exchange: settings.exchange.url.clone(),
        station: settings.station.clone(),
        credentials: settings.exchange.credentials.clone(),
        clock: link::Clock::new(move || clock.now().wall),
    };
    link::start(settings, move |event| {
        drop(happenings.send(Happening::Link(event)));
    })
}
