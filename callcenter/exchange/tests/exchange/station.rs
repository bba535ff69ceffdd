//! An office with its exchange and sandbox, and a station that keeps its own journal in memory.

use std::{
    fs,
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use exchange::{KeyStore, Running, Settings};
use identity::{AgentId, Party};
use journal::Journal;
use link::Wire;
use privacy::Personal;
use request::{
    Action, Applicant, Channel, Consent, DeclineReason, DocumentNumber, DocumentReference, Fee,
    FeeReason, Identification, RequestEvent, RequestId, ResidentNumber, ServiceId, ServiceRequest,
    StationId, Timestamp,
};
use serde_json::Value;
use sync::{Announcement, Answer, Greeting, Hello, Offer, Publication};

use crate::authority::Authority;

/// 24 November 2026, a Tuesday, ten o'clock in Seoul.
pub(crate) const TUESDAY_10_00: i64 = 1_795_482_000_000;
const ANY: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 0);

pub(crate) struct Office {
    pub(crate) networks: sandbox::Running,
    exchange: Option<Running>,
    folder: PathBuf,
    time_stamps: Option<String>,
}

impl Office {
    pub(crate) async fn open() -> Self {
        Self::open_in(Self::folder(), None).await
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
        enroll(&folder, &Party::Agent(AgentId::new("kim")), "kim", year);
        hurry_networks(&folder);
        let networks = sandbox::start(ANY).await.unwrap();
        let mut office = Self {
            networks,
            exchange: None,
            folder,
            time_stamps,
        };
        office.restart().await;
        office
    }

    pub(crate) async fn restart(&mut self) {
        self.exchange = None;
        let settings = Settings {
            catalog: self.folder.join("catalog"),
            data: self.folder.join("data"),
            listen: ANY,
            names: vec!["127.0.0.1".to_owned()],
            public: ANY,
            networks: self.networks.url(),
            stations: self.folder.join("stations.toml"),
            key_store: KeyStore::File,
            clock_starts_at: Some(Timestamp::from_millis(TUESDAY_10_00)),
        };
        let running = match &self.time_stamps {
            None => exchange::start(&settings).await,
            Some(service) => exchange::start_witnessed(&settings, service).await,
        };
        self.exchange = Some(running.unwrap());
    }

    pub(crate) fn trust(&self) -> PathBuf {
        self.folder.join("data/trust")
    }

    pub(crate) fn station(&self, id: &str) -> Station {
        let journal = Journal::in_memory(StationId::new(id)).unwrap();
        Station {
            id: StationId::new(id),
            wire: self.wire(id),
            journal,
            greeted: false,
        }
    }

