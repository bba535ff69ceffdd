//! A family's register as it was when such registers were closed.

use crate::{Bilingual, Date, Person, PersonId, World};

#[derive(Clone, Debug)]
pub struct ClosedFamily {
    /// The head of the family (호주).
    pub head: PersonId,
    pub base: Bilingual,
    pub members: Vec<ClosedMember>,
    pub closed: Date,
    pub why: Bilingual,
}

#[derive(Clone, Debug)]
pub struct ClosedMember {
    pub person: PersonId,
    /// To the head.
    pub relation: Bilingual,
    pub entries: Vec<(Date, Bilingual)>,
}

/// The Act on the Registration of Family Relationships took effect; a day since 1970.
const CLOSED: Date = Date(13_879);

impl World {
    /// Of somebody who was born before the registers were closed.
    pub fn closed_family(&self, person: &Person) -> Option<ClosedFamily> {
        if person.born >= CLOSED || person.is_foreign() || person.naturalized.is_some() {
            return None;
        }
        let married = person.marriages.iter().any(|it| it.on < CLOSED);
        let father = person.father.map(|it| self.person(it));
        let head = match father {
            Some(father) if !married && !father.is_foreign() => father,
            Some(_) | None => person,
        };
        let wife = head
            .marriages
            .iter()
            .rfind(|it| it.on < CLOSED)
            .map(|it| it.spouse);
        let mut members = vec![self.entry(head, ("호주", "Head of the family"))];
        members.extend(wife.map(|it| self.entry(self.person(it), ("배우자", "Spouse"))));
        for child in &head.children {
            let child = self.person(*child);
            if child.born < CLOSED {
                members.push(self.entry(child, ("자녀", "Child")));
            }
        }
        Some(ClosedFamily {
            head: head.id,
            base: head.registration_base.clone(),
            members,
            closed: CLOSED,
            why: Bilingual::of(
                "가족관계의 등록 등에 관한 법률 시행으로 폐쇄",
                "Closed by the Act on the Registration of Family Relationships",
            ),
        })
    }

    fn entry(&self, person: &Person, relation: (&str, &str)) -> ClosedMember {
        let mut entries = vec![(
            person.born,
            Bilingual::of(
                format!("{} 출생", person.birthplace.ko),
                format!("Born, {}", person.birthplace.en),
            ),
        )];
        for marriage in &person.marriages {
            let spouse = self.person(marriage.spouse);
            let text = Bilingual::of(
                format!("{}과(와) 혼인신고", spouse.name),
                format!("Married {}", spouse.name_latin),
            );
            entries.push((marriage.on, text));
            if let Some(ended) = marriage.ended {
                let text = match ended.how {
                    crate::EndOfMarriage::Divorce => ("이혼", "Divorced"),
                    crate::EndOfMarriage::Death => ("배우자 사망", "Spouse died"),
                };
                entries.push((ended.on, text.into()));
            }
        }
        entries.extend(person.died.map(|it| (it, Bilingual::of("사망", "Died"))));
        entries.retain(|(day, _)| *day < CLOSED);
        entries.sort_by_key(|(day, _)| *day);
        ClosedMember {
            person: person.id,
            relation: relation.into(),
            entries,
        }
    }
}
