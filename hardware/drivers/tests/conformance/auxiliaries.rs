//! The module with lights and contacts: somebody opens the cabinet's door and shuts it.

use std::time::{Duration, Instant};

use bench::io_module::{IoModule, Mood as TwinMood};
use devices::{
    auxiliaries::{AuxiliariesEvent, AuxiliariesOrder},
    lights::{FlashRate, Light, Lights},
};
use drivers::auxiliaries::modbus::{ModbusModule, ModbusSettings};

use crate::{
    line::{Bench, Device, Line},
    mood::Mood,
    suite::{Subject, Told, Wired},
};

const PATIENCE: Duration = Duration::from_secs(6);

impl Device for IoModule {}

pub(crate) struct Cabinet(Bench<ModbusModule, IoModule>);

fn is_opening(event: &AuxiliariesEvent) -> bool {
    matches!(event, AuxiliariesEvent::Sensed(sensors) if sensors.cabinet_open)
}

impl Subject for Cabinet {
    const DRIVER: &'static str = "auxiliaries";
    const JUDGE: &'static str = "pymodbus";
    const UNITS: u32 = 1;

    fn open() -> Self {
        let driver = ModbusModule::new(ModbusSettings::default(), Instant::now());
        let mut bench = Bench::connected(driver, IoModule::default());
        // A lamp flashes all the while: what is said of it goes over the same line.
        let lights = Lights::default().with(Light::CardReader, FlashRate::Quick);
        bench.order(AuxiliariesOrder::Shine(lights));
        bench.pass(PATIENCE);
        Self(bench)
    }

    fn expected(mood: Mood) -> Option<&'static str> {
        match mood {
            Mood::Well | Mood::Slow => Some("Done"),
            Mood::Dead => Some("NotDone AUX-02"),
            Mood::Lying => Some("NotDone AUX-05"),
            Mood::Unplugged => Some("NotDone AUX-01"),
            Mood::Garbage => Some("NotDone AUX-03"),
            Mood::NearEnd | Mood::UsedUp | Mood::CoverOpen | Mood::Jammed => None,
        }
    }

    fn fall_into(&mut self, mood: Mood) {
        match mood {
            Mood::Slow => self.0.twin.set_mood(TwinMood::Slow),
            Mood::Dead => self.0.twin.set_mood(TwinMood::Dead),
            Mood::Lying => self.0.twin.set_mood(TwinMood::Chattering),
            Mood::Garbage => self.0.line = Line::Noisy,
            Mood::Unplugged => self.0.pulled_after = Some(4),
            _ => {}
        }
    }

    fn recover(&mut self) {
        self.0.twin.set_mood(TwinMood::Well);
        self.0.mend();
        self.0.pass(PATIENCE);
    }

    fn deed(&mut self) -> Told {
        self.0.forget();
        self.0.twin.open_cabinet(true);
        let opened = self.0.until(PATIENCE, is_opening);
        self.0.twin.open_cabinet(false);
        self.0.pass(PATIENCE);
        match (opened, self.trouble()) {
            (Some(_), _) => Told::Done { units: 1 },
            (None, Some(why)) => Told::NotDone { units: 0, why },
            (None, None) => Told::CalledOff,
        }
    }

    /// A door keeps no books: what counts is what was seen of it.
    fn books(&self) -> u32 {
        u32::try_from(self.ends()).unwrap()
    }

    fn ends(&self) -> usize {
        self.0.told.iter().filter(|it| is_opening(it)).count()
    }

    fn trouble(&self) -> Option<String> {
        let status = self.0.told.iter().rev().find_map(|event| match event {
            AuxiliariesEvent::Status(status) => Some(*status),
            AuxiliariesEvent::Sensed(_) => None,
        });
        Some(status?.fault?.code())
    }
}

impl Wired for Cabinet {
    fn storm(&mut self, seed: u64) {
        self.0.storm(seed);
    }

    fn calm(&mut self) {
        self.0.mend();
        self.0.pass(PATIENCE);
    }
}
