//! The payment terminal: what its books say, whatever the kiosk was told.

use devices::{
    DeviceState,
    payment_terminal::{
        Approval, DeclineReason, Deed, NotReversedReason, PaymentTerminalEvent,
        PaymentTerminalOrder, PaymentTerminalStatus, Progress, TerminalFault, TransactionKey,
    },
};

use super::{Ahead, Change, Next, Told, millis};

/// Transactions a terminal has had before the town begins.
const TRACE: u32 = 400;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TerminalMood {
    Well,
    Declines(DeclineReason),
    /// The card is charged, and the answer is lost on its way.
    LosesAnswers,
    /// The line breaks before the card is charged.
    BreaksOff,
    /// It takes orders and tells nothing more.
    Mute,
    /// It cannot be reached.
    Away,
    /// It gives no money back.
    Keeps,
}

pub struct PaymentTerminal {
    pub mood: TerminalMood,
    /// Charged and not given back, by the names of the transactions.
    pub charged: Vec<(String, u32)>,
    /// …and what went back to cards.
    pub reversed: Vec<(String, u32)>,
    /// Every transaction it was ever told to begin, in their order.
    pub ordered: Vec<String>,
    /// Its newest transaction: its number and amount.
    newest: (u32, u32),
    /// What waits for a card.
    waiting: Option<(TransactionKey, u32)>,
    /// The transaction its driver follows.
    followed: Option<TransactionKey>,
    /// A card is being charged, or gets its money back: it has no time for questions.
    moving: bool,
}

impl Default for PaymentTerminal {
    fn default() -> Self {
        Self {
            mood: TerminalMood::Well,
            charged: Vec::new(),
            reversed: Vec::new(),
            ordered: Vec::new(),
            newest: (TRACE, 0),
            waiting: None,
            followed: None,
            moving: false,
        }
    }
}

impl PaymentTerminal {
    pub fn status(&self) -> Told {
        let away = self.mood == TerminalMood::Away;
        tell_of(PaymentTerminalEvent::Status(PaymentTerminalStatus {
            state: match away {
                true => DeviceState::Absent,
                false => DeviceState::Ready,
            },
            fault: away.then_some(TerminalFault::Offline),
        }))
    }

    /// Its newest transaction, which it tells while nothing is under way.
    pub fn counted(&self) -> Option<Told> {
        let trace = self.newest.0;
        let rests = self.followed.is_none() && !self.moving && self.mood != TerminalMood::Away;
        rests.then_some(tell_of(PaymentTerminalEvent::Counted { trace }))
    }

    /// What it has of its citizens' money.
    pub fn taken_won(&self) -> u32 {
        let charged: u32 = self.charged.iter().map(|it| it.1).sum();
        let reversed: u32 = self.reversed.iter().map(|it| it.1).sum();
        charged - reversed
    }

    pub fn asks_for_card(&self) -> bool {
        self.waiting.is_some()
    }

    pub fn order(&mut self, order: &PaymentTerminalOrder) -> Ahead {
        match order {
            PaymentTerminalOrder::Authorise { key, amount_won } => {
                self.authorise(key.clone(), *amount_won)
            }
            PaymentTerminalOrder::Abort { key } => {
                if self.waiting.take_if(|(open, _)| open == key).is_none() {
                    return Vec::new();
                }
                let reason = DeclineReason::Cancelled;
                let key = key.clone();
                self.end(400, PaymentTerminalEvent::Declined { key, reason })
            }
            PaymentTerminalOrder::Reverse {
                key,
                approved_won,
                amount_won,
                ..
            } => self.reverse(key.clone(), *approved_won, *amount_won),
            PaymentTerminalOrder::Resolve {
                key,
                deed,
                amount_won,
                before,
            } => {
                let asked = Change::LookUpCard {
                    key: key.clone(),
                    deed: *deed,
                    amount_won: *amount_won,
                    before: *before,
                };
                vec![(millis(500), Next::Changed(asked))]
            }
        }
    }

    fn authorise(&mut self, key: TransactionKey, amount_won: u32) -> Ahead {
        self.ordered.push(key.as_str().to_owned());
        if self.mood == TerminalMood::Away {
            let fault = TerminalFault::Offline;
            return tell(100, PaymentTerminalEvent::NotDone { key, fault });
        }
        self.followed = Some(key.clone());
        self.waiting = Some((key.clone(), amount_won));
        let progress = Progress::InsertCard;
        tell(300, PaymentTerminalEvent::Progress { key, progress })
    }

    /// Somebody holds a card to it.
    pub fn hold_card(&mut self) -> Ahead {
        let Some((key, amount_won)) = self.waiting.take() else {
            return Vec::new();
        };
        let progress = Progress::Processing;
        let told = PaymentTerminalEvent::Progress {
            key: key.clone(),
            progress,
        };
        let mut ahead = tell(200, told);
        self.moving = true;
        let charge = Change::Charge { key, amount_won };
        ahead.push((millis(2_000), Next::Changed(charge)));
        ahead
    }

