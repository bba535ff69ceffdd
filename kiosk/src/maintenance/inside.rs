//! What a technician does who is known.

use super::{
    Command, Maintenance, Moment, Step,
    adjusting::Setting,
    cashing::Cashing,
    reporting::Reporting,
    task::{Tab, Task},
    testing::Running,
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
    pub(super) running: Option<Running>,
    pub(super) cashing: Option<Cashing>,
    pub(super) reporting: Option<Reporting>,
    pub(super) adjusting: Option<Setting>,
}

impl Inside {
    pub(super) fn new(technician: TechnicianName) -> Self {
        Self {
            technician,
            tab: Tab::default(),
            running: None,
            cashing: None,
            reporting: None,
            adjusting: None,
        }
    }

    /// Something stands over the lines.
    pub(super) fn is_asked(&self) -> bool {
        self.running.is_some()
            || self.cashing.is_some()
            || self.reporting.is_some()
            || self.adjusting.is_some()
    }

    /// A test is under way.
    pub(super) fn is_trying(&self) -> bool {
        let writes = matches!(self.cashing, Some(Cashing::Writing(_)));
        writes || self.running.as_ref().is_some_and(Running::is_moving)
    }
}

impl Maintenance {
    /// Whether a touch only changes how the screen looks or sounds.
    pub(super) fn adjusted(&mut self, touch: &Touch) -> bool {
        let settings = &mut self.accessibility;
        match touch {
            Touch::Guidance(GuidanceTouch::Darken) | Touch::Moved | Touch::StayHere => {}
            Touch::Guidance(touch) => {
                let first = self.book.preferences().guidance();
                settings.guidance = Guidance::after(settings.guidance, *touch, first);
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
            Touch::Key(key) => self.cash_key(*key),
            Touch::Upkeep(task) => self.do_task(*task, now),
            Touch::Back => {
                let asked = matches!(&self.step, Step::Inside(it) if it.is_asked());
                self.do_task(if asked { Task::Cancel } else { Task::Leave }, now);
            }
            Touch::Next => self.do_task(Task::Enter, now),
            _ => {}
        }
    }

    fn do_task(&mut self, task: Task, now: Moment) {
        let Step::Inside(inside) = &mut self.step else {
            return;
        };
        match task {
            // What is under way is seen through.
            Task::Open(_) | Task::Leave if inside.is_trying() => {}
            Task::Open(tab) => {
                inside.tab = tab;
                inside.running = None;
                inside.cashing = None;
                inside.reporting = None;
                inside.adjusting = None;
            }
            Task::Leave => self.close(false, now),
            Task::SwitchTongue => self.tongue = self.tongue.other(),
            Task::AskNetworks => {
                self.networks = None;
                self.commands.push_back(Command::AskNetworks);
            }
            Task::Try(test) => self.begin_test(test, now),
            Task::CashUp | Task::PrintTally | Task::PrintLast | Task::Fill(_) => {
                self.cash_task(task, now)
            }
            Task::Report | Task::Bundle | Task::Restart => self.report_task(task, now),
            Task::Yes => {
                self.test_answered(true, now);
                self.cash_confirmed(now);
                self.restart_confirmed(now);
            }
            Task::No => self.test_answered(false, now),
            Task::Cancel => {
                self.cancel_test();
                self.cash_cancelled();
                self.reporting_closed();
                self.adjust(None);
            }
            Task::Enter => self.count_entered(now),
            Task::Adjust(setting) => self.adjust(Some(setting)),
            Task::Less => self.adjusted_by(false, now),
            Task::More => self.adjusted_by(true, now),
        }
    }
}
