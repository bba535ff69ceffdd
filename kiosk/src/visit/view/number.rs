//! The resident number as far as it is typed.

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberEntry {
    /// Already masked, such as `900101-1●●`.
    pub shown: String,
    pub digits: u32,
    pub refusal: Option<NumberRefusal>,
    pub proof: NumberProof,
}

/// By what it will be known whether the number is the citizen's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberProof {
    /// The card; so many more tries the citizen has.
    Card {
        tries_left: u32,
    },
    TwoPersons,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberRefusal {
    /// The date in the number does not exist.
    NotANumber,
    /// It is not the number of the card's holder.
    NotTheCards,
}
