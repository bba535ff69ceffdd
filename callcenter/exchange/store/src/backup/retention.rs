//! Which old backups are kept.

use std::{collections::BTreeSet, fs};

use super::{BackupError, Damage, Manifest, error::failed, folder::Folder};

const MILLIS_A_DAY: i64 = 86_400_000;

/// Whole copies that are kept; the changes are kept behind the recent ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retention {
    /// The newest copies.
    pub recent: usize,
    /// Of as many days the newest copy.
    pub days: usize,
    /// Of as many weeks the newest copy.
    pub weeks: usize,
}

impl Default for Retention {
    fn default() -> Self {
        Self {
            recent: 24,
            days: 14,
            weeks: 8,
        }
    }
}

/// A whole copy: its change, and when it was taken in milliseconds since 1970.
type Taken = (u64, i64);

impl Retention {
    /// The change from which on all changes are to be kept.
    pub(crate) fn plan(&self, folder: &Folder) -> Result<u64, BackupError> {
        let taken = taken(folder)?;
        let oldest = taken.iter().rev().take(self.recent.max(1)).next_back();
        Ok(oldest.map_or(1, |(number, _)| number + 1))
    }

    /// Lets go what is no longer kept. A copy that cannot be read stays.
    pub(crate) fn carry_out(&self, folder: &Folder, kept_from: u64) -> Result<(), BackupError> {
        let taken = taken(folder)?;
        let kept = self.kept(&taken);
        for base in folder.bases()? {
            let known = taken.iter().any(|(number, _)| *number == base.number);
            if known && !kept.contains(&base.number) {
                fs::remove_dir_all(&base.path).map_err(failed("remove", base.path))?;
            }
        }
        let segments = folder.segments()?;
        for pair in segments.windows(2) {
            if pair[1].first <= kept_from {
                fs::remove_file(&pair[0].path).map_err(failed("remove", &pair[0].path))?;
            }
        }
        Ok(())
    }

    fn kept(&self, taken: &[Taken]) -> BTreeSet<u64> {
        let recent = taken.iter().rev().take(self.recent.max(1));
        let mut kept: BTreeSet<u64> = recent.map(|(number, _)| *number).collect();
        for (days, count) in [(1, self.days), (7, self.weeks)] {
            let mut spans = BTreeSet::new();
            for (number, at) in taken.iter().rev() {
                let span = at.div_euclid(days * MILLIS_A_DAY);
                if spans.len() < count && spans.insert(span) {
                    kept.insert(*number);
                }
            }
        }
        kept
    }
}

/// Oldest first.
fn taken(folder: &Folder) -> Result<Vec<Taken>, BackupError> {
    let mut taken = Vec::new();
    for base in folder.bases()? {
        match Manifest::read(&base.path) {
            Ok(manifest) => taken.push((manifest.number, manifest.taken_millis)),
            Err(BackupError::Damaged(Damage::Altered { .. } | Damage::FileMissing { .. })) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recent_copies_stay_and_older_ones_thin_out_to_days_and_weeks() {
        let hour = MILLIS_A_DAY / 24;
        let taken: Vec<Taken> = (0..24 * 30u64)
            .map(|it| (it, it.cast_signed() * hour))
            .collect();
        let retention = Retention {
            recent: 3,
            days: 4,
            weeks: 3,
        };

        let kept = retention.kept(&taken);

        let last_of_day = |day: u64| day * 24 + 23;
        let mut wanted = BTreeSet::from([717, 718, 719]);
        wanted.extend((26..30).map(last_of_day));
        // The weeks since 1970 end with their seventh day.
        wanted.extend([last_of_day(20), last_of_day(27)]);
        assert_eq!(kept, wanted);
    }

    #[test]
    fn the_newest_copy_is_kept_whatever_was_said() {
        let nothing = Retention {
            recent: 0,
            days: 0,
            weeks: 0,
        };

        assert_eq!(nothing.kept(&[(1, 0), (2, 1)]), BTreeSet::from([2]));
    }
}
