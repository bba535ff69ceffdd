//! Names that nobody bears: syllables put together, in Hangul, Hanja and Latin letters.

use crate::{Bilingual, Draw, Sex};

/// A name in the three scripts of the records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Name {
    pub(crate) surname: usize,
    pub(crate) hangul: String,
    pub(crate) latin: String,
    pub(crate) hanja: Option<String>,
}

/// Hangul, Latin letters, Hanja, where the family is from, and how common it is.
type Surname = (
    &'static str,
    &'static str,
    &'static str,
    (&'static str, &'static str),
    usize,
);

const SURNAMES: [Surname; 24] = [
    ("김", "KIM", "金", ("김해", "Gimhae"), 21),
    ("이", "LEE", "李", ("전주", "Jeonju"), 15),
    ("박", "PARK", "朴", ("밀양", "Miryang"), 9),
    ("최", "CHOI", "崔", ("경주", "Gyeongju"), 5),
    ("정", "JUNG", "鄭", ("동래", "Dongnae"), 5),
    ("강", "KANG", "姜", ("진주", "Jinju"), 3),
    ("조", "CHO", "趙", ("한양", "Hanyang"), 3),
    ("윤", "YOON", "尹", ("파평", "Papyeong"), 3),
    ("장", "JANG", "張", ("인동", "Indong"), 3),
    ("임", "LIM", "林", ("나주", "Naju"), 2),
    ("한", "HAN", "韓", ("청주", "Cheongju"), 2),
    ("오", "OH", "吳", ("해주", "Haeju"), 2),
    ("서", "SEO", "徐", ("달성", "Dalseong"), 2),
    ("신", "SHIN", "申", ("평산", "Pyeongsan"), 2),
    ("권", "KWON", "權", ("안동", "Andong"), 2),
    ("황", "HWANG", "黃", ("창원", "Changwon"), 2),
    ("안", "AHN", "安", ("순흥", "Sunheung"), 2),
    ("송", "SONG", "宋", ("여산", "Yeosan"), 2),
    ("류", "RYU", "柳", ("문화", "Munhwa"), 2),
    ("홍", "HONG", "洪", ("남양", "Namyang"), 2),
    ("남궁", "NAMGUNG", "南宮", ("함열", "Hamyeol"), 1),
    ("황보", "HWANGBO", "皇甫", ("영천", "Yeongcheon"), 1),
    ("제갈", "JEGAL", "諸葛", ("남양", "Namyang"), 1),
    ("선우", "SUNWOO", "鮮于", ("태원", "Taewon"), 1),
];

/// Of given names; a native syllable has no Hanja.
type Syllable = (&'static str, &'static str, Option<char>);

const FIRST: [Syllable; 24] = [
    ("가", "GA", Some('佳')),
    ("나", "NA", None),
    ("다", "DA", None),
    ("도", "DO", Some('道')),
    ("라", "RA", None),
    ("민", "MIN", Some('敏')),
    ("서", "SEO", Some('瑞')),
    ("수", "SU", Some('秀')),
    ("시", "SI", Some('時')),
    ("연", "YEON", Some('硏')),
    ("예", "YE", Some('藝')),
    ("윤", "YUN", Some('潤')),
    ("은", "EUN", Some('恩')),
    ("준", "JUN", Some('俊')),
    ("지", "JI", Some('智')),
    ("하", "HA", Some('夏')),
    ("영", "YEONG", Some('榮')),
    ("정", "JEONG", Some('貞')),
    ("현", "HYEON", Some('賢')),
    ("재", "JAE", Some('在')),
    ("태", "TAE", Some('泰')),
    ("혜", "HYE", Some('惠')),
    ("유", "YU", Some('裕')),
    ("소", "SO", Some('素')),
];

const LAST_MALE: [Syllable; 14] = [
    ("우", "U", Some('宇')),
    ("준", "JUN", Some('峻')),
    ("현", "HYEON", Some('鉉')),
    ("율", "YUL", Some('律')),
    ("진", "JIN", Some('鎭')),
    ("람", "RAM", None),
    ("호", "HO", Some('浩')),
    ("석", "SEOK", Some('錫')),
    ("철", "CHEOL", Some('哲')),
    ("수", "SU", Some('洙')),
    ("훈", "HUN", Some('勳')),
    ("빈", "BIN", Some('彬')),
    ("규", "GYU", Some('圭')),
    ("솔", "SOL", None),
];

const LAST_FEMALE: [Syllable; 14] = [
    ("아", "A", Some('娥')),
    ("은", "EUN", Some('銀')),
    ("영", "YEONG", Some('英')),
    ("진", "JIN", Some('珍')),
    ("윤", "YUN", Some('玧')),
    ("빛", "BIT", None),
    ("별", "BYEOL", None),
    ("온", "ON", None),
    ("희", "HUI", Some('姬')),
    ("숙", "SUK", Some('淑')),
    ("자", "JA", Some('子')),
    ("경", "GYEONG", Some('京')),
    ("린", "RIN", Some('璘')),
    ("울", "UL", None),
];

/// Names of one syllable, and syllables that old fonts do not have.
const ALONE: [Syllable; 8] = [
    ("솔", "SOL", None),
    ("훈", "HUN", Some('勳')),
    ("준", "JUN", Some('俊')),
    ("별", "BYEOL", None),
    ("린", "RIN", Some('璘')),
    ("뷘", "BWIN", None),
    ("힁", "HOENG", None),
    ("튼", "TEUN", None),
];

/// Out of a thousand.
const OF_ONE_SYLLABLE: usize = 15;

pub(crate) fn clan(surname: usize) -> Bilingual {
    Bilingual::from(&SURNAMES[surname].3)
}

pub(crate) fn surname(draw: &mut Draw) -> usize {
    let all: usize = SURNAMES.iter().map(|it| it.4).sum();
    let mut thrown = draw.below(all);
    for (index, (.., common)) in SURNAMES.iter().enumerate() {
        match thrown.checked_sub(*common) {
            Some(rest) => thrown = rest,
            None => return index,
        }
    }
    0
}

/// A name of a family.
pub(crate) fn name(draw: &mut Draw, surname: usize, sex: Sex) -> Name {
    let given: Vec<&Syllable> = if draw.in_thousand(OF_ONE_SYLLABLE) {
        vec![draw.pick(&ALONE)]
    } else {
        let last: &[Syllable] = match sex {
            Sex::Male => &LAST_MALE,
            Sex::Female => &LAST_FEMALE,
        };
        vec![draw.pick(&FIRST), draw.pick(last)]
    };
    let (family, latin, hanja, ..) = SURNAMES[surname];
    let all_hanja: Option<String> = given.iter().map(|it| it.2).collect();
    Name {
        surname,
        hangul: given.iter().fold(family.to_owned(), |name, it| name + it.0),
        latin: given
            .iter()
            .fold(format!("{latin} "), |name, it| name + it.1),
        hanja: all_hanja.map(|given| format!("{hanja}{given}")),
    }
}

/// The surname's index in a full name, if it is one of ours.
pub(crate) fn surname_of(name: &str) -> Option<usize> {
    // The long ones first: 황보 begins with 황.
    (0..SURNAMES.len())
        .rev()
        .find(|index| name.starts_with(SURNAMES[*index].0))
}
