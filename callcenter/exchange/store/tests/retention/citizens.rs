//! Stations that serve invented citizens, and a store whose files are searched
//! for them.

use std::{cell::Cell, fs, path::PathBuf, time::Duration};

use journal::Journal;
use ledger::{Document, Erased, Fault, Kept, Store, Survey};
use privacy::Personal;
use request::{
    Applicant, Channel, Consent, DocumentNumber, DocumentReference, Fee, FeeReason, Identification,
    IdentityLevel, Outcome, PersonalFact, RequestEvent, RequestId, ResidentNumber, ServiceId,
    StationId, Terms, Timestamp,
};
use sha2::{Digest, Sha256};
use sync::{Answer, Content, Contradiction, Entry, Greeting, Hello, Incarnation, Offer};
use tempfile::TempDir;

pub(crate) const DAY: Duration = Duration::from_hours(24);
pub(crate) const PDF_DAYS: u32 = 90;
pub(crate) const IDENTITY_DAYS: u32 = 1825;
const TUESDAY: Timestamp = Timestamp::from_millis(1_795_482_000_000);
const PDF: &str = "%PDF-1.7 of one who asked";

/// Name, number and what was typed of invented people.
pub(crate) const NAMES: [(&str, &str, &str); 3] = [
    ("한빛나", "9001012990014", "답-새솔동"),
    ("아무개", "7001011234567", "답-가온동"),
    ("누군가", "4802292990041", "답-나래동"),
];

pub(crate) struct Desk {
    pub(crate) store: Store,
    pub(crate) folder: TempDir,
    now: Cell<Timestamp>,
}

impl Desk {
    pub(crate) fn new() -> Self {
        Self::with(Store::open)
    }

    pub(crate) fn with(
        open: impl FnOnce(&std::path::Path) -> Result<Store, ledger::StoreError>,
    ) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = open(&folder.path().join("exchange.sqlite")).unwrap();
        Self {
            store,
            folder,
            now: Cell::new(TUESDAY),
        }
    }

    /// The store is closed and opened again.
    pub(crate) fn restart(
        &mut self,
        open: impl FnOnce(&std::path::Path) -> Result<Store, ledger::StoreError>,
    ) {
        let aside = tempfile::tempdir().unwrap();
        self.store = Store::open(&aside.path().join("none")).unwrap();
        self.store = open(&self.folder.path().join("exchange.sqlite")).unwrap();
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.now.get()
    }

    pub(crate) fn station(&self, id: &str) -> Station {
        let id = StationId::new(id);
        let station = Station {
            journal: Journal::in_memory(id.clone()).unwrap(),
            id,
            erased: Vec::new(),
        };
        station.hello(self);
        station
    }

    /// Everything that is due at a time after the beginning.
    pub(crate) fn erase_after(&self, time: Duration) -> Erased {
        self.now.set(TUESDAY + time);
        let term = |_: &ServiceId, kept| match kept {
            Kept::Document => DAY * PDF_DAYS,
            Kept::Fact(PersonalFact::Identity | PersonalFact::Answer) => DAY * IDENTITY_DAYS,
            Kept::Fact(PersonalFact::Options | PersonalFact::Consent) => DAY * IDENTITY_DAYS,
        };
        let erased = self.store.erase_finished(&term, self.now()).unwrap();
        assert!(self.store.empty_log().unwrap());
        erased
    }

    /// What the store's files say of people, the log and whatever lies beside it
    /// included.
    pub(crate) fn found(&self) -> Vec<&'static str> {
        let mut files: Vec<PathBuf> = fs::read_dir(self.folder.path())
            .unwrap()
            .map(|it| it.unwrap().path())
            .filter(|it| it.is_file())
            .collect();
        files.sort();
        let bytes: Vec<u8> = files
            .iter()
            .flat_map(|file| fs::read(file).unwrap())
            .collect();
        let people = NAMES
            .into_iter()
            .flat_map(|(name, number, answer)| [name, number, answer]);
        people
            .chain([PDF])
            .filter(|it| bytes.windows(it.len()).any(|there| there == it.as_bytes()))
            .collect()
    }

    pub(crate) fn survey(&self) -> (Survey, Vec<Fault>) {
        Survey::of(&self.folder.path().join("exchange.sqlite")).unwrap()
    }

    pub(crate) fn aside(&self) -> Vec<Entry> {
        let file = self.folder.path().join("exchange.sqlite");
        let connection = rusqlite::Connection::open(file).unwrap();
        let mut select = connection.prepare("SELECT content FROM aside").unwrap();
        let rows = select.query_map([], |row| row.get::<_, String>(0)).unwrap();
        rows.map(|it| serde_json::from_str(&it.unwrap()).unwrap())
            .collect()
    }
}

pub(crate) struct Station {
    pub(crate) id: StationId,
    journal: Journal,
    /// Entries as they are once the station has erased them.
    erased: Vec<u64>,
}

impl Station {
    pub(crate) fn record(&mut self, citizen: usize, event: &RequestEvent) {
        let request = RequestId::new(format!("r{citizen}"));
        self.journal.append(&request, event, TUESDAY).unwrap();
    }

