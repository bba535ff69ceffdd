//! The known inhabitants become persons of the city; what their records leave open is
//! filled in so that it could be.

use serde_json::Value;

use super::City;
use crate::{
    Address, Date, District, EndOfMarriage, Ended, Household, HouseholdId, Known, Marriage, Member,
    MoveReason, PersonId, Relation, Residence, Sex, known, names, numbers,
};

impl City {
    pub(super) fn take_over(&mut self, known: &Known) -> Vec<Household> {
        let mut households = Vec::new();
        for record in known.each_household() {
            households.extend(self.known_household(HouseholdId(households.len()), record));
        }
        for record in known.families.values() {
            self.known_family(record);
        }
        self.house_the_rest();
        households
    }

    /// Somebody by number; they are added when they are new.
    fn known_person(&mut self, record: &Value) -> Option<PersonId> {
        let number = known::text(record, "/resident_number");
        let already = self.persons.iter().find(|it| it.resident_number == number);
        if let Some(person) = already {
            return Some(person.id);
        }
        let (born, sex) = numbers::born_and_sex(number)?;
        let name = known::text(record, "/name");
        let surname = names::surname_of(name).unwrap_or(0);
        let id = self.add(surname, sex, born);
        self.numbers.insert(number.to_owned());
        let person = self.person_mut(id);
        name.clone_into(&mut person.name);
        known::text(record, "/name_latin").clone_into(&mut person.name_latin);
        number.clone_into(&mut person.resident_number);
        (person.hanja, person.known) = (None, true);
        Some(id)
    }

    fn known_household(&mut self, id: HouseholdId, record: &Value) -> Option<Household> {
        let address = self.known_address(record.pointer("/address")?)?;
        let history: Vec<Residence> = known::list(record, "/history")
            .iter()
            .filter_map(|it| {
                Some(Residence {
                    from: Date::parse(known::text(it, "/moved_in"))?,
                    address: self.known_address(it.pointer("/address")?)?,
                    reason: MoveReason::MovedIn,
                })
            })
            .collect();
        let mut members = Vec::new();
        for member in known::list(record, "/members") {
            let person = self.known_person(member)?;
            let moved_in = Date::parse(known::text(member, "/moved_in"))?;
            let reason = reason(known::text(member, "/reason"));
            let relation = relation(known::text(member, "/relation"));
            self.person_mut(person).residences = if relation == Relation::Householder {
                history.clone()
            } else {
                vec![Residence {
                    from: moved_in,
                    address: address.clone(),
                    reason,
                }]
            };
            members.push(Member {
                person,
                relation,
                moved_in,
                reason,
            });
        }
        for dwelling in &mut self.dwellings {
            dwelling.taken |= dwelling.address.ko == address.ko;
        }
        Some(Household {
            id,
            address,
            members,
            history,
        })
    }

    fn known_address(&self, record: &Value) -> Option<Address> {
        let ko = known::text(record, "/ko");
        let same = |it: &&super::Dwelling| it.address.ko == ko;
        if let Some(dwelling) = self.dwellings.iter().find(same) {
            return Some(dwelling.address.clone());
        }
        let district = District::named_in(ko)?;
        let unit = Address::house_of(ko, district).and_then(|(_, unit)| unit);
        Some(Address {
            ko: ko.to_owned(),
            en: known::text(record, "/en").to_owned(),
            district,
            parcel: None,
            unit,
        })
    }

    fn known_family(&mut self, record: &Value) {
        let base = crate::Bilingual::of(
            known::text(record, "/registration_base/ko"),
            known::text(record, "/registration_base/en"),
        );
        let Some(me) = record
            .pointer("/person")
            .and_then(|it| self.known_person(it))
        else {
            return;
        };
        let mut parents = Vec::new();
        let (mut spouse, mut children) = (None, Vec::new());
        for relative in known::list(record, "/relatives") {
            let Some(id) = self.known_person(relative) else {
                continue;
            };
            match known::text(relative, "/relation") {
                "father" | "mother" => {
                    self.link(id, me);
                    let dead = relative.pointer("/deceased").and_then(Value::as_bool);
                    parents.push((id, dead.unwrap_or(false)));
                }
                "spouse" => spouse = Some(id),
                _ => children.push(id),
            }
        }
        for id in [Some(me), spouse]
            .into_iter()
            .flatten()
            .chain(children.clone())
        {
            let person = self.person_mut(id);
            person.registration_base = base.clone();
            person.birthplace = crate::Bilingual::of("한빛시", "Hanbit-si");
        }
        for child in &children {
            for parent in [Some(me), spouse].into_iter().flatten() {
                self.link(parent, *child);
            }
        }
        if let Some(spouse) = spouse {
            self.known_marriage(me, spouse, &children);
        }
        self.known_parents(&parents, me, &base);
    }

