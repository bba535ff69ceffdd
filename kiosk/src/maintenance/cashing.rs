//! Emptying the boxes and filling hoppers, each written down first.

use devices::{
    cash::CashOrder,
    printer::JobId,
    receipt_printer::{ReceiptPrinterEvent, ReceiptPrinterOrder},
};

use super::{Command, Maintenance, Moment, Step, book::What, cash::Tally, task::Task, view::Mark};
use crate::visit::Key;

/// More coins than any hopper holds need no counting.
const DIGITS_MAX: usize = 4;

/// What a technician does with the money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cashing {
    /// Is it really out of the boxes?
    Confirming,
    /// How many coins are in this hopper now?
    Filling { address: u8, digits: String },
    /// It is being written down; what comes after waits for it.
    Writing(Written),
    /// The sheet is on its way out.
    Printing { job: JobId, closed: bool },
    /// What came of it.
    Told {
        mark: Mark,
        words: String,
        more: String,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    CashedUp,
    Filled { address: u8, coins: u32 },
}

impl Maintenance {
    pub(super) fn cash_task(&mut self, task: Task, now: Moment) {
        match task {
            Task::CashUp => self.set_cashing(Some(Cashing::Confirming)),
            Task::PrintTally => self.print_tally(false, now),
            Task::PrintLast => self.print_tally(true, now),
            Task::Fill(address) => self.set_cashing(Some(Cashing::Filling {
                address,
                digits: String::new(),
            })),
            _ => {}
        }
    }

    fn cashing(&self) -> Option<&Cashing> {
        match &self.step {
            Step::Inside(inside) => inside.cashing.as_ref(),
            Step::Away
            | Step::Resting
            | Step::Recognising
            | Step::Called { .. }
            | Step::Gate(_) => None,
        }
    }

    fn set_cashing(&mut self, cashing: Option<Cashing>) {
        if let Step::Inside(inside) = &mut self.step {
            inside.cashing = cashing;
        }
    }

    /// The boxes are empty, says the technician: written down before anything else.
    pub(super) fn cash_confirmed(&mut self, now: Moment) {
        if self.cashing() != Some(&Cashing::Confirming) {
            return;
        }
        self.set_cashing(Some(Cashing::Writing(Written::CashedUp)));
        let what = What::CashedUp(self.tally.clone());
        self.note_own(what, now);
    }

    pub(super) fn count_entered(&mut self, now: Moment) {
        let Some(Cashing::Filling { address, digits }) = self.cashing() else {
            return;
        };
        let (address, coins) = (*address, digits.parse().ok());
        let hopper = self.fitted.hoppers.iter().find(|it| it.address == address);
        let (Some(coins), Some(value_won)) = (coins, hopper.map(|it| it.value_won)) else {
            return;
        };
        self.set_cashing(Some(Cashing::Writing(Written::Filled { address, coins })));
        let what = What::Filled {
            address,
            value_won,
            coins,
        };
        self.note_own(what, now);
    }

    pub(super) fn note_own(&mut self, what: What, now: Moment) {
        if let Step::Inside(inside) = &self.step {
            let technician = inside.technician.clone();
            self.note(&technician, what, now);
        }
    }

