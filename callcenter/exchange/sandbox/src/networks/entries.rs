//! Entries that the records of several networks share: persons, and numbers as
//! papers write them.

use serde_json::{Value, json};
use world::{Bilingual, DISTRICTS, District, Owner, Person, World};

use super::{Parameters, asked_by};

/// How many digits of a district's code are its borough's.
const BOROUGH_DIGITS: usize = 5;

/// Who is asked about, by resident number.
pub(super) fn asked_person<'a>(world: &'a World, asked: &Parameters) -> Option<&'a Person> {
    world.person_by_number(asked.get("resident_number")?)
}

/// What is asked of everybody who lives, foreigners too, and has a record.
pub(super) fn of_residents(
    world: &World,
    others: &[(&str, &str)],
    has_record: impl Fn(&Person) -> bool,
) -> Vec<Parameters> {
    let lives = |it: &&Person| it.alive_on(world.today());
    let persons = world.persons().iter().filter(lives);
    persons
        .filter(|it| has_record(it))
        .map(|it| question(&it.resident_number, others))
        .collect()
}

/// A question about somebody.
pub(super) fn question(number: &str, others: &[(&str, &str)]) -> Parameters {
    let mut question = asked_by([("resident_number", number)]);
    for (name, value) in others {
        question.insert((*name).to_owned(), (*value).to_owned());
    }
    question
}

pub(super) fn identity(person: &Person) -> Value {
    json!({
        "name": person.name,
        "name_latin": person.name_latin,
        "resident_number": person.resident_number,
    })
}

/// Somebody with the address of today.
pub(super) fn holder(world: &World, person: &Person) -> Value {
    let mut entry = identity(person);
    entry["address"] = json!(address(world, person));
    entry
}

fn address(world: &World, person: &Person) -> Bilingual {
    let residence = person.residence_on(world.today());
    residence.map_or_else(|| person.registration_base.clone(), |it| it.address.text())
}

/// The code of the borough somebody lives in.
pub(super) fn home_borough(world: &World, person: &Person) -> Option<String> {
    let residence = person.residence_on(world.today())?;
    Some(borough_code(residence.address.district))
}

/// As the catalogue's list of boroughs has it.
pub(super) fn borough_code(district: &District) -> String {
    let digits = district.code.get(..BOROUGH_DIGITS).unwrap_or_default();
    format!("{digits}00000")
}

/// The name of a borough; `None` outside the city.
pub(super) fn borough(code: &str) -> Option<Bilingual> {
    let district = DISTRICTS.iter().find(|it| borough_code(it) == code)?;
    let (ko, en) = district.gu;
    Some(Bilingual::of(
        format!("한빛시 {ko}"),
        format!("{en}, Hanbit-si"),
    ))
}

/// An owner's name in both languages.
pub(super) fn owner_name(world: &World, owner: &Owner) -> Bilingual {
    match owner {
        Owner::Person(id) => {
            let person = world.person(*id);
            Bilingual::of(person.name.as_str(), person.name_latin.as_str())
        }
        Owner::Company(id) => world.company(*id).name.clone(),
        Owner::City => Bilingual::of("한빛시", "Hanbit-si"),
        Owner::State => Bilingual::of("대한민국", "Republic of Korea"),
        Owner::Stranger { name, .. } => Bilingual::of(name.as_str(), name.as_str()),
    }
}

/// Ten digits as `199-81-00127`.
pub(super) fn business_number(digits: &str) -> String {
    hyphenated(digits, &[3, 2])
}

/// Thirteen digits as `199711-0001271`.
pub(super) fn corporate_number(digits: &str) -> String {
    hyphenated(digits, &[6])
}

/// A hyphen behind each of the lengths.
fn hyphenated(digits: &str, lengths: &[usize]) -> String {
    let (mut written, mut rest) = (String::new(), digits);
    for length in lengths {
        let (part, behind) = rest.split_at_checked(*length).unwrap_or((rest, ""));
        written.push_str(part);
        written.push('-');
        rest = behind;
    }
    written + rest
}
