//! A payment terminal that speaks ZVT (PA00P015), with a card held to it or not.
//!
//! It keeps its own books: what it has charged is charged, whatever the kiosk heard.

mod dialogue;
mod frames;
mod wire;

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use dialogue::{Dialogue, Step, refused};
use frames::{Apdu, Frames, amount, bcd, field};

/// A terminal on the network.
pub type Socket = crate::socket::Socket<PaymentTerminal>;

/// What it calls itself.
pub const TERMINAL: u32 = 12_345_678;
pub const PASSWORD: u32 = 0;
/// The last digits of every card that is held to it.
pub const LAST_FOUR: &str = "1234";

const PACE: Duration = Duration::from_millis(20);
/// A kiosk acknowledges within this, or is not there (PA00P016, T3).
const ACKNOWLEDGES: Duration = Duration::from_secs(5);
const SLOWLY: Duration = Duration::from_secs(3);
/// A terminal waits so long for a card.
const CARD: Duration = Duration::from_secs(60);

const CANCELLED: u8 = 0x6c;
const NOT_POSSIBLE: u8 = 0x83;
const REVERSED_BEFORE: u8 = 0xb4;
const PLEASE_WAIT: u8 = 0x9c;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mood {
    #[default]
    Well,
    /// The issuer says no, with this code.
    Declines(u8),
    Slow,
    /// The line breaks as soon as a card is there, and nothing is charged.
    DiesMidway,
    /// The line breaks when the card was charged, or its money given back.
    LosesAnswer,
    /// Tells of another amount than it has charged.
    WrongAmount,
    /// Tells of an approval that it had told of before.
    OldTrace,
    /// Approves, and then says that it was broken off.
    Contradicts,
    Garbage,
    Busy,
    /// Takes the connection and says nothing.
    Mute,
    /// Does not let this kiosk in.
    Strict,
}

/// Something in its books.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transaction {
    pub amount_won: u32,
    pub trace: u32,
    pub receipt: u32,
    pub reversed: bool,
}

/// What a technician has paid when it was set up, on the books of before.
const TEST_PAYMENT: Transaction = Transaction {
    amount_won: 100,
    trace: 100,
    receipt: 100,
    reversed: true,
};

pub struct PaymentTerminal {
    mood: Mood,
    /// A card is held to it.
    card: bool,
    books: Vec<Transaction>,
    trace: u32,
    /// What it says of its newest transaction.
    newest: Option<Vec<u8>>,
    frames: Frames,
    dialogue: Option<Dialogue>,
    wire: VecDeque<Vec<u8>>,
    hangs_up: bool,
    asks_for_card: bool,
}

impl Default for PaymentTerminal {
    fn default() -> Self {
        Self {
            mood: Mood::Well,
            card: false,
            books: Vec::new(),
            trace: TEST_PAYMENT.trace,
            newest: Some(information(TEST_PAYMENT)),
            frames: Frames::default(),
            dialogue: None,
            wire: VecDeque::new(),
            hangs_up: false,
            asks_for_card: false,
        }
    }
}

impl PaymentTerminal {
    /// One that nobody has ever paid at.
    pub fn brand_new() -> Self {
        Self {
            newest: None,
            ..Self::default()
        }
    }

    pub fn set_mood(&mut self, mood: Mood) {
        self.mood = mood;
    }

    pub fn mood(&self) -> Mood {
        self.mood
    }

    /// Somebody holds a card to it, until it was read.
    pub fn hold_card(&mut self) {
        self.card = true;
    }

    /// The red key.
    pub fn press_stop(&mut self, now: Instant) {
        self.cancel(now);
    }

    pub fn asks_for_card(&self) -> bool {
        self.asks_for_card
    }

    pub fn books(&self) -> &[Transaction] {
        &self.books
    }

    /// What it has of its citizens' money.
    pub fn taken_won(&self) -> u32 {
        let kept = self.books.iter().filter(|it| !it.reversed);
        kept.map(|it| it.amount_won).sum()
    }

