//! What the citizen sees: one value per screen, made by the visit, drawn by the screens.

mod accessibility;
mod basket;
mod board;
mod card;
mod check;
mod finding;
mod guidance;
mod help;
mod locating;
mod name;
mod nearby;
mod number;
mod paper;
mod paying;
mod question;
mod standing;
mod tickets;

use crate::{maintenance::view::Upkeep, visit::Language};

pub use accessibility::{Accessibility, Contrast, TextSize};
pub use basket::{Basket, BasketItem, BasketSheet, BasketStage};
pub use board::{
    BoardPage, BoardTopic, BoardTopics, BoardWriting, FigureLine, FiguresCard, NoticeCard, Posted,
};
pub use card::{CardRefusal, InsertCard};
pub use check::{Check, CheckEnd};
pub use finding::{Around, CounterTile, Search, ServiceTile, Shelf, TopicTile};
pub use guidance::{Guidance, GuidanceTouch};
pub use help::{
    Help, HelpEnding, HelpState, Helping, LineRefusal, Proposed, Speaking, Talk, TalkLine,
};
pub use locating::{HoldingSheet, HoldingTile, Holdings};
pub use nearby::Nearby;
pub use number::{NumberEntry, NumberProof, NumberRefusal};
pub use paper::{PaperField, PaperHolding, PaperNumber, PaperTold, PaperVerdict};
pub use paying::{CardPhase, Means, MeansState, Pay, PayByCard, PaymentRefusal};
pub use question::{AnswerRefusal, Keyboard, KeyboardLayout, Question, QuestionKind};
pub use standing::{Standing, StandingLine};
pub use tickets::{Accepted, CodeEntry, CodeRefusal, Messages, TelephoneEntry, TicketOffer};

