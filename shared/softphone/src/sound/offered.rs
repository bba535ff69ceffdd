//! The devices of this machine that somebody may choose from.

use cpal::traits::{DeviceTrait, HostTrait};

use crate::Device;

/// ALSA's PCMs that stand for a sound server, or for a card with its rates and
/// channels converted. The others are parts of these: a card's bare hardware, its
/// single channels, its mixers.
const WHOLE: [&str; 4] = ["pipewire", "pulse", "plughw:", "jack"];

/// What can be chosen, the system's own choice first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OfferedDevices {
    pub microphones: Vec<OfferedDevice>,
    pub loudspeakers: Vec<OfferedDevice>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferedDevice {
    pub device: Device,
    /// As the system calls it for people; empty for its own choice.
    pub name: String,
}

/// Looks for them; a sound server may take its time. What cannot be asked for its
/// name or form is left out.
pub fn offered_devices() -> OfferedDevices {
    let host = cpal::default_host();
    OfferedDevices {
        microphones: offered(host.input_devices()),
        loudspeakers: offered(host.output_devices()),
    }
}

fn offered(found: Result<impl Iterator<Item = cpal::Device>, cpal::Error>) -> Vec<OfferedDevice> {
    let own = OfferedDevice {
        device: Device::Default,
        name: String::new(),
    };
    let found = found
        .inspect_err(|error| tracing::warn!(%error, "The system does not tell its sound devices"))
        .into_iter()
        .flatten();
    let named = found.filter_map(|device| {
        let id = device.id().ok()?.id().to_owned();
        if !WHOLE.iter().any(|it| id.starts_with(it)) {
            return None;
        }
        let name = device.description().ok()?.name().to_owned();
        Some(OfferedDevice {
            device: Device::Named(id),
            name,
        })
    });
    let mut offered = vec![own];
    for device in named {
        if !offered.contains(&device) {
            offered.push(device);
        }
    }
    offered
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_without_a_card_still_has_a_choice_of_its_own() {
        let offered = offered_devices();

        for devices in [offered.microphones, offered.loudspeakers] {
            assert_eq!(devices[0].device, Device::Default);
            let named = devices.iter().skip(1);
            assert!(named.into_iter().all(|it| it.device != Device::Default));
        }
    }
}
