//! Starts a kiosk: opens the journal, ends what a crash left open, starts the
//! devices, the link and the event loop.

use std::{
    sync::{
        Arc,
        mpsc::{Sender, channel},
    },
    thread::JoinHandle,
};

use catalog::Catalog;
use journal::Journal;
use request::Timestamp;
use sync::Station;
use tokio::runtime::{Builder, Runtime};

use crate::{
    card_readers::CardReaders,
    clock::Clock,
    devices::{DeviceError, Devices},
    event_loop::EventLoop,
    happening::Happening,
    settings::{Settings, SettingsError},
    visit::{Touch, View, Visit},
};

/// A running kiosk without its window; it ends when this is dropped.
pub struct Kiosk {
    happenings: Sender<Happening>,
    thread: Option<JoinHandle<()>>,
    /// Keeps the drivers and the link running.
    runtime: Option<Runtime>,
}

#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error(transparent)]
    Settings(#[from] SettingsError),
    #[error("the catalogue is of no use")]
    Catalog(#[from] catalog::Error),
    #[error("the journal cannot be had")]
    Journal(#[from] journal::Error),
    #[error(transparent)]
    Device(#[from] DeviceError),
    #[error("the machine has no threads left")]
    Thread(#[source] std::io::Error),
}

impl Kiosk {
    /// `show` is called with every view, from a thread of the kiosk's own.
    ///
    /// # Errors
    /// When the settings, the catalogue or the journal are of no use.
    pub fn start(
        settings: &Settings,
        clock: Clock,
        show: impl FnMut(View) + Send + 'static,
    ) -> Result<Self, StartError> {
        let catalog = Arc::new(Catalog::read(&settings.catalog)?);
        let now = clock.now();
        let (mut journal, aside) =
            Journal::open_or_set_aside(&settings.journal, settings.station.clone(), now.wall)?;
        if let Some(aside) = aside {
            tracing::error!(file = %aside.display(), "The journal could not be read; a new one was begun");
        }
        recover(&mut journal, now.wall)?;
        let station = Station::new(
            journal.acknowledged()?,
            journal.received()?,
            seed(settings.station.as_str()),
            now.instant,
        );

        let runtime = Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("kiosk-io")
            .enable_all()
            .build()
            .map_err(StartError::Thread)?;
        let (happenings, heard) = channel();
        let within = runtime.enter();
        let devices = Devices::start(&settings.devices, clock, &happenings)?;
        let link = start_link(settings, clock, &happenings);
        drop(within);

        let event_loop = EventLoop {
            visit: Visit::new(catalog, settings.site(), now),
            station,
            station_id: settings.station.clone(),
            journal,
            card_readers: CardReaders::new(settings.devices.card_readers.len()),
            devices,
            link,
            clock,
            show: Box::new(show),
            happenings: heard,
            journal_broken: false,
            ask_networks_at: None,
        };
        let thread = std::thread::Builder::new()
            .name("kiosk-visit".to_owned())
            .spawn(move || event_loop.run())
            .map_err(StartError::Thread)?;
        Ok(Self {
            happenings,
            thread: Some(thread),
            runtime: Some(runtime),
        })
    }

    /// Where the window sends what fingers do.
    pub fn touches(&self) -> impl Fn(Touch) + Clone + 'static {
        let happenings = self.happenings.clone();
        move |touch| drop(happenings.send(Happening::Touched(touch)))
    }
}

impl Drop for Kiosk {
    fn drop(&mut self) {
        let _ = self.happenings.send(Happening::Ended);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

fn start_link(
    settings: &Settings,
    clock: Clock,
    happenings: &Sender<Happening>,
) -> tokio::sync::mpsc::UnboundedSender<link::Order> {
    let to_exchange = link::Settings {
        exchange: settings.exchange.url.clone(),
        station: settings.station.clone(),
        credentials: settings.exchange.credentials.clone(),
        clock: link::Clock::new(move || clock.now().wall),
    };
    let happenings = happenings.clone();
    let tell = move |event| drop(happenings.send(Happening::Link(event)));
    link::start(to_exchange, tell)
}

/// Brings what a crash left open to an honest end. Whoever stood here is gone:
/// their money is owed, a sheet that may exist is void.
fn recover(journal: &mut Journal, now: Timestamp) -> Result<(), journal::Error> {
    for id in journal.open_requests()? {
        let Some(request) = journal.request(&id)? else {
            continue;
        };
        tracing::warn!(request = %id, "Ends a request that was left open");
        for event in request::recovery(&request, &request::refund_ticket(&id)) {
            journal.append(&id, &event, now)?;
        }
    }
    Ok(())
}

/// Spreads the attempts of many stations (FNV-1a).
fn seed(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
