//! What the packets of one stream tell of their way (RFC 3550 appendix A.3 and A.8).

use std::time::{Duration, Instant};

/// Counts for receiver reports and call quality. Begins anew with each stream.
#[derive(Clone, Debug)]
pub struct Reception {
    clock_rate: u32,
    began: Instant,
    first: u64,
    highest: u64,
    received: u64,
    /// Times sixteen, in clock units, as in the RFC's arithmetic.
    jitter_16: u64,
    transit: Option<i64>,
    /// Expected and received when the last report was made.
    reported: (u64, u64),
}

impl Reception {
    /// Begins with the number of the stream's first packet.
    pub fn new(clock_rate: u32, first: u64, now: Instant) -> Self {
        Self {
            clock_rate,
            began: now,
            first,
            highest: first,
            received: 0,
            jitter_16: 0,
            transit: None,
            reported: (0, 0),
        }
    }

    /// A packet arrived; `timestamp` is its own.
    pub fn arrived(&mut self, number: u64, timestamp: u32, now: Instant) {
        self.received += 1;
        self.highest = self.highest.max(number);
        // What overtook the first packet was expected, too.
        self.first = self.first.min(number);
        let elapsed = now.saturating_duration_since(self.began);
        let units = elapsed.as_micros() * u128::from(self.clock_rate) / 1_000_000;
        // Modulo 2³², as timestamps are.
        let transit = i64::from((units as u32).wrapping_sub(timestamp));
        if let Some(before) = self.transit.replace(transit) {
            let step = (transit.wrapping_sub(before) as u32) as i32;
            let before = self.jitter_16;
            self.jitter_16 = before + u64::from(step.unsigned_abs()) - ((before + 8) >> 4);
        }
    }

    /// In clock units.
    pub fn jitter(&self) -> u32 {
        u32::try_from(self.jitter_16 >> 4).unwrap_or(u32::MAX)
    }

    pub fn jitter_time(&self) -> Duration {
        Duration::from_micros(
            u64::from(self.jitter()) * 1_000_000 / u64::from(self.clock_rate.max(1)),
        )
    }

    pub fn received(&self) -> u64 {
        self.received
    }

    /// Packets that were sent and did not come; duplicates count against it, as in the RFC.
    pub fn lost(&self) -> u64 {
        self.expected().saturating_sub(self.received)
    }

    /// The highest number, with its wraps: the report's extended highest sequence number.
    pub fn highest(&self) -> u32 {
        // A stream's numbers begin one wrap ahead.
        (self.highest.saturating_sub(0x1_0000) & 0xffff_ffff) as u32
    }

    /// The share lost since the last call, in 256ths.
    pub fn fraction_lost(&mut self) -> u8 {
        let now = (self.expected(), self.received);
        let expected = now.0.saturating_sub(self.reported.0);
        let received = now.1.saturating_sub(self.reported.1);
        self.reported = now;
        let lost = expected.saturating_sub(received);
        let share = (lost * 256).checked_div(expected).unwrap_or(0);
        u8::try_from(share).unwrap_or(u8::MAX)
    }

    fn expected(&self) -> u64 {
        self.highest - self.first + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_even_stream_has_no_jitter_and_a_lame_one_has_what_the_rfc_computes() {
        let start = Instant::now();
        let mut reception = Reception::new(8_000, 65_536, start);
        for index in 0..100u32 {
            let late = if index % 2 == 0 { 0 } else { 5 };
            let at = start + Duration::from_millis(u64::from(index * 20 + late));
            reception.arrived(
                65_536 + u64::from(index),
                index.wrapping_mul(160).wrapping_sub(800),
                at,
            );
        }

        // |D| is 40 units each time; J approaches it by sixteenths.
        assert!(
            (37..=41).contains(&reception.jitter()),
            "{}",
            reception.jitter()
        );
        assert_eq!(reception.lost(), 0);
    }

    #[test]
    fn a_share_lost_is_of_the_time_since_the_last_report() {
        let now = Instant::now();
        let mut reception = Reception::new(8_000, 65_536, now);
        for number in (0..100u64).filter(|number| number % 4 != 3) {
            reception.arrived(65_536 + number, 0, now);
        }

        assert_eq!(reception.lost(), 24);
        assert_eq!(reception.fraction_lost(), (24 * 256 / 99) as u8);
        reception.arrived(65_536 + 99, 0, now);
        assert_eq!(reception.fraction_lost(), 0);
        assert_eq!(reception.highest(), 99);
    }
}
