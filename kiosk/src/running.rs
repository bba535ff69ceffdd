//! Starts a kiosk: opens the journal, sees what a crash left open, starts the
//! devices, the link and the event loop.

use std::{
    sync::{
        Arc,
        mpsc::{Sender, channel},
    },
    thread::JoinHandle,
};

use devices::lights::Lights;
use fitting::{DeviceError, DeviceEvent, Devices};
use jiff::civil::Date;
use journal::Journal;
use station::{
    Bulletin, Clock, Contacts, Correspondent, Forgetting, OpenError, SettingsError, TicketKeyError,
};
use tokio::runtime::{Builder, Runtime};

use crate::{
    board_line::BoardLine,
    card_readers::CardReaders,
    content::{Content, ContentError},
    deed::Watch,
    editions,
    event_loop::EventLoop,
    evidence::Counted,
    handset::{self, Handset},
    happening::Happening,
    kept_copy,
    leases::Asked,
    maintaining,
    maintenance::Maintenance,
    paper_line::PaperLine,
    press,
    pulse::{Pulse, Turns},
    recovery::{LeftOpen, Recovery},
    settings::Settings,
    visit::{Touch, View, Visit},
};

/// A running kiosk without its window; it ends when this is dropped.
pub struct Kiosk {
    happenings: Sender<Happening>,
    thread: Option<JoinHandle<()>>,
    /// Keeps the drivers and the link running.
    runtime: Option<Runtime>,
    turns: Turns,
}

