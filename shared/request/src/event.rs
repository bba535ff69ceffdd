//! What has happened to a request; the only thing the journal stores.

use std::collections::BTreeMap;

use privacy::Personal;
use serde::{Deserialize, Serialize};

use crate::{
    AgentId, Applicant, AssistanceEnding, CardFact, Channel, Consent, Decision, DocumentNumber,
    DocumentReference, Enclosure, Fee, FormField, Identification, JoinGround, Letter, Means,
    NotSentReason, OfficeId, RequestId, RouteGround, Sender, ServiceId, StationId, TelephoneNumber,
    Terms, Timestamp, Vouching,
};

/// One fact. Intentions (`…Begun`) are facts too: they are written before the deed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum RequestEvent {
    Opened {
        service: ServiceId,
        service_version: u32,
        channel: Channel,
        station: StationId,
        language: String,
        terms: Terms,
    },
    Identified {
        applicant: Applicant,
        by: Identification,
    },
    /// The citizen wants to be identified by two agents and agreed to what is asked
    /// of the register for it. Written before the exchange is asked.
    VouchingAsked {
        consent: Consent,
    },
    /// Two agents at two desks believe who the citizen says to be.
    IdentityVouched {
        vouching: Vouching,
    },
    Answered {
        question: String,
        answer: Personal<String>,
    },
    /// Who wrote the letter that a petition came by; nothing proves it.
    SenderNamed {
        sender: Sender,
    },
    /// What lay in the letter besides its text.
    Enclosed {
        enclosures: Vec<Enclosure>,
    },
    OptionsChosen {
        options: BTreeMap<String, String>,
        copies: u32,
    },
    Consented {
        consent: Consent,
    },
    FeeQuoted {
        fee: Fee,
    },
    /// The citizen agreed to be told by text message what becomes of it. Said again,
    /// the last number counts.
    MessagesWanted {
        telephone: TelephoneNumber,
    },
    /// The citizen let the agent at a desk see the form.
    AssistanceBegun {
        desk: StationId,
        /// Who sat there; older journals do not say.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        agent: Option<AgentId>,
    },
    /// The agent's hand; nothing is filled in before the citizen confirms it.
    ValueProposed {
        field: FormField,
        value: Personal<String>,
    },
    /// The citizen confirmed what was proposed last: what is filled in next is it.
    ProposalAccepted,
    ProposalDeclined,
    AssistanceEnded {
        by: AssistanceEnding,
    },
    Submitted,
    /// Accepted and not done yet: the citizen goes with a claim ticket, and the
    /// exchange goes on. `ticket` is the ticket's code.
    Queued {
        ticket: String,
    },
    /// This request brings what a ticket promises.
    Collecting {
        ticket: String,
        what: Promise,
    },
    /// What a queued request asked for can be collected.
    ResultReady,
    /// The exchange has reserved what a refund ticket promises, for this request alone.
    Credited {
        amount_won: u32,
    },
    /// The exchange tried and could not yet; the request stays submitted.
    AttemptFailed {
        fault: NetworkFault,
    },
    /// The exchange holds the documents ready, one for each copy.
    Prepared {
        documents: Vec<DocumentReference>,
    },
    /// The station itself has made the documents, one for each copy, within what
    /// the lease allows it. Nobody else has them.
    PreparedUnderLease {
        lease: String,
        documents: Vec<DocumentReference>,
    },
    /// The answer is no, and asking again will not change it.
    Declined {
        reason: DeclineReason,
    },

    /// Under which number the citizen asks for the petition; written before it is submitted.
    Received {
        receipt: String,
    },
    /// An office is to answer the petition.
    Routed {
        office: OfficeId,
        ground: RouteGround,
    },
    /// It is another office's business. The reason is told the citizen.
    Transferred {
        office: OfficeId,
        agent: AgentId,
        reason: Personal<String>,
    },
    /// Until when it must be answered.
    DueSet {
        due_at: Timestamp,
    },
    /// It takes longer. The reason is told the citizen.
    Extended {
        due_at: Timestamp,
        agent: AgentId,
        reason: Personal<String>,
    },
    /// It is handled together with another petition, and answered like it.
    Joined {
        leading: RequestId,
        ground: JoinGround,
        agent: AgentId,
    },
    /// It is a matter of its own after all.
    Separated {
        agent: AgentId,
    },
    /// An agent laid a file to it; the exchange keeps the file.
    Attached {
        agent: AgentId,
        enclosure: Enclosure,
        with_answer: bool,
    },
    /// An agent is to answer a petition. Said again, another one is.
    Assigned {
        agent: String,
    },
    /// An agent has answered a petition; the answer is still to be sent.
    Replied {
        agent: String,
        text: Personal<String>,
        /// Of a request for information.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        decision: Option<Decision>,
    },
    /// Until when its citizen may rate the answer, or appeal against it.
    StaysOpen {
        until: Timestamp,
    },
    Rated {
        stars: u8,
        words: Personal<String>,
    },
    /// The citizen does not accept the answer; another office looks at it anew.
    Appealed {
        office: OfficeId,
        text: Personal<String>,
    },
    /// Nothing can happen to the petition any more.
    Concluded,
    /// Written before a letter is given to the mail server, so that none can have
    /// gone out unrecorded.
    SendingBegun {
        letter: Letter,
    },
    /// The mail server has taken the letter.
    Sent {
        letter: Letter,
    },
    NotSent {
        letter: Letter,
        reason: NotSentReason,
    },

    PaymentBegun {
        means: Means,
        amount_won: u32,
    },
    CoinTaken {
        value_won: u32,
    },
    NoteEscrowed {
        value_won: u32,
    },
    NoteStackBegun,
    NoteStacked {
        value_won: u32,
    },
    NoteReturnBegun,
    NoteReturned {
        value_won: u32,
    },
    PayoutBegun {
        amount_won: u32,
        purpose: PayoutPurpose,
    },
    PaidOut {
        amount_won: u32,
    },
    /// The hopper's counters cannot tell how much fell; what was asked is owed until counted.
    PayoutUnknown {
        asked_won: u32,
    },
    /// The machine keeps this money and owes it to whoever holds the ticket.
    RefundOwed {
        amount_won: u32,
        ticket: String,
    },
    /// At the payment terminal.
    Card(CardFact),
    /// The fee now belongs to the office.
    FeeCaptured {
        amount_won: u32,
    },
    /// Issued, but the money for it went back to the citizen: the office bears it.
    FeeWaived {
        amount_won: u32,
    },
    /// What is left of the money pays for another request of the same visit. Written
    /// together with that request's `BroughtForward`: both, or neither.
    CarriedOver {
        to: RequestId,
        amount_won: u32,
    },
    BroughtForward {
        from: RequestId,
        amount_won: u32,
    },

    /// Written before the paper moves, so that no sheet can exist unrecorded.
    IssueBegun {
        number: DocumentNumber,
    },
    Issued {
        number: DocumentNumber,
    },
    /// The citizen has the sheet in hand; nothing but their word proves it. The
    /// number stands, and the fee is due.
    PaperConfirmed {
        number: DocumentNumber,
    },
    /// The number is void, whether or not a sheet with it exists.
    Spoiled {
        number: DocumentNumber,
        reason: SpoilReason,
    },
    /// A void copy is to be made anew under another number, for the fee already paid.
    ReplacementAsked {
        number: DocumentNumber,
    },
    /// The exchange holds the new document ready; `number` is the void one.
    Replaced {
        number: DocumentNumber,
        document: DocumentReference,
    },
    ReceiptPrinted,
    Closed {
        outcome: Outcome,
    },
}

