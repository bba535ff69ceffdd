//! The station inside a machine whose power is cut: says what its journal
//! holds, then appends for ever and says each number once it is acknowledged.
//!
//! `guest FOLDER [normal]`; `normal` plants `synchronous=NORMAL`.

use std::{
    error::Error,
    ffi::OsStr,
    io::{self, Write},
    path::PathBuf,
};

use journal::{Journal, Key};
use request::{RequestEvent, RequestId, StationId, Timestamp};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1);
    let folder = PathBuf::from(arguments.next().ok_or("a folder is needed")?);
    if arguments.next().as_deref() == Some(OsStr::new("normal")) {
        powercut::plant_normal();
    }
    let path = folder.join("journal.db");
    let key = Key::from_bytes([7; 32]);
    let mut journal = Journal::open(&path, StationId::new("gaon-1"), &key)?;
    let mut say = io::stdout();
    writeln!(say, "found {}", entries(&journal)?)?;
    writeln!(say, "integrity {}", journal.structure()?)?;
    let event = RequestEvent::CoinTaken { value_won: 100 };
    for visit in 1_u64.. {
        let id = RequestId::new(format!("gaon-1-261125-{visit:06}"));
        let number = journal.append(&id, &event, Timestamp::default())?;
        writeln!(say, "has {number}")?;
        say.flush()?;
    }
    Ok(())
}

/// How many entries there are, each under the number that is its turn.
fn entries(journal: &Journal) -> Result<u64, Box<dyn Error>> {
    let mut last = 0;
    for entry in journal.entries(0, u32::MAX)? {
        if entry.number != last + 1 {
            return Err(format!("entry {} comes after {last}", entry.number).into());
        }
        last = entry.number;
    }
    Ok(last)
}
