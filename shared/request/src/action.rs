//! What somebody wants to do with a request.

use std::collections::BTreeMap;

use privacy::Personal;

use crate::{
    AgentId, Applicant, AssistanceEnding, CardAction, Consent, Decision, DeclineReason,
    DocumentNumber, DocumentReference, Enclosure, Fee, FormField, Identification, JoinGround,
    Letter, Means, NetworkFault, NotSentReason, OfficeId, PayoutPurpose, Promise, RequestId,
    RouteGround, Sender, SpoilReason, StationId, TelephoneNumber, Timestamp, Vouching,
};

/// An intention the core may refuse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    Identify {
        applicant: Applicant,
        by: Identification,
    },
    /// Begins a two-person check, as the citizen agreed.
    AskVouching(Consent),
    /// Two agents believe the citizen.
    Vouch(Vouching),
    Answer {
        question: String,
        answer: Personal<String>,
    },
    /// Says who wrote, by no more proof than the letter.
    NameSender(Sender),
    /// Lists what lay in the letter.
    Enclose(Vec<Enclosure>),
    ChooseOptions {
        options: BTreeMap<String, String>,
        copies: u32,
    },
    Consent(Consent),
    QuoteFee(Fee),
    /// Wants to be told by text message, as the citizen agreed.
    WantMessages(TelephoneNumber),
    /// Lets the agent at a desk see the form, as the citizen agreed.
    BeginAssistance {
        desk: StationId,
        agent: AgentId,
    },
    /// Asks the citizen whether an agent's value is right.
    ProposeValue {
        field: FormField,
        value: Personal<String>,
    },
    /// The citizen wants the value; filling it in is an action of its own.
    AcceptProposal,
    DeclineProposal,
    EndAssistance(AssistanceEnding),
    /// Says which ticket this request honors.
    Collect {
        ticket: String,
        what: Promise,
    },
    Submit,
    /// Lets the citizen go with a claim ticket.
    Queue {
        ticket: String,
    },
    /// The exchange has what a queued request asked for.
    MarkReady,
    /// The exchange hands over what a refund ticket promises.
    Credit {
        amount_won: u32,
    },
    FailAttempt(NetworkFault),
    Prepare(Vec<DocumentReference>),
    /// Takes documents that the station has made itself, under a lease.
    PrepareUnderLease {
        lease: String,
        documents: Vec<DocumentReference>,
    },
    Decline(DeclineReason),
    /// Gives a petition the number its citizen asks for it by.
    Receive {
        receipt: String,
    },
    /// Gives it to its first office.
    Route {
        office: OfficeId,
        ground: RouteGround,
    },
    Transfer {
        office: OfficeId,
        agent: AgentId,
        reason: Personal<String>,
    },
    SetDue {
        due_at: Timestamp,
    },
    /// Takes longer, once.
    Extend {
        due_at: Timestamp,
        agent: AgentId,
        reason: Personal<String>,
    },
    /// Handles it together with another one.
    Join {
        leading: RequestId,
        ground: JoinGround,
        agent: AgentId,
    },
    Separate {
        agent: AgentId,
    },
    /// Lays a file to it that the exchange has.
    Attach {
        agent: AgentId,
        enclosure: Enclosure,
        with_answer: bool,
    },
    /// Says which agent is to answer.
    Assign {
        agent: String,
    },
    /// Answers a petition; the station that opened it sends the answer, where it came by
    /// letter.
    Reply {
        agent: String,
        text: Personal<String>,
        decision: Option<Decision>,
    },
    /// Leaves an answered petition to its citizen for a while.
    StayOpen {
        until: Timestamp,
    },
    Rate {
        stars: u8,
        words: Personal<String>,
    },
    /// Does not accept the answer, once, while there is time.
    Appeal {
        office: OfficeId,
        text: Personal<String>,
        at: Timestamp,
    },
    /// Ends what was answered and stayed open for long enough.
    Conclude {
        at: Timestamp,
    },
    BeginSending(Letter),
    /// The mail server has taken it.
    Send(Letter),
    FailSending {
        letter: Letter,
        reason: NotSentReason,
    },
    BeginPayment {
        means: Means,
        /// What is paid with it for other requests of the same visit.
        besides_won: u32,
    },
    TakeCoin {
        value_won: u32,
    },
    EscrowNote {
        value_won: u32,
    },
    BeginNoteStack,
    StackNote {
        value_won: u32,
    },
    BeginNoteReturn,
    ReturnNote {
        value_won: u32,
    },
    BeginPayout {
        amount_won: u32,
        purpose: PayoutPurpose,
    },
    PayOut {
        amount_won: u32,
    },
    LosePayout {
        asked_won: u32,
    },
    OweRefund {
        amount_won: u32,
        ticket: String,
    },
    Card(CardAction),
    CaptureFee,
    /// Gives up the fee of what was issued and can no longer be charged.
    WaiveFee,
    /// Leaves all that is left of the money to another request of the same visit.
    CarryOver {
        to: RequestId,
        amount_won: u32,
    },
    /// Takes over what another one has left.
    BringForward {
        from: RequestId,
        amount_won: u32,
    },
    BeginIssue {
        number: DocumentNumber,
    },
    Issue {
        number: DocumentNumber,
    },
    /// The citizen says that the sheet came out.
    ConfirmPaper {
        number: DocumentNumber,
    },
    Spoil {
        number: DocumentNumber,
        reason: SpoilReason,
    },
    AskReplacement {
        number: DocumentNumber,
    },
    Replace {
        number: DocumentNumber,
        document: DocumentReference,
    },
    PrintReceipt,
    /// Ends a request that can go no further; the core says whether it is done or failed.
    Close,
    /// Ends a request whose citizen changed their mind or left.
    Withdraw,
}
