//! An input and output module on a Modbus serial line: coils for lights, discrete inputs for
//! the cabinet's contacts.
//!
//! The door and the tamper sensor are closed loops: current flows while all is well, so that a
//! cable that was cut says what an opened door says. What was sensed stands while the module is
//! silent, lest a loose plug sends citizens away or lets them in.

mod flashing;
mod frame;
mod talking;

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use devices::{
    DeviceState,
    auxiliaries::{
        AuxiliariesEvent, AuxiliariesFault, AuxiliariesOrder, AuxiliariesStatus, OperatorSwitch,
        Sensors,
    },
};

use crate::{Driver, Input, Output};
use flashing::Flashing;
use frame::Inbox;
use talking::Talk;

/// How often the contacts are looked at.
const LOOK: Duration = Duration::from_millis(200);
/// Contacts bounce: what has changed is looked at once more before it is believed.
const BOUNCE: Duration = Duration::from_millis(40);
/// No hand moves a contact for so long without a rest.
const UNSTEADY: Duration = Duration::from_secs(3);
/// A module that was switched off and on forgets its lights.
const REFRESH: Duration = Duration::from_secs(5);

const DOOR_LOOP: u8 = 1;
const TAMPER_LOOP: u8 = 1 << 1;
const SWITCH_MAINTENANCE: u8 = 1 << 2;
const SWITCH_SUPERVISOR: u8 = 1 << 3;
const HEADSET: u8 = 1 << 4;
const INPUTS: u8 = 5;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ModbusSettings {
    /// The module's address, 1 to 247.
    pub unit: u8,
    /// The coil of the first light (counted from 0); the others follow in the order of
    /// [`devices::lights::Light::ALL`].
    pub first_coil: u16,
    /// The input of the door's loop; the tamper loop, the switch at maintenance and at
    /// supervisor, and the headset follow.
    pub first_input: u16,
}

impl Default for ModbusSettings {
    fn default() -> Self {
        Self {
            unit: 1,
            first_coil: 0,
            first_input: 0,
        }
    }
}

pub struct ModbusModule {
    settings: ModbusSettings,
    connected: bool,
    inbox: Inbox,
    talk: Talk,
    flashing: Flashing,
    /// The lights as the module last confirmed them, and when.
    confirmed: Option<(u8, Instant)>,
    /// When it is to be told of them again.
    lights_at: Instant,
    look_at: Instant,
    /// What the inputs said last; believed when they say it twice.
    seen: Option<u8>,
    /// Since when they have not said anything twice.
    moving_since: Option<Instant>,
    /// They were believed since the line was opened.
    heard: bool,
    sensors: Option<Sensors>,
    /// What is wrong with the contacts, while the module is well.
    contacts: Option<AuxiliariesFault>,
    told: AuxiliariesStatus,
    outputs: VecDeque<Output<AuxiliariesEvent>>,
}

impl ModbusModule {
    pub fn new(settings: ModbusSettings, now: Instant) -> Self {
        Self {
            settings,
            connected: false,
            inbox: Inbox::default(),
            talk: Talk::new(now),
            flashing: Flashing::dark(now),
            confirmed: None,
            lights_at: now,
            look_at: now,
            seen: None,
            moving_since: None,
            heard: false,
            sensors: None,
            contacts: None,
            told: AuxiliariesStatus {
                state: DeviceState::Absent,
                fault: None,
            },
            outputs: VecDeque::new(),
        }
    }

    /// The inputs were read.
    fn sense(&mut self, inputs: u8, now: Instant) {
        self.look_at = now + LOOK;
        if self.seen.replace(inputs) != Some(inputs) {
            self.look_at = now + BOUNCE;
            let since = *self.moving_since.get_or_insert(now);
            if now.saturating_duration_since(since) >= UNSTEADY {
                self.contacts = Some(AuxiliariesFault::Unsteady);
            }
            return;
        }
        self.moving_since = None;
        self.heard = true;
        let maintenance = inputs & SWITCH_MAINTENANCE != 0;
        let supervisor = inputs & SWITCH_SUPERVISOR != 0;
        self.contacts = (maintenance && supervisor).then_some(AuxiliariesFault::Switch);
        let sensors = Sensors {
            cabinet_open: inputs & DOOR_LOOP == 0,
            tampered: inputs & TAMPER_LOOP == 0,
            switch: match (maintenance, supervisor) {
                (true, false) => OperatorSwitch::Maintenance,
                (false, true) => OperatorSwitch::Supervisor,
                (false, false) | (true, true) => OperatorSwitch::Run,
            },
            headset: inputs & HEADSET != 0,
        };
        if self.sensors.replace(sensors) != Some(sensors) {
            self.tell(AuxiliariesEvent::Sensed(sensors));
        }
    }

    fn begin_anew(&mut self, now: Instant) {
        self.inbox.clear();
        self.talk = Talk::new(now);
        self.confirmed = None;
        self.seen = None;
        self.moving_since = None;
        self.heard = false;
        self.look_at = now;
    }

    fn tell(&mut self, event: AuxiliariesEvent) {
        self.outputs.push_back(Output::Tell(event));
    }

    fn tell_status(&mut self) {
        let ready = self.confirmed.is_some() && self.heard;
        let (state, fault) = match self.talk.fault() {
            _ if !self.connected => (DeviceState::Absent, Some(AuxiliariesFault::Offline)),
            Some(fault) => (DeviceState::Faulted, Some(fault)),
            None if ready => (DeviceState::Ready, self.contacts),
            None => (DeviceState::Starting, None),
        };
        let status = AuxiliariesStatus { state, fault };
        if status != self.told {
            self.told = status;
            self.tell(AuxiliariesEvent::Status(status));
        }
    }
}

impl Driver for ModbusModule {
    type Order = AuxiliariesOrder;
    type Event = AuxiliariesEvent;

    fn handle(&mut self, input: Input<AuxiliariesOrder>, now: Instant) {
        match input {
            Input::Order(AuxiliariesOrder::Shine(lights)) => self.flashing.shine(lights, now),
            Input::Wire(bytes) => self.hear(&bytes, now),
            Input::Connected => {
                self.begin_anew(now);
                self.connected = true;
            }
            Input::HungUp => {
                self.begin_anew(now);
                self.connected = false;
            }
        }
        self.go_on(now);
    }

    fn handle_timeout(&mut self, now: Instant) {
        self.answer_overdue(now);
        self.go_on(now);
    }

    fn poll_output(&mut self) -> Option<Output<AuxiliariesEvent>> {
        self.outputs.pop_front()
    }

    fn poll_timeout(&self) -> Option<Instant> {
        self.connected.then(|| self.due())
    }
}
