//! What a technician does who is known.

use super::{
    Command, Maintenance, Moment, Step,
    task::{Tab, Task},
};
use crate::{
    technicians::TechnicianName,
    visit::{
        Touch,
        view::{Guidance, GuidanceTouch},
    },
};

/// A technician who is known, and where they are.
#[derive(Debug)]
pub(super) struct Inside {
    pub(super) technician: TechnicianName,
    pub(super) tab: Tab,
}

impl Inside {
    pub(super) fn new(technician: TechnicianName) -> Self {
        Self {
            technician,
            tab: Tab::default(),
        }
    }
}

impl Maintenance {
    /// Whether a touch only changes how the screen looks or sounds.
    pub(super) fn adjusted(&mut self, touch: &Touch) -> bool {
        let settings = &mut self.accessibility;
        match touch {
            Touch::Guidance(GuidanceTouch::Darken) | Touch::Moved | Touch::StayHere => {}
            Touch::Guidance(touch) => {
                settings.guidance = Guidance::after(settings.guidance, *touch);
            }
            Touch::LowScreen => settings.low_screen = !settings.low_screen,
            _ => return false,
        }
        true
    }

    pub(super) fn touched(&mut self, touch: &Touch, now: Moment) {
        if self.adjusted(touch) {
            return;
        }
        match touch {
            Touch::Upkeep(task) => self.do_task(*task, now),
            Touch::Back => self.do_task(Task::Leave, now),
            Touch::Next => self.do_task(Task::Enter, now),
            _ => {}
        }
    }

    fn do_task(&mut self, task: Task, now: Moment) {
        let Step::Inside(inside) = &mut self.step else {
            return;
        };
        match task {
            Task::Open(tab) => inside.tab = tab,
            Task::Leave => self.close(false, now),
            Task::SwitchTongue => self.tongue = self.tongue.other(),
            Task::AskNetworks => {
                self.networks = None;
                self.commands.push_back(Command::AskNetworks);
            }
            Task::Enter | Task::Cancel => {}
        }
    }
}
