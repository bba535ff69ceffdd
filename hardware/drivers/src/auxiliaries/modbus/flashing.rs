//! When a flashing light is lit. The module knows on and off alone, so time makes the rest.

use std::time::{Duration, Instant};

use devices::lights::{FlashRate, Light, Lights};

/// How long a light is lit, and dark. The quickest flashes twice a second: three times and more
/// are what WCAG 2.2 forbids (success criterion 2.3.1), because it can bring on a seizure.
fn half_period(rate: FlashRate) -> Option<Duration> {
    match rate {
        FlashRate::Off | FlashRate::Continuous => None,
        FlashRate::Slow => Some(Duration::from_millis(1_000)),
        FlashRate::Medium => Some(Duration::from_millis(500)),
        FlashRate::Quick => Some(Duration::from_millis(250)),
    }
}

/// How far each has come is counted from one moment: lights of one rate flash together.
#[derive(Debug)]
pub(super) struct Flashing {
    lights: Lights,
    since: Instant,
}

impl Flashing {
    pub(super) fn dark(now: Instant) -> Self {
        Self {
            lights: Lights::default(),
            since: now,
        }
    }

    /// A light that begins to flash is lit at once; one that is told so again goes on.
    pub(super) fn shine(&mut self, lights: Lights, now: Instant) {
        if lights != self.lights {
            *self = Self { lights, since: now };
        }
    }

    /// A bit for each light that is lit now, the first one lowest.
    pub(super) fn lit(&self, now: Instant) -> u8 {
        let passed = now.saturating_duration_since(self.since).as_millis();
        let lit = |light| match (
            self.lights.rate(light),
            half_period(self.lights.rate(light)),
        ) {
            (_, Some(half)) => (passed / half.as_millis()).is_multiple_of(2),
            (rate, None) => rate == FlashRate::Continuous,
        };
        (0..)
            .zip(Light::ALL)
            .filter(|(_, light)| lit(*light))
            .fold(0, |bits, (place, _)| bits | 1 << place)
    }

    /// When the next one goes on or out.
    pub(super) fn next_change(&self, now: Instant) -> Option<Instant> {
        let rates = Light::ALL.map(|light| self.lights.rate(light));
        let shortest = rates.into_iter().filter_map(half_period).min()?;
        // The others change at multiples of the shortest only.
        let passed = now.saturating_duration_since(self.since).as_millis();
        let turns = passed / shortest.as_millis() + 1;
        let turns = u32::try_from(turns).unwrap_or(u32::MAX);
        Some(self.since + shortest.saturating_mul(turns))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    #[test]
    fn each_rate_has_its_rhythm_and_none_is_quicker_than_two_a_second() {
        let now = Instant::now();
        for (rate, turns) in [
            (FlashRate::Off, 0),
            (FlashRate::Slow, 10),
            (FlashRate::Medium, 20),
            (FlashRate::Quick, 40),
            (FlashRate::Continuous, 0),
        ] {
            let mut flashing = Flashing::dark(now);
            flashing.shine(Lights::default().with(Light::Scanner, rate), now);
            let (mut at, mut changes, mut lit) = (now, 0, flashing.lit(now));
            assert_eq!(lit, if rate == FlashRate::Off { 0 } else { 8 }, "{rate:?}");
            while let Some(next) = flashing
                .next_change(at)
                .filter(|it| *it <= now + ms(10_000))
            {
                assert_eq!(flashing.lit(next - ms(1)), lit, "{rate:?}");
                at = next;
                assert_ne!(flashing.lit(at), lit, "{rate:?}");
                lit = flashing.lit(at);
                changes += 1;
            }
            assert_eq!(changes, turns, "{rate:?}");
        }
    }

    #[test]
    fn lights_keep_their_places_and_go_on_when_told_the_same_again() {
        let now = Instant::now();
        let mut flashing = Flashing::dark(now);
        let lights = Lights::default()
            .with(Light::CardReader, FlashRate::Medium)
            .with(Light::Cash, FlashRate::Continuous);
        flashing.shine(lights, now);
        assert_eq!(flashing.lit(now), 0b1_0001);
        flashing.shine(lights, now + ms(400));
        assert_eq!(flashing.lit(now + ms(500)), 0b1_0000);
    }
}
