//! A station's end of the line, whatever it wants of the switch: comes up, greets,
//! shows that it is there, comes back.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use crate::{
    Closing, FrameFault, FromDesk, FromSwitch, VERSION, heartbeat::Heartbeat, retry::Retry,
};

/// A switch that does not greet within this is none.
const HELLO_WITHIN: Duration = Duration::from_secs(10);

/// What happens to the line itself.
#[derive(Clone, Debug)]
pub enum LineEvent {
    /// What became of [`LineCommand::Connect`].
    Connected,
    /// The line is down, or did not come up.
    Disconnected,
    Received(Result<FromSwitch, FrameFault>),
}

/// What is to be done, in order; `R` is what the station is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LineCommand<R> {
    Connect,
    Send(FromDesk),
    Disconnect,
    Report(R),
}

/// What the line brings to the end that has it.
#[derive(Debug)]
pub(crate) enum Output {
    Connect,
    Send(FromDesk),
    Disconnect,
    /// The switch has greeted.
    Opened,
    /// It cannot be reached now; it is tried again.
    Away,
    /// It has closed the line and said why.
    Closed(Closing),
    /// Anything else it has said.
    Heard(FromSwitch),
}

#[derive(Debug)]
enum Stage {
    /// Tried again then.
    Away(Instant),
    Connecting,
    /// Until then.
    Greeting(Instant),
    Open(Heartbeat),
}

#[derive(Debug)]
pub(crate) struct LineEnd {
    stage: Stage,
    retry: Retry,
    outputs: VecDeque<Output>,
}

impl LineEnd {
    /// Connects at once. `seed` spreads the attempts of many stations.
    pub(crate) fn new(seed: u64, now: Instant) -> Self {
        Self {
            stage: Stage::Away(now),
            retry: Retry::new(seed),
            outputs: VecDeque::new(),
        }
    }

    pub(crate) fn handle(&mut self, event: LineEvent, now: Instant) {
        match event {
            LineEvent::Connected => {
                if matches!(self.stage, Stage::Connecting) {
                    self.stage = Stage::Greeting(now + HELLO_WITHIN);
                    self.send(FromDesk::Hello { version: VERSION });
                }
            }
            LineEvent::Disconnected => self.disconnected(now),
            LineEvent::Received(Ok(frame)) => self.received(frame, now),
            LineEvent::Received(Err(_)) => self.hang_up(now),
        }
    }

    pub(crate) fn handle_timeout(&mut self, now: Instant) {
        match &mut self.stage {
            Stage::Away(until) if *until <= now => {
                self.stage = Stage::Connecting;
                self.outputs.push_back(Output::Connect);
            }
            Stage::Greeting(until) if *until <= now => self.hang_up(now),
            Stage::Open(heartbeat) if heartbeat.is_gone(now) => self.hang_up(now),
            Stage::Open(heartbeat) => {
                if let Some(number) = heartbeat.due(now) {
                    self.send(FromDesk::Heartbeat { number });
                }
            }
            Stage::Away(_) | Stage::Connecting | Stage::Greeting(_) => {}
        }
    }

    pub(crate) fn poll_output(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    pub(crate) fn poll_timeout(&self) -> Option<Instant> {
        match &self.stage {
            Stage::Away(until) | Stage::Greeting(until) => Some(*until),
            // The shell says when it came to nothing.
            Stage::Connecting => None,
            Stage::Open(heartbeat) => Some(heartbeat.poll_timeout()),
        }
    }

    pub(crate) fn is_open(&self) -> bool {
        matches!(self.stage, Stage::Open(_))
    }

    /// Leaves a switch that says what it must not.
    pub(crate) fn hang_up(&mut self, now: Instant) {
        if !matches!(self.stage, Stage::Away(_)) {
            self.outputs.push_back(Output::Disconnect);
            self.disconnected(now);
        }
    }

    fn received(&mut self, frame: FromSwitch, now: Instant) {
        match (&mut self.stage, frame) {
            (Stage::Greeting(_), FromSwitch::Hello { version: VERSION }) => {
                self.stage = Stage::Open(Heartbeat::new(now));
                self.outputs.push_back(Output::Opened);
            }
            (Stage::Greeting(_), FromSwitch::Hello { version }) => {
                self.closed(Closing::Version { ours: version }, now);
            }
            (Stage::Greeting(_) | Stage::Open(_), FromSwitch::Closing { why }) => {
                self.closed(why, now);
            }
            (Stage::Greeting(_), _) | (Stage::Open(_), FromSwitch::Hello { .. }) => {
                self.hang_up(now);
            }
            (Stage::Open(_), FromSwitch::Heartbeat { number }) => {
                self.send(FromDesk::HeartbeatHeard { number });
            }
            (Stage::Open(heartbeat), FromSwitch::HeartbeatHeard { number }) => {
                heartbeat.heard(number, now);
                // A switch that greets and hangs up is no success.
                self.retry.succeeded();
            }
            (Stage::Open(_), frame) => self.outputs.push_back(Output::Heard(frame)),
            // Still under way when the line was given up.
            (Stage::Away(_) | Stage::Connecting, _) => {}
        }
    }

    fn closed(&mut self, why: Closing, now: Instant) {
        self.outputs.push_back(Output::Closed(why));
        self.hang_up(now);
    }

    fn disconnected(&mut self, now: Instant) {
        if !matches!(self.stage, Stage::Away(_)) {
            self.stage = Stage::Away(self.retry.next(now));
            self.outputs.push_back(Output::Away);
        }
    }

    fn send(&mut self, frame: FromDesk) {
        self.outputs.push_back(Output::Send(frame));
    }
}
