//! The settings in which the screens are gone through.
//!
//! There are 32 of them in six languages; a few stand for them, chosen so that each size
//! and all colours come, and both ends. With `MINWON_SCREENS=all` all are gone through.

use kiosk::visit::{
    Language,
    view::{Accessibility, Contrast, TextSize},
};

pub(crate) const USUAL: Accessibility = setting(TextSize::Usual, Contrast::Standard, false);
pub(crate) const FURTHEST: Accessibility = setting(TextSize::Double, Contrast::YellowOnBlack, true);

const fn setting(text: TextSize, contrast: Contrast, low_screen: bool) -> Accessibility {
    Accessibility {
        text,
        contrast,
        low_screen,
        still: false,
        guidance: None,
    }
}

pub(crate) fn all_are_wanted() -> bool {
    std::env::var("MINWON_SCREENS").is_ok_and(|it| it == "all")
}

/// Where the screens of a language are looked at and touched.
pub(crate) fn looked_at(language: Language) -> Vec<Accessibility> {
    if all_are_wanted() {
        return all();
    }
    let mut some = vec![
        USUAL,
        setting(TextSize::Larger, Contrast::BlackOnWhite, false),
        FURTHEST,
    ];
    // What two languages show, one from each side, the others show as well.
    if matches!(language, Language::Korean | Language::Arabic) {
        some.extend([
            setting(TextSize::Usual, Contrast::WhiteOnBlack, true),
            setting(TextSize::Large, Contrast::Standard, true),
            setting(TextSize::Double, Contrast::Standard, false),
        ]);
    }
    some
}

/// Where they are gone through by keys; what stands where is the same between the ends.
pub(crate) fn gone_through() -> Vec<Accessibility> {
    if all_are_wanted() {
        ends()
    } else {
        vec![USUAL, FURTHEST]
    }
}

/// Where they are gone through by two switches: what can be chosen is the same everywhere.
pub(crate) fn switched_through(language: Language) -> Vec<Accessibility> {
    if all_are_wanted() {
        return ends();
    }
    match language {
        Language::Korean => vec![USUAL, FURTHEST],
        Language::Arabic => vec![FURTHEST],
        Language::English | Language::Chinese | Language::Vietnamese | Language::Japanese => {
            vec![USUAL]
        }
    }
}

/// In which pictures are made: each size, all colours, the low screen, and the furthest.
pub(crate) fn drawn() -> Vec<Accessibility> {
    let low = Accessibility {
        low_screen: true,
        ..USUAL
    };
    let sizes = TextSize::ALL.map(|text| Accessibility { text, ..USUAL });
    let colours = Contrast::ALL.map(|contrast| Accessibility { contrast, ..USUAL });
    // The usual one is among the sizes already.
    let drawn = sizes.into_iter().chain(colours.into_iter().skip(1));
    drawn.chain([low, FURTHEST]).collect()
}

/// By keys the two sizes at the ends.
fn ends() -> Vec<Accessibility> {
    let mut ends = all();
    ends.retain(|it| matches!(it.text, TextSize::Usual | TextSize::Double));
    ends
}

fn all() -> Vec<Accessibility> {
    let mut all = Vec::new();
    for text in TextSize::ALL {
        for contrast in Contrast::ALL {
            all.extend([false, true].map(|low_screen| setting(text, contrast, low_screen)));
        }
    }
    all
}

pub(crate) fn name(it: Accessibility) -> String {
    let reach = if it.low_screen { "low" } else { "high" };
    let percent = it.text.percent();
    format!("{percent}-{}-{reach}", colours(it.contrast))
}

pub(crate) fn colours(contrast: Contrast) -> &'static str {
    match contrast {
        Contrast::Standard => "standard",
        Contrast::WhiteOnBlack => "white-on-black",
        Contrast::YellowOnBlack => "yellow-on-black",
        Contrast::BlackOnWhite => "black-on-white",
    }
}
