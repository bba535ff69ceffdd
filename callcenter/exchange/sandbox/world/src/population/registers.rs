//! The homes of today as households of the resident register.

use super::{City, homes::Home};
use crate::{Household, HouseholdId, Member, Person, PersonId, Relation};

impl City {
    /// Behind the known households come those that were drawn.
    pub(super) fn registers(&mut self, known: Vec<Household>) -> Vec<Household> {
        for home in 0..self.homes.len() {
            if !self.homes[home].members.is_empty() && self.homes[home].dwelling.is_none() {
                self.move_home(home, self.today);
            }
        }
        let mut households = known;
        for home in &self.homes {
            let id = HouseholdId(households.len());
            households.extend(self.register(id, home));
        }
        for household in &households {
            for member in &household.members {
                self.persons[member.person.0].household = Some(household.id);
            }
        }
        households
    }

    fn register(&self, id: HouseholdId, home: &Home) -> Option<Household> {
        let address = self.dwellings[home.dwelling?].address.clone();
        let head = self.person(home.head);
        let mut members: Vec<Member> = home
            .members
            .iter()
            .map(|it| Member {
                person: it.person,
                relation: self.relation(head, it.person),
                moved_in: it.since,
                reason: it.reason,
            })
            .collect();
        if members.is_empty() {
            return None;
        }
        members.sort_by_key(|it| (it.relation, self.person(it.person).born, it.person));
        Some(Household {
            id,
            address,
            members,
            history: head.residences.clone(),
        })
    }

    fn relation(&self, head: &Person, other: PersonId) -> Relation {
        let person = self.person(other);
        let spouse = head.spouse_on(self.today);
        let child_of = |parent: PersonId| self.person(parent).children.contains(&other);
        let parents: Vec<PersonId> = head.father.iter().chain(&head.mother).copied().collect();
        let parents_in_law = spouse.map(|it| self.person(it)).into_iter();
        let mut parents_in_law =
            parents_in_law.flat_map(|it| it.father.into_iter().chain(it.mother));
        if other == head.id {
            Relation::Householder
        } else if spouse == Some(other) {
            Relation::Spouse
        } else if child_of(head.id) || spouse.is_some_and(child_of) {
            Relation::Child
        } else if parents.contains(&other) || parents_in_law.any(|it| it == other) {
            Relation::Parent
        } else if parents.iter().any(|it| child_of(*it)) {
            Relation::Sibling
        } else if head.children.iter().any(|it| child_of(*it)) {
            Relation::Grandchild
        } else if person
            .marriages
            .iter()
            .any(|it| head.children.contains(&it.spouse))
        {
            Relation::ChildInLaw
        } else if parents.iter().any(|it| self.is_parent_of(other, *it)) {
            Relation::Grandparent
        } else {
            Relation::Cohabitant
        }
    }

    fn is_parent_of(&self, parent: PersonId, child: PersonId) -> bool {
        self.person(parent).children.contains(&child)
    }
}
