//! Sums what a leg hears; and the matrix of who hears whom.

use std::collections::{BTreeMap, BTreeSet};

use crate::codec::{FRAME, Pcm};

/// Adds frames; what would be too loud is as loud as can be.
pub fn mix<'a>(frames: impl Iterator<Item = &'a Pcm>) -> Pcm {
    let mut sum = [0i32; FRAME];
    for frame in frames {
        for (sum, sample) in sum.iter_mut().zip(frame) {
            *sum += i32::from(*sample);
        }
    }
    sum.map(|sample| sample.clamp(i32::from(i16::MIN), i32::from(i16::MAX)) as i16)
}

/// Who hears whom. Nobody hears himself; who is not in it hears nobody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hearing<L: Ord>(BTreeMap<L, BTreeSet<L>>);

impl<L: Ord> Default for Hearing<L> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<L: Ord + Copy> Hearing<L> {
    /// Everybody hears all the others: a talk of two, or a conference.
    pub fn conference(legs: impl IntoIterator<Item = L>) -> Self {
        let legs: BTreeSet<L> = legs.into_iter().collect();
        let others = |leg: &L| legs.iter().filter(|it| *it != leg).copied().collect();
        Self(legs.iter().map(|leg| (*leg, others(leg))).collect())
    }

    /// One hears another besides, unless they are the same.
    #[must_use]
    pub fn and(mut self, listener: L, source: L) -> Self {
        let sources = self.0.entry(listener).or_default();
        if listener != source {
            sources.insert(source);
        }
        self
    }

    /// A supervisor hears everybody and nobody hears the supervisor.
    #[must_use]
    pub fn listening(mut self, supervisor: L) -> Self {
        let talking: BTreeSet<L> = self
            .0
            .keys()
            .filter(|it| **it != supervisor)
            .copied()
            .collect();
        self.0.insert(supervisor, talking);
        self
    }

    /// A supervisor hears everybody and is heard by the agent alone.
    #[must_use]
    pub fn whispering(self, supervisor: L, agent: L) -> Self {
        self.listening(supervisor).and(agent, supervisor)
    }

    /// Whom each hears.
    pub fn rows(&self) -> impl Iterator<Item = (L, &BTreeSet<L>)> {
        self.0.iter().map(|(leg, sources)| (*leg, sources))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn row(hearing: &Hearing<u8>, leg: u8) -> Vec<u8> {
        let found = hearing.rows().find(|(it, _)| *it == leg);
        found
            .map(|(_, sources)| sources.iter().copied().collect())
            .unwrap_or_default()
    }

    #[test]
    fn a_whisper_is_heard_by_the_agent_alone() {
        let (caller, agent, supervisor) = (1, 2, 3);
        let hearing = Hearing::conference([caller, agent]).whispering(supervisor, agent);

        assert_eq!(row(&hearing, caller), [agent]);
        assert_eq!(row(&hearing, agent), [caller, supervisor]);
        assert_eq!(row(&hearing, supervisor), [caller, agent]);
        assert!(row(&hearing, 9).is_empty());
    }

    #[test]
    fn in_a_conference_everybody_hears_all_but_himself() {
        let hearing = Hearing::conference([1, 2, 3, 4]);

        assert_eq!(row(&hearing, 3), [1, 2, 4]);
        assert_eq!(row(&hearing.and(3, 3), 3), [1, 2, 4]);
    }

    #[test]
    fn what_is_too_loud_is_as_loud_as_can_be() {
        assert_eq!(
            mix([&[30_000; FRAME], &[20_000; FRAME]].into_iter()),
            [i16::MAX; FRAME]
        );
        assert_eq!(
            mix([&[-30_000; FRAME], &[-20_000; FRAME]].into_iter()),
            [i16::MIN; FRAME]
        );
        assert_eq!(mix(std::iter::empty()), [0; FRAME]);
    }

    proptest! {
        #[test]
        fn a_sum_is_the_sum(samples in proptest::collection::vec(any::<i16>(), 1..40)) {
            let frames: Vec<Pcm> = samples.iter().map(|sample| [*sample; FRAME]).collect();
            let wanted: i64 = samples.iter().map(|it| i64::from(*it)).sum();
            let wanted = wanted.clamp(-32_768, 32_767) as i16;
            prop_assert_eq!(mix(frames.iter()), [wanted; FRAME]);
        }
    }
}
