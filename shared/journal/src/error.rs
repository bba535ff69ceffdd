//! Why the journal could not be read or written. Names no person.

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("cannot open the journal file")]
    Open(#[source] rusqlite::Error),
    #[error("cannot read the journal's log from the disk")]
    Reread(#[source] std::io::Error),
    #[error("the journal file keeps another log than it was told to ({0})")]
    LogMode(String),
    #[error("cannot bring the journal to schema version {version}")]
    Migrate {
        version: u32,
        #[source]
        source: rusqlite::Error,
    },
    #[error("the journal was written by a newer release (schema version {0})")]
    TooNew(u32),
    #[error(
        "the journal is of schema version {0}: start its station once, it is brought up to date"
    )]
    TooOld(u32),
    /// Or every page of it was overwritten: it is left alone, for a person to judge.
    #[error("the journal is encrypted with another key")]
    WrongKey,
    #[error("cannot encrypt the journal")]
    Encrypt(#[source] rusqlite::Error),
    #[error("cannot put the encrypted journal in the place of the plain one")]
    Replace(#[source] std::io::Error),
    #[error("another program has the journal open")]
    Busy,
    #[error("the journal was written by the station {0}")]
    OtherStation(String),
    #[error("the system gives no random bytes")]
    Random(#[source] getrandom::Error),
    /// Nothing new is begun until there is room again.
    #[error("the disk has no room for the journal")]
    Full,
    #[error("cannot append to the journal")]
    Append(#[source] rusqlite::Error),
    #[error("cannot read the journal")]
    Read(#[source] rusqlite::Error),
    #[error("cannot encode an event")]
    Encode(#[source] serde_json::Error),
    /// Without the decoder's own words: they repeat the value they choke on.
    #[error("cannot decode entry {number} (column {column})")]
    Decode { number: i64, column: usize },
    #[error("publications are missing between {found} and {expected}")]
    Gap { expected: u64, found: u64 },
    #[error("the journal cannot be read behind entry {after}")]
    Damaged {
        after: u64,
        #[source]
        source: rusqlite::Error,
    },
    #[error("the journal is being read elsewhere: erased words are still in its WAL")]
    WalInUse,
    #[error("a head signed for entry {0} is not one of this journal")]
    ForeignHead(u64),
    #[error("cannot read what is left of a damaged journal")]
    Salvage(#[source] std::io::Error),
    #[error("a damaged journal could not be set aside")]
    SetAside(#[source] std::io::Error),
}
