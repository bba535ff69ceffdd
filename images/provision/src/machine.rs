//! The road from a bare machine to one in service. Each step is in the book before the next
//! begins; whatever was under way when the power went is done once more, and comes to the same.

mod enrolling;
mod proving;
mod technician;

use std::{collections::VecDeque, time::Duration};

use fleet::site::Site;
use privacy::Personal;
use request::{StationId, Timestamp};

use crate::{
    book::Book,
    labelling::Labelling,
    testing::{self, Plan, Testing},
    view::{
        CardProblem, Enrolment, EnrolmentProblem, PinProblem, Sheet, SiteProblem, Stop, Touch, View,
    },
};

/// Digits of a PIN.
const PIN: std::ops::RangeInclusive<usize> = 6..=12;
/// So many wrong cards or PINs are forgiven; from then on each costs twice as much.
const FORGIVEN: u32 = 3;
const FIRST_WAIT: Duration = Duration::from_secs(15);

/// What comes from outside.
#[derive(Debug)]
pub enum Event {
    Touch(Touch),
    /// The stick was looked at; its package is kept already when it is believed.
    Site(Result<Box<Site>, SiteProblem>),
    /// The number of a card that was put in; none when it cannot be read.
    Card(Option<Personal<String>>),
    /// Whose card that is, by the site's list.
    Owner(Option<String>),
    PinLookedAt {
        right: bool,
    },
    Scanned(String),
    /// The certificate is kept already when it came.
    Enrolled(Result<(), EnrolmentProblem>),
    RequestPrinted(bool),
    Test(testing::Event),
    SheetPrinted(bool),
    Told(bool),
    DiskFails,
}

/// What is to be done, in this order.
#[derive(Debug)]
pub enum Command {
    /// Durable, or [`Event::DiskFails`].
    Keep(Box<Book>),
    LookForSite,
    FindOwner(Personal<String>),
    LookAtPin {
        technician: String,
        pin: Personal<String>,
    },
    /// A key is made where there is none, and certified.
    Enrol {
        station: StationId,
        code: String,
    },
    PrintRequest {
        station: StationId,
        code: String,
    },
    /// What was scanned may be the answer to the printed request.
    TakeCertificate(String),
    /// Everything that needs nobody is tried.
    Probe,
    PrintSheet,
    Tell,
    /// The kiosk's settings are written.
    Settle,
    /// The program ends, and the kiosk begins.
    Finish,
}

pub struct Provisioning {
    model: String,
    plan: Plan,
    book: Book,
    site: Option<Site>,
    at: At,
    wrong: u32,
    wait_until: Option<Timestamp>,
    commands: VecDeque<Command>,
}

enum At {
    Site(Option<SiteProblem>),
    Card(Option<CardProblem>),
    Pin {
        technician: String,
        typed: Personal<String>,
        busy: bool,
        problem: Option<PinProblem>,
    },
    Label(Labelling),
    Enrolment(Enrolment),
    SelfTest(Testing),
    Sheet(Sheet),
    Done,
    Stopped(Stop),
}

impl Provisioning {
    /// Goes on where the book says. `site` is the package that lies here, when one does.
    pub fn new(model: String, plan: Plan, book: Book, site: Option<Site>, now: Timestamp) -> Self {
        let mut machine = Self {
            model,
            plan,
            book,
            site,
            at: At::Site(None),
            wrong: 0,
            wait_until: None,
            commands: VecDeque::new(),
        };
        machine.resume(now);
        machine
    }

    fn resume(&mut self, now: Timestamp) {
        if self.book.in_service_at.is_some() {
            self.finish();
        } else if !self.book.site || self.site.is_none() {
            self.at = At::Site(None);
            self.commands.push_back(Command::LookForSite);
        } else if !self.book.enrolled {
            // Whoever enrols it stands here now, also after the power was gone.
            self.at = At::Card(None);
        } else if self.book.sheet_taken {
            self.tell();
        } else {
            self.test(now);
        }
    }

    pub fn book(&self) -> &Book {
        &self.book
    }

    pub fn site(&self) -> Option<&Site> {
        self.site.as_ref()
    }

    pub fn poll_command(&mut self) -> Option<Command> {
        self.commands.pop_front()
    }

    pub fn poll_timeout(&self) -> Option<Timestamp> {
        match &self.at {
            At::SelfTest(testing) => testing.poll_timeout(),
            At::Site(_) | At::Card(_) | At::Pin { .. } | At::Label(_) => self.wait_until,
            At::Enrolment(_) | At::Sheet(_) | At::Done | At::Stopped(_) => None,
        }
    }

