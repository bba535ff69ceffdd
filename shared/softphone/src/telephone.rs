//! The telephone as a plain machine: what it does with orders, the line and the clock.

mod calling;

use std::{
    collections::VecDeque,
    net::SocketAddr,
    time::{Duration, Instant},
};

use media::plane::Remote;
use privacy::Personal;
use signalling::{LegId, NotRegistered};
use sip::sdp::MasterKey;

use crate::{
    Encryption, Event, Order, SoundSettings, Volume,
    registration::{Deed, Registration},
};
use calling::Step;

/// How long devices are tested.
const TEST: Duration = Duration::from_secs(10);

/// What reaches the telephone.
#[derive(Debug)]
pub enum Input {
    Order(Order),
    Line(signalling::Event),
    /// The registrar's answer to the question of this number.
    RegistrationAnswered {
        number: u64,
        answer: Result<Duration, NotRegistered>,
    },
    /// What became of [`Command::OpenSound`]: `None` when there is no port.
    SoundOpened(Option<Opened>),
}

/// A place for one call's sound, and what only dice can bring.
#[derive(Clone, Debug)]
pub struct Opened {
    /// For a call of ours.
    pub leg: LegId,
    /// Where the sound of this call is awaited.
    pub address: SocketAddr,
    /// The session description's number.
    pub number: u64,
    /// What we would encrypt with.
    pub key: MasterKey,
}

/// What is to be done, in order.
#[derive(Debug)]
pub enum Command {
    /// Asks the registrar (zero: to forget us); the answer carries the number.
    Register {
        number: u64,
        expires: Duration,
    },
    Signal(signalling::Command),
    /// Opens ports and devices for a call.
    OpenSound,
    /// Whom to talk to, at first and after each change.
    ConnectSound(Box<Remote>),
    CloseSound,
    /// Silence in place of the microphone, or no longer.
    Mute(bool),
    Press(Personal<String>),
    SetVolume(Volume),
    ChooseDevices(SoundSettings),
    /// Opens the devices and plays a tone, or ends that.
    Test(bool),
    Tell(Event),
}

/// One account's telephone.
#[derive(Debug)]
pub struct Telephone {
    account: Personal<String>,
    /// What follows the user part in a URI at the registrar: `host:port;transport=…`.
    registrar: String,
    encryption: Encryption,
    registration: Registration,
    step: Step,
    muted: bool,
    test_ends_at: Option<Instant>,
    commands: VecDeque<Command>,
}

impl Telephone {
    /// `registrar` is what follows the `@` in its URIs; `share` (0.5 to 1) is this
    /// telephone's part of every wait, so that not all come back at once.
    pub fn new(
        account: Personal<String>,
        registrar: String,
        encryption: Encryption,
        share: f64,
    ) -> Self {
        Self {
            account,
            registrar,
            encryption,
            registration: Registration::new(share),
            step: Step::Idle,
            muted: false,
            test_ends_at: None,
            commands: VecDeque::new(),
        }
    }

    /// Takes what has come.
    pub fn handle(&mut self, input: Input, now: Instant) {
        match input {
            Input::Order(order) => self.obey(order, now),
            Input::Line(event) => self.signalled(event),
            Input::RegistrationAnswered { number, answer } => {
                self.registration.answered(number, answer, now);
            }
            Input::SoundOpened(opened) => self.sound_opened(opened),
        }
        self.follow_registration();
    }

    /// Lets time pass.
    pub fn handle_timeout(&mut self, now: Instant) {
        self.registration.handle_timeout(now);
        if self.test_ends_at.is_some_and(|at| at <= now) {
            self.end_test();
        }
        self.follow_registration();
    }

    /// What is to be done next.
    pub fn poll_command(&mut self) -> Option<Command> {
        self.commands.pop_front()
    }

    /// When [`Self::handle_timeout`] is due.
    pub fn poll_timeout(&self) -> Option<Instant> {
        let registration = self.registration.poll_timeout();
        registration.into_iter().chain(self.test_ends_at).min()
    }

    /// Whether a call or the registrar has not had its last word.
    pub fn is_busy(&self) -> bool {
        !matches!(self.step, Step::Idle) || self.registration.is_leaving()
    }

    fn obey(&mut self, order: Order, now: Instant) {
        match order {
            Order::Register => self.registration.register(),
            Order::Unregister => self.registration.unregister(),
            Order::Call {
                to,
                request,
                headers,
            } => self.call(to, request, headers),
            Order::Answer => self.answer(),
            Order::HangUp => self.hang_up(),
            Order::Mute => self.mute(true),
            Order::Unmute => self.mute(false),
            Order::Press(digits) => {
                if matches!(self.step, Step::Talking { .. }) {
                    self.commands.push_back(Command::Press(digits));
                }
            }
            Order::SetVolume(volume) => self.commands.push_back(Command::SetVolume(volume)),
            Order::ChooseDevices(sound) => self.commands.push_back(Command::ChooseDevices(sound)),
            Order::BeginTest => {
                if matches!(self.step, Step::Idle) && self.test_ends_at.is_none() {
                    self.test_ends_at = Some(now + TEST);
                    self.commands.push_back(Command::Test(true));
                }
            }
            Order::EndTest => self.end_test(),
        }
    }

    /// A call goes before a test.
    fn end_test(&mut self) {
        if self.test_ends_at.take().is_some() {
            self.commands.push_back(Command::Test(false));
            self.tell(Event::TestEnded);
        }
    }

    fn mute(&mut self, muted: bool) {
        if matches!(self.step, Step::Talking { .. }) && self.muted != muted {
            self.muted = muted;
            self.commands.push_back(Command::Mute(muted));
        }
    }

    fn follow_registration(&mut self) {
        for deed in self.registration.take_deeds() {
            self.commands.push_back(match deed {
                Deed::Ask { number, expires } => Command::Register { number, expires },
                Deed::TellRegistered => Command::Tell(Event::Registered),
                Deed::TellUnregistered(why) => Command::Tell(Event::Unregistered(why)),
            });
        }
    }

    fn signal(&mut self, command: signalling::Command) {
        self.commands.push_back(Command::Signal(command));
    }

    fn tell(&mut self, event: Event) {
        self.commands.push_back(Command::Tell(event));
    }
}

#[cfg(test)]
#[path = "telephone/tests.rs"]
mod tests;
