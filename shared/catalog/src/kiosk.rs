//! Where kiosks stand, and which one is near.

use std::cmp::Ordering;

use request::{LocalTime, StationId};
use serde::Deserialize;

use crate::{Bilingual, Catalog, Day, Hours, TimeOfDay, Window};

/// One row of `kiosks.toml`: what everybody may know of a kiosk, in the terms of the
/// public interface (행정안전부_무인민원발급기정보 조회서비스).
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kiosk {
    pub station: StationId,
    pub name: Bilingual,
    /// Who keeps it.
    pub agency: String,
    /// Of the province or city, two digits of the legal-district code.
    pub province: String,
    pub address: Bilingual,
    /// Where it stands at the address, such as the lobby.
    pub place: Bilingual,
    #[serde(default)]
    pub detail: String,
    pub weekdays: OpenFor,
    /// On Saturdays, Sundays and public holidays; none when it rests on them.
    pub holidays: Option<OpenFor>,
    #[serde(default)]
    pub note: String,
    /// Without it nobody is sent here from another kiosk.
    pub position: Option<Position>,
}

/// A part of every such day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenFor {
    pub from: TimeOfDay,
    pub to: TimeOfDay,
}

/// In degrees (WGS 84).
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Position {
    pub latitude: f64,
    pub longitude: f64,
}

/// The file of all of them.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Kiosks {
    #[serde(rename = "kiosk", default)]
    pub(crate) all: Vec<Kiosk>,
}

impl Position {
    /// Across level ground, in metres; good to a percent within a province.
    fn metres_to(self, other: Self) -> f64 {
        const METRES_A_DEGREE: f64 = 111_195.0;
        let middle = f64::midpoint(self.latitude, other.latitude).to_radians();
        let north = (other.latitude - self.latitude) * METRES_A_DEGREE;
        let east = (other.longitude - self.longitude) * METRES_A_DEGREE * middle.cos();
        north.hypot(east)
    }
}

impl Kiosk {
    pub fn hours(&self) -> Hours {
        let week = [
            Day::Monday,
            Day::Tuesday,
            Day::Wednesday,
            Day::Thursday,
            Day::Friday,
        ];
        let rest = [Day::Saturday, Day::Sunday, Day::Holiday];
        let window = |days: &[Day], open: OpenFor| Window {
            days: days.to_vec(),
            from: open.from,
            to: open.to,
        };
        let mut windows = vec![window(&week, self.weekdays)];
        windows.extend(self.holidays.map(|it| window(&rest, it)));
        Hours { windows }
    }
}

impl Catalog {
    /// Where kiosks stand, in the order of the file.
    pub fn kiosks(&self) -> impl Iterator<Item = &Kiosk> {
        self.kiosks.iter()
    }

    pub fn kiosk(&self, station: &StationId) -> Option<&Kiosk> {
        self.kiosks().find(|it| it.station == *station)
    }

    /// The nearest other kiosk that is open at a moment, and how far away it is, in metres.
    pub fn nearest_kiosk(&self, from: &StationId, now: LocalTime) -> Option<(&Kiosk, u32)> {
        let here = self.kiosk(from)?.position?;
        let open = self.kiosks().filter(|it| it.station != *from);
        let open = open.filter(|it| it.hours().open_at(self.calendar(), now));
        let away = open.filter_map(|it| Some((it, here.metres_to(it.position?))));
        let nearest =
            away.min_by(|(_, one), (_, other)| one.partial_cmp(other).unwrap_or(Ordering::Equal));
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a distance on earth, saturating"
        )]
        nearest.map(|(kiosk, metres)| (kiosk, metres.round() as u32))
    }
}
