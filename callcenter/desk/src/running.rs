//! Starts a desk: opens the journal, ends what a crash left open, starts the
//! link and the event loop.

use std::{
    sync::{
        Arc,
        mpsc::{Sender, channel},
    },
    thread::JoinHandle,
};

use journal::Journal;
use link::Wire;
use softphone::SoundSettings;
use station::{
    Clock, Contacts, Correspondent, Forgetting, OpenError, SettingsError, TicketKeyError,
};
use tokio::{
    runtime::{Builder, Runtime},
    sync::mpsc::UnboundedSender,
};

use crate::{
    attention_line::AttentionLine,
    chosen_sound,
    content::{Content, ContentError},
    editions,
    event_loop::EventLoop,
    happening::Happening,
    journaled,
    knowledge_line::KnowledgeLine,
    petition_line::PetitionLine,
    posting_line::PostingLine,
    saved_files::SavedFiles,
    sending_line::SendingLine,
    settings::Settings,
    switch_line::{self, LineSettings},
    telephone::{TelephoneEvent, TelephoneOrder},
    unfinished,
    workplace::{Touch, View, Workplace},
};

/// Where a desk's orders to its telephone go; none when it has no telephone.
pub type TelephoneOrders = Option<UnboundedSender<TelephoneOrder>>;

/// A running desk without its window; it ends when this is dropped.
pub struct Desk {
    happenings: Sender<Happening>,
    thread: Option<JoinHandle<()>>,
    /// Keeps the link running.
    runtime: Option<Runtime>,
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
    #[error("the machine has no threads left")]
    Thread(#[source] std::io::Error),
}

impl Desk {
    /// `show` is called with every view, from a thread of the desk's own.
    ///
    /// # Errors
    /// When the settings, the catalogue or the journal are of no use.
    pub fn start(
        settings: &Settings,
        clock: Clock,
        telephone: TelephoneOrders,
        show: impl FnMut(View) + Send + 'static,
    ) -> Result<Self, StartError> {
        let now = clock.now();
        let shelf = editions::shelf(settings);
        let (editions, content) = shelf.at_start(now.wall, || Content::read(&settings.catalog))?;
        let Content { catalog, locator } = content;
        let (mut journal, signing) = station::open_journal(
            &settings.journal,
            &settings.key_file(),
            &settings.station,
            now.wall,
        )?;
        let beside = |name: &str| settings.journal.with_file_name(name);
        let tickets = station::open_ticket_key(&beside("ticket-key.pem"), &settings.station)?;
        let ticket_key = tickets.public_key().map_err(TicketKeyError::from)?;
        end_what_is_open(&mut journal, &tickets, now.wall)?;

        let runtime = Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("desk-io")
            .enable_all()
            .build()
            .map_err(StartError::Thread)?;
        let (happenings, heard) = channel();
        let within = runtime.enter();
        let link = start_link(settings, clock, &happenings);
        let sound_file = beside("sound.json");
        // Another telephone has sound of its own.
        let sound = match (&telephone, &settings.switch, &settings.sound) {
            (None, Some(_), Some(given)) => {
                Some(chosen_sound::read(&sound_file).unwrap_or_else(|| given.clone()))
            }
            _ => None,
        };
        let telephone =
            telephone.or_else(|| start_switch_line(settings, sound.clone(), clock, &happenings));
        drop(within);
        let release = env!("CARGO_PKG_VERSION");
        let station = Correspondent::new(&settings.station, &journal, signing, link, release)?;
        let agent = settings.exchange.agent.clone();
        let agent = agent.map(|folder| link_settings(settings, folder, clock));
        let own = || link_settings(settings, settings.exchange.credentials.clone(), clock);
        // With a switch the agent is whoever signs in, not whose certificate lies here.
        let letters = match settings.switch {
            Some(_) => Some(own()),
            None => agent.clone(),
        };
        let letters = letters.map(|it| Arc::new(Wire::new(it)));

        let saved_files = SavedFiles::within(settings.saved_files());
        let site = settings.site(telephone.is_some(), sound);
        let rows = journaled::rows(&journal)?;
        let tickets = Arc::new(tickets);
        let event_loop = EventLoop {
            workplace: Workplace::new(Arc::clone(&catalog), site, tickets, rows, now)
                .with_locator(locator),
            station,
            station_id: settings.station.clone(),
            journal,
            attention: AttentionLine::new(agent, happenings.clone()),
            petitions: PetitionLine::new(letters.clone(), saved_files, happenings.clone()),
            knowledge: KnowledgeLine::new(letters.clone(), happenings.clone()),
            postings: PostingLine::new(letters.clone(), happenings.clone()),
            sending: SendingLine::new(letters, happenings.clone()),
            runtime: runtime.handle().clone(),
            telephone,
            sound_file,
            clock,
            show: Box::new(show),
            happenings: heard,
            to_self: happenings.clone(),
            journal_broken: false,
            contacts: Contacts::read(beside("contacts.json")),
            ticket_key,
            ask_networks_at: None,
            look_for_room_at: None,
            forgetting: Forgetting::new(now.instant),
            catalog,
            editions,
            shelf,
        };
        let thread = std::thread::Builder::new()
            .name("desk-workplace".to_owned())
            .spawn(move || {
                journal::prioritise_this_thread();
                event_loop.run();
            })
            .map_err(StartError::Thread)?;
        Ok(Self {
            happenings,
            thread: Some(thread),
            runtime: Some(runtime),
        })
    }

    /// Where the window sends what hands do.
    pub fn touches(&self) -> impl Fn(Touch) + Clone + 'static {
        let happenings = self.happenings.clone();
        move |touch| drop(happenings.send(Happening::Touched(touch)))
    }

    /// Where the telephone says what happens.
    pub fn telephone(&self) -> impl Fn(TelephoneEvent) + Clone + Send + 'static {
        let happenings = self.happenings.clone();
        move |event| drop(happenings.send(Happening::Telephone(event)))
    }
}

impl Drop for Desk {
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
) -> UnboundedSender<link::Order> {
    let credentials = settings.exchange.credentials.clone();
    let happenings = happenings.clone();
    let tell = move |event| drop(happenings.send(Happening::Link(event)));
    link::start(link_settings(settings, credentials, clock), tell)
}

fn start_switch_line(
    settings: &Settings,
    sound: Option<SoundSettings>,
    clock: Clock,
    happenings: &Sender<Happening>,
) -> TelephoneOrders {
    let line = LineSettings {
        address: settings.switch.clone()?,
        sound,
        clock: identity::Clock::new(move || clock.now().wall),
        seed: station::attempts_seed(&settings.station),
    };
    let happenings = happenings.clone();
    let tell = move |event| drop(happenings.send(Happening::Telephone(event)));
    Some(switch_line::start(line, tell))
}

fn link_settings(
    settings: &Settings,
    credentials: std::path::PathBuf,
    clock: Clock,
) -> link::Settings {
    link::Settings {
        exchange: settings.exchange.url.clone(),
        station: settings.station.clone(),
        credentials,
        clock: link::Clock::new(move || clock.now().wall),
    }
}

fn end_what_is_open(
    journal: &mut Journal,
    tickets: &ticket::Issuer,
    now: request::Timestamp,
) -> Result<(), journal::Error> {
    for id in journal.open_requests()? {
        let Some(request) = journal.request(&id)? else {
            continue;
        };
        let code = tickets.claim_code(id.as_str()).digits();
        for event in unfinished::bring_to_an_end(&request, &code) {
            journal.append(&id, &event, now)?;
        }
    }
    Ok(())
}
