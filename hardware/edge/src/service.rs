//! One service: a device that several clients use, each command in its turn.
//!
//! Every command is acknowledged at once and completed once; between the two there are its
//! events, and after its completion nothing. What is asked about the device is answered at
//! once; what the device has to do waits until it has done what was asked before.

mod asked;
mod queue;

use std::{
    collections::{BTreeSet, VecDeque},
    time::{Duration, Instant},
};

use fitting::DeviceEvent;
use serde_json::{Map, Value};

use self::queue::{Queue, Running, Waiting};
use crate::{
    completion::{Completion, CompletionCode, Stop},
    device_class::{DeviceClass, DeviceOrder, Effect},
    dialect::Dialect,
    envelope::{self, Command, NotTaken, Payload, RequestId},
    interface,
    message::{self, Text},
};

/// Commands of one client that may wait.
pub const REQUESTS_MAX: usize = 8;
/// So long a device may take for what needs no person, and for ending what is stopped: a
/// receipt of two hundred lines, a note on its way.
pub const DEVICE_PATIENCE: Duration = Duration::from_secs(60);

/// A client's line, for as long as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClientId(pub u64);

/// What reaches a service.
#[derive(Debug)]
pub enum Input<'a> {
    Joined(ClientId),
    /// The line is gone, and with it whatever it had asked for.
    Left(ClientId),
    Received(ClientId, &'a [u8]),
    Device(&'a DeviceEvent),
}

/// What a service wants done.
#[derive(Debug)]
pub enum Output {
    Send(ClientId, Text),
    Order(DeviceOrder),
}

/// Four verbs, time an argument; [`crate::server`] carries them out.
pub struct Service {
    dialect: Dialect,
    class: Box<dyn DeviceClass>,
    clients: BTreeSet<ClientId>,
    queue: Queue,
    /// What was last told of the device's state.
    told: Map<String, Value>,
    outputs: VecDeque<Output>,
}

impl Service {
    pub(crate) fn new(class: Box<dyn DeviceClass>, dialect: Dialect) -> Self {
        let mut service = Self {
            dialect,
            class,
            clients: BTreeSet::new(),
            queue: Queue::default(),
            told: Map::new(),
            outputs: VecDeque::new(),
        };
        service.told = service.status();
        service
    }

    pub fn handle(&mut self, input: Input<'_>, now: Instant) {
        match input {
            Input::Joined(client) => {
                self.clients.insert(client);
            }
            Input::Left(client) => {
                self.clients.remove(&client);
                self.queue.forget(client);
                self.stop_running(Stop::Canceled, now, |it| it.client == client);
            }
            Input::Received(client, bytes) => self.receive(client, bytes, now),
            Input::Device(event) => self.class.told(event),
        }
        self.go_on(now);
    }

    pub fn handle_timeout(&mut self, now: Instant) {
        for late in self.queue.take_late(now) {
            self.complete(&late, Stop::TimedOut.completion());
        }
        self.stop_running(Stop::TimedOut, now, |it| {
            it.due.is_some_and(|due| due <= now)
        });
        let in_vain = |it: &Running| it.given_up_at.is_some_and(|at| at <= now);
        if self.queue.running.as_ref().is_some_and(in_vain) {
            tracing::warn!("A device did not end what it was told to do");
            self.class.give_up();
            self.end(
                Completion::of(CompletionCode::HardwareError)
                    .because("the device did not say how it ended"),
            );
        }
        self.go_on(now);
    }

    pub fn poll_output(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    pub fn poll_timeout(&self) -> Option<Instant> {
        self.queue.due()
    }

    fn receive(&mut self, client: ClientId, bytes: &[u8], now: Instant) {
        let command = match envelope::read(bytes, &self.dialect) {
            Ok(command) => command,
            Err(it) => {
                let acknowledge = message::acknowledge(
                    &self.dialect,
                    it.name.as_deref(),
                    it.request_id,
                    Some(it.reason),
                );
                return self.send(client, acknowledge);
            }
        };
        let refused = if self.queue.has(client, command.request_id) {
            Some(NotTaken::InvalidRequestId)
        } else if self.queue.waiting_of(client) >= REQUESTS_MAX {
            Some(NotTaken::TooManyRequests)
        } else {
            None
        };
        let id = Some(command.request_id);
        let acknowledge = message::acknowledge(&self.dialect, Some(&command.name), id, refused);
        self.send(client, acknowledge);
        if refused.is_none() {
            self.take(client, command, now);
        }
    }

    fn take(&mut self, client: ClientId, command: Command, now: Instant) {
        let name = command.name.as_str();
        let at_once = match self.asked(client, &command, now) {
            Some(completion) => Some(completion),
            None if self.class.interface().has(name) => None,
            None if interface::is_standard(name) => {
                Some(Completion::of(CompletionCode::UnsupportedCommand))
            }
            None => Some(Completion::of(CompletionCode::InvalidCommand)),
        };
        let due = command.timeout.and_then(|it| now.checked_add(it));
        let waiting = Waiting {
            client,
            command,
            due,
        };
        match at_once {
            Some(completion) => self.complete(&waiting, completion),
            None => self.queue.waiting.push_back(waiting),
        }
    }

    /// Ends what runs before its time, if it is meant and was not told so before.
    fn stop_running(&mut self, why: Stop, now: Instant, meant: impl Fn(&Running) -> bool) -> bool {
        let Some(running) = self.queue.running.as_mut().filter(|it| meant(it)) else {
            return false;
        };
        running.due = None;
        running.given_up_at.get_or_insert(now + DEVICE_PATIENCE);
        self.class.stop(why);
        true
    }

    /// After whatever happened: what the device says goes out, and the next command begins.
    fn go_on(&mut self, now: Instant) {
        loop {
            while let Some(effect) = self.class.poll_effect() {
                self.carry_out(effect);
            }
            if self.queue.running.is_some() {
                break;
            }
            let Some(next) = self.queue.waiting.pop_front() else {
                break;
            };
            self.class.begin(&next.command.name, &next.command.payload);
            let in_person = self.class.waits_for_a_person();
            self.queue.running = Some(Running {
                client: next.client,
                request_id: next.command.request_id,
                name: next.command.name,
                due: next.due,
                given_up_at: (!in_person).then(|| now + DEVICE_PATIENCE),
            });
        }
        self.tell_status();
    }

    fn carry_out(&mut self, effect: Effect) {
        match effect {
            Effect::Order(order) => self.outputs.push_back(Output::Order(order)),
            Effect::Event(name, payload) => {
                // Whoever asked may be gone, and a command that has ended has no events.
                if let Some(running) = &self.queue.running {
                    let (client, id) = (running.client, running.request_id);
                    let event = message::event(&self.dialect, name, id, payload);
                    self.send(client, event);
                }
            }
            Effect::Unsolicited(name, payload) => self.tell_all(name, &payload),
            Effect::Done(completion) => self.end(completion),
        }
    }

    fn end(&mut self, completion: Completion) {
        if let Some(running) = self.queue.running.take() {
            self.answer(
                running.client,
                &running.name,
                running.request_id,
                completion,
            );
        }
    }

    fn complete(&mut self, ended: &Waiting, completion: Completion) {
        let id = ended.command.request_id;
        self.answer(ended.client, &ended.command.name, id, completion);
    }

    fn answer(&mut self, client: ClientId, name: &str, id: RequestId, completion: Completion) {
        tracing::debug!(name, code = completion.code.name(), "A command has ended");
        let text = message::completion(&self.dialect, name, id, completion);
        self.send(client, text);
    }

    fn tell_all(&mut self, name: &'static str, payload: &Payload) {
        for client in self.clients.clone() {
            let text = message::unsolicited(&self.dialect, name, payload.clone());
            self.send(client, text);
        }
    }

    fn send(&mut self, client: ClientId, text: Text) {
        if self.clients.contains(&client) {
            self.outputs.push_back(Output::Send(client, text));
        }
    }
}
