//! What the cabinet says while somebody stands here: its door, its sensors, the headphones.

use devices::auxiliaries::Sensors;

use super::{Moment, Touch, Visit, step::Step, view::GuidanceTouch};

impl Visit {
    /// Headphones that are plugged in are how somebody says that they listen.
    pub(super) fn sensed(&mut self, sensors: Sensors, now: Moment) {
        if self.headset == sensors.headset {
            return;
        }
        self.headset = sensors.headset;
        self.idle.touched(now.instant);
        let guidance = if self.headset {
            GuidanceTouch::Begin
        } else {
            GuidanceTouch::End
        };
        self.adjust(&Touch::Guidance(guidance), now);
    }

    /// While the cabinet is open nobody begins anything, and whoever has begun is led out as if
    /// they went: what is theirs is given back. A sheet that was begun comes out.
    pub(super) fn tend_cabinet(&mut self, now: Moment) {
        if !self.fittings.cabinet_is_open() {
            return;
        }
        match self.step {
            // What became of somebody's money or request is still read.
            Step::Failing | Step::TellingOutcome | Step::Accepted { .. } => {}
            Step::OfferingReplacement => self.give_back_for_doubt(now),
            // Nothing is printed yet, as when the card is pulled.
            Step::Preparing | Step::Making | Step::Fetching => self.leave(now),
            step if step.watched() => self.leave(now),
            _ => {}
        }
    }
}
