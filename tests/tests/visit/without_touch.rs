//! Visits of people who touch nothing: they hear the screens, or go through them by two
//! switches, and walk away with the same paper as everybody.

use std::{fs, path::Path};

use request::{Outcome, Stage};
use tests::{
    keypad::Hands,
    office::TUESDAY_10_00,
    stand::Stand,
    walk::{CITIZEN, End, Stop},
};

#[test]
fn who_sees_nothing_hears_the_whole_way_to_the_paper() {
    let mut stand = Stand::open(TUESDAY_10_00);

    let end = stand.visit_by_ear();

    assert_eq!(end, End::Thanked);
    let request = stand.assert_agreement(200);
    assert_eq!(request.stage, Stage::Closed(Outcome::Done));
    assert_eq!(stand.sheets().len(), 1);
    let transcript = stand.transcript().to_string();
    // Of the number nobody who stands near hears a digit, nor is it said when it is typed.
    assert!(!transcript.contains(&CITIZEN.resident_number[6..]));
    let transcript = without_chance(&transcript);
    let wanted = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/visit-by-ear.txt");
    if transcript != fs::read_to_string(&wanted).unwrap_or_default() {
        let heard = Path::new(env!("CARGO_TARGET_TMPDIR")).join("visit-by-ear.txt");
        fs::write(&heard, &transcript).unwrap();
        panic!(
            "{} is not what stands in {}",
            heard.display(),
            wanted.display()
        );
    }
}

#[test]
fn two_switches_lead_to_the_paper_without_a_word() {
    let mut stand = Stand::open(TUESDAY_10_00);
    stand.is_used_by(Hands::Switches);

    stand.walk_to(Stop::Service);
    let end = stand.go_on();

    assert_eq!(end, End::Thanked);
    assert_eq!(stand.sheets().len(), 1);
    assert_eq!(stand.said(), Vec::<String>::new());
}

/// What differs from visit to visit is called by its kind.
fn without_chance(transcript: &str) -> String {
    let word = |word: &str| {
        let shape: String = word
            .chars()
            .map(|it| if it.is_ascii_alphanumeric() { 'x' } else { it })
            .collect();
        match shape.as_str() {
            "xxxx-xxxx-xxxx-xxxx" => "(document number)".to_owned(),
            "xx:xx" => "(time)".to_owned(),
            _ => word.to_owned(),
        }
    };
    let line = |line: &str| line.split(' ').map(word).collect::<Vec<_>>().join(" ") + "\n";
    transcript.lines().map(line).collect()
}
