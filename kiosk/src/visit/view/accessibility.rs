//! How a citizen wants the screen; it lasts as long as the visit.

use super::Guidance;

/// The help bar's settings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Accessibility {
    pub text: TextSize,
    pub contrast: Contrast,
    pub low_screen: bool,
    /// Nothing moves by itself (WCAG 2.2, success criterion 2.2.2).
    pub still: bool,
    /// None while nothing is spoken.
    pub guidance: Option<Guidance>,
}

/// Of small text; titles are large already and grow by half as much.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum TextSize {
    #[default]
    Usual,
    Larger,
    Large,
    Double,
}

impl TextSize {
    pub const ALL: [Self; 4] = [Self::Usual, Self::Larger, Self::Large, Self::Double];

    /// Behind the largest comes the usual one again.
    pub fn next(self) -> Self {
        match self {
            Self::Usual => Self::Larger,
            Self::Larger => Self::Large,
            Self::Large => Self::Double,
            Self::Double => Self::Usual,
        }
    }

    /// Of the usual size.
    pub fn percent(self) -> u16 {
        match self {
            Self::Usual => 100,
            Self::Larger => 125,
            Self::Large => 150,
            Self::Double => 200,
        }
    }
}

/// How words stand out from their ground: at least 4.5 to 1 in all of them, 7 to 1 in all
/// but the first (on its primary buttons white on black has 4.5), and 15 to 1 in yellow on
/// black (WCAG 2.2, success criteria 1.4.3 and 1.4.6, ask for the first two).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Contrast {
    #[default]
    Standard,
    WhiteOnBlack,
    YellowOnBlack,
    BlackOnWhite,
}

impl Contrast {
    pub const ALL: [Self; 4] = [
        Self::Standard,
        Self::WhiteOnBlack,
        Self::YellowOnBlack,
        Self::BlackOnWhite,
    ];

    /// Behind the last comes the standard one again.
    pub fn next(self) -> Self {
        match self {
            Self::Standard => Self::WhiteOnBlack,
            Self::WhiteOnBlack => Self::YellowOnBlack,
            Self::YellowOnBlack => Self::BlackOnWhite,
            Self::BlackOnWhite => Self::Standard,
        }
    }
}
