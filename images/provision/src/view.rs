//! What a technician sees while a machine is brought into service, and what they do.

use fleet::{CheckResult, site::SiteRefused};

/// One step of the road, in this order. Steps that are done are not gone through again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// The stick with the site's package.
    Site,
    /// Who brings it into service: a card and a PIN.
    Technician,
    /// Which station this is: the label that came with the machine.
    Label,
    /// Its key is certified.
    Enrolment,
    /// Everything that the model has is tried.
    SelfTest,
    /// The commissioning sheet is printed, and the exchange told.
    Sheet,
}

impl Step {
    pub const ALL: [Self; 6] = [
        Self::Site,
        Self::Technician,
        Self::Label,
        Self::Enrolment,
        Self::SelfTest,
        Self::Sheet,
    ];
}

/// The whole screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum View {
    /// The stick is waited for; or what was found on it is of no use, and why.
    Site(Option<SiteProblem>),
    /// A technician's card is waited for.
    Card(Option<CardProblem>),
    /// So many digits of the PIN are typed; `busy` while it is looked at.
    Pin {
        typed: usize,
        busy: bool,
        problem: Option<PinProblem>,
    },
    /// The label is scanned, or its sixteen digits are typed after the station was chosen.
    Label(Label),
    Enrolment(Enrolment),
    SelfTest(SelfTest),
    Sheet(Sheet),
    /// In service; the kiosk's first screen follows by itself.
    Done {
        station: String,
    },
    /// What was written down cannot be read or written any more: the machine goes back.
    Stopped(Stop),
}

impl View {
    /// Which step this belongs to.
    pub fn step(&self) -> Step {
        match self {
            Self::Site(_) | Self::Stopped(_) => Step::Site,
            Self::Card(_) | Self::Pin { .. } => Step::Technician,
            Self::Label(_) => Step::Label,
            Self::Enrolment(_) => Step::Enrolment,
            Self::SelfTest(_) => Step::SelfTest,
            Self::Sheet(_) | Self::Done { .. } => Step::Sheet,
        }
    }

    /// As the log names it, with what is waited for: whoever reads the log later sees where
    /// time went.
    pub fn moment(&self) -> String {
        let name = self.name();
        match self {
            Self::Site(Some(problem)) => format!("{name} {problem:?}"),
            Self::Card(Some(problem)) => format!("{name} {problem:?}"),
            Self::Enrolment(enrolment) => format!("{name} {enrolment:?}"),
            Self::SelfTest(SelfTest {
                asked: Some(Asked::Decide { .. }),
                rows,
            }) => {
                let failed = rows
                    .iter()
                    .filter(|it| it.result == Some(CheckResult::Failed));
                let failed: Vec<&str> = failed.map(|it| it.what.as_str()).collect();
                format!("{name} failed: {}", failed.join(", "))
            }
            Self::SelfTest(SelfTest {
                asked: Some(asked), ..
            }) => format!("{name} {asked:?}"),
            Self::Sheet(sheet) => format!("{name} {sheet:?}"),
            Self::Site(None)
            | Self::Card(None)
            | Self::Pin { .. }
            | Self::Label(_)
            | Self::SelfTest(_)
            | Self::Done { .. }
            | Self::Stopped(_) => name.to_owned(),
        }
    }

    /// As the log names it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Site(_) => "site",
            Self::Card(_) => "card",
            Self::Pin { .. } => "pin",
            Self::Label(_) => "label",
            Self::Enrolment(_) => "enrolment",
            Self::SelfTest(_) => "self-test",
            Self::Sheet(_) => "sheet",
            Self::Done { .. } => "done",
            Self::Stopped(_) => "stopped",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SiteProblem {
    /// No file `site.minwon` is on the stick.
    NoPackage,
    /// It is not signed by whom this image believes, or altered.
    NotBelieved,
    /// Its time is over, or the machine's clock is wrong.
    Expired,
    /// It has no station of this hardware model.
    OtherModel,
}

impl From<SiteRefused> for SiteProblem {
    fn from(why: SiteRefused) -> Self {
        match why {
            SiteRefused::NotBelieved(_) => Self::NotBelieved,
            SiteRefused::Expired => Self::Expired,
            SiteRefused::OtherModel => Self::OtherModel,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardProblem {
    Unreadable,
    /// Not a technician of this site.
    Unknown,
    /// Too many wrong ones; so many seconds are left.
    Wait {
        seconds: u64,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PinProblem {
    Wrong,
    Wait { seconds: u64 },
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Label {
    /// The stations of the site's package that this machine may be.
    pub stations: Vec<String>,
    /// The chosen one, by its place among them.
    pub chosen: Option<usize>,
    /// Digits of the claim code that were typed, in groups of four.
    pub code: String,
    pub problem: Option<LabelProblem>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LabelProblem {
    /// What was scanned is no label of a machine.
    NotALabel,
    /// A digit is wrong.
    Mistyped,
    /// The label is of a station that is not in the site's package, or of another model.
    OtherStation,
}

/// The key is certified: over the network, or by paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Enrolment {
    Asking,
    Failed(EnrolmentProblem),
    /// The request is printed on the receipt printer; its answer is scanned.
    ByPaper {
        printed: bool,
        problem: bool,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnrolmentProblem {
    /// Nobody answers: the network, or the exchange.
    Unreachable,
    /// Whoever answers is not this site's exchange.
    NotTrusted,
    /// The station or the code is wrong, or the code's time is over.
    Refused,
    /// The code has enrolled another machine.
    UsedUp,
    /// Too often; so many seconds are left.
    Wait { seconds: u64 },
    /// The answer is no certificate for this machine.
    Malformed,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SelfTest {
    pub rows: Vec<TestRow>,
    /// What the technician is asked to do now.
    pub asked: Option<Asked>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestRow {
    /// As the model's self-test names it: `card-reader`, `display`, `clock`, …
    pub what: String,
    /// None while it is being tried.
    pub result: Option<CheckResult>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Is the picture whole, and the right way up?
    LookAtThePicture,
    /// Touch the target in this corner: 0 top left, 1 top right, 2 bottom left, 3 bottom right.
    TouchTarget(u8),
    /// Put any card in, and take it again.
    ShowACard,
    /// All is tried and something failed: again, or into service without it where that is allowed.
    Decide { allowed: bool },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sheet {
    Printing,
    /// The printer does not print; what it lacks is in the self-test's row.
    NotPrinted,
    /// Is it in the tray?
    Take,
    /// The exchange is told.
    Telling,
    /// It cannot be told now; the machine goes into service and tells it later.
    NotTold,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The disk does not take what is written.
    DiskFails,
    /// The image has no such files as it should have.
    ImageIncomplete,
}

/// What a technician does on the screen. What has no sense there is ignored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Touch {
    /// The one way on: taken, printed, all well, into service.
    Continue,
    /// Try it once more.
    Again,
    /// One step back within the present step.
    Back,
    Digit(u8),
    Erase,
    /// A station of the list.
    Choose(usize),
    Yes,
    No,
    /// A target of the touch test was hit.
    Target(u8),
    /// Enrol by paper; and back to the network with [`Touch::Again`].
    ByPaper,
}
