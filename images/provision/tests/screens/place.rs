//! Where the machine stands: its stick, cards, paper and network are played, and so is its disk.

use std::time::Duration;

use fleet::site::{Place as Station, Site, Words};
use privacy::Personal;
use provision::{
    book::Book,
    machine::{Command, Event, Provisioning},
    screens::Tongue,
    testing::{self, Plan, Wanted},
    view::{EnrolmentProblem, SiteProblem},
};
use request::Timestamp;

use crate::stand::{Shape, Stand};

pub(crate) const CARD: &str = "the technician's";
pub(crate) const PIN: &str = "482913";
pub(crate) const CODE: &str = "1234567890123456";
pub(crate) const ANSWER: &str = "MINWON-CERT1:of-this-machine";
const MODEL: &str = "lobby-portrait-24";
const NOW: Timestamp = Timestamp::from_millis(1_790_000_000_000);

pub(crate) struct Place {
    stand: Stand,
    machine: Provisioning,
    now: Timestamp,
    /// What is durable.
    book: Book,
    site: Option<Site>,
    stick: Option<Result<(), SiteProblem>>,
    network: bool,
    paper: bool,
    finished: bool,
}

impl Place {
    /// A machine that was switched on for the first time.
    pub(crate) fn bare() -> Self {
        let book = Book::default();
        let mut place = Self {
            stand: Stand::open(Shape::Upright),
            machine: Provisioning::new(MODEL.to_owned(), plan(), book.clone(), None, NOW),
            now: NOW,
            book,
            site: None,
            stick: None,
            network: true,
            paper: true,
            finished: false,
        };
        place.speak(Tongue::English);
        place.go_on();
        place
    }

    /// Before the label: the stick was read, and the technician is known.
    pub(crate) fn labelled() -> Self {
        let mut place = Self::bare();
        place.stick_is_found(Ok(()));
        place.card(CARD);
        place.types(PIN);
        place.touch("Confirm my PIN");
        place.on_screen("Scan the delivery label");
        place
    }

    pub(crate) fn speak(&self, tongue: Tongue) {
        self.stand.speak(tongue);
    }

    pub(crate) fn stick_holds(&mut self, found: Result<(), SiteProblem>) {
        self.stick = Some(found);
    }

    /// It is looked at every other second.
    pub(crate) fn stick_is_found(&mut self, found: Result<(), SiteProblem>) {
        self.stick_holds(found);
        self.look_at_stick();
        self.go_on();
    }

    pub(crate) fn network(&mut self, there: bool) {
        self.network = there;
    }

    pub(crate) fn paper(&mut self, there: bool) {
        self.paper = there;
    }

    pub(crate) fn card(&mut self, number: &str) {
        self.happens(Event::Card(Some(Personal::new(number.to_owned()))));
    }

    pub(crate) fn scan(&mut self, text: &str) {
        self.happens(Event::Scanned(text.to_owned()));
    }

    pub(crate) fn touch(&mut self, name: &str) {
        self.stand.touch(name);
        self.go_on();
    }

    pub(crate) fn types(&mut self, digits: &str) {
        for digit in digits.chars() {
            self.touch(&digit.to_string());
        }
    }

    pub(crate) fn hands_are_tested(&mut self) {
        self.touch("Yes, all is well");
        for corner in ["top left", "top right", "bottom left", "bottom right"] {
            self.touch(&format!("Target at the {corner}"));
        }
        self.card("anybody's");
    }

    pub(crate) fn seconds_go_by(&mut self, seconds: u64) {
        self.now = self.now + Duration::from_secs(seconds);
        self.machine.handle_timeout(self.now);
        self.go_on();
    }

    /// What has not answered by now has failed.
    pub(crate) fn patience_ends(&mut self) {
        self.now = self.now + Duration::from_secs(120);
        self.machine.handle_timeout(self.now);
        self.go_on();
    }

    /// Of what is not on the disk nothing is left.
    pub(crate) fn power_cut(&mut self) {
        let (book, site) = (self.book.clone(), self.site.clone());
        self.machine = Provisioning::new(MODEL.to_owned(), plan(), book, site, self.now);
        self.finished = false;
        self.go_on();
    }

