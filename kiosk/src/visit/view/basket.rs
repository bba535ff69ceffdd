//! Several certificates in one visit.

use super::{FailureReason, MoneyOutcome};

/// What the screens around the basket show of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Basket {
    /// How many certificates lie in it; 0 where the screen does not show them.
    pub count: u32,
    /// What they come to.
    pub sum: String,
    /// Another one can be put in here.
    pub may_add: bool,
    /// Which one of how many is under way, both from 1 on.
    pub under_way: Option<(u32, u32)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BasketSheet {
    pub stage: BasketStage,
    pub items: Vec<BasketItem>,
    /// What became of the money, at the end.
    pub money: MoneyOutcome,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BasketStage {
    /// The last look before it counts.
    Review,
    /// Some cannot be had: are the others wanted all the same?
    Rest,
    /// None can be had.
    None,
    /// What became of each.
    Outcome,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BasketItem {
    pub title: String,
    /// Answers and options in words.
    pub detail: String,
    /// Copies and their fee, in words.
    pub price: String,
    /// Why it cannot be had, or was not printed.
    pub failure: Option<FailureReason>,
    /// Of the papers that came out.
    pub numbers: Vec<String>,
}
