//! What hangs in the cabinet besides devices: lights and contacts, and the power supply.

use std::path::PathBuf;

use drivers::auxiliaries::{modbus::ModbusSettings, nut::UpsName};
use serde::{Deserialize, Deserializer, de};

/// A module on a Modbus serial line (RTU), with lights on its coils and contacts on its inputs.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuxiliariesSettings {
    /// Such as a name below `/dev/serial/by-path`.
    pub line: PathBuf,
    pub baud: u32,
    /// The module's address on its line.
    #[serde(deserialize_with = "unit")]
    pub unit: u8,
    /// The coil of the first light, and the input of the door, as the module counts from 0.
    #[serde(default)]
    pub first_coil: u16,
    #[serde(default)]
    pub first_input: u16,
}

impl AuxiliariesSettings {
    pub(crate) fn wiring(&self) -> ModbusSettings {
        ModbusSettings {
            unit: self.unit,
            first_coil: self.first_coil,
            first_input: self.first_input,
        }
    }
}

/// A power supply behind a server of Network UPS Tools.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PowerSupplySettings {
    /// Host and port, such as `127.0.0.1:3493`.
    pub address: String,
    /// As its `ups.conf` calls it.
    #[serde(deserialize_with = "ups_name")]
    pub ups: UpsName,
}

/// MODBUS over Serial Line V1.02, chapter 2.2: 0 is everybody, above 247 is reserved.
fn unit<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u8, D::Error> {
    let unit = u8::deserialize(deserializer)?;
    if (1..=247).contains(&unit) {
        Ok(unit)
    } else {
        Err(de::Error::custom("a module's address is 1 to 247"))
    }
}

fn ups_name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<UpsName, D::Error> {
    let name = String::deserialize(deserializer)?;
    UpsName::parse(&name).map_err(de::Error::custom)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn what_no_line_or_server_can_have_is_refused_in_the_settings() {
        let module = |unit: u16| {
            let text = format!("line = \"/dev/module\"\nbaud = 19200\nunit = {unit}");
            toml::from_str::<AuxiliariesSettings>(&text).map(|it| it.wiring())
        };
        assert_eq!(module(1).unwrap(), ModbusSettings::default());
        for unit in [0, 248, 300] {
            assert!(module(unit).is_err(), "{unit}");
        }
        let supply = |ups: &str| {
            let text = format!("address = \"127.0.0.1:3493\"\nups = {ups:?}");
            toml::from_str::<PowerSupplySettings>(&text)
        };
        assert!(supply("kiosk").is_ok());
        assert!(supply("kiosk\nLOGOUT").is_err());
    }
}
