//! A driver and its twin in virtual time, written down as a script that the parser plays alone.

use std::time::{Duration, Instant};

use bench::Twin;
use drivers::{Driver, Input, Output};

/// The longest wait a step can hold.
const LONGEST: u64 = 63;

/// Steps as `src/line.rs` reads them.
#[derive(Default)]
pub(crate) struct Script(pub(crate) Vec<u8>);

impl Script {
    fn step(mut self, kind: u8, operand: usize, bytes: &[u8]) -> Self {
        self.0.push(u8::try_from(operand).unwrap() << 2 | kind);
        self.0.extend_from_slice(bytes);
        self
    }

    pub(crate) fn raw(self, bytes: &[u8]) -> Self {
        bytes
            .chunks(63)
            .fold(self, |it, part| it.step(0, part.len(), part))
    }

    /// For the square of this, times five milliseconds.
    pub(crate) fn wait(self, root: u64) -> Self {
        self.step(2, usize::try_from(root).unwrap(), &[])
    }

    pub(crate) fn connect(self) -> Self {
        self.step(3, 0, &[])
    }

    pub(crate) fn order(self, order: usize) -> Self {
        self.step(3, order + 2, &[])
    }
}

/// `happens` is asked before each turn for what a person does to the device, and for an order
/// with its number in the parser's table.
pub(crate) fn record<D: Driver, T: Twin>(
    mut driver: D,
    mut twin: T,
    turns: usize,
    mut happens: impl FnMut(usize, &mut T, Instant) -> Option<(usize, D::Order)>,
) -> Vec<u8> {
    let mut now = Instant::now();
    let mut script = Script::default().connect();
    driver.handle(Input::Connected, now);
    for turn in 0..turns {
        if let Some((number, order)) = happens(turn, &mut twin, now) {
            script = script.order(number);
            driver.handle(Input::Order(order), now);
        }
        loop {
            while let Some(output) = driver.poll_output() {
                if let Output::Wire(bytes) = output {
                    twin.receive(&bytes, now);
                }
            }
            let Some(bytes) = twin.poll_wire() else {
                break;
            };
            script = script.raw(&bytes);
            for part in bytes.chunks(63) {
                driver.handle(Input::Wire(part.to_vec()), now);
            }
        }
        let root = twin.poll_timeout().map_or(LONGEST, |due| {
            let wait = due.saturating_duration_since(now);
            (0..LONGEST)
                .find(|it| after(*it) >= wait)
                .unwrap_or(LONGEST)
        });
        script = script.wait(root);
        now = driver
            .poll_timeout()
            .map_or(now + after(root), |due| due.clamp(now, now + after(root)));
        driver.handle_timeout(now);
        twin.handle_timeout(now);
    }
    script.0
}

fn after(root: u64) -> Duration {
    Duration::from_millis(root * root * 5)
}
