//! Marks, term by term.

use crate::{Bilingual, Date, Person, SchoolLevel, Schooling, World};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    pub year: i32,
    /// 1 or 2.
    pub term: u8,
    pub courses: Vec<Course>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    pub name: Bilingual,
    /// Required, major, elective.
    pub kind: Bilingual,
    pub credits: u8,
    pub grade: &'static str,
    /// Grade points in tenths: 45 is 4.5; 0 below university.
    pub points_tenths: u8,
    /// Of a hundred.
    pub score: u8,
}

type Names = [(&'static str, &'static str); 12];

const AT_SCHOOL: Names = [
    ("국어", "Korean"),
    ("수학", "Mathematics"),
    ("영어", "English"),
    ("한국사", "Korean History"),
    ("통합사회", "Social Studies"),
    ("통합과학", "Science"),
    ("체육", "Physical Education"),
    ("음악", "Music"),
    ("미술", "Art"),
    ("기술·가정", "Technology and Home Economics"),
    ("정보", "Informatics"),
    ("한문", "Classical Chinese"),
];

const AT_UNIVERSITY: Names = [
    ("글쓰기", "Writing"),
    ("대학영어", "College English"),
    ("전공기초", "Foundations of the Major"),
    ("전공실습", "Practice of the Major"),
    ("통계학", "Statistics"),
    ("경제학개론", "Introduction to Economics"),
    ("현장실습", "Field Practice"),
    ("세미나", "Seminar"),
    ("연구방법론", "Methods of Research"),
    ("한국의 역사", "History of Korea"),
    ("컴퓨터의 이해", "Understanding Computers"),
    ("졸업논문", "Thesis"),
];

/// Lowest score, grade of a university, its points in tenths.
const GRADES: [(u8, &str, u8); 8] = [
    (95, "A+", 45),
    (90, "A0", 40),
    (85, "B+", 35),
    (80, "B0", 30),
    (75, "C+", 25),
    (70, "C0", 20),
    (65, "D+", 15),
    (60, "D0", 10),
];
const RANKS: [(u8, &str); 9] = [
    (95, "1"),
    (90, "2"),
    (85, "3"),
    (80, "4"),
    (75, "5"),
    (70, "6"),
    (65, "7"),
    (60, "8"),
    (0, "9"),
];

impl World {
    /// Terms that are over, oldest first; elementary schools give no marks.
    pub fn transcript(&self, person: &Person, schooling: &Schooling) -> Vec<Term> {
        let last = schooling.left.unwrap_or(self.today());
        let (names, count) = match schooling.school.level {
            SchoolLevel::Elementary => return Vec::new(),
            SchoolLevel::Middle | SchoolLevel::High => (&AT_SCHOOL, 9),
            SchoolLevel::University => (&AT_UNIVERSITY, 6),
        };
        let mut draw = self.dice(schooling.school.code, person.id.0);
        let able = draw.between(58, 88);
        let mut found = Vec::new();
        for year in schooling.entered.year()..=last.year() {
            for (term, ends) in [(1, Date::of(year, 7, 15)), (2, Date::of(year, 12, 31))] {
                if ends > last {
                    return found;
                }
                let mut order: Vec<&(&str, &str)> = names.iter().collect();
                draw.shuffle(&mut order);
                let course = |name: &&(&'static str, &'static str)| {
                    let score = (able + draw.between(-12, 12)).clamp(45, 100);
                    let university = schooling.school.level == SchoolLevel::University;
                    let score = u8::try_from(score).unwrap_or(60);
                    course(name, score, university, draw.in_thousand(350))
                };
                let courses = order.iter().take(count).map(course).collect();
                found.push(Term {
                    year,
                    term,
                    courses,
                });
            }
        }
        found
    }
}

fn course(name: &(&str, &str), score: u8, university: bool, elective: bool) -> Course {
    let kind = match (university, elective) {
        (_, true) => ("선택", "Elective"),
        (true, false) => ("전공", "Major"),
        (false, false) => ("공통", "Common"),
    };
    let reached = |lowest: u8| score >= lowest;
    let (grade, points_tenths) = if university {
        let grade = GRADES.iter().find(|(lowest, ..)| reached(*lowest));
        grade.map_or(("F", 0), |(_, grade, points)| (*grade, *points))
    } else {
        let rank = RANKS.iter().find(|(lowest, _)| reached(*lowest));
        (rank.map_or("9", |(_, rank)| rank), 0)
    };
    Course {
        name: name.into(),
        kind: kind.into(),
        credits: if university { 3 } else { 4 },
        grade,
        points_tenths,
        score,
    }
}