    /// Whether it breaks the line now.
    pub fn hangs_up(&mut self) -> bool {
        std::mem::take(&mut self.hangs_up)
    }

    /// The line is gone. A card that was read is charged all the same.
    pub fn hung_up(&mut self) {
        self.frames = Frames::default();
        self.wire.clear();
        self.asks_for_card = false;
        let Some(mut dialogue) = self.dialogue.take() else {
            return;
        };
        let begun = !dialogue.steps.contains(&Step::Card);
        while let Some(step) = dialogue.steps.pop_front().filter(|_| begun) {
            if matches!(step, Step::Charge | Step::Reverse { .. }) {
                self.act(step, dialogue.amount_won);
            }
        }
    }

    fn hear(&mut self, apdu: &Apdu, now: Instant) {
        match apdu.control {
            [0x80 | 0x84, _] => {
                if let Some(dialogue) = &mut self.dialogue {
                    dialogue.waits_for_kiosk = false;
                    dialogue.next_at = now + PACE;
                }
                self.dialogue.take_if(|it| it.steps.is_empty());
            }
            [0x06, 0xb0] => {
                self.say([0x80, 0x00], &[]);
                self.cancel(now);
            }
            _ if self.dialogue.is_some() || self.mood == Mood::Busy && apdu.control[0] == 0x06 => {
                self.say([0x84, PLEASE_WAIT], &[]);
            }
            [0x06, 0x00] if self.mood == Mood::Strict => self.say([0x84, NOT_POSSIBLE], &[]),
            [0x06, 0x00] => {
                let data = [
                    &[0x19, 0x00, 0x29][..],
                    &bcd(TERMINAL.into(), 4),
                    &[0x49, 4, 0x10],
                ];
                self.begin(0, [Step::say([0x06, 0x0f], &data.concat())], now);
            }
            [0x05, 0x01] => {
                let data = [&[0xf0, 0xf0, 0xf7][..], b"BENCH-1", &[0x00]].concat();
                self.begin(0, [Step::say([0x06, 0x0f], &data)], now);
            }
            [0x06, 0x20] => match self.newest.clone() {
                Some(newest) => self.begin(
                    0,
                    [
                        Step::Say([0x04, 0x0f], newest),
                        Step::say([0x06, 0x0f], &[]),
                    ],
                    now,
                ),
                None => self.begin(0, [Step::say([0x06, 0x1e], &[NOT_POSSIBLE])], now),
            },
            [0x06, 0x01] => {
                let steps = [Step::say([0x04, 0xff], &[0x0a]), Step::Card, Step::Charge];
                self.begin(amount(&apdu.data), steps, now);
            }
            [0x06, 0x30] => {
                let receipt = field(&apdu.data[3.min(apdu.data.len())..], 0x87, 2);
                let steps = [Step::say([0x04, 0xff], &[0x0e]), Step::Reverse { receipt }];
                self.begin(amount(&apdu.data[3.min(apdu.data.len())..]), steps, now);
            }
            _ => self.say([0x84, NOT_POSSIBLE], &[]),
        }
    }

    fn begin(&mut self, amount_won: u32, steps: impl IntoIterator<Item = Step>, now: Instant) {
        self.say([0x80, 0x00], &[]);
        if self.mood == Mood::Garbage {
            self.wire.push_back(b"\x00garbage".to_vec());
            return;
        }
        self.dialogue = Some(Dialogue {
            steps: steps.into_iter().collect(),
            amount_won,
            next_at: now + PACE,
            waits_for_kiosk: false,
            gives_up_at: now + CARD,
        });
    }

    fn say(&mut self, control: [u8; 2], data: &[u8]) {
        let data = data.to_vec();
        self.wire.push_back(Apdu { control, data }.encode());
    }

    /// Nobody wants to pay any more, while no card was read.
    fn cancel(&mut self, now: Instant) {
        let dialogue = self.dialogue.as_mut();
        if let Some(dialogue) = dialogue.filter(|it| it.steps.contains(&Step::Card)) {
            dialogue.steps = refused(CANCELLED).into();
            dialogue.next_at = now + PACE;
            self.asks_for_card = false;
        }
    }

