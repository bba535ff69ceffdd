//! What a terminal says of a transaction (04 0F).

use devices::payment_terminal::{Approval, MaskedCard};
use zeroize::Zeroizing;

use super::fields::{fields, number};

/// Everything in it that a kiosk acts upon. The card's number is not among it: of
/// that only the last four digits are ever read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct StatusInformation {
    pub(super) result: Option<u8>,
    pub(super) amount: Option<u64>,
    pub(super) trace: Option<u32>,
    pub(super) receipt: Option<u32>,
    terminal: Option<u32>,
    approval: String,
    card: Option<MaskedCard>,
}

impl StatusInformation {
    /// `None` where it makes no sense.
    pub(super) fn decode(data: &[u8]) -> Option<Self> {
        let mut information = Self::default();
        for (bmp, value) in fields(data)? {
            let small = || u32::try_from(number(value)?).ok();
            match bmp {
                0x27 => information.result = value.first().copied(),
                0x04 => information.amount = Some(number(value)?),
                0x0b => information.trace = Some(small()?),
                0x87 => information.receipt = small(),
                0x29 => information.terminal = Some(small()?),
                0x3b => information.approval = words(value),
                0x22 => information.card = card(value),
                _ => {}
            }
        }
        Some(information)
    }

    pub(super) fn is_success(&self) -> bool {
        self.result == Some(0)
    }

    /// The proof of a payment; `None` unless it proves one of this amount, by a number
    /// of which nothing was known before.
    pub(super) fn approval(&self, amount_won: u32, before: Option<u32>) -> Option<Approval> {
        let (trace, receipt) = (self.trace?, self.receipt?);
        let same = self.amount == Some(u64::from(amount_won)) && Some(trace) != before;
        (same && self.is_success()).then(|| Approval {
            amount_won,
            trace,
            receipt,
            terminal: (self.terminal).map_or_else(String::new, |it| format!("{it:08}")),
            number: self.approval.clone(),
            card: self.card.clone(),
        })
    }
}

/// Printable characters of a field that is filled up with zeros or spaces.
fn words(value: &[u8]) -> String {
    let printable = value.iter().filter(|it| it.is_ascii_graphic());
    printable.map(|it| char::from(*it)).collect()
}

/// `E` stands for a digit that the terminal keeps to itself, `F` fills up.
fn card(value: &[u8]) -> Option<MaskedCard> {
    let mut last: Zeroizing<Vec<u8>> = Zeroizing::default();
    let nibbles = value.iter().rev().flat_map(|it| [it & 0x0f, it >> 4]);
    last.extend(nibbles.skip_while(|it| *it == 0x0f).take(4));
    let digit = |it: &u8| char::from_digit(u32::from(*it), 10);
    let last: Option<String> = last.iter().rev().map(digit).collect();
    MaskedCard::of(&last?)
}
