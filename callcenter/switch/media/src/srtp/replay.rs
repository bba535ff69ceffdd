//! Which packets have been seen (RFC 3711 §3.3.2).

/// Packets behind the newest that may still come.
const WINDOW: u64 = 128;

#[derive(Clone, Copy, Debug, Default)]
pub(super) struct ReplayWindow {
    newest: Option<u64>,
    /// Bit n is the packet n behind the newest.
    seen: u128,
}

impl ReplayWindow {
    pub(super) fn newest(&self) -> Option<u64> {
        self.newest
    }

    /// Whether it has not been seen, as far as can be told.
    pub(super) fn is_new(&self, index: u64) -> bool {
        let Some(newest) = self.newest else {
            return true;
        };
        match newest.checked_sub(index) {
            None => true,
            Some(behind) => behind < WINDOW && self.seen >> behind & 1 == 0,
        }
    }

    /// Remembers one that was proven.
    pub(super) fn note(&mut self, index: u64) {
        let newest = self.newest.unwrap_or(index);
        if index >= newest {
            let ahead = u32::try_from(index - newest).unwrap_or(u32::MAX);
            self.seen = self.seen.checked_shl(ahead).unwrap_or(0) | 1;
            self.newest = Some(index);
        } else if newest - index < WINDOW {
            self.seen |= 1 << (newest - index);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_packet_is_new_twice_and_recent_ones_are_new_once(indexes in proptest::collection::vec(0u64..400, 1..300)) {
            let mut window = ReplayWindow::default();
            let mut seen = BTreeSet::new();
            for index in indexes {
                let newest = seen.last().copied().unwrap_or(0);
                let wanted = !seen.contains(&index) && index + WINDOW > newest;
                prop_assert_eq!(window.is_new(index), wanted);
                if wanted {
                    window.note(index);
                    seen.insert(index);
                }
            }
        }
    }
}
