//! Values that stand where none is given that fits, so that the rest can be read.

use serde::de::{DeserializeSeed, MapAccess, SeqAccess};

use super::{Here, Unfit};

/// Texts that are enough for every type that wants a text of a certain form.
const TEXTS: [&str; 3] = ["?", "00:00", "2000-01-01"];
/// How many values a place is given before it is left.
pub(super) const TRIES: usize = TEXTS.len();

pub(super) fn text(here: &Here<'_>) -> &'static str {
    TEXTS[tries(here).min(TRIES - 1)]
}

/// A word of a closed list: the first that needs nothing beside it.
pub(super) fn variant(here: &Here<'_>, variants: &'static [&'static str]) -> &'static str {
    let last = variants.len().saturating_sub(1);
    variants.get(tries(here).min(last)).copied().unwrap_or("?")
}

fn tries(here: &Here<'_>) -> usize {
    let notes = here.notes.borrow();
    notes.made_up.get(&here.place).copied().unwrap_or(0)
}

/// A list or a table with nothing in it.
pub(super) struct Nothing;

impl<'a> SeqAccess<'a> for Nothing {
    type Error = Unfit;

    fn next_element_seed<S: DeserializeSeed<'a>>(
        &mut self,
        _seed: S,
    ) -> Result<Option<S::Value>, Unfit> {
        Ok(None)
    }
}

impl<'a> MapAccess<'a> for Nothing {
    type Error = Unfit;

    fn next_key_seed<S: DeserializeSeed<'a>>(
        &mut self,
        _seed: S,
    ) -> Result<Option<S::Value>, Unfit> {
        Ok(None)
    }

    fn next_value_seed<S: DeserializeSeed<'a>>(&mut self, _seed: S) -> Result<S::Value, Unfit> {
        Err(Unfit::Hopeless)
    }
}
