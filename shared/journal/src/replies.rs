//! Answers to petitions that agents have written at this desk, until the exchange has
//! them.
//!
//! A petition is another station's request: nothing about it may stand among this
//! journal's entries. An answer is durable all the same before the exchange is told.

use privacy::Personal;
use request::{Decision, RequestId, Timestamp};
use rusqlite::{params, types::Type};

use crate::{Error, Journal};

/// An answer as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenReply {
    pub request: RequestId,
    /// Who answers.
    pub agent: String,
    pub written_at: Timestamp,
    pub text: Personal<String>,
    /// Of a request for information.
    pub decision: Option<Decision>,
}

impl Journal {
    /// Writes an answer down, in the stead of one to the same petition.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn write_reply(&mut self, reply: &WrittenReply) -> Result<(), Error> {
        let decision = reply.decision.map(|it| serde_json::to_string(&it));
        let decision = decision.transpose().map_err(Error::Encode)?;
        self.finish(|journal| {
            journal
                .connection
                .execute(
                    "INSERT OR REPLACE INTO reply (request_id, agent, written_at, body, decision)
                     VALUES (?1, ?2, ?3, ?4, ?5)",
                    params![
                        reply.request.as_str(),
                        reply.agent,
                        reply.written_at.as_millis(),
                        reply.text.reveal(),
                        decision,
                    ],
                )
                .map_err(Error::Append)
        })?;
        Ok(())
    }

    /// The answers the exchange does not have, the oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn replies(&self) -> Result<Vec<WrittenReply>, Error> {
        let mut select = self
            .connection
            .prepare_cached(
                "SELECT request_id, agent, written_at, body, decision FROM reply
                 ORDER BY written_at, request_id",
            )
            .map_err(Error::Read)?;
        let rows = select.query_map([], |row| {
            Ok(WrittenReply {
                request: RequestId::new(row.get::<_, String>(0)?),
                agent: row.get(1)?,
                written_at: Timestamp::from_millis(row.get(2)?),
                text: Personal::new(row.get(3)?),
                decision: row.get::<_, Option<String>>(4)?.map(decided).transpose()?,
            })
        });
        rows.and_then(Iterator::collect).map_err(Error::Read)
    }

    /// Erases an answer from the file, its free pages and its log.
    ///
    /// # Errors
    /// When the file cannot be written, or is being read by somebody else.
    pub fn erase_reply(&mut self, request: &RequestId) -> Result<(), Error> {
        self.finish(|journal| {
            journal
                .connection
                .execute(
                    "DELETE FROM reply WHERE request_id = ?1",
                    [request.as_str()],
                )
                .map_err(Error::Append)
        })?;
        self.empty_wal()
    }
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "a column's value is read once"
)]
fn decided(words: String) -> rusqlite::Result<Decision> {
    serde_json::from_str(&words)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(4, Type::Text, Box::new(error)))
}
