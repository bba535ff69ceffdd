//! The power supply: the mains fail and come back.

use std::time::{Duration, Instant};

use bench::{
    power_supply::{Mood as TwinMood, NAME, PowerSupply},
    socket::Called,
};
use devices::power_supply::{PowerSupplyEvent, PowerSupplyStatus, Source};
use drivers::auxiliaries::nut::{NutClient, UpsName};

use crate::{
    line::{Bench, Device, Line},
    mood::Mood,
    suite::{Subject, Told, Wired},
};

const PATIENCE: Duration = Duration::from_secs(20);

impl Device for PowerSupply {
    fn hangs_up(&mut self) -> bool {
        Called::hangs_up(self)
    }

    fn hung_up(&mut self) {
        Called::hung_up(self);
    }
}

pub(crate) struct Supply {
    bench: Bench<NutClient, PowerSupply>,
    /// What else is the matter with the battery.
    flag: &'static str,
}

fn is_on_battery(event: &PowerSupplyEvent) -> bool {
    let PowerSupplyEvent::Status(PowerSupplyStatus { power, .. }) = event;
    power.is_some_and(|it| it.source == Source::Battery)
}

impl Subject for Supply {
    const DRIVER: &'static str = "power supply";
    const JUDGE: &'static str = "nut";
    const UNITS: u32 = 1;

    fn open() -> Self {
        let driver = NutClient::new(UpsName::parse(NAME).unwrap(), Instant::now());
        let mut bench = Bench::connected(driver, PowerSupply::default());
        bench.pass(PATIENCE);
        Self { bench, flag: "" }
    }

    fn expected(mood: Mood) -> Option<&'static str> {
        match mood {
            Mood::Well | Mood::Slow | Mood::NearEnd => Some("Done"),
            Mood::UsedUp => Some("Done, UPS-09"),
            Mood::Dead => Some("NotDone UPS-02"),
            Mood::Lying => Some("NotDone UPS-06"),
            Mood::Unplugged => Some("NotDone UPS-01"),
            Mood::Garbage => Some("NotDone UPS-03"),
            Mood::CoverOpen | Mood::Jammed => None,
        }
    }

    fn fall_into(&mut self, mood: Mood) {
        match mood {
            Mood::Slow => self.bench.twin.set_mood(TwinMood::Slow),
            Mood::NearEnd => self.flag = " LB",
            Mood::UsedUp => self.flag = " RB",
            Mood::Dead => self.bench.twin.set_mood(TwinMood::Mute),
            Mood::Lying => self.bench.twin.set_mood(TwinMood::Stale),
            Mood::Garbage => self.bench.line = Line::Noisy,
            Mood::Unplugged => self.bench.pulled_after = Some(40),
            _ => {}
        }
    }

    fn recover(&mut self) {
        self.flag = "";
        self.bench.twin.set_status("OL", 100);
        self.bench.twin.set_mood(TwinMood::Well);
        self.bench.mend();
        self.bench.pass(PATIENCE);
    }

    fn deed(&mut self) -> Told {
        self.bench.forget();
        let flag = self.flag;
        self.bench.twin.set_status(&format!("OB{flag}"), 100);
        let failed = self.bench.until(PATIENCE, is_on_battery);
        self.bench.twin.set_status(&format!("OL{flag}"), 100);
        self.bench.pass(PATIENCE);
        match (failed, self.trouble()) {
            (Some(_), _) => Told::Done { units: 1 },
            (None, Some(why)) => Told::NotDone { units: 0, why },
            (None, None) => Told::CalledOff,
        }
    }

    /// What counts is what was told of it.
    fn books(&self) -> u32 {
        u32::try_from(self.ends()).unwrap()
    }

    fn ends(&self) -> usize {
        self.bench
            .told
            .iter()
            .filter(|it| is_on_battery(it))
            .count()
    }

    fn trouble(&self) -> Option<String> {
        let PowerSupplyEvent::Status(status) = self.bench.told.last()?;
        Some(status.fault?.code().to_owned())
    }
}

impl Wired for Supply {
    fn storm(&mut self, seed: u64) {
        self.bench.storm(seed);
    }

    fn calm(&mut self) {
        self.bench.mend();
        self.bench.pass(PATIENCE);
        // What of the storm was still under way may have made it break the line off, which
        // is opened anew then.
        self.bench.mend();
        self.bench.pass(PATIENCE);
    }
}
