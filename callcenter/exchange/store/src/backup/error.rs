//! What goes wrong with a backup, named.

use std::{io, path::PathBuf};

use crate::StoreError;

#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    #[error(transparent)]
    Damaged(#[from] Damage),
    #[error("cannot {doing} {path}")]
    File {
        doing: &'static str,
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("there is no backup in {0}")]
    None(PathBuf),
    #[error("no backup is as old as that; the oldest is {oldest} (change {number})")]
    TooEarly { oldest: String, number: u64 },
    #[error(
        "the changes behind the backup {base} were let go by retention; \
         it can be restored as it is, with --until-change {number}"
    )]
    NotKept { base: String, number: u64 },
    #[error("there is no change {asked}; the backup ends with change {last}")]
    TooLate { asked: u64, last: u64 },
    #[error("this is not a key for backups (a line that begins with {0} is wanted)")]
    NotAKey(&'static str),
    #[error("the key does not open this backup, which is for {0}")]
    WrongKey(String),
    #[error("{0} is not empty; a backup is never restored over something")]
    NotEmpty(PathBuf),
    #[error("another program keeps backups in {0}")]
    Taken(PathBuf),
    #[error("a copy of the store is not sound: {0}")]
    Unsound(String),
    #[error("{path} weighs {bytes} bytes; files beside the store may have {most}")]
    TooLarge {
        path: PathBuf,
        bytes: u64,
        most: u64,
    },
    #[error("there are more than {0} files beside the store")]
    TooMany(usize),
    #[error("no backup was made within {0} seconds; the exchange's log says why")]
    Unanswered(u64),
}

/// A backup is not what was written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Damage {
    #[error("{file} was altered")]
    Altered { file: String },
    #[error("{file} is missing")]
    FileMissing { file: String },
    #[error("{file} was altered behind change {after}")]
    ChangeAltered { file: String, after: u64 },
    #[error("{file} ends in the middle of what follows change {after}")]
    Truncated { file: String, after: u64 },
    #[error("changes {from} to {to} are missing")]
    ChangesMissing { from: u64, to: u64 },
    #[error("the whole copy of change {number} is missing")]
    CopyMissing { number: u64 },
    #[error("no backup goes before change {from}, where the changes begin anew")]
    BaseMissing { from: u64 },
}

/// Says what was done to which file when it failed.
pub(crate) fn failed(
    doing: &'static str,
    path: impl Into<PathBuf>,
) -> impl FnOnce(io::Error) -> BackupError {
    let path = path.into();
    move |source| BackupError::File {
        doing,
        path,
        source,
    }
}
