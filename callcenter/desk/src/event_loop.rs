//! The one place where workplace, journal, link and telephone meet.

use std::{
    path::PathBuf,
    sync::{
        Arc,
        mpsc::{Receiver, RecvTimeoutError, Sender},
    },
    time::{Duration, Instant},
};

use catalog::Catalog;
use journal::Journal;
use request::StationId;
use station::{Clock, Contacts, Correspondent, EditionEvent, EditionShelf, Editions, Forgetting};
use ticket::Code;

use crate::{
    attention_line::AttentionLine,
    content::Content,
    happening::Happening,
    knowledge_line::KnowledgeLine,
    petition_line::PetitionLine,
    petitions::PetitionsEvent,
    posting_line::PostingLine,
    running::TelephoneOrders,
    sending_line::SendingLine,
    workplace::{Event, View, Workplace},
};

/// How often the exchange is asked which networks it cannot reach.
const ASK_NETWORKS: Duration = Duration::from_secs(20);
/// With nothing due, the loop looks around once in a while all the same.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

pub(crate) struct EventLoop {
    pub(crate) workplace: Workplace,
    pub(crate) station: Correspondent,
    pub(crate) station_id: StationId,
    pub(crate) journal: Journal,
    pub(crate) attention: AttentionLine,
    pub(crate) petitions: PetitionLine,
    pub(crate) knowledge: KnowledgeLine,
    pub(crate) postings: PostingLine,
    pub(crate) sending: SendingLine,
    pub(crate) runtime: tokio::runtime::Handle,
    pub(crate) telephone: TelephoneOrders,
    /// The devices that were chosen here.
    pub(crate) sound_file: PathBuf,
    pub(crate) clock: Clock,
    pub(crate) show: Box<dyn FnMut(View) + Send>,
    pub(crate) happenings: Receiver<Happening>,
    /// Nothing that must be written down first may be done any more.
    pub(crate) journal_broken: bool,
    pub(crate) contacts: Contacts,
    /// By which the exchange knows this station's codes.
    pub(crate) ticket_key: String,
    pub(crate) ask_networks_at: Option<Instant>,
    /// Set while the disk is full.
    pub(crate) look_for_room_at: Option<Instant>,
    pub(crate) forgetting: Forgetting,
    pub(crate) catalog: Arc<Catalog>,
    pub(crate) editions: Editions<Content>,
    pub(crate) shelf: EditionShelf<Content>,
    /// For what this loop has done elsewhere.
    pub(crate) to_self: Sender<Happening>,
}

impl EventLoop {
    /// Runs until the program ends.
    pub(crate) fn run(mut self) {
        self.tell(Event::LastContact(self.contacts.last()));
        self.look_at_outbox();
        match self.journal.replies() {
            Ok(replies) => self.tell(Event::Petitions(PetitionsEvent::Journaled(replies))),
            Err(error) => self.journal_fails(&error),
        }
        loop {
            self.carry_out();
            self.go_over_to_edition();
            match self.happenings.recv_timeout(self.wait()) {
                Ok(Happening::Ended) | Err(RecvTimeoutError::Disconnected) => break,
                Ok(happening) => self.hear(happening),
                Err(RecvTimeoutError::Timeout) => {}
            }
            self.look_at_the_clock();
        }
        self.petitions.end_shift();
    }

    fn wait(&self) -> Duration {
        let due = [
            self.workplace.poll_timeout(),
            self.station.poll_timeout(),
            self.ask_networks_at,
            self.look_for_room_at,
            self.forget_due(),
            self.editions.poll_timeout(),
        ];
        let now = Instant::now();
        due.into_iter()
            .flatten()
            .map(|due| due.saturating_duration_since(now))
            .fold(LONGEST_WAIT, Duration::min)
    }

    fn look_at_the_clock(&mut self) {
        let now = self.clock.now();
        let is_due = |due: Option<Instant>| due.is_some_and(|due| due <= now.instant);
        if is_due(self.workplace.poll_timeout()) {
            self.workplace.handle_timeout(now);
        }
        if is_due(self.station.poll_timeout()) {
            self.station.handle_timeout(now.instant);
        }
        if is_due(self.ask_networks_at) {
            self.ask_networks();
        }
        if is_due(self.look_for_room_at) {
            self.look_for_room();
        }
        if is_due(self.editions.poll_timeout()) {
            self.editions.handle_timeout(now.instant);
        }
        if is_due(self.forget_due()) {
            self.forget_finished();
        }
    }

    pub(crate) fn ask_networks(&mut self) {
        self.order(link::Order::AskNetworks);
        self.ask_networks_at = Some(Instant::now() + ASK_NETWORKS);
    }

    fn hear(&mut self, happening: Happening) {
        match happening {
            Happening::Touched(touch) => self.tell(Event::Touched(touch)),
            Happening::Telephone(event) => self.tell(Event::Telephone(event)),
            Happening::Attention(event) => self.tell(Event::Attention(event)),
            Happening::Petitions(asked_in, event) => {
                if self.petitions.is_believed(asked_in, &event) {
                    self.tell(Event::Petitions(event));
                }
            }
            Happening::Knowledge(event) => self.tell(Event::Knowledge(event)),
            Happening::Postings(event) => self.tell(Event::Postings(event)),
            Happening::Sending(event) => self.tell(Event::Sending(event)),
            Happening::Link(event) => self.linked(event),
            Happening::Edition(event) => self.edition_happened(event),
            Happening::Ended => {}
        }
    }

    fn linked(&mut self, event: link::Event) {
        match event {
            link::Event::Station(event) => self.station.handle(event, Instant::now()),
            link::Event::Networks(link::Reach { reached, away, .. }) => {
                let contact = self.contacts.heard(&reached, self.clock.now().wall);
                self.tell(Event::LastContact(contact));
                self.tell(Event::NetworksAway(away));
            }
            link::Event::LookedUp { code, answer } => {
                // The code is the one that was sent.
                if let Ok(code) = Code::parse(&code) {
                    self.tell(Event::LookedUp { code, answer });
                }
            }
            // A desk asks for none of them.
            link::Event::Document { .. }
            | link::Event::Leased { .. }
            | link::Event::PetitionAnswered { .. }
            | link::Event::Room(..)
            | link::Event::Check(..) => {}
            link::Event::EditionOffered(answer) => {
                self.edition_happened(EditionEvent::Offered(answer));
            }
            link::Event::EditionCame { digest, signed } => {
                self.edition_happened(EditionEvent::Came { digest, signed });
            }
            link::Event::Rooms(attempt, answer) => self.tell(Event::RoomsAnswered(attempt, answer)),
            link::Event::Checks(attempt, answer) => {
                self.tell(Event::ChecksAnswered(attempt, answer));
            }
        }
    }

    pub(crate) fn tell(&mut self, event: Event) {
        let now = self.clock.now();
        self.workplace.handle(event, now);
    }

    pub(crate) fn order(&self, order: link::Order) {
        self.station.order(order);
    }
}
