//! What provisioning has written down about a kiosk: the file `kiosk.toml`.

use std::path::{Path, PathBuf};

use catalog::{Bilingual, Hours};
use fitting::{CardReaderSettings, DeviceSettings};
use request::StationId;
use serde::Deserialize;
use softphone::SoundSettings;
use station::SettingsError;
use station::SwitchAddress;

use crate::{
    backlight::Backlight, maintenance::Fitted, panel::Panel, pulse::ApplianceSettings,
    speaking::HeadphoneSettings, technicians::Technician, visit::Site,
};

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    pub station: StationId,
    /// The office the kiosk belongs to.
    pub office: Bilingual,
    /// Where it stands.
    pub place: Bilingual,
    /// Legal-district code prefix of the office (5 digits).
    pub jurisdiction: String,
    /// The call centre's telephone number.
    pub telephone: String,
    /// Whether agents at desks (F1) come to the screen of a citizen who is stuck;
    /// without, such a citizen is told the telephone number alone. Off unless it is
    /// said: a kiosk cannot know whether anybody watches, and a button that leads to
    /// nobody is worse than a number.
    #[serde(default)]
    pub agents_at_screen: bool,
    /// Whether a citizen whose card cannot be read, or who does not know its number, is
    /// offered to be identified by two agents, the second a supervisor, at two desks;
    /// for services that allow it (`two_persons` in the catalogue). Off unless it is
    /// said, for the same reason.
    #[serde(default)]
    pub two_person_check: bool,
    /// Whether the exchange sends text messages to citizens (its `--text-messages`):
    /// then whoever leaves with a claim ticket can be told when to come.
    #[serde(default)]
    pub text_messages: bool,
    /// The kiosk's own hours; none means day and night.
    #[serde(default)]
    pub hours: Hours,
    /// The folder of the service catalogue.
    pub catalog: PathBuf,
    /// The journal's file; its folder must exist.
    pub journal: PathBuf,
    /// The file with the journal's key; none means `station.key` beside the
    /// journal. It is made on the first start.
    #[serde(default)]
    pub journal_key: Option<PathBuf>,
    pub exchange: ExchangeAddress,
    /// The call centre's switch, which lends the handset its telephone.
    #[serde(default)]
    pub switch: Option<SwitchAddress>,
    /// The handset's microphone and earpiece; with it and a switch a citizen speaks with
    /// the agent who helps at the screen, without them both write.
    #[serde(default)]
    pub sound: Option<SoundSettings>,
    /// How the screen hangs. Without it nobody has looked whether its low screen can be
    /// reached from a wheelchair; where it cannot, the kiosk does not start.
    #[serde(default)]
    pub panel: Option<Panel>,
    /// The folder of the light behind the screen, such as one below `/sys/class/backlight`;
    /// with it a technician sets how bright the screen is.
    #[serde(default)]
    pub backlight: Option<Backlight>,
    /// The headphones of the spoken guidance; none means the system's own sound device.
    #[serde(default)]
    pub headphones: HeadphoneSettings,
    pub devices: DeviceSettings,
    /// The folder for what technicians make: a stick's, as a rule. None means `reports`
    /// beside the journal.
    #[serde(default)]
    pub reports: Option<PathBuf>,
    /// On a machine of its own: where its steward hears that the kiosk lives.
    #[serde(default)]
    pub appliance: Option<ApplianceSettings>,
    /// Who may look after the kiosk, as `minwon-kiosk --technician` writes it.
    #[serde(default, rename = "technician")]
    pub technicians: Vec<Technician>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExchangeAddress {
    /// Such as `https://exchange:8443`, without a slash at the end.
    pub url: String,
    /// The folder of the station's certificate: `certificate.pem`, `key.pem` and
    /// the `authority.pem` it trusts.
    pub credentials: PathBuf,
}

impl Settings {
    /// # Errors
    /// When the file cannot be read, a key is unknown, missing or malformed.
    pub fn read(file: &Path) -> Result<Self, SettingsError> {
        station::read_settings(file)
    }

    /// Where the journal's key is, or will be.
    pub fn key_file(&self) -> PathBuf {
        self.journal_key
            .clone()
            .unwrap_or_else(|| self.journal.with_file_name("station.key"))
    }

