//! Coins, notes and change: three devices on one line, judged each by itself. While one is
//! not well the others serve.

use std::time::Duration;

use bench::cash_box::{CashBox, HOPPERS, Mood as TwinMood};
use devices::cash::{CashEvent, CashOrder, CashStatus};
use drivers::cash::{CashSettings, CashUnit, HopperSettings};

use crate::{
    line::{Bench, Device, Line},
    mood::Mood,
    suite::{Subject, Told, Wired},
};

const COIN_WON: u32 = 100;
const NOTE_WON: u32 = 1_000;
const CHANGE_WON: u32 = 600;
/// More than is put in.
const WANTED_WON: u32 = 2_000;
const SETTLES: Duration = Duration::from_secs(30);
const SOON: Duration = Duration::from_secs(15);
const PATIENCE: Duration = Duration::from_secs(200);
/// In the middle of an answer about events.
const MID_FRAME: usize = 17;

impl Device for CashBox {}

/// The line with everything on it.
struct Counter {
    bench: Bench<CashUnit, CashBox>,
    /// The line is pulled in the middle of the deed.
    pulls: bool,
    /// What was taken out of the tray so far.
    taken_out_won: u32,
}

impl Counter {
    fn open() -> Self {
        let hoppers = HOPPERS.iter().map(|it| HopperSettings {
            address: it.address,
            value_won: it.value_won,
            coins: it.coins,
            coins_paid_before: 0,
        });
        let unit = CashUnit::new(CashSettings {
            coin_acceptor: 2,
            bill_validator: 40,
            hoppers: hoppers.collect(),
        });
        let mut bench = Bench::connected(unit, CashBox::default());
        bench.pass(SETTLES);
        Self {
            bench,
            pulls: false,
            taken_out_won: 0,
        }
    }

    /// What every device on such a line may come into.
    fn fall_into(&mut self, mood: Mood, jam: TwinMood) {
        self.pulls = mood == Mood::Unplugged;
        match mood {
            Mood::Slow => self.bench.line = Line::Slow(Duration::from_millis(5)),
            Mood::Garbage => self.bench.line = Line::Noisy,
            Mood::Dead => self.bench.twin.set_mood(TwinMood::Dead),
            Mood::Jammed => self.bench.twin.set_mood(jam),
            _ => {}
        }
        self.bench.pass(SETTLES);
    }

    fn recover(&mut self) {
        self.pulls = false;
        self.bench.twin.set_mood(TwinMood::Well);
        self.bench.mend();
        self.bench.pass(SETTLES);
    }

    fn pull_soon(&mut self) {
        if self.pulls {
            self.bench.pulled_after = Some(MID_FRAME);
        }
    }

    fn collect(&mut self) {
        let amount_won = WANTED_WON;
        self.bench.order(CashOrder::Collect { amount_won });
        self.bench.pass(SOON);
    }

    /// Whether the unit says that the slots are shut and all that fell before was told.
    fn stop(&mut self) -> bool {
        self.bench.order(CashOrder::Stop);
        let stopped = self.until(|event| *event == CashEvent::Stopped).is_some();
        self.taken_out_won += self.bench.twin.holdings().tray_won;
        self.bench.twin.take_out();
        stopped
    }

    fn until(&mut self, wanted: impl Fn(&CashEvent) -> bool) -> Option<CashEvent> {
        self.bench.until(SOON, wanted)
    }

    fn coin(&mut self) -> Told {
        self.bench.forget();
        self.collect();
        self.pull_soon();
        self.bench.twin.insert_coin(COIN_WON);
        let end =
            self.until(|it| matches!(it, CashEvent::CoinAccepted { .. } | CashEvent::Rejected));
        let stopped = self.stop();
        match end {
            Some(CashEvent::CoinAccepted { value_won }) => Told::Done { units: value_won },
            _ => self.not_told(if stopped { 0 } else { COIN_WON }),
        }
    }

