//! The whole of it, and how things in it are found.

use std::collections::BTreeMap;

use crate::{
    Bilingual, Boat, Building, BuildingId, Company, CompanyId, Date, Declaration, Draw, Farm,
    Household, HouseholdId, Known, Machine, Mailing, Motorcycle, Owner, Parcel, ParcelId, Person,
    PersonId, Plat, Right, Supplier, Vehicle, boat, economy, farm, fleet, land::Land, mailing,
    plat, population::Population, rights, supply, titles::Owners, trade,
};

/// Of the sandbox's world.
const SEED: u64 = 20_261_124;

#[derive(Debug)]
pub struct World {
    seed: u64,
    today: Date,
    known: Known,
    persons: Vec<Person>,
    households: Vec<Household>,
    parcels: Vec<Parcel>,
    buildings: Vec<Building>,
    companies: Vec<Company>,
    vehicles: Vec<Vehicle>,
    machines: Vec<Machine>,
    motorcycles: Vec<Motorcycle>,
    boats: Vec<Boat>,
    farms: Vec<Farm>,
    declarations: Vec<Declaration>,
    rights: Vec<Right>,
    suppliers: Vec<Supplier>,
    mailings: Vec<Mailing>,
    by_number: BTreeMap<String, PersonId>,
    by_place: BTreeMap<String, ParcelId>,
}

impl World {
    /// The world of the sandbox. Its today is 24 November 2026.
    pub fn hanbit() -> Self {
        Self::new(SEED, Date::of(2026, 11, 24))
    }

    /// The world of a seed as it is on `today`.
    pub fn new(seed: u64, today: Date) -> Self {
        let known = Known::read();
        let Land {
            mut parcels,
            buildings,
        } = Land::draw(seed, today, &known);
        let Population {
            persons,
            households,
        } = Population::draw(seed, today, &known, &buildings);
        let companies = economy::draw(seed, today, &persons, &parcels, &buildings);
        let owners = Owners {
            today,
            persons: &persons,
            households: &households,
            companies: &companies,
            buildings: &buildings,
        };
        owners.register(seed, &mut parcels);
        let by_number = persons
            .iter()
            .map(|it| (it.resident_number.clone(), it.id))
            .collect();
        let by_place = parcels.iter().map(|it| (place_of(it), it.id)).collect();
        let mut world = Self {
            seed,
            today,
            known,
            persons,
            households,
            parcels,
            buildings,
            companies,
            vehicles: Vec::new(),
            machines: Vec::new(),
            motorcycles: Vec::new(),
            boats: Vec::new(),
            farms: Vec::new(),
            declarations: Vec::new(),
            rights: Vec::new(),
            suppliers: Vec::new(),
            mailings: Vec::new(),
            by_number,
            by_place,
        };
        world.vehicles = fleet::vehicles(&world);
        world.machines = fleet::machines(&world);
        world.motorcycles = fleet::motorcycles(&world);
        world.boats = boat::boats(&world);
        world.farms = farm::farms(&world);
        world.declarations = trade::declarations(&world);
        world.rights = rights::rights(&world);
        world.suppliers = supply::suppliers(&world);
        world.mailings = mailing::mailings(&world);
        world
    }

    pub fn today(&self) -> Date {
        self.today
    }

    /// Dice for what somebody invents about a thing of the world: the same thing, the
    /// same dice.
    pub fn dice(&self, matter: &str, about: usize) -> Draw {
        Draw::new(self.seed, matter, about)
    }

    /// Records that were there before the world was drawn.
    pub fn known(&self) -> &Known {
        &self.known
    }

    pub fn persons(&self) -> &[Person] {
        &self.persons
    }

    pub fn person(&self, id: PersonId) -> &Person {
        &self.persons[id.0]
    }

    /// By resident number, or alien registration number: thirteen digits.
    pub fn person_by_number(&self, number: &str) -> Option<&Person> {
        self.by_number.get(number).map(|id| self.person(*id))
    }

    /// With the same father or mother.
    pub fn siblings(&self, of: &Person) -> Vec<&Person> {
        let mut found: Vec<PersonId> = [of.father, of.mother]
            .into_iter()
            .flatten()
            .flat_map(|it| self.person(it).children.iter().copied())
            .filter(|it| *it != of.id)
            .collect();
        found.sort_unstable();
        found.dedup();
        found.into_iter().map(|it| self.person(it)).collect()
    }

    pub fn households(&self) -> &[Household] {
        &self.households
    }

    pub fn household(&self, id: HouseholdId) -> &Household {
        &self.households[id.0]
    }

    pub fn household_of(&self, person: &Person) -> Option<&Household> {
        person.household.map(|it| self.household(it))
    }

    pub fn households_at(&self, parcel: ParcelId) -> Vec<&Household> {
        let here = |it: &&Household| it.address.parcel == Some(parcel);
        self.households.iter().filter(here).collect()
    }

    pub fn parcels(&self) -> &[Parcel] {
        &self.parcels
    }

    pub fn parcel(&self, id: ParcelId) -> &Parcel {
        &self.parcels[id.0]
    }

    /// Of the land ledger, by district and number: `4199910100`, `12-3`.
    pub fn parcel_at(&self, district: &str, number: &str) -> Option<&Parcel> {
        let id = self.by_place.get(&format!("{district}/{number}"));
        id.map(|it| self.parcel(*it))
    }

    /// Of the forest-land ledger, whose numbers are its own.
    pub fn forest_at(&self, district: &str, number: &str) -> Option<&Parcel> {
        let id = self.by_place.get(&format!("{district}/산{number}"));
        id.map(|it| self.parcel(*it))
    }