    fn link(&mut self, parent: PersonId, child: PersonId) {
        let sex = self.person(parent).sex;
        let of_child = self.person_mut(child);
        match sex {
            Sex::Male => of_child.father = Some(parent),
            Sex::Female => of_child.mother = Some(parent),
        }
        self.person_mut(parent).children.push(child);
    }

    /// Before the first child, and when both were grown up, if that can be.
    fn known_marriage(&mut self, one: PersonId, other: PersonId, children: &[PersonId]) {
        let first = children.iter().map(|it| self.person(*it).born).min();
        let younger = self.person(one).born.max(self.person(other).born);
        let grown = younger.plus_years(18);
        let joined = self.person(other).residences.first();
        let joined = joined.filter(|it| it.reason == MoveReason::Marriage);
        let last = match (first, joined) {
            (Some(born), _) => born.plus_days(-30),
            (None, Some(joined)) => joined.from,
            (None, None) => younger.plus_years(30).min(self.today.plus_years(-1)),
        };
        let on = match joined {
            Some(joined) if joined.from <= last => joined.from,
            _ => self
                .draw
                .day(grown.max(last.plus_days(-900)).min(last), last),
        };
        self.wed(one, other, on);
    }

    fn known_parents(
        &mut self,
        parents: &[(PersonId, bool)],
        me: PersonId,
        base: &crate::Bilingual,
    ) {
        for (id, _) in parents {
            let person = self.person_mut(*id);
            person.registration_base = base.clone();
            person.birthplace = crate::Bilingual::of("한빛시", "Hanbit-si");
        }
        if let [(father, _), (mother, _)] = parents {
            self.known_marriage(*father, *mother, &[me]);
        }
        let born = self.person(me).born;
        for (id, dead) in parents {
            if !dead {
                continue;
            }
            let old = self.person(*id).born.plus_years(58).max(born.plus_years(1));
            let last = self.person(*id).born.plus_years(93);
            let day = self.draw.day(old, last.min(Date::of(2024, 12, 30)));
            self.person_mut(*id).died = Some(day);
        }
        self.end_at_death(parents);
    }

    fn end_at_death(&mut self, couple: &[(PersonId, bool)]) {
        let days = couple.iter().filter_map(|(id, _)| self.person(*id).died);
        let Some(on) = days.min() else {
            return;
        };
        for (id, _) in couple {
            let marriages: &mut Vec<Marriage> = &mut self.person_mut(*id).marriages;
            for marriage in marriages {
                let how = EndOfMarriage::Death;
                marriage.ended.get_or_insert(Ended { on, how });
            }
        }
    }

    /// Known persons of no known household live somewhere, too: couples together.
    fn house_the_rest(&mut self) {
        for index in 0..self.persons.len() {
            let id = PersonId(index);
            let person = self.person(id);
            if person.died.is_some() || !person.residences.is_empty() {
                continue;
            }
            let spouse = person.spouse_on(self.today);
            let spouse = spouse.filter(|it| self.person(*it).residences.is_empty());
            let couple: Vec<PersonId> = [Some(id), spouse].into_iter().flatten().collect();
            let born = couple.iter().map(|it| self.person(*it).born).max();
            let grown = born.unwrap_or(self.today).plus_years(25);
            let first = grown.max(Date::of(1995, 1, 1));
            let day = self.draw.day(first, Date::of(2019, 12, 31).max(first));
            self.settle(&couple, day, MoveReason::MovedIn);
        }
    }
}

fn reason(text: &str) -> MoveReason {
    match text {
        "birth" => MoveReason::Birth,
        "marriage" => MoveReason::Marriage,
        "registered" => MoveReason::Registered,
        _ => MoveReason::MovedIn,
    }
}

fn relation(text: &str) -> Relation {
    match text {
        "self" => Relation::Householder,
        "spouse" => Relation::Spouse,
        "child" => Relation::Child,
        "parent" => Relation::Parent,
        "grandparent" => Relation::Grandparent,
        "sibling" => Relation::Sibling,
        _ => Relation::Cohabitant,
    }
}
