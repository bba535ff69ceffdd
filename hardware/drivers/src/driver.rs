//! What every driver of a wired device is: a pure machine between orders and bytes.

use std::time::Instant;

/// What reaches a driver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input<Order> {
    Order(Order),
    /// Bytes as they came, in pieces of any size.
    Wire(Vec<u8>),
    /// The line is open (again); nothing sent before counts as heard.
    Connected,
    HungUp,
}

/// What a driver wants done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output<Event> {
    Wire(Vec<u8>),
    Tell(Event),
    /// Break the line off and open it anew: its other end is beyond help.
    HangUp,
}

/// The four verbs; [`crate::port`] and [`crate::tcp`] carry them out on a real line.
pub trait Driver: Send + 'static {
    type Order: Send + 'static;
    type Event: Send + 'static;

    fn handle(&mut self, input: Input<Self::Order>, now: Instant);
    fn handle_timeout(&mut self, now: Instant);
    /// To be asked until it has nothing more, after each of the verbs above.
    fn poll_output(&mut self) -> Option<Output<Self::Event>>;
    fn poll_timeout(&self) -> Option<Instant>;

    /// Whether its line is to be opened when it is shut. What does without one hangs up first.
    fn wants_line(&self) -> bool {
        true
    }
}
