//! Where a kiosk is killed.

use std::fmt;

use kiosk::DeedKind;

use super::line::{kind_name, kind_of};

/// The `number`th deed of a kind, counted from the beginning of a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    pub kind: DeedKind,
    pub number: u32,
    pub moment: Moment,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    Before,
    After,
    /// So many milliseconds after: the device is at it.
    Later(u64),
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Point { kind, number, .. } = self;
        write!(f, "{} {number} ", kind_name(*kind))?;
        match self.moment {
            Moment::Before => f.write_str("before"),
            Moment::After => f.write_str("after"),
            Moment::Later(millis) => write!(f, "{millis}"),
        }
    }
}

impl Point {
    /// What `Display` writes.
    pub fn read(text: &str) -> Option<Self> {
        let mut words = text.split(' ');
        let kind = kind_of(words.next()?)?;
        let number = words.next()?.parse().ok()?;
        let moment = match words.next()? {
            "before" => Moment::Before,
            "after" => Moment::After,
            millis => Moment::Later(millis.parse().ok()?),
        };
        Some(Self {
            kind,
            number,
            moment,
        })
    }

    /// Whether it may be reached when the screen is back at the welcome: a device
    /// is still at it, or the line is.
    pub fn may_come_late(&self) -> bool {
        let of_the_line = matches!(
            self.kind,
            DeedKind::Publication
                | DeedKind::Acknowledgement
                | DeedKind::Lease
                | DeedKind::Checkpoint
        );
        of_the_line || matches!(self.moment, Moment::Later(_))
    }

    /// Every point of a visit that did these deeds: before and after each, and
    /// while a device is at its order.
    pub fn all(deeds: &[(DeedKind, String)]) -> Vec<(Self, String)> {
        let mut points = Vec::new();
        for (place, (kind, name)) in deeds.iter().enumerate() {
            let before = deeds[..=place].iter().filter(|(it, _)| it == kind).count();
            let number = u32::try_from(before).unwrap_or(u32::MAX);
            let moments: &[Moment] = match kind {
                DeedKind::Order => &[
                    Moment::Before,
                    Moment::After,
                    Moment::Later(40),
                    Moment::Later(400),
                    Moment::Later(1_200),
                ],
                DeedKind::Entry | DeedKind::Publication | DeedKind::Lease => {
                    &[Moment::Before, Moment::After]
                }
                // After the one and before the next write lies nothing.
                DeedKind::Counters | DeedKind::Acknowledgement | DeedKind::Checkpoint => {
                    &[Moment::Before]
                }
            };
            for moment in moments {
                let point = Self {
                    kind: *kind,
                    number,
                    moment: *moment,
                };
                points.push((point, name.clone()));
            }
        }
        points
    }
}
