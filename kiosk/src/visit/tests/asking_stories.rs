//! Questions of every kind, answered at the keys each of them brings.

use std::{fs, path::Path};

use catalog::Catalog;

use super::{citizen::LAND, town::Town};
use crate::visit::{
    Key, Language, Touch,
    view::{AnswerRefusal, KeyboardLayout, Question, ReviewLine, Screen},
};

/// The land ledger of this edition asks, in place of the parcel number, for something else.
fn asking(name: &str, kind: &str, limit: u32) -> Town {
    let house = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/catalog");
    let ours = std::env::temp_dir().join(format!("minwon-asking-{}-{name}", std::process::id()));
    let _ = fs::remove_dir_all(&ours);
    copy(&house, &ours);
    let file = ours.join("services/land-ledger/service.toml");
    let text = fs::read_to_string(&file).unwrap();
    let (standing, other) = (
        "kind = \"parcel_number\"\nlimit = 9",
        format!("{kind}\nlimit = {limit}"),
    );
    assert!(text.contains(standing));
    fs::write(&file, text.replace(standing, &other)).unwrap();
    let catalog = Catalog::read(&ours).unwrap();
    fs::remove_dir_all(&ours).unwrap();
    let mut town = Town::offering(catalog);
    town.touch(Touch::Start);
    town.touch(Touch::ChooseService(LAND.to_owned()));
    town.touch(Touch::Next);
    town.touch(Touch::Key(Key::Character('ㅅ')));
    town.touch(Touch::PickSuggestion(0));
    town
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let to = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &to);
        } else {
            fs::copy(&path, to).unwrap();
        }
    }
}

fn question(town: &Town) -> &Question {
    match town.screen() {
        Screen::Question(question) => question,
        other => panic!("not asked: {other:?}"),
    }
}

fn press(town: &mut Town, keys: &str) {
    for key in keys.chars() {
        town.touch(Touch::Key(Key::Character(key)));
    }
}

/// The last question's line of the review, once it is answered.
fn reviewed(town: &mut Town) -> ReviewLine {
    town.touch(Touch::Next);
    town.touch(Touch::Next);
    match town.screen() {
        Screen::Review(lines) => lines[1].clone(),
        other => panic!("not the review: {other:?}"),
    }
}

#[test]
fn a_day_is_typed_as_digits_and_reviewed_as_people_say_it() {
    let mut town = asking("day", "kind = \"date\"", 10);
    assert_eq!(question(&town).keyboard.layout, KeyboardLayout::Number);

    press(&mut town, "20260230");
    assert_eq!(question(&town).text, "2026-02-30");
    town.touch(Touch::Next);
    assert_eq!(question(&town).refusal, Some(AnswerRefusal::NoSuchDay));
    town.touch(Touch::Key(Key::Clear));
    press(&mut town, "202602");
    town.touch(Touch::Next);
    assert_eq!(question(&town).refusal, Some(AnswerRefusal::Unlike));
    press(&mut town, "28");

    assert_eq!(reviewed(&mut town).value, "2026년 2월 28일");
}

#[test]
fn digits_and_codes_bring_their_own_keys_and_take_nothing_else() {
    let mut town = asking("digits", "kind = \"digits\"\npattern = \"[0-9]{10}\"", 10);
    assert_eq!(question(&town).keyboard.layout, KeyboardLayout::Number);
    press(&mut town, "-");
    assert_eq!(question(&town).refusal, Some(AnswerRefusal::NotAllowed));
    press(&mut town, "123456789");
    town.touch(Touch::Next);
    assert_eq!(question(&town).refusal, Some(AnswerRefusal::Unlike));
    press(&mut town, "0");
    assert_eq!(reviewed(&mut town).value, "1234567890");

    let mut town = asking("code", "kind = \"code\"", 16);
    let keyboard = question(&town).keyboard;
    assert_eq!(keyboard.layout, KeyboardLayout::Capitals);
    assert!(keyboard.row_of_digits);
    town.touch(Touch::Key(Key::Layout));
    assert_eq!(question(&town).keyboard, keyboard);
    press(&mut town, "41000-26-X");
    assert_eq!(reviewed(&mut town).value, "41000-26-X");
}

#[test]
fn a_number_plate_has_digits_and_hangul_on_one_keyboard() {
    let plate = "kind = \"text\"\npattern = \"[0-9]{2,3}[가-힣][0-9]{4}\"";
    let mut town = asking("plate", plate, 9);
    let keyboard = question(&town).keyboard;
    assert_eq!(keyboard.layout, KeyboardLayout::Hangul);
    assert!(keyboard.row_of_digits);

    press(&mut town, "12ㄱㅏ345");
    town.touch(Touch::Next);
    assert_eq!(question(&town).refusal, Some(AnswerRefusal::Unlike));
    press(&mut town, "6");

    assert_eq!(reviewed(&mut town).value, "12가3456");
}

#[test]
fn a_day_is_reviewed_in_the_citizens_own_language() {
    let mut town = asking("english", "kind = \"date\"", 10);
    town.touch(Touch::StartOver);
    town.pass_seconds(60);
    town.touch(Touch::ChooseLanguage(Language::English));
    town.touch(Touch::ChooseService(LAND.to_owned()));
    town.touch(Touch::Next);
    press(&mut town, "Sae");
    town.touch(Touch::PickSuggestion(0));
    press(&mut town, "20261105");

    assert_eq!(reviewed(&mut town).value, "November 5, 2026");
}

#[test]
fn who_goes_back_finds_the_answer_as_it_was_left() {
    let mut town = asking("back", "kind = \"text\"", 20);
    press(&mut town, "12, 3.");
    town.touch(Touch::Next);

    town.touch(Touch::Back);
    assert_eq!(question(&town).text, "12, 3.");
    town.touch(Touch::Back);
    let district = question(&town);
    assert_eq!(district.suggestions, std::slice::from_ref(&district.text));
}
