//! Military service.

use serde::Serialize;

use super::last_day;
use crate::{Bilingual, Date, Person, Sex, World};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Military {
    /// Service number (군번), once somebody has served.
    pub number: Option<String>,
    pub examined: Date,
    /// 1 to 6.
    pub grade: u8,
    pub disposition: Disposition,
    pub branch: Option<Bilingual>,
    pub rank: Option<Bilingual>,
    pub specialty: Option<Bilingual>,
    pub enlisted: Option<Date>,
    pub discharged: Option<Date>,
    pub discharge_reason: Option<Bilingual>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Disposition {
    /// Active duty (현역).
    Active,
    /// Social service (보충역).
    Supplementary,
    /// Wartime labor (전시근로역).
    WartimeLabor,
    Exempt,
}

impl Disposition {
    pub fn name(self) -> Bilingual {
        match self {
            Self::Active => Bilingual::of("현역", "Active duty"),
            Self::Supplementary => Bilingual::of("보충역", "Supplementary service"),
            Self::WartimeLabor => Bilingual::of("전시근로역", "Wartime labor service"),
            Self::Exempt => Bilingual::of("병역면제", "Exempt"),
        }
    }

    fn of(grade: u8) -> Self {
        match grade {
            ..=3 => Self::Active,
            4 => Self::Supplementary,
            5 => Self::WartimeLabor,
            _ => Self::Exempt,
        }
    }
}

const BRANCHES: [((&str, &str), i32); 4] = [
    (("육군", "Army"), 18),
    (("육군", "Army"), 18),
    (("해군", "Navy"), 20),
    (("공군", "Air force"), 21),
];

const SPECIALTIES: [(&str, &str); 4] = [
    ("소총수", "Rifleman"),
    ("수송운용", "Transport"),
    ("통신운용", "Signals"),
    ("취사", "Cook"),
];

impl World {
    /// Of a man of the Republic who has been examined.
    pub fn military(&self, person: &Person) -> Option<Military> {
        let mut draw = self.dice("military", person.id.0);
        let last = last_day(person, self.today());
        let examined = Date::of(person.born.year() + 19, 2, 5).plus_days(draw.between(0, 280));
        let liable = person.sex == Sex::Male
            && !person.is_foreign()
            && person.naturalized.is_none()
            && person.born.year() >= 1938;
        if !liable || examined > last {
            return None;
        }
        let grade = match draw.below(100) {
            0..34 => 1,
            34..62 => 2,
            62..82 => 3,
            82..93 => 4,
            93..97 => 5,
            _ => 6,
        };
        let disposition = Disposition::of(grade);
        let (branch, months) = *draw.pick(&BRANCHES);
        let months = if person.born.year() < 1_985 {
            months + 8
        } else {
            months
        };
        let enlisted = examined.plus_days(draw.between(200, 1_200));
        let serves = disposition == Disposition::Active && enlisted <= last;
        let discharged = enlisted.plus_months(months);
        let done = serves && discharged <= last;
        let rank = if done {
            ("병장", "Sergeant")
        } else {
            ("일병", "Private first class")
        };
        let specialty = Bilingual::from(draw.pick(&SPECIALTIES));
        let number = format!(
            "{:02}-7{:07}",
            enlisted.year() % 100,
            person.id.0 * 7 + 1_000_003
        );
        Some(Military {
            number: serves.then_some(number),
            examined,
            grade,
            disposition,
            branch: serves.then(|| branch.into()),
            rank: serves.then(|| rank.into()),
            specialty: serves.then_some(specialty),
            enlisted: serves.then_some(enlisted),
            discharged: done.then_some(discharged),
            discharge_reason: done.then(|| Bilingual::of("만기전역", "End of term")),
        })
    }
}
