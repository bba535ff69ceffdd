//! The auxiliaries class: what a cabinet's contacts say, and the power supply. It is watched and
//! takes no commands.

use devices::{
    DeviceState,
    auxiliaries::{AuxiliariesEvent, OperatorSwitch, Sensors},
    power_supply::{Power, PowerSupplyEvent, PowerSupplyStatus, Source},
};
use fitting::DeviceEvent;
use serde_json::{Map, Value, json};

use crate::{
    completion::Stop,
    device_class::{DeviceClass, Effect, object},
    envelope::Payload,
    interface::{AUXILIARIES, Interface},
};

/// Of two devices, of which a station may lack either.
pub(crate) struct Auxiliaries {
    module: Option<DeviceState>,
    sensors: Option<Sensors>,
    supply: Option<PowerSupplyStatus>,
}

impl Auxiliaries {
    pub(crate) fn new(module: bool, supply: bool) -> Self {
        Self {
            module: module.then(DeviceState::default),
            sensors: None,
            supply: supply.then(PowerSupplyStatus::default),
        }
    }
}

impl DeviceClass for Auxiliaries {
    fn interface(&self) -> &'static Interface {
        &AUXILIARIES
    }

    /// The contacts' module; where there is none, the power supply.
    fn state(&self) -> DeviceState {
        let supply = self.supply.map(|it| it.state);
        self.module.or(supply).unwrap_or_default()
    }

    fn status(&self) -> (&'static str, Map<String, Value>) {
        let mut status = self.sensors.map(sensed).unwrap_or_default();
        if let Some(power) = self.supply.and_then(|it| it.power) {
            status.insert("UPS".to_owned(), ups(power));
        }
        ("auxiliaries", status)
    }

    fn capabilities(&self) -> Map<String, Value> {
        let mut auxiliaries = Map::new();
        if self.module.is_some() {
            auxiliaries = object([
                (
                    "operatorSwitch",
                    json!({ "run": true, "maintenance": true, "supervisor": true }),
                ),
                ("tamperSensor", true.into()),
                ("cabinetDoor", json!({ "closed": true, "open": true })),
                ("enhancedAudioSensor", json!({ "manual": true })),
            ]);
        }
        if self.supply.is_some() {
            let ups = json!({ "low": true, "engaged": false, "powering": true });
            auxiliaries.insert("ups".to_owned(), ups);
        }
        object([("auxiliaries", auxiliaries.into())])
    }

    fn begin(&mut self, _command: &str, _payload: &Payload) {}

    fn waits_for_a_person(&self) -> bool {
        false
    }

    fn stop(&mut self, _why: Stop) {}

    fn give_up(&mut self) {}

    fn told(&mut self, event: &DeviceEvent) {
        if let DeviceEvent::Auxiliaries(event) = event {
            match event {
                AuxiliariesEvent::Sensed(sensors) => self.sensors = Some(*sensors),
                AuxiliariesEvent::Status(status) => self.module = Some(status.state),
            }
        }
        if let DeviceEvent::PowerSupply(PowerSupplyEvent::Status(status)) = event {
            self.supply = Some(*status);
        }
    }

    fn poll_effect(&mut self) -> Option<Effect> {
        None
    }
}

fn sensed(sensors: Sensors) -> Map<String, Value> {
    let switch = match sensors.switch {
        OperatorSwitch::Run => "run",
        OperatorSwitch::Maintenance => "maintenance",
        OperatorSwitch::Supervisor => "supervisor",
    };
    let one_of = |is: bool, yes: &'static str, no: &'static str| if is { yes } else { no }.into();
    object([
        ("operatorSwitch", switch.into()),
        ("tamperSensor", one_of(sensors.tampered, "on", "off")),
        (
            "enhancedAudioSensor",
            one_of(sensors.headset, "present", "notPresent"),
        ),
        (
            "cabinetDoor",
            one_of(sensors.cabinet_open, "open", "closed"),
        ),
    ])
}

fn ups(power: Power) -> Value {
    json!({ "low": power.battery_low, "powering": power.source == Source::Battery })
}
