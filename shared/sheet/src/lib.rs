//! A printed slip as a value: what shall stand on paper, before any printer.
//!
//! Receipts, claim tickets and reports are sheets; a driver lays them out. The
//! plain text of a sheet ([`std::fmt::Display`]) is the form golden files keep.

use std::fmt;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    lines: Vec<Line>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// Large and centered.
    Heading(String),
    Text(String),
    /// Centered and small.
    Note(String),
    Field {
        label: String,
        value: String,
    },
    /// A sum, set larger than a field.
    Amount {
        label: String,
        amount_won: u32,
    },
    Rule,
    Qr {
        text: String,
        caption: String,
    },
    /// A code to be read out or typed, in groups.
    Code(String),
}

impl Sheet {
    pub fn new(lines: impl IntoIterator<Item = Line>) -> Self {
        Self {
            lines: lines.into_iter().collect(),
        }
    }

    pub fn lines(&self) -> &[Line] {
        &self.lines
    }
}

/// `1,000원`, the way prices are written.
pub fn won(amount_won: u32) -> String {
    grouped(amount_won.into()) + "원"
}

/// `12,345`, for whoever adds another unit.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

impl fmt::Display for Sheet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in &self.lines {
            match line {
                Line::Heading(text) => writeln!(f, "# {text}")?,
                Line::Text(text) => writeln!(f, "{text}")?,
                Line::Note(text) => writeln!(f, "  {text}")?,
                Line::Field { label, value } => writeln!(f, "{label}: {value}")?,
                Line::Amount { label, amount_won } => {
                    writeln!(f, "{label}: {}", won(*amount_won))?;
                }
                Line::Rule => writeln!(f, "--------")?,
                Line::Qr { text, caption } => writeln!(f, "[QR {text}] {caption}")?,
                Line::Code(code) => writeln!(f, "||| {code} |||")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_are_grouped_by_thousands() {
        assert_eq!(won(0), "0원");
        assert_eq!(won(200), "200원");
        assert_eq!(won(1_000), "1,000원");
        assert_eq!(won(1_234_567), "1,234,567원");
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(12_500), "12,500");
        assert_eq!(grouped(4_294_967_296), "4,294,967,296");
    }
}