    pub fn handle_timeout(&mut self, now: Timestamp) {
        if let At::SelfTest(testing) = &mut self.at {
            testing.handle_timeout(now);
        }
        let Some(until) = self.wait_until else {
            return;
        };
        // Rounded up: nobody is told to wait no seconds.
        let left = u64::try_from(until.as_millis() - now.as_millis()).unwrap_or(0);
        let left = left.div_ceil(1_000);
        if left == 0 {
            self.wait_until = None;
        }
        match &mut self.at {
            At::Card(problem @ Some(CardProblem::Wait { .. })) => {
                *problem = (left > 0).then_some(CardProblem::Wait { seconds: left });
            }
            At::Pin { problem, .. } => {
                *problem = (left > 0).then_some(PinProblem::Wait { seconds: left });
            }
            At::Site(_)
            | At::Card(_)
            | At::Label(_)
            | At::Enrolment(_)
            | At::SelfTest(_)
            | At::Sheet(_)
            | At::Done
            | At::Stopped(_) => {}
        }
    }

    pub fn view(&self) -> View {
        match &self.at {
            At::Site(problem) => View::Site(*problem),
            At::Card(problem) => View::Card(*problem),
            At::Pin {
                typed,
                busy,
                problem,
                ..
            } => View::Pin {
                typed: typed.chars(),
                busy: *busy,
                problem: *problem,
            },
            At::Label(labelling) => View::Label(labelling.view()),
            At::Enrolment(enrolment) => View::Enrolment(enrolment.clone()),
            At::SelfTest(testing) => View::SelfTest(testing.view()),
            At::Sheet(sheet) => View::Sheet(sheet.clone()),
            At::Done => View::Done {
                station: self.station(),
            },
            At::Stopped(stop) => View::Stopped(*stop),
        }
    }

    pub fn handle(&mut self, event: Event, now: Timestamp) {
        match event {
            Event::DiskFails => {
                self.commands.clear();
                self.at = At::Stopped(Stop::DiskFails);
            }
            Event::Touch(touch) => self.touched(touch, now),
            Event::Site(found) => self.site_found(found),
            Event::Card(number) => self.card_read(number, now),
            Event::Owner(owner) => self.owner_found(owner, now),
            Event::PinLookedAt { right } => self.pin_looked_at(right, now),
            Event::Scanned(text) => self.scanned(text, now),
            Event::Enrolled(result) => self.enrolled(result, now),
            Event::RequestPrinted(printed) => {
                if let At::Enrolment(enrolment @ Enrolment::ByPaper { .. }) = &mut self.at {
                    *enrolment = Enrolment::ByPaper {
                        printed,
                        problem: !printed,
                    };
                }
            }
            Event::Test(event) => self.tested(event, now),
            Event::SheetPrinted(printed) => {
                if let At::Sheet(sheet @ Sheet::Printing) = &mut self.at {
                    *sheet = if printed {
                        Sheet::Take
                    } else {
                        Sheet::NotPrinted
                    };
                }
            }
            Event::Told(told) => self.told(told, now),
        }
    }

    fn touched(&mut self, touch: Touch, now: Timestamp) {
        match (&mut self.at, touch) {
            (At::Stopped(Stop::DiskFails), Touch::Again) => {
                self.keep();
                self.resume(now);
            }
            (At::Site(_), Touch::Again) => self.commands.push_back(Command::LookForSite),
            (At::Pin { .. }, _) => self.pin_touched(touch, now),
            (At::Label(labelling), touch) => {
                if let Some((station, code)) = labelling.touched(touch) {
                    self.labelled(station, code);
                }
            }
            (At::Enrolment(_), Touch::Again) => self.enrol(),
            (At::Enrolment(_), Touch::ByPaper) => self.enrol_by_paper(),
            (At::Enrolment(Enrolment::Failed(_)), Touch::Back) => self.ask_for_label(),
            (At::SelfTest(_), touch) => self.test_touched(touch, now),
            (At::Sheet(Sheet::NotPrinted), Touch::Again) => self.print_sheet(),
            (At::Sheet(Sheet::Take), Touch::No) => self.print_sheet(),
            (At::Sheet(Sheet::Take | Sheet::NotPrinted), Touch::Continue) => {
                self.book.sheet_taken = true;
                self.keep();
                self.tell();
            }
            (At::Sheet(Sheet::NotTold), Touch::Again) => self.tell(),
            (At::Sheet(Sheet::NotTold), Touch::Continue) => self.settle(now),
            _ => {}
        }
    }

    fn site_found(&mut self, found: Result<Box<Site>, SiteProblem>) {
        if !matches!(self.at, At::Site(_)) {
            return;
        }
        match found {
            Ok(site) => {
                self.site = Some(*site);
                self.book.site = true;
                self.keep();
                self.at = At::Card(None);
            }
            Err(problem) => self.at = At::Site(Some(problem)),
        }
    }

    fn keep(&mut self) {
        self.commands
            .push_back(Command::Keep(Box::new(self.book.clone())));
    }

    fn station(&self) -> String {
        let station = self.book.station.as_ref();
        station.map_or_else(String::new, |it| it.as_str().to_owned())
    }
}
