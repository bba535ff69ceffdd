//! Follows the store's log and keeps every committed change.

use std::{fs::File, path::Path, sync::atomic::Ordering, time::Duration};

use request::Timestamp;
use rusqlite::Connection;

use super::{
    BackupError, Cut, Manifest, Recipient, Retention,
    changes::{Change, encode_frames},
    error::failed,
    folder::Folder,
    head::Head,
    segment::Segment,
    stream,
};
use crate::{
    Store, StoreError, log,
    open::{connect_archived, log_file},
    wal::{self, Log, Position},
};

/// What one record may weigh, except for a single transaction that is larger.
const RECORD_BYTES: u64 = 8 << 20;
/// The log is emptied beyond this; SQLite itself would do it at 1,000 pages, too.
const LOG_FRAMES: u64 = 1_000;

pub struct Archivist {
    store: Store,
    /// Empties the log; it never waits for a reader.
    emptying: Connection,
    folder: Folder,
    recipient: Recipient,
    head: Head,
    segment: Segment,
    /// A whole copy is being made and keeps the log from being emptied.
    pinned: bool,
    _lock: File,
}

impl Archivist {
    /// Goes on where the folder's changes end if the store's log proves that
    /// nothing was missed; begins a new stream of changes if not.
    ///
    /// # Errors
    /// When the folder cannot be written or another program keeps backups there.
    pub fn begin(
        store: Store,
        folder: &Path,
        recipient: Recipient,
        now: Timestamp,
    ) -> Result<Self, BackupError> {
        let folder = Folder::create(folder)?;
        let lock = folder.lock()?;
        folder.clear_unfinished()?;
        let emptying = connect_archived(&store.shared.file)?;
        emptying
            .busy_timeout(Duration::ZERO)
            .map_err(StoreError::from)?;
        let head = match Head::read(&folder) {
            Ok(head) => head,
            Err(error @ BackupError::Damaged(_)) => {
                tracing::error!(%error, "The backup's head cannot be used; a new stream begins");
                None
            }
            Err(error) => return Err(error),
        };
        let head = match head {
            Some(head) if stream::continues(&store, &head)? => head,
            Some(head) => {
                stream::begin(&store, &folder, head.number, head.at, head.kept_from, now)?
            }
            None => {
                let kept_from = folder.segments()?.first().map_or(1, |oldest| oldest.first);
                stream::begin(
                    &store,
                    &folder,
                    stream::last_number(&folder)?,
                    0,
                    kept_from,
                    now,
                )?
            }
        };
        let path = folder.segment(head.number, &head.stream);
        let segment = Segment::create(path, &head.stream, head.number, head.chain)?;
        Ok(Self {
            store,
            emptying,
            folder,
            recipient,
            head,
            segment,
            pinned: false,
            _lock: lock,
        })
    }

    /// The last change that is safe.
    pub fn number(&self) -> u64 {
        self.head.number
    }

    /// Whether this stream of changes has a whole copy to begin from.
    pub fn founded(&self) -> bool {
        self.head.base.is_some()
    }

    /// Archives what was committed since the last call.
    ///
    /// # Errors
    /// When it cannot; nothing is lost then, the next call tries again.
    pub fn catch_up(&mut self, now: Timestamp) -> Result<(), BackupError> {
        loop {
            let (log, written) = {
                let store = self.store.clone();
                let _turn = store.lock();
                (self.read(RECORD_BYTES)?, store.shared.traffic.written())
            };
            let Log::Follows {
                frames,
                position,
                all,
            } = log
            else {
                return self.begin_anew(now);
            };
            if !frames.is_empty() {
                self.archive(&frames, position, now)?;
            }
            if all {
                self.store.shared.traffic.read(written, self.founded());
                return self.empty_log();
            }
        }
    }

    /// Holds the store as it is at this moment, for a whole copy.
    ///
    /// # Errors
    /// When it cannot be held or what was committed before cannot be archived.
    pub fn cut(&mut self, now: Timestamp) -> Result<Cut, BackupError> {
        self.catch_up(now)?;
        let (log, snapshot) = {
            let store = self.store.clone();
            let _turn = store.lock();
            let log = self.read(u64::MAX)?;
            let snapshot = connect_archived(&store.shared.file)?;
            snapshot
                .execute_batch("BEGIN; SELECT count(*) FROM sqlite_schema;")
                .map_err(StoreError::from)?;
            (log, snapshot)
        };
        let Log::Follows {
            frames, position, ..
        } = log
        else {
            self.begin_anew(now)?;
            return self.cut(now);
        };
        if !frames.is_empty() {
            self.archive(&frames, position, now)?;
        }
        self.head.at = self.head.at.max(now.as_millis());
        self.pinned = true;
        let Head {
            stream,
            number,
            chain,
            at,
            ..
        } = &self.head;
        let path = self.folder.segment(*number, stream);
        self.segment = Segment::create(path, stream, *number, *chain)?;
        Ok(Cut {
            snapshot,
            store: self.store.shared.file.clone(),
            folder: Folder::create(self.folder.root())?,
            recipient: self.recipient.clone(),
            at: *at,
            number: *number,
            stream: stream.clone(),
            chain: *chain,
        })
    }

