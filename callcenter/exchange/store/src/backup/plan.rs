//! Which whole copy and which segments lead to a wanted moment.

use std::path::{Path, PathBuf};

use request::Timestamp;

use super::{
    BackupError, Damage, Manifest,
    changes::Next,
    checked_file,
    folder::{Folder, SegmentName},
    head::Head,
    segment::SegmentReader,
};

/// The moment a store is wanted as of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Until {
    Latest,
    /// All that was archived by then.
    Time(Timestamp),
    /// This change and all before it.
    Change(u64),
}

/// How to come to a wanted moment.
pub(crate) struct Plan {
    pub(crate) base: PathBuf,
    pub(crate) manifest: Manifest,
    /// What follows the copy, in order.
    pub(crate) segments: Vec<SegmentName>,
    /// The stream's last change that is known to have been safe.
    pub(crate) end: u64,
    /// What was found wrong on the way.
    pub(crate) damages: Vec<Damage>,
}

impl Plan {
    /// From the newest whole copy that is early enough; `below` leaves that of
    /// this change out, and all newer ones.
    pub(crate) fn make(
        folder: &Folder,
        until: Until,
        below: Option<u64>,
    ) -> Result<Self, BackupError> {
        let mut damages = Vec::new();
        let head = match Head::read(folder) {
            Ok(Some(head)) => Some(head),
            Ok(None) => {
                let file = checked_file::name(&folder.head());
                damages.push(Damage::FileMissing { file });
                None
            }
            Err(BackupError::Damaged(damage)) => {
                damages.push(damage);
                None
            }
            Err(error) => return Err(error),
        };
        let (base, manifest) = choose(folder, until, below, &mut damages)?;
        let (segments, end) = behind(folder, &manifest, head.as_ref())?;
        let plan = Self {
            base,
            segments,
            end,
            manifest,
            damages,
        };
        plan.within(until, head.as_ref())
    }

    /// Refuses what is not kept, and names what lies beyond this stream.
    fn within(mut self, until: Until, head: Option<&Head>) -> Result<Self, BackupError> {
        let Some(head) = head else {
            return Ok(self);
        };
        let number = self.manifest.number;
        if let Until::Change(asked) = until
            && asked > head.number
        {
            let last = head.number;
            return Err(BackupError::TooLate { asked, last });
        }
        if until == Until::Change(number) {
            return Ok(self);
        }
        if number + 1 < head.kept_from {
            let base = checked_file::name(&self.base);
            return Err(BackupError::NotKept { base, number });
        }
        let beyond = match until {
            Until::Latest => head.stream != self.manifest.stream,
            Until::Change(asked) => asked > self.end,
            Until::Time(_) => false,
        };
        if beyond && head.stream != self.manifest.stream {
            let from = self.end + 1;
            self.damages.push(Damage::BaseMissing { from });
        }
        Ok(self)
    }
}

/// The newest whole copy that is no newer than what is wanted.
fn choose(
    folder: &Folder,
    until: Until,
    below: Option<u64>,
    damages: &mut Vec<Damage>,
) -> Result<(PathBuf, Manifest), BackupError> {
    let mut oldest = None;
    let bases = folder.bases()?.into_iter().rev();
    for base in bases.filter(|base| below.is_none_or(|below| base.number < below)) {
        let manifest = match Manifest::read(&base.path) {
            Ok(manifest) => manifest,
            Err(BackupError::Damaged(damage)) => {
                damages.push(damage);
                continue;
            }
            Err(error) => return Err(error),
        };
        let early_enough = match until {
            Until::Latest => true,
            Until::Change(number) => manifest.number <= number,
            Until::Time(time) => manifest.taken_millis <= time.as_millis(),
        };
        if early_enough {
            return Ok((base.path, manifest));
        }
        oldest = Some(manifest);
    }
    match (oldest, damages.pop()) {
        (Some(oldest), _) => Err(BackupError::TooEarly {
            oldest: oldest.taken,
            number: oldest.number,
        }),
        (None, Some(damage)) => Err(damage.into()),
        (None, None) => Err(BackupError::None(folder.root().to_path_buf())),
    }
}

/// The segments behind a whole copy, and the last change of its stream that is
/// known to have been safe.
pub(crate) fn behind(
    folder: &Folder,
    manifest: &Manifest,
    head: Option<&Head>,
) -> Result<(Vec<SegmentName>, u64), BackupError> {
    let later = |it: &SegmentName| it.first > manifest.number;
    let (ours, others): (Vec<_>, Vec<_>) = folder
        .segments()?
        .into_iter()
        .filter(later)
        .partition(|it| it.stream == manifest.stream);
    let end = match (head, others.first()) {
        (Some(head), _) if head.stream == manifest.stream => head.number,
        // A new stream counts the store as it found it as one change.
        (_, Some(successor)) => successor.first.saturating_sub(2),
        (_, None) => manifest.number,
    };
    Ok((ours, end))
}

/// The last change that a segment holds whole.
pub(crate) fn end_of(segment: &Path) -> Result<u64, BackupError> {
    let mut reader = SegmentReader::open(segment)?;
    while let Next::Change(..) = reader.next()? {}
    Ok(reader.after)
}
