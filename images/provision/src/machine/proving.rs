//! The self-test, the sheet that tells of it, and the way into service.

use request::Timestamp;

use super::{At, Command, Provisioning};
use crate::{
    testing::{self, Testing},
    view::{Sheet, Touch},
};

impl Provisioning {
    pub(super) fn test(&mut self, now: Timestamp) {
        self.at = At::SelfTest(Testing::new(&self.plan, now));
        self.commands.push_back(Command::Probe);
    }

    pub(super) fn test_touched(&mut self, touch: Touch, now: Timestamp) {
        let event = match touch {
            Touch::Yes => testing::Event::Yes,
            Touch::No => testing::Event::No,
            Touch::Target(target) => testing::Event::Target(target),
            Touch::Again => {
                self.commands.push_back(Command::Probe);
                testing::Event::Again
            }
            Touch::Continue => {
                if let At::SelfTest(testing) = &self.at
                    && testing.is_allowed()
                {
                    self.end_test();
                }
                return;
            }
            Touch::Back | Touch::Digit(_) | Touch::Erase | Touch::Choose(_) | Touch::ByPaper => {
                return;
            }
        };
        self.tested(event, now);
    }

    pub(super) fn tested(&mut self, event: testing::Event, now: Timestamp) {
        if let At::SelfTest(testing) = &mut self.at {
            testing.handle(event, now);
            if testing.is_passed() {
                self.end_test();
            }
        }
    }

    pub(super) fn end_test(&mut self) {
        if let At::SelfTest(testing) = &self.at {
            self.book.checks = testing.checks().to_vec();
            self.keep();
            self.print_sheet();
        }
    }

    pub(super) fn print_sheet(&mut self) {
        self.at = At::Sheet(Sheet::Printing);
        self.commands.push_back(Command::PrintSheet);
    }

    pub(super) fn tell(&mut self) {
        self.at = At::Sheet(Sheet::Telling);
        self.commands.push_back(Command::Tell);
    }

    pub(super) fn told(&mut self, told: bool, now: Timestamp) {
        if !matches!(self.at, At::Sheet(Sheet::Telling)) {
            return;
        }
        if told {
            self.book.told = true;
            self.settle(now);
        } else {
            self.at = At::Sheet(Sheet::NotTold);
        }
    }

    /// The settings are there before the book says that the kiosk may read them.
    pub(super) fn settle(&mut self, now: Timestamp) {
        self.commands.push_back(Command::Settle);
        self.book.in_service_at = Some(now);
        self.keep();
        self.finish();
    }

    pub(super) fn finish(&mut self) {
        self.at = At::Done;
        self.commands.push_back(Command::Finish);
    }
}
