//! Marriages, births, adoptions, divorces and deaths.

use super::City;
use crate::{
    Adoption, Bilingual, Date, EndOfMarriage, Ended, Marriage, MoveReason, PersonId, Renamed, Sex,
    names,
};

/// So many are looked at before somebody stays single this year.
const ACQUAINTANCES: usize = 60;
/// Between two births.
const MONTHS_BETWEEN: i32 = 11;

impl City {
    pub(super) fn wed(&mut self, one: PersonId, other: PersonId, on: Date) {
        for (who, spouse) in [(one, other), (other, one)] {
            self.person_mut(who).marriages.push(Marriage {
                spouse,
                on,
                ended: None,
            });
        }
    }

    pub(super) fn marry_somebody(&mut self, husband: PersonId, day: Date) {
        if !self.may_marry(husband, day) {
            return;
        }
        let count = self.persons.len();
        let wife = (0..ACQUAINTANCES).find_map(|_| {
            let wife = PersonId(self.draw.below(count));
            self.suits(husband, wife, day).then_some(wife)
        });
        if let Some(wife) = wife {
            self.wed(husband, wife, day);
            self.found_home(husband, wife, day);
        }
    }

    fn may_marry(&self, id: PersonId, day: Date) -> bool {
        let person = self.person(id);
        let free = person
            .marriages
            .last()
            .is_none_or(|it| it.ended.is_some_and(|ended| ended.on.plus_months(8) < day));
        !person.known && person.alive_on(day) && free && person.age_on(day) >= 19
    }

    fn suits(&self, husband: PersonId, wife: PersonId, day: Date) -> bool {
        let older = self
            .person(husband)
            .born
            .years_until(self.person(wife).born);
        self.person(wife).sex == Sex::Female
            && (-4..=10).contains(&older)
            && self.may_marry(wife, day)
            && self.surname_of(husband) != self.surname_of(wife)
            && self.ancestors(husband).is_disjoint(&self.ancestors(wife))
    }

    fn ancestors(&self, id: PersonId) -> std::collections::BTreeSet<PersonId> {
        let mut found = std::collections::BTreeSet::from([id]);
        let mut next = vec![id];
        while let Some(of) = next.pop() {
            let person = self.person(of);
            let adopted = person.adopted.iter();
            let others = adopted.flat_map(|it| it.by.iter().chain(&it.birth_parents));
            let parents = person.father.iter().chain(&person.mother).chain(others);
            next.extend(parents.copied().filter(|it| found.insert(*it)));
        }
        found
    }

    /// Whoever has a home of their own takes the other in, with their children.
    fn found_home(&mut self, husband: PersonId, wife: PersonId, day: Date) {
        let heads = |who: PersonId| {
            let home = self.home_of[who.0]?;
            (self.homes[home].head == who).then_some(home)
        };
        let (host, guest) = match (heads(husband), heads(wife)) {
            (Some(home), _) => (home, wife),
            (None, Some(home)) => (home, husband),
            (None, None) => return self.settle(&[husband, wife], day, MoveReason::Marriage),
        };
        let children = self.minors_with(guest, day);
        self.leave(guest, day);
        self.join(guest, host, day, MoveReason::Marriage);
        for child in children {
            if self.home_of[child.0] != Some(host) {
                self.leave(child, day);
                self.join(child, host, day, MoveReason::MovedIn);
            }
        }
    }

    fn minors_with(&self, parent: PersonId, day: Date) -> Vec<PersonId> {
        let home = self.home_of[parent.0];
        let with = |it: &PersonId| {
            self.person(*it).alive_on(day)
                && self.age_on(*it, day) < 19
                && self.home_of[it.0] == home
        };
        let children = &self.person(parent).children;
        children.iter().copied().filter(with).collect()
    }

    pub(super) fn bear(&mut self, mother: PersonId, day: Date) {
        let person = self.person(mother);
        let last = person.children.iter().map(|it| self.person(*it).born).max();
        let soon = last.is_some_and(|born| born.plus_months(MONTHS_BETWEEN) > day);
        if !person.alive_on(day) || soon || person.age_on(day) < 17 {
            return;
        }
        let father = person
            .spouse_on(day)
            .filter(|it| self.age_on(*it, day) >= 17 && self.person(*it).sex == Sex::Male);
        let count = if self.draw.in_thousand(25) { 2 } else { 1 };
        let day = self.sometimes_on_leap_day(day).max(day);
        for _ in 0..count {
            self.child_of(mother, father, day);
        }
    }

    fn child_of(&mut self, mother: PersonId, father: Option<PersonId>, born: Date) -> PersonId {
        let named_after = father
            .filter(|it| !self.person(*it).is_foreign())
            .unwrap_or(mother);
        let mut surname = self.surname_of(named_after);
        if self.person(named_after).is_foreign() {
            surname = names::surname(&mut self.draw);
        }
        let sex = *self.draw.pick(&[Sex::Male, Sex::Female]);
        let child = self.add(surname, sex, born);
        let base = self.person(named_after).registration_base.clone();
        let clan = self.person(named_after).clan.clone();
        let birthplace = self.address_of(mother).map_or_else(
            || Bilingual::of("한빛시", "Hanbit-si"),
            |it| it.district.name(),
        );
        let person = self.person_mut(child);
        (person.father, person.mother) = (father, Some(mother));
        (person.registration_base, person.birthplace) = (base, birthplace);
        if !clan.ko.is_empty() {
            person.clan = clan;
        }
        for parent in [Some(mother), father].into_iter().flatten() {
            self.person_mut(parent).children.push(child);
        }
        if let Some(home) = self.home_of[mother.0] {
            self.join(child, home, born, MoveReason::Birth);
        }
        child
    }