    /// A parcel and those around it, as a cadastral map shows them.
    pub fn plat(&self, parcel: &Parcel) -> Plat {
        let district = self
            .parcels
            .iter()
            .filter(|it| it.district == parcel.district);
        plat::around(parcel, &district.collect::<Vec<_>>())
    }

    /// Parcels somebody owns today, alone or with others.
    pub fn parcels_of(&self, owner: &Owner) -> Vec<&Parcel> {
        let owned = |it: &&Parcel| it.owned_by(owner, self.today);
        self.parcels.iter().filter(owned).collect()
    }

    pub fn buildings(&self) -> &[Building] {
        &self.buildings
    }

    pub fn building(&self, id: BuildingId) -> &Building {
        &self.buildings[id.0]
    }

    pub fn companies(&self) -> &[Company] {
        &self.companies
    }

    pub fn company(&self, id: CompanyId) -> &Company {
        &self.companies[id.0]
    }

    /// By the ten digits of its business number.
    pub fn company_by_business_number(&self, number: &str) -> Option<&Company> {
        self.companies
            .iter()
            .find(|it| it.business_number == number)
    }

    /// By the thirteen digits it has in the register of companies.
    pub fn company_by_registration(&self, number: &str) -> Option<&Company> {
        let same = |it: &&Company| it.registration_number.as_deref() == Some(number);
        self.companies.iter().find(same)
    }

    /// Those somebody runs, open or closed.
    pub fn businesses_of(&self, person: &Person) -> Vec<&Company> {
        let theirs = |it: &&Company| it.representative == person.id;
        self.companies.iter().filter(theirs).collect()
    }

    pub fn vehicles(&self) -> &[Vehicle] {
        &self.vehicles
    }

    pub fn vehicle_by_plate(&self, plate: &str) -> Option<&Vehicle> {
        self.vehicles.iter().find(|it| it.plate == plate)
    }

    pub fn machines(&self) -> &[Machine] {
        &self.machines
    }

    pub fn machine_by_plate(&self, plate: &str) -> Option<&Machine> {
        self.machines.iter().find(|it| it.plate == plate)
    }

    pub fn motorcycles(&self) -> &[Motorcycle] {
        &self.motorcycles
    }

    pub fn motorcycle_of(&self, person: &Person) -> Option<&Motorcycle> {
        self.motorcycles.iter().find(|it| it.owner == person.id)
    }

    pub fn boats(&self) -> &[Boat] {
        &self.boats
    }

    pub fn boat_by_number(&self, number: &str) -> Option<&Boat> {
        self.boats.iter().find(|it| it.number == number)
    }

    pub fn farms(&self) -> &[Farm] {
        &self.farms
    }

    /// That somebody runs.
    pub fn farm_of(&self, person: &Person) -> Option<&Farm> {
        self.farms.iter().find(|it| it.farmer == person.id)
    }

    pub fn declarations(&self) -> &[Declaration] {
        &self.declarations
    }

    pub fn declaration(&self, number: &str) -> Option<&Declaration> {
        self.declarations.iter().find(|it| it.number == number)
    }

    pub fn rights(&self) -> &[Right] {
        &self.rights
    }

    pub fn right(&self, number: &str) -> Option<&Right> {
        self.rights.iter().find(|it| it.number == number)
    }

    pub fn suppliers(&self) -> &[Supplier] {
        &self.suppliers
    }

    pub fn supplier_of(&self, company: CompanyId) -> Option<&Supplier> {
        self.suppliers.iter().find(|it| it.company == company)
    }

    pub fn mailings(&self) -> &[Mailing] {
        &self.mailings
    }

    pub fn mailing(&self, number: &str) -> Option<&Mailing> {
        self.mailings.iter().find(|it| it.number == number)
    }

    /// What somebody sent.
    pub fn mailings_of(&self, person: &Person) -> Vec<&Mailing> {
        self.mailings
            .iter()
            .filter(|it| it.sender == person.id)
            .collect()
    }

    /// An owner's name and address, as ledgers write them.
    pub fn owner_text(&self, owner: &Owner) -> (String, Bilingual) {
        let city = || Bilingual::of("한빛시 가온구 새빛로 1", "1 Saebit-ro, Gaon-gu, Hanbit-si");
        match owner {
            Owner::Person(id) => {
                let person = self.person(*id);
                let last = person.residences.last();
                let address =
                    last.map_or_else(|| person.registration_base.clone(), |it| it.address.text());
                (person.name.clone(), address)
            }
            Owner::Company(id) => {
                let company = self.company(*id);
                (company.name.ko.clone(), company.address.text())
            }
            Owner::City => ("한빛시".to_owned(), city()),
            Owner::State => ("국(기획재정부)".to_owned(), city()),
            Owner::Stranger { name, address } => (
                name.clone(),
                Bilingual::of(address.as_str(), address.as_str()),
            ),
        }
    }

    /// Resident number or company registration number, if the owner is of this world.
    pub fn owner_number(&self, owner: &Owner) -> Option<String> {
        match owner {
            Owner::Person(id) => Some(self.person(*id).resident_number.clone()),
            Owner::Company(id) => {
                let company = self.company(*id);
                let business = || company.business_number.clone();
                Some(company.registration_number.clone().unwrap_or_else(business))
            }
            Owner::City | Owner::State | Owner::Stranger { .. } => None,
        }
    }
}

fn place_of(parcel: &Parcel) -> String {
    let mountain = if parcel.mountain { "산" } else { "" };
    format!("{}/{mountain}{}", parcel.district.code, parcel.number)
}