    /// The way to the exchange of a station or agent.
    pub(crate) fn wire(&self, id: &str) -> Wire {
        let start = std::time::Instant::now();
        Wire::new(link::Settings {
            exchange: self.url(),
            station: StationId::new(id),
            credentials: self.folder.join(id),
            clock: link::Clock::new(move || {
                Timestamp::from_millis(TUESDAY_10_00) + start.elapsed()
            }),
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

    pub(crate) async fn status(&self, number: &DocumentNumber) -> String {
        let (_, answer) = self.get(&format!("/v1/documents/{number}/status")).await;
        answer["status"].as_str().unwrap().to_owned()
    }

    /// What everybody may ask.
    pub(crate) async fn get(&self, path: &str) -> (u16, Value) {
        let public = self.exchange.as_ref().unwrap().public;
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

/// The catalogue of the house, with networks that give up after half a second.
fn hurry_networks(folder: &Path) {
    let house = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/catalog");
    let ours = folder.join("catalog");
    fs::create_dir_all(ours.join("networks")).unwrap();
    for name in ["services", "fees", "codes"] {
        std::os::unix::fs::symlink(house.join(name), ours.join(name)).unwrap();
    }
    for file in fs::read_dir(house.join("networks")).unwrap() {
        let file = file.unwrap();
        let text = fs::read_to_string(file.path()).unwrap();
        let text = text.replace("timeout_ms = 8000", "timeout_ms = 500");
        fs::write(ours.join("networks").join(file.file_name()), text).unwrap();
    }
}

pub(crate) struct Station {
    id: StationId,
    pub(crate) wire: Wire,
    pub(crate) journal: Journal,
    greeted: bool,
}

impl Station {
    pub(crate) fn moved_to(&mut self, office: &Office) {
        self.wire = office.wire(self.id.as_str());
        self.greeted = false;
    }

    /// Fills a request in as a kiosk does and submits it.
    pub(crate) async fn submit(
        &mut self,
        id: &str,
        service: &str,
        applicant: Option<&str>,
        answers: &[(&str, &str)],
    ) {
        let house = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/catalog");
        let catalog = catalog::Catalog::read(&house).unwrap();
        let terms = catalog.service(&ServiceId::new(service)).unwrap().terms();
        let opened = RequestEvent::Opened {
            service: ServiceId::new(service),
            service_version: 1,
            channel: Channel::Kiosk,
            station: self.id.clone(),
            language: "ko".to_owned(),
            terms,
        };
        let mut actions = Vec::new();
        if let Some(number) = applicant {
            let resident_number = ResidentNumber::parse(number).unwrap();
            let name = Personal::new("아무개".to_owned());
            let applicant = Applicant {
                name,
                resident_number,
            };
            actions.push(Action::Identify {
                applicant,
                by: Identification::CardAndNumber,
            });
        }
        for (question, answer) in answers {
            let answer = Personal::new((*answer).to_owned());
            actions.push(Action::Answer {
                question: (*question).to_owned(),
                answer,
            });
        }
        actions.push(Action::Consent(Consent {
            agency: "a".to_owned(),
            purpose: "p".to_owned(),
            fields: vec!["f".to_owned()],
            language: "ko".to_owned(),
        }));
        actions.push(Action::QuoteFee(Fee {
            unit_won: 200,
            legal_basis: "ordinance".to_owned(),
            reason: FeeReason::Everywhere,
        }));
        actions.push(Action::Submit);
        let mut request = ServiceRequest::open(RequestId::new(id), &opened).unwrap();
        self.record(id, &opened);
        for action in actions {
            let event = request.decide(action).unwrap();
            request.apply(&event);
            self.record(id, &event);
        }
        assert_eq!(self.offer_all_again().await, self.head());
    }

    pub(crate) async fn tell(&mut self, id: &str, event: RequestEvent) {
        self.record(id, &event);
        assert_eq!(self.offer_all_again().await, self.head());
    }

    pub(crate) fn head(&self) -> u64 {
        self.journal.head().number
    }

    pub(crate) async fn offer_all_again(&mut self) -> u64 {
        self.offer(0).await
    }

    pub(crate) async fn offer_with_a_gap(&mut self) -> u64 {
        let speaker = self.journal.head().incarnation.clone();
        let before = self.journal.head().hash;
        let mut entries = self.journal.entries(0, 1).unwrap();
        entries[0].number = self.head() + 2;
        acknowledged(
            self.wire
                .offer(&Offer {
                    speaker,
                    before,
                    entries,
                })
                .await
                .unwrap(),
        )
    }

    pub(crate) async fn hello(&mut self) -> Greeting {
        let hello = Hello {
            head: self.journal.head().clone(),
            received: 0,
            release: "test".to_owned(),
            finding: None,
        };
        self.greeted = true;
        self.wire.hello(&hello).await.unwrap()
    }

    pub(crate) async fn publications(&self, after: u64) -> Vec<Publication> {
        let wait = Duration::from_secs(if after == 0 { 20 } else { 0 });
        self.wire.listen(after, wait).await.unwrap().publications
    }

    /// What happened at the exchange to requests.
    pub(crate) async fn told(&self) -> Vec<(RequestId, RequestEvent)> {
        let told = self.publications(0).await.into_iter();
        told.filter_map(|it| match it.content {
            Announcement::Request { request, event } => Some((request, event)),
            _ => None,
        })
        .collect()
    }

    /// Waits until the request was answered and hands the documents over.
    pub(crate) async fn prepared(&self, id: &str) -> Vec<DocumentReference> {
        match self.answer(id).await {
            RequestEvent::Prepared { documents } => documents,
            other => panic!("{id} was answered with {other:?}"),
        }
    }

    pub(crate) async fn declined<const N: usize>(&self, ids: [&str; N]) -> Vec<DeclineReason> {
        let mut reasons = Vec::new();
        for id in ids {
            match self.answer(id).await {
                RequestEvent::Declined { reason } => reasons.push(reason),
                other => panic!("{id} was answered with {other:?}"),
            }
        }
        reasons
    }

    async fn answer(&self, id: &str) -> RequestEvent {
        let wanted = RequestId::new(id);
        let answered = async {
            loop {
                let told = self.told().await;
                let found = told.into_iter().find(|(request, event)| {
                    *request == wanted && !matches!(event, RequestEvent::AttemptFailed { .. })
                });
                if let Some((_, event)) = found {
                    return event;
                }
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(60), answered)
            .await
            .expect("an answer")
    }

    pub(crate) async fn document(&self, number: &DocumentNumber) -> Option<Vec<u8>> {
        let document = self.wire.document(number).await.ok()?;
        Some(document.to_vec())
    }

    async fn offer(&mut self, after: u64) -> u64 {
        if !self.greeted {
            self.hello().await;
        }
        let speaker = self.journal.head().incarnation.clone();
        let before = self.journal.hash_at(after).unwrap().unwrap();
        let entries = self.journal.entries(after, 1000).unwrap();
        acknowledged(
            self.wire
                .offer(&Offer {
                    speaker,
                    before,
                    entries,
                })
                .await
                .unwrap(),
        )
    }

    pub(crate) fn record(&mut self, id: &str, event: &RequestEvent) {
        let at = Timestamp::from_millis(TUESDAY_10_00);
        self.journal.append(&RequestId::new(id), event, at).unwrap();
    }
}

fn acknowledged(answer: Answer) -> u64 {
    match answer {
        Answer::Acknowledged(number) => number,
        other => panic!("an offer was answered with {other:?}"),
    }
}

/// A certificate in the folder `into`, and its line in the roster.
fn enroll(folder: &Path, party: &Party, into: &str, lasts: Duration) {
    let (data, roster) = (folder.join("data"), folder.join("stations.toml"));
    let now = Timestamp::from_millis(TUESDAY_10_00);
    exchange::enroll(&data, &roster, party, &folder.join(into), now, lasts).unwrap();
}
