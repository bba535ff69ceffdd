//! Spoken guidance, as the citizen has set it.

const VOLUME_STEP: u8 = 10;
const RATE_STEP: u16 = 25;

/// It lasts as long as the visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Guidance {
    /// 10 to 100 percent of what the headphones are given.
    pub volume: u8,
    /// 50 to 250 percent of the usual speed.
    pub rate: u16,
    /// Nobody but who listens can follow: the screen shows nothing.
    pub dark: bool,
}

impl Default for Guidance {
    fn default() -> Self {
        Self {
            volume: 60,
            rate: 100,
            dark: false,
        }
    }
}

/// What can be said to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GuidanceTouch {
    /// On, or off.
    Switch,
    /// On; nothing when it is on.
    Begin,
    End,
    Louder,
    Softer,
    Faster,
    Slower,
    Darken,
}

impl Guidance {
    /// What becomes of guidance that is on or off; one that begins is as it is at `first`.
    pub(crate) fn after(it: Option<Self>, touch: GuidanceTouch, first: Self) -> Option<Self> {
        let Some(it) = it else {
            let begins = matches!(touch, GuidanceTouch::Switch | GuidanceTouch::Begin);
            return begins.then_some(first);
        };
        Some(match touch {
            GuidanceTouch::Switch | GuidanceTouch::End => return None,
            GuidanceTouch::Begin => it,
            GuidanceTouch::Louder => Self {
                volume: (it.volume + VOLUME_STEP).min(100),
                ..it
            },
            GuidanceTouch::Softer => Self {
                volume: it.volume.saturating_sub(VOLUME_STEP).max(VOLUME_STEP),
                ..it
            },
            GuidanceTouch::Faster => Self {
                rate: (it.rate + RATE_STEP).min(250),
                ..it
            },
            GuidanceTouch::Slower => Self {
                rate: it.rate.saturating_sub(RATE_STEP).max(50),
                ..it
            },
            GuidanceTouch::Darken => Self {
                dark: !it.dark,
                ..it
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(touches: &[GuidanceTouch]) -> Option<Guidance> {
        let after = |it, touch: &GuidanceTouch| Guidance::after(it, *touch, Guidance::default());
        touches.iter().fold(None, after)
    }

    #[test]
    fn what_is_off_has_no_volume_and_begins_as_usual() {
        use GuidanceTouch::{Begin, Darken, End, Louder, Switch};
        assert_eq!(after(&[Louder, Darken, End]), None);
        assert_eq!(after(&[Switch]), Some(Guidance::default()));
        assert_eq!(
            after(&[Begin, Louder, End, Begin]),
            Some(Guidance::default())
        );
        assert_eq!(after(&[Begin, Switch]), None);
    }

    #[test]
    fn volume_and_speed_stay_within_what_can_be_heard_and_followed() {
        use GuidanceTouch::{Begin, Faster, Louder, Slower, Softer};
        let up: Vec<_> = [Begin]
            .into_iter()
            .chain([Louder, Faster].repeat(20))
            .collect();
        let down: Vec<_> = [Begin]
            .into_iter()
            .chain([Softer, Slower].repeat(20))
            .collect();
        let ends = [up, down].map(|it| after(&it).map(|it| (it.volume, it.rate)));
        assert_eq!(ends, [Some((100, 250)), Some((10, 50))]);
    }
}
