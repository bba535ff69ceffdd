//! Who worked where.

use super::last_day;
use crate::{Bilingual, Company, CompanyId, CompanyKind, Date, Draw, Person, World};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    pub company: CompanyId,
    pub occupation: Bilingual,
    pub from: Date,
    /// The last day; `None` while it lasts.
    pub until: Option<Date>,
    pub monthly_won: u64,
    pub left_because: Option<Bilingual>,
}

/// Employment insurance began then.
const RECORDED_SINCE: Date = Date(9_312);
const RETIRES_AT: i32 = 62;
const WORKS_OF_THOUSAND: usize = 820;
/// Employers are looked for so often before somebody stays without work for a while.
const TRIES: usize = 12;

const OCCUPATIONS: [(&str, &str); 8] = [
    ("경리사무원", "Accounting clerk"),
    ("총무사무원", "General affairs clerk"),
    ("생산직", "Production worker"),
    ("기계조작원", "Machine operator"),
    ("판매원", "Salesperson"),
    ("운전원", "Driver"),
    ("조리사", "Cook"),
    ("프로그래머", "Programmer"),
];

const REASONS: [(&str, &str); 4] = [
    (
        "개인사정으로 인한 자진퇴사",
        "Resigned for personal reasons",
    ),
    ("계약기간 만료", "End of contract"),
    ("경영상 필요에 의한 퇴사", "Dismissed for business reasons"),
    ("정년퇴직", "Retired"),
];

impl Job {
    pub fn covers(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }
}

impl World {
    /// Jobs since employment is insured, oldest first.
    pub fn career(&self, person: &Person) -> Vec<Job> {
        let mut draw = self.dice("career", person.id.0);
        if !draw.in_thousand(WORKS_OF_THOUSAND) {
            return Vec::new();
        }
        let last = self.last_working_day(person);
        let mut day = self
            .first_working_day(person)
            .plus_days(draw.between(20, 500));
        let mut found: Vec<Job> = Vec::new();
        let mut monthly_won = draw.amount(1_900_000, 3_400_000, 10_000);
        while day < last {
            let employer = (0..TRIES).find_map(|_| {
                let company = draw.pick(self.companies());
                let other = found.last().is_none_or(|it| it.company != company.id);
                (company.exists_on(day) && other).then_some(company)
            });
            let Some(employer) = employer else {
                day = day.plus_days(365);
                continue;
            };
            let job = self.job(employer, day, last, monthly_won, &mut draw);
            let until = job.until;
            found.push(job);
            let Some(until) = until else {
                break;
            };
            day = until.plus_days(draw.between(2, 420));
            monthly_won += draw.amount(0, 400_000, 10_000);
        }
        found
    }

    fn job(&self, employer: &Company, from: Date, last: Date, won: u64, draw: &mut Draw) -> Job {
        let wished = from.plus_days(draw.between(90, 4_500));
        let closing = employer.closed.map_or(last, |closed| closed.plus_days(-1));
        let until = wished.min(closing).min(last);
        let lasts = until >= self.today();
        let reason = if until == closing && employer.closed.is_some() {
            REASONS[2]
        } else if until == last {
            REASONS[3]
        } else {
            *draw.pick(&REASONS[..3])
        };
        Job {
            company: employer.id,
            occupation: Bilingual::from(draw.pick(&OCCUPATIONS)),
            from,
            until: (!lasts).then_some(until),
            monthly_won: won,
            left_because: (!lasts).then(|| reason.into()),
        }
    }

    /// After school and service.
    fn first_working_day(&self, person: &Person) -> Date {
        let grown = person.born.plus_years(19);
        let schooled = self
            .schooling(person)
            .last()
            .map(|it| it.left.unwrap_or(self.today()));
        let served = self
            .military(person)
            .and_then(|it| it.enlisted.map(|_| it.discharged.unwrap_or(self.today())));
        let entered = person.alien.as_ref().map(|it| it.registered);
        let came = person.residences.first().map_or(self.today(), |it| it.from);
        let came = came.min(person.born.plus_years(30));
        [schooled, served, entered, Some(RECORDED_SINCE), Some(came)]
            .into_iter()
            .flatten()
            .fold(grown, Date::max)
    }

    /// Before a business of their own.
    fn last_working_day(&self, person: &Person) -> Date {
        let old = person.born.plus_years(RETIRES_AT);
        let business = self
            .businesses_of(person)
            .into_iter()
            .filter(|it| it.kind == CompanyKind::SoleTrader)
            .map(|it| it.founded.plus_days(-1))
            .min();
        last_day(person, self.today())
            .min(old)
            .min(business.unwrap_or(old))
    }
}
