//! The self-assessment sheet says what was found, and nothing that was not.

#![allow(clippy::unwrap_used)]

use std::{
    fs,
    io::Write,
    process::{Command, Stdio},
};

use certificate::Press;
use tests::assessment::{self, Contrast, Results, ResultsError, Verdict, Walk, functions};

const DAY: (i64, u32, u32) = (2026, 11, 24);

fn walk(percent: u16, low: bool, complaints: &[&str]) -> Walk {
    Walk {
        language: "ko".to_owned(),
        percent,
        colours: "standard".to_owned(),
        low,
        screens: 70,
        controls: 1_234,
        complaints: complaints.iter().map(|it| (*it).to_owned()).collect(),
    }
}

fn results(complaints: &[&str]) -> Results {
    let walks = vec![walk(100, false, &[]), walk(200, true, complaints)];
    let contrast = |colours: &str, least, promised| Contrast {
        colours: colours.to_owned(),
        least,
        promised,
        pair: "소식".to_owned(),
    };
    Results {
        touch: walks.clone(),
        keypad: vec![walk(100, false, &[])],
        switches: vec![walk(100, false, &[])],
        contrasts: vec![
            contrast("standard", 5.2, 4.5),
            contrast("yellow-on-black", 16.1, 15.0),
        ],
        gone: 32,
    }
}

fn verdict(results: &Results, name: &str) -> Verdict {
    let functions = functions(results);
    let function = functions.iter().find(|it| it.name.starts_with(name));
    function.unwrap().verdict
}

fn text(results: &Results) -> String {
    let press = Press::with_debian_fonts().unwrap();
    let sheet = assessment::print(&press, results, DAY).unwrap();
    let mut reader = Command::new("pdftotext")
        .args(["-layout", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut page = reader.stdin.take().unwrap();
    page.write_all(&sheet.bytes).unwrap();
    drop(page);
    let read = reader.wait_with_output().unwrap();
    String::from_utf8(read.stdout).unwrap()
}

#[test]
fn what_was_shown_is_met_and_what_has_no_device_never_is() {
    let results = results(&[]);

    assert_eq!(verdict(&results, "화면 확대"), Verdict::Met);
    assert_eq!(verdict(&results, "명도"), Verdict::Met);
    assert_eq!(verdict(&results, "장애인용"), Verdict::InSoftware);
    assert_eq!(verdict(&results, "점자"), Verdict::Missing);
    assert_eq!(verdict(&results, "카드"), Verdict::InSoftware);
}

#[test]
fn one_complaint_is_enough_and_stands_on_the_sheet() {
    let results = results(&["pay-ko-200-standard-low: \"현금으로 내기\" is too small"]);

    assert_eq!(verdict(&results, "화면 확대"), Verdict::NotMet);
    assert_eq!(verdict(&results, "휠체어"), Verdict::NotMet);
    assert_eq!(verdict(&results, "음성"), Verdict::InSoftware);
    let text = text(&results);
    assert!(
        text.contains("부적합") && text.contains("현금으로 내기"),
        "{text}"
    );
}

#[test]
fn what_was_gone_through_in_no_way_or_left_out_is_not_met() {
    let mut results = results(&[]);
    results.touch.retain(|it| !it.low);
    results.contrasts[0].least = 4.4;
    results.gone = 0;

    for name in ["휠체어", "화면 확대", "명도", "설정"] {
        assert_eq!(verdict(&results, name), Verdict::NotMet, "{name}");
    }
}

#[test]
fn the_sheet_tells_its_numbers_and_its_limits() {
    let text = text(&results(&[]));

    for words in [
        "2026년 11월 24일",
        "2,468",
        "16.1 : 1",
        "공인 시험이 아닙니다",
    ] {
        assert!(text.contains(words), "{words} is not in {text}");
    }
    assert!(!text.contains("부적합"), "{text}");
}

#[test]
fn results_that_are_not_there_are_named() {
    let folder = std::env::temp_dir().join(format!("minwon-results-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();

    let missing = Results::read(&folder).unwrap_err();
    fs::write(folder.join("touch.json"), "[{}]").unwrap();
    let malformed = Results::read(&folder).unwrap_err();

    fs::remove_dir_all(&folder).unwrap();
    assert!(matches!(missing, ResultsError::Missing { file, .. } if file == "touch.json"));
    assert!(matches!(malformed, ResultsError::Malformed { file, .. } if file == "touch.json"));
}
