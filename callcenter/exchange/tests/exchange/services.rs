//! Every service of the catalogue, from the request to a paper that holds: asked for at
//! a kiosk, and prepared by telephone and collected at one.
//!
//! Each service goes through one of the two doors, in turn; `MINWON_SERVICES=all` sends
//! each through both, and a table says how it went. Services that a person answers go
//! through both to their answer.

#[path = "services/answered.rs"]
mod answered;
#[path = "services/asking.rs"]
mod asking;
#[path = "services/folder.rs"]
mod folder;
#[path = "services/foreign.rs"]
mod foreign;

use std::{fmt, time::Duration};

use catalog::{Catalog, Service};
use request::{DocumentReference, Outcome, RequestEvent, RequestId};
use sync::Announcement;
use verify::{Trust, Verdict, examine};

use crate::{office::Office, station::Station, written};
use asking::Asked;

const PATIENCE: Duration = Duration::from_secs(20);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Door {
    Kiosk,
    Desk,
}

/// What came of a service that was asked for.
#[derive(Debug, PartialEq, Eq)]
enum End {
    /// So many pages, genuine.
    Paper(u32),
    Other(String),
}

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Paper(pages) => write!(f, "genuine, {pages} p."),
            Self::Other(what) => f.write_str(what),
        }
    }
}

/// The office, and the two stations whose news are read one after another.
struct Counter {
    office: Office,
    trust: Trust,
    desk: Told,
    kiosk: Told,
}

/// A station, and how far it has heard what the exchange says.
struct Told {
    station: Station,
    heard: u64,
}

impl Told {
    /// What becomes of a request.
    async fn outcome(&mut self, id: &str) -> RequestEvent {
        let wanted = RequestId::new(id);
        loop {
            let told = self
                .station
                .wire
                .listen(self.heard, PATIENCE)
                .await
                .unwrap();
            assert!(!told.publications.is_empty(), "nothing is told of {id}");
            for publication in told.publications {
                self.heard = publication.number;
                if let Announcement::Request { request, event } = publication.content
                    && request == wanted
                {
                    return event;
                }
            }
        }
    }
}

impl Counter {
    async fn open() -> Self {
        Self::of(Office::open().await)
    }

    fn of(office: Office) -> Self {
        let told = |id: &str| Told {
            station: office.station(id),
            heard: 0,
        };
        let (desk, kiosk) = (told("gaon-1"), told("narae-1"));
        Self {
            trust: Trust::read(&office.trust()).unwrap(),
            desk,
            kiosk,
            office,
        }
    }

    async fn ask(&mut self, catalog: &Catalog, service: &Service, door: Door) -> End {
        let asked = Asked::of(catalog, service);
        let id = format!("{door:?}-{}", service.id);
        match door {
            Door::Kiosk => {
                let events = asked.at_kiosk(service, &self.kiosk.station.id);
                self.kiosk.station.tell_all(&id, events).await;
            }
            Door::Desk => {
                let code = written::code(&id);
                let events = asked.by_telephone(service, &self.desk.station.id, &code);
                self.desk.station.tell_all(&id, events).await;
                let ready = self.desk.outcome(&id).await;
                if ready != RequestEvent::ResultReady {
                    return End::Other(format!("not ready: {ready:?}"));
                }
                let events = asked.collecting(service, &self.kiosk.station.id, &code);
                self.kiosk
                    .station
                    .tell_all(&format!("{id}-collected"), events)
                    .await;
            }
        }
        let taken = match door {
            Door::Kiosk => id,
            Door::Desk => format!("{id}-collected"),
        };
        let result = match self.kiosk.outcome(&taken).await {
            RequestEvent::Prepared { documents } => self.examined(&documents).await,
            other => End::Other(format!("{other:?}")),
        };
        let outcome = Outcome::Failed;
        self.kiosk
            .station
            .tell(&taken, RequestEvent::Closed { outcome })
            .await;
        result
    }

    /// The paper, as whoever is handed it looks at it.
    async fn examined(&self, documents: &[DocumentReference]) -> End {
        let [document] = documents else {
            return End::Other(format!("{} papers", documents.len()));
        };
        let pdf = self.kiosk.station.document(&document.number).await.unwrap();
        match examine(&pdf, &self.trust) {
            Verdict::Genuine {
                signed: Some(_),
                claims: Some(claims),
                lease: None,
            } => {
                let told = claims.fields.iter().all(|(_, value)| !value.is_empty());
                let ours = claims.document_number == document.number.as_str();
                if told && ours && !claims.fields.is_empty() {
                    End::Paper(document.pages)
                } else {
                    End::Other("the seal is about something else".to_owned())
                }
            }
            other => End::Other(format!("{other:?}")),
        }
    }
}

fn catalog() -> Catalog {
    let house = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/catalog");
    Catalog::read(&house).unwrap()
}

#[tokio::test]
#[allow(
    clippy::print_stdout,
    reason = "the table is what `make services` is run for"
)]
async fn every_service_ends_in_a_paper_that_holds() {
    let mut counter = Counter::open().await;
    let through_both = std::env::var("MINWON_SERVICES").is_ok_and(|it| it == "all");
    let mut others = Vec::new();

    let catalog = catalog();
    for (index, service) in catalog.services().enumerate() {
        let doors = [Door::Kiosk, Door::Desk];
        let doors = if through_both {
            &doors[..]
        } else {
            &doors[index % 2..][..1]
        };
        let mut row = format!("{:30}", service.id.as_str());
        for door in doors {
            let result = counter.ask(&catalog, service, *door).await;
            row += &format!(" {door:?}: {:18}", result.to_string());
            if !matches!(result, End::Paper(_)) {
                others.push(format!("{} ({door:?}): {result}", service.id));
            }
        }
        println!("{row}");
    }

    assert!(others.is_empty(), "\n{}", others.join("\n"));
}

#[tokio::test]
async fn a_new_service_needs_a_folder_and_no_line_of_rust() {
    let mut counter = Counter::of(folder::office_with_new_services().await);
    let catalog = Catalog::read(&counter.office.folder_of_all().join("catalog")).unwrap();

    for id in folder::NEW {
        let service = catalog.service(&request::ServiceId::new(id)).unwrap();
        let by_kiosk = counter.ask(&catalog, service, Door::Kiosk).await;
        let by_desk = counter.ask(&catalog, service, Door::Desk).await;

        assert_eq!((by_kiosk, by_desk), (End::Paper(1), End::Paper(1)), "{id}");
    }
}
