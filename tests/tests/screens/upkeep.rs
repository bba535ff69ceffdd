//! The technician's screens, as the machine itself says them: looked at, listened to, drawn.

#[path = "upkeep/moments.rs"]
mod moments;
#[path = "upkeep/shop.rs"]
mod shop;

use std::{fs, path::PathBuf};

use kiosk::visit::{View, view::Accessibility};

use crate::{hall::Hall, listener::Listener, look, save, settings::USUAL, stops};
use moments::moments;

fn ways() -> [Accessibility; 2] {
    let low_screen = true;
    [
        USUAL,
        Accessibility {
            low_screen,
            ..USUAL
        },
    ]
}

fn everything() -> Vec<(String, View)> {
    let mut all = Vec::new();
    for (tongue, english) in [("ko", false), ("en", true)] {
        for accessibility in ways() {
            let reach = if accessibility.low_screen { "-low" } else { "" };
            let moments = moments(english).into_iter();
            all.extend(moments.map(|(name, view)| {
                let name = format!("{name}-{tongue}{reach}");
                (
                    name,
                    View {
                        accessibility,
                        ..view
                    },
                )
            }));
        }
    }
    all
}

#[test]
fn every_page_of_a_technicians_can_be_read_and_touched() {
    let hall = Hall::open();
    let mut found = Vec::new();

    for (name, view) in everything() {
        hall.show(&view);
        let complaints = look::complaints(&hall);
        found.extend(complaints.into_iter().map(|it| format!("{name}: {it}")));
    }

    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn every_page_of_a_technicians_is_told_and_chosen_by_keys() {
    let listener = Listener::arrive();
    let mut found = Vec::new();

    for (name, view) in everything() {
        listener.show(view.clone(), true);
        let told = listener.walk();
        let untold = stops::untold(&listener, &told).into_iter();
        found.extend(untold.map(|it| format!("{name}: nobody hears {it:?}")));
        listener.show(view.clone(), false);
        let by_finger = stops::touched_by_finger(&listener);
        listener.show(view, false);
        let by_switches = stops::touched_by_switches(&listener, &by_finger);
        let missing = by_finger.iter().filter(|it| !by_switches.contains(it));
        found.extend(missing.map(|it| format!("{name}: no switch reaches {it:?}")));
    }

    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
#[ignore = "pictures, for `make upkeep-screens`"]
fn every_page_of_a_technicians_is_drawn() {
    let folder = std::env::var_os("MINWON_PICTURES").map(PathBuf::from);
    let folder = folder.expect("MINWON_PICTURES names the folder for the pictures");
    fs::create_dir_all(&folder).unwrap();
    let hall = Hall::open();

    for (name, view) in everything() {
        hall.show(&view);
        save(&hall, &folder.join(format!("{name}.png")));
    }
}
