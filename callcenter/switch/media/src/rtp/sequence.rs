//! Sequence numbers that wrap, jump and belong to somebody (RFC 3550 appendix A.1).

/// Steps forward that are still the same stream.
const MAX_DROPOUT: u16 = 3_000;
/// Steps backward that are still a packet that was overtaken.
const MAX_MISORDER: u16 = 100;

/// Follows one stream, and tells a new one from a packet gone astray.
#[derive(Clone, Debug, Default)]
pub struct SequenceTracker {
    current: Option<Stream>,
    /// What a second packet must be to be believed: a new source, or a jump.
    expected: Option<(u32, u16)>,
}

#[derive(Clone, Copy, Debug)]
struct Stream {
    ssrc: u32,
    highest: u64,
}

/// What a packet is to the stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// Of the stream, under its number without wraps.
    Known(u64),
    /// The first that is believed of a new stream.
    Started(u64),
    /// Of another source, or far from where the stream was; the next one tells.
    Astray,
}

impl SequenceTracker {
    /// Takes a packet's source and number over. `may_change` says that the present
    /// source has fallen silent, so that another may take its place.
    pub fn arrive(&mut self, ssrc: u32, sequence: u16, may_change: bool) -> Arrival {
        let Some(stream) = self.current.as_mut() else {
            return self.start(ssrc, sequence);
        };
        if stream.ssrc == ssrc {
            let ahead = sequence.wrapping_sub(low(stream.highest));
            if ahead < MAX_DROPOUT {
                stream.highest += u64::from(ahead);
                self.expected = None;
                return Arrival::Known(stream.highest);
            }
            let behind = 0u16.wrapping_sub(ahead);
            if behind <= MAX_MISORDER {
                return Arrival::Known(stream.highest.saturating_sub(u64::from(behind)));
            }
        } else if !may_change {
            return Arrival::Astray;
        }
        if self.expected == Some((ssrc, sequence)) {
            return self.start(ssrc, sequence);
        }
        self.expected = Some((ssrc, sequence.wrapping_add(1)));
        Arrival::Astray
    }

    /// The source that is believed.
    pub fn ssrc(&self) -> Option<u32> {
        self.current.map(|stream| stream.ssrc)
    }

    fn start(&mut self, ssrc: u32, sequence: u16) -> Arrival {
        // One wrap ahead, so that what was overtaken by the first packet has a number.
        let highest = 0x1_0000 + u64::from(sequence);
        self.current = Some(Stream { ssrc, highest });
        self.expected = None;
        Arrival::Started(highest)
    }
}

/// The sixteen bits that travel.
pub(crate) fn low(number: u64) -> u16 {
    (number & 0xffff) as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrap_goes_on_and_an_overtaken_packet_keeps_its_place() {
        let mut tracker = SequenceTracker::default();
        assert_eq!(tracker.arrive(1, 65_534, false), Arrival::Started(131_070));

        assert_eq!(tracker.arrive(1, 0, false), Arrival::Known(131_072));
        assert_eq!(tracker.arrive(1, 65_535, false), Arrival::Known(131_071));
        assert_eq!(tracker.arrive(1, 1, false), Arrival::Known(131_073));
    }

    #[test]
    fn one_packet_from_far_away_is_not_believed_and_two_in_a_row_are() {
        let mut tracker = SequenceTracker::default();
        tracker.arrive(1, 100, false);

        assert_eq!(tracker.arrive(1, 30_000, false), Arrival::Astray);
        assert_eq!(tracker.arrive(1, 101, false), Arrival::Known(65_637));
        assert_eq!(tracker.arrive(1, 30_001, false), Arrival::Astray);
        assert_eq!(tracker.arrive(1, 30_002, false), Arrival::Started(95_538));
    }

    #[test]
    fn another_source_waits_until_the_first_is_silent() {
        let mut tracker = SequenceTracker::default();
        tracker.arrive(1, 100, false);

        assert_eq!(tracker.arrive(2, 7, false), Arrival::Astray);
        assert_eq!(tracker.arrive(2, 8, false), Arrival::Astray);
        assert_eq!(tracker.ssrc(), Some(1));
        assert_eq!(tracker.arrive(2, 9, true), Arrival::Astray);
        assert_eq!(tracker.arrive(2, 10, true), Arrival::Started(65_546));
        assert_eq!(tracker.ssrc(), Some(2));
    }
}
