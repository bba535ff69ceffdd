//! The lights class: a guide light beside each slot.

use std::collections::VecDeque;

use devices::{
    DeviceState,
    auxiliaries::{AuxiliariesEvent, AuxiliariesOrder},
    lights::{FlashRate, Light, Lights},
};
use fitting::DeviceEvent;
use serde_json::{Map, Value, json};

use crate::{
    completion::{Completion, CompletionCode, Stop},
    device_class::{DeviceClass, DeviceOrder, Effect, not_ready, object},
    envelope::Payload,
    interface::{Interface, LIGHTS},
};

/// Where a lamp is, beside a slot that has one alone.
const POSITION: &str = "default";

#[derive(Default)]
pub(crate) struct GuideLights {
    state: DeviceState,
    shining: Lights,
    effects: VecDeque<Effect>,
}

impl DeviceClass for GuideLights {
    fn interface(&self) -> &'static Interface {
        &LIGHTS
    }

    fn state(&self) -> DeviceState {
        self.state
    }

    fn status(&self) -> (&'static str, Map<String, Value>) {
        let lights = Light::ALL.into_iter().map(|light| {
            let rate = rate_name(self.shining.rate(light));
            let position = json!({ POSITION: { "flashRate": rate } });
            (name(light).to_owned(), position)
        });
        ("lights", lights.collect())
    }

    fn capabilities(&self) -> Map<String, Value> {
        let rates = json!({
            "off": true, "slow": true, "medium": true, "quick": true, "continuous": true,
        });
        let lights = Light::ALL.into_iter().map(|light| {
            let position = json!({ POSITION: { "flashRate": rates } });
            (name(light).to_owned(), position)
        });
        let lights: Map<String, Value> = lights.collect();
        object([(
            "lights",
            json!({ "individualFlashRates": true, "lights": lights }),
        )])
    }

    fn begin(&mut self, _command: &str, payload: &Payload) {
        let completion = match not_ready(self.state) {
            Some(completion) => completion,
            None => match set(self.shining, payload) {
                Err(completion) => completion,
                Ok(shining) => {
                    self.shining = shining;
                    self.shine();
                    Completion::of(CompletionCode::Success)
                }
            },
        };
        self.effects.push_back(Effect::Done(completion));
    }

    fn waits_for_a_person(&self) -> bool {
        false
    }

    /// It is done at once.
    fn stop(&mut self, _why: Stop) {}

    fn give_up(&mut self) {}

    fn told(&mut self, event: &DeviceEvent) {
        if let DeviceEvent::Auxiliaries(AuxiliariesEvent::Status(status)) = event {
            self.state = status.state;
        }
    }

    fn poll_effect(&mut self) -> Option<Effect> {
        self.effects.pop_front()
    }
}

impl GuideLights {
    fn shine(&mut self) {
        let order = AuxiliariesOrder::Shine(self.shining);
        let order = Effect::Order(DeviceOrder::Auxiliaries(order));
        self.effects.push_back(order);
    }
}

/// The lights as a `Lights.SetLight` wants them: what it does not name stays as it is.
fn set(mut shining: Lights, payload: &Payload) -> Result<Lights, Completion> {
    let named = payload.0.iter().filter(|(_, it)| !it.is_null());
    for (light, positions) in named {
        // Old clients say here how long they wait.
        if light == "timeout" {
            continue;
        }
        let light = Light::ALL.into_iter().find(|it| name(*it) == light);
        let (Some(light), Value::Object(positions)) = (light, positions) else {
            return Err(Completion::error("invalidLight"));
        };
        for (position, wanted) in positions {
            let rate = wanted.get("flashRate").and_then(Value::as_str);
            let rate = rate.and_then(rate_of);
            let other = |name| wanted.get(name).is_some_and(|it| !it.is_null());
            if position != POSITION || other("color") || other("direction") {
                return Err(Completion::error("invalidLight"));
            }
            let rate = rate.ok_or_else(|| Completion::of(CompletionCode::InvalidData))?;
            shining = shining.with(light, rate);
        }
    }
    Ok(shining)
}

fn name(light: Light) -> &'static str {
    match light {
        Light::CardReader => "cardReader",
        Light::ReceiptPrinter => "receiptPrinter",
        Light::DocumentPrinter => "documentPrinter",
        Light::Scanner => "scanner",
        Light::Cash => "billAcceptor",
    }
}

const RATES: [FlashRate; 5] = [
    FlashRate::Off,
    FlashRate::Slow,
    FlashRate::Medium,
    FlashRate::Quick,
    FlashRate::Continuous,
];

fn rate_name(rate: FlashRate) -> &'static str {
    match rate {
        FlashRate::Off => "off",
        FlashRate::Slow => "slow",
        FlashRate::Medium => "medium",
        FlashRate::Quick => "quick",
        FlashRate::Continuous => "continuous",
    }
}

fn rate_of(name: &str) -> Option<FlashRate> {
    RATES.into_iter().find(|it| rate_name(*it) == name)
}
