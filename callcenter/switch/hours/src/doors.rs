//! The doors: tells when a queue opens or closes, each change once.

use std::collections::{BTreeSet, VecDeque};

use jiff::Timestamp;

use crate::{Hours, HoursError, HoursSettings};

/// A queue opens, or closes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub queue: String,
    pub open: bool,
}

/// A door of some queues.
#[derive(Debug)]
struct Door {
    queues: Vec<String>,
    hours: Hours,
    /// As it was told last; not yet after a start.
    open: Option<bool>,
}

/// All doors of a center. It is told the time by the clock on the wall, and does not
/// mind when that is set.
#[derive(Debug, Default)]
pub struct Doors {
    doors: Vec<Door>,
    looked: Option<Timestamp>,
    due: Option<Timestamp>,
    changes: VecDeque<Change>,
}

impl Doors {
    /// # Errors
    /// What is wrong with the settings; a queue may keep one kind of hours alone.
    pub fn new(settings: &[HoursSettings]) -> Result<Self, HoursError> {
        let mut owned = BTreeSet::new();
        for queue in settings.iter().flat_map(|it| &it.queues) {
            if !owned.insert(queue) {
                return Err(HoursError::Twice(queue.clone()));
            }
        }
        let door = |settings: &HoursSettings| {
            Ok(Door {
                queues: settings.queues.clone(),
                hours: Hours::new(settings)?,
                open: None,
            })
        };
        Ok(Self {
            doors: settings.iter().map(door).collect::<Result<_, _>>()?,
            ..Self::default()
        })
    }

    /// Looks at the clock. The first time every queue is told of.
    pub fn handle_timeout(&mut self, now: Timestamp) {
        let set_back = self.looked.is_some_and(|it| now < it);
        let early = self.due.is_some_and(|it| now < it);
        if early && !set_back {
            self.looked = Some(now);
            return;
        }
        self.looked = Some(now);
        for door in &mut self.doors {
            let open = door.hours.is_open(now);
            if door.open.replace(open) == Some(open) {
                continue;
            }
            let queues = door.queues.iter().cloned();
            self.changes
                .extend(queues.map(|queue| Change { queue, open }));
        }
        let next = self.doors.iter();
        self.due = next.filter_map(|it| it.hours.next_change(now)).min();
    }

    pub fn poll_change(&mut self) -> Option<Change> {
        self.changes.pop_front()
    }

    /// When to call [`Doors::handle_timeout`] at the latest.
    pub fn poll_timeout(&self) -> Option<Timestamp> {
        self.due
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    const OFFICE: &str = r#"
        queues = ["general", "taxes"]
        time_zone = "Asia/Seoul"
        weekly = { monday = ["09:00-18:00"] }
    "#;
    const NIGHT: &str = r#"
        queues = ["night"]
        time_zone = "Asia/Seoul"
        weekly = { monday = ["18:00-24:00"] }
    "#;

    fn doors(texts: &[&str]) -> Result<Doors, HoursError> {
        let settings = texts.iter().map(|it| toml::from_str(it).unwrap());
        Doors::new(&settings.collect::<Vec<_>>())
    }

    /// What is told at this time on a Monday.
    fn told(doors: &mut Doors, time: &str) -> Vec<String> {
        let now = format!("2026-11-23T{time}+09").parse().unwrap();
        doors.handle_timeout(now);
        let changes = std::iter::from_fn(|| doors.poll_change());
        let said = |it: Change| match it.open {
            true => format!("{} opens", it.queue),
            false => format!("{} closes", it.queue),
        };
        changes.map(said).collect()
    }

    #[test]
    fn a_day_goes_by_and_each_change_is_told_once() {
        let mut doors = doors(&[OFFICE, NIGHT]).unwrap();

        let first = ["general closes", "taxes closes", "night closes"];
        assert_eq!(told(&mut doors, "08:59"), first);
        let due = "2026-11-23T09:00+09".parse().ok();
        assert_eq!(doors.poll_timeout(), due);
        assert_eq!(told(&mut doors, "08:59:59"), [""; 0]);
        assert_eq!(told(&mut doors, "09:00"), ["general opens", "taxes opens"]);
        assert_eq!(told(&mut doors, "17:59"), [""; 0]);
        assert_eq!(
            told(&mut doors, "18:00:01"),
            ["general closes", "taxes closes", "night opens"]
        );
    }

    #[test]
    fn after_a_start_it_is_told_how_it_stands() {
        assert_eq!(
            told(&mut doors(&[OFFICE]).unwrap(), "12:00"),
            ["general opens", "taxes opens"]
        );
        assert_eq!(
            told(&mut doors(&[OFFICE]).unwrap(), "20:00"),
            ["general closes", "taxes closes"]
        );
    }

    #[test]
    fn a_clock_that_is_set_is_followed_both_ways() {
        let mut doors = doors(&[NIGHT]).unwrap();
        told(&mut doors, "12:00");

        assert_eq!(told(&mut doors, "19:00"), ["night opens"]);
        assert_eq!(told(&mut doors, "11:00"), ["night closes"]);
        assert_eq!(told(&mut doors, "18:30"), ["night opens"]);
    }

    #[test]
    fn a_queue_cannot_keep_two_kinds_of_hours() {
        assert_eq!(
            doors(&[OFFICE, OFFICE]).unwrap_err(),
            HoursError::Twice("general".to_owned())
        );
    }
}
