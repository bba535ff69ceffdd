//! Where a person is: as long as it is the same place, its stops are the same, too.

use crate::{
    maintenance::view::Page,
    visit::{
        Language,
        view::{CardPhase, HelpState, KeyboardLayout, Screen, View},
    },
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    screen: &'static str,
    language: Language,
    part: Part,
    over: Over,
}

/// What a screen is made of at a time.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Whole,
    Question(String, KeyboardLayout),
    Writing(bool, KeyboardLayout),
    /// A means of payment is chosen; money is on its way back.
    Pay(bool, bool),
    /// A payment by card can no longer be called off.
    PayByCard(bool),
    Upkeep(Page),
}

/// Where a key of a number or a letter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TypesInto {
    Screen,
    Talk,
    Nothing,
}

/// What lies over the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Over {
    Nothing,
    Warning,
    Telephone,
    Languages,
    AskedForHelp,
    WaitsForHelp,
    Proposal(u32),
    Talk,
    Handset,
    HelpEnded,
}

impl Place {
    pub(super) fn of(view: &View) -> Self {
        Self {
            screen: view.screen.name(),
            language: view.language,
            part: part(&view.screen),
            over: over(view),
        }
    }

    pub(super) fn types_into(&self) -> TypesInto {
        match self.over {
            Over::Nothing => TypesInto::Screen,
            Over::Talk => TypesInto::Talk,
            Over::Warning
            | Over::Telephone
            | Over::Languages
            | Over::AskedForHelp
            | Over::WaitsForHelp
            | Over::Proposal(_)
            | Over::Handset
            | Over::HelpEnded => TypesInto::Nothing,
        }
    }
}

fn part(screen: &Screen) -> Part {
    match screen {
        Screen::Question(it) => Part::Question(it.label.clone(), it.keyboard.layout),
        Screen::BoardWriting(it) => Part::Writing(it.titling, it.keyboard.layout),
        Screen::Search(it) => Part::Writing(false, it.keyboard.layout),
        Screen::Holdings(it) => Part::Writing(false, it.keyboard.layout),
        Screen::PaperNumber(it) => Part::Writing(false, it.keyboard.layout),
        Screen::Pay(it) => Part::Pay(it.means.is_some(), it.returning),
        Screen::Upkeep(it) => Part::Upkeep(it.page),
        Screen::PayByCard(it) => Part::PayByCard(it.phase == CardPhase::Ending),
        Screen::Welcome(_)
        | Screen::Find(_)
        | Screen::Topic(_)
        | Screen::Holding(_)
        | Screen::BoardTopics(_)
        | Screen::BoardPage(_)
        | Screen::BoardPosted(_)
        | Screen::Service(_)
        | Screen::TicketCode(_)
        | Screen::HoldPaper(_)
        | Screen::PaperTold(_)
        | Screen::Ticket(_)
        | Screen::Standing(_)
        | Screen::Accepted(_)
        | Screen::Telephone(_)
        | Screen::InsertCard(_)
        | Screen::ResidentNumber(_)
        | Screen::Check(_)
        | Screen::Options(_)
        | Screen::Consent(_)
        | Screen::Review(_)
        | Screen::Basket(_)
        | Screen::Working(_)
        | Screen::PaperQuestion(_)
        | Screen::TakePaper(_)
        | Screen::Receipt
        | Screen::TakeCard
        | Screen::Farewell(_)
        | Screen::Failed(_)
        | Screen::OutOfService(_) => Part::Whole,
    }
}

fn over(view: &View) -> Over {
    if view.leaving_in.is_some() {
        return Over::Warning;
    }
    if view.helping {
        return Over::Telephone;
    }
    if view.choosing_language {
        return Over::Languages;
    }
    match &view.help.state {
        HelpState::None => Over::Nothing,
        HelpState::Asking => Over::AskedForHelp,
        HelpState::Waiting { .. } => Over::WaitsForHelp,
        HelpState::Ended(_) => Over::HelpEnded,
        HelpState::Helping(it) => match (&it.proposal, &it.talk, &it.speaking) {
            (Some(proposed), ..) => Over::Proposal(proposed.number),
            (None, Some(_), _) => Over::Talk,
            (None, None, Some(speaking)) if speaking.open => Over::Handset,
            (None, None, _) => Over::Nothing,
        },
    }
}