    fn note(&mut self) -> Told {
        self.bench.forget();
        self.collect();
        self.bench.twin.insert_note(NOTE_WON);
        let escrowed = self.until(|it| matches!(it, CashEvent::NoteEscrowed { .. }));
        let mut end = None;
        if escrowed.is_some() {
            self.pull_soon();
            self.bench.order(CashOrder::StackNote);
            end = self.until(|it| {
                matches!(
                    it,
                    CashEvent::NoteStacked { .. } | CashEvent::NoteReturned { .. }
                )
            });
        }
        self.stop();
        match end {
            Some(CashEvent::NoteStacked { value_won }) => Told::Done { units: value_won },
            None if escrowed.is_some() => self.not_told(NOTE_WON),
            _ => self.not_told(0),
        }
    }

    fn change(&mut self) -> Told {
        self.bench.forget();
        self.bench.order(CashOrder::Pay {
            amount_won: CHANGE_WON,
        });
        // The first coin has fallen.
        self.bench.pass(Duration::from_millis(300));
        self.pull_soon();
        match self.bench.until(PATIENCE, is_payment).unwrap() {
            CashEvent::Paid { amount_won } => Told::Done { units: amount_won },
            CashEvent::PaidShort { paid_won, .. } => Told::NotDone {
                units: paid_won,
                why: self.trouble().unwrap_or_else(|| format!("{paid_won} paid")),
            },
            _ => Told::Unknown {
                most: CHANGE_WON,
                why: "PayUnknown".to_owned(),
            },
        }
    }

    /// Money that was put in and not told of; what may be in is told later, if it is.
    fn not_told(&self, most: u32) -> Told {
        let why = self.trouble().unwrap_or_else(|| "Rejected".to_owned());
        match most {
            0 => Told::NotDone { units: 0, why },
            most => Told::Unknown { most, why },
        }
    }

    fn trouble(&self) -> Option<String> {
        let status = self.bench.told.iter().rev().find_map(|event| match event {
            CashEvent::Status(status) => Some(status),
            _ => None,
        });
        let CashStatus { state, fault, .. } = status?;
        let absent = *state == devices::DeviceState::Absent;
        let absent = absent.then(|| format!("{state:?}"));
        fault.map(|fault| format!("{fault:?}")).or(absent)
    }

    fn count(&self, is: impl Fn(&CashEvent) -> bool) -> usize {
        self.bench.told.iter().filter(|event| is(event)).count()
    }
}

fn is_payment(event: &CashEvent) -> bool {
    matches!(
        event,
        CashEvent::Paid { .. } | CashEvent::PaidShort { .. } | CashEvent::PayUnknown { .. }
    )
}

macro_rules! on_the_line {
    ($subject:ident, $driver:literal, $units:expr, $deed:ident, $jam:expr) => {
        pub(crate) struct $subject {
            counter: Counter,
            mood: Mood,
        }

        impl Subject for $subject {
            const DRIVER: &'static str = $driver;
            const JUDGE: &'static str = "cc_talk_host";
            const UNITS: u32 = $units;

            fn open() -> Self {
                Self {
                    counter: Counter::open(),
                    mood: Mood::Well,
                }
            }

            fn expected(mood: Mood) -> Option<&'static str> {
                Self::cells(mood)
            }

            fn fall_into(&mut self, mood: Mood) {
                self.mood = mood;
                self.besides(mood);
                self.counter.fall_into(mood, $jam);
            }

            fn recover(&mut self) {
                self.restore();
                self.counter.recover();
            }

            fn deed(&mut self) -> Told {
                self.counter.$deed()
            }

            fn books(&self) -> u32 {
                self.held_won()
            }

            fn ends(&self) -> usize {
                self.counter.count(Self::is_end)
            }

            fn trouble(&self) -> Option<String> {
                self.counter.trouble()
            }

            fn others_serve(&mut self) {
                if matches!(self.mood, Mood::Jammed | Mood::UsedUp) {
                    self.others();
                }
            }
        }

        impl Wired for $subject {
            fn storm(&mut self, seed: u64) {
                self.counter.bench.storm(seed);
            }

            fn calm(&mut self) {
                self.counter.bench.mend();
                self.counter.bench.pass(PATIENCE);
            }
        }
    };
}

on_the_line!(Coin, "coin acceptor", COIN_WON, coin, TwinMood::CoinJam);
on_the_line!(Note, "bill validator", NOTE_WON, note, TwinMood::NoteJam);
on_the_line!(Change, "hopper", CHANGE_WON, change, TwinMood::HopperJam);

