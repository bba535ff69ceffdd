//! How the screen hangs: whether who sits in a wheelchair reaches what a low screen has.

use serde::Deserialize;
use thiserror::Error;

/// The highest that may be touched, above the floor (the Korean accessibility rules for
/// kiosks).
const REACH_MM: u32 = 1_220;
/// Of the screen's height so much is above everything that is touched on a low screen:
/// `Theme.drop` of `shared/ui/theme.slint` in a window 1920 pixels high.
const UPPER_PART: (u32, u32) = (720, 1_920);

/// A screen that hangs where its low screen can be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Measures")]
pub struct Panel {
    measures: Measures,
}

/// As a technician measures it, in millimetres.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Measures {
    /// The picture's upper edge above the floor.
    top_mm: u32,
    /// The picture's height.
    height_mm: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum PanelError {
    #[error(
        "a screen {height_mm} mm high whose upper edge is at {top_mm} mm would stand in the floor"
    )]
    InTheFloor { top_mm: u32, height_mm: u32 },
    #[error(
        "the screen hangs {over_mm} mm too high: on its low screen one would have to reach \
         {highest_mm} mm, and nothing may be higher than {REACH_MM} mm; hang it lower"
    )]
    TooHigh { highest_mm: u32, over_mm: u32 },
}

impl Panel {
    /// The highest that is touched on the low screen, in millimetres above the floor.
    pub fn highest_mm(self) -> u32 {
        self.measures.highest_mm()
    }
}

impl Measures {
    fn highest_mm(self) -> u32 {
        let (upper, whole) = UPPER_PART;
        self.top_mm - self.height_mm * upper / whole
    }
}

impl TryFrom<Measures> for Panel {
    type Error = PanelError;

    fn try_from(measures: Measures) -> Result<Self, PanelError> {
        let Measures { top_mm, height_mm } = measures;
        if height_mm == 0 || height_mm > top_mm {
            return Err(PanelError::InTheFloor { top_mm, height_mm });
        }
        let highest_mm = measures.highest_mm();
        match highest_mm.checked_sub(REACH_MM) {
            None | Some(0) => Ok(Self { measures }),
            Some(over_mm) => Err(PanelError::TooHigh {
                highest_mm,
                over_mm,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn panel(top_mm: u32, height_mm: u32) -> Result<u32, PanelError> {
        Panel::try_from(Measures { top_mm, height_mm }).map(Panel::highest_mm)
    }

    #[test]
    fn a_screen_of_27_inches_may_begin_at_1444_mm_and_not_one_higher() {
        assert_eq!(panel(1_444, 598), Ok(1_220));
        assert_eq!(
            panel(1_445, 598),
            Err(PanelError::TooHigh {
                highest_mm: 1_221,
                over_mm: 1
            })
        );
    }

    #[test]
    fn what_hangs_too_high_is_told_in_one_sentence_with_what_to_do() {
        let told = panel(1_500, 598).map_err(|it| it.to_string());
        let sentence = "the screen hangs 56 mm too high: on its low screen one would have to \
                        reach 1276 mm, and nothing may be higher than 1220 mm; hang it lower";
        assert_eq!(told, Err(sentence.to_owned()));
        assert!(panel(u32::MAX, 598).is_err());
    }

    #[test]
    fn a_screen_that_cannot_hang_so_is_refused() {
        for (top_mm, height_mm) in [(500, 600), (1_400, 0), (1_400, u32::MAX)] {
            let refused = Err(PanelError::InTheFloor { top_mm, height_mm });
            assert_eq!(panel(top_mm, height_mm), refused);
        }
    }
}