    /// It stands in the book, or it does not; then nothing follows from it.
    pub(super) fn cash_noted(&mut self, noted: bool, now: Moment) {
        let Some(Cashing::Writing(written)) = self.cashing() else {
            return;
        };
        let written = *written;
        if !noted {
            let told = Cashing::Told {
                mark: Mark::Bad,
                words: self.say("적을 수 없었어요", "It could not be written down"),
                more: self.say(
                    "아무것도 바뀌지 않았어요. 디스크를 확인하고 다시 하세요.",
                    "Nothing has changed. Check the disk and do it again.",
                ),
            };
            return self.set_cashing(Some(told));
        }
        match written {
            Written::CashedUp => {
                // At once, or the same money could be closed twice.
                self.tally = Tally {
                    through: self.tally.through,
                    ..Tally::default()
                };
                self.print_tally(true, now);
            }
            Written::Filled { address, coins } => {
                let order = CashOrder::Fill { address, coins };
                self.commands.push_back(Command::Cash(order));
                let told = Cashing::Told {
                    mark: Mark::Good,
                    words: self.say(
                        &format!("{address}번 통: {coins}개"),
                        &format!("Hopper no. {address}: {coins} coins"),
                    ),
                    more: self.say(
                        "적고 통에 알렸어요. 거스름돈 금액이 곧 바뀌어요.",
                        "Written down and told. The change is counted anew.",
                    ),
                };
                self.set_cashing(Some(told));
            }
        }
    }

    fn print_tally(&mut self, closed: bool, now: Moment) {
        let job = JobId::new(format!("cash-{}", now.wall.as_millis()));
        let sheet = self.tally_sheet(closed, now);
        self.commands
            .push_back(Command::ReceiptPrinter(ReceiptPrinterOrder::Print {
                job: job.clone(),
                sheet,
            }));
        self.set_cashing(Some(Cashing::Printing { job, closed }));
    }

    pub(super) fn tally_printed(&mut self, event: &ReceiptPrinterEvent) {
        let Some(Cashing::Printing {
            job: wanted,
            closed,
        }) = self.cashing()
        else {
            return;
        };
        let closed = *closed;
        let (job, fault) = match event {
            ReceiptPrinterEvent::Printed { job, .. } => (job, None),
            ReceiptPrinterEvent::NotPrinted { job, fault }
            | ReceiptPrinterEvent::Unknown { job, fault } => (job, Some(*fault)),
            ReceiptPrinterEvent::Status(_) => return,
        };
        if job != wanted {
            return;
        }
        let done = if closed {
            self.say("마감표가 나왔어요", "The cash-up sheet is out")
        } else {
            self.say("점검표가 나왔어요", "The interim sheet is out")
        };
        let told = match fault {
            None => Cashing::Told {
                mark: Mark::Good,
                words: done,
                more: self.say(
                    "표의 금액과 꺼낸 돈을 맞춰 보세요.",
                    "Compare the sheet with what you took out.",
                ),
            },
            Some(fault) => Cashing::Told {
                mark: Mark::Warning,
                words: self.say(
                    &format!("표가 나오지 않았어요 ({})", fault.code()),
                    &format!("The sheet is not out ({})", fault.code()),
                ),
                more: self.say(
                    "적은 것은 그대로예요. 프린터를 고치고 다시 인쇄하세요.",
                    "What is written down stands. Mend the printer and print it again.",
                ),
            },
        };
        self.set_cashing(Some(told));
    }

    /// The hopper says from where it counts: kept for the next start.
    pub(super) fn fill_counted(&mut self, address: u8, coins_paid: u32, now: Moment) {
        let what = What::FillCounted {
            address,
            coins_paid,
        };
        let Some((entry, _)) = self.book.last_fill(address) else {
            return;
        };
        let technician = entry.technician.clone();
        self.note(&technician, what, now);
    }

    pub(super) fn cash_key(&mut self, key: Key) {
        let Step::Inside(inside) = &mut self.step else {
            return;
        };
        if let Some(Cashing::Filling { digits, .. }) = &mut inside.cashing {
            match key {
                Key::Character(digit) if digit.is_ascii_digit() && digits.len() < DIGITS_MAX => {
                    digits.push(digit);
                }
                Key::Backspace => drop(digits.pop()),
                Key::Clear => digits.clear(),
                Key::Character(_) | Key::Shift | Key::Layout | Key::Digits => {}
            }
        }
    }

    pub(super) fn cash_cancelled(&mut self) {
        let writes = matches!(self.cashing(), Some(Cashing::Writing(_)));
        if !writes {
            self.set_cashing(None);
        }
    }
}
