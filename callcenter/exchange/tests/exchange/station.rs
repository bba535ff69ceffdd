//! An office with its exchange and sandbox, and a station that keeps its own journal in memory.

use std::{
    fs,
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use exchange::{BackupSettings, KeyStore, Running, Settings};
use privacy::Personal;
use request::{
    Action, Applicant, Channel, Consent, DeclineReason, DocumentNumber, DocumentReference, Fee,
    FeeReason, Identification, RequestEvent, RequestId, ResidentNumber, ServiceId, ServiceRequest,
    StationId, Timestamp,
};
use serde_json::Value;
use sync::{Acknowledgement, Content, Entry, Incarnation, Offer, Publication, Publications, Salt};

use crate::authority::Authority;

/// 24 November 2026, a Tuesday, ten o'clock in Seoul.
pub(crate) const TUESDAY_10_00: i64 = 1_795_482_000_000;
const ANY: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 0);

pub(crate) struct Office {
    pub(crate) networks: sandbox::Running,
    exchange: Option<Running>,
    folder: PathBuf,
    time_stamps: Option<String>,
    backup: Option<BackupSettings>,
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
        let roster: String = ["gaon-1", "narae-1"]
            .map(|it| format!("[[station]]\nid = \"{it}\"\ntoken = \"token-of-{it}\"\n"))
            .concat();
        fs::write(folder.join("stations.toml"), roster).unwrap();
        hurry_networks(&folder);
        let networks = sandbox::start(ANY).await.unwrap();
        let mut office = Self {
            networks,
            exchange: None,
            folder,
            time_stamps,
            backup: None,
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
            networks: self.networks.url(),
            stations: self.folder.join("stations.toml"),
            key_store: KeyStore::File,
            clock_starts_at: Some(Timestamp::from_millis(TUESDAY_10_00)),
            backup: self.backup.clone(),
        };
        let running = match &self.time_stamps {
            None => exchange::start(&settings).await,
            Some(service) => exchange::start_witnessed(&settings, service).await,
        };
        self.exchange = Some(running.unwrap());
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

    pub(crate) fn trust(&self) -> PathBuf {
        self.folder.join("data/trust")
    }

    pub(crate) fn station(&self, id: &str) -> Station {
        Station {
            id: StationId::new(id),
            url: self.url(),
            client: reqwest::Client::new(),
            journal: Vec::new(),
        }
    }

    pub(crate) async fn status(&self, number: &DocumentNumber) -> String {
        let (_, answer) = self.get(&format!("/v1/documents/{number}/status")).await;
        answer["status"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn get(&self, path: &str) -> (u16, Value) {
        let answer = reqwest::get(self.url() + path).await.unwrap();
        (
            answer.status().as_u16(),
            answer.json().await.unwrap_or_default(),
        )
    }

    pub(crate) async fn post(&self, path: &str, token: &str, body: &'static str) -> u16 {
        let post = reqwest::Client::new()
            .post(self.url() + path)
            .bearer_auth(token)
            .body(body);
        post.send().await.unwrap().status().as_u16()
    }

    /// Says something as a station and hears the answer.
    pub(crate) async fn say(
        &self,
        method: reqwest::Method,
        path: &str,
        station: &str,
        body: String,
    ) -> (u16, Value) {
        let said = reqwest::Client::new()
            .request(method, self.url() + path)
            .bearer_auth(format!("token-of-{station}"))
            .body(body);
        let answer = said.send().await.unwrap();
        (
            answer.status().as_u16(),
            answer.json().await.unwrap_or_default(),
        )
    }

    fn url(&self) -> String {
        self.exchange.as_ref().unwrap().url()
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
    url: String,
    client: reqwest::Client,
    journal: Vec<Entry>,
}

impl Station {
    /// The exchange was started anew at another address.
    pub(crate) fn find(&mut self, office: &Office) {
        self.url = office.url();
    }

    pub(crate) fn moved_to(&mut self, office: &Office) {
        self.url = office.url();
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
        self.record(id, opened);
        for action in actions {
            let event = request.decide(action).unwrap();
            request.apply(&event);
            self.record(id, event);
        }
        assert_eq!(self.offer_all_again().await, self.head());
    }

    pub(crate) async fn tell(&mut self, id: &str, event: RequestEvent) {
        self.record(id, event);
        assert_eq!(self.offer_all_again().await, self.head());
    }

    pub(crate) fn head(&self) -> u64 {
        self.journal.len() as u64
    }

    pub(crate) async fn offer_all_again(&self) -> u64 {
        self.offer(self.journal.clone()).await
    }

    pub(crate) async fn offer_with_a_gap(&self) -> u64 {
        let mut entry = self.journal[0].clone();
        entry.number = self.head() + 2;
        self.offer(vec![entry]).await
    }

    pub(crate) async fn publications(&self, after: u64) -> Vec<Publication> {
        let wait = if after == 0 { 20 } else { 0 };
        let path = format!(
            "/v1/stations/{}/publications?after={after}&wait={wait}",
            self.id
        );
        let answer = self
            .client
            .get(self.url.clone() + &path)
            .bearer_auth(self.token());
        let told: Publications = answer.send().await.unwrap().json().await.unwrap();
        told.publications
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

    pub(crate) async fn answer(&self, id: &str) -> RequestEvent {
        let wanted = RequestId::new(id);
        let answered = async {
            loop {
                let told = self.publications(0).await;
                let found = told.into_iter().find(|it| {
                    it.request == wanted && !matches!(it.event, RequestEvent::AttemptFailed { .. })
                });
                if let Some(publication) = found {
                    return publication.event;
                }
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(60), answered)
            .await
            .expect("an answer")
    }

    pub(crate) async fn document(&self, number: &DocumentNumber) -> Option<Vec<u8>> {
        let path = format!("{}/v1/documents/{number}", self.url);
        let answer = self
            .client
            .get(path)
            .bearer_auth(self.token())
            .send()
            .await
            .unwrap();
        if !answer.status().is_success() {
            return None;
        }
        Some(answer.bytes().await.unwrap().to_vec())
    }

    async fn offer(&self, entries: Vec<Entry>) -> u64 {
        let path = format!("{}/v1/stations/{}/entries", self.url, self.id);
        let offer = self
            .client
            .post(path)
            .bearer_auth(self.token())
            .json(&Offer { entries });
        let answer: Acknowledgement = offer.send().await.unwrap().json().await.unwrap();
        answer.acknowledged
    }

    fn record(&mut self, id: &str, event: RequestEvent) {
        self.journal.push(Entry {
            station: self.id.clone(),
            incarnation: Incarnation::from_bytes([7; 16]),
            number: self.head() + 1,
            request: RequestId::new(id),
            recorded_at: Timestamp::from_millis(TUESDAY_10_00),
            content: Content::Whole {
                salt: Salt::from_bytes([1; 16]),
                body: Personal::new(serde_json::to_string(&event).unwrap()),
            },
        });
    }

    fn token(&self) -> String {
        format!("token-of-{}", self.id)
    }
}