    /// A stepchild by the mother's husband, or a small child by a couple without.
    pub(super) fn adopt(&mut self, mother: PersonId, day: Date) {
        let person = self.person(mother);
        let Some(father) = person.spouse_on(day) else {
            return;
        };
        if !person.alive_on(day) || self.age_on(father, day) < 28 {
            return;
        }
        let stepchild = person.children.iter().copied().find(|it| {
            let child = self.person(*it);
            let strange = child.father != Some(father) && child.adopted.is_none();
            let fits = self.person(father).born.years_until(child.born) >= 18;
            strange && fits && child.alive_on(day) && child.age_on(day) < 19
        });
        if let Some(child) = stepchild {
            let birth = self.person(child).father.into_iter().collect();
            self.person_mut(father).children.push(child);
            self.person_mut(child).adopted = Some(Adoption {
                on: day,
                full: false,
                by: vec![father],
                birth_parents: birth,
            });
        } else if self.person(mother).children.is_empty() {
            let born = self.draw.day(day.plus_years(-3), day.plus_months(-4));
            let child = self.child_of(mother, Some(father), born);
            let home = self.home_of[mother.0];
            let person = self.person_mut(child);
            person.adopted = Some(Adoption {
                on: day,
                full: true,
                by: vec![father, mother],
                birth_parents: Vec::new(),
            });
            // Where it lived before is on nobody's record here.
            for residence in &mut person.residences {
                (residence.from, residence.reason) = (day, MoveReason::Registered);
            }
            if let Some(home) = home {
                for member in &mut self.homes[home].members {
                    if member.person == child {
                        (member.since, member.reason) = (day, MoveReason::Registered);
                    }
                }
            }
        }
    }

    pub(super) fn divorce(&mut self, id: PersonId, day: Date) {
        let Some(marriage) = self.person(id).marriage_on(day) else {
            return;
        };
        let spouse = marriage.spouse;
        if marriage.on.plus_years(1) > day || !self.person(id).alive_on(day) {
            return;
        }
        self.end_marriage(id, spouse, day, EndOfMarriage::Divorce);
        let shared = self.home_of[id.0].filter(|home| self.home_of[spouse.0] == Some(*home));
        if let Some(home) = shared {
            // Who lives with the other's family goes.
            let goes = if self.homes[home].head == id {
                spouse
            } else {
                id
            };
            self.settle(&[goes], day, MoveReason::MovedIn);
        }
    }

    fn end_marriage(&mut self, one: PersonId, other: PersonId, on: Date, how: EndOfMarriage) {
        for (who, spouse) in [(one, other), (other, one)] {
            let marriages = self.person_mut(who).marriages.iter_mut();
            for marriage in marriages.filter(|it| it.spouse == spouse && it.ended.is_none()) {
                marriage.ended = Some(Ended { on, how });
            }
        }
    }

    pub(super) fn die(&mut self, id: PersonId, day: Date) {
        let person = self.person(id);
        // Nobody dies before the day after something else is on record.
        if !person.alive_on(day) || person.residences.last().is_some_and(|it| it.from >= day) {
            return;
        }
        if person
            .children
            .iter()
            .any(|it| self.person(*it).born >= day)
        {
            return;
        }
        if let Some(spouse) = person.spouse_on(day) {
            self.end_marriage(id, spouse, day, EndOfMarriage::Death);
        }
        self.person_mut(id).died = Some(day);
        self.leave(id, day);
    }

    pub(super) fn rename(&mut self, id: PersonId, day: Date) {
        let person = self.person(id);
        if !person.alive_on(day) || person.renamed.is_some() || person.is_foreign() {
            return;
        }
        let (surname, sex) = (self.surname_of(id), person.sex);
        let name = names::name(&mut self.draw, surname, sex);
        let person = self.person_mut(id);
        person.renamed = Some(Renamed {
            on: day,
            from: std::mem::replace(&mut person.name, name.hangul),
            from_latin: std::mem::replace(&mut person.name_latin, name.latin),
        });
        person.hanja = name.hanja;
    }

    pub(super) fn leave_parents(&mut self, id: PersonId, day: Date) {
        if self.person(id).alive_on(day) && self.is_single(id, day) {
            self.settle(&[id], day, MoveReason::MovedIn);
        }
    }

    /// Who is old and alone moves to a child with a home.
    pub(super) fn join_children(&mut self, id: PersonId, day: Date) {
        let person = self.person(id);
        let home = self.home_of[id.0];
        let child = person.children.iter().find(|it| {
            let child = self.home_of[it.0];
            child.is_some_and(|it| self.homes[it].dwelling.is_some()) && child != home
        });
        let host = child.and_then(|it| self.home_of[it.0]);
        if let Some(host) = host.filter(|_| person.alive_on(day)) {
            self.leave(id, day);
            self.join(id, host, day, MoveReason::MovedIn);
        }
    }

    pub(super) fn move_with(&mut self, head: PersonId, day: Date) {
        if let Some(home) = self.home_of[head.0].filter(|it| self.homes[*it].head == head) {
            self.move_home(home, day);
        }
    }
}