#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error(transparent)]
    Settings(#[from] SettingsError),
    #[error(transparent)]
    Content(#[from] ContentError),
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error("the journal cannot be read")]
    Journal(#[from] journal::Error),
    #[error(transparent)]
    TicketKey(#[from] TicketKeyError),
    #[error(transparent)]
    Device(#[from] DeviceError),
    #[error("the machine has no threads left")]
    Thread(#[source] std::io::Error),
}

impl Kiosk {
    /// `show` is called with every view, from a thread of the kiosk's own; it is dropped
    /// when the kiosk ends, also when that ends by itself.
    ///
    /// # Errors
    /// When the settings, the catalogue or the journal are of no use.
    pub fn start(
        settings: &Settings,
        clock: Clock,
        show: impl FnMut(View) + Send + 'static,
    ) -> Result<Self, StartError> {
        Self::begin(settings, clock, Box::new(show), None)
    }

    /// A kiosk that tells `watch` of every deed, just before and just after it.
    ///
    /// # Errors
    /// As [`Kiosk::start`].
    pub fn start_watched(
        settings: &Settings,
        clock: Clock,
        show: impl FnMut(View) + Send + 'static,
        watch: Watch,
    ) -> Result<Self, StartError> {
        Self::begin(settings, clock, Box::new(show), Some(watch))
    }

    fn begin(
        settings: &Settings,
        clock: Clock,
        show: Box<dyn FnMut(View) + Send>,
        watch: Option<Watch>,
    ) -> Result<Self, StartError> {
        let now = clock.now();
        let shelf = editions::shelf(settings);
        let (editions, content) = shelf.at_start(now.wall, || Content::read(&settings.catalog))?;
        let Content {
            catalog,
            locator,
            local,
        } = content;
        let (mut journal, signing) = station::open_journal(
            &settings.journal,
            &settings.key_file(),
            &settings.station,
            now.wall,
        )?;
        journal.overwrite_memory()?;
        let beside = |name: &str| settings.journal.with_file_name(name);
        let tickets = station::open_ticket_key(&beside("ticket-key.pem"), &settings.station)?;
        let public_key = tickets.public_key().map_err(TicketKeyError::from)?;
        let tickets = Arc::new(tickets);
        let open = LeftOpen::read(&mut journal)?;
        let bulletin = bulletin(&journal)?;
        let seen = open.iter().find_map(|it| it.cash);

        let runtime = Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("kiosk-io")
            .enable_all()
            .build()
            .map_err(StartError::Thread)?;
        let (happenings, heard) = channel();
        let turns = Turns::default();
        let within = runtime.enter();
        let book_file = beside("service-book.json");
        let book = maintaining::read_book(&book_file);
        let mut fitted = settings.devices.clone();
        if let Some(cash) = &mut fitted.cash {
            cash.hoppers = book.hoppers(&cash.hoppers);
        }
        let devices = Devices::start(&fitted, move || today(clock), seen, teller(&happenings))?;
        let link = start_link(settings, clock, &happenings);
        let telephone = start_handset(settings, clock, &happenings);
        let board_file = beside("board.json");
        let board_line = BoardLine::start(
            to_exchange(settings, clock),
            board_file.clone(),
            happenings.clone(),
        );
        let trust_file = beside("trust.json");
        let paper_line = PaperLine::start(
            to_exchange(settings, clock),
            trust_file.clone(),
            happenings.clone(),
        );
        drop(within);
        let release = env!("CARGO_PKG_VERSION");
        let station = Correspondent::new(&settings.station, &journal, signing, link, release)?;

        let mut visit = if open.is_empty() {
            Visit::new(
                Arc::clone(&catalog),
                settings.site(),
                Arc::clone(&tickets),
                now,
            )
        } else {
            Visit::recovering(
                Arc::clone(&catalog),
                settings.site(),
                Arc::clone(&tickets),
                now,
            )
        }
        .with_locator(locator)
        .with_board(local, kept_copy::kept(&board_file))
        .trusting(Arc::new(kept_copy::kept(&trust_file)));
        visit.prefer(book.preferences(), now);
        if let Some((light, percent)) = settings.backlight.as_ref().zip(book.brightness()) {
            light.shine(percent);
        }
        let event_loop = EventLoop {
            recovery: (!open.is_empty())
                .then(|| Recovery::new(open, Arc::clone(&tickets), now.instant)),
            visit,
            counted: Counted::default(),
            watch,
            station,
            station_id: settings.station.clone(),
            journal,
            card_readers: CardReaders::new(settings.devices.card_readers.len()),
            devices,
            handset: Handset::default(),
            telephone,
            clock,
            show,
            lights: Lights::default(),
            happenings: heard,
            journal_broken: false,
            contacts: Contacts::read(beside("contacts.json")),
            bulletin,
            board_line,
            paper_line,
            restart_wanted: false,
            ticket_key: public_key,
            asked: Asked::default(),
            press: press::start(Arc::clone(&catalog), happenings.clone())
                .map_err(StartError::Thread)?,
            leases_at: now.instant,
            ask_networks_at: None,
            look_for_room_at: None,
            catalog,
            editions,
            shelf,
            to_self: happenings.clone(),
            forgetting: Forgetting::new(now.instant),
            maintenance: Maintenance::new(settings.fitted(), book, now),
            at_rest: false,
            technicians: settings.technicians.clone().into(),
            book_file,
            backlight: settings.backlight.clone(),
            reports: maintaining::Reports::of(settings),
            pulse: settings
                .appliance
                .clone()
                .map(|it| Pulse::new(it, turns.clone(), now.wall, now.instant)),
            screen: "",
        };
        let thread = std::thread::Builder::new()
            .name("kiosk-visit".to_owned())
            .spawn(move || {
                journal::prioritise_this_thread();
                event_loop.run();
            })
            .map_err(StartError::Thread)?;
        Ok(Self {
            happenings,
            thread: Some(thread),
            runtime: Some(runtime),
            turns,
        })
    }

    /// Counted by whoever drives the window, each time its loop has turned.
    pub fn turns(&self) -> Turns {
        self.turns.clone()
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

/// Nobody listens any more only when the program ends.
fn teller(happenings: &Sender<Happening>) -> impl Fn(DeviceEvent) + Clone + Send + 'static {
    let happenings = happenings.clone();
    move |event| drop(happenings.send(Happening::Device(event)))
}

/// The date on a Korean wall.
fn today(clock: Clock) -> Date {
    let local = clock.now().wall.local();
    let parts = (
        i16::try_from(local.year),
        i8::try_from(local.month),
        i8::try_from(local.day),
    );
    match parts {
        (Ok(year), Ok(month), Ok(day)) => Date::new(year, month, day).unwrap_or_default(),
        _ => Date::default(),
    }
}

fn start_link(
    settings: &Settings,
    clock: Clock,
    happenings: &Sender<Happening>,
) -> tokio::sync::mpsc::UnboundedSender<link::Order> {
    let happenings = happenings.clone();
    let tell = move |event| drop(happenings.send(Happening::Link(event)));
    link::start(to_exchange(settings, clock), tell)
}

fn to_exchange(settings: &Settings, clock: Clock) -> link::Settings {
    link::Settings {
        exchange: settings.exchange.url.clone(),
        station: settings.station.clone(),
        credentials: settings.exchange.credentials.clone(),
        clock: link::Clock::new(move || clock.now().wall),
    }
}

/// Where the site has a handset and a switch.
fn start_handset(
    settings: &Settings,
    clock: Clock,
    happenings: &Sender<Happening>,
) -> Option<tokio::sync::mpsc::UnboundedSender<softphone::Order>> {
    let (address, sound) = settings.switch.clone().zip(settings.sound.clone())?;
    let line = handset::LineSettings {
        address,
        sound,
        clock: identity::Clock::new(move || clock.now().wall),
        seed: station::attempts_seed(&settings.station),
    };
    let happenings = happenings.clone();
    let tell = move |event| drop(happenings.send(Happening::Handset(event)));
    Some(handset::start(line, tell))
}

/// As it stands by all that was announced.
fn bulletin(journal: &Journal) -> Result<Bulletin, journal::Error> {
    let mut bulletin = Bulletin::default();
    for (_, _, announcement) in journal.announcements()? {
        bulletin.take(&announcement);
    }
    Ok(bulletin)
}
