//! Health insurance: who is covered how, and what they paid.

use serde::Serialize;

use super::last_day;
use crate::{Bilingual, CompanyId, Date, Job, Person, PersonId, World};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HealthCover {
    pub kind: HealthCoverKind,
    /// Of an employee.
    pub workplace: Option<CompanyId>,
    /// Whose dependent.
    pub insured: Option<PersonId>,
    pub from: Date,
    /// The last day; `None` while it lasts.
    pub until: Option<Date>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum HealthCoverKind {
    Employee,
    Dependent,
    Regional,
    MedicalAid,
}

impl HealthCoverKind {
    pub fn name(self) -> Bilingual {
        match self {
            Self::Employee => Bilingual::of("직장가입자", "Employee insured"),
            Self::Dependent => Bilingual::of("직장피부양자", "Dependent of an employee"),
            Self::Regional => Bilingual::of("지역가입자", "Self-employed insured"),
            Self::MedicalAid => Bilingual::of("의료급여", "Medical aid"),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Premium {
    /// 1 to 12.
    pub month: u8,
    pub health_won: u64,
    /// Long-term care.
    pub care_won: u64,
    /// `None`: not yet.
    pub paid: Option<Date>,
}

/// Everybody is covered since then.
const SINCE: Date = Date(7_121);
/// Percent of wages in hundredths: the employee's half (2026).
const EMPLOYEE_RATE: u64 = 360;
/// Long-term care, of the health premium in hundredths of a percent.
const CARE_RATE: u64 = 1_314;

impl World {
    /// Without gaps from birth, arrival or the law's first day, oldest first.
    pub fn health_cover(&self, person: &Person) -> Vec<HealthCover> {
        let entered = person.alien.as_ref().map(|it| it.registered);
        let first = person.born.max(SINCE).max(entered.unwrap_or(SINCE));
        let last = last_day(person, self.today());
        let aided = self.household_of(person).and_then(|it| self.livelihood(it));
        let mut found: Vec<HealthCover> = Vec::new();
        let mut day = first;
        for job in self.career(person) {
            found.extend(self.between_jobs(person, day, job.from.plus_days(-1)));
            let until = job.until.unwrap_or(last);
            found.push(employee(&job));
            day = until.plus_days(1);
        }
        if day <= last {
            found.extend(self.between_jobs(person, day, last));
        }
        if let (Some(aid), Some(cover)) = (aided, found.last_mut()) {
            let outside = cover.kind != HealthCoverKind::Employee && cover.from < aid.since;
            if outside {
                cover.until = Some(aid.since.plus_days(-1));
                found.push(HealthCover {
                    kind: HealthCoverKind::MedicalAid,
                    workplace: None,
                    insured: None,
                    from: aid.since,
                    until: None,
                });
            }
        }
        if let Some(cover) = found.last_mut() {
            cover.until = cover.until.filter(|it| *it < self.today());
        }
        found
    }

    /// A child is covered with a parent, others by themselves.
    fn between_jobs(&self, person: &Person, from: Date, until: Date) -> Vec<HealthCover> {
        let cover = |kind, insured, from, until| HealthCover {
            kind,
            workplace: None,
            insured,
            from,
            until: Some(until),
        };
        if from > until {
            return Vec::new();
        }
        let grown = person.born.plus_years(19);
        let mut parents = [person.father, person.mother].into_iter().flatten();
        let parent = parents.find(|it| {
            let parent = self.person(*it);
            parent.alive_on(grown.min(until)) && !parent.is_foreign()
        });
        match parent.filter(|_| from < grown) {
            None => vec![cover(HealthCoverKind::Regional, None, from, until)],
            Some(parent) if until < grown => {
                vec![cover(HealthCoverKind::Dependent, Some(parent), from, until)]
            }
            Some(parent) => vec![
                cover(
                    HealthCoverKind::Dependent,
                    Some(parent),
                    from,
                    grown.plus_days(-1),
                ),
                cover(HealthCoverKind::Regional, None, grown, until),
            ],
        }
    }

    /// Month by month, as far as the year has gone; nothing for a dependent.
    pub fn health_premiums(&self, person: &Person, year: i32) -> Vec<Premium> {
        let jobs = self.career(person);
        let covers = self.health_cover(person);
        let mut draw = self.dice("premium", person.id.0);
        let regional = draw.amount(21_000, 214_000, 10);
        let late = draw.in_thousand(40);
        let mut found = Vec::new();
        for month in 1..=12 {
            let day = Date::of(year, u32::from(month), 1);
            let due = day.plus_months(1).plus_days(9);
            if due > self.today() || !person.alive_on(day) {
                break;
            }
            let on_day =
                |it: &&HealthCover| it.from <= day && it.until.is_none_or(|until| day <= until);
            let kind = covers.iter().find(on_day).map(|it| it.kind);
            let health_won = match kind {
                Some(HealthCoverKind::Employee) => {
                    let job = jobs.iter().find(|it| it.covers(day));
                    job.map_or(0, |it| it.monthly_won * EMPLOYEE_RATE / 10_000 / 10 * 10)
                }
                Some(HealthCoverKind::Regional) if person.age_on(day) >= 19 => regional,
                Some(
                    HealthCoverKind::Regional
                    | HealthCoverKind::Dependent
                    | HealthCoverKind::MedicalAid,
                )
                | None => 0,
            };
            if health_won == 0 {
                continue;
            }
            let open = late && due.plus_days(40) > self.today();
            found.push(Premium {
                month,
                health_won,
                care_won: health_won * CARE_RATE / 10_000 / 10 * 10,
                paid: (!open).then(|| due.plus_days(-draw.between(0, 4))),
            });
        }
        found
    }
}

fn employee(job: &Job) -> HealthCover {
    HealthCover {
        kind: HealthCoverKind::Employee,
        workplace: Some(job.company),
        insured: None,
        from: job.from,
        until: job.until,
    }
}
