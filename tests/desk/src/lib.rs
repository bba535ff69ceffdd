//! A desk's other end, tried: an exchange with its networks on real ports, and
//! other stations that speak to it.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up has failed"
)]

mod agencies;

use std::{
    fs,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use exchange::{KeyStore, Running, Settings};
use identity::{AgentId, Credentials, Party};
use journal::Journal;
use link::Wire;
use request::{RequestEvent, RequestId, StationId, Timestamp};
use sync::{Answer, Hello, Offer, PetitionAnswer, PetitionQuestion, TicketAnswer};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    runtime::Runtime,
};
use tokio_rustls::{TlsConnector, rustls::pki_types::ServerName};

const ANY: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0);
/// 24 November 2026, a Tuesday, ten o'clock in Seoul: everything is open.
const NOW: Timestamp = Timestamp::from_millis(1_795_482_000_000);
const STATION: &str = "desk-1";
const PATIENCE: Duration = Duration::from_secs(10);

pub struct Office {
    runtime: Runtime,
    exchange: Option<Running>,
    networks: sandbox::Running,
    settings: Settings,
    folder: PathBuf,
    clock: Timestamp,
}

impl Office {
    pub fn open() -> Self {
        Self::open_at(NOW)
    }

    /// For programs that have no clock but the machine's.
    pub fn open_at(clock: Timestamp) -> Self {
        static OFFICES: AtomicU32 = AtomicU32::new(0);
        let number = OFFICES.fetch_add(1, Ordering::Relaxed);
        let name = format!("minwon-desk-office-{}-{number}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        for station in [STATION, "narae-1", "post-1"] {
            let party = Party::Station(StationId::new(station));
            enroll(&folder, &party, station, clock);
        }
        for agent in ["kim", "lee"] {
            enroll(&folder, &Party::Agent(AgentId::new(agent)), agent, clock);
        }
        let runtime = Runtime::new().unwrap();
        let house = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/catalog");
        let networks = runtime
            .block_on(sandbox::start(ANY, Some(house.as_path())))
            .unwrap();
        let mut settings = Settings {
            catalog: house,
            data: folder.join("data"),
            listen: ANY,
            names: vec!["127.0.0.1".to_owned()],
            public: ANY,
            operators: None,
            console: None,
            enrolment: None,
            page: exchange::PageSettings::default(),
            networks: networks.url(),
            network_access: None,
            recipients: None,
            stations: folder.join("stations.toml"),
            unproven_agents: None,
            key_store: KeyStore::File,
            clock_starts_at: Some(clock),
            backup: None,
            text_messages: None,
            training_kept: exchange::TRAINING_KEPT,
        };
        let exchange = runtime.block_on(exchange::start(&settings)).unwrap();
        // After a pause it is found where it was.
        settings.listen = exchange.address;
        Self {
            runtime,
            exchange: Some(exchange),
            networks,
            settings,
            folder,
            clock,
        }
    }

    /// The exchange goes away; what it has kept stays.
    pub fn close(&mut self) {
        self.exchange = None;
    }

    pub fn reopen(&mut self) {
        let exchange = self.runtime.block_on(exchange::start(&self.settings));
        self.exchange = Some(exchange.unwrap());
    }

    /// Where the exchange keeps what it has.
    pub fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// The catalogue it was provisioned with.
    pub fn catalog(&self) -> &Path {
        &self.settings.catalog
    }

    /// What the agent `kim` reads at the exchange.
    pub fn read(&self, path: &str) -> serde_json::Value {
        let read = self.wire("kim");
        let read = self.runtime.block_on(read.get(path, PATIENCE)).unwrap();
        serde_json::from_slice(&read).unwrap()
    }

    /// What the agent `kim` has done there.
    pub fn attend(&self, path: &str, said: &serde_json::Value) {
        self.attend_as("kim", path, said);
    }

    /// What another agent or a station has done there.
    pub fn attend_as(&self, who: &str, path: &str, said: &serde_json::Value) {
        let wire = self.wire(who);
        let done = wire.post::<serde_json::Value>(path, said);
        self.runtime.block_on(done).unwrap();
    }

    pub fn url(&self) -> String {
        format!("https://{}", self.settings.listen)
    }

    /// The folder of a party's certificate: of `desk-1`, `narae-1` or the agent `kim`.
    pub fn credentials(&self, who: &str) -> PathBuf {
        self.folder.join(who)
    }