    /// What a technician finds here.
    pub fn fitted(&self) -> Fitted {
        let devices = &self.devices;
        let chip = |it: &CardReaderSettings| matches!(it, CardReaderSettings::Pcsc { .. });
        Fitted {
            station: self.station.as_str().to_owned(),
            office: self.office.clone(),
            place: self.place.clone(),
            telephone: self.telephone.clone(),
            card_readers: devices.card_readers.iter().map(chip).collect(),
            barcode_reader: devices.barcode_reader.is_some(),
            cash: devices.cash.is_some(),
            payment_terminal: devices.payment_terminal.is_some(),
            auxiliaries: devices.auxiliaries.is_some(),
            power_supply: devices.power_supply.is_some(),
            hoppers: devices
                .cash
                .as_ref()
                .map_or_else(Vec::new, |it| it.hoppers.clone()),
            backlight: self.backlight.is_some(),
            technicians: !self.technicians.is_empty(),
        }
    }

    pub fn site(&self) -> Site {
        Site {
            station: self.station.clone(),
            office: self.office.clone(),
            place: self.place.clone(),
            jurisdiction: self.jurisdiction.clone(),
            telephone: self.telephone.clone(),
            agents_at_screen: self.agents_at_screen,
            two_person_check: self.two_person_check,
            text_messages: self.text_messages,
            handset: self.sound.is_some() && self.switch.is_some(),
            hours: self.hours.clone(),
            cash: self.devices.cash.is_some(),
            card_terminal: self.devices.payment_terminal.is_some(),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::fs;

    use super::*;

    fn example() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("kiosk.example.toml")
    }

    #[test]
    fn the_example_is_what_a_kiosk_reads() {
        let settings = Settings::read(&example()).unwrap();

        assert_eq!(settings.station.as_str(), "gaon-1");
        assert_eq!(settings.devices.card_readers.len(), 2);
        assert!(settings.devices.barcode_reader.is_some());
        let cash = settings.devices.cash.as_ref().unwrap();
        assert_eq!(cash.hoppers.len(), 2);
        assert_eq!(cash.bill_validator, 40);
        let terminal = settings.devices.payment_terminal.as_ref().unwrap();
        assert_eq!(terminal.address, "terminal.example:20007");
        let module = settings.devices.auxiliaries.as_ref().unwrap();
        assert_eq!((module.unit, module.baud), (1, 19_200));
        assert!(settings.devices.power_supply.is_some());
        assert!(settings.site().card_terminal && settings.site().cash);
        assert_eq!(settings.panel.map(Panel::highest_mm), Some(1_176));
        assert!(settings.site().handset);
        assert_eq!(
            settings.site().hours.in_words("ko"),
            "월–금 07:00–22:00, 공휴일 쉼"
        );
    }

    #[test]
    fn what_follows_from_a_hardware_model_is_what_its_kiosk_reads() {
        let text = fs::read_to_string(example()).unwrap();
        let (before, _) = text.split_once("[[devices.card_reader]]").unwrap();
        let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("../images/tests/golden");
        let mut read = 0;

        for model in fs::read_dir(models).unwrap() {
            let file = model.unwrap().path().join("devices.toml");
            let Ok(devices) = fs::read_to_string(&file) else {
                continue;
            };
            let settings: Settings = toml::from_str(&(before.to_owned() + &devices))
                .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            let line = settings.devices.receipt_printer.line;
            assert_eq!(line, Path::new("/dev/minwon/receipt-printer"));
            read += 1;
        }

        assert!(read >= 3, "{read} models of kiosks");
    }

    /// Why the example is refused when it reads differently.
    fn refused(from: &str, to: &str) -> String {
        let text = fs::read_to_string(example()).unwrap();
        assert!(text.contains(from));
        let folder =
            std::env::temp_dir().join(format!("minwon-{}-{}", std::process::id(), to.len()));
        fs::create_dir_all(&folder).unwrap();
        let file = folder.join("kiosk.toml");
        fs::write(&file, text.replace(from, to)).unwrap();

        let refused = Settings::read(&file).unwrap_err();

        fs::remove_dir_all(&folder).unwrap();
        let SettingsError::Parse { source, .. } = refused else {
            panic!("{refused:?}");
        };
        source.to_string()
    }

    #[test]
    fn a_misspelt_key_is_named_with_its_line() {
        let told = refused("telephone", "telefone");

        assert!(told.contains("telefone") && told.contains("line"), "{told}");
    }

    #[test]
    fn a_screen_that_hangs_too_high_is_refused_with_its_line() {
        let told = refused("top_mm = 1400", "top_mm = 1500");

        assert!(
            told.contains("56 mm too high") && told.contains("line"),
            "{told}"
        );
    }
}
