//! Why an action is not allowed.

use crate::Stage;

/// The domain says no. Carries nothing personal: it may be logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("the request is at stage {0:?}")]
    WrongStage(Stage),
    #[error("the applicant has not been identified")]
    NotIdentified,
    #[error("no two-person check was agreed to")]
    NoVouching,
    #[error("two persons have not vouched for the applicant")]
    NotVouched,
    #[error("the two who vouch are one person or sit at one desk")]
    OnePerson,
    #[error("the applicant has not consented")]
    NoConsent,
    #[error("a question has not been answered")]
    Unanswered,
    #[error("the number of copies is outside its limits")]
    Copies,
    #[error("another agent helps already")]
    Assisted,
    #[error("no agent helps")]
    NotAssisted,
    #[error("the citizen has not answered the last proposal")]
    ProposalOpen,
    #[error("nothing was proposed")]
    NoProposal,
    #[error("the service has no such field")]
    NoSuchField,
    #[error("the fee has not been quoted")]
    NoFee,
    #[error("nobody answers a request of this service by hand")]
    NoPetition,
    #[error("the petition has been answered")]
    Replied,
    #[error("an answer without words is none")]
    EmptyReply,
    #[error("the petition has its receipt number")]
    Received,
    #[error("the petition is with an office already")]
    Routed,
    #[error("that office has it, or has answered it")]
    SameOffice,
    #[error("the due date is set, or is no later one")]
    DueDate,
    #[error("the due date was extended before")]
    Extended,
    #[error("the petition is joined already, or is the leading one")]
    Joined,
    #[error("the petition is joined to no other")]
    NotJoined,
    #[error("a reason, an appeal or a rating has no words or too many")]
    Words,
    #[error("the petition has not been answered")]
    NotAnswered,
    #[error("a rating is one to five stars")]
    Stars,
    #[error("the answer has been rated")]
    Rated,
    #[error("the petition has been appealed before")]
    Appealed,
    #[error("the time for an appeal is over")]
    AppealOver,
    #[error("its citizen may still say something")]
    StillOpen,
    #[error("the petition is over")]
    Concluded,
    #[error("the letter is not to be sent now")]
    Letter,
    #[error("as many documents as copies are needed")]
    DocumentCount,
    #[error("the document number is not of this request or was used")]
    DocumentNumber,
    #[error("a copy has been made anew too often")]
    Replacements,
    #[error("another sheet is on its way")]
    PaperMoving,
    #[error("the fee has not been paid in")]
    NotPaid,
    #[error("money is moving")]
    MoneyMoving,
    #[error("the amount does not fit what was paid in")]
    Amount,
    #[error("nothing was issued that could be charged")]
    NothingIssued,
    #[error("money is still held")]
    MoneyHeld,
    #[error("a document is neither issued nor void")]
    PaperOpen,
}
