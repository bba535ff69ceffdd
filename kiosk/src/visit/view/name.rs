//! What a screen is called.

use super::Screen;

impl Screen {
    /// A short name for logs and for the names of pictures.
    pub fn name(&self) -> &'static str {
        match self {
            Screen::Welcome(_) => "welcome",
            Screen::Find(_) => "find",
            Screen::Topic(_) => "topic",
            Screen::Search(_) => "search",
            Screen::Holdings(_) => "holdings",
            Screen::Holding(_) => "holding",
            Screen::BoardTopics(_) => "board",
            Screen::BoardPage(_) => "board-page",
            Screen::BoardWriting(_) => "board-writing",
            Screen::BoardPosted(_) => "board-posted",
            Screen::Service(_) => "service",
            Screen::TicketCode(_) => "ticket-code",
            Screen::HoldPaper(_) => "hold-paper",
            Screen::PaperNumber(_) => "paper-number",
            Screen::PaperTold(_) => "paper-told",
            Screen::Ticket(_) => "ticket",
            Screen::Standing(_) => "standing",
            Screen::Accepted(_) => "accepted",
            Screen::Telephone(_) => "telephone",
            Screen::InsertCard(_) => "insert-card",
            Screen::ResidentNumber(_) => "resident-number",
            Screen::Check(_) => "check",
            Screen::Question(_) => "question",
            Screen::Options(_) => "options",
            Screen::Consent(_) => "consent",
            Screen::Review(_) => "review",
            Screen::Basket(_) => "basket",
            Screen::Pay(_) => "pay",
            Screen::PayByCard(_) => "pay-card",
            Screen::Working(_) => "working",
            Screen::PaperQuestion(_) => "paper-question",
            Screen::TakePaper(_) => "take-paper",
            Screen::Receipt => "receipt",
            Screen::TakeCard => "take-card",
            Screen::Farewell(_) => "farewell",
            Screen::Failed(_) => "failed",
            Screen::OutOfService(_) => "out-of-service",
            Screen::Upkeep(_) => "upkeep",
        }
    }
}
