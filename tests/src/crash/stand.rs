//! Everything around the kiosk that survives it: office, bench, journal.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
    time::{Duration, Instant},
};

use bench::{
    cash_box::{HOPPERS, Holdings},
    kiosk_bench::KioskBench,
    people::Person,
};
use journal::{Journal, Key};
use request::{RequestEvent, RequestId, ServiceRequest, StationId, Timestamp};

use super::process::KioskProcess;
use crate::{
    office::{Office, STATION},
    stand::kiosk_settings,
    walk::CITIZEN,
};

/// So many more coins lie in each hopper: they last for all visits.
const FILLING: u32 = 2_000;
const SYNCED_WITHIN: Duration = Duration::from_secs(180);

pub struct CrashStand {
    pub office: Office,
    pub bench: KioskBench,
    pub kiosk: KioskProcess,
    /// Who comes.
    pub citizen: Person,
    program: PathBuf,
    clock: Timestamp,
    face: bool,
    folder: PathBuf,
}

impl CrashStand {
    /// `program` is the kiosk that can be killed.
    pub fn open(program: &Path, clock: Timestamp) -> Self {
        Self::opened(program, clock, false)
    }

    /// Whose kiosk paints its screens, too.
    pub fn open_with_face(program: &Path, clock: Timestamp) -> Self {
        Self::opened(program, clock, true)
    }

    fn opened(program: &Path, clock: Timestamp, face: bool) -> Self {
        static STANDS: AtomicU32 = AtomicU32::new(0);
        let number = STANDS.fetch_add(1, Ordering::Relaxed);
        let folder = format!("minwon-crash-{}-{number}", std::process::id());
        let folder = std::env::temp_dir().join(folder);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        let office = Office::open(clock);
        let bench = KioskBench::start(&folder.join("a4")).unwrap();
        for hopper in HOPPERS {
            bench.cash.with(|cash| cash.fill(hopper.value_won, FILLING));
        }
        let url = format!("https://{}", office.address());
        let settings = kiosk_settings(&office, &url, &filled(&bench.settings()), &folder);
        fs::write(folder.join("kiosk.toml"), settings).unwrap();
        let kiosk = KioskProcess::start(program, &folder.join("kiosk.toml"), clock, face);
        Self {
            office,
            bench,
            kiosk,
            citizen: CITIZEN,
            program: program.to_owned(),
            clock,
            face,
            folder,
        }
    }

    /// The dead kiosk is started again, as its supervisor would.
    pub fn restart(&mut self) {
        let settings = self.folder.join("kiosk.toml");
        self.kiosk = KioskProcess::start(&self.program, &settings, self.clock, self.face);
    }

    pub fn holdings(&self) -> Holdings {
        self.bench.cash.with(|cash| cash.holdings())
    }

    /// All requests that the journal knows, oldest first.
    pub fn requests(&self) -> Vec<ServiceRequest> {
        let journal = self.journal();
        let ids = journal.requests().unwrap();
        ids.into_iter()
            .map(|id| journal.request(&id).unwrap().unwrap())
            .collect()
    }

    /// The numbers whose way to the paper was written down.
    pub fn begun(&self, id: &RequestId) -> BTreeSet<String> {
        let events = self.journal().events(id).unwrap();
        let begun = events.iter().filter_map(|event| match event {
            RequestEvent::IssueBegun { number } => Some(number.to_string()),
            _ => None,
        });
        begun.collect()
    }

    /// Waits until the exchange has confirmed everything.
    pub fn until_synced(&self) {
        let given_up = Instant::now() + SYNCED_WITHIN;
        loop {
            let journal = self.journal();
            let after = journal.acknowledged().unwrap();
            if journal.pending(after, 1).unwrap().is_empty() {
                return;
            }
            assert!(Instant::now() < given_up, "the outbox is not emptied");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn journal(&self) -> Journal {
        let file = self.folder.join("journal.sqlite");
        let key = Key::read(&self.folder.join("station.key")).unwrap();
        Journal::open(&file, StationId::new(STATION), &key).unwrap()
    }
}

impl Drop for CrashStand {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// The bench's settings, with the hoppers as they were filled here.
fn filled(settings: &str) -> String {
    let line = |line: &str| match line.strip_prefix("coins = ") {
        Some(coins) => format!("coins = {}\n", coins.parse::<u32>().unwrap() + FILLING),
        None => format!("{line}\n"),
    };
    settings.lines().map(line).collect()
}