    /// The card is charged, or not.
    pub fn charge(&mut self, key: &TransactionKey, amount_won: u32) -> Ahead {
        let key = key.clone();
        self.moving = false;
        match self.mood {
            TerminalMood::Declines(reason) => {
                return self.end(0, PaymentTerminalEvent::Declined { key, reason });
            }
            TerminalMood::BreaksOff | TerminalMood::Away => {
                let fault = TerminalFault::Silent;
                return self.end(8_000, PaymentTerminalEvent::NotDone { key, fault });
            }
            _ => {}
        }
        self.newest = (self.newest.0 + 1, amount_won);
        self.charged.push((key.as_str().to_owned(), amount_won));
        let approval = self.approval();
        match self.mood {
            TerminalMood::Mute => Vec::new(),
            // Its driver asks for it.
            TerminalMood::LosesAnswers => {
                self.end(6_000, PaymentTerminalEvent::Approved { key, approval })
            }
            _ => self.end(0, PaymentTerminalEvent::Approved { key, approval }),
        }
    }

    fn approval(&self) -> Approval {
        let (trace, amount_won) = self.newest;
        Approval {
            amount_won,
            trace,
            receipt: trace % 10_000,
            terminal: "12345678".to_owned(),
            number: format!("{:08}", 30_000_000 + trace),
            card: None,
        }
    }

    fn reverse(&mut self, key: TransactionKey, approved_won: u32, amount_won: u32) -> Ahead {
        self.ordered.push(key.as_str().to_owned());
        let reason = match self.mood {
            _ if approved_won != amount_won => Some(NotReversedReason::PartNotPossible),
            TerminalMood::Away => Some(NotReversedReason::NotReached),
            TerminalMood::Keeps => Some(NotReversedReason::Refused),
            _ => None,
        };
        if let Some(reason) = reason {
            return tell(300, PaymentTerminalEvent::NotReversed { key, reason });
        }
        self.followed = Some(key.clone());
        self.moving = true;
        let reverse = Change::ReverseCard { key, amount_won };
        vec![(millis(1_500), Next::Changed(reverse))]
    }

    /// The money goes back to the card.
    pub fn give_back(&mut self, key: &TransactionKey, amount_won: u32) -> Ahead {
        let key = key.clone();
        self.moving = false;
        if self.mood == TerminalMood::Away {
            let reason = NotReversedReason::NotReached;
            return self.end(8_000, PaymentTerminalEvent::NotReversed { key, reason });
        }
        self.newest = (self.newest.0 + 1, amount_won);
        self.reversed.push((key.as_str().to_owned(), amount_won));
        match self.mood {
            TerminalMood::Mute => Vec::new(),
            TerminalMood::LosesAnswers => self.end(6_000, PaymentTerminalEvent::Reversed { key }),
            _ => self.end(0, PaymentTerminalEvent::Reversed { key }),
        }
    }

    /// The transaction has come to its end: told to the driver that follows it, with
    /// the number that is its newest now.
    fn end(&mut self, after: u64, event: PaymentTerminalEvent) -> Ahead {
        if self.followed.take().is_none() {
            return Vec::new();
        }
        let mut ahead = tell(after, event);
        let counted = self.counted();
        ahead.extend(counted.map(|it| (millis(after + 100), Next::Told(it))));
        ahead
    }
}

/// After a crash of its station.
impl PaymentTerminal {
    /// Another driver follows nothing, and the line to the one before is gone: whoever
    /// has not held a card to it yet is not asked for one any more.
    pub fn start_again(&mut self) {
        self.followed = None;
        self.waiting = None;
    }

    /// What was begun never comes to pass.
    pub fn lose(&mut self) {
        self.moving = false;
    }

    /// What became of a transaction, by the number of the newest one.
    pub fn look_up(
        &self,
        key: &TransactionKey,
        deed: Deed,
        amount_won: u32,
        before: Option<u32>,
    ) -> Ahead {
        if self.moving {
            let (key, deed, before) = (key.clone(), deed, before);
            let again = Change::LookUpCard {
                key,
                deed,
                amount_won,
                before,
            };
            return vec![(millis(5_000), Next::Changed(again))];
        }
        let (key, (trace, won)) = (key.clone(), self.newest);
        let unknown = |fault| PaymentTerminalEvent::Unknown {
            key: key.clone(),
            fault,
        };
        let told = match (before, self.mood) {
            (_, TerminalMood::Mute) => return Vec::new(),
            (_, TerminalMood::Away) => return tell(45_000, unknown(TerminalFault::Offline)),
            (None, _) => unknown(TerminalFault::Mismatch),
            (Some(before), _) if before == trace => match deed {
                Deed::Authorisation => PaymentTerminalEvent::NotDone {
                    key,
                    fault: TerminalFault::Silent,
                },
                Deed::Reversal => PaymentTerminalEvent::NotReversed {
                    key,
                    reason: NotReversedReason::Refused,
                },
            },
            (Some(_), _) if won != amount_won => unknown(TerminalFault::Mismatch),
            (Some(_), _) => match deed {
                Deed::Authorisation => PaymentTerminalEvent::Approved {
                    key,
                    approval: self.approval(),
                },
                Deed::Reversal => PaymentTerminalEvent::Reversed { key },
            },
        };
        tell(0, told)
    }
}

fn tell_of(event: PaymentTerminalEvent) -> Told {
    Told::PaymentTerminal(event)
}

fn tell(after: u64, event: PaymentTerminalEvent) -> Ahead {
    vec![(millis(after), Next::Told(tell_of(event)))]
}
