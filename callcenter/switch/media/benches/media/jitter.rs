//! How unevenly packets arrive (RFC 3550 §6.4.1) and how many do not, by telephone.

use std::time::{Duration, Instant};

use media::rtp::Packet;

/// G.711's clock, and that of its timestamps.
const TICKS_A_SECOND: f64 = 8_000.0;

pub(crate) struct Jitters {
    began: Instant,
    legs: Vec<Option<Jitter>>,
}

/// In seconds.
#[derive(Clone, Copy)]
struct Jitter {
    heard: u16,
    first_sequence: u16,
    sequence: u16,
    arrived: f64,
    timestamp: u32,
    jitter: f64,
}

impl Jitters {
    pub(crate) fn of(legs: u16) -> Self {
        Self {
            began: Instant::now(),
            legs: vec![None; usize::from(legs)],
        }
    }

    /// A packet from this leg, now.
    pub(crate) fn arrived(&mut self, leg: u16, packet: &[u8]) {
        let known = self.legs.get_mut(usize::from(leg));
        let (Some(known), Ok(Packet { header, .. })) = (known, Packet::parse(packet)) else {
            return;
        };
        let (sequence, timestamp) = (header.sequence, header.timestamp);
        let arrived = self.began.elapsed().as_secs_f64();
        let jitter = known.map_or(0.0, |before| {
            let ticks = timestamp.wrapping_sub(before.timestamp).cast_signed();
            let way = arrived - before.arrived - f64::from(ticks) / TICKS_A_SECOND;
            before.jitter + (way.abs() - before.jitter) / 16.0
        });
        *known = Some(Jitter {
            heard: known.map_or(0, |it| it.heard) + 1,
            first_sequence: known.map_or(sequence, |it| it.first_sequence),
            sequence,
            arrived,
            timestamp,
            jitter,
        });
    }

    /// Numbers that are left out between the first and the last packet of each.
    pub(crate) fn missing(&self) -> u64 {
        let heard = self.legs.iter().flatten();
        let missing = heard.map(|it| {
            let span = it.sequence.wrapping_sub(it.first_sequence) + 1;
            u64::from(span.saturating_sub(it.heard))
        });
        missing.sum()
    }

    /// Of all telephones that heard anything, at the end.
    pub(crate) fn quantiles<const N: usize>(&self, shares: [f64; N]) -> [Duration; N] {
        let heard = self.legs.iter().flatten();
        let mut all: Vec<f64> = heard.map(|it| it.jitter).collect();
        all.sort_by(f64::total_cmp);
        shares.map(|share| {
            let last = all.len().saturating_sub(1);
            let place = ((all.len() as f64 * share) as usize).min(last);
            Duration::from_secs_f64(all.get(place).copied().unwrap_or(0.0))
        })
    }
}