    /// What another station is told of a code.
    pub fn look_up(&self, station: &str, code: &str) -> TicketAnswer {
        let wire = self.wire(station);
        self.runtime.block_on(wire.look_up(code)).unwrap()
    }

    /// Another station offers what happened to a request.
    pub fn offer(&self, station: &str, request: &str, events: &[RequestEvent]) {
        self.offer_all(station, &[(request.to_owned(), events.to_vec())]);
    }

    /// Another station offers what happened to several requests; only once, because its
    /// journal begins here.
    pub fn offer_all(&self, station: &str, requests: &[(String, Vec<RequestEvent>)]) {
        let wire = self.wire(station);
        let mut journal = Journal::in_memory(StationId::new(station)).unwrap();
        let before = journal.head().hash;
        for (request, events) in requests {
            let request = RequestId::new(request);
            for event in events {
                journal.append(&request, event, NOW).unwrap();
            }
        }
        let offer = Offer {
            speaker: journal.head().incarnation.clone(),
            before,
            entries: journal.entries(0, u32::MAX).unwrap(),
        };
        let hello = Hello {
            head: journal.head().clone(),
            received: 0,
            release: "test".to_owned(),
            finding: None,
        };
        let answer = self.runtime.block_on(async {
            wire.hello(&hello).await.unwrap();
            wire.offer(&offer).await.unwrap()
        });
        assert_eq!(answer, Answer::Acknowledged(journal.head().number));
    }

    /// The agent `kim` lays a file of plain text to a petition.
    pub fn lay_text(&self, request: &str, name: &str, text: &str) {
        let (path, length) = (format!("/v1/petitions/{request}/files"), text.len());
        let question = format!(
            "POST {path}?name={name} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\
             Content-Type: text/plain\r\nContent-Length: {length}\r\n\r\n{text}"
        );
        let credentials = Credentials::read(&self.folder.join("kim")).unwrap();
        let clock = self.clock;
        let clock = identity::Clock::new(move || clock);
        let config = Arc::new(identity::client(credentials, clock).unwrap());
        let address = self.settings.listen;
        let answer = self.runtime.block_on(async {
            let line = TcpStream::connect(address).await?;
            let name = ServerName::from(address.ip());
            let mut line = TlsConnector::from(config).connect(name, line).await?;
            line.write_all(question.as_bytes()).await?;
            let mut answer = Vec::new();
            // Whoever hangs up without a word has answered before.
            let _ = line.read_to_end(&mut answer).await;
            std::io::Result::Ok(answer)
        });
        let answer = String::from_utf8(answer.unwrap()).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    }

    /// What the exchange answers a station that asks for a citizen.
    pub fn asks(&self, station: &str, question: &PetitionQuestion) -> PetitionAnswer {
        let wire = self.wire(station);
        self.runtime.block_on(wire.ask_petition(question)).unwrap()
    }

    /// What anybody may read at the exchange.
    pub fn public(&self, path: &str) -> serde_json::Value {
        let public = self.exchange.as_ref().unwrap().public;
        let url = format!("http://{public}{path}");
        let answer = self.runtime.block_on(async {
            let answer = reqwest::get(url).await?;
            answer.json::<serde_json::Value>().await
        });
        answer.unwrap()
    }

    /// Everything in the exchange's store and its log, as bytes that can be searched.
    pub fn audit(&self) -> String {
        let data = self.folder.join("data");
        let files = fs::read_dir(data).unwrap().map(|file| file.unwrap().path());
        let store = |path: &PathBuf| {
            let name = path.file_name().unwrap().to_string_lossy();
            name.starts_with("exchange.sqlite")
        };
        files
            .filter(store)
            .map(|path| String::from_utf8_lossy(&fs::read(path).unwrap()).into_owned())
            .collect()
    }

    fn wire(&self, who: &str) -> Wire {
        let clock = self.clock;
        Wire::new(link::Settings {
            exchange: self.url(),
            station: StationId::new(who),
            credentials: self.folder.join(who),
            clock: link::Clock::new(move || clock),
        })
    }
}

impl Drop for Office {
    fn drop(&mut self) {
        self.exchange = None;
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn enroll(folder: &Path, party: &Party, into: &str, now: Timestamp) {
    let (data, roster) = (folder.join("data"), folder.join("stations.toml"));
    let year = Duration::from_hours(24 * 365);
    exchange::enroll(&data, &roster, party, &folder.join(into), now, year).unwrap();
}
