//! What SQLite keeps in memory of what it has read and written.

use crate::{Error, Journal};

impl Journal {
    /// From now on SQLite overwrites what it gives back, in the whole process
    /// (SQLCipher: `cipher_memory_security`). It costs much: for stations where one
    /// person comes after the other.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn overwrite_memory(&self) -> Result<(), Error> {
        self.connection
            .execute_batch("PRAGMA cipher_memory_security = ON")
            .map_err(Error::Open)
    }

    /// Gives back every page that was read, which is the journal in plain.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn release_memory(&self) -> Result<(), Error> {
        self.connection
            .execute_batch("PRAGMA shrink_memory")
            .map_err(Error::Read)
    }
}
