//! From a technician's card to the PIN behind it, and in.

use super::{
    Command, Maintenance, Moment, Step, book::What, gate::Typing, inside::Inside, task::Task,
};
use crate::{technicians::TechnicianName, visit::Touch};

impl Maintenance {
    pub(super) fn open_gate(&mut self, technician: TechnicianName, now: Moment) {
        tracing::info!(
            technician = technician.as_str(),
            "A technician's card was put in"
        );
        self.step = Step::Gate(Typing::new(technician));
        self.touched_at = now.instant;
        self.look(now.instant);
    }

    pub(super) fn at_gate(&mut self, touch: &Touch, now: Moment) {
        if self.adjusted(touch) {
            return;
        }
        let Step::Gate(typing) = &mut self.step else {
            return;
        };
        match touch {
            Touch::Key(key) => typing.key(*key),
            Touch::Back | Touch::Upkeep(Task::Leave) => self.close(false, now),
            Touch::Upkeep(Task::SwitchTongue) => self.tongue = self.tongue.other(),
            Touch::Next | Touch::Upkeep(Task::Enter) => {
                let free = self.gate.wait(&typing.technician, now.instant).is_none();
                if free && typing.is_complete() && !typing.checking {
                    typing.checking = true;
                    let technician = typing.technician.clone();
                    let pin = std::mem::take(&mut typing.digits);
                    self.commands
                        .push_back(Command::CheckPin { technician, pin });
                }
            }
            _ => {}
        }
    }

    pub(super) fn pin_checked(&mut self, fits: bool, now: Moment) {
        let Step::Gate(typing) = &mut self.step else {
            return;
        };
        if !std::mem::take(&mut typing.checking) {
            return;
        }
        let technician = typing.technician.clone();
        let name = technician.as_str();
        if fits {
            tracing::warn!(technician = name, "Maintenance has begun");
            self.gate.succeeded(&technician);
            self.note(&technician, What::Entered, now);
            self.step = Step::Inside(Inside::new(technician));
        } else {
            tracing::warn!(technician = name, "A wrong PIN was typed for maintenance");
            typing.refused = true;
            self.gate.failed(&technician, now.instant);
            self.note(&technician, What::WrongPin, now);
        }
        self.touched_at = now.instant;
        self.look(now.instant);
    }
}
