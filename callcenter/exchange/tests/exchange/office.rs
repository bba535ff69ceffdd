//! An office with its exchange and the networks' sandbox.

use std::{
    fs,
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use exchange::{BackupSettings, KeyStore, PageSettings, Running, Settings};
use identity::{AgentId, Credentials, Party};
use journal::Journal;
use link::{LinkFault, Wire};
use request::{DocumentNumber, StationId, Timestamp};
use serde_json::Value;
use sync::PetitionRefusal;

use crate::{authority::Authority, station::Station};

/// 24 November 2026, a Tuesday, ten o'clock in Seoul.
pub(crate) const TUESDAY_10_00: i64 = 1_795_482_000_000;
const EXAMINER: &str = env!("CARGO_BIN_EXE_minwon-examiner");
const ANY: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 0);

pub(crate) struct Office {
    pub(crate) networks: sandbox::Running,
    exchange: Option<Running>,
    folder: PathBuf,
    time_stamps: Option<String>,
    backup: Option<BackupSettings>,
    unproven_agents: Option<bool>,
    text_messages: Option<PathBuf>,
    page: PageSettings,
    /// Networks that are not the sandbox.
    foreign_networks: Option<String>,
    /// How its networks are come to.
    network_access: Option<PathBuf>,
    /// Agencies it may send documents to.
    recipients: Option<PathBuf>,
    /// What its clock says when it starts.
    pub(crate) starts_at: Timestamp,
}

impl Office {
    pub(crate) async fn open() -> Self {
        Self::open_in(Self::folder(), None).await
    }

    /// With a catalogue to whose services something is added.
    pub(crate) async fn open_with_services(add: impl FnOnce(&Path)) -> Self {
        let folder = Self::folder();
        let services = folder.join("catalog/services");
        fs::create_dir_all(&services).unwrap();
        for service in fs::read_dir(house().join("services")).unwrap() {
            let service = service.unwrap();
            let ours = services.join(service.file_name());
            std::os::unix::fs::symlink(service.path(), ours).unwrap();
        }
        add(&services);
        Self::open_in(folder, None).await
    }

    /// With networks at another address, for which it waits as long as it does in service.
    pub(crate) async fn open_by(networks: &str) -> Self {
        let mut office = Self::open().await;
        let folder = office.folder.join("catalog/networks");
        fs::remove_dir_all(&folder).unwrap();
        std::os::unix::fs::symlink(house().join("networks"), &folder).unwrap();
        office.foreign_networks = Some(networks.to_owned());
        office.restart().await;
        office
    }

    /// Comes to its networks as a file says.
    pub(crate) async fn come_to_networks_by(&mut self, access: &Path) -> anyhow::Result<()> {
        self.network_access = Some(access.to_owned());
        self.exchange = None;
        self.exchange = Some(self.start().await?);
        Ok(())
    }

    /// May send documents to the agencies of a list.
    pub(crate) async fn send_to(&mut self, recipients: &Path) {
        self.recipients = Some(recipients.to_owned());
        self.restart().await;
    }

    /// With the keys and the witness of an authority.
    pub(crate) async fn open_with(authority: &Authority) -> Self {
        let folder = Self::folder();
        authority.equip(&folder.join("data"));
        Self::open_in(folder, Some(authority.time_stamps())).await
    }

