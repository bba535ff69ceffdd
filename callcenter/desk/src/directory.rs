//! Whom a call can be given to: colleagues, offices and queues, found while typing.

use std::collections::BTreeMap;

use cti::{AgentState, Colleague, Destination, Office};
use privacy::Personal;

/// As many as have a key.
pub const SHOWN_MOST: usize = 9;
/// Longer than any name or number.
const LETTERS_MAX: usize = 60;
/// No number of an office or a person is shorter.
const DIGITS_LEAST: usize = 3;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// What was typed is a number.
    Number,
    Colleague,
    Office,
    Queue,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub kind: EntryKind,
    pub name: Personal<String>,
    /// Of a colleague.
    pub state: Option<AgentState>,
    pub to: Destination,
}

/// The switch's directory and what an agent looks for in it.
#[derive(Debug, Default)]
pub struct Directory {
    /// Nobody gives a call to themselves.
    own: Option<u32>,
    offices: Vec<Office>,
    queues: Vec<String>,
    colleagues: BTreeMap<u32, Colleague>,
    query: Personal<String>,
    selected: usize,
}

impl Directory {
    /// Empty, for the agent of this number.
    pub fn of(own: u32) -> Self {
        Self {
            own: Some(own),
            ..Self::default()
        }
    }

    /// Takes over one of its parts.
    pub fn extend(&mut self, part: cti::Directory) {
        self.offices.extend(part.offices);
        self.queues.extend(part.queues);
        self.changed(part.colleagues);
    }

    pub fn changed(&mut self, colleagues: Vec<Colleague>) {
        let numbered = colleagues.into_iter().map(|it| (it.agent, it));
        self.colleagues.extend(numbered);
    }

    /// The name of a colleague's account.
    pub fn account(&self, agent: u32) -> Option<&str> {
        self.colleagues.get(&agent).map(|it| it.account.as_str())
    }

    pub fn look_for(&mut self, typed: &Personal<String>) {
        let plain = typed.reveal().chars().filter(|it| !it.is_control());
        self.query = Personal::new(plain.take(LETTERS_MAX).collect());
        self.selected = 0;
    }

    /// Everybody who fits what is typed, whatever they are doing: an order that
    /// changed by itself would put somebody else under the finger.
    pub fn found(&self) -> Vec<Entry> {
        let query = self.query.reveal().trim();
        let fits = |name: &str| query.is_empty() || typing::matches(name, query);
        let number = is_number(query).then(|| Entry {
            kind: EntryKind::Number,
            name: Personal::new(query.to_owned()),
            state: None,
            to: Destination::Number {
                number: Personal::new(query.to_owned()),
            },
        });
        let others = self.colleagues.values();
        let others = others.filter(|it| Some(it.agent) != self.own);
        let colleagues = others.filter(|it| fits(&it.account));
        let colleagues = colleagues.map(|it| Entry {
            kind: EntryKind::Colleague,
            name: Personal::new(it.account.clone()),
            state: Some(it.state.clone()),
            to: Destination::Agent { id: it.agent },
        });
        let offices = self.offices.iter();
        let offices = offices.filter(|it| fits(&it.name) || fits(&it.id));
        let offices = offices.map(|it| Entry {
            kind: EntryKind::Office,
            name: Personal::new(it.name.clone()),
            state: None,
            to: Destination::Office { id: it.id.clone() },
        });
        let queues = self.queues.iter().filter(|it| fits(it));
        let queues = queues.map(|it| Entry {
            kind: EntryKind::Queue,
            name: Personal::new(it.clone()),
            state: None,
            to: Destination::Queue { id: it.clone() },
        });
        number
            .into_iter()
            .chain(colleagues)
            .chain(offices)
            .chain(queues)
            .collect()
    }

    pub fn selected(&self) -> usize {
        self.selected
    }

    /// The n-th of those that are shown; without so many nothing changes.
    pub fn select(&mut self, index: usize) {
        if index < self.found().len().min(SHOWN_MOST) {
            self.selected = index;
        }
    }

    pub fn chosen(&self) -> Option<Entry> {
        self.found().into_iter().nth(self.selected)
    }
}

fn is_number(typed: &str) -> bool {
    let plain = |it: &char| !matches!(it, ' ' | '-' | '.' | '(' | ')' | '+');
    let digits: Vec<char> = typed.chars().filter(plain).collect();
    digits.len() >= DIGITS_LEAST && digits.iter().all(char::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn directory() -> Directory {
        let colleague = |agent, account: &str, state| Colleague {
            agent,
            account: account.to_owned(),
            state,
        };
        let office = |id: &str, name: &str| Office {
            id: id.to_owned(),
            name: name.to_owned(),
        };
        let mut directory = Directory::of(1);
        directory.extend(cti::Directory {
            offices: vec![
                office("gaon-tax", "가온구 세무과"),
                office("narae-land", "나래구 토지정보과"),
            ],
            queues: vec!["증명 발급".to_owned()],
            colleagues: vec![
                colleague(7, "park.7", AgentState::Ready),
                colleague(4, "lee.4", AgentState::Busy),
                colleague(1, "kim.1", AgentState::Ready),
            ],
        });
        directory
    }

    fn names(directory: &Directory, typed: &str) -> Vec<String> {
        let mut directory = Directory {
            own: directory.own,
            offices: directory.offices.clone(),
            queues: directory.queues.clone(),
            colleagues: directory.colleagues.clone(),
            ..Directory::default()
        };
        directory.look_for(&Personal::new(typed.to_owned()));
        let found = directory.found().into_iter();
        found.map(|it| it.name.reveal().clone()).collect()
    }

    #[test]
    fn an_office_is_found_by_its_first_consonants_and_a_colleague_by_a_few_letters() {
        let directory = directory();

        assert_eq!(names(&directory, "ㅌㅈ"), ["나래구 토지정보과"]);
        assert_eq!(names(&directory, "세무"), ["가온구 세무과"]);
        assert_eq!(names(&directory, "gaon"), ["가온구 세무과"]);
        assert_eq!(names(&directory, "lee"), ["lee.4"]);
        assert_eq!(names(&directory, " ").len(), 5);
        for nobody in ["nobody", "kim"] {
            assert_eq!(names(&directory, nobody), [""; 0], "{nobody}");
        }
    }

    #[test]
    fn what_is_typed_as_a_number_can_be_called() {
        let mut directory = directory();

        directory.look_for(&Personal::new("031-000-0001".to_owned()));

        let number = Personal::new("031-000-0001".to_owned());
        let to = directory.chosen().map(|it| it.to);
        assert_eq!(to, Some(Destination::Number { number }));
        assert!(names(&directory, "12").is_empty());
    }

    #[test]
    fn who_is_chosen_stays_chosen_when_colleagues_do_something_else() {
        let mut directory = directory();
        directory.select(1);
        let chosen = directory.chosen().map(|it| it.to);

        directory.changed(vec![Colleague {
            agent: 4,
            account: "lee.4".to_owned(),
            state: AgentState::Ready,
        }]);
        directory.select(5);

        assert_eq!(chosen, Some(Destination::Agent { id: 7 }));
        assert_eq!(directory.chosen().map(|it| it.to), chosen);
    }
}
