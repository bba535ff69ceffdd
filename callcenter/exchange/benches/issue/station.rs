//! A station that submits requests and fetches what it is told of.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use catalog::Service;
use journal::Journal;
use link::Wire;
use privacy::Personal;
use request::{
    Action, Applicant, Channel, Consent, DocumentReference, Fee, FeeReason, Identification,
    RequestEvent, RequestId, ResidentNumber, ServiceRequest, StationId,
};
use sync::{Announcement, Answer, Hello, Offer};

use crate::{
    Failure, NOW,
    office::{Office, STATION},
};

const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) struct Station<'a> {
    wire: Wire,
    journal: Journal,
    service: &'a Service,
    submitted: usize,
    heard: u64,
    paper: Option<Vec<u8>>,
}

impl<'a> Station<'a> {
    pub(crate) fn open(office: &Office, service: &'a Service) -> Result<Self, Failure> {
        let start = Instant::now();
        let id = StationId::new(STATION);
        let wire = Wire::new(link::Settings {
            exchange: office.url.clone(),
            station: id.clone(),
            credentials: office.folder.path().join(STATION),
            clock: link::Clock::new(move || NOW + start.elapsed()),
        });
        Ok(Self {
            wire,
            journal: Journal::in_memory(id)?,
            service,
            submitted: 0,
            heard: 0,
            paper: None,
        })
    }

    /// A certificate for each of these people; `at_once` of them wait at a time. How
    /// long each waited, from the submission to the document in hand.
    pub(crate) async fn certificates(
        &mut self,
        people: Vec<String>,
        at_once: usize,
    ) -> Result<Vec<Duration>, Failure> {
        if self.submitted == 0 {
            self.hello().await?;
        }
        let mut waiting = BTreeMap::new();
        let mut people = people.into_iter().peekable();
        let mut times = Vec::new();
        while people.peek().is_some() || !waiting.is_empty() {
            while waiting.len() < at_once
                && let Some(person) = people.next()
            {
                let before = self.journal.head().number;
                let id = self.write_down(&person)?;
                waiting.insert(id, Instant::now());
                self.offer(before).await?;
            }
            for (request, documents) in self.listen().await? {
                for document in &documents {
                    let paper = self.wire.document(&document.number).await?;
                    self.paper = Some(paper.to_vec());
                }
                times.extend(waiting.remove(&request).map(|it| it.elapsed()));
            }
        }
        Ok(times)
    }

    pub(crate) fn last_paper(&self) -> Result<&[u8], Failure> {
        Ok(self.paper.as_deref().ok_or("no paper was fetched")?)
    }

    async fn hello(&self) -> Result<(), Failure> {
        let hello = Hello {
            head: self.journal.head().clone(),
            received: 0,
            release: "bench".to_owned(),
            finding: None,
        };
        self.wire.hello(&hello).await?;
        Ok(())
    }

    async fn offer(&self, after: u64) -> Result<(), Failure> {
        let offer = Offer {
            speaker: self.journal.head().incarnation.clone(),
            before: self.journal.hash_at(after)?.ok_or("no entry before")?,
            entries: self.journal.entries(after, 1_000)?,
        };
        match self.wire.offer(&offer).await? {
            Answer::Acknowledged(_) => Ok(()),
            other => Err(format!("an offer was answered with {other:?}").into()),
        }
    }

    async fn listen(&mut self) -> Result<Vec<(RequestId, Vec<DocumentReference>)>, Failure> {
        let told = self.wire.listen(self.heard, PATIENCE).await?.publications;
        self.heard = told.last().ok_or("the exchange says nothing")?.number;
        let prepared = told.into_iter().filter_map(|it| match it.content {
            Announcement::Request {
                request,
                event: RequestEvent::Prepared { documents },
            } => Some(Ok((request, documents))),
            Announcement::Request { event, .. } => Some(Err(format!("not prepared: {event:?}"))),
            _ => None,
        });
        Ok(prepared.collect::<Result<_, _>>()?)
    }

    /// All a kiosk writes down until it submits.
    fn write_down(&mut self, person: &str) -> Result<RequestId, Failure> {
        self.submitted += 1;
        let id = RequestId::new(format!("{STATION}-{}", self.submitted));
        let opened = RequestEvent::Opened {
            service: self.service.id.clone(),
            service_version: self.service.version,
            channel: Channel::Kiosk,
            station: StationId::new(STATION),
            language: "ko".to_owned(),
            terms: self.service.terms(),
        };
        let mut request = ServiceRequest::open(id.clone(), &opened).ok_or("not opened")?;
        self.journal.append(&id, &opened, NOW)?;
        for action in actions(person)? {
            let event = request.decide(action).map_err(|_| "not allowed")?;
            request.apply(&event);
            self.journal.append(&id, &event, NOW)?;
        }
        Ok(id)
    }
}

fn actions(person: &str) -> Result<Vec<Action>, Failure> {
    let applicant = Applicant {
        name: Personal::new("아무개".to_owned()),
        resident_number: ResidentNumber::parse(person).map_err(|_| "no resident number")?,
    };
    let options = [("numbers", "masked"), ("history", "yes")];
    let options = options.map(|(name, choice)| (name.to_owned(), choice.to_owned()));
    Ok(vec![
        Action::Identify {
            applicant,
            by: Identification::CardAndNumber,
        },
        Action::ChooseOptions {
            options: options.into(),
            copies: 1,
        },
        Action::Consent(Consent {
            agency: "행정안전부".to_owned(),
            purpose: "발급".to_owned(),
            fields: vec!["주소".to_owned()],
            language: "ko".to_owned(),
        }),
        Action::QuoteFee(Fee {
            unit_won: 200,
            legal_basis: "조례".to_owned(),
            reason: FeeReason::Everywhere,
        }),
        Action::Submit,
    ])
}
