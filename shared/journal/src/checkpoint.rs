//! Keeps the heads the exchange has co-signed, and walks the chain against them.

use request::{RequestId, Timestamp};
use sync::{Audit, Audited, CoSignedHead, Hash, Head, KeyPair, Link, Salt, SignedHead};

use crate::{Error, Journal};

/// How many are kept; the newest says most, older ones narrow a change down.
const CHECKPOINTS_MAX: u32 = 1_000;

impl Journal {
    /// The head after the entry of this number in its station's hand; none when the
    /// journal does not reach so far.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn sign_head(
        &self,
        number: u64,
        station: &KeyPair,
        now: Timestamp,
    ) -> Result<Option<SignedHead>, Error> {
        let head = self.head_at(number)?;
        Ok(head.map(|head| SignedHead::sign(head, now, station)))
    }

    /// Keeps a head the exchange has co-signed, whose signatures the caller has
    /// verified, to convict a journal that is shortened or rewritten later.
    ///
    /// # Errors
    /// When it is not a head of this journal, or the file cannot be written.
    pub fn keep_checkpoint(&mut self, co_signed: &CoSignedHead) -> Result<(), Error> {
        let head = co_signed.head();
        let ours = head.station == self.head.station
            && head.incarnation == self.head.incarnation
            && self.hash_at(head.number)? == Some(head.hash);
        if !ours {
            return Err(Error::ForeignHead(head.number));
        }
        let text = serde_json::to_string(co_signed).map_err(Error::Encode)?;
        let number = head.number.cast_signed();
        self.finish(|journal| {
            let transaction = journal.connection.transaction().map_err(Error::Append)?;
            transaction
                .execute(
                    "INSERT OR REPLACE INTO checkpoint (number, co_signed) VALUES (?1, ?2)",
                    (number, &text),
                )
                .and_then(|_| {
                    transaction.execute(
                        "DELETE FROM checkpoint WHERE number <=
                     (SELECT number FROM checkpoint ORDER BY number DESC LIMIT 1 OFFSET ?1)",
                        [CHECKPOINTS_MAX],
                    )
                })
                .and_then(|_| transaction.commit())
                .map_err(Error::Append)
        })
    }

    /// The co-signed heads that are kept, oldest first.
    ///
    /// # Errors
    /// When the file cannot be read or one of them cannot be decoded.
    pub fn checkpoints(&self) -> Result<Vec<CoSignedHead>, Error> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT number, co_signed FROM checkpoint ORDER BY number")
            .map_err(Error::Read)?;
        let rows = statement
            .query_map([], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))
            .map_err(Error::Read)?;
        rows.map(|row| {
            let (number, text) = row.map_err(Error::Read)?;
            serde_json::from_str(&text).map_err(|error| Error::Decode {
                number,
                column: error.column(),
            })
        })
        .collect()
    }

    /// Walks the whole chain and compares it with heads that were signed while the
    /// journal was whole.
    ///
    /// # Errors
    /// When an entry cannot be read at all: the file is damaged behind the entry
    /// that the error names.
    pub fn audit(&self, signed: impl IntoIterator<Item = Head>) -> Result<Audited, Error> {
        let genesis = Head::genesis(self.head.station.clone(), self.head.incarnation.clone());
        let mut audit = Audit::new(genesis, signed);
        let mut last = 0;
        let damaged = |after| move |source| Error::Damaged { after, source };
        let mut statement = self
            .connection
            .prepare(
                "SELECT number, request_id, recorded_at, salt, body, commitment, hash
                 FROM entry ORDER BY number",
            )
            .map_err(Error::Read)?;
        let mut rows = statement.query([]).map_err(Error::Read)?;
        while let Some(row) = rows.next().map_err(damaged(last))? {
            let damaged = damaged(last);
            let number: i64 = row.get(0).map_err(&damaged)?;
            let request = RequestId::new(row.get::<_, String>(1).map_err(&damaged)?);
            let salt: Option<[u8; 16]> = row.get(3).map_err(&damaged)?;
            let body = row.get_ref(4).map_err(&damaged)?;
            let body = body
                .as_str_or_null()
                .map_err(|error| damaged(error.into()))?;
            let salt = salt.map(Salt::from_bytes);
            last = number.unsigned_abs();
            audit.take(&Link {
                number: last,
                request: &request,
                recorded_at: Timestamp::from_millis(row.get(2).map_err(&damaged)?),
                body: salt.as_ref().zip(body),
                commitment: Hash::from_bytes(row.get(5).map_err(&damaged)?),
                hash: Hash::from_bytes(row.get(6).map_err(&damaged)?),
            });
        }
        Ok(audit.finish())
    }
}

#[cfg(test)]
mod tests;