    pub(crate) fn on_screen(&self, words: &str) {
        assert!(
            self.stand.says(words),
            "{words:?} is not on the screen, but {:?}",
            self.machine.view()
        );
    }

    pub(crate) fn says(&self, words: &str) -> bool {
        self.stand.says(words)
    }

    pub(crate) fn written(&self) -> Book {
        self.book.clone()
    }

    pub(crate) fn is_finished(&self) -> bool {
        self.finished
    }

    fn happens(&mut self, event: Event) {
        self.machine.handle(event, self.now);
        self.go_on();
    }

    fn look_at_stick(&mut self) {
        let event = match self.stick {
            None => return,
            Some(Err(problem)) => Event::Site(Err(problem)),
            Some(Ok(())) => {
                self.site = Some(site());
                Event::Site(Ok(Box::new(site())))
            }
        };
        self.machine.handle(event, self.now);
    }

    /// Until nothing is to be done and nothing was touched.
    fn go_on(&mut self) {
        loop {
            while let Some(command) = self.machine.poll_command() {
                self.carry_out(command);
            }
            self.stand.show(&self.machine.view());
            let touches = self.stand.heard();
            if touches.is_empty() {
                return;
            }
            for touch in touches {
                self.machine.handle(Event::Touch(touch), self.now);
            }
        }
    }

    fn carry_out(&mut self, command: Command) {
        let event = match command {
            Command::Keep(book) => {
                self.book = *book;
                return;
            }
            Command::LookForSite => return self.look_at_stick(),
            Command::FindOwner(card) => {
                let known = card == Personal::new(CARD.to_owned());
                Event::Owner(known.then(|| "김기술".to_owned()))
            }
            Command::LookAtPin { pin, .. } => Event::PinLookedAt {
                right: pin == Personal::new(PIN.to_owned()),
            },
            Command::Enrol { .. } => Event::Enrolled(if self.network {
                Ok(())
            } else {
                Err(EnrolmentProblem::Unreachable)
            }),
            Command::PrintRequest { .. } => Event::RequestPrinted(self.paper),
            Command::TakeCertificate(text) => Event::Enrolled(if text == ANSWER {
                Ok(())
            } else {
                Err(EnrolmentProblem::Malformed)
            }),
            Command::Probe => return self.probe(),
            Command::PrintSheet => Event::SheetPrinted(self.paper),
            Command::Tell => Event::Told(self.network),
            Command::Settle => return,
            Command::Finish => {
                self.finished = true;
                return;
            }
        };
        self.machine.handle(event, self.now);
    }

    fn probe(&mut self) {
        for what in ["receipt-printer", "tpm", "clock", "exchange"] {
            let event = testing::Event::Found {
                what: what.to_owned(),
                well: what != "exchange" || self.network,
                detail: String::new(),
            };
            self.machine.handle(Event::Test(event), self.now);
        }
    }
}

fn plan() -> Plan {
    let checks = [
        "display",
        "touch-screen",
        "card-reader",
        "receipt-printer",
        "tpm",
    ];
    let wanted = |what: &str| Wanted {
        what: what.to_owned(),
    };
    Plan {
        checks: checks.map(wanted).into(),
    }
}

fn site() -> Site {
    let words = |text: &str| Words {
        ko: text.to_owned(),
        en: text.to_owned(),
    };
    let station = |number: u8| Station {
        station: format!("jongno-{number}"),
        model: MODEL.to_owned(),
        office: words("종로구청"),
        place: words("1층 민원실"),
        jurisdiction: "1111000000".to_owned(),
        settings: String::new(),
        addresses: Vec::new(),
        reaches: Vec::new(),
    };
    Site {
        valid_until: NOW + Duration::from_secs(86_400),
        exchange: "https://exchange.example:8443".to_owned(),
        enrolment: "https://exchange.example:8445".to_owned(),
        authority_pem: String::new(),
        co_signer_pem: String::new(),
        telephone: "110".to_owned(),
        stations: vec![station(1), station(2)],
        technicians: Vec::new(),
        escrow: None,
        settings: String::new(),
    }
}
