//! Writes on a disk that may be full: what is begun is brought to its end in the
//! reserve, and nothing new is begun until there is room again.

use rusqlite::ErrorCode;

use crate::{Error, Journal};

impl Journal {
    /// Does one write that must be done also on a full disk: there it is done
    /// again in the reserve, if that is there still.
    pub(crate) fn finish<T>(
        &mut self,
        work: impl Fn(&mut Self) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let done = self.write(&work);
        if !matches!(done, Err(Error::Full)) || !self.reserve.release() {
            return done;
        }
        self.tight = true;
        self.write(work)
    }

    /// Whether there is room for something new; tries to have it again.
    pub fn has_room(&mut self) -> bool {
        let has_room = self.reserve.hold();
        self.tight &= !has_room;
        has_room
    }
}

impl Error {
    /// What a write that found no room says.
    pub(crate) fn or_full(self) -> Self {
        if let Self::Append(error) = &self
            && error.sqlite_error_code() == Some(ErrorCode::DiskFull)
        {
            return Self::Full;
        }
        self
    }
}
