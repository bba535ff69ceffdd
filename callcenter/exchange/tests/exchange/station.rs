//! A station that keeps its own journal in memory.

use std::{path::Path, time::Duration};

use journal::Journal;
use link::{LinkFault, Wire};
use privacy::Personal;
use request::{
    Action, Applicant, Channel, Consent, DeclineReason, DocumentNumber, DocumentReference, Fee,
    FeeReason, Identification, RequestEvent, RequestId, ResidentNumber, ServiceId, ServiceRequest,
    StationId, Timestamp,
};
use sync::{Announcement, Answer, Greeting, Hello, Offer, Publication};

use crate::office::{Office, TUESDAY_10_00};

pub(crate) struct Station {
    pub(crate) id: StationId,
    pub(crate) wire: Wire,
    pub(crate) journal: Journal,
    greeted: bool,
}

impl Station {
    pub(crate) fn new(id: StationId, wire: Wire, journal: Journal) -> Self {
        Self {
            id,
            wire,
            journal,
            greeted: false,
        }
    }

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
        self.write_down(id, service, applicant, answers);
        assert_eq!(self.offer_all_again().await, self.head());
    }

    /// As [`Self::submit`], while there is no line.
    pub(crate) fn write_down(
        &mut self,
        id: &str,
        service: &str,
        applicant: Option<&str>,
        answers: &[(&str, &str)],
    ) {
        let request = self.fill_in(id, service, applicant, answers);
        self.record(id, &request.decide(Action::Submit).unwrap());
    }

    /// Fills a request in and leaves it at that.
    pub(crate) fn fill_in(
        &mut self,
        id: &str,
        service: &str,
        applicant: Option<&str>,
        answers: &[(&str, &str)],
    ) -> ServiceRequest {
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
        let mut request = ServiceRequest::open(RequestId::new(id), &opened).unwrap();
        self.record(id, &opened);
        for action in actions {
            let event = request.decide(action).unwrap();
            request.apply(&event);
            self.record(id, &event);
        }
        request
    }

    pub(crate) async fn tell(&mut self, id: &str, event: RequestEvent) {
        self.record(id, &event);
        assert_eq!(self.offer_all_again().await, self.head());
    }

    /// Writes down all of it, then tells it at once.
    pub(crate) async fn tell_all(&mut self, id: &str, events: Vec<RequestEvent>) {
        let told = self.head();
        for event in &events {
            self.record(id, event);
        }
        assert_eq!(self.offer(told).await, self.head());
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

    /// Waits for what the exchange says of requests after so many sayings.
    pub(crate) async fn told_after(&self, sayings: usize) -> RequestEvent {
        let mut after = 0;
        for _ in 0..sayings {
            after = self.publication(after).await.number;
        }
        match self.publication(after).await.content {
            Announcement::Request { event, .. } => event,
            other => panic!("{other:?} was told"),
        }
    }

    async fn publication(&self, after: u64) -> Publication {
        let wait = Duration::from_secs(20);
        let mut told = self.wire.listen(after, wait).await.unwrap().publications;
        assert!(!told.is_empty(), "nothing was told after {after}");
        told.swap_remove(0)
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

    pub(crate) async fn answer(&self, id: &str) -> RequestEvent {
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

    /// Says hello and offers everything, where the line may break at any moment.
    pub(crate) async fn try_to_offer(&mut self) -> Result<Answer, LinkFault> {
        let head = self.journal.head().clone();
        let entries = self.journal.entries(0, 1000).unwrap();
        let offer = Offer {
            speaker: head.incarnation.clone(),
            before: self.journal.hash_at(0).unwrap().unwrap(),
            entries,
        };
        let hello = Hello {
            head,
            received: 0,
            release: "test".to_owned(),
            finding: None,
        };
        self.wire.hello(&hello).await?;
        self.wire.offer(&offer).await
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
