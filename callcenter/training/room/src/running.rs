//! The room's shell: the caller's telephone, his voice, the kiosk's line and the
//! records, on a thread of their own.

mod kiosk_line;
mod roster_line;
mod telling;

use std::{
    sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use anyhow::Context;
use desk::{Clock, workplace::View as DeskView};
use handover::{Attempt, KioskAnswer, KioskQuestion, RoomFault, RoomRefusal};
use privacy::Personal;
use softphone::{Device, Order, Settings as TelephoneSettings, Softphone, SoundSettings};

use crate::{
    records::Records,
    room::{Command, Input, Key, Lessons, Room, view::RoomView},
    settings::CallerSettings,
    voice::Voice,
};
use kiosk_line::KioskLine;
use telling::Telling;

/// With nothing due, the room looks around once in a while all the same.
const LONGEST_WAIT: Duration = Duration::from_secs(60);
/// An invented number.
const NUMBER: &str = "0310000000";

/// A room at work; it ends when this is dropped.
pub struct Running {
    inputs: Sender<Happening>,
    thread: Option<JoinHandle<()>>,
}

/// How simulated people reach the trainee.
#[derive(Clone, Debug)]
pub struct Ways {
    pub caller: CallerSettings,
    /// The practice kiosk's line; without it no visit is practised.
    pub kiosk: Option<link::Settings>,
    /// To the exchange that keeps the roster; without it records stay in their file.
    pub roster: Option<link::Settings>,
}

enum Happening {
    Input(Input),
    /// From the telephone of this exercise.
    Line(u64, softphone::Event),
    /// Whether the roster has what it was told.
    Told(bool),
    Ended,
}

struct Shell {
    room: Room,
    voice: Voice,
    records: Records,
    telling: Option<Telling>,
    caller: CallerSettings,
    kiosk: Option<KioskLine>,
    clock: Clock,
    inputs: Sender<Happening>,
    telephone: Option<Softphone>,
    /// Of the telephone: what an earlier one says is nobody's.
    number: u64,
    show: Box<dyn FnMut(RoomView) + Send>,
}

impl Running {
    /// `show` is called with every view, from the room's thread. `seed` makes the
    /// first exercise.
    ///
    /// # Errors
    /// When the callers have no voice or the system has no thread.
    pub fn start(
        lessons: Lessons,
        ways: Ways,
        records: Records,
        clock: Clock,
        seed: u64,
        show: impl FnMut(RoomView) + Send + 'static,
    ) -> anyhow::Result<Self> {
        let (inputs, heard) = channel();
        let answers: Sender<Happening> = inputs.clone();
        let tell = move |attempt, answer| {
            drop(answers.send(Happening::Input(Input::Kiosk(attempt, answer))));
        };
        let kiosk = ways
            .kiosk
            .map(|way| KioskLine::start(way, tell))
            .transpose()?;
        let telling = ways
            .roster
            .map(|way| Telling::start(way, &records))
            .transpose()?;
        let shell = Shell {
            room: Room::new(lessons, seed),
            voice: Voice::new()?,
            records,
            telling,
            caller: ways.caller,
            kiosk,
            clock,
            inputs: inputs.clone(),
            telephone: None,
            number: 0,
            show: Box::new(show),
        };
        let thread = thread::Builder::new()
            .name("training-room".to_owned())
            .spawn(move || shell.run(&heard))
            .context("the machine has no threads left")?;
        Ok(Self {
            inputs,
            thread: Some(thread),
        })
    }

    /// Where the desk's views go.
    pub fn desk(&self) -> impl Fn(DeskView) + Clone + Send + Sync + 'static {
        let inputs = self.inputs.clone();
        move |view| drop(inputs.send(Happening::Input(Input::Desk(Box::new(view)))))
    }

    /// Where the room's window sends its keys.
    pub fn keys(&self) -> impl Fn(Key) + Clone + 'static {
        let inputs = self.inputs.clone();
        move |key| drop(inputs.send(Happening::Input(Input::Key(key))))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.inputs.send(Happening::Ended);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Shell {
    fn run(mut self, heard: &Receiver<Happening>) {
        loop {
            while let Some(command) = self.room.poll_command() {
                self.carry_out(command);
            }
            self.report();
            let telling = self.telling.as_ref().and_then(Telling::poll_timeout);
            let due = self.room.poll_timeout().into_iter().chain(telling).min();
            let wait = due.map_or(LONGEST_WAIT, |due| {
                due.saturating_duration_since(Instant::now())
            });
            let now = || self.clock.now();
            match heard.recv_timeout(wait.min(LONGEST_WAIT)) {
                Ok(Happening::Input(input)) => self.room.handle(input, now()),
                Ok(Happening::Line(number, event)) if number == self.number => {
                    self.room.handle(Input::Line(event), now());
                }
                Ok(Happening::Line(..)) => {}
                Ok(Happening::Told(taken)) => self.told(taken),
                Ok(Happening::Ended) | Err(RecvTimeoutError::Disconnected) => return,
                Err(RecvTimeoutError::Timeout) => {
                    let now = now();
                    self.room.handle_timeout(now);
                    if let Some(telling) = &mut self.telling {
                        telling.handle_timeout(now.instant);
                    }
                }
            }
        }
    }

    fn carry_out(&mut self, command: Command) {
        match command {
            Command::Show(view) => (self.show)(*view),
            Command::Call => {
                if let Err(error) = self.call() {
                    tracing::error!(%error, "The caller has no telephone");
                    let ended = softphone::Event::Ended(softphone::Ended::NoSound);
                    let now = self.clock.now();
                    self.room.handle(Input::Line(ended), now);
                }
            }
            Command::Say { text, language } => self.say(&text, &language),
            Command::Hush => self.play(Device::Null),
            Command::HangUp => {
                if let Some(telephone) = &self.telephone {
                    // It ends with the room at the latest.
                    let _ = telephone.order(Order::HangUp);
                }
            }
            Command::AskExchange(attempt, question) => self.ask_exchange(attempt, question),
            Command::Write(record) => {
                if let Err(error) = self.records.add(&record) {
                    tracing::error!(%error, "A record of training cannot be written");
                } else if let Some(telling) = &mut self.telling {
                    telling.added(self.clock.now().instant);
                }
            }
            Command::LookUp { agent } => match self.records.passed(&agent) {
                Ok(passed) => {
                    let now = self.clock.now();
                    self.room.handle(Input::Passed(passed), now);
                }
                Err(error) => tracing::error!(%error, "The records of training cannot be read"),
            },
        }
    }

    /// What the roster does not have yet.
    fn report(&mut self) {
        let inputs = self.inputs.clone();
        let done = move |taken| drop(inputs.send(Happening::Told(taken)));
        if let Some(telling) = &mut self.telling {
            telling.follow(&self.records, self.clock.now().instant, done);
        }
    }

    fn told(&mut self, taken: bool) {
        let now = self.clock.now().instant;
        if let Some(telling) = &mut self.telling {
            telling.told(taken, now);
        }
    }

    fn ask_exchange(&mut self, attempt: Attempt, question: KioskQuestion) {
        if let Some(kiosk) = &self.kiosk {
            return kiosk.ask(attempt, question);
        }
        let nobody: Result<KioskAnswer, _> = Err(RoomFault::Refused(RoomRefusal::NotForYou));
        let now = self.clock.now();
        self.room.handle(Input::Kiosk(attempt, nobody), now);
    }

    fn call(&mut self) -> anyhow::Result<()> {
        self.number += 1;
        let (number, inputs) = (self.number, self.inputs.clone());
        let tell = move |event| drop(inputs.send(Happening::Line(number, event)));
        let silent = SoundSettings {
            microphone: Device::Null,
            loudspeaker: Device::Null,
        };
        let settings = TelephoneSettings::of_a_caller(self.caller.switch, NUMBER, silent);
        let telephone = Softphone::start(settings, tell)?;
        telephone.order(Order::Call {
            to: Personal::new(self.caller.number.clone()),
            request: None,
            headers: Vec::new(),
        })?;
        self.telephone = Some(telephone);
        Ok(())
    }

    fn say(&mut self, text: &str, language: &str) {
        let now = || self.clock.now();
        match self.voice.speak(text, language) {
            Ok(line) => {
                self.play(Device::File(line.file));
                self.room.handle(Input::Speaks(line.lasts), now());
            }
            Err(error) => {
                tracing::error!(%error, "The caller has lost his voice");
                self.room.handle(Input::Speaks(Duration::ZERO), now());
            }
        }
    }

    fn play(&self, microphone: Device) {
        if let Some(telephone) = &self.telephone {
            let sound = SoundSettings {
                microphone,
                loudspeaker: Device::Null,
            };
            // A telephone that has ended is told by its own last event.
            let _ = telephone.order(Order::ChooseDevices(sound));
        }
    }
}
