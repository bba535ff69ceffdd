//! The rows of lights and sensors, and of the power supply.

use devices::power_supply::Source;

use super::{
    Maintenance,
    fittings::Slot,
    view::{Mark, Row},
};

impl Maintenance {
    pub(super) fn cabinet_row(&self) -> Row {
        let row = self.device_row(Slot::Auxiliaries);
        let Some(sensors) = self.fittings.sensors().filter(|_| row.mark == Mark::Good) else {
            return row;
        };
        let name = row.name.clone();
        if sensors.tampered {
            Row::fact(name, self.say("충격 감지됨", "Tampered with"))
                .marked(Mark::Bad)
                .noted(self.say(
                    "기기와 주변을 살펴보고, 감지기를 되돌리세요. 그동안 아무도 받지 않아요.",
                    "Look it over and reset the sensor. Nobody is served meanwhile.",
                ))
        } else if sensors.cabinet_open {
            Row::fact(name, self.say("문 열림", "Door open"))
                .marked(Mark::Warning)
                .noted(self.say(
                    "닫으면 다시 열려요. 그동안 아무도 받지 않아요.",
                    "It serves again once it is shut; nobody is served meanwhile.",
                ))
        } else {
            row
        }
    }

    pub(super) fn power_row(&self) -> Row {
        let row = self.device_row(Slot::PowerSupply);
        let Some(power) = self.fittings.power().filter(|_| row.mark == Mark::Good) else {
            return row;
        };
        let source = match power.source {
            Source::Mains => self.say("상시 전원", "Mains"),
            Source::Battery => self.say("배터리", "Battery"),
            Source::Unprotected => self.say("보호 없음", "Unprotected"),
        };
        let charge = power.charge.map(|it| format!(" · {it}%"));
        Row::fact(row.name, source + &charge.unwrap_or_default()).marked(Mark::Good)
    }
}
