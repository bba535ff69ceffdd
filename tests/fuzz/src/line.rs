//! A driver and made-up bytes: what is said on the line, when, and what the kiosk wants
//! meanwhile, all out of one string of bytes.

use std::time::{Duration, Instant};

use drivers::{Driver, Input, Output};

/// More than any one thing that happens lets a driver say.
const OUTPUTS_MAX: usize = 256;

/// What the two lowest bits of a step's first byte say; the rest is its operand.
enum Step<'a> {
    /// So many bytes as they are.
    Raw(&'a [u8]),
    /// So many bytes as the device frames an answer, where it does.
    Answer(&'a [u8]),
    Wait(Duration),
    /// The line, or an order.
    Other(usize),
}

fn next<'a>(script: &mut &'a [u8]) -> Option<Step<'a>> {
    let (&first, rest) = script.split_first()?;
    *script = rest;
    let operand = usize::from(first >> 2);
    let mut taken = || {
        let (taken, rest) = script.split_at(operand.min(script.len()));
        *script = rest;
        taken
    };
    Some(match first & 3 {
        0 => Step::Raw(taken()),
        1 => Step::Answer(taken()),
        2 => Step::Wait(Duration::from_millis(u64::from(first >> 2).pow(2) * 5)),
        _ => Step::Other(operand),
    })
}

/// Plays a script before a driver.
///
/// `frame` makes an answer of a payload to what the driver said last; `orders` are what the
/// kiosk can want; `tells` is whether an event says that the device was understood.
///
/// # Panics
/// When the driver does not come to rest.
pub(crate) fn play<D: Driver>(
    mut driver: D,
    script: &[u8],
    frame: impl Fn(&[u8], &[u8]) -> Vec<u8>,
    orders: impl Fn(usize) -> D::Order,
    tells: impl Fn(&D::Event) -> bool,
) -> bool {
    let mut rest = script;
    let mut now = Instant::now();
    let (mut said, mut told) = (Vec::new(), false);
    while let Some(step) = next(&mut rest) {
        match step {
            Step::Raw(bytes) => driver.handle(Input::Wire(bytes.to_vec()), now),
            Step::Answer(payload) => driver.handle(Input::Wire(frame(&said, payload)), now),
            Step::Other(0) => driver.handle(Input::Connected, now),
            Step::Other(1) => driver.handle(Input::HungUp, now),
            Step::Other(order) => driver.handle(Input::Order(orders(order - 2)), now),
            Step::Wait(time) => {
                now = driver.poll_timeout().map_or(now + time, |due| {
                    // Never past what is due: an event loop is not, either.
                    due.clamp(now, now + time)
                });
                driver.handle_timeout(now);
            }
        }
        for outputs in 0.. {
            match driver.poll_output() {
                None => break,
                Some(Output::Wire(bytes)) => said = bytes,
                Some(Output::Tell(event)) => told |= tells(&event),
                Some(Output::HangUp) => driver.handle(Input::HungUp, now),
            }
            assert!(outputs < OUTPUTS_MAX, "the driver does not come to rest");
        }
    }
    told
}
