//! The connector against a network that does as it is told, over HTTP.

#![allow(clippy::unwrap_used)]

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, Uri},
    response::{IntoResponse, Response},
};
use privacy::Personal;
use registry::header;
use request::{ResidentNumber, ServiceId};
use tokio::{net::TcpListener, sync::Semaphore, task::JoinSet};

use super::*;

const HOUSEHOLD: &str = "resident-register-household";
const LAND_PRICE: &str = "land-price";

/// A network that answers with the catalogue's sample as soon as it is let.
struct Agency {
    catalog: Catalog,
    answer: Answer,
    /// One for each question that may be answered.
    let_through: Semaphore,
    under_way: AtomicUsize,
    most_at_once: AtomicUsize,
    asked: AtomicUsize,
}

#[derive(Clone, Copy)]
enum Answer {
    Record,
    Later(StatusCode, &'static str),
    /// Whatever answers at that address knows nothing of X-Road.
    NoSuchPage,
}

impl Agency {
    async fn open(answer: Answer) -> (Arc<Self>, Connector) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/catalog");
        let agency = Arc::new(Self {
            catalog: Catalog::read(&folder).unwrap(),
            answer,
            let_through: Semaphore::new(0),
            under_way: AtomicUsize::new(0),
            most_at_once: AtomicUsize::new(0),
            asked: AtomicUsize::new(0),
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new()
            .fallback(answered)
            .with_state(Arc::clone(&agency));
        tokio::spawn(async move { axum::serve(listener, router).await });
        let connector = Connector::by(Access::through(&url), Clock::System);
        (agency, connector)
    }

    fn service(&self, id: &str) -> (&Network, &Service) {
        let service = self.catalog.service(&ServiceId::new(id)).unwrap();
        (self.catalog.network(&service.network).unwrap(), service)
    }

    async fn ask_household(&self, connector: &Connector, check: &str) -> Result<Value, Refused> {
        let (network, service) = self.service(HOUSEHOLD);
        let sample: Value = serde_json::from_str(&service.sample).unwrap();
        let number = sample.pointer("/members/0/resident_number").unwrap();
        let applicant = Applicant {
            name: Personal::new("아무개".to_owned()),
            resident_number: ResidentNumber::parse(number.as_str().unwrap()).unwrap(),
        };
        let check = CheckId::new(check);
        (connector.ask_about(network, service, &check, &applicant)).await
    }

    /// `land` is what the form says of the parcel.
    async fn ask_land_price(&self, connector: &Connector, land: &str) -> Result<Value, Refused> {
        let (network, service) = self.service(LAND_PRICE);
        let request = request_of(service, land);
        connector.ask(network, service, &request).await
    }

    fn state(&self, connector: &Connector, network: &str) -> NetworkState {
        let states = connector.states(&self.catalog, Instant::now());
        let found = states.into_iter().find(|(id, _)| id.as_str() == network);
        found.unwrap().1
    }
}

fn request_of(service: &Service, parcel: &str) -> ServiceRequest {
    use request::{Action, Channel, RequestEvent, RequestId};
    let opened = RequestEvent::Opened {
        service: service.id.clone(),
        service_version: service.version,
        channel: Channel::Kiosk,
        station: StationId::new("gaon-1"),
        language: "ko".to_owned(),
        terms: service.terms(),
    };
    let mut request = ServiceRequest::open(RequestId::new(parcel), &opened).unwrap();
    for (question, answer) in [("district", "4199910100"), ("parcel_number", parcel)] {
        let event = request
            .decide(Action::Answer {
                question: question.to_owned(),
                answer: Personal::new(answer.to_owned()),
            })
            .unwrap();
        request.apply(&event);
    }
    request
}

async fn answered(
    State(agency): State<Arc<Agency>>,
    uri: Uri,
    headers: HeaderMap,
    _: Bytes,
) -> Response {
    agency.asked.fetch_add(1, Ordering::SeqCst);
    let at_once = agency.under_way.fetch_add(1, Ordering::SeqCst) + 1;
    agency.most_at_once.fetch_max(at_once, Ordering::SeqCst);
    agency.let_through.acquire().await.unwrap().forget();
    agency.under_way.fetch_sub(1, Ordering::SeqCst);
    let path = uri.path().strip_prefix("/r1/").unwrap();
    let code = path.rsplit('/').next().unwrap();
    let service = agency.catalog.services().find(|it| it.query == code);
    match agency.answer {
        Answer::Record => {
            let id = headers
                .get(header::ID)
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned();
            let said = [(header::ID, id), (header::SERVICE, path.to_owned())];
            (said, service.unwrap().sample.clone()).into_response()
        }
        Answer::Later(status, when) => (status, [("retry-after", when)]).into_response(),
        Answer::NoSuchPage => StatusCode::NOT_FOUND.into_response(),
    }
}

#[tokio::test]
async fn a_network_is_asked_no_more_at_once_than_its_file_allows_and_nobody_is_forgotten() {
    let (agency, connector) = Agency::open(Answer::Record).await;
    let allowed = usize::from(agency.service(HOUSEHOLD).0.questions_at_once.get());
    let connector = Arc::new(connector);
    let many = 3 * allowed;
    let mut asking = JoinSet::new();
    for number in 0..many {
        let (agency, connector) = (Arc::clone(&agency), Arc::clone(&connector));
        asking.spawn(async move { agency.ask_household(&connector, &number.to_string()).await });
    }
    // Another network has places of its own.
    let (there, to_there) = (Arc::clone(&agency), Arc::clone(&connector));
    asking.spawn(async move { there.ask_land_price(&to_there, "12").await });
    while agency.under_way.load(Ordering::SeqCst) < allowed + 1 {
        tokio::task::yield_now().await;
    }
    for _ in 0..2_000 {
        tokio::task::yield_now().await;
    }
    assert_eq!(agency.asked.load(Ordering::SeqCst), allowed + 1);

    agency.let_through.add_permits(many + 1);
    while let Some(answer) = asking.join_next().await {
        answer.unwrap().unwrap();
    }
    assert_eq!(agency.asked.load(Ordering::SeqCst), many + 1);
    assert_eq!(agency.most_at_once.load(Ordering::SeqCst), allowed + 1);
}

#[tokio::test]
async fn a_network_that_asks_for_patience_is_not_asked_again_meanwhile() {
    for status in [
        StatusCode::TOO_MANY_REQUESTS,
        StatusCode::SERVICE_UNAVAILABLE,
    ] {
        let (agency, connector) = Agency::open(Answer::Later(status, "60")).await;
        agency.let_through.add_permits(9);

        let first = agency.ask_household(&connector, "first").await;
        let second = agency.ask_household(&connector, "second").await;

        assert_eq!(first, Err(Refused::Fault(NetworkFault::Slow)));
        assert_eq!(second, Err(Refused::Fault(NetworkFault::Unreachable)));
        assert_eq!(agency.asked.load(Ordering::SeqCst), 1, "{status}");
        assert_eq!(agency.state(&connector, "people-id"), NetworkState::Down);
        assert_eq!(
            agency.state(&connector, "meteorology"),
            NetworkState::Unknown
        );
    }
}

#[tokio::test]
async fn what_a_service_says_may_be_given_again_is_not_asked_twice_and_people_always_are() {
    let (agency, connector) = Agency::open(Answer::Record).await;
    agency.let_through.add_permits(9);

    for parcel in ["12", "12", "13", "12"] {
        agency.ask_land_price(&connector, parcel).await.unwrap();
    }
    assert_eq!(agency.asked.load(Ordering::SeqCst), 2, "two parcels");

    for check in ["a", "b"] {
        agency.ask_household(&connector, check).await.unwrap();
    }
    assert_eq!(agency.asked.load(Ordering::SeqCst), 4);
}

#[tokio::test]
async fn a_page_that_is_not_there_is_no_word_of_the_agency() {
    let (agency, connector) = Agency::open(Answer::NoSuchPage).await;
    agency.let_through.add_permits(9);

    let answer = agency.ask_household(&connector, "a").await;

    assert_eq!(answer, Err(Refused::Fault(NetworkFault::Nonsense)));
}

#[tokio::test]
async fn a_question_that_nobody_heard_is_put_once_more() {
    let (agency, _) = Agency::open(Answer::Record).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let lines = tokio::spawn(async move {
        let mut lines = 0;
        while lines < 2 {
            // Hung up at once.
            drop(listener.accept().await.unwrap());
            lines += 1;
        }
        lines
    });
    let connector = Connector::by(Access::through(&url), Clock::System);

    let answer = agency.ask_household(&connector, "a").await;

    assert_eq!(answer, Err(Refused::Fault(NetworkFault::Unreachable)));
    assert_eq!(lines.await.unwrap(), 2);
}

#[test]
fn every_service_is_described_and_its_example_fits() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/catalog");
    let catalog = Catalog::read(&folder).unwrap();

    let description = describe_networks(&catalog);

    let paths = description["paths"].as_object().unwrap();
    let leased = catalog.services().filter(|it| it.lease().is_some()).count();
    assert_eq!(paths.len(), catalog.services().count() + leased);
    assert_eq!(description["tags"].as_array().unwrap().len(), 21);
    for (path, said) in paths {
        assert!(path.starts_with("/r1/KR/GOV/"), "{path}");
        let answer = &said["post"]["responses"]["200"]["content"]["application/json"];
        let example = &answer["examples"]["sample"]["value"];
        let validator = jsonschema::validator_for(&answer["schema"]).unwrap();
        assert!(validator.is_valid(example), "{path}");
    }
}
