//! Coins and notes that came in, by their value.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::Kind;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    coins: BTreeMap<u32, u32>,
    notes: BTreeMap<u32, u32>,
    pub(super) refused: u32,
}

impl Tally {
    pub(super) fn add(&mut self, value_won: u32, kind: Kind) {
        let items = match kind {
            Kind::Coin => &mut self.coins,
            Kind::Note => &mut self.notes,
        };
        *items.entry(value_won).or_default() += 1;
    }

    /// A note that came out again was never in.
    pub(super) fn remove_note(&mut self, value_won: u32) {
        if let Some(count) = self.notes.get_mut(&value_won) {
            *count = count.saturating_sub(1);
        }
        self.notes.retain(|_, count| *count > 0);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.coins.is_empty() && self.notes.is_empty()
    }

    pub(super) fn coins_won(&self) -> u32 {
        let values = self.coins.iter();
        values.fold(0, |sum, (value, count)| {
            sum.saturating_add(value.saturating_mul(*count))
        })
    }

    /// All items, as the standard counts them: by type, each fit to be given out again.
    pub(super) fn counts(&self) -> Map<String, Value> {
        let mut counts = counts(&self.coins);
        counts.extend(self::counts(&self.notes));
        counts
    }

    /// What lies where, once it is stored.
    pub(super) fn stored(&self) -> Map<String, Value> {
        let units = [("unitCOINS", &self.coins), ("unitNOTES", &self.notes)];
        let filled = units.into_iter().filter(|(_, items)| !items.is_empty());
        let stored = filled.map(|(unit, items)| {
            let unit_stored = json!({ "deposited": counts(items) });
            (unit.to_owned(), unit_stored)
        });
        stored.collect()
    }
}

fn counts(items: &BTreeMap<u32, u32>) -> Map<String, Value> {
    let counts = items.iter();
    let named = counts.map(|(value, count)| (format!("type{value}KRW"), json!({ "fit": count })));
    named.collect()
}