impl Coin {
    fn cells(mood: Mood) -> Option<&'static str> {
        match mood {
            Mood::Well | Mood::Slow | Mood::Lying => Some("Done"),
            Mood::Jammed => Some("NotDone CoinJam"),
            Mood::Dead | Mood::Garbage => Some("NotDone Silent"),
            Mood::Unplugged => Some("Unknown Absent"),
            Mood::NearEnd | Mood::UsedUp | Mood::CoverOpen => None,
        }
    }

    fn besides(&mut self, mood: Mood) {
        if mood == Mood::Lying {
            self.counter.bench.twin.set_mood(TwinMood::Stuttering);
        }
    }

    fn restore(&self) {}

    fn held_won(&self) -> u32 {
        self.counter.bench.twin.holdings().cash_box_won
    }

    fn is_end(event: &CashEvent) -> bool {
        matches!(event, CashEvent::CoinAccepted { .. })
    }

    fn others(&mut self) {
        assert_eq!(self.counter.note(), Told::Done { units: NOTE_WON });
        assert_eq!(self.counter.change(), Told::Done { units: CHANGE_WON });
    }
}

impl Note {
    fn cells(mood: Mood) -> Option<&'static str> {
        match mood {
            Mood::Well | Mood::Slow | Mood::Lying => Some("Done"),
            Mood::UsedUp => Some("NotDone NoteBox"),
            Mood::Jammed => Some("Unknown NoteJam"),
            Mood::Dead | Mood::Garbage => Some("NotDone Silent"),
            Mood::Unplugged => Some("Unknown Absent"),
            Mood::NearEnd | Mood::CoverOpen => None,
        }
    }

    fn besides(&mut self, mood: Mood) {
        match mood {
            Mood::Lying => self.counter.bench.twin.set_mood(TwinMood::Stuttering),
            Mood::UsedUp => self.counter.bench.twin.set_mood(TwinMood::NotesFull),
            _ => {}
        }
    }

    fn restore(&self) {}

    fn held_won(&self) -> u32 {
        self.counter.bench.twin.holdings().stacker_won
    }

    fn is_end(event: &CashEvent) -> bool {
        matches!(event, CashEvent::NoteStacked { .. })
    }

    fn others(&mut self) {
        assert_eq!(self.counter.coin(), Told::Done { units: COIN_WON });
        assert_eq!(self.counter.change(), Told::Done { units: CHANGE_WON });
    }
}

impl Change {
    fn cells(mood: Mood) -> Option<&'static str> {
        match mood {
            Mood::Well | Mood::Slow | Mood::NearEnd => Some("Done"),
            Mood::UsedUp => Some("NotDone 0 paid"),
            Mood::Jammed => Some("NotDone Hopper"),
            Mood::Dead | Mood::Garbage => Some("NotDone Silent"),
            Mood::Lying => Some("Unknown PayUnknown"),
            Mood::Unplugged => Some("Unknown PayUnknown, Absent"),
            Mood::CoverOpen => None,
        }
    }

    fn besides(&mut self, mood: Mood) {
        let twin = &mut self.counter.bench.twin;
        if matches!(mood, Mood::UsedUp | Mood::NearEnd) {
            for hopper in HOPPERS {
                twin.empty(hopper.value_won);
            }
        }
        if mood == Mood::NearEnd {
            twin.fill(500, 1);
            twin.fill(100, 1);
        }
        if mood == Mood::Lying {
            twin.set_mood(TwinMood::Lying);
        }
    }

    /// A technician fills up what is wanting.
    fn restore(&mut self) {
        for hopper in HOPPERS {
            let twin = &mut self.counter.bench.twin;
            twin.empty(hopper.value_won);
            twin.fill(hopper.value_won, hopper.coins);
        }
    }

    fn held_won(&self) -> u32 {
        self.counter.taken_out_won + self.counter.bench.twin.holdings().tray_won
    }

    fn is_end(event: &CashEvent) -> bool {
        is_payment(event)
    }

    fn others(&mut self) {
        assert_eq!(self.counter.coin(), Told::Done { units: COIN_WON });
    }
}
