//! Farms: who works which fields.

use crate::{Bilingual, Category, Date, Draw, Owner, Parcel, ParcelId, Person, PersonId, World};

#[derive(Clone, Debug)]
pub struct Farm {
    /// Ten digits.
    pub number: String,
    pub farmer: PersonId,
    /// Of the family, who work with the farmer.
    pub members: Vec<PersonId>,
    pub registered: Date,
    pub renewed: Date,
    pub fields: Vec<Field>,
    pub livestock: Vec<(Bilingual, u32)>,
}

#[derive(Clone, Debug)]
pub struct Field {
    pub parcel: ParcelId,
    pub crop: Bilingual,
    pub cultivated_m2: f64,
    /// `None` on land of their own.
    pub leased_from: Option<Owner>,
    pub lease_until: Option<Date>,
}

/// Farms are registered since then.
const REGISTERED_SINCE: Date = Date(14_245);

pub(crate) fn farms(world: &World) -> Vec<Farm> {
    let mut draw = world.dice("farms", 0);
    let mut found: Vec<Farm> = Vec::new();
    for parcel in world
        .parcels()
        .iter()
        .filter(|it| it.category.is_farmland())
    {
        let Some((farmer, leased_from)) = who_works(world, parcel, &mut draw) else {
            continue;
        };
        let field = field(world, parcel, leased_from, &mut draw);
        match found.iter_mut().find(|it| it.farmer == farmer.id) {
            Some(farm) => farm.fields.push(field),
            None => {
                let number = format!("41{:08}", 1_203 + found.len() * 17);
                found.push(farm(world, number, farmer, field, &mut draw));
            }
        }
    }
    found
}

/// A grown-up owner who lives, else somebody who leases it.
fn who_works<'a>(
    world: &'a World,
    parcel: &Parcel,
    draw: &mut Draw,
) -> Option<(&'a Person, Option<Owner>)> {
    let today = world.today();
    let title = parcel.title_on(today)?;
    let owner = &title.owners.first()?.owner;
    let works = |it: &&Person| {
        it.alive_on(today) && (22..88).contains(&it.age_on(today)) && !it.is_foreign()
    };
    let own = match owner {
        Owner::Person(id) => Some(world.person(*id)).filter(works),
        Owner::Company(_) | Owner::City | Owner::State | Owner::Stranger { .. } => None,
    };
    if let Some(own) = own {
        return Some((own, None));
    }
    if draw.in_thousand(450) {
        return None;
    }
    let tenant = (0..50).find_map(|_| Some(draw.pick(world.persons())).filter(works))?;
    Some((tenant, Some(owner.clone())))
}

fn farm(world: &World, number: String, farmer: &Person, field: Field, draw: &mut Draw) -> Farm {
    let today = world.today();
    let first = farmer.born.plus_years(21).max(REGISTERED_SINCE);
    let registered = draw.day(first, today.plus_days(-40));
    let members = world
        .household_of(farmer)
        .into_iter()
        .flat_map(|it| &it.members);
    let grown = |it: &&PersonId| world.person(**it).age_on(today) >= 19 && **it != farmer.id;
    let members: Vec<PersonId> = members.map(|it| it.person).collect();
    let animals = [
        ("한우", "Korean cattle"),
        ("닭", "Chickens"),
        ("염소", "Goats"),
    ];
    let livestock = draw.in_thousand(220).then(|| {
        let animal = Bilingual::from(draw.pick(&animals));
        (animal, u32::try_from(draw.between(2, 90)).unwrap_or(2))
    });
    Farm {
        number,
        farmer: farmer.id,
        members: members.iter().filter(grown).take(3).copied().collect(),
        registered,
        renewed: draw.day(registered.max(today.plus_years(-3)), today),
        fields: vec![field],
        livestock: livestock.into_iter().collect(),
    }
}

fn field(world: &World, parcel: &Parcel, leased_from: Option<Owner>, draw: &mut Draw) -> Field {
    let crops: &[(&str, &str)] = match parcel.category {
        Category::PaddyField => &[("벼", "Rice")],
        Category::Orchard => &[("사과", "Apples"), ("배", "Pears"), ("복숭아", "Peaches")],
        Category::DryField
        | Category::Forest
        | Category::BuildingSite
        | Category::FactorySite
        | Category::SchoolSite
        | Category::Road
        | Category::Park => &[
            ("콩", "Soybeans"),
            ("고추", "Chili peppers"),
            ("감자", "Potatoes"),
        ],
    };
    let months = draw.between(6, 58);
    Field {
        parcel: parcel.id,
        crop: Bilingual::from(draw.pick(crops)),
        cultivated_m2: parcel.area_square_meters,
        lease_until: leased_from
            .as_ref()
            .map(|_| world.today().plus_months(months)),
        leased_from,
    }
}

impl World {
    /// Farmland somebody owns or works today, with how it is worked.
    pub fn fields_of(&self, person: &Person) -> Vec<&Parcel> {
        let owned = self.parcels_of(&Owner::Person(person.id));
        let owned = owned.into_iter().filter(|it| it.category.is_farmland());
        let worked = self.farm_of(person).into_iter().flat_map(|it| &it.fields);
        let worked = worked.map(|it| self.parcel(it.parcel));
        let mut found: Vec<&Parcel> = owned.chain(worked).collect();
        found.sort_by_key(|it| it.id);
        found.dedup_by_key(|it| it.id);
        found
    }

    /// Who works a parcel today.
    pub fn farm_on(&self, parcel: ParcelId) -> Option<(&Farm, &Field)> {
        let on = |farm: &'_ Farm| farm.fields.iter().any(|it| it.parcel == parcel);
        let farm = self.farms().iter().find(|it| on(it))?;
        let field = farm.fields.iter().find(|it| it.parcel == parcel)?;
        Some((farm, field))
    }
}
