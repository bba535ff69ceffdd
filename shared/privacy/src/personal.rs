//! A wrapper that keeps a personal value out of logs.

use std::fmt;

use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

/// A value about a living person, such as a name or a resident number.
///
/// `Debug` prints a placeholder and there is no `Display`, so a log line that
/// mentions a `Personal` says only that something was there. The memory is
/// overwritten when the value is dropped.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Personal<T: Zeroize>(T);

impl<T: Zeroize> Personal<T> {
    pub fn new(value: T) -> Self {
        Self(value)
    }

    /// Discloses the value; every call site is an entry in the privacy review.
    pub fn reveal(&self) -> &T {
        &self.0
    }
}

impl Personal<String> {
    /// Whether nothing is in it but white space; it says no more of it.
    pub fn is_blank(&self) -> bool {
        self.0.trim().is_empty()
    }

    /// How many characters it has; it says no more of it.
    pub fn chars(&self) -> usize {
        self.0.chars().count()
    }
}

impl<T: Zeroize> Drop for Personal<T> {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl<T: Zeroize> fmt::Debug for Personal<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[personal]")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_output_names_nobody() {
        let name = Personal::new("홍길동".to_owned());

        assert_eq!(format!("{name:?}"), "[personal]");
        assert_eq!(format!("{:?}", Some(&name)), "Some([personal])");
    }
}
