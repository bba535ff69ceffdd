//! Makes a store's file from a whole copy and the changes behind it.

use std::{
    fs::File,
    io::{self, Read},
    ops::ControlFlow,
    os::unix::fs::FileExt,
    path::Path,
};

use super::{
    BackupError, Damage, Identity, SealedFile, Until,
    base::check,
    changes::{Change, decode_frames},
    checked_file::{create, name},
    error::failed,
    plan::Plan,
    walk::Road,
};

/// Where a rebuilt store stands.
#[derive(Clone, Debug)]
pub(crate) struct Rebuilt {
    /// The last change in it.
    pub(crate) number: u64,
    /// When that was archived, in milliseconds since 1970.
    pub(crate) at: i64,
    /// Bytes behind the last change that were never confirmed to anybody.
    pub(crate) unconfirmed: bool,
}

/// Writes the store to `file`. What is wrong with the changes is added to the
/// plan's damages; the store is then as it was before the first of them.
pub(crate) fn rebuild(
    plan: &mut Plan,
    identity: &Identity,
    until: Until,
    file: &Path,
) -> Result<Rebuilt, BackupError> {
    unseal(plan, identity, &plan.manifest.store, file)?;
    let store = File::options().read(true).write(true).open(file);
    let mut page_bytes = [0; 2];
    let store = store
        .and_then(|store| store.read_exact_at(&mut page_bytes, 16).map(|()| store))
        .map_err(failed("open", file))?;
    let mut work = Work {
        store,
        page_bytes: match u16::from_be_bytes(page_bytes) {
            1 => 65_536,
            bytes => usize::from(bytes),
        },
        identity,
        until,
        rebuilt: Rebuilt {
            number: plan.manifest.number,
            at: plan.manifest.taken_millis,
            unconfirmed: false,
        },
    };
    let walked = Road::of(plan, until).walk(|change, file| {
        if work.is_later(change) {
            return Ok(ControlFlow::Break(()));
        }
        work.apply(change, file)?;
        Ok(ControlFlow::Continue(()))
    });
    match walked {
        Ok(walked) => work.rebuilt.unconfirmed = walked.unconfirmed,
        Err(BackupError::Damaged(damage)) => plan.damages.push(damage),
        Err(error) => return Err(error),
    }
    work.store.sync_all().map_err(failed("write", file))?;
    Ok(work.rebuilt)
}

/// Decrypts one file of a whole copy.
pub(crate) fn unseal(
    plan: &Plan,
    identity: &Identity,
    sealed: &SealedFile,
    to: &Path,
) -> Result<(), BackupError> {
    check(&plan.base, sealed)?;
    let path = plan.base.join(&sealed.name);
    let reader = File::open(&path).map_err(failed("read", &path))?;
    let mut plain = identity
        .open(reader)
        .ok_or_else(|| BackupError::WrongKey(plan.manifest.recipient.clone()))?;
    let mut file = create(to).map_err(failed("make", to))?;
    let mut block = vec![0; 1 << 16];
    loop {
        let read = plain
            .read(&mut block)
            .map_err(|_| Damage::Altered { file: name(&path) })?;
        if read == 0 {
            return file.sync_all().map_err(failed("write", to));
        }
        io::Write::write_all(&mut file, &block[..read]).map_err(failed("write", to))?;
    }
}

struct Work<'a> {
    store: File,
    page_bytes: usize,
    identity: &'a Identity,
    until: Until,
    rebuilt: Rebuilt,
}

impl Work<'_> {
    fn is_later(&self, change: &Change) -> bool {
        match self.until {
            Until::Latest => false,
            Until::Time(time) => change.at > time.as_millis(),
            Until::Change(number) => change.first > number,
        }
    }

    fn apply(&mut self, change: &Change, file: &str) -> Result<(), BackupError> {
        let altered = || Damage::ChangeAltered {
            file: file.to_owned(),
            after: change.first - 1,
        };
        let frames = self
            .identity
            .open_bytes(&change.sealed)
            .and_then(|plain| decode_frames(&plain))
            .ok_or_else(altered)?;
        let last = match self.until {
            Until::Change(number) => number.min(change.last),
            Until::Latest | Until::Time(_) => change.last,
        };
        let mut number = change.first;
        for frame in frames {
            if number > last {
                break;
            }
            if frame.page == 0 || frame.content.len() != self.page_bytes {
                return Err(altered().into());
            }
            let offset = |pages: u32| u64::from(pages) * self.page_bytes as u64;
            self.store
                .write_all_at(&frame.content, offset(frame.page - 1))
                .map_err(failed("write to", "the restored store"))?;
            if frame.size != 0 {
                self.store
                    .set_len(offset(frame.size))
                    .map_err(failed("write to", "the restored store"))?;
                number += 1;
            }
        }
        self.rebuilt.number = last;
        self.rebuilt.at = change.at;
        Ok(())
    }
}
