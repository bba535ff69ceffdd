//! Who brings the machine into service: a card of the site's list, and its PIN.

use privacy::Personal;
use request::Timestamp;

use super::{At, Command, FIRST_WAIT, FORGIVEN, PIN, Provisioning};
use crate::{
    testing,
    view::{CardProblem, PinProblem, Touch},
};

impl Provisioning {
    pub(super) fn card_read(&mut self, number: Option<Personal<String>>, now: Timestamp) {
        if matches!(self.at, At::SelfTest(_)) {
            self.tested(testing::Event::Card, now);
            return;
        }
        let At::Card(problem) = &mut self.at else {
            return;
        };
        if self.wait_until.is_some() {
            return;
        }
        match number {
            Some(number) => self.commands.push_back(Command::FindOwner(number)),
            None => *problem = Some(CardProblem::Unreadable),
        }
    }

    pub(super) fn owner_found(&mut self, owner: Option<String>, now: Timestamp) {
        if !matches!(self.at, At::Card(_)) {
            return;
        }
        self.at = match owner {
            Some(technician) => At::Pin {
                technician,
                typed: Personal::new(String::new()),
                busy: false,
                problem: None,
            },
            None => At::Card(Some(match self.was_wrong(now) {
                Some(seconds) => CardProblem::Wait { seconds },
                None => CardProblem::Unknown,
            })),
        };
    }

    pub(super) fn pin_touched(&mut self, touch: Touch, now: Timestamp) {
        let waits = self.wait_until.is_some_and(|it| now < it);
        let At::Pin {
            technician,
            typed,
            busy,
            problem,
        } = &mut self.at
        else {
            return;
        };
        if *busy || waits {
            return;
        }
        match touch {
            Touch::Digit(digit) if digit <= 9 && typed.chars() < *PIN.end() => {
                *problem = None;
                *typed = Personal::new(format!("{}{digit}", typed.reveal()));
            }
            Touch::Erase => {
                let mut left = typed.reveal().clone();
                left.pop();
                *typed = Personal::new(left);
            }
            Touch::Continue if PIN.contains(&typed.chars()) => {
                *busy = true;
                let pin = std::mem::replace(typed, Personal::new(String::new()));
                let technician = technician.clone();
                self.commands
                    .push_back(Command::LookAtPin { technician, pin });
            }
            Touch::Back => self.at = At::Card(None),
            Touch::Continue
            | Touch::Again
            | Touch::Digit(_)
            | Touch::Choose(_)
            | Touch::Yes
            | Touch::No
            | Touch::Target(_)
            | Touch::ByPaper => {}
        }
    }

    pub(super) fn pin_looked_at(&mut self, right: bool, now: Timestamp) {
        let At::Pin { technician, .. } = &self.at else {
            return;
        };
        if right {
            self.wrong = 0;
            self.book.technician = Some(technician.clone());
            self.keep();
            match (self.book.station.clone(), self.book.code.clone()) {
                (Some(station), Some(code)) => self.labelled(station, code),
                _ => self.ask_for_label(),
            }
            return;
        }
        let wait = self.was_wrong(now);
        if let At::Pin { busy, problem, .. } = &mut self.at {
            *busy = false;
            *problem = Some(wait.map_or(PinProblem::Wrong, |seconds| PinProblem::Wait { seconds }));
        }
    }

    /// Seconds to wait, when there were too many already.
    pub(super) fn was_wrong(&mut self, now: Timestamp) -> Option<u64> {
        self.wrong += 1;
        let costly = self.wrong.checked_sub(FORGIVEN)?;
        let wait = FIRST_WAIT * 2_u32.saturating_pow(costly.min(6));
        self.wait_until = Some(now + wait);
        Some(wait.as_secs())
    }
}
