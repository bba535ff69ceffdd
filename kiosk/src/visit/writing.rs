//! Writing a notice for the board: a title, a text, and handing it in.

use board::Words;
use privacy::Personal;

use super::{Command, Key, Touch, Visit, entry::Entry, finding::Looking, view::Posted};

/// Letters of a title, and of a text: what is typed with one finger is short.
const TITLE_MAX: u32 = 40;
const TEXT_MAX: u32 = 120;
const TITLE_MIN: usize = 2;

impl Visit {
    /// Whether a notice can be written below a topic now.
    pub(super) fn may_write(&self, topic: &str) -> bool {
        let open = self.local.topic(topic).is_some_and(|it| it.open);
        open && self.fittings.exchange_trouble().is_none()
    }

    /// Begins with the title.
    pub(super) fn write_notice(&mut self) {
        let Looking::BelowBoardTopic(topic) = &self.person.looking else {
            return;
        };
        let topic = topic.clone();
        if self.may_write(&topic) {
            self.person.looking = Looking::Titling(topic);
            self.person.posting_title = Personal::default();
            self.person.sought = self.blank(TITLE_MAX);
        }
    }

    /// A touch while a notice is written, or after it was.
    pub(super) fn writing(&mut self, touch: &Touch) {
        match (touch, self.person.looking.clone()) {
            (Touch::Key(key), Looking::Titling(_) | Looking::Writing(_)) => self.write(*key),
            (Touch::Next, Looking::Titling(topic)) if self.is_complete() => {
                self.person.posting_title = Personal::new(self.person.sought.text());
                self.person.looking = Looking::Writing(topic);
                self.person.sought = self.blank(TEXT_MAX);
            }
            (Touch::Next, Looking::Writing(topic)) if self.is_complete() => {
                let words = self.written();
                self.person.posting_title = Personal::default();
                self.person.sought = self.blank(0);
                self.person.looking = Looking::Posted(Posted::Sending);
                self.order(Command::HandIn { topic, words });
            }
            (Touch::Back, Looking::Titling(topic)) => {
                self.person.looking = Looking::BelowBoardTopic(topic);
            }
            (Touch::Back, Looking::Writing(topic)) => {
                self.person.looking = Looking::Titling(topic);
                self.person.sought = self.blank(TITLE_MAX);
            }
            (Touch::Next, Looking::Posted(Posted::Waits | Posted::NotTaken)) => {
                self.person.looking = Looking::AtBoard;
            }
            _ => {}
        }
    }

    /// The exchange has answered, or did not.
    pub(super) fn handed_in(&mut self, taken: bool) {
        if self.person.looking == Looking::Posted(Posted::Sending) {
            let posted = if taken {
                Posted::Waits
            } else {
                Posted::NotTaken
            };
            self.person.looking = Looking::Posted(posted);
        }
    }

    /// Whether what is typed will do.
    pub(super) fn is_complete(&self) -> bool {
        match &self.person.looking {
            Looking::Titling(_) => self.person.sought.text().trim().chars().count() >= TITLE_MIN,
            Looking::Writing(_) => self.written().check().is_ok(),
            _ => false,
        }
    }

    fn written(&self) -> Words {
        Words {
            title: self.person.posting_title.clone(),
            text: Personal::new(self.person.sought.text()),
        }
    }

    fn write(&mut self, key: Key) {
        // A letter too many is not taken.
        let _ = self.person.sought.press(key);
    }

    fn blank(&self, letters: u32) -> Entry {
        Entry::with_digits(self.person.language.letters(), letters)
    }
}
