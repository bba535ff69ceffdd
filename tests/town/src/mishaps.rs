//! What goes wrong in a long shift, by dice, and what a technician puts right.

use bench::model::TerminalMood;

use crate::{
    action::Action,
    afternoon::ByDice,
    cable::Cable,
    citizen::Citizen,
    exchange::Networks,
    town::{KIOSKS, STATIONS},
};

/// Each once in so many visits.
const FAULT: u64 = 3;
const TERMINAL: u64 = 4;
const LINE: u64 = 5;
const POWER: u64 = 6;
const CLOCK: u64 = 20;
const DISK: u64 = 30;
/// A power cut comes within so many steps.
const STEPS: u64 = 300;

pub(crate) struct Mishaps {
    dice: ByDice,
    full: [bool; KIOSKS],
}

impl Mishaps {
    pub(crate) fn of(seed: u64) -> Self {
        Self {
            dice: ByDice::of(seed ^ 0x736f_616b),
            full: [false; KIOSKS],
        }
    }

    pub(crate) fn citizen(&mut self) -> Citizen {
        self.dice.citizen()
    }

    /// What goes wrong before somebody comes to this kiosk.
    pub(crate) fn some(&mut self, at: usize) -> Vec<Action> {
        let mut wrong = Vec::new();
        if self.dice.0.one_in(FAULT) {
            wrong.push(self.dice.fault(at));
        }
        if self.dice.0.one_in(TERMINAL) {
            wrong.push(self.dice.terminal());
        }
        if self.dice.0.one_in(LINE) {
            wrong.push(self.dice.exchange_or_cable());
        }
        if self.dice.0.one_in(POWER) {
            wrong.push(Action::CutPower(at, self.dice.power_cut(STEPS)));
        }
        if self.dice.0.one_in(CLOCK) {
            wrong.push(Action::SetClock(at, self.dice.jump_seconds()));
        }
        if self.dice.0.one_in(DISK) {
            self.full[at] = true;
            wrong.push(Action::FillDisk(at, 20));
        }
        wrong
    }

    /// A technician goes round.
    pub(crate) fn all_mended(&mut self) -> Vec<Action> {
        let mut mended = vec![Action::Networks(Networks::Well)];
        mended.extend((0..STATIONS).map(|at| Action::Cable(at, Cable::Well)));
        for at in 0..KIOSKS {
            if std::mem::take(&mut self.full[at]) {
                mended.push(Action::Restart(at));
            }
            mended.push(Action::Terminal(at, TerminalMood::Well));
            mended.push(Action::Mend(at));
        }
        mended
    }
}