    pub(crate) fn open(&mut self, citizen: usize) {
        let opened = RequestEvent::Opened {
            service: ServiceId::new("s"),
            service_version: 1,
            channel: Channel::Kiosk,
            station: self.id.clone(),
            language: "ko".to_owned(),
            terms: Terms {
                identity: IdentityLevel::Number,
                consent: true,
                questions: vec!["where".to_owned()],
                copies_max: 1,
            },
        };
        self.record(citizen, &opened);
    }

    pub(crate) fn identify(&mut self, citizen: usize) {
        let (name, number, _) = NAMES[citizen];
        let applicant = Applicant {
            name: Personal::new(name.to_owned()),
            resident_number: ResidentNumber::parse(number).unwrap(),
        };
        let by = Identification::CardAndNumber;
        self.record(citizen, &RequestEvent::Identified { applicant, by });
    }

    pub(crate) fn close(&mut self, citizen: usize, outcome: Outcome) {
        self.record(citizen, &RequestEvent::Closed { outcome });
    }

    fn fill_in(&mut self, citizen: usize) {
        self.open(citizen);
        self.identify(citizen);
        let answer = Personal::new(NAMES[citizen].2.to_owned());
        let question = "where".to_owned();
        self.record(citizen, &RequestEvent::Answered { question, answer });
        let consent = Consent {
            agency: "a".to_owned(),
            purpose: "p".to_owned(),
            fields: vec!["f".to_owned()],
            language: "ko".to_owned(),
        };
        self.record(citizen, &RequestEvent::Consented { consent });
        let fee = Fee {
            unit_won: 200,
            legal_basis: "ordinance".to_owned(),
            reason: FeeReason::Everywhere,
        };
        self.record(citizen, &RequestEvent::FeeQuoted { fee });
        self.record(citizen, &RequestEvent::Submitted);
    }

    /// A whole visit, with its document.
    pub(crate) fn serve(&mut self, desk: &Desk, citizen: usize) {
        self.fill_in(citizen);
        self.offer_all(desk);
        let (id, number) = (RequestId::new(format!("r{citizen}")), number(citizen));
        desk.store.reserve(&id, 1, 1, &number).unwrap();
        let pdf = PDF.repeat(500).into_bytes();
        let sha256 = Sha256::digest(&pdf)
            .into_iter()
            .map(|it| format!("{it:02x}"));
        let reference = DocumentReference {
            number: number.clone(),
            pages: 1,
            sha256: sha256.collect(),
        };
        let document = Document { reference, pdf };
        desk.store.finish(&document).unwrap();
        let documents = vec![document.reference];
        let prepared = RequestEvent::Prepared { documents };
        desk.store
            .publish(&id, &self.id, &prepared, desk.now(), true)
            .unwrap();
        self.record(citizen, &RequestEvent::Issued { number });
        self.close(citizen, Outcome::Done);
        self.offer_all(desk);
    }

    /// A visit that ends with a claim ticket.
    pub(crate) fn queue(&mut self, citizen: usize) {
        self.fill_in(citizen);
        let ticket = "1111222233334444".to_owned();
        self.record(citizen, &RequestEvent::Queued { ticket });
        self.close(citizen, Outcome::Queued);
    }

    pub(crate) fn hello(&self, desk: &Desk) -> Greeting {
        let hello = Hello {
            head: self.journal.head().clone(),
            received: 0,
            release: "test".to_owned(),
            finding: None,
        };
        desk.store.greet(&hello, desk.now()).unwrap()
    }

    pub(crate) fn offer_all(&self, desk: &Desk) -> Answer {
        let mut entries = self.journal.entries(0, 1000).unwrap();
        for entry in &mut entries {
            if self.erased.contains(&entry.number) {
                let commitment = entry.commitment();
                entry.content = Content::Erased { commitment };
            }
        }
        let offer = Offer {
            speaker: self.incarnation(),
            before: self.journal.hash_at(0).unwrap().unwrap(),
            entries,
        };
        let taken = desk.store.take(&self.id, &offer, desk.now()).unwrap();
        taken.unwrap().answer
    }

    /// Somebody offers another journal under this one's name; all that is said
    /// from then on is kept aside.
    pub(crate) fn fork(&self, desk: &Desk) {
        let mut entries = self.journal.entries(0, 1).unwrap();
        entries[0].recorded_at = Timestamp::from_millis(0);
        let offer = Offer {
            speaker: self.incarnation(),
            before: self.journal.hash_at(0).unwrap().unwrap(),
            entries,
        };
        let taken = desk.store.take(&self.id, &offer, desk.now()).unwrap();
        let answer = taken.unwrap().answer;
        assert_eq!(answer, Answer::Quarantined(Contradiction::Forked));
    }

    /// The station has erased what is personal in its own journal.
    pub(crate) fn forget(&mut self) {
        let entries = self.journal.entries(0, 1000).unwrap();
        let personal = entries
            .iter()
            .filter(|it| it.event().unwrap().is_personal());
        self.erased = personal.map(|it| it.number).collect();
    }

    pub(crate) fn head(&self) -> u64 {
        self.journal.head().number
    }

    pub(crate) fn incarnation(&self) -> Incarnation {
        self.journal.head().incarnation.clone()
    }
}

fn number(citizen: usize) -> DocumentNumber {
    DocumentNumber::new(format!("2611-{citizen}"))
}