impl RequestEvent {
    /// Whether with it a citizen's asking has become an office's business.
    pub fn is_submission(&self) -> bool {
        matches!(
            self,
            RequestEvent::Submitted | RequestEvent::PreparedUnderLease { .. }
        )
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NetworkFault {
    /// No connection, or the security server says the agency is away.
    Unreachable,
    /// No answer within the service's time.
    Slow,
    /// An answer that is not what was agreed.
    Nonsense,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeclineReason {
    NoSuchRecord,
    /// A character of the record is in no font; the counter can write it by hand.
    Unprintable,
    OutsideHours,
    /// The request itself is not acceptable (unknown service, bad option).
    Malformed,
    /// No ticket has this code, or it has not reached the exchange yet.
    NoSuchTicket,
    /// What the ticket promises is not ready yet.
    NotReady,
    /// The ticket was used before.
    TicketUsed,
    /// Another station is about to honor the ticket.
    TicketBusy,
    /// The ticket is somebody else's.
    NotTheHolder,
    /// The exchange knows of no two-person check that this request may rely on.
    NotVouched,
}

/// What a ticket promises.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Promise {
    /// The documents a queued request asked for.
    Documents,
    /// Money a machine owes.
    Money,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PayoutPurpose {
    Change,
    Refund,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpoilReason {
    /// Proven: no sheet came out.
    NotPrinted,
    /// A sheet may exist.
    Unknown,
    /// Nothing proves it either way, and the citizen says that no sheet came out.
    NotReceived,
    /// Never ordered from the printer.
    NotWanted,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Every copy asked for was issued.
    Done,
    /// The exchange goes on with it; a ticket or a receipt number says so.
    Queued,
    /// The citizen changed their mind or left.
    Withdrawn,
    Failed,
}
