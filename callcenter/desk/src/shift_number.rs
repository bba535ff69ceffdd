//! Which shift at this desk something was asked in: what is answered after its end is
//! nobody's any more.

/// Counted from one start of the desk to the next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ShiftNumber(u64);

impl ShiftNumber {
    pub(crate) fn next(self) -> Self {
        Self(self.0.wrapping_add(1))
    }
}
