//! Goes through the changes behind a whole copy and stops at the first wrong one.

use std::ops::ControlFlow;

use super::{
    BackupError, Damage, Until,
    changes::{Chain, Change, Next},
    checked_file::name,
    folder::SegmentName,
    plan::Plan,
    segment::SegmentReader,
};

/// From a whole copy to the last change that must be there.
pub(crate) struct Road<'a> {
    pub(crate) stream: &'a str,
    pub(crate) number: u64,
    pub(crate) chain: Chain,
    pub(crate) segments: &'a [SegmentName],
    pub(crate) end: u64,
}

pub(crate) struct Walked {
    /// Behind the end is something half written that was never confirmed.
    pub(crate) unconfirmed: bool,
}

impl<'a> Road<'a> {
    pub(crate) fn of(plan: &'a Plan, until: Until) -> Self {
        Self {
            stream: &plan.manifest.stream,
            number: plan.manifest.number,
            chain: plan.manifest.chain,
            segments: &plan.segments,
            end: match until {
                Until::Change(number) => number.min(plan.end),
                Until::Latest | Until::Time(_) => plan.end,
            },
        }
    }

    /// Shows each change, with the name of its file, until `visit` has enough.
    pub(crate) fn walk(
        mut self,
        mut visit: impl FnMut(&Change, &str) -> Result<ControlFlow<()>, BackupError>,
    ) -> Result<Walked, BackupError> {
        let unconfirmed = Walked { unconfirmed: true };
        let done = Walked { unconfirmed: false };
        for (index, segment) in self.segments.iter().enumerate() {
            let next = self.segments.get(index + 1).map(|next| next.first - 1);
            if segment.first > self.end + 1 {
                break;
            }
            self.no_gap_until(segment.first)?;
            let file = name(&segment.path);
            let mut reader = match SegmentReader::open(&segment.path) {
                // A crash may leave the heading of the newest segment half written.
                Err(BackupError::Damaged(_)) if next.is_none() && self.number >= self.end => {
                    return Ok(unconfirmed);
                }
                reader => reader?,
            };
            let fits = reader.stream == self.stream
                && reader.after == self.number
                && reader.chain == self.chain;
            if !fits {
                return Err(Damage::Altered { file }.into());
            }
            // What a crash left behind the next segment's beginning was never confirmed.
            while next != Some(self.number) {
                let after = self.number;
                let never_told = next.is_none() && after >= self.end;
                match reader.next()? {
                    Next::Change(change, chain) => {
                        if visit(&change, &file)?.is_break() {
                            return Ok(done);
                        }
                        (self.number, self.chain) = (change.last, chain);
                    }
                    Next::End => break,
                    Next::Torn | Next::Altered if never_told => return Ok(unconfirmed),
                    Next::Torn => return Err(Damage::Truncated { file, after }.into()),
                    Next::Altered => return Err(Damage::ChangeAltered { file, after }.into()),
                }
            }
        }
        self.no_gap_until(self.end + 1)?;
        Ok(done)
    }

    fn no_gap_until(&self, next: u64) -> Result<(), BackupError> {
        let from = self.number + 1;
        match from < next {
            true => Err(Damage::ChangesMissing { from, to: next - 1 }.into()),
            false => Ok(()),
        }
    }
}
