//! What somebody earned, year by year.

use crate::{Company, CompanyId, CompanyKind, Date, Job, Person, World};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearIncome {
    pub year: i32,
    pub wages_won: u64,
    pub business_won: u64,
    /// After what is deducted.
    pub taxable_won: u64,
    pub tax_won: u64,
    pub payers: Vec<CompanyId>,
}

/// Years that are told of.
const YEARS: i32 = 8;
/// Deducted from wages, in percent.
const DEDUCTED: u64 = 38;

/// From so much taxable income on, percent of it and won less (Income Tax Act, art. 55).
const BRACKETS: [(u64, u64, u64); 5] = [
    (150_000_000, 38, 19_940_000),
    (88_000_000, 35, 15_440_000),
    (50_000_000, 24, 5_760_000),
    (14_000_000, 15, 1_260_000),
    (0, 6, 0),
];

fn income_tax(taxable: u64) -> u64 {
    let bracket = BRACKETS.iter().find(|(from, ..)| taxable >= *from);
    let (_, percent, less) = bracket.copied().unwrap_or_default();
    (taxable * percent / 100).saturating_sub(less) / 10 * 10
}

impl World {
    /// Years that are closed and in which something was earned, oldest first.
    pub fn incomes(&self, person: &Person) -> Vec<YearIncome> {
        let (jobs, businesses) = (self.career(person), self.businesses_of(person));
        let last = self.today().year() - 1;
        (last - YEARS + 1..=last)
            .map(|year| self.income(person, year, &jobs, &businesses))
            .filter(|it| it.wages_won + it.business_won > 0)
            .collect()
    }

    fn income(
        &self,
        person: &Person,
        year: i32,
        jobs: &[Job],
        businesses: &[&Company],
    ) -> YearIncome {
        let mut payers = Vec::new();
        let mut wages_won = 0;
        for job in jobs {
            let months = (1..=12)
                .filter(|month| job.covers(Date::of(year, *month, 15)))
                .count();
            if months > 0 {
                // Two hundredths more each year.
                let since = u64::try_from(year - job.from.year()).unwrap_or(0);
                wages_won += job.monthly_won * months as u64 * (100 + 2 * since) / 100 / 10 * 10;
                payers.push(job.company);
            }
        }
        let mut draw = self.dice(
            "turnover",
            person.id.0 * 100 + usize::try_from(year % 100).unwrap_or(0),
        );
        let runs = |it: &&&Company| {
            it.kind == CompanyKind::SoleTrader && it.exists_on(Date::of(year, 12, 31))
        };
        let business_won = businesses
            .iter()
            .filter(runs)
            .map(|_| draw.amount(9_000_000, 86_000_000, 10_000))
            .sum();
        let taxable_won = wages_won * (100 - DEDUCTED) / 100 / 10 * 10 + business_won;
        YearIncome {
            year,
            wages_won,
            business_won,
            taxable_won,
            tax_won: income_tax(taxable_won),
            payers,
        }
    }
}
