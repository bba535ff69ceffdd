//! What somebody earned in the years that are closed.

use serde_json::{Value, json};
use world::{CompanyId, World, YearIncome};

use crate::networks::{
    Parameters,
    entries::{asked_person, business_number, holder, of_residents},
};

/// By resident number, for wages of three years.
pub(super) fn questions(world: &World) -> Vec<Parameters> {
    let year = world.today().year();
    of_residents(world, &[("form", "wage"), ("years", "3")], |person| {
        let incomes = world.incomes(person);
        incomes
            .iter()
            .any(|it| it.year >= year - 3 && it.wages_won > 0)
    })
}

/// The part of a year's income that a form is about.
struct Share {
    year: i32,
    kind: &'static str,
    payer: Option<CompanyId>,
    revenue_won: u64,
    income_won: u64,
    tax_won: u64,
}

/// `None` where somebody earned nothing of the kind.
pub(super) fn answer(world: &World, asked: &Parameters) -> Option<Value> {
    let person = asked_person(world, asked)?;
    let years: i32 = asked.get("years")?.parse().ok()?;
    let form = asked.get("form")?;
    let shares: Vec<Share> = world
        .incomes(person)
        .iter()
        .filter(|it| it.year >= world.today().year() - years)
        .filter_map(|it| share(it, form))
        .collect();
    if shares.is_empty() {
        return None;
    }
    let total: u64 = shares.iter().map(|it| it.income_won).sum();
    Some(json!({
        "person": holder(world, person),
        "incomes": shares.iter().map(|it| entry(world, it)).collect::<Vec<_>>(),
        "total_income_won": total,
    }))
}

fn share(income: &YearIncome, form: &str) -> Option<Share> {
    let wages = income.taxable_won.saturating_sub(income.business_won);
    let (kind, payer, revenue_won, income_won) = match form {
        "wage" => (
            "wage",
            income.payers.last().copied(),
            income.wages_won,
            wages,
        ),
        "global" => ("business", None, income.business_won, income.business_won),
        // Nobody of this world sells insurance or at doors.
        _ => return None,
    };
    (revenue_won > 0).then(|| Share {
        year: income.year,
        kind,
        payer,
        revenue_won,
        income_won,
        tax_won: (income.tax_won * income_won)
            .checked_div(income.taxable_won)
            .unwrap_or(0),
    })
}

fn entry(world: &World, share: &Share) -> Value {
    let payer = share.payer.map(|it| world.company(it));
    json!({
        "year": share.year,
        "kind": share.kind,
        "payer": payer.map(|it| &it.name),
        "business_number": payer.map(|it| business_number(&it.business_number)),
        "revenue_won": share.revenue_won,
        "income_won": share.income_won,
        "tax_won": share.tax_won,
    })
}
