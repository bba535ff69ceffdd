//! What a finger can say to the visit.

use crate::{
    maintenance::task::Task,
    visit::{
        Language,
        view::{GuidanceTouch, Means, ReviewTarget},
    },
};

/// One touch, named by what the citizen meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Touch {
    Start,
    /// Shows and hides the languages that can be chosen.
    OpenLanguages,
    CloseLanguages,
    ChooseLanguage(Language),
    ChooseService(String),
    /// Opens a topic, by its id.
    OpenTopic(String),
    /// Opens what papers something in life takes, by its id.
    OpenLifeEvent(String),
    /// Looks for a service by typing what it is called.
    Search,
    /// Asks which office holds what.
    Locate,
    /// Opens what an office holds, by its id.
    OpenHolding(String),
    /// Opens the board, and one of its topics by its id.
    OpenBoard,
    OpenBoardTopic(String),
    /// Writes a notice below the topic that is open.
    WriteNotice,
    /// Asks whether a paper is genuine …
    VerifyPaper,
    /// … by its number, which is typed.
    TypePaperNumber,
    /// There is a claim ticket or a refund ticket.
    HaveTicket,
    /// Says what an answer was worth, or does not accept it.
    RateAnswer,
    Appeal,
    /// Wants to be told by text message that it is ready.
    WantMessages,
    /// The one primary action of the screen.
    Next,
    Back,
    StartOver,
    /// Answers the "are you still there?" warning.
    StayHere,
    /// A key of the on-screen keyboard.
    Key(Key),
    PickSuggestion(u32),
    /// A choice of a question.
    PickChoice(String),
    PickOption {
        option: String,
        choice: String,
    },
    /// Whom the paper is for.
    PickRecipient(String),
    MoreCopies,
    FewerCopies,
    Agree,
    Disagree,
    /// Wants to be identified by two agents.
    BeginCheck,
    Change(ReviewTarget),
    /// Puts another certificate beside this one, and looks at all of them.
    AddAnother,
    OpenBasket,
    /// One of them, by its place.
    EditItem(u32),
    RemoveItem(u32),
    PayWith(Means),
    CancelPayment,
    /// Print the receipt, or do without.
    WantReceipt,
    NoReceipt,
    /// The sheet came out, although the printer cannot tell.
    GotPaper,
    GotNoPaper,
    /// Prints a void copy again under another number.
    PrintAgain,
    MoneyBack,
    TryAgain,
    /// A step on; behind the last comes the first.
    NextTextSize,
    NextContrast,
    LowScreen,
    /// Nothing moves on the screen any more, or again.
    Stillness,
    Guidance(GuidanceTouch),
    /// Goes from one stop of the screen to another; nothing is chosen.
    Moved,
    /// Shows and hides the number of a person who helps.
    AskForHelp,
    CloseHelp,
    /// Calls an agent to this screen, lets them see it, or not.
    AskForAgent,
    LetAgentSee,
    KeepToMyself,
    /// Ends the wait or the help, or has read that it ended.
    EndHelp,
    /// What the agent proposes, by its number.
    AcceptProposal(u32),
    DeclineProposal(u32),
    OpenTalk,
    CloseTalk,
    /// A key of the keyboard under the talk.
    TalkKey(Key),
    SayLine,
    /// Volume and hanging up, and back.
    OpenHandset,
    CloseHandset,
    Louder,
    Softer,
    /// Goes on in typed lines, or speaks again.
    HangUpHandset,
    CallFromHandset,
    /// A technician's.
    Upkeep(Task),
}

impl Touch {
    pub(super) fn is_about_help(&self) -> bool {
        matches!(
            self,
            Touch::AskForAgent
                | Touch::LetAgentSee
                | Touch::KeepToMyself
                | Touch::EndHelp
                | Touch::AcceptProposal(_)
                | Touch::DeclineProposal(_)
                | Touch::OpenTalk
                | Touch::CloseTalk
                | Touch::TalkKey(_)
                | Touch::SayLine
        ) || self.is_about_the_handset()
    }

    pub(super) fn is_about_the_handset(&self) -> bool {
        matches!(
            self,
            Touch::OpenHandset
                | Touch::CloseHandset
                | Touch::Louder
                | Touch::Softer
                | Touch::HangUpHandset
                | Touch::CallFromHandset
        )
    }

    /// Whether it changes how the screen looks and not what the visit does.
    pub(super) fn is_an_adjustment(&self) -> bool {
        matches!(
            self,
            Touch::NextTextSize
                | Touch::NextContrast
                | Touch::LowScreen
                | Touch::Stillness
                | Touch::Guidance(_)
                | Touch::Moved
                | Touch::AskForHelp
                | Touch::CloseHelp
                | Touch::OpenLanguages
                | Touch::CloseLanguages
        )
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    Character(char),
    Backspace,
    Shift,
    /// Between Hangul and Latin.
    Layout,
    Digits,
    Clear,
}