/// Everything the window shows at one moment. Texts that come from the
/// catalogue are already in the citizen's language; all other words live in
/// the screens themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    pub screen: Screen,
    pub language: Language,
    /// The service asked for, once one is chosen.
    pub title: Option<String>,
    /// Where the citizen stands on the way (0-based) and how long the way is.
    pub progress: Option<Progress>,
    /// Seconds left before the visit ends by itself, while the warning is up.
    pub leaving_in: Option<u32>,
    pub accessibility: Accessibility,
    /// The office the kiosk belongs to, and the call centre's number.
    pub office: String,
    pub telephone: String,
    /// The number of a person who helps lies over the screen.
    pub helping: bool,
    /// The languages that can be chosen lie over the screen, where it may be changed.
    pub choosing_language: bool,
    pub help: Help,
    /// Two agents instead of a card are offered here.
    pub check_offered: bool,
    pub basket: Basket,
    /// Where what fails here can be had.
    pub nearby: Option<Nearby>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    pub at: u32,
    pub of: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Screen {
    Welcome(Welcome),
    /// The most asked services, and the topics of all others.
    Find(Around),
    /// The services of one topic.
    Topic(Shelf),
    /// Services found by what they are called.
    Search(Search),
    /// What agencies hold, found by typing.
    Holdings(Holdings),
    /// One thing an agency holds, and whom to ask for it.
    Holding(HoldingSheet),
    /// The topics of the board, and what stands below one.
    BoardTopics(BoardTopics),
    BoardPage(BoardPage),
    BoardWriting(BoardWriting),
    BoardPosted(Posted),
    /// One service explained before it begins.
    Service(ServiceSheet),
    /// The code of a ticket, typed.
    TicketCode(CodeEntry),
    /// A paper is to be held to the scanner.
    HoldPaper(PaperHolding),
    /// The number of a paper, typed.
    PaperNumber(PaperNumber),
    /// Whether a paper is genuine.
    PaperTold(PaperTold),
    /// What a ticket brings.
    Ticket(TicketOffer),
    /// How a petition stands.
    Standing(Standing),
    /// The request is accepted and done later.
    Accepted(Accepted),
    /// Where a text message goes, typed.
    Telephone(TelephoneEntry),
    InsertCard(InsertCard),
    /// The resident number, typed behind a mask.
    ResidentNumber(NumberEntry),
    /// Two agents instead of a card.
    Check(Check),
    /// One question of the service's form.
    Question(Question),
    Options(Options),
    Consent(Consent),
    Review(Vec<ReviewLine>),
    Basket(BasketSheet),
    Pay(Pay),
    /// What to do at the payment terminal.
    PayByCard(PayByCard),
    Working(Vec<WorkStep>),
    /// Asks the citizen whether the sheet came out.
    PaperQuestion(PaperQuestion),
    TakePaper(TakePaper),
    /// Offers the receipt.
    Receipt,
    TakeCard,
    Farewell(Farewell),
    /// The request could not be done; says what happened to the money.
    Failed(Failed),
    /// The whole kiosk is out of service.
    OutOfService(Trouble),
    /// A technician looks after the kiosk.
    Upkeep(Box<Upkeep>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Welcome {
    /// The office the kiosk belongs to.
    pub office: String,
    pub opening_hours: String,
    /// What can be had here, by topic.
    pub topics: Vec<TopicTile>,
    /// How many services that are.
    pub services: u32,
    /// What does not work now although the rest does.
    pub troubles: Vec<Trouble>,
    /// What the office has to say to everybody, newest first.
    pub notices: Vec<String>,
    /// When the exchange was last heard of, while it is away.
    pub last_contact: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceSheet {
    pub summary: String,
    pub fee: String,
    /// The ordinance that sets the fee.
    pub fee_basis: String,
    pub hours: String,
    pub agency: String,
    pub needs_card: bool,
    pub unavailable: Option<Trouble>,
    /// Why it is closed and until when, where that is the reason; else empty.
    pub closed: String,
    /// It is only accepted now, and done later.
    pub queues: bool,
    /// As in [`ServiceTile`].
    pub records_at: String,
    /// When the agency was last known to answer; empty when it never was.
    pub last_contact: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Whom the paper is for; a touch chooses what they need.
    pub recipients: Vec<Choice>,
    /// One row of choices per option of the service.
    pub groups: Vec<OptionGroup>,
    pub copies: u32,
    pub copies_max: u32,
    pub fee: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionGroup {
    pub option: String,
    pub label: String,
    pub choices: Vec<Choice>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub id: String,
    pub label: String,
    pub explanation: String,
    pub chosen: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// Who is asked, such as the resident registration office.
    pub agency: String,
    pub purpose: String,
    pub fields: Vec<String>,
    /// How long the record of this consent is kept.
    pub retention: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewLine {
    pub label: String,
    pub value: String,
    /// Where a touch on this line leads; `None` cannot be changed.
    pub leads_to: Option<ReviewTarget>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReviewTarget {
    Form,
    Options,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorkStep {
    pub work: Work,
    pub state: WorkState,
}

/// The named steps a citizen sees ticking off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    SendRequest,
    AskAgency,
    MakeCertificate,
    PrintCertificate,
    TakeMoney,
    PrintReceipt,
    PrintTicket,
    LookUpTicket,
    LookUpPaper,
    ReturnMoney,
    /// The payment terminal gives it back to the card.
    ReverseCard,
    /// The kiosk starts anew and finds out what its devices did last.
    LookIntoCrash,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorkState {
    ToDo,
    Doing,
    Done,
    Failed,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperQuestion {
    /// The number that stands on the sheet.
    pub number: String,
    /// It did not come out and the number is void: is it to be printed again?
    pub void: bool,
    /// There is money to give back.
    pub paid: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakePaper {
    pub copies: u32,
    pub pages: u32,
    pub document_numbers: Vec<String>,
    /// The citizen has been reminded already.
    pub reminded: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Farewell {
    pub receipt_printed: bool,
    /// The card was left or is still in.
    pub card_taken: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failed {
    pub reason: FailureReason,
    pub money: MoneyOutcome,
    /// Small at the bottom, for the technician or the call centre.
    pub code: String,
    pub request: Option<String>,
    /// When a request that is not ready was accepted.
    pub accepted_at: Option<String>,
    /// The same thing may be tried again at once.
    pub may_retry: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailureReason {
    /// The exchange or the agency cannot be reached.
    NetworkDown,
    NetworkSlow,
    /// The agency answered something that makes no sense.
    NetworkNonsense,
    NoSuchRecord,
    /// The records that lie here have no such thing; the agency cannot be asked.
    NotInRecords,
    /// A name cannot be printed with any font of this office.
    Unprintable,
    OutsideHours,
    PrinterOutOfPaper,
    PrinterJammed,
    PrinterCoverOpen,
    PrinterSilent,
    PaperUnknown,
    CardPulled,
    CashFault,
    /// A card may have been charged; it counts as charged.
    CardUnknown,
    /// The money of a card cannot go back to it; all else went well.
    CardNotReversed,
    /// The hoppers cannot give back what is owed; all else went well.
    NoChange,
    TooManyTries,
    /// The exchange knows of no two-person check behind this request.
    NotVouched,
    /// Whether a ticket was used cannot be asked now.
    TicketUnreachable,
    TicketUnknown,
    /// What the ticket promises is not done yet.
    TicketNotReady,
    TicketUsed,
    /// Another kiosk is honoring it.
    TicketBusy,
    /// The card is not of the person who asked.
    TicketNotYours,
    /// Too many unknown codes were typed here.
    TicketTries,
    Bug,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MoneyOutcome {
    /// Nothing was asked for yet.
    NotAsked,
    Returned {
        amount_won: u32,
    },
    /// It went back to the card.
    Reversed {
        amount_won: u32,
    },
    /// Part of the request was done and paid for.
    Charged {
        amount_won: u32,
        returned_won: u32,
    },
    /// The machine owes this; the ticket that was printed says so.
    Owed {
        amount_won: u32,
        ticket: String,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    ExchangeAway,
    /// …for longer than a service may be accepted without it.
    AwayTooLong,
    AgencyAway,
    OutsideHours,
    CardReader,
    Printer,
    PrinterPaper,
    PrinterJam,
    PrinterCover,
    ReceiptPrinter,
    Cash,
    PaymentTerminal,
    NoChange,
    Journal,
    /// The cabinet is open, or somebody tampers with it.
    Cabinet,
    /// The battery is about to end.
    Power,
    /// The office has closed this kiosk for a while.
    ClosedByOffice,
}
