//! What the screens say in each language, and from which side they are read.

use std::collections::{BTreeMap, BTreeSet};

use kiosk::visit::{Language, Touch, View};

use crate::{
    hall::{Area, Hall, WIDTH, label},
    screen,
    views::gallery,
};

/// Names, codes, an example of what to type, the sign of a unit, and what languages call
/// themselves.
const KNOWN: [&str; 16] = [
    "km", "won", "English", "Tiếng", "Việt", "ABC", "QR", "NET", "K0001", "Hanbit", "Saenarae",
    "parking", "7KQM", "7UQM", "X4TD", "09RW",
];

/// The gallery in a language, with what comes from the catalogue in Korean: whatever
/// English is left then was forgotten by the screens.
fn screens_own_words(hall: &Hall, language: Language) -> Vec<(String, String)> {
    let moments = gallery(Language::Korean).into_iter();
    labels(
        hall,
        moments.map(|(state, view)| (state, View { language, ..view })),
    )
}

/// What stands on each screen.
fn labels(hall: &Hall, moments: impl Iterator<Item = (String, View)>) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (state, view) in moments.filter(|(state, _)| state != "question-latin") {
        hall.show(&view);
        let elements = hall.elements();
        found.extend(elements.iter().map(|it| (state.clone(), label(it))));
    }
    found
}

/// The words in Latin letters that nobody expects on a screen of another language.
fn strange_words(words: &str) -> impl Iterator<Item = &str> {
    words
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| word.chars().filter(char::is_ascii_alphabetic).count() > 1)
        .filter(|word| !KNOWN.iter().any(|known| word.contains(known)))
}

#[test]
fn no_english_word_is_left_on_a_screen_of_another_language() {
    let hall = Hall::open();
    let english: BTreeSet<String> = screens_own_words(&hall, Language::English)
        .into_iter()
        .map(|(_, words)| words)
        .collect();
    let mut found = Vec::new();

    for language in Language::ALL {
        for (state, words) in screens_own_words(&hall, language) {
            let strange = match language {
                Language::English => false,
                // It is written in Latin letters itself.
                Language::Vietnamese => {
                    english.contains(&words) && strange_words(&words).next().is_some()
                }
                Language::Korean | Language::Chinese | Language::Japanese | Language::Arabic => {
                    strange_words(&words).next().is_some()
                }
            };
            if strange {
                found.push(format!("{state}-{}: {words:?}", language.code()));
            }
        }
    }

    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn what_the_catalogue_says_in_english_to_other_languages_is_counted() {
    let hall = Hall::open();
    let mut fallen_back = BTreeMap::new();

    for language in Language::ALL {
        let spoken = language.of_catalog().code();
        if spoken == language.code() {
            continue;
        }
        let own: BTreeSet<_> = screens_own_words(&hall, language).into_iter().collect();
        let shown = labels(&hall, gallery(language).into_iter()).into_iter();
        let from_catalog = shown.filter(|it| !own.contains(it)).count();
        fallen_back.insert(language.code(), (spoken, from_catalog));
    }

    eprintln!("texts of the gallery that fall back: {fallen_back:?}");
    let languages: Vec<&str> = fallen_back.keys().copied().collect();
    assert_eq!(languages, ["ar", "ja", "vi", "zh"]);
    for (language, (spoken, texts)) in fallen_back {
        assert_eq!(spoken, "en", "{language}");
        assert!(texts > 500, "{language}: only {texts} texts were found");
    }
}

#[test]
fn every_language_is_offered_by_its_own_name_on_the_welcome() {
    let hall = Hall::open();

    for language in Language::ALL {
        hall.show(&screen("welcome", language));
        let line = hall.control(language.own_name()).unwrap();
        for offered in Language::ALL {
            let names = line.accessible_description().unwrap();
            assert!(names.contains(offered.own_name()), "{offered:?}: {names}");
        }
        hall.touch(language.own_name());
        assert_eq!(hall.heard(), [Touch::OpenLanguages]);
    }
}

#[test]
fn a_touch_on_its_name_chooses_a_language() {
    let hall = Hall::open();
    hall.show(&screen("languages", Language::Arabic));

    for language in Language::ALL {
        let sheet = hall.inheriting("LanguageButton");
        let button = sheet.iter().find(|it| label(it) == language.own_name());
        button.unwrap().invoke_accessible_default_action();
    }

    assert_eq!(hall.heard(), Language::ALL.map(Touch::ChooseLanguage));
}

#[test]
fn arabic_screens_are_read_from_the_right() {
    let hall = Hall::open();
    let middle = |control: &str| {
        let control = hall.control(control);
        let area = Area::of(&control.unwrap_or_else(|| panic!("no control is named so")));
        area.x + area.width / 2.0
    };
    let center = WIDTH as f32 / 2.0;

    for (state, first, second) in [
        ("options", ["Back", "رجوع"], ["Continue", "متابعة"]),
        (
            "find",
            ["I have a ticket", "لديّ إيصال"],
            ["Search by name", "البحث بالاسم"],
        ),
        ("find", ["Text size", "حجم النص"], ["Get help", "مساعدة"]),
        (
            "agent-consent",
            ["No, thank you", "لا، شكراً"],
            ["Yes, call an agent", "نعم، نادِ موظفاً"],
        ),
    ] {
        hall.show(&screen(state, Language::English));
        assert!(middle(first[0]) < middle(second[0]), "{state}");
        assert!(middle(first[0]) < center, "{state}");
        hall.show(&screen(state, Language::Arabic));
        assert!(middle(first[1]) > middle(second[1]), "{state}");
        assert!(middle(first[1]) > center, "{state}");
    }
}
