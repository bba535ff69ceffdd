//! What stands in a kiosk's cabinet besides its devices: lights, contacts, the power supply.

use std::time::Instant;

use ::devices::{
    auxiliaries::{AuxiliariesEvent, AuxiliariesOrder},
    lights::{FlashRate, Light, Lights},
    power_supply::{PowerSupplyEvent, PowerSupplyOrder},
};
use drivers::auxiliaries::{
    modbus::{ModbusModule, ModbusSettings},
    nut::{NutClient, UpsName},
};

use crate::line::play;

/// A payload is function and data; unit and sum are put around it.
pub(crate) fn auxiliaries(script: &[u8]) -> bool {
    let settings = ModbusSettings::default();
    let module = ModbusModule::new(settings, Instant::now());
    let frame = |_: &[u8], payload: &[u8]| {
        let mut frame = [&[settings.unit], payload].concat();
        let sum = crc(&frame);
        frame.extend(sum.to_le_bytes());
        frame
    };
    let orders = |order| {
        let rate = match order % 4 {
            0 => FlashRate::Quick,
            1 => FlashRate::Slow,
            2 => FlashRate::Continuous,
            _ => FlashRate::Off,
        };
        AuxiliariesOrder::Shine(Lights::default().with(Light::Cash, rate))
    };
    play(
        module,
        script,
        frame,
        orders,
        |event| matches!(event, AuxiliariesEvent::Sensed(sensors) if sensors.cabinet_open),
    )
}

/// As MODBUS over Serial Line has it.
fn crc(bytes: &[u8]) -> u16 {
    let mut sum = 0xffff_u16;
    for byte in bytes {
        sum ^= u16::from(*byte);
        for _ in 0..8 {
            sum = (sum >> 1) ^ (0xa001 * (sum & 1));
        }
    }
    sum
}

pub(crate) fn power_supply(script: &[u8]) -> bool {
    let Ok(name) = UpsName::parse("kiosk") else {
        return false;
    };
    let client = NutClient::new(name, Instant::now());
    let line = |_: &[u8], payload: &[u8]| [b"VAR kiosk ", payload, b"\n"].concat();
    let orders = |_| PowerSupplyOrder::Look;
    play(client, script, line, orders, |event| {
        let PowerSupplyEvent::Status(status) = event;
        status.power.is_some_and(|it| it.is_ending())
    })
}
