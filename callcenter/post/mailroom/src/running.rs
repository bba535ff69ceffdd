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
use journal::{Journal, Key, SetAside, SigningKeyError};
use lettre::Address;
use post::{Office, Site};
use request::ServiceRequest;
use station::{Clock, Moment};
use sync::Station;
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
    #[error("the journal cannot be had")]
    Journal(#[from] journal::Error),
    #[error("the key of the journal cannot be had")]
    JournalKey(#[from] journal::KeyError),
    #[error(transparent)]
    SigningKey(#[from] SigningKeyError),
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
        let journal = open_journal(settings, now)?;
        let journal_key = journal::signing_key(&beside(settings, "journal-key.pem"))?;
        let journal_public_key = journal_key.public().to_pem();
        let journal_public_key = journal_public_key.map_err(SigningKeyError::from)?;
        let mut station = Station::new(
            journal.acknowledged()?,
            journal.received()?,
            seed(settings.station.as_str()),
            now.instant,
        );
        if journal.salvaged_count()? > 0 {
            station.tell_salvage();
        }
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
            link,
            mailbox: orders,
            server,
            runtime: runtime.handle().clone(),
            service: Arc::new(service),
            address,
            clock,
            heard,
            happenings: happenings.clone(),
            journal_broken: false,
            journal_key,
            journal_public_key,
            forget_at: now.instant,
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

fn beside(settings: &Settings, name: &str) -> std::path::PathBuf {
    settings.journal.with_file_name(name)
}

fn open_journal(settings: &Settings, now: Moment) -> Result<Journal, StartError> {
    let key = Key::of_station(&beside(settings, "station.key"), &settings.journal)?;
    let station = settings.station.clone();
    let (journal, aside) = Journal::open_or_set_aside(&settings.journal, station, &key, now.wall)?;
    if let Some(SetAside { file, salvage }) = aside {
        tracing::error!(
            file = %file.display(),
            saved = salvage.chained,
            lost = salvage.lost(),
            "The journal was damaged; a new one was begun with what could be saved"
        );
    }
    Ok(journal)
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

/// Spreads the attempts of many stations (FNV-1a).
fn seed(station: &str) -> u64 {
    station.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