    /// Takes the steps that are due.
    fn go_on(&mut self, now: Instant) {
        while let Some(dialogue) = &mut self.dialogue {
            if now < dialogue.next_at {
                return;
            }
            if dialogue.waits_for_kiosk {
                self.hung_up();
                return;
            }
            let amount_won = dialogue.amount_won;
            match dialogue.steps.pop_front() {
                None => self.dialogue = None,
                Some(Step::Say(control, data)) => {
                    dialogue.waits_for_kiosk = true;
                    dialogue.next_at = now + ACKNOWLEDGES;
                    self.say(control, &data);
                }
                Some(Step::Card) => self.look_for_card(now),
                Some(step) => {
                    let follows = self.act(step, amount_won);
                    if let Some(dialogue) = &mut self.dialogue {
                        dialogue.steps = follows.into();
                    }
                }
            }
        }
    }

    fn look_for_card(&mut self, now: Instant) {
        let Some(dialogue) = &mut self.dialogue else {
            return;
        };
        self.asks_for_card = !self.card;
        dialogue.next_at = now + PACE;
        if std::mem::take(&mut self.card) {
            if self.mood == Mood::DiesMidway {
                self.dialogue = None;
                self.hangs_up = true;
                return;
            }
            if self.mood == Mood::Slow {
                dialogue.next_at = now + SLOWLY;
            }
            dialogue.steps.push_front(Step::say([0x04, 0xff], &[0x17]));
        } else if dialogue.gives_up_at <= now {
            self.asks_for_card = false;
            dialogue.steps = refused(CANCELLED).into();
        } else {
            dialogue.steps.push_front(Step::Card);
        }
    }

    /// Moves money, and says what it has to say of that.
    fn act(&mut self, step: Step, amount_won: u32) -> Vec<Step> {
        let reverses = matches!(step, Step::Reverse { .. });
        if let Step::Reverse { receipt } = step {
            let open = |it: &&mut Transaction| it.receipt == receipt && !it.reversed;
            let Some(transaction) = self.books.iter_mut().find(open) else {
                return refused(REVERSED_BEFORE).into();
            };
            transaction.reversed = true;
        }
        if let (Mood::Declines(code), false) = (self.mood, reverses) {
            return refused(code).into();
        }
        self.trace += 1;
        let transaction = Transaction {
            amount_won,
            trace: self.trace,
            receipt: self.trace % 10_000,
            reversed: false,
        };
        if !reverses {
            self.books.push(transaction);
        }
        self.newest = Some(information(transaction));
        if self.mood == Mood::LosesAnswer {
            self.hangs_up = true;
            return Vec::new();
        }
        let mut told = transaction;
        if self.mood == Mood::WrongAmount {
            told.amount_won += 100;
        }
        if self.mood == Mood::OldTrace {
            told.trace -= 1;
        }
        let end = if self.mood == Mood::Contradicts {
            Step::say([0x06, 0x1e], &[0xcc])
        } else {
            Step::say([0x06, 0x0f], &[])
        };
        self.newest = Some(information(told));
        vec![Step::Say([0x04, 0x0f], information(told)), end]
    }
}

/// A status information, with the card's number but for its ends.
fn information(transaction: Transaction) -> Vec<u8> {
    let card = [
        0x22, 0xf0, 0xf8, 0x94, 0x10, 0xee, 0xee, 0xee, 0xee, 0x12, 0x34,
    ];
    [
        &[0x27, 0x00, 0x04][..],
        &bcd(transaction.amount_won.into(), 6),
        &[0x49, 0x04, 0x10, 0x0b],
        &bcd(transaction.trace.into(), 3),
        &[0x29],
        &bcd(TERMINAL.into(), 4),
        &[0x87],
        &bcd(transaction.receipt.into(), 2),
        &card,
        &[0x3b],
        format!("{:08}", 30_000_000 + transaction.trace).as_bytes(),
    ]
    .concat()
}
