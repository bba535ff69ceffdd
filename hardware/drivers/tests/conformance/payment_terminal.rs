//! The payment terminal: a card is held to it, and charged once.

use std::time::{Duration, Instant};

use bench::payment_terminal::{Mood as TwinMood, PaymentTerminal};
use devices::payment_terminal::{PaymentTerminalEvent, PaymentTerminalOrder, TransactionKey};
use drivers::payment_terminal::{ZvtSettings, ZvtTerminal};

use crate::{
    line::{Bench, Device, Line},
    mood::Mood,
    suite::{Subject, Told, Wired},
};

const AMOUNT_WON: u32 = 400;
const SETTLES: Duration = Duration::from_secs(60);
const PATIENCE: Duration = Duration::from_secs(400);
/// In the middle of what it says of the payment.
const MID_FRAME: usize = 60;

impl Device for PaymentTerminal {
    fn hangs_up(&mut self) -> bool {
        PaymentTerminal::hangs_up(self)
    }

    fn hung_up(&mut self) {
        PaymentTerminal::hung_up(self);
    }
}

pub(crate) struct Card {
    bench: Bench<ZvtTerminal, PaymentTerminal>,
    payments: u32,
}

fn is_end(event: &PaymentTerminalEvent) -> bool {
    !matches!(
        event,
        PaymentTerminalEvent::Progress { .. }
            | PaymentTerminalEvent::Status(_)
            | PaymentTerminalEvent::Counted { .. }
    )
}

impl Subject for Card {
    const DRIVER: &'static str = "payment terminal";
    const JUDGE: &'static str = "zvt";
    const UNITS: u32 = AMOUNT_WON;

    fn open() -> Self {
        let driver = ZvtTerminal::new(ZvtSettings::default(), Instant::now());
        let terminal = PaymentTerminal::default();
        let mut bench = Bench::connected(driver, terminal);
        bench.pass(SETTLES);
        Self { bench, payments: 0 }
    }

    fn expected(mood: Mood) -> Option<&'static str> {
        match mood {
            Mood::Well | Mood::Slow => Some("Done"),
            Mood::Dead => Some("NotDone PAY-02"),
            Mood::Lying => Some("Unknown PAY-05"),
            Mood::Unplugged => Some("Unknown PAY-01"),
            Mood::Garbage => Some("NotDone PAY-04"),
            Mood::NearEnd | Mood::UsedUp | Mood::CoverOpen | Mood::Jammed => None,
        }
    }

    fn fall_into(&mut self, mood: Mood) {
        match mood {
            Mood::Slow => self.bench.twin.set_mood(TwinMood::Slow),
            Mood::Dead => self.bench.twin.set_mood(TwinMood::Mute),
            Mood::Lying => self.bench.twin.set_mood(TwinMood::WrongAmount),
            Mood::Garbage => self.bench.line = Line::Noisy,
            Mood::Unplugged => self.bench.pulled_after = Some(MID_FRAME),
            _ => {}
        }
        if matches!(mood, Mood::Dead | Mood::Garbage) {
            self.bench.pass(SETTLES);
        }
    }

    fn recover(&mut self) {
        self.bench.twin.set_mood(TwinMood::Well);
        self.bench.mend();
        self.bench.pass(SETTLES);
    }

    fn deed(&mut self) -> Told {
        self.payments += 1;
        self.bench.forget();
        self.bench.twin.hold_card();
        self.bench.order(PaymentTerminalOrder::Authorise {
            key: TransactionKey::new(format!("p-{}", self.payments)),
            amount_won: AMOUNT_WON,
        });
        let end = self.bench.until(PATIENCE, is_end).unwrap();
        self.bench.pass(Duration::from_secs(1));
        match end {
            PaymentTerminalEvent::Approved { approval, .. } => Told::Done {
                units: approval.amount_won,
            },
            PaymentTerminalEvent::NotDone { fault, .. } => Told::NotDone {
                units: 0,
                why: fault.code(),
            },
            PaymentTerminalEvent::Unknown { fault, .. } => Told::Unknown {
                most: AMOUNT_WON,
                why: fault.code(),
            },
            PaymentTerminalEvent::Declined { reason, .. } => Told::NotDone {
                units: 0,
                why: format!("{reason:?}"),
            },
            other => panic!("{other:?}"),
        }
    }

    fn books(&self) -> u32 {
        self.bench.twin.taken_won()
    }

    fn ends(&self) -> usize {
        self.bench.told.iter().filter(|it| is_end(it)).count()
    }

    fn trouble(&self) -> Option<String> {
        let status = self.bench.told.iter().rev().find_map(|event| match event {
            PaymentTerminalEvent::Status(status) => Some(*status),
            _ => None,
        });
        Some(status?.fault?.code())
    }
}

impl Wired for Card {
    fn storm(&mut self, seed: u64) {
        self.bench.storm(seed);
    }

    fn calm(&mut self) {
        self.bench.mend();
        self.bench.pass(PATIENCE);
    }
}
