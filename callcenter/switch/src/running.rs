//! A switch at work: carries out what the switchboard orders, by the lines, the
//! media plane and the call book, and tells it what comes of it.

mod accepting;
mod attending;
mod carry_out;
mod doors;
mod expecting;
mod judging;
mod lending;
mod lines;
mod open_now;
mod sounding;
mod wrapping_up;

use std::{
    collections::{BTreeMap, BTreeSet},
    net::SocketAddr,
    path::Path,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use anyhow::Context;
use distributor::{CallId, WallTime};
use hours::{Calendar, Doors};
use journal::{Journal, Key};
use media::{
    local::LocalPlane,
    plane::{self, RecordingId, SourceRule},
    recording::Shelf,
};
use request::Timestamp;
use signalling::{Accounts, Callers, LegId, RsipSignalling};
use sip::{admission::Rate, digest::Algorithm};
use tokio::{
    signal::unix::{Signal, SignalKind, signal},
    sync::mpsc,
    time::MissedTickBehavior,
};

use crate::{
    attendance::Attendance,
    call_book::{self, CallBook, Fact, WrittenPlace},
    desks::{self, Door, Heard},
    keeping::Keeping,
    line_tls::{TlsFault, TlsSettings},
    passphrases::Passphrases,
    session::Rules,
    settings::Settings,
    switchboard::{Event, Moment, Switchboard},
    voice::Voice,
};
use attending::DeskWays;
use expecting::Outlooks;
use judging::{Judging, Written};
use lending::Loans;
use lines::Line;
use wrapping_up::WrittenDisposition;

/// With nothing due, the loop looks around once in a while all the same.
const LONGEST_WAIT: Duration = Duration::from_secs(5);
const DAY: Duration = Duration::from_secs(24 * 3_600);
/// How often desks are told what is not urgent.
const TELL_AROUND: Duration = Duration::from_secs(2);
const SECRET_BYTES: usize = 32;

pub struct Switch {
    board: Switchboard,
    lines: RsipSignalling,
    plane: LocalPlane,
    voice: Voice,
    book: CallBook,
    rules: Rules,
    trunk: Option<String>,
    believe_numbers: bool,
    legs: BTreeMap<LegId, Line>,
    dialed: BTreeMap<u64, LegId>,
    /// What the switchboard is to be told next.
    events: Vec<Event>,
    recordings: BTreeSet<u64>,
    /// Of telephones that keep their password.
    accounts: Accounts,
    realm: String,
    door: Option<Door>,
    attendance: Attendance,
    desk_ways: DeskWays,
    loans: Loans,
    doors: Doors,
    outlooks: Outlooks,
    judging: Judging,
    /// Hears what became of dispositions that were to be written down.
    tell_written: mpsc::UnboundedSender<WrittenDisposition>,
    _keeping: Option<Keeping>,
}

/// What the loop listens to.
pub struct Ears {
    signals: mpsc::Receiver<signalling::Event>,
    sounds: mpsc::UnboundedReceiver<plane::Event>,
    desks: mpsc::Receiver<Heard>,
    /// The operator asks what is open.
    asked: Signal,
    outlooks: mpsc::UnboundedReceiver<figures::Outlook>,
    erased: mpsc::UnboundedReceiver<RecordingId>,
    written: mpsc::UnboundedReceiver<Written>,
    dispositions: mpsc::UnboundedReceiver<WrittenDisposition>,
}

impl Switch {
    /// Opens lines, media plane, call book and the desks' door.
    ///
    /// # Errors
    /// When one of them cannot be had.
    pub async fn open(settings: Settings) -> anyhow::Result<(Self, Ears)> {
        let passphrases = Passphrases::new(settings.passphrases.clone());
        let (door, desks) =
            desks::open(settings.desks.as_ref(), passphrases, &settings.center).await?;
        let voice = Voice::prepare(&settings.voice, &settings.center, |progress| {
            if progress.done == progress.all && progress.spoken > 0 {
                tracing::info!(sentences = progress.spoken, "The machine's voice is ready");
            }
        })?;
        let beside = |name: &str| settings.journal.with_file_name(name);
        let (journal, set_aside) = open_journal(&settings)?;
        if set_aside {
            tracing::error!("The call book was damaged; a new one was begun");
        }
        let next_call = journal.next_call()?;
        let places = places(&journal)?;
        let facts = call_book::facts_since(&journal, long_ago())?;
        let keep = DAY * settings.keep_calls_days;
        let (judging, written) = Judging::open(&settings, &journal, keep)?;
        let book = CallBook::open(journal, wall, keep)?;
        let secret = secret(&beside("caller-secret"))?;
        let doors = Doors::new(&settings.center.hours)?;
        let calendar = Calendar::new(&settings.center.hours)?;
        let mut board = Switchboard::open(settings.center, places, next_call, secret, now())?;
        board.recount(&facts, now());
        let (tell, sounds) = mpsc::unbounded_channel();
        let recordings = settings.sound.recordings.as_ref();
        let shelf = recordings.map(|it| Shelf::new(it.folder.clone(), &it.recipient));
        let shelf = shelf.transpose()?;
        let keep_days = recordings.map_or(0, |it| it.keep_days);
        let plane = media::local::Settings {
            address: settings.sound.address,
            ports: settings.sound.first_port..=settings.sound.last_port,
            shelf: shelf.clone(),
        };
        let plane = LocalPlane::start(plane, move |event| drop(tell.send(event)))?;
        let (tell, erased) = mpsc::unbounded_channel();
        let keeping = shelf.map(|shelf| Keeping::begin(shelf, DAY * keep_days, tell));
        let accounts = std::fs::read_to_string(&settings.lines.accounts)
            .context("cannot read the telephones' accounts")?;
        let source = match settings.sound.behind_routers {
            true => SourceRule::FirstComer,
            false => SourceRule::SignaledHost,
        };
        let believe_numbers = settings.lines.trunks.is_some();
        let trunk = settings.lines.trunk.clone();
        let accounts = Accounts::parse(&accounts)?;
        let realm = settings.lines.realm.clone();
        let lines = line_settings(settings.lines, accounts.clone())?;
        let (lines, signals) = RsipSignalling::open(lines).await?;
        let (tell_written, dispositions) = mpsc::unbounded_channel();
        let (outlooks, worked_out) = Outlooks::new(calendar);
        let switch = Self {
            board,
            lines,
            plane,
            voice,
            book,
            rules: Rules { source },
            trunk,
            believe_numbers,
            legs: BTreeMap::new(),
            dialed: BTreeMap::new(),
            events: Vec::new(),
            recordings: BTreeSet::new(),
            accounts,
            realm,
            door,
            attendance: Attendance::default(),
            desk_ways: DeskWays::default(),
            loans: Loans::default(),
            doors,
            outlooks,
            judging,
            tell_written,
            _keeping: keeping,
        };
        let ears = Ears {
            signals,
            sounds,
            desks,
            asked: signal(SignalKind::user_defined1())?,
            outlooks: worked_out,
            erased,
            written,
            dispositions,
        };
        Ok((switch, ears))
    }

    pub fn udp_address(&self) -> Option<SocketAddr> {
        self.lines.udp_address()
    }

    /// Where desks come in.
    pub fn desks_address(&self) -> Option<SocketAddr> {
        self.door.as_ref().map(|it| it.address)
    }

    /// Serves until the lines are gone.
    pub async fn run(mut self, mut ears: Ears) {
        self.open_and_close();
        self.carry_on();
        let mut around = tokio::time::interval(TELL_AROUND);
        around.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let longest = Instant::now() + LONGEST_WAIT;
            let due = [self.board.poll_timeout(), self.attendance.poll_timeout()];
            let due = due.into_iter().flatten().fold(longest, Instant::min);
            tokio::select! {
                signal = ears.signals.recv() => match signal {
                    Some(signal) => self.signalled(signal),
                    None => return,
                },
                Some(sound) = ears.sounds.recv() => self.sounded(sound),
                Some(heard) = ears.desks.recv() => self.heard(heard),
                Some(()) = ears.asked.recv() => self.tell_what_is_open(),
                _ = around.tick() => {
                    self.open_and_close();
                    self.tell_around();
                }
                Some(recording) = ears.erased.recv() => {
                    self.note(CallId(recording.0), &Fact::RecordingErased);
                }
                Some(written) = ears.dispositions.recv() => self.disposition_written(written),
                Some(written) = ears.written.recv() => self.judging.is_written(written),
                Some(outlook) = ears.outlooks.recv() => self.outlooks.worked_out(outlook),
                () = tokio::time::sleep_until(due.into()) => {
                    self.board.handle_timeout(now());
                    self.attendance.handle_timeout(Instant::now());
                }
            }
            self.carry_on();
        }
    }

    /// Until neither the switchboard nor what it ordered has anything more to say.
    fn carry_on(&mut self) {
        loop {
            self.judge();
            self.attend();
            for event in std::mem::take(&mut self.events) {
                self.board.handle(event, now());
            }
            while let Some(command) = self.board.poll_command() {
                self.carry_out(command);
            }
            // Whoever was told may have turned out to be gone.
            self.attend();
            if self.events.is_empty() {
                return;
            }
        }
    }
}