    /// A folder that nobody else uses.
    pub(crate) fn folder() -> PathBuf {
        static FOLDERS: AtomicU32 = AtomicU32::new(0);
        let number = FOLDERS.fetch_add(1, Ordering::Relaxed);
        let name = format!("minwon-exchange-{}-{number}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    async fn open_in(folder: PathBuf, time_stamps: Option<String>) -> Self {
        let year = Duration::from_hours(24 * 365);
        for station in ["gaon-1", "narae-1"] {
            let party = Party::Station(StationId::new(station));
            enroll(&folder, &party, station, year);
        }
        for desk in ["desk-1", "desk-2"] {
            enroll_desk(&folder, desk, year);
        }
        enroll(&folder, &Party::Agent(AgentId::new("kim")), "kim", year);
        hurry_networks(&folder);
        let networks = sandbox::start(ANY, Some(folder.join("catalog").as_path()))
            .await
            .unwrap();
        let mut office = Self {
            networks,
            exchange: None,
            folder,
            time_stamps,
            backup: None,
            unproven_agents: None,
            text_messages: None,
            page: PageSettings {
                proxies: vec![ANY.ip()],
                examiner: Some(EXAMINER.into()),
            },
            foreign_networks: None,
            network_access: None,
            recipients: None,
            starts_at: Timestamp::from_millis(TUESDAY_10_00),
        };
        office.restart().await;
        office
    }

    pub(crate) async fn restart(&mut self) {
        self.exchange = None;
        self.exchange = Some(self.start().await.unwrap());
    }

    async fn start(&self) -> anyhow::Result<Running> {
        let settings = Settings {
            catalog: self.folder.join("catalog"),
            data: self.folder.join("data"),
            listen: ANY,
            names: vec!["127.0.0.1".to_owned()],
            public: ANY,
            operators: Some(ANY),
            console: Some(exchange::ConsoleSettings {
                listen: ANY,
                credentials: None,
            }),
            enrolment: Some(ANY),
            page: self.page.clone(),
            networks: (self.foreign_networks.clone()).unwrap_or_else(|| self.networks.url()),
            network_access: self.network_access.clone(),
            recipients: self.recipients.clone(),
            stations: self.folder.join("stations.toml"),
            unproven_agents: self.unproven_agents,
            key_store: KeyStore::File,
            clock_starts_at: Some(self.starts_at),
            backup: self.backup.clone(),
            text_messages: self.text_messages.clone(),
            training_kept: exchange::TRAINING_KEPT,
        };
        match &self.time_stamps {
            None => exchange::start(&settings).await,
            Some(service) => exchange::start_witnessed(&settings, service).await,
        }
    }

    /// Started anew, with or without agents on their desks' word alone.
    pub(crate) async fn restart_with(&mut self, unproven_agents: Option<bool>) {
        self.unproven_agents = unproven_agents;
        self.restart().await;
    }

    /// Leaves text messages to citizens in a folder.
    pub(crate) async fn tell_citizens(&mut self, folder: &Path) {
        self.text_messages = Some(folder.to_path_buf());
        self.restart().await;
    }

    /// Serves the public page so from now on, still behind a proxy of this machine.
    pub(crate) async fn serve_page(&mut self, page: PageSettings) {
        let proxies = vec![ANY.ip()];
        self.page = PageSettings { proxies, ..page };
        self.restart().await;
    }

    /// Where everybody may ask.
    pub(crate) fn public(&self) -> SocketAddr {
        self.exchange.as_ref().unwrap().public
    }

    /// Where machines have their keys certified.
    pub(crate) fn enrolment(&self) -> SocketAddr {
        self.exchange.as_ref().unwrap().enrolment.unwrap()
    }

    /// Where operators are told.
    pub(crate) fn operators(&self) -> SocketAddr {
        self.exchange.as_ref().unwrap().operators.unwrap()
    }

    /// Where operators sign in.
    pub(crate) fn console(&self) -> SocketAddr {
        self.exchange.as_ref().unwrap().console.unwrap()
    }

    /// The running exchange itself.
    pub(crate) fn take(&mut self) -> Running {
        self.exchange.take().unwrap()
    }

    pub(crate) fn close(&mut self) {
        self.exchange = None;
    }

    pub(crate) async fn keep_backups(&mut self, backup: BackupSettings) {
        self.backup = Some(backup);
        self.restart().await;
    }

    /// The machine is lost; what `rescue` puts into the data folder is all there is.
    pub(crate) async fn burn(&mut self, rescue: impl FnOnce(&Path)) {
        self.exchange = None;
        let data = self.folder.join("data");
        fs::remove_dir_all(&data).unwrap();
        rescue(&data);
        self.restart().await;
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// With the roster in it.
    pub(crate) fn folder_of_all(&self) -> &Path {
        &self.folder
    }

    pub(crate) fn trust(&self) -> PathBuf {
        self.folder.join("data/trust")
    }

    pub(crate) fn station(&self, id: &str) -> Station {
        let journal = Journal::in_memory(StationId::new(id)).unwrap();
        Station::new(StationId::new(id), self.wire(id), journal)
    }

    /// A station that comes to another program on what this office has left.
    pub(crate) fn station_at(&self, url: &str, id: &str) -> Station {
        let journal = Journal::in_memory(StationId::new(id)).unwrap();
        Station::new(StationId::new(id), self.wire_at(url, id), journal)
    }

    /// The way to the exchange of a station or agent.
    pub(crate) fn wire(&self, id: &str) -> Wire {
        self.wire_at(&self.url(), id)
    }

    pub(crate) fn wire_at(&self, url: &str, id: &str) -> Wire {
        let (start, from) = (std::time::Instant::now(), self.starts_at);
        Wire::new(link::Settings {
            exchange: url.to_owned(),
            station: StationId::new(id),
            credentials: self.folder.join(id),
            clock: link::Clock::new(move || from + start.elapsed()),
        })
    }

    pub(crate) fn credentials(&self, id: &str) -> PathBuf {
        self.folder.join(id)
    }

    /// A new certificate in the place of the one a party has.
    pub(crate) fn renew(&self, station: &str, lasts: Duration) {
        let party = Party::Station(StationId::new(station));
        enroll(&self.folder, &party, station, lasts);
    }

    pub(crate) fn url(&self) -> String {
        self.exchange.as_ref().unwrap().url()
    }

    pub(crate) fn revoke(&self, station: &str) {
        let party = Party::Station(StationId::new(station));
        exchange::revoke(&self.folder.join("stations.toml"), &party).unwrap();
    }

    /// A switch with a certificate for a day, and its line in the roster.
    pub(crate) fn certify_switch(&self, name: &str, now: Timestamp) -> Credentials {
        let (roster, into) = (self.folder.join("stations.toml"), self.folder.join(name));
        let (names, day) = ([name.to_owned()], Duration::from_hours(24));
        exchange::certify_switch(&self.data(), &roster, &names, &into, now, day).unwrap();
        Credentials::read(&into).unwrap()
    }

    pub(crate) fn revoke_switch(&self, name: &str) {
        exchange::revoke_switch(&self.folder.join("stations.toml"), name).unwrap();
    }

    pub(crate) async fn status(&self, number: &DocumentNumber) -> String {
        let (_, answer) = self.get(&format!("/v1/documents/{number}/status")).await;
        answer["status"].as_str().unwrap().to_owned()
    }

    /// Says something as a station or an agent and hears the answer.
    pub(crate) async fn say(&self, who: &str, path: &str, body: &Value) -> (u16, Value) {
        match self.wire(who).post(path, body).await {
            Ok(answer) => (200, answer),
            Err(LinkFault::Refused(status, title)) => {
                (status.as_u16(), serde_json::json!({ "title": title }))
            }
            Err(LinkFault::Petition(refusal)) => {
                let taken = refusal == PetitionRefusal::Taken;
                let status = if taken { 423 } else { 409 };
                (status, serde_json::json!({ "type": refusal.urn() }))
            }
            Err(fault) => panic!("{fault}"),
        }
    }

    /// What everybody may ask.
    pub(crate) async fn get(&self, path: &str) -> (u16, Value) {
        let public = self.public();
        let answer = reqwest::get(format!("http://{public}{path}"))
            .await
            .unwrap();
        (
            answer.status().as_u16(),
            answer.json().await.unwrap_or_default(),
        )
    }
}

impl Drop for Office {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

pub(crate) fn house() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/catalog")
}

/// The catalogue of the house, with networks that give up after half a second.
fn hurry_networks(folder: &Path) {
    let (house, ours) = (house(), folder.join("catalog"));
    fs::create_dir_all(ours.join("networks")).unwrap();
    for name in [
        "services",
        "fees",
        "codes",
        "directory",
        "holidays.toml",
        "topics.toml",
        "elsewhere.toml",
        "two-persons.toml",
        "locator",
        "local",
        "kiosks.toml",
    ] {
        // Services that somebody has put there stay.
        if !ours.join(name).exists() {
            std::os::unix::fs::symlink(house.join(name), ours.join(name)).unwrap();
        }
    }
    for file in fs::read_dir(house.join("networks")).unwrap() {
        let file = file.unwrap();
        let text = fs::read_to_string(file.path()).unwrap();
        let text = text.replace("timeout_ms = 8000", "timeout_ms = 500");
        fs::write(ours.join("networks").join(file.file_name()), text).unwrap();
    }
}

/// A certificate in the folder `into`, and its line in the roster.
fn enroll(folder: &Path, party: &Party, into: &str, lasts: Duration) {
    let (data, roster) = (folder.join("data"), folder.join("stations.toml"));
    let now = Timestamp::from_millis(TUESDAY_10_00);
    exchange::enroll(&data, &roster, party, &folder.join(into), now, lasts).unwrap();
}

fn enroll_desk(folder: &Path, desk: &str, lasts: Duration) {
    let (data, roster) = (folder.join("data"), folder.join("stations.toml"));
    let now = Timestamp::from_millis(TUESDAY_10_00);
    let (id, into) = (StationId::new(desk), folder.join(desk));
    exchange::enroll_desk(&data, &roster, &id, &into, now, lasts).unwrap();
}
