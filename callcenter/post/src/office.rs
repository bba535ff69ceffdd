//! What becomes of each message, and which letter is due.
//!
//! Four verbs, no I/O. A petition's id is drawn from its letter, so that one found
//! twice, after a crash or because a server delivered it twice, is the same petition.

use std::{
    collections::{BTreeMap, VecDeque},
    time::Instant,
};

use catalog::AcceptedService;
use mail::{NotAPetition, Petition};
use request::{Letter, RequestEvent, RequestId, ServiceRequest, StationId};

use crate::{Order, Outcome, petition};

/// Where this office stands, and what its letters are requests for.
#[derive(Clone, Debug)]
pub struct Site {
    pub station: StationId,
    pub service: AcceptedService,
    /// In which requests are kept (ISO 639-1).
    pub language: String,
}

#[derive(Clone, Debug)]
pub enum Event {
    /// A message lies in the inbox.
    Found {
        place: Place,
        read: Box<Result<Petition, NotAPetition>>,
        /// The number of the newest entry about its petition, when the journal has
        /// it already.
        known: Option<u64>,
    },
    /// The journal has all of a petition, up to this entry.
    Opened { request: RequestId, number: u64 },
    /// The disk is full: the message stays where it is.
    NoRoom { request: RequestId },
    /// The exchange holds everything up to this entry.
    Acknowledged(u64),
    /// Something happened to a petition at the exchange.
    Published {
        request: RequestId,
        event: RequestEvent,
    },
    LetterEnded {
        request: RequestId,
        letter: Letter,
        outcome: Outcome,
    },
    /// What was found will be found again.
    MailboxLost,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Write these down together, or none of them.
    Open {
        request: RequestId,
        events: Vec<RequestEvent>,
    },
    Record {
        request: RequestId,
        event: RequestEvent,
    },
    Move {
        place: Place,
        folder: Folder,
    },
    Send(Box<Order>),
}

/// A message in the inbox, as long as one session with its server lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub session: u32,
    pub uid: u32,
}

/// Where a message goes from the inbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Folder {
    /// The exchange has its petition.
    Processed,
    /// It is no petition; a person may look at it.
    Refused,
}

/// A petition that is not over.
#[derive(Debug)]
pub(crate) struct Case {
    pub(crate) request: ServiceRequest,
    /// The entry up to which the exchange has to have it; none while the journal
    /// itself has not.
    pub(crate) number: Option<u64>,
    pub(crate) retry_at: Option<Instant>,
}

/// A message that stays in the inbox until the exchange has its petition.
#[derive(Debug)]
struct Waiting {
    place: Place,
    request: RequestId,
    number: Option<u64>,
}

#[derive(Debug)]
pub struct Office {
    site: Site,
    pub(crate) cases: BTreeMap<RequestId, Case>,
    waiting: Vec<Waiting>,
    pub(crate) acknowledged: u64,
    pub(crate) sending: Option<(RequestId, Letter)>,
    pub(crate) commands: VecDeque<Command>,
}

impl Office {
    /// `restored` are the petitions that are not over, as the journal tells them,
    /// each with the number of its newest entry; `acknowledged` is how much of the
    /// journal the exchange has.
    pub fn new(
        site: Site,
        restored: Vec<(ServiceRequest, u64)>,
        acknowledged: u64,
        now: Instant,
    ) -> Self {
        let case = |(request, number): (ServiceRequest, u64)| {
            let case = Case {
                request,
                number: Some(number),
                retry_at: None,
            };
            (case.request.id.clone(), case)
        };
        let mut office = Self {
            site,
            cases: restored.into_iter().map(case).collect(),
            waiting: Vec::new(),
            acknowledged,
            sending: None,
            commands: VecDeque::new(),
        };
        office.say_what_is_unknown();
        office.next_letter(now);
        office
    }

    pub fn handle(&mut self, event: Event, now: Instant) {
        match event {
            Event::Found { place, read, known } => match *read {
                Ok(petition) => self.found(place, petition, known),
                Err(_) => self.move_to(place, Folder::Refused),
            },
            Event::Opened { request, number } => self.opened(&request, number),
            Event::NoRoom { request } => {
                self.cases.remove(&request);
                self.waiting.retain(|it| it.request != request);
            }
            Event::Acknowledged(number) => self.acknowledged = number,
            Event::Published { request, event } => {
                if let Some(case) = self.cases.get_mut(&request) {
                    case.request.apply(&event);
                    case.retry_at = None;
                }
            }
            Event::LetterEnded {
                request,
                letter,
                outcome,
            } => self.letter_ended(&request, letter, outcome, now),
            Event::MailboxLost => self.waiting.clear(),
        }
        self.let_go();
        self.next_letter(now);
    }

    /// A letter that was put off is due again.
    pub fn handle_timeout(&mut self, now: Instant) {
        self.next_letter(now);
    }

    pub fn poll_command(&mut self) -> Option<Command> {
        self.commands.pop_front()
    }

    pub fn poll_timeout(&self) -> Option<Instant> {
        if self.sending.is_some() {
            return None;
        }
        let owed = self.cases.values().filter(|it| self.owed(it).is_some());
        owed.filter_map(|it| it.retry_at).min()
    }

    /// The id of a letter's petition.
    pub fn request_of(&self, petition: &Petition) -> RequestId {
        RequestId::new(format!("{}-{}", self.site.station, petition.key))
    }

    fn found(&mut self, place: Place, petition: Petition, known: Option<u64>) {
        if self.waiting.iter().any(|it| it.place == place) {
            return;
        }
        let request = self.request_of(&petition);
        let case = self.cases.get(&request);
        let number = case.map_or(known, |it| it.number);
        let is_new = case.is_none() && known.is_none();
        self.waiting.push(Waiting {
            place,
            request: request.clone(),
            number,
        });
        if is_new {
            self.open(request, petition);
        }
    }

    fn open(&mut self, id: RequestId, petition: Petition) {
        let Some((request, events)) = petition::open(&self.site, id.clone(), petition) else {
            tracing::error!(request = %id, "A petition breaks the rules of its own service");
            return;
        };
        self.cases.insert(
            id.clone(),
            Case {
                request,
                number: None,
                retry_at: None,
            },
        );
        self.commands.push_back(Command::Open {
            request: id,
            events,
        });
    }

    fn opened(&mut self, request: &RequestId, number: u64) {
        if let Some(case) = self.cases.get_mut(request) {
            case.number = Some(number);
        }
        for waiting in &mut self.waiting {
            if waiting.request == *request {
                waiting.number = Some(number);
            }
        }
    }

    /// Messages whose petitions the exchange has.
    fn let_go(&mut self) {
        let held = |it: &Waiting| it.number.is_some_and(|it| it <= self.acknowledged);
        let gone: Vec<Place> = (self.waiting.iter().filter(|it| held(it)))
            .map(|it| it.place)
            .collect();
        self.waiting.retain(|it| !gone.contains(&it.place));
        for place in gone {
            self.move_to(place, Folder::Processed);
        }
    }

    fn move_to(&mut self, place: Place, folder: Folder) {
        self.commands.push_back(Command::Move { place, folder });
    }
}
