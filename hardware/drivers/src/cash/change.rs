//! Plans change over hoppers that do not hold everything.
//!
//! Largest coins first, but never so that the rest cannot be paid: with one
//! 500, three 200 and no smaller coin, 600 is three times 200.

/// Coins of one value that can be paid out now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stock {
    pub(super) value_won: u32,
    pub(super) coins: u32,
}

impl Stock {
    pub(super) fn won(self) -> u32 {
        self.value_won.saturating_mul(self.coins)
    }
}

/// More than this is planned in several steps.
pub(super) const PAYOUT_MAX_WON: u32 = 200_000;

/// How many coins of each stock make up the largest sum within `amount_won`
/// that these stocks can pay: the amount itself whenever that is possible.
pub(super) fn plan(amount_won: u32, stocks: &[Stock]) -> Vec<u32> {
    let mut counts = vec![0; stocks.len()];
    let mut order: Vec<usize> = (0..stocks.len())
        .filter(|place| stocks[*place].value_won > 0 && stocks[*place].coins > 0)
        .collect();
    order.sort_by_key(|place| std::cmp::Reverse(stocks[*place].value_won));
    let unit = order
        .iter()
        .fold(0, |unit, place| divisor(unit, stocks[*place].value_won));
    if unit == 0 {
        return counts;
    }
    let most = (amount_won.min(PAYOUT_MAX_WON) / unit) as usize;
    // payable[n] holds what the smallest coins from the n-th of `order` on can pay.
    let mut payable = vec![vec![false; most + 1]];
    payable[0][0] = true;
    for place in order.iter().rev() {
        let step = (stocks[*place].value_won / unit) as usize;
        let wider = widen(&payable[0], step, stocks[*place].coins);
        payable.insert(0, wider);
    }
    let Some(mut rest) = payable[0].iter().rposition(|payable| *payable) else {
        return counts;
    };
    for (nth, place) in order.into_iter().enumerate() {
        let step = (stocks[place].value_won / unit) as usize;
        let most = (rest / step).min(stocks[place].coins as usize);
        let count = (0..=most)
            .rev()
            .find(|count| payable[nth + 1][rest - count * step])
            .expect("`rest` is payable from here on");
        counts[place] = u32::try_from(count).expect("bounded by the coins, which are u32");
        rest -= count * step;
    }
    counts
}

/// Adds up to `coins` coins of `step` units to the sums that can be paid.
fn widen(payable: &[bool], step: usize, coins: u32) -> Vec<bool> {
    // The fewest coins of this value with which a sum is reached.
    let mut needed: Vec<Option<u32>> = vec![None; payable.len()];
    for sum in 0..payable.len() {
        needed[sum] = if payable[sum] {
            Some(0)
        } else {
            sum.checked_sub(step)
                .and_then(|before| needed[before])
                .filter(|used| *used < coins)
                .map(|used| used + 1)
        };
    }
    needed.iter().map(Option::is_some).collect()
}

/// The greatest common divisor, where that of nought and a number is the number.
fn divisor(first: u32, second: u32) -> u32 {
    if second == 0 {
        first
    } else {
        divisor(second, first % second)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn stocks(pairs: &[(u32, u32)]) -> Vec<Stock> {
        pairs
            .iter()
            .map(|&(value_won, coins)| Stock { value_won, coins })
            .collect()
    }

    #[test]
    fn the_largest_coins_go_first() {
        let stocks = stocks(&[(10, 50), (50, 50), (100, 50), (500, 50)]);

        assert_eq!(plan(1_660, &stocks), [1, 1, 1, 3]);
    }

    #[test]
    fn the_largest_coin_stays_in_where_the_rest_could_not_be_paid() {
        assert_eq!(plan(600, &stocks(&[(500, 1), (200, 3)])), [0, 3]);
    }

    #[test]
    fn what_cannot_be_paid_exactly_is_paid_as_far_as_the_coins_reach() {
        assert_eq!(plan(630, &stocks(&[(500, 2), (100, 5)])), [1, 1]);
        assert_eq!(plan(5_000, &stocks(&[(500, 2), (100, 1)])), [2, 1]);
        assert_eq!(plan(40, &stocks(&[(50, 9)])), [0]);
        assert_eq!(plan(0, &stocks(&[(50, 9)])), [0]);
        assert_eq!(plan(100, &[]), Vec::<u32>::new());
    }

    #[test]
    fn a_senseless_amount_takes_neither_all_memory_nor_all_coins() {
        let counts = plan(u32::MAX, &stocks(&[(500, u32::MAX), (10, u32::MAX)]));

        assert_eq!(counts, [PAYOUT_MAX_WON / 500, 0]);
    }

    /// Every sum these few coins can pay, found by trying all.
    fn best_by_trial(amount_won: u32, stocks: &[Stock]) -> u32 {
        let Some((stock, others)) = stocks.split_first() else {
            return 0;
        };
        (0..=stock.coins)
            .map(|count| count * stock.value_won)
            .filter(|sum| *sum <= amount_won)
            .map(|sum| sum + best_by_trial(amount_won - sum, others))
            .max()
            .unwrap_or(0)
    }

    proptest! {
        #[test]
        fn no_other_choice_of_coins_pays_more(
            amount in 0u32..300,
            pairs in proptest::collection::vec((1u32..60, 0u32..5), 0..4),
        ) {
            let stocks = stocks(&[&pairs.iter().map(|(value, coins)| (value * 5, *coins)).collect::<Vec<_>>()[..]].concat());
            let counts = plan(amount, &stocks);

            let paid: u32 = stocks.iter().zip(&counts).map(|(stock, count)| stock.value_won * count).sum();
            prop_assert!(stocks.iter().zip(&counts).all(|(stock, count)| *count <= stock.coins));
            prop_assert_eq!(paid, best_by_trial(amount, &stocks));
        }
    }
}
