//! What somebody or something does in an afternoon, as a sentence.

use std::{fmt, time::Duration};

use bench::model::{Card, CashMood, PrinterMood, TerminalMood};
use kiosk::visit::Touch;

use crate::{
    cable::Cable, citizen::Citizen, desk::Work, exchange::Networks, hands::A_MOVE,
    station::PowerCut,
};

/// Stations are counted from 0; the kiosks come first, the desk last.
#[derive(Clone, Debug)]
pub enum Action {
    /// Somebody takes the place in front of a kiosk.
    Arrive(usize, Citizen),
    /// Somebody comes, does what the screen asks for to the end, and goes.
    Visit(usize, Citizen),
    /// The citizen does what the screen asks for, so many times.
    Walk(usize, u32),
    Touch(usize, Touch),
    PullCard(usize),
    PutCard(usize, Card, Reader),
    Coin(usize, u32),
    Note(usize, u32),
    Printer(usize, PrinterMood),
    Receipts(usize, PrinterMood),
    /// The cash box's mood, what lies in its hoppers and what it says of them.
    Cash(usize, CashMood, u32, u32),
    Terminal(usize, TerminalMood),
    /// Somebody sets the devices' counters back.
    ResetCounters(usize),
    Mend(usize),
    Clerk(usize, Work),
    Wait(Duration),
    Networks(Networks),
    Cable(usize, Cable),
    CutPower(usize, PowerCut),
    /// The disk is full after so many more entries.
    FillDisk(usize, u32),
    CopyDisk(usize),
    /// The copy is started elsewhere, and written on or not.
    StartCopy(usize, bool),
    /// Somebody makes room and starts the station again.
    Restart(usize),
    /// The station's clock is set, forwards or backwards.
    SetClock(usize, i64),
    RestartExchange,
}

/// What kind of card reader stands there that day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    Chip,
    Stripe,
}

impl Action {
    /// What could stand for this and the next, where both pass the time.
    pub(crate) fn together(&self, next: &Action) -> Vec<Action> {
        match (self, next) {
            (Action::Walk(at, moves), Action::Walk(other, more)) => {
                let moves = moves + more;
                let time = Action::Wait(A_MOVE * moves);
                vec![Action::Walk(*at, moves), Action::Walk(*other, moves), time]
            }
            (Action::Walk(_, moves), Action::Wait(time))
            | (Action::Wait(time), Action::Walk(_, moves)) => {
                vec![Action::Wait(*time + A_MOVE * *moves)]
            }
            (Action::Wait(time), Action::Wait(more)) => vec![Action::Wait(*time + *more)],
            _ => Vec::new(),
        }
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Action::Arrive(at, citizen) => write!(f, "station {at}: {citizen}"),
            Action::Visit(at, citizen) => {
                write!(f, "station {at}: {citizen}, and does it to the end")
            }
            Action::Walk(at, moves) => {
                write!(f, "station {at}: does what the screen asks, {moves} times")
            }
            Action::Touch(at, touch) => write!(f, "station {at}: touches {touch:?}"),
            Action::PullCard(at) => write!(f, "station {at}: pulls the card"),
            Action::PutCard(at, card, reader) => {
                let card = match card {
                    Card::Of(_) => "a good card".to_owned(),
                    Card::Bad(fault) => format!("a card that is {fault:?}"),
                    Card::Mute => "a card that says nothing".to_owned(),
                };
                write!(f, "station {at}: puts {card} into a {reader:?} reader")
            }
            Action::Coin(at, won) => write!(f, "station {at}: inserts a coin of {won} won"),
            Action::Note(at, won) => write!(f, "station {at}: inserts a note of {won} won"),
            Action::Printer(at, mood) => write!(f, "station {at}: the printer is {mood:?}"),
            Action::Receipts(at, mood) => {
                write!(f, "station {at}: the receipt printer is {mood:?}")
            }
            Action::Cash(at, mood, holds, says) => write!(
                f,
                "station {at}: the cash box is {mood:?}, holds {holds} won of change and says {says}"
            ),
            Action::Terminal(at, mood) => {
                write!(f, "station {at}: the payment terminal is {mood:?}")
            }
            Action::ResetCounters(at) => {
                write!(f, "station {at}: what the devices count is set back")
            }
            Action::Mend(at) => write!(f, "station {at}: a technician mends everything"),
            Action::Clerk(at, work) => write!(f, "station {at}: the clerk {work}"),
            Action::Wait(time) => write!(f, "{time:?} go by"),
            Action::Networks(mood) => write!(f, "the networks: {mood:?}"),
            Action::Cable(at, cable) => write!(f, "station {at}: the cable is {cable:?}"),
            Action::CutPower(at, cut) => write!(
                f,
                "station {at}: the power goes {}",
                match cut {
                    PowerCut::AfterSteps(steps) => format!("after {steps} more steps"),
                    PowerCut::InWrite(entries) =>
                        format!("while entry {entries} from here is written"),
                    PowerCut::BeforePrintOrder(sheets) =>
                        format!("after {sheets} more sheets, before the next print order"),
                    PowerCut::AfterPrintOrder => "right after the next print order".to_owned(),
                    PowerCut::AfterCashOrder =>
                        "right after the next order to move money".to_owned(),
                }
            ),
            Action::FillDisk(at, entries) => {
                write!(
                    f,
                    "station {at}: the disk is full after {entries} more entries"
                )
            }
            Action::CopyDisk(at) => write!(f, "station {at}: the disk is copied"),
            Action::StartCopy(at, writes) => write!(
                f,
                "station {at}: the copy of the disk is started elsewhere{}",
                if *writes { " and written on" } else { "" }
            ),
            Action::Restart(at) => write!(f, "station {at}: is started again"),
            Action::SetClock(at, seconds) => {
                write!(f, "station {at}: the clock jumps by {seconds} s")
            }
            Action::RestartExchange => write!(f, "the exchange is started again"),
        }
    }
}
