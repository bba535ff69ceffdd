//! Words stand out from what lies behind them (WCAG 2.2, success criteria 1.4.3 and 1.4.6).

use std::{
    collections::{BTreeSet, HashMap},
    thread,
};

use kiosk::visit::{
    Language, View,
    view::{Accessibility, Contrast},
};
use kiosk_ui::Theme;
use serde_json::{Value, json};
use slint::{Color, ComponentHandle, Rgba8Pixel, SharedPixelBuffer};

use crate::{
    hall::{Area, HEIGHT, Hall, WIDTH, label},
    look, report, settings,
    views::gallery,
};

/// Thin strokes are painted in a colour between their own and the ground's.
const SMOOTHED: f64 = 0.9;

/// What a mode promises.
fn least(contrast: Contrast) -> f64 {
    match contrast {
        Contrast::Standard => 4.5,
        Contrast::WhiteOnBlack | Contrast::BlackOnWhite => 7.0,
        Contrast::YellowOnBlack => 15.0,
    }
}

#[test]
fn words_stand_out_from_their_ground_in_all_colours() {
    let hall = Hall::open();
    let theme = hall.window.global::<Theme>();
    let view = gallery(Language::Korean).remove(0).1;

    let mut kept = Vec::new();
    for mode in Contrast::ALL {
        hall.show(&in_colours(&view, mode));
        let least = least(mode);
        let white = theme.get_surface_white();
        let page = theme.get_background_gray_subtler();
        let pairs = [
            ("흰 바탕의 글", theme.get_text_basic(), white),
            ("바탕의 글", theme.get_text_basic(), page),
            ("흰 바탕의 옅은 글", theme.get_text_subtle(), white),
            ("바탕의 옅은 글", theme.get_text_subtle(), page),
            ("강조한 글", theme.get_text_primary(), white),
            (
                "고른 카드",
                theme.get_text_basic(),
                theme.get_surface_primary_subtler(),
            ),
            (
                "위험 알림",
                theme.get_text_danger(),
                theme.get_surface_danger_subtler(),
            ),
            (
                "주의 알림",
                theme.get_text_warning(),
                theme.get_surface_warning_subtler(),
            ),
            (
                "완료 알림",
                theme.get_text_success(),
                theme.get_surface_success_subtler(),
            ),
            (
                "소식",
                theme.get_text_information(),
                theme.get_surface_information_subtler(),
            ),
            ("도움 막대", theme.get_text_inverse(), theme.get_ground()),
            (
                "첫 화면",
                theme.get_ground_text_subtle(),
                theme.get_ground(),
            ),
        ];
        for (what, words, ground) in &pairs {
            let contrast = contrast(*words, *ground);
            assert!(
                contrast >= least,
                "{what}: {contrast:.2} of {least}, {mode:?}"
            );
        }
        let button = contrast(
            theme.get_button_primary_text(),
            theme.get_button_primary_fill(),
        );
        let on_button = if mode == Contrast::YellowOnBlack {
            15.0
        } else {
            4.5
        };
        kept.push(least_of(mode, &pairs, ("주된 단추", button), on_button));
        assert!(
            button >= on_button,
            "the primary button: {button:.2}, {mode:?}"
        );
        let disabled = contrast(theme.get_text_disabled(), theme.get_button_disabled_fill());
        assert!(
            disabled >= 4.5,
            "a button of later: {disabled:.2}, {mode:?}"
        );
        // WCAG 2.2, success criterion 1.4.11.
        for ground in [white, page, theme.get_ground()] {
            let ring = contrast(theme.get_focus_ring(), ground);
            assert!(
                ring >= 3.0,
                "the ring of who goes by keys: {ring:.2}, {mode:?}"
            );
        }
    }
    report::keep("contrasts", &Value::from(kept));
}

