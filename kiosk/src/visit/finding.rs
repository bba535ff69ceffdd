//! Finding a service: among the most asked, below its topic, or by its name; and finding
//! out which office holds what.

use super::{Language, Moment, Touch, Visit, entry::Entry, view::Posted};

/// Letters of what is sought; no service is called by more.
const SOUGHT_MAX: u32 = 30;

/// Where the citizen looks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Looking {
    #[default]
    Around,
    /// Below a topic, by its id.
    Below(String),
    /// At what a life event takes, by its id.
    AtLifeEvent(String),
    /// By typing.
    ByName,
    /// Among what agencies hold, by typing.
    AmongHoldings,
    /// At one of them, by its id.
    At(String),
    /// At the board ...
    AtBoard,
    /// ... and below one of its topics, by its id.
    BelowBoardTopic(String),
    /// Writing a notice below a topic: its title ...
    Titling(String),
    /// ... and its text.
    Writing(String),
    /// What became of it.
    Posted(Posted),
}

impl Looking {
    fn is_about_a_notice(&self) -> bool {
        matches!(
            self,
            Looking::Titling(_) | Looking::Writing(_) | Looking::Posted(_)
        )
    }

    fn by_typing(&self) -> bool {
        matches!(self, Looking::ByName | Looking::AmongHoldings)
    }
}

impl Visit {
    pub(super) fn finding(&mut self, touch: Touch, now: Moment) {
        let around = self.person.looking == Looking::Around;
        match touch {
            Touch::ChooseService(id) => self.choose(&id, now),
            Touch::HaveTicket if self.is_alone() => self.ask_for_code(),
            Touch::VerifyPaper if self.is_alone() => self.verify_paper(),
            Touch::OpenBasket => self.open_basket(),
            Touch::OpenTopic(id) if self.catalog.topic(&id).is_some() => {
                self.person.looking = Looking::Below(id);
            }
            Touch::OpenLifeEvent(id) if self.catalog.life_event(&id).is_some() => {
                self.person.looking = Looking::AtLifeEvent(id);
            }
            Touch::Search => {
                self.person.looking = Looking::ByName;
                self.seek_anew();
            }
            Touch::Locate if !self.locator.is_empty() => {
                self.person.looking = Looking::AmongHoldings;
                self.seek_anew();
            }
            Touch::OpenHolding(id) if self.locator.holding(&id).is_some() => {
                self.person.looking = Looking::At(id);
            }
            Touch::OpenBoard if !self.local.topics().is_empty() => {
                self.person.looking = Looking::AtBoard;
            }
            Touch::OpenBoardTopic(id) if self.local.topic(&id).is_some() => {
                self.person.looking = Looking::BelowBoardTopic(id);
            }
            Touch::WriteNotice => self.write_notice(),
            _ if self.person.looking.is_about_a_notice() => self.writing(&touch),
            Touch::Key(key) if self.person.looking.by_typing() => {
                // A letter too many would find nothing either.
                let _ = self.person.sought.press(key);
            }
            Touch::Back if around && !self.is_alone() => self.open_basket(),
            Touch::Back if around => self.leave(now),
            // What was typed is still there.
            Touch::Back if matches!(self.person.looking, Looking::At(_)) => {
                self.person.looking = Looking::AmongHoldings;
            }
            Touch::Back if matches!(self.person.looking, Looking::BelowBoardTopic(_)) => {
                self.person.looking = Looking::AtBoard;
            }
            Touch::Back => self.person.looking = Looking::Around,
            _ => {}
        }
    }

    /// Another language has other keys; what was typed on them goes.
    pub(super) fn speak(&mut self, language: Language) {
        self.person.language = language;
        self.person.choosing_language = false;
        self.seek_anew();
    }

    fn seek_anew(&mut self) {
        self.person.sought = Entry::new(self.person.language.letters(), SOUGHT_MAX);
    }
}