    /// Takes note of a whole copy that is done, or not, and lets old ones go.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn copied(
        &mut self,
        manifest: Option<&Manifest>,
        retention: &Retention,
    ) -> Result<(), BackupError> {
        self.pinned = false;
        if let Some(manifest) = manifest.filter(|made| made.stream == self.head.stream) {
            self.head.base = Some(manifest.number);
            self.head.write(&self.folder)?;
            let kept_from = retention.plan(&self.folder)?;
            if kept_from > self.head.kept_from {
                // Said before it is done: what is gone is never thought to be lost.
                self.head.kept_from = kept_from;
                self.head.write(&self.folder)?;
            }
            retention.carry_out(&self.folder, self.head.kept_from)?;
        }
        Ok(())
    }

    fn read(&self, bytes_max: u64) -> Result<Log, BackupError> {
        let file = log_file(&self.store.shared.file);
        wal::read(&file, self.head.position, bytes_max).map_err(failed("read", file))
    }

    fn archive(
        &mut self,
        frames: &[wal::Frame],
        position: Option<Position>,
        now: Timestamp,
    ) -> Result<(), BackupError> {
        let commits = frames.iter().filter(|frame| frame.size != 0).count() as u64;
        let path = self.folder.head();
        let sealed = self.recipient.seal_bytes(&encode_frames(frames));
        let change = Change {
            first: self.head.number + 1,
            last: self.head.number + commits,
            at: self.head.at.max(now.as_millis()),
            sealed: sealed.map_err(failed("encrypt what goes behind", &path))?,
        };
        let (record, chain) = change
            .encode(self.head.chain)
            .map_err(failed("encode what goes behind", &path))?;
        let before = self.segment.append(&record)?;
        let head = Head {
            number: change.last,
            at: change.at,
            chain,
            position,
            ..self.head.clone()
        };
        if let Err(error) = head.write(&self.folder) {
            self.segment.retract(before);
            return Err(error);
        }
        self.head = head;
        Ok(())
    }

    /// Something else emptied the log: changes may have been missed.
    fn begin_anew(&mut self, now: Timestamp) -> Result<(), BackupError> {
        tracing::error!("The store's log was emptied unread; a new stream of changes begins");
        let Head {
            number,
            at,
            kept_from,
            ..
        } = self.head;
        let head = stream::begin(&self.store, &self.folder, number, at, kept_from, now)?;
        let path = self.folder.segment(head.number, &head.stream);
        self.segment = Segment::create(path, &head.stream, head.number, head.chain)?;
        self.head = head;
        Ok(())
    }

    fn empty_log(&mut self) -> Result<(), BackupError> {
        let long = |position: Position| !position.emptied && position.frames() > LOG_FRAMES;
        let asked = &self.store.shared.log_to_empty;
        let asked = asked.load(Ordering::Acquire) && self.head.position.is_some();
        if self.pinned || !(asked || self.head.position.is_some_and(long)) {
            return Ok(());
        }
        let store = self.store.clone();
        let turn = store.lock();
        let unread = match self.read(1)? {
            Log::Follows { frames, .. } => !frames.is_empty(),
            Log::Broken => true,
        };
        if unread {
            return Ok(());
        }
        // Written before it is done: whoever finds a new log knows that this one
        // had been read to its end.
        let mut head = self.head.clone();
        head.position.iter_mut().for_each(|it| it.emptied = true);
        head.write(&self.folder)?;
        if asked {
            let truncated = log::truncate(&turn, Duration::ZERO);
            if truncated.inspect_err(|_| store.shared.certainty.doubt())? {
                log::begin(&turn)?;
                store.shared.log_to_empty.store(false, Ordering::Release);
                self.head = head;
            }
            return Ok(());
        }
        let busy: bool = self
            .emptying
            .query_row("PRAGMA wal_checkpoint(RESTART)", [], |row| row.get(0))
            .inspect_err(|_| store.shared.certainty.doubt())
            .map_err(StoreError::from)?;
        if !busy {
            self.head = head;
        }
        Ok(())
    }
}
