//! Amounts, as the screens write them.

/// An amount with its digits in groups; the screen adds the unit.
pub(super) fn grouped(amount_won: u32) -> String {
    sheet::won(amount_won).trim_end_matches('원').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_grouped_by_thousands() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(12_500), "12,500");
    }
}
