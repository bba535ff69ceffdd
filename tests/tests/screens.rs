//! The screens: every one of them in every language and setting, looked at and touched.

#![allow(clippy::unwrap_used)]

#[path = "screens/contrast.rs"]
mod contrast;
#[path = "screens/drawn.rs"]
mod drawn;
#[path = "screens/hall.rs"]
mod hall;
#[path = "screens/languages.rs"]
mod languages;
#[path = "screens/listener.rs"]
mod listener;
#[path = "screens/look.rs"]
mod look;
#[path = "screens/messages.rs"]
mod messages;
#[path = "screens/report.rs"]
mod report;
#[path = "screens/settings.rs"]
mod settings;
#[path = "screens/still.rs"]
mod still;
#[path = "screens/stops.rs"]
mod stops;
#[path = "screens/upkeep.rs"]
mod upkeep;
#[path = "screens/views.rs"]
mod views;

use std::{fs::File, io::BufWriter};

use hall::{Area, HEIGHT, Hall, WIDTH, is_control, label};
use i_slint_backend_testing::AccessibleRole;
use kiosk::visit::{
    Key, Language, Touch, View,
    view::{Accessibility, Screen},
};
use report::Walked;
use views::{Words, gallery};

#[test]
fn every_screen_is_readable_and_reachable_in_every_language_and_setting() {
    let walked = report::in_every_language(|language| {
        let hall = Hall::open();
        let walk = |setting| look_at_all(&hall, language, setting);
        settings::looked_at(language)
            .into_iter()
            .map(walk)
            .collect()
    });

    report::settle("touch", &walked);
}

fn look_at_all(hall: &Hall, language: Language, setting: Accessibility) -> Walked {
    let mut walked = Walked::new(language, setting);
    for (state, view) in gallery(language) {
        hall.show(&View {
            accessibility: setting,
            ..view
        });
        let controls = hall.elements().iter().filter(|it| is_control(it)).count();
        walked.has_seen(&state, controls, look::complaints(hall));
    }
    walked
}

#[test]
fn every_control_reports_exactly_one_touch() {
    let hall = Hall::open();
    let mut found = Vec::new();

    let moments = [Language::English, Language::Arabic]
        .into_iter()
        .flat_map(gallery);
    for (state, view) in moments {
        hall.show(&view);
        hall.heard();
        for control in hall.elements().iter().filter(|it| is_control(it)) {
            let name = label(control);
            let turns = look::UP.into_iter().chain(look::DOWN).any(|it| it == name);
            let silent = turns || control.accessible_enabled() == Some(false);
            control.invoke_accessible_default_action();
            let heard = hall.heard();
            if heard.len() != usize::from(!silent) {
                found.push(format!("{state}: {name:?} reports {heard:?}"));
            }
        }
    }

    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn a_name_is_typed_by_touching_the_hangul_keys() {
    let hall = Hall::open();
    hall.show(&screen("question", Language::Korean));

    for key in [
        "ㅎ",
        "ㅏ",
        "ㄴ",
        "쌍자음",
        "띄어쓰기",
        "지우기",
        "ABC",
        "123",
    ] {
        hall.touch(key);
    }

    let typed = "ㅎㅏㄴ".chars().map(Key::Character);
    let special = [
        Key::Shift,
        Key::Character(' '),
        Key::Backspace,
        Key::Layout,
        Key::Digits,
    ];
    let expected: Vec<Touch> = typed.chain(special).map(Touch::Key).collect();
    assert_eq!(hall.heard(), expected);
}

#[test]
fn a_held_shift_shows_double_letters_and_sends_the_plain_ones() {
    let hall = Hall::open();
    hall.show(&screen("question-refused", Language::Korean));

    hall.touch("ㅃ");

    assert_eq!(hall.heard(), [Touch::Key(Key::Character('ㅂ'))]);
}

#[test]
fn a_pressed_button_looks_pressed_in_the_very_next_frame() {
    let hall = Hall::open();
    hall.show(&screen("welcome", Language::Korean));
    let button = hall.control("시작하기").unwrap();
    let at_rest = middle_row(&hall, &button);

    hall.finger_down(&button);
    let pressed = middle_row(&hall, &button);
    let heard_while_down = hall.heard();
    hall.finger_up(&button);

    assert_ne!(at_rest, pressed, "a finger on the button is not seen");
    assert_eq!(heard_while_down, [], "a button answers when it is let go");
    assert_eq!(hall.heard(), [Touch::Start]);
    assert_eq!(middle_row(&hall, &button), at_rest);
}

#[test]
fn the_digits_of_a_resident_number_are_nowhere_in_the_tree() {
    let hall = Hall::open();
    hall.show(&screen("resident-number", Language::Korean));

    for element in hall.elements() {
        let spoken = element
            .accessible_role()
            .is_some_and(|role| role != AccessibleRole::None);
        let words = [element.accessible_label(), element.accessible_value()];
        for words in words.into_iter().flatten().filter(|_| spoken) {
            assert!(!words.contains("9001"), "{words}");
        }
    }
}

#[test]
fn the_idle_warning_and_the_help_lie_over_everything_else() {
    let hall = Hall::open();
    hall.show(&screen("idle", Language::English));

    let below = hall.control("Start over").unwrap();
    hall.finger_down(&below);
    hall.finger_up(&below);
    let through = hall.heard();
    hall.touch("I am still here");

    assert_eq!(through, [], "a touch goes through the warning");
    assert_eq!(hall.heard(), [Touch::StayHere]);
}

/// A moment of the gallery by its name.
fn screen(name: &str, language: Language) -> View {
    gallery(language)
        .into_iter()
        .find_map(|(state, view)| (state == name).then_some(view))
        .unwrap()
}

#[test]
fn the_gallery_shows_every_screen() {
    let shown: std::collections::BTreeSet<&str> = gallery(Language::Korean)
        .iter()
        .map(|(_, view)| view.screen.name())
        .collect();

    assert_eq!(shown.len(), 37, "{shown:?}");
    let receipt = views::view(Words(Language::Korean), Screen::Receipt);
    assert!(shown.contains(receipt.screen.name()));
}

/// The pixels across the middle of a control.
fn middle_row(hall: &Hall, control: &i_slint_backend_testing::ElementHandle) -> Vec<u8> {
    let area = Area::of(control);
    let picture = hall.picture();
    let row = (area.y + area.height / 2.0) as usize * WIDTH as usize;
    let (from, to) = (area.x as usize, (area.x + area.width) as usize);
    picture.as_bytes()[(row + from) * 4..(row + to) * 4].to_vec()
}

fn save(hall: &Hall, path: &std::path::Path) {
    let file = File::create(path).unwrap();
    let mut encoder = png::Encoder::new(BufWriter::new(file), WIDTH, HEIGHT);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_compression(png::Compression::Fast);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(hall.picture().as_bytes()).unwrap();
}
