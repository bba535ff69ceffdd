//! Words stand out from what lies behind them (WCAG 2.2, success criteria 1.4.3 and 1.4.6).

use kiosk_ui::Theme;
use slint::{Color, ComponentHandle};

use crate::hall::Hall;

const ENHANCED: f64 = 7.0;
const ENOUGH: f64 = 4.5;

#[test]
fn words_stand_out_from_their_ground_in_both_modes() {
    let hall = Hall::open();
    let theme = hall.window.global::<Theme>();

    for (high_contrast, least) in [(false, ENOUGH), (true, ENHANCED)] {
        theme.set_high_contrast(high_contrast);
        let white = theme.get_surface_white();
        let page = theme.get_background_gray_subtler();
        let pairs = [
            ("basic on white", theme.get_text_basic(), white),
            ("basic on the page", theme.get_text_basic(), page),
            ("subtle on white", theme.get_text_subtle(), white),
            ("subtle on the page", theme.get_text_subtle(), page),
            ("primary on white", theme.get_text_primary(), white),
            (
                "a chosen card",
                theme.get_text_basic(),
                theme.get_surface_primary_subtler(),
            ),
            (
                "a danger",
                theme.get_text_danger(),
                theme.get_surface_danger_subtler(),
            ),
            (
                "a warning",
                theme.get_text_warning(),
                theme.get_surface_warning_subtler(),
            ),
            (
                "a success",
                theme.get_text_success(),
                theme.get_surface_success_subtler(),
            ),
            (
                "news",
                theme.get_text_information(),
                theme.get_surface_information_subtler(),
            ),
            ("the help bar", theme.get_text_inverse(), theme.get_ground()),
            (
                "the welcome",
                theme.get_ground_text_subtle(),
                theme.get_ground(),
            ),
        ];
        for (what, words, ground) in pairs {
            let contrast = contrast(words, ground);
            assert!(
                contrast >= least,
                "{what}: {contrast:.2}, high: {high_contrast}"
            );
        }
        let button = contrast(theme.get_text_inverse(), theme.get_button_primary_fill());
        assert!(button >= ENOUGH, "the primary button: {button:.2}");
    }
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
