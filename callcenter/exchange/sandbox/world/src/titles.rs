//! Who came to own which piece of the ground, and how.

use crate::{
    Building, BuildingKind, Category, Company, Date, Draw, Household, Owner, Parcel, Person,
    PersonId, Share, Title, TitleReason,
};

/// Titles on paper begin about here.
const SINCE: i32 = 1958;
/// Of a house with many dwellings so many owners are on record, at the most.
const SHARERS_MAX: usize = 6;

/// What owners are found among.
pub(crate) struct Owners<'a> {
    pub(crate) today: Date,
    pub(crate) persons: &'a [Person],
    pub(crate) households: &'a [Household],
    pub(crate) companies: &'a [Company],
    pub(crate) buildings: &'a [Building],
}

impl Owners<'_> {
    /// Gives every parcel that was drawn its owners.
    pub(crate) fn register(&self, seed: u64, parcels: &mut [Parcel]) {
        let mut draw = Draw::new(seed, "titles", 0);
        for parcel in parcels.iter_mut().filter(|it| !it.known) {
            parcel.titles = self.titles(parcel, &mut draw);
        }
    }

    fn titles(&self, parcel: &Parcel, draw: &mut Draw) -> Vec<Title> {
        let first = draw.day(Date::of(SINCE, 1, 1), Date::of(SINCE + 14, 12, 31));
        let before = if draw.in_thousand(700) {
            Owner::State
        } else {
            stranger(draw)
        };
        let mut titles = vec![sole(first, TitleReason::FirstRegistration, before)];
        let kind = parcel.building.map(|it| self.buildings[it.0].kind);
        match (kind, parcel.category) {
            (_, Category::Park | Category::Road | Category::SchoolSite) => {
                let bought = draw.day(Date::of(1975, 1, 1), Date::of(2012, 1, 1));
                titles.push(sole(bought, TitleReason::Sale, Owner::City));
            }
            (Some(BuildingKind::Factory), _) => titles.extend(self.works(parcel, draw)),
            (Some(BuildingKind::Apartments | BuildingKind::Multiplex), _) => {
                titles.extend(self.sharers(parcel));
            }
            (Some(BuildingKind::Detached), _) => match self.who_lives_there(parcel) {
                Some(title) if draw.in_thousand(750) => titles.push(title),
                _ => titles.extend(self.handed_on(draw)),
            },
            (Some(BuildingKind::Shop | BuildingKind::School) | None, _) => {
                titles.extend(self.handed_on(draw));
            }
        }
        titles
    }

    fn works(&self, parcel: &Parcel, draw: &mut Draw) -> Option<Title> {
        let on = |it: &&Company| it.address.parcel == Some(parcel.id);
        let company = self.companies.iter().find(on)?;
        let bought = draw.day(company.founded, company.founded.plus_days(300));
        let bought = bought.min(self.today);
        Some(sole(bought, TitleReason::Sale, Owner::Company(company.id)))
    }

    fn householders(&self, parcel: &Parcel) -> Vec<(PersonId, Date)> {
        let here = |it: &&Household| it.address.parcel == Some(parcel.id);
        let households = self.households.iter().filter(here);
        let head = |it: &Household| {
            let member = it.members.first()?;
            let of_age = self.persons[member.person.0].born.plus_years(20);
            let since = member.moved_in.max(of_age);
            (since <= self.today).then_some((member.person, since))
        };
        households.filter_map(head).take(SHARERS_MAX).collect()
    }

    fn who_lives_there(&self, parcel: &Parcel) -> Option<Title> {
        let (person, since) = self.householders(parcel).into_iter().next()?;
        Some(sole(since, TitleReason::Sale, Owner::Person(person)))
    }

    /// Those who live there, since the last of them came; the city where nobody does.
    fn sharers(&self, parcel: &Parcel) -> Option<Title> {
        let heads = self.householders(parcel);
        let whole = u32::try_from(heads.len()).ok()?;
        let Some(on) = heads.iter().map(|(_, since)| *since).max() else {
            let built = self.buildings[parcel.building?.0].completed;
            return Some(sole(built, TitleReason::Sale, Owner::City));
        };
        let share = |(person, _): &(PersonId, Date)| Share {
            owner: Owner::Person(*person),
            of: 1,
            whole,
        };
        Some(Title {
            on,
            reason: TitleReason::Sale,
            owners: heads.iter().map(share).collect(),
        })
    }

    /// Bought by somebody; after their death it is their children's.
    fn handed_on(&self, draw: &mut Draw) -> Vec<Title> {
        let buyer = draw.pick(self.persons);
        let (first, last) = (
            buyer.born.plus_years(25).max(Date::of(1975, 1, 1)),
            buyer.died.unwrap_or(self.today).plus_days(-100),
        );
        if first >= last || buyer.residences.is_empty() {
            return Vec::new();
        }
        let bought = draw.day(first, last);
        let mut titles = vec![sole(bought, TitleReason::Sale, Owner::Person(buyer.id))];
        if let Some(died) = buyer.died {
            titles.extend(self.inherited(buyer, died.plus_days(draw.between(40, 170))));
        } else if draw.in_thousand(150) {
            titles.extend(self.given(buyer, bought, draw));
        }
        titles
    }

    fn inherited(&self, from: &Person, on: Date) -> Option<Title> {
        let lives = |it: &&PersonId| self.persons[it.0].alive_on(on);
        let heirs: Vec<&PersonId> = from.children.iter().filter(lives).collect();
        let whole = u32::try_from(heirs.len()).ok().filter(|it| *it > 0)?;
        let share = |person: &&PersonId| Share {
            owner: Owner::Person(**person),
            of: 1,
            whole,
        };
        (on <= self.today).then(|| Title {
            on,
            reason: TitleReason::Inheritance,
            owners: heirs.iter().map(share).collect(),
        })
    }

    fn given(&self, from: &Person, after: Date, draw: &mut Draw) -> Option<Title> {
        let mut children = from.children.iter().map(|it| &self.persons[it.0]);
        let child = children.find(|it| it.alive_on(self.today))?;
        let first = child.born.plus_years(21).max(after.plus_days(365));
        let on = (first < self.today).then(|| draw.day(first, self.today))?;
        Some(sole(on, TitleReason::Gift, Owner::Person(child.id)))
    }
}

fn sole(on: Date, reason: TitleReason, owner: Owner) -> Title {
    let share = Share {
        owner,
        of: 1,
        whole: 1,
    };
    Title {
        on,
        reason,
        owners: vec![share],
    }
}

/// From the times before the registers of today.
fn stranger(draw: &mut Draw) -> Owner {
    let name = crate::names::surname(draw);
    let name = crate::names::name(draw, name, crate::Sex::Male).hangul;
    let district = draw.pick(&crate::DISTRICTS).name().ko;
    Owner::Stranger {
        name,
        address: format!("{district} {}", draw.between(1, 399)),
    }
}
