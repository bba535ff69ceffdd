//! Membership of the national pension.

use serde::Serialize;

use super::last_day;
use crate::{Bilingual, CompanyId, Date, Person, World};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PensionPeriod {
    pub kind: PensionKind,
    pub workplace: Option<CompanyId>,
    pub from: Date,
    /// The last day; `None` while it lasts.
    pub until: Option<Date>,
    /// Whole months that count.
    pub months: u32,
    pub monthly_base_won: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PensionKind {
    Workplace,
    Regional,
    /// Registered, but excused from paying.
    Exempt,
}

impl PensionKind {
    pub fn name(self) -> Bilingual {
        match self {
            Self::Workplace => Bilingual::of("사업장가입자", "Insured at the workplace"),
            Self::Regional => Bilingual::of("지역가입자", "Individually insured"),
            Self::Exempt => Bilingual::of("납부예외", "Excused from paying"),
        }
    }
}

/// The pension began for everybody in cities.
const SINCE: Date = Date(10_682);
/// Nobody is insured from this age on.
const ENDS_AT: i32 = 60;
/// A gap is worth a period when it is so long.
const GAP_DAYS: i32 = 60;
/// The base is between these two (2026).
const BASE_WON: (u64, u64) = (400_000, 6_370_000);

impl World {
    /// Oldest first; none of who never worked.
    pub fn pension(&self, person: &Person) -> Vec<PensionPeriod> {
        let mut draw = self.dice("pension", person.id.0);
        let last = person
            .born
            .plus_years(ENDS_AT)
            .min(last_day(person, self.today()));
        let mut found: Vec<PensionPeriod> = Vec::new();
        let mut ended: Option<Date> = None;
        for job in self.career(person) {
            let from = job.from.max(SINCE);
            let until = job.until.unwrap_or(last).min(last);
            if from > until {
                continue;
            }
            if let Some(ended) = ended.filter(|it| it.plus_days(GAP_DAYS) < from) {
                let gap = (ended.plus_days(1), from.plus_days(-1));
                let kind = if draw.in_thousand(400) {
                    PensionKind::Regional
                } else {
                    PensionKind::Exempt
                };
                found.push(self.period(kind, gap, 1_000_000));
            }
            found.push(PensionPeriod {
                workplace: Some(job.company),
                ..self.period(PensionKind::Workplace, (from, until), job.monthly_won)
            });
            ended = Some(until);
        }
        found
    }

    fn period(&self, kind: PensionKind, days: (Date, Date), won: u64) -> PensionPeriod {
        let (from, until) = days;
        let months = from.months_until(until.plus_days(1)).max(1);
        let exempt = kind == PensionKind::Exempt;
        PensionPeriod {
            kind,
            workplace: None,
            from,
            until: (until < self.today()).then_some(until),
            months: if exempt { 0 } else { months.unsigned_abs() },
            monthly_base_won: if exempt {
                0
            } else {
                won.clamp(BASE_WON.0, BASE_WON.1) / 1_000 * 1_000
            },
        }
    }
}
