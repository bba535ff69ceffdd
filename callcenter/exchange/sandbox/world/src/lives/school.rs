//! Who went to which school.

use serde::Serialize;

use super::last_day;
use crate::{Bilingual, Date, Person, World};

#[derive(Debug, PartialEq, Eq)]
pub struct School {
    pub code: &'static str,
    pub name: (&'static str, &'static str),
    pub level: SchoolLevel,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SchoolLevel {
    Elementary,
    Middle,
    High,
    University,
}

#[derive(Clone, Debug)]
pub struct Schooling {
    pub school: &'static School,
    /// Of a university.
    pub major: Option<Bilingual>,
    pub entered: Date,
    /// `None` while they attend it.
    pub left: Option<Date>,
    pub graduated: bool,
    /// Of the certificate of graduation.
    pub certificate: String,
    pub student_number: String,
}

const fn school(
    code: &'static str,
    name: (&'static str, &'static str),
    level: SchoolLevel,
) -> School {
    School { code, name, level }
}

static ELEMENTARY: [School; 4] = [
    school(
        "E1",
        ("새빛초등학교", "Saebit Elementary School"),
        SchoolLevel::Elementary,
    ),
    school(
        "E2",
        ("하늘초등학교", "Haneul Elementary School"),
        SchoolLevel::Elementary,
    ),
    school(
        "E3",
        ("별내초등학교", "Byeollae Elementary School"),
        SchoolLevel::Elementary,
    ),
    school(
        "E4",
        ("너울초등학교", "Neoul Elementary School"),
        SchoolLevel::Elementary,
    ),
];
static MIDDLE: [School; 3] = [
    school(
        "M1",
        ("가온중학교", "Gaon Middle School"),
        SchoolLevel::Middle,
    ),
    school(
        "M2",
        ("나래중학교", "Narae Middle School"),
        SchoolLevel::Middle,
    ),
    school(
        "M3",
        ("다솜중학교", "Dasom Middle School"),
        SchoolLevel::Middle,
    ),
];
static HIGH: [School; 3] = [
    school(
        "H1",
        ("한빛고등학교", "Hanbit High School"),
        SchoolLevel::High,
    ),
    school(
        "H2",
        ("미리내고등학교", "Mirinae High School"),
        SchoolLevel::High,
    ),
    school(
        "H3",
        ("한빛공업고등학교", "Hanbit Technical High School"),
        SchoolLevel::High,
    ),
];
static UNIVERSITY: [School; 2] = [
    school(
        "U1",
        ("한빛대학교", "Hanbit University"),
        SchoolLevel::University,
    ),
    school(
        "U2",
        ("새벽대학교", "Saebyeok University"),
        SchoolLevel::University,
    ),
];

const MAJORS: [(&str, &str); 6] = [
    ("행정학과", "Public Administration"),
    ("기계공학과", "Mechanical Engineering"),
    ("컴퓨터공학과", "Computer Science"),
    ("간호학과", "Nursing"),
    ("국어국문학과", "Korean Language and Literature"),
    ("해양수산학과", "Marine and Fisheries Science"),
];

impl SchoolLevel {
    pub fn name(self) -> Bilingual {
        match self {
            Self::Elementary => Bilingual::of("초등학교", "Elementary school"),
            Self::Middle => Bilingual::of("중학교", "Middle school"),
            Self::High => Bilingual::of("고등학교", "High school"),
            Self::University => Bilingual::of("대학교", "University"),
        }
    }

    /// Who signs its papers.
    pub fn head(self) -> Bilingual {
        match self {
            Self::Elementary | Self::Middle | Self::High => Bilingual::of("교장", "Principal"),
            Self::University => Bilingual::of("총장", "President"),
        }
    }

    /// Age at which it begins, and years it takes.
    fn years(self) -> (i32, i32) {
        match self {
            Self::Elementary => (7, 6),
            Self::Middle => (13, 3),
            Self::High => (16, 3),
            Self::University => (19, 4),
        }
    }

    /// Out of a thousand born in a year.
    fn attended(self, born: i32) -> usize {
        match (self, born) {
            (Self::Elementary, _) => 1_000,
            (Self::Middle, ..1_950) => 350,
            (Self::Middle, ..1_965) => 750,
            (Self::High, ..1_955) => 500,
            (Self::High, ..1_970) => 750,
            (Self::Middle | Self::High, _) => 1_000,
            (Self::University, ..1_965) => 150,
            (Self::University, ..1_975) => 350,
            (Self::University, _) => 620,
        }
    }
}

impl World {
    /// Schools of the city, lowest first; a foreigner went to others.
    pub fn schooling(&self, person: &Person) -> Vec<Schooling> {
        if person.is_foreign() || person.naturalized.is_some() || person.born.year() < 1935 {
            return Vec::new();
        }
        let mut draw = self.dice("school", person.id.0);
        let last = last_day(person, self.today());
        let levels: [&'static [School]; 4] = [&ELEMENTARY, &MIDDLE, &HIGH, &UNIVERSITY];
        let mut found = Vec::new();
        for schools in levels {
            let school = draw.pick(schools);
            let (age, years) = school.level.years();
            let entered = Date::of(person.born.year() + age, 3, 2);
            let wanted = draw.in_thousand(school.level.attended(person.born.year()));
            if !wanted || entered > last {
                break;
            }
            let leaves = Date::of(entered.year() + years, 2, 14);
            let university = school.level == SchoolLevel::University;
            let gives_up = university && draw.in_thousand(90);
            let leaves = if gives_up {
                leaves.plus_years(-2)
            } else {
                leaves
            };
            let left = leaves.min(last);
            let over = leaves <= last || person.died.is_some();
            let graduated = leaves <= last && !gives_up;
            let serial = person.id.0 % 9_000 + 1_000;
            found.push(Schooling {
                school,
                major: university.then(|| Bilingual::from(draw.pick(&MAJORS))),
                entered,
                left: over.then_some(left),
                graduated,
                certificate: format!("제{}-{serial}호", left.year()),
                student_number: format!("{}{serial:05}", entered.year()),
            });
            if !graduated {
                break;
            }
        }
        found
    }
}