fn open_journal(settings: &Settings) -> anyhow::Result<(Journal, bool)> {
    let key = Key::of_station(
        &settings.journal.with_file_name("station.key"),
        &settings.journal,
    )?;
    let station = settings.station.clone();
    let (journal, aside) = Journal::open_or_set_aside(&settings.journal, station, &key, wall())?;
    Ok((journal, aside.is_some()))
}

fn places(journal: &Journal) -> anyhow::Result<Vec<WrittenPlace>> {
    let read = |body: &privacy::Personal<String>| serde_json::from_str(body.reveal()).ok();
    let places = journal.call_places()?;
    let known: Vec<_> = places.iter().filter_map(read).collect();
    if known.len() < places.len() {
        let lost = places.len() - known.len();
        tracing::error!(lost, "Places of callers cannot be read");
    }
    Ok(known)
}

fn secret(file: &Path) -> anyhow::Result<[u8; SECRET_BYTES]> {
    let fresh = || -> anyhow::Result<_> {
        let mut bytes = [0; SECRET_BYTES];
        getrandom::fill(&mut bytes)?;
        Ok(hexadecimal(&bytes).into())
    };
    let text = durable::secret(file, fresh)?;
    let octet = |place: usize| u8::from_str_radix(text.get(2 * place..2 * place + 2)?, 16).ok();
    let bytes: Option<Vec<u8>> = (0..SECRET_BYTES).map(octet).collect();
    let bytes = bytes.and_then(|it| it.try_into().ok());
    bytes.with_context(|| format!("{} is damaged", file.display()))
}

