//! What the state gives those who need it.

use serde::Serialize;

use crate::{Bilingual, Date, EndOfMarriage, Household, Person, PersonId, Relation, World};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disability {
    pub kind: DisabilityKind,
    /// 장애의 정도가 심한 장애인.
    pub severe: bool,
    pub registered: Date,
    pub number: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DisabilityKind {
    Physical,
    BrainLesion,
    Visual,
    Hearing,
    Intellectual,
    Mental,
    Kidney,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Livelihood {
    pub since: Date,
    pub benefits: Vec<LivelihoodBenefit>,
    pub number: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LivelihoodBenefit {
    Living,
    Medical,
    Housing,
    Education,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearPoor {
    pub since: Date,
    pub program: Bilingual,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SingleParent {
    pub since: Date,
    pub why: Bilingual,
    pub parent: PersonId,
    pub children: Vec<PersonId>,
}

impl DisabilityKind {
    pub fn name(self) -> Bilingual {
        match self {
            Self::Physical => Bilingual::of("지체장애", "Physical disability"),
            Self::BrainLesion => Bilingual::of("뇌병변장애", "Brain lesion"),
            Self::Visual => Bilingual::of("시각장애", "Visual impairment"),
            Self::Hearing => Bilingual::of("청각장애", "Hearing impairment"),
            Self::Intellectual => Bilingual::of("지적장애", "Intellectual disability"),
            Self::Mental => Bilingual::of("정신장애", "Mental disorder"),
            Self::Kidney => Bilingual::of("신장장애", "Kidney dysfunction"),
        }
    }
}

impl LivelihoodBenefit {
    pub fn name(self) -> Bilingual {
        match self {
            Self::Living => Bilingual::of("생계급여", "Living benefit"),
            Self::Medical => Bilingual::of("의료급여", "Medical benefit"),
            Self::Housing => Bilingual::of("주거급여", "Housing benefit"),
            Self::Education => Bilingual::of("교육급여", "Education benefit"),
        }
    }
}

const KINDS: [DisabilityKind; 8] = [
    DisabilityKind::Physical,
    DisabilityKind::Physical,
    DisabilityKind::BrainLesion,
    DisabilityKind::Visual,
    DisabilityKind::Hearing,
    DisabilityKind::Intellectual,
    DisabilityKind::Mental,
    DisabilityKind::Kidney,
];

const PROGRAMS: [(&str, &str); 4] = [
    ("차상위 본인부담경감", "Reduced payment for medical care"),
    ("차상위 자활근로", "Self-support work"),
    ("차상위 장애수당", "Disability allowance"),
    ("차상위계층 확인", "Confirmed as near poor"),
];

/// Of a thousand persons or households.
const DISABLED: usize = 48;
const POOR: usize = 45;
const NEAR_POOR: usize = 40;
/// A child is one until this age.
const CHILD: i32 = 18;

impl World {
    /// Of somebody who lives.
    pub fn disability(&self, person: &Person) -> Option<Disability> {
        let mut draw = self.dice("disability", person.id.0);
        let first = person.born.plus_years(2).max(Date::of(1990, 1, 1));
        let may = person.died.is_none() && first < self.today() && draw.in_thousand(DISABLED);
        may.then(|| Disability {
            kind: *draw.pick(&KINDS),
            severe: draw.in_thousand(370),
            registered: draw.day(first, self.today()),
            number: format!("4199-{:06}", person.id.0 + 200_011),
        })
    }

    /// Since when a household can have been one: its householder's last move.
    fn since(&self, household: &Household) -> Date {
        let moved = household
            .members
            .first()
            .map_or(self.today(), |it| it.moved_in);
        moved.max(Date::of(2001, 1, 1))
    }

    pub fn livelihood(&self, household: &Household) -> Option<Livelihood> {
        let mut draw = self.dice("livelihood", household.id.0);
        if !draw.in_thousand(POOR) {
            return None;
        }
        let mut benefits = vec![LivelihoodBenefit::Living, LivelihoodBenefit::Medical];
        if draw.in_thousand(700) {
            benefits.push(LivelihoodBenefit::Housing);
        }
        let young =
            |person: PersonId| (6..CHILD).contains(&self.person(person).age_on(self.today()));
        if household.members.iter().any(|it| young(it.person)) {
            benefits.push(LivelihoodBenefit::Education);
        }
        Some(Livelihood {
            since: draw.day(self.since(household), self.today()),
            benefits,
            number: format!("41990-{:06}", household.id.0 + 100_019),
        })
    }

    /// Of a household that has no livelihood benefits.
    pub fn near_poor(&self, household: &Household) -> Option<NearPoor> {
        let mut draw = self.dice("near poor", household.id.0);
        let may = self.livelihood(household).is_none() && draw.in_thousand(NEAR_POOR);
        may.then(|| NearPoor {
            since: draw.day(self.since(household), self.today()),
            program: Bilingual::from(draw.pick(&PROGRAMS)),
        })
    }

    /// One grown-up with children of their own, and nobody they are married to.
    pub fn single_parent(&self, household: &Household) -> Option<SingleParent> {
        let today = self.today();
        let parent = self.person(household.householder());
        let child = |it: &PersonId| self.person(*it).age_on(today) < CHILD;
        let relation = |it: Relation| {
            let with = household
                .members
                .iter()
                .filter(move |member| member.relation == it);
            with.map(|it| it.person)
        };
        let children: Vec<PersonId> = relation(Relation::Child)
            .filter(|it| child(it) && parent.children.contains(it))
            .collect();
        let alone =
            parent.spouse_on(today).is_none() && relation(Relation::Spouse).next().is_none();
        let youngest = children.iter().map(|it| self.person(*it).born).max()?;
        if !alone {
            return None;
        }
        let ended = parent
            .marriages
            .iter()
            .filter_map(|it| it.ended)
            .next_back();
        let (since, why) = match ended {
            None => (youngest, ("미혼", "Not married")),
            Some(it) => match it.how {
                EndOfMarriage::Divorce => (it.on, ("이혼", "Divorced")),
                EndOfMarriage::Death => (it.on, ("사별", "Widowed")),
            },
        };
        Some(SingleParent {
            since: since.plus_days(30).max(youngest).min(today),
            why: why.into(),
            parent: parent.id,
            children,
        })
    }
}
