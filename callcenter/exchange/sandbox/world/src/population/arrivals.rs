//! Who comes to the city from elsewhere.

use super::City;
use crate::{
    Alien, Bilingual, DISTRICTS, Date, MoveReason, Nation, Naturalized, PersonId, Sex, names,
    nation, numbers,
};

const HOMETOWNS: [(&str, &str); 8] = [
    ("서울특별시", "Seoul"),
    ("부산광역시", "Busan"),
    ("대구광역시", "Daegu"),
    ("강원특별자치도 강릉시", "Gangneung-si, Gangwon"),
    ("전북특별자치도 전주시", "Jeonju-si, Jeonbuk"),
    ("전라남도 목포시", "Mokpo-si, Jeonnam"),
    ("경상남도 통영시", "Tongyeong-si, Gyeongnam"),
    ("충청남도 공주시", "Gongju-si, Chungnam"),
];

/// Status of stay: code, name, how common, years granted.
const STATUSES: [(&str, (&str, &str), i32); 6] = [
    (
        "E-9",
        ("비전문취업(E-9)", "Non-professional employment (E-9)"),
        3,
    ),
    ("F-4", ("재외동포(F-4)", "Overseas Korean (F-4)"), 3),
    ("D-2", ("유학(D-2)", "Student (D-2)"), 2),
    ("F-5", ("영주(F-5)", "Permanent resident (F-5)"), 10),
    ("E-7", ("특정활동(E-7)", "Special occupation (E-7)"), 3),
    ("F-2", ("거주(F-2)", "Resident (F-2)"), 3),
];

impl City {
    fn stranger(&mut self, sex: Sex, day: Date, ages: (i32, i32)) -> PersonId {
        let surname = names::surname(&mut self.draw);
        let youngest = day.plus_years(-ages.0);
        let born = self
            .draw
            .day(youngest.plus_years(ages.0 - ages.1), youngest);
        let born = self.sometimes_on_leap_day(born);
        let id = self.add(surname, sex, born);
        let birthplace = Bilingual::from(self.draw.pick(&HOMETOWNS));
        let base = self.registration_base();
        let person = self.person_mut(id);
        (person.birthplace, person.registration_base) = (birthplace, base);
        id
    }

    /// One in two of the births of a leap year's February.
    pub(super) fn sometimes_on_leap_day(&mut self, born: Date) -> Date {
        let leap = Date::of(born.year(), 2, 29);
        let possible = leap.month() == 2 && leap.day() == 29 && born.month() == 2;
        if possible && leap <= self.today && self.draw.in_thousand(500) {
            leap
        } else {
            born
        }
    }

    pub(super) fn registration_base(&mut self) -> Bilingual {
        let district = self.draw.pick(&DISTRICTS);
        let house = self.draw.between(1, 200);
        Bilingual::of(
            format!("한빛시 {} {} {house}", district.gu.0, district.road.0),
            format!("{house} {}, {}, Hanbit-si", district.road.1, district.gu.1),
        )
    }

    pub(super) fn couple_arrives(&mut self, day: Date) {
        let husband = self.stranger(Sex::Male, day, (24, 34));
        let wife = self.stranger(Sex::Female, day, (21, 31));
        let wedding = self.draw.day(day.plus_days(-500), day);
        self.wed(husband, wife, wedding);
        self.settle(&[husband, wife], day, MoveReason::MovedIn);
    }

    pub(super) fn single_arrives(&mut self, day: Date) {
        let sex = *self.draw.pick(&[Sex::Male, Sex::Female]);
        let id = self.stranger(sex, day, (20, 39));
        self.settle(&[id], day, MoveReason::MovedIn);
    }

    pub(super) fn foreigner_arrives(&mut self, day: Date) {
        let sex = *self.draw.pick(&[Sex::Male, Sex::Female]);
        let id = self.stranger(sex, day, (20, 39));
        let nation = Nation::people_come_from(&mut self.draw);
        let name = nation::foreign_name(&mut self.draw, sex);
        let born = self.person(id).born;
        let number = loop {
            let number = numbers::resident_number(&mut self.draw, born, sex, true);
            if self.numbers.insert(number.clone()) {
                break number;
            }
        };
        let (status, status_name, years) = *self.draw.pick(&STATUSES);
        let registered = day.plus_days(self.draw.between(3, 80)).min(self.today);
        let mut until = registered.plus_years(years);
        while until <= self.today {
            until = until.plus_years(years);
        }
        let passport = format!("M{}", self.draw.digits(8));
        let person = self.person_mut(id);
        (person.name, person.name_latin) = (name.clone(), name);
        (person.hanja, person.resident_number) = (None, number);
        (person.birthplace, person.registration_base) = (nation.name.clone(), nation.name.clone());
        person.clan = Bilingual::of("", "");
        person.nationality = Some(nation);
        person.alien = Some(Alien {
            status,
            status_name: status_name.into(),
            entered: day,
            registered,
            until,
            passport,
        });
        self.settle(&[id], day, MoveReason::Registered);
    }

    /// After six years a foreigner may become a citizen, with a number and a name.
    pub(super) fn naturalize(&mut self, id: PersonId, day: Date) {
        let person = self.person(id);
        let long_here = person
            .alien
            .as_ref()
            .is_some_and(|alien| alien.entered.years_until(day) >= 6);
        if !person.alive_on(day) || !long_here {
            return;
        }
        let (sex, born) = (person.sex, person.born);
        let surname = names::surname(&mut self.draw);
        let name = names::name(&mut self.draw, surname, sex);
        let number = loop {
            let number = numbers::resident_number(&mut self.draw, born, sex, false);
            if self.numbers.insert(number.clone()) {
                break number;
            }
        };
        let base = self.registration_base();
        self.surnames[id.0] = surname;
        let person = self.person_mut(id);
        let Some(from) = person.nationality.take() else {
            return;
        };
        person.alien = None;
        person.resident_number = number;
        person.naturalized = Some(Naturalized {
            on: day,
            from,
            earlier_name: std::mem::replace(&mut person.name, name.hangul),
        });
        (person.name_latin, person.hanja) = (name.latin, name.hanja);
        (person.clan, person.registration_base) = (Bilingual::of("한빛", "Hanbit"), base);
    }
}