fn line_settings(
    settings: crate::settings::LineSettings,
    accounts: Accounts,
) -> Result<signalling::Settings, TlsFault> {
    let defaults = signalling::Settings::default();
    let mut limits = defaults.limits;
    if let Some(calls) = settings.calls_per_second {
        limits.calls = Rate::per_second(calls);
        limits.calls_from_one = Rate::per_second(calls);
    }
    let algorithms = match settings.old_telephones {
        true => vec![Algorithm::Md5],
        false => defaults.algorithms,
    };
    let tls = settings.tls.as_ref().map(TlsSettings::listener);
    Ok(signalling::Settings {
        algorithms,
        udp: settings.udp,
        tcp: settings.tcp,
        tls: tls.transpose()?,
        realm: settings.realm,
        accounts,
        callers: settings.trunks.map_or(Callers::Anyone, Callers::Trunks),
        emergency: settings.emergency,
        limits,
        ..defaults
    })
}

fn hexadecimal(octets: &[u8]) -> String {
    octets.iter().map(|it| format!("{it:02x}")).collect()
}

pub(crate) fn wall() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let millis = since.map_or(0, |it| i64::try_from(it.as_millis()).unwrap_or(i64::MAX));
    Timestamp::from_millis(millis)
}

/// As far back as figures are counted.
fn long_ago() -> Timestamp {
    let span = i64::try_from(figures::Counter::KEPT.as_millis()).unwrap_or(i64::MAX);
    Timestamp::from_millis(wall().as_millis().saturating_sub(span))
}

fn now() -> Moment {
    Moment {
        instant: Instant::now(),
        wall: WallTime(wall().as_millis()),
    }
}
