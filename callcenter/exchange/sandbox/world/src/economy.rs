//! Companies in the city's factories and shops, run by its inhabitants.

mod industries;
mod works;

use crate::{
    Bilingual, Building, BuildingKind, Company, CompanyId, CompanyKind, Date, Draw, Officer,
    OfficerRole, Parcel, Person, PersonId, numbers,
};
use industries::Trade;

/// Tax and registry offices of the invented city.
const TAX_OFFICE: u32 = 419;
const REGISTRY_OFFICE: u32 = 4199;
/// Businesses a shop's building has room for, at the most.
const IN_ONE_SHOP: i32 = 2;

pub(crate) fn draw(
    seed: u64,
    today: Date,
    persons: &[Person],
    parcels: &[Parcel],
    buildings: &[Building],
) -> Vec<Company> {
    let mut economy = Economy {
        draw: Draw::new(seed, "economy", 0),
        today,
        persons,
        companies: Vec::new(),
    };
    for building in buildings {
        match building.kind {
            BuildingKind::Factory => economy.factory_in(building, &parcels[building.parcel.0]),
            BuildingKind::Shop => {
                for _ in 0..economy.draw.between(1, IN_ONE_SHOP) {
                    economy.business_in(building);
                }
            }
            BuildingKind::Detached
            | BuildingKind::Multiplex
            | BuildingKind::Apartments
            | BuildingKind::School => {}
        }
    }
    economy.companies
}

struct Economy<'a> {
    draw: Draw,
    today: Date,
    persons: &'a [Person],
    companies: Vec<Company>,
}

impl Economy<'_> {
    fn factory_in(&mut self, building: &Building, parcel: &Parcel) {
        let trade = self.draw.pick(&industries::FACTORIES);
        let kind = *self.draw.pick(&[
            CompanyKind::Stock,
            CompanyKind::Stock,
            CompanyKind::Stock,
            CompanyKind::Limited,
        ]);
        if let Some(mut company) = self.found(building, trade, kind, OfficerRole::Director) {
            works::equip(
                &mut company,
                building,
                parcel,
                trade,
                self.today,
                &mut self.draw,
            );
            self.companies.push(company);
        }
    }

    fn business_in(&mut self, building: &Building) {
        let trade = self.draw.pick(&industries::SHOPS);
        let kind = *self.draw.pick(&[
            CompanyKind::SoleTrader,
            CompanyKind::SoleTrader,
            CompanyKind::SoleTrader,
            CompanyKind::Stock,
        ]);
        if let Some(mut company) = self.found(building, trade, kind, OfficerRole::Auditor) {
            if self.draw.in_thousand(90) {
                let last = self.today.plus_days(-40);
                company.closed = Some(self.draw.day(company.founded.plus_days(200), last));
                self.end_terms(&mut company);
            }
            self.companies.push(company);
        }
    }

    /// The house it stands in was there first, and its founder was grown up.
    fn found(
        &mut self,
        building: &Building,
        trade: &Trade,
        kind: CompanyKind,
        second: OfficerRole,
    ) -> Option<Company> {
        let last = self.today.plus_days(-400);
        let founder = self.somebody(|it, today| (27..68).contains(&it.age_on(today)))?;
        let grown = self.persons[founder.0].born.plus_years(24);
        let first = grown.max(building.completed.plus_days(20));
        let founded = self.draw.day(first.min(last), last);
        let id = CompanyId(self.companies.len());
        let incorporated = kind != CompanyKind::SoleTrader;
        let (register, tax) = match kind {
            CompanyKind::Stock => (11, 81),
            CompanyKind::Limited => (14, 86),
            CompanyKind::SoleTrader => (0, 1 + u32::try_from(id.0 % 79).unwrap_or(0)),
        };
        let number = || numbers::company_number(REGISTRY_OFFICE, register, id.0 + 1_201);
        let capital = self.draw.amount(1, 120, 1) * 10_000_000;
        let mut company = Company {
            id,
            name: trade.company_name(kind, id.0),
            kind,
            registration_number: incorporated.then(number),
            business_number: numbers::business_number(TAX_OFFICE, tax, id.0 * 7 + 311),
            founded,
            closed: None,
            industry: trade.industry(),
            address: building.address.clone(),
            representative: founder,
            officers: Vec::new(),
            capital_won: if incorporated { capital } else { 0 },
            share_won: if incorporated { 5_000 } else { 0 },
            purposes: trade.purposes(),
            changes: Vec::new(),
            factory: None,
            permits: Vec::new(),
        };
        if incorporated {
            self.appoint(&mut company, second);
            self.note_changes(&mut company);
        }
        Some(company)
    }

    fn somebody(&mut self, fits: impl Fn(&Person, Date) -> bool) -> Option<PersonId> {
        let tries = 200;
        (0..tries).find_map(|_| {
            let person = self.draw.pick(self.persons);
            let fits = person.alive_on(self.today) && fits(person, self.today);
            (fits && !person.is_foreign()).then_some(person.id)
        })
    }

    fn appoint(&mut self, company: &mut Company, second: OfficerRole) {
        let founded = company.founded;
        let grown = move |it: &Person, _: Date| it.age_on(founded) >= 22 && it.born < founded;
        let term = |person, role, from| Officer {
            person,
            role,
            from,
            until: None,
        };
        let head = OfficerRole::Representative;
        let handed_over = founded.plus_days(900);
        let before = self.somebody(grown).filter(|it| {
            *it != company.representative && handed_over < self.today && it.0 % 3 == 0
        });
        if let Some(first) = before {
            company.officers.push(Officer {
                until: Some(handed_over),
                ..term(first, head, founded)
            });
        }
        let since = before.map_or(founded, |_| handed_over);
        company
            .officers
            .push(term(company.representative, head, since));
        for role in [OfficerRole::Director, second] {
            if let Some(person) = self.somebody(grown) {
                let taken = company.officers.iter().any(|it| it.person == person);
                if !taken {
                    company.officers.push(term(person, role, founded));
                }
            }
        }
    }

    fn note_changes(&mut self, company: &mut Company) {
        let texts = [
            ("자본금 증자", "Capital increased"),
            ("목적 변경", "Purposes changed"),
            ("본점 이전", "Head office moved"),
        ];
        let (mut day, last) = (company.founded, self.today.plus_days(-10));
        for (ko, en) in texts {
            if self.draw.in_thousand(400) && day.plus_days(200) < last {
                day = self.draw.day(day.plus_days(100), last);
                company.changes.push((day, Bilingual::of(ko, en)));
            }
        }
    }

    fn end_terms(&self, company: &mut Company) {
        for officer in &mut company.officers {
            officer.until = officer.until.or(company.closed);
        }
        let closed = company.closed.unwrap_or(self.today);
        company.changes.retain(|(day, _)| *day < closed);
        company.officers.retain(|it| it.from < closed);
        for officer in &mut company.officers {
            officer.until = officer.until.map(|it| it.min(closed));
        }
    }
}
