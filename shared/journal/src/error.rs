//! Why the journal could not be read or written. Names no person.

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("cannot open the journal file")]
    Open(#[source] rusqlite::Error),
    #[error("the journal file cannot be given a write-ahead log (it has kept {0})")]
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
    #[error("the journal was written by the station {0}")]
    OtherStation(String),
    #[error("the system gives no random bytes")]
    Random(#[source] getrandom::Error),
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
    #[error("an unreadable journal could not be set aside")]
    SetAside(#[source] std::io::Error),
}
