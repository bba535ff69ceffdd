//! The office: the networks' sandbox and the exchange, on real ports.

use std::{
    fs,
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use exchange::{KeyStore, Running, Settings};
use identity::{AgentId, Party};
use link::{Clock, Wire};
use request::{StationId, Timestamp};
use sandbox::Mood;
use sync::Announcement;
use tokio::runtime::{Handle, Runtime};

/// 24 November 2026, a Tuesday, ten o'clock in Seoul: everything is open.
pub const TUESDAY_10_00: Timestamp = Timestamp::from_millis(1_795_482_000_000);
/// The same day, half past nine in the evening: the courts have closed.
pub const TUESDAY_21_30: Timestamp = Timestamp::from_millis(1_795_523_400_000);

pub const STATION: &str = "gaon-1";
/// Who may tell stations something.
const AGENT: &str = "kim";

const ANY: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 0);
/// What networks are given here instead of eight seconds.
const NETWORK_TIMEOUT: &str = "timeout_ms = 1500";

pub struct Office {
    runtime: Runtime,
    networks: sandbox::Running,
    exchange: Option<Running>,
    settings: Settings,
    folder: PathBuf,
    clock: Timestamp,
}

impl Office {
    pub fn open(clock: Timestamp) -> Self {
        static OFFICES: AtomicU32 = AtomicU32::new(0);
        let number = OFFICES.fetch_add(1, Ordering::Relaxed);
        let folder =
            std::env::temp_dir().join(format!("minwon-office-{}-{number}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        let roster = folder.join("stations.toml");
        enroll_party(
            &folder,
            &Party::Station(StationId::new(STATION)),
            STATION,
            clock,
        );
        enroll_party(&folder, &Party::Agent(AgentId::new(AGENT)), AGENT, clock);
        hurry_networks(&folder);
        let runtime = Runtime::new().unwrap();
        let networks = runtime
            .block_on(sandbox::start(ANY, Some(folder.join("catalog").as_path())))
            .unwrap();
        let mut settings = Settings {
            catalog: folder.join("catalog"),
            data: folder.join("data"),
            listen: ANY,
            // The second is what a virtual machine calls its host.
            names: vec!["127.0.0.1".to_owned(), "10.0.2.2".to_owned()],
            public: ANY,
            operators: None,
            console: None,
            enrolment: Some(ANY),
            page: exchange::PageSettings::default(),
            networks: networks.url(),
            network_access: None,
            recipients: None,
            stations: roster,
            unproven_agents: None,
            key_store: KeyStore::File,
            clock_starts_at: Some(clock),
            backup: None,
            text_messages: None,
            training_kept: exchange::TRAINING_KEPT,
        };
        let exchange = runtime.block_on(exchange::start(&settings)).unwrap();
        // After a restart it is found where it was.
        settings.listen = exchange.address;
        settings.public = exchange.public;
        Self {
            runtime,
            networks,
            exchange: Some(exchange),
            settings,
            folder,
            clock,
        }
    }

    pub fn address(&self) -> SocketAddr {
        self.settings.listen
    }

    /// The station's certificate.
    pub fn credentials(&self) -> PathBuf {
        self.folder.join(STATION)
    }

    /// A certificate for one more station.
    pub fn enroll(&self, station: &StationId) -> PathBuf {
        let party = Party::Station(station.clone());
        enroll_party(&self.folder, &party, station.as_str(), self.clock)
    }

    /// The same, for a while.
    pub fn enroll_for(&self, station: &StationId, lasts: Duration) -> PathBuf {
        let into = self.folder.join(station.as_str());
        let (data, roster) = (self.data(), &self.settings.stations);
        let party = Party::Station(station.clone());
        exchange::enroll(data, roster, &party, &into, self.clock, lasts).unwrap();
        into
    }

    /// Where machines have their keys certified; elsewhere after a restart.
    pub fn enrolment(&self) -> SocketAddr {
        self.exchange.as_ref().and_then(|it| it.enrolment).unwrap()
    }

    /// A machine is expected; what its label says.
    pub fn expect_machine(&self, station: &StationId, model: &str) -> String {
        let (roster, day) = (&self.settings.stations, Duration::from_hours(24));
        exchange::expect_machine(roster, station, model, self.clock, day).unwrap()
    }

    /// The exchange ends and starts anew where it was.
    pub fn restart(&mut self) {
        self.exchange = None;
        let started = self.runtime.block_on(exchange::start(&self.settings));
        self.exchange = Some(started.unwrap());
    }

    /// An agent tells the kiosk something.
    pub fn announce(&self, content: &Announcement) {
        let path = format!("/v1/stations/{STATION}/announcements");
        self.agent_tells(&path, &serde_json::to_value(content).unwrap());
    }

    /// An agent tells the exchange something.
    pub fn agent_tells(&self, path: &str, content: &serde_json::Value) {
        let wire = self.agents_wire();
        let told = wire.post::<serde_json::Value>(path, content);
        self.runtime.block_on(told).unwrap();
    }

    /// What an agent reads at the exchange.
    pub fn agent_reads(&self, path: &str) -> serde_json::Value {
        let wire = self.agents_wire();
        let read = wire.get(path, Duration::from_secs(20));
        let read = self.runtime.block_on(read).unwrap();
        serde_json::from_slice(&read).unwrap()
    }

    fn agents_wire(&self) -> Wire {
        let clock = self.clock;
        Wire::new(link::Settings {
            exchange: self.url(),
            station: StationId::new(AGENT),
            credentials: self.folder.join(AGENT),
            clock: Clock::new(move || clock),
        })
    }

    /// A certificate for a desk.
    pub fn enroll_desk(&self, station: &StationId) -> PathBuf {
        let (data, roster) = (self.folder.join("data"), self.folder.join("stations.toml"));
        let (into, year) = (
            self.folder.join(station.as_str()),
            Duration::from_hours(24 * 365),
        );
        exchange::enroll_desk(&data, &roster, station, &into, self.clock, year).unwrap();
        into
    }

    /// What the exchange keeps.
    pub fn data(&self) -> &Path {
        &self.settings.data
    }

    /// Of the exchange, without any cable.
    pub fn url(&self) -> String {
        format!("https://{}", self.settings.listen)
    }

    /// What its clock said when it started.
    pub fn clock(&self) -> Timestamp {
        self.clock
    }

    /// The exchange's own memory.
    pub fn store(&self) -> PathBuf {
        self.settings.data.join("exchange.sqlite")
    }

    /// For whatever else belongs to this office.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What the exchange runs on.
    pub fn handle(&self) -> &Handle {
        self.runtime.handle()
    }

    pub fn catalog(&self) -> &Path {
        &self.settings.catalog
    }

    /// What a verifier needs, as `minwon-verify --trust` reads it.
    pub fn trust(&self) -> PathBuf {
        self.settings.data.join("trust")
    }

    pub fn set_mood(&self, network: &str, mood: Mood) {
        self.networks.set_mood(network, mood);
    }

    /// What the exchange says of a number: valid, void or unknown.
    pub fn status(&self, number: &str) -> String {
        let public = self.settings.public;
        let url = format!("http://{public}/v1/documents/{number}/status");
        let answer = self.runtime.block_on(async {
            let answer = reqwest::get(url).await?;
            answer.json::<serde_json::Value>().await
        });
        answer.unwrap()["status"].as_str().unwrap().to_owned()
    }
}

fn enroll_party(folder: &Path, party: &Party, id: &str, now: Timestamp) -> PathBuf {
    let (data, roster) = (folder.join("data"), folder.join("stations.toml"));
    let (into, year) = (folder.join(id), Duration::from_hours(24 * 365));
    exchange::enroll(&data, &roster, party, &into, now, year).unwrap();
    into
}

impl Drop for Office {
    fn drop(&mut self) {
        self.exchange = None;
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// The catalogue of the house, with networks that give up sooner.
fn hurry_networks(folder: &Path) {
    let house = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/catalog");
    let ours = folder.join("catalog");
    fs::create_dir_all(ours.join("networks")).unwrap();
    for name in [
        "services",
        "fees",
        "codes",
        "topics.toml",
        "elsewhere.toml",
        "two-persons.toml",
        "locator",
        "local",
        "directory",
        "holidays.toml",
        "kiosks.toml",
    ] {
        std::os::unix::fs::symlink(house.join(name), ours.join(name)).unwrap();
    }
    for file in fs::read_dir(house.join("networks")).unwrap() {
        let file = file.unwrap();
        let text = fs::read_to_string(file.path()).unwrap();
        let hurried = text.replace("timeout_ms = 8000", NETWORK_TIMEOUT);
        assert_ne!(text, hurried, "a network no longer waits eight seconds");
        fs::write(ours.join("networks").join(file.file_name()), hurried).unwrap();
    }
}
