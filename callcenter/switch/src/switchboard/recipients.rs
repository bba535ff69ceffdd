//! Whom a call is given to: names and numbers, as agents say them.

use std::collections::BTreeMap;

use distributor::{Destination, EntryId, Target};
use privacy::Personal;

use super::{Recipient, Switchboard};

/// No number has more digits (ITU-T E.164 §6); a prefix for lines outside may
/// stand before it.
const DIGITS_MOST: usize = 20;
/// No number of an office or a person is shorter.
const DIGITS_LEAST: usize = 3;
/// Numbers that were typed and are not forgotten yet.
const OUTSIDE_MOST: usize = 256;

/// Numbers outside that agents have typed. To the distributor each is an entry
/// of the directory, and says nothing of whose number it is.
#[derive(Debug, Default)]
pub(super) struct OutsideNumbers {
    next: u64,
    numbers: BTreeMap<u64, Personal<String>>,
}

impl OutsideNumbers {
    /// `None` for what is no number.
    fn enter(&mut self, typed: &Personal<String>) -> Option<EntryId> {
        let plain = |it: &char| !matches!(it, ' ' | '-' | '.' | '(' | ')');
        let number: String = typed.reveal().chars().filter(plain).collect();
        let digits = number.strip_prefix('+').unwrap_or(&number);
        let fits = (DIGITS_LEAST..=DIGITS_MOST).contains(&digits.len());
        if !fits || !digits.bytes().all(|it| it.is_ascii_digit()) {
            return None;
        }
        self.next += 1;
        self.numbers.insert(self.next, Personal::new(number));
        if self.numbers.len() > OUTSIDE_MOST {
            self.numbers.pop_first();
        }
        // No operator's name for an office has a colon before a number.
        Some(EntryId(format!("outside:{}", self.next)))
    }

    fn number(&self, entry: &EntryId) -> Option<&Personal<String>> {
        let place = entry.0.strip_prefix("outside:")?.parse().ok()?;
        self.numbers.get(&place)
    }
}

impl Switchboard {
    /// Where a number leads that a telephone wants to transfer to.
    pub(super) fn destination(&self, number: &str) -> Option<Destination> {
        let queue = self.center.numbers.iter().find(|it| it.dialed == number);
        let agent = self.center.agent_of(number).map(|it| it.id);
        let mut offices = self.center.offices.iter();
        let office = offices.find(|it| it.number == number || it.id.0 == number);
        queue
            .map(|it| Destination::Queue(it.queue.clone()))
            .or(agent.map(Destination::Agent))
            .or(office.map(|it| Destination::Entry(it.id.clone())))
    }

    /// Where a call goes that is handed on without asking.
    pub(super) fn destination_of(&mut self, to: &Recipient) -> Option<Destination> {
        match to {
            Recipient::Office(id) => {
                let office = self.center.office(id)?;
                Some(Destination::Entry(office.id.clone()))
            }
            Recipient::Agent(id) => self.center.agent(*id).map(|it| Destination::Agent(it.id)),
            Recipient::Queue(id) => {
                let mut queues = self.center.plan.queues.iter();
                let queue = queues.find(|it| it.id == *id)?;
                Some(Destination::Queue(queue.id.clone()))
            }
            Recipient::Number(typed) => {
                let own = self.destination(typed.reveal().trim());
                own.or_else(|| self.outside.enter(typed).map(Destination::Entry))
            }
        }
    }

    /// Who is asked for advice; a queue is nobody.
    pub(super) fn target_of(&mut self, to: &Recipient) -> Option<Target> {
        match self.destination_of(to)? {
            Destination::Agent(agent) => Some(Target::Agent(agent)),
            Destination::Entry(entry) => Some(Target::Entry(entry)),
            Destination::Queue(_) => None,
        }
    }

    pub(super) fn number_of(&self, entry: &EntryId) -> Option<Personal<String>> {
        let office = self.center.office(entry);
        let office = office.map(|it| Personal::new(it.number.clone()));
        office.or_else(|| self.outside.number(entry).cloned())
    }
}
