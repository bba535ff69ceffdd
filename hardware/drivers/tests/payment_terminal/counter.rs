//! A driver and the terminal it talks to, on one line, in virtual time.

use std::time::{Duration, Instant};

use bench::{
    Twin,
    payment_terminal::{Mood, PaymentTerminal},
};
use devices::{
    DeviceState,
    payment_terminal::{
        Approval, Deed, PaymentTerminalEvent, PaymentTerminalOrder, PaymentTerminalStatus,
        TransactionKey,
    },
};
use drivers::{
    Driver, Input, Output,
    payment_terminal::{ZvtSettings, ZvtTerminal},
};

/// Longer than anything a driver does by itself.
const PATIENCE: Duration = Duration::from_secs(400);
const RECONNECTS: Duration = Duration::from_secs(2);
/// More turns within one instant are a busy loop.
const TURNS_MAX: u32 = 10_000;

pub(crate) struct Counter {
    pub(crate) driver: ZvtTerminal,
    pub(crate) terminal: PaymentTerminal,
    pub(crate) now: Instant,
    pub(crate) told: Vec<PaymentTerminalEvent>,
    connected: bool,
    reconnects_at: Option<Instant>,
    read: usize,
}

pub(crate) fn key(name: &str) -> TransactionKey {
    TransactionKey::new(name)
}

pub(crate) fn status(state: DeviceState) -> impl Fn(&PaymentTerminalEvent) -> bool {
    move |event| {
        matches!(event, PaymentTerminalEvent::Status(PaymentTerminalStatus { state: it, .. })
            if *it == state)
    }
}

/// Whether a transaction has come to its end with it.
fn is_an_end(event: &PaymentTerminalEvent) -> bool {
    !matches!(
        event,
        PaymentTerminalEvent::Progress { .. }
            | PaymentTerminalEvent::Status(_)
            | PaymentTerminalEvent::Counted { .. }
    )
}

impl Counter {
    pub(crate) fn open() -> Self {
        let mut counter = Self::closed();
        counter.connect();
        counter.until(status(DeviceState::Ready));
        counter
    }

    pub(crate) fn closed() -> Self {
        let now = Instant::now();
        Self {
            driver: ZvtTerminal::new(ZvtSettings::default(), now),
            terminal: PaymentTerminal::default(),
            now,
            told: Vec::new(),
            connected: false,
            reconnects_at: None,
            read: 0,
        }
    }

    pub(crate) fn in_mood(mood: Mood) -> Self {
        let mut counter = Self::open();
        counter.terminal.set_mood(mood);
        counter
    }

    pub(crate) fn connect(&mut self) {
        self.connected = true;
        self.reconnects_at = None;
        self.driver.handle(Input::Connected, self.now);
        self.exchange();
    }

    /// The line is gone for good, until somebody connects it.
    pub(crate) fn cut(&mut self) {
        self.connected = false;
        self.reconnects_at = None;
        self.terminal.hung_up();
        self.driver.handle(Input::HungUp, self.now);
        self.exchange();
    }

    /// The station starts anew; the terminal goes on by itself.
    pub(crate) fn crash(&mut self) {
        self.terminal.hung_up();
        self.driver = ZvtTerminal::new(ZvtSettings::default(), self.now);
        self.read = self.told.len();
        self.connect();
    }

    pub(crate) fn order(&mut self, order: PaymentTerminalOrder) {
        self.driver.handle(Input::Order(order), self.now);
        self.exchange();
    }

    pub(crate) fn authorise(&mut self, name: &str, amount_won: u32) {
        let key = key(name);
        self.order(PaymentTerminalOrder::Authorise { key, amount_won });
    }

    /// Somebody pays with a good card.
    pub(crate) fn pay(&mut self, name: &str, amount_won: u32) -> PaymentTerminalEvent {
        self.terminal.hold_card();
        self.authorise(name, amount_won);
        self.end()
    }

