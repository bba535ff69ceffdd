//! A disk that remembers everything it was asked, and fails when told to.

use crate::{
    image::{FileId, Image, Operation},
    platter::Platter,
};

/// Why an operation failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// `ENOSPC`: half of what was to be written fitted.
    Full,
    /// `EIO`: nothing was done.
    Broken,
}

/// From which operation on, and for how many, a disk fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Trouble {
    /// The first operation is 0.
    pub(crate) from: usize,
    pub(crate) operations: usize,
    pub(crate) failure: Failure,
}

/// Faults of the station's own making, to prove that they are found.
///
/// The journal says its pragmas; the disk answers them as if the line were
/// missing from the journal's source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Planted {
    /// `synchronous=NORMAL` instead of what the journal says.
    pub synchronous_normal: bool,
    /// The rollback journal instead of the write-ahead log.
    pub journal_mode_delete: bool,
    /// `psow=0` is not heard: SQLite believes that a torn write spares its neighbors.
    pub powersafe_overwrite: bool,
}

#[derive(Debug, Default)]
pub(crate) struct Disk {
    image: Image,
    log: Vec<Operation>,
    recording: bool,
    /// Operations that can fail, whether or not they did.
    asked: usize,
    trouble: Option<Trouble>,
    newest: u32,
    pub(crate) planted: Planted,
    /// The journal moves its log into the file after so many pages.
    pub(crate) checkpoint_pages: Option<u32>,
}

impl Disk {
    /// An empty disk that remembers.
    pub(crate) fn recording(planted: Planted, checkpoint_pages: Option<u32>) -> Self {
        Self {
            recording: true,
            planted,
            checkpoint_pages,
            ..Self::default()
        }
    }

    /// A disk as a power cut has left it.
    pub(crate) fn found(image: Image, planted: Planted, checkpoint_pages: Option<u32>) -> Self {
        Self {
            newest: image.next_file().0,
            image,
            planted,
            checkpoint_pages,
            ..Self::default()
        }
    }

    /// The same disk, which now remembers what it is asked.
    pub(crate) fn remembering(self) -> Self {
        Self {
            recording: true,
            ..self
        }
    }

    /// Remembers from here on.
    pub(crate) fn record(&mut self) {
        self.recording = true;
        self.log.clear();
    }

    /// What was done since; from here on nothing is remembered.
    pub(crate) fn take_record(&mut self) -> Vec<Operation> {
        self.recording = false;
        std::mem::take(&mut self.log)
    }

    pub(crate) fn image(&self) -> &Image {
        &self.image
    }

    /// What was done, in order.
    pub(crate) fn log(&self) -> &[Operation] {
        &self.log
    }

    pub(crate) fn asked(&self) -> usize {
        self.asked
    }

    pub(crate) fn trouble(&mut self, trouble: Trouble) {
        self.trouble = Some(trouble);
    }

    pub(crate) fn mend(&mut self) {
        self.trouble = None;
    }

    /// A number for a file that is about to be made.
    pub(crate) fn new_file(&mut self) -> FileId {
        self.newest += 1;
        FileId(self.newest)
    }

    pub(crate) fn perform(&mut self, operation: Operation) -> Result<(), Failure> {
        // SQLite does not look at this one's answer (many systems have none), and
        // ext4 writes a new file's name together with its bytes.
        if matches!(operation, Operation::SyncDirectory) {
            self.take(operation);
            return Ok(());
        }
        let index = self.asked;
        self.asked += 1;
        if let Some(trouble) = self.trouble
            && (trouble.from..trouble.from.saturating_add(trouble.operations)).contains(&index)
        {
            self.fail(operation, trouble.failure);
            return Err(trouble.failure);
        }
        self.take(operation);
        Ok(())
    }

    /// What is read of this file from here on is what the medium has: a sync that
    /// failed left the rest in memory alone.
    pub(crate) fn reread(&mut self, name: &str) -> Result<(), Failure> {
        let Some(file) = self.image.named(name) else {
            return Ok(());
        };
        self.perform(Operation::Sync { file })?;
        let lost = |it: &Operation| matches!(it, Operation::SyncFailed { file: of } if *of == file);
        if self.log.iter().any(lost) {
            let mut platter = Platter::default();
            self.log.iter().for_each(|it| platter.take(it));
            self.image.take_contents(file, platter.durable());
        }
        Ok(())
    }

    fn fail(&mut self, operation: Operation, failure: Failure) {
        match (failure, operation) {
            (
                Failure::Full,
                Operation::Write {
                    file,
                    offset,
                    bytes,
                },
            ) => {
                let half = bytes[..bytes.len() / 2].into();
                self.take(Operation::Write {
                    file,
                    offset,
                    bytes: half,
                });
            }
            (_, Operation::Sync { file }) => self.take(Operation::SyncFailed { file }),
            _ => {}
        }
    }

    fn take(&mut self, operation: Operation) {
        self.image.apply(&operation);
        if self.recording {
            self.log.push(operation);
        }
    }
}