/// For the sheet: what stands out least of all, the primary button included, and what
/// is promised of that.
fn least_of(
    mode: Contrast,
    pairs: &[(&'static str, Color, Color)],
    button: (&'static str, f64),
    promised: f64,
) -> Value {
    let all = pairs.iter().map(|it| (it.0, contrast(it.1, it.2)));
    let least = all.fold(button, |least, it| if it.1 < least.1 { it } else { least });
    json!({
        "colours": settings::colours(mode),
        "least": least.1,
        "promised": promised,
        "pair": least.0,
    })
}

fn in_colours(view: &View, contrast: Contrast) -> View {
    View {
        accessibility: Accessibility {
            contrast,
            ..settings::USUAL
        },
        ..view.clone()
    }
}

/// As painted: whatever colours a screen has put together, in one moment of each.
#[test]
fn every_word_painted_on_a_screen_stands_out_in_all_colours() {
    let looks = Contrast::ALL.map(|mode| thread::spawn(move || dim_words(mode)));
    let found: Vec<String> = looks
        .into_iter()
        .flat_map(|it| it.join().unwrap())
        .collect();

    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

fn dim_words(mode: Contrast) -> Vec<String> {
    let hall = Hall::open();
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    for (state, view) in gallery(Language::Korean) {
        // What lies over a screen dims it.
        if view.helping || view.choosing_language || !seen.insert(view.screen.name()) {
            continue;
        }
        hall.show(&in_colours(&view, mode));
        let painted = hall.picture();
        let disabled: Vec<Area> = hall
            .elements()
            .iter()
            .filter(|it| it.accessible_enabled() == Some(false))
            .map(Area::of)
            .collect();
        for (words, area) in visible_words(&hall) {
            let of_later = disabled.iter().any(|it| it.holds(&area));
            let promised = if mode == Contrast::YellowOnBlack && !of_later {
                15.0
            } else {
                4.5
            };
            let contrast = strongest(&painted, &area);
            if contrast < promised * SMOOTHED {
                found.push(format!("{state}, {mode:?}: {words:?} has {contrast:.2}"));
            }
        }
    }
    assert!(seen.len() > 30, "there are more screens than {seen:?}");
    found
}

/// All texts that are not scrolled away, and where they stand.
fn visible_words(hall: &Hall) -> Vec<(String, Area)> {
    let page = hall.page();
    let scrolled: Vec<Area> = page
        .iter()
        .flat_map(look::texts)
        .map(|it| Area::of(&it))
        .collect();
    let page = page.map(|it| Area::of(&it));
    let texts = hall.inheriting("Text");
    let texts = texts.iter().map(|it| (label(it), Area::of(it)));
    texts
        .filter(|(words, area)| {
            let shown = !scrolled.contains(area) || page.is_some_and(|page| page.holds(area));
            shown && !words.trim().is_empty() && Area::window().holds(area)
        })
        .collect()
}

/// The contrast of what stands out most there with the colour that most of it has.
fn strongest(painted: &SharedPixelBuffer<Rgba8Pixel>, area: &Area) -> f64 {
    let (left, right) = (area.x.max(0.0) as usize, (area.x + area.width) as usize);
    let rows = area.y.max(0.0) as usize..(area.y + area.height) as usize;
    let mut counts: HashMap<[u8; 3], u32> = HashMap::new();
    for y in rows.filter(|y| *y < HEIGHT as usize) {
        let row = &painted.as_slice()[y * WIDTH as usize..(y + 1) * WIDTH as usize];
        for pixel in &row[left..right.min(WIDTH as usize)] {
            *counts.entry([pixel.r, pixel.g, pixel.b]).or_default() += 1;
        }
    }
    let color = |[red, green, blue]: [u8; 3]| Color::from_rgb_u8(red, green, blue);
    let ground = counts.iter().max_by_key(|(_, count)| **count);
    let ground = color(*ground.unwrap().0);
    let all = counts.keys().map(|it| contrast(color(*it), ground));
    all.fold(1.0, f64::max)
}

fn contrast(one: Color, other: Color) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance(color: Color) -> f64 {
    let linear = |channel: u8| {
        let value = f64::from(channel) / 255.0;
        if value <= 0.04045 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * linear(color.red()) + 0.7152 * linear(color.green()) + 0.0722 * linear(color.blue())
}