    pub(crate) fn paid(&mut self, name: &str, amount_won: u32) -> Approval {
        match self.pay(name, amount_won) {
            PaymentTerminalEvent::Approved { approval, .. } => approval,
            other => panic!("{other:?}"),
        }
    }

    pub(crate) fn reverse(&mut self, name: &str, approval: &Approval) -> PaymentTerminalEvent {
        self.order(PaymentTerminalOrder::Reverse {
            key: key(name),
            receipt: approval.receipt,
            approved_won: approval.amount_won,
            amount_won: approval.amount_won,
        });
        self.end()
    }

    pub(crate) fn resolve(
        &mut self,
        name: &str,
        deed: Deed,
        amount_won: u32,
        before: Option<u32>,
    ) -> PaymentTerminalEvent {
        self.order(PaymentTerminalOrder::Resolve {
            key: key(name),
            deed,
            amount_won,
            before,
        });
        self.end()
    }

    /// What the terminal had counted when it last told.
    pub(crate) fn counted(&self) -> Option<u32> {
        self.told.iter().rev().find_map(|event| match event {
            PaymentTerminalEvent::Counted { trace } => Some(*trace),
            _ => None,
        })
    }

    pub(crate) fn end(&mut self) -> PaymentTerminalEvent {
        self.until(is_an_end)
    }

    /// How many ends were told of transactions, in all.
    pub(crate) fn ends(&self) -> usize {
        self.told.iter().filter(|event| is_an_end(event)).count()
    }

    /// Lets time pass until the driver tells it.
    pub(crate) fn until(
        &mut self,
        wanted: impl Fn(&PaymentTerminalEvent) -> bool,
    ) -> PaymentTerminalEvent {
        let end = self.now + PATIENCE;
        loop {
            while let Some(event) = self.told.get(self.read).cloned() {
                self.read += 1;
                if wanted(&event) {
                    return event;
                }
            }
            assert!(self.step(end), "never told: {:?}", self.told);
        }
    }

    pub(crate) fn pass(&mut self, duration: Duration) {
        let end = self.now + duration;
        while self.step(end) {}
        self.now = end;
    }

    /// The next thing that happens by itself; `false` when nothing does until then.
    fn step(&mut self, end: Instant) -> bool {
        let due = [
            self.driver.poll_timeout(),
            self.terminal.poll_timeout(),
            self.reconnects_at,
        ];
        let Some(due) = due.into_iter().flatten().min().filter(|due| *due <= end) else {
            return false;
        };
        self.now = self.now.max(due);
        if self.reconnects_at.is_some_and(|at| at <= self.now) {
            self.connect();
        }
        if self
            .terminal
            .poll_timeout()
            .is_some_and(|at| at <= self.now)
        {
            self.terminal.handle_timeout(self.now);
        }
        if self.driver.poll_timeout().is_some_and(|at| at <= self.now) {
            self.driver.handle_timeout(self.now);
        }
        self.exchange();
        true
    }

    /// Everything either says reaches the other, in pieces, until both are silent.
    fn exchange(&mut self) {
        for _ in 0..TURNS_MAX {
            let mut silent = true;
            while let Some(output) = self.driver.poll_output() {
                silent = false;
                match output {
                    Output::Wire(bytes) if self.connected => {
                        bytes
                            .chunks(2)
                            .for_each(|it| self.terminal.receive(it, self.now));
                    }
                    Output::Wire(_) => {}
                    Output::Tell(event) => self.told.push(event),
                    Output::HangUp => panic!("it breaks nothing off"),
                }
            }
            while let Some(bytes) = self.terminal.poll_wire() {
                silent = false;
                if self.connected {
                    let pieces = bytes.chunks(3);
                    pieces.for_each(|it| self.driver.handle(Input::Wire(it.to_vec()), self.now));
                }
            }
            if self.terminal.hangs_up() {
                self.cut();
                self.reconnects_at = Some(self.now + RECONNECTS);
            } else if silent {
                return;
            }
        }
        panic!("they never stop talking");
    }
}
