//! The screens of provisioning: each in both languages, upright and wide, looked at and touched.

#![allow(clippy::unwrap_used)]

#[path = "screens/look.rs"]
mod look;
#[path = "screens/moments.rs"]
mod moments;
#[path = "screens/place.rs"]
mod place;
#[path = "screens/road.rs"]
mod road;
#[path = "screens/stand.rs"]
mod stand;

use std::{fs::File, io::BufWriter, path::PathBuf};

use moments::moments;
use provision::{
    screens::Tongue,
    view::{Label, PinProblem, Touch, View},
};
use stand::{Shape, Stand};

/// What a control cannot say by itself: both lead away from nothing.
const SPEAK: [&str; 2] = ["English", "한국어"];

#[test]
fn every_step_is_readable_and_reachable_in_both_languages_upright_and_wide() {
    let mut found = Vec::new();

    for shape in Shape::ALL {
        let stand = Stand::open(shape);
        for tongue in Tongue::ALL {
            stand.speak(tongue);
            for (moment, view) in moments() {
                stand.show(&view);
                let complaints = look::complaints(&stand);
                let place = format!("{moment}, {}, {shape:?}", tongue.code());
                found.extend(complaints.into_iter().map(|it| format!("{place}: {it}")));
                draw(&stand, &format!("{shape:?}-{}-{moment}", tongue.code()));
            }
        }
    }

    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn every_control_that_is_on_reports_a_touch() {
    let stand = Stand::open(Shape::Upright);
    stand.speak(Tongue::English);
    let mut silent = Vec::new();

    for (moment, view) in moments() {
        stand.show(&view);
        for name in stand.names_of_enabled() {
            if SPEAK.contains(&name.as_str()) || name.starts_with("Scroll") {
                continue;
            }
            stand.touch(&name);
            let heard = stand.heard();
            let clears = name == "Clear all" && heard.iter().all(|it| *it == Touch::Erase);
            if heard.len() != 1 && !clears {
                silent.push(format!("{moment}: {name:?} said {heard:?}"));
            }
        }
    }

    assert!(silent.is_empty(), "\n{}", silent.join("\n"));
}

#[test]
fn the_other_language_is_one_touch_away_on_every_step() {
    let stand = Stand::open(Shape::Upright);

    stand.show(&View::Card(None));
    assert!(stand.says("기술자 카드를 넣으세요"));
    stand.touch("English");
    assert!(stand.says("Put in your technician's card"));
    stand.touch("한국어");
    assert!(stand.says("기술자 카드를 넣으세요"));
    assert!(stand.heard().is_empty(), "the language is the window's own");
}

#[test]
fn a_pin_is_dots_and_nobody_reads_more_of_it_than_its_length() {
    let stand = Stand::open(Shape::Upright);
    stand.speak(Tongue::English);

    stand.show(&View::Pin {
        typed: 6,
        busy: false,
        problem: Some(PinProblem::Wrong),
    });

    let field = stand.field("Technician's PIN");
    assert_eq!(field.accessible_value().unwrap(), "6");
    assert!(stand.says("The PIN is wrong."));
    stand.touch("Confirm my PIN");
    assert_eq!(stand.heard(), [Touch::Continue]);
}

#[test]
fn a_pin_that_is_too_short_or_looked_at_cannot_be_confirmed() {
    let stand = Stand::open(Shape::Upright);
    stand.speak(Tongue::English);

    for (typed, busy) in [(5, false), (13, false), (8, true)] {
        stand.show(&View::Pin {
            typed,
            busy,
            problem: None,
        });
        stand.touch("Confirm my PIN");
        assert_eq!(stand.heard(), [], "{typed} {busy}");
    }
}

#[test]
fn clear_takes_away_as_many_digits_as_there_are() {
    let stand = Stand::open(Shape::Upright);
    stand.speak(Tongue::English);

    stand.show(&View::Label(Label {
        stations: vec!["jongno-1".to_owned()],
        chosen: Some(0),
        code: "1234 56".to_owned(),
        problem: None,
    }));
    stand.touch("Clear all");

    assert_eq!(stand.heard(), [const { Touch::Erase }; 6]);
}

#[test]
fn a_target_lies_in_each_corner_and_says_which_it_is() {
    use provision::view::{Asked, SelfTest};
    let stand = Stand::open(Shape::Wide);
    stand.speak(Tongue::English);

    let corners = ["top left", "top right", "bottom left", "bottom right"];
    for (target, corner) in (0_u8..).zip(corners) {
        stand.show(&View::SelfTest(SelfTest {
            rows: Vec::new(),
            asked: Some(Asked::TouchTarget(target)),
        }));
        let name = format!("Target at the {corner}");
        let area = stand.area(&name);
        assert_eq!(area.y < 200.0, corner.starts_with("top"), "{corner}");
        assert_eq!(area.x < 200.0, corner.ends_with("left"), "{corner}");
        stand.touch(&name);
        assert_eq!(stand.heard(), [Touch::Target(target)]);
    }
}

/// Keeps a picture where `MINWON_PICTURES` names a folder, for whoever looks.
fn draw(stand: &Stand, name: &str) {
    let Some(folder) = std::env::var_os("MINWON_PICTURES").map(PathBuf::from) else {
        return;
    };
    std::fs::create_dir_all(&folder).unwrap();
    let picture = stand.picture();
    let file = File::create(folder.join(format!("{name}.png"))).unwrap();
    let mut encoder = png::Encoder::new(BufWriter::new(file), picture.width(), picture.height());
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_compression(png::Compression::Fast);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(picture.as_bytes()).unwrap();
}
