//! Where an unbroken series of changes begins, and whether it goes on.

use std::{
    fs::{self, File},
    io,
};

use request::Timestamp;

use super::{BackupError, changes::Chain, error::failed, folder::Folder, head::Head, plan::end_of};
use crate::{
    Store, StoreError,
    open::{log_file, stream_file},
    wal::{self, Log},
};

/// Whether the store is what the head's changes lead to, with at most more behind.
pub(crate) fn continues(store: &Store, head: &Head) -> Result<bool, BackupError> {
    let (file, _turn) = (&store.shared.file, store.lock());
    let marked = match fs::read_to_string(stream_file(file)) {
        Ok(stream) => stream == head.stream,
        Err(error) if error.kind() == io::ErrorKind::NotFound => false,
        Err(error) => return Err(failed("read", stream_file(file))(error)),
    };
    let Some(position) = head.position.filter(|_| marked) else {
        return Ok(false);
    };
    wal::holds(&log_file(file), position).map_err(failed("read", log_file(file)))
}

/// Begins a stream with the store as it is now, which counts as one more change.
pub(crate) fn begin(
    store: &Store,
    folder: &Folder,
    number: u64,
    at: i64,
    kept_from: u64,
    now: Timestamp,
) -> Result<Head, BackupError> {
    let number = number + 1;
    let (file, turn) = (&store.shared.file, store.lock());
    let stream: String = turn
        .query_row("SELECT lower(hex(randomblob(8)))", [], |row| row.get(0))
        .map_err(StoreError::from)?;
    let position = match wal::read(&log_file(file), None, u64::MAX) {
        Ok(Log::Follows { position, .. }) => position,
        Ok(Log::Broken) => None,
        Err(error) => return Err(failed("read", log_file(file))(error)),
    };
    let head = Head {
        chain: Chain::genesis(&stream, number),
        stream,
        number,
        at: at.max(now.as_millis()),
        base: None,
        kept_from,
        position,
    };
    head.write(folder)?;
    let marker = stream_file(file);
    let mark = || {
        fs::write(&marker, &head.stream)?;
        File::open(&marker)?.sync_all()?;
        durable::sync_folder_of(&marker)
    };
    mark().map_err(failed("write", &marker))?;
    tracing::info!(stream = %head.stream, change = number, "A stream of changes begins");
    Ok(head)
}

/// For want of a head: the last change any file tells of.
pub(crate) fn last_number(folder: &Folder) -> Result<u64, BackupError> {
    let bases = folder.bases()?.last().map_or(0, |base| base.number);
    let segments = folder.segments()?;
    let mut last = bases;
    for segment in segments.iter().rev().take(1) {
        last = last.max(end_of(&segment.path).unwrap_or(segment.first));
    }
    Ok(last)
}
