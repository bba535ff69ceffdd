//! The bulletin board: what citizens write waits for a moderator, stands until its time
//! is over or it is taken down, and is erased after its term.

use std::time::Duration;

use ::board::{Draft, Notice, Words};
use request::{StationId, Timestamp};
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use serde::{Deserialize, Serialize};

use crate::{Store, StoreError, audit::audit, encoding};

/// Postings that wait; a moderator who has more reads none of them well.
const WAITING_MAX: u32 = 500;
/// What one station may hand in within a day.
const A_DAY_MAX: u32 = 30;
const DAY: Duration = Duration::from_hours(24);

/// What was written, when everybody may read it.
#[derive(Deserialize)]
struct Published {
    title: String,
    text: String,
}

/// One that waits.
#[derive(Clone, Debug, Serialize)]
pub struct Posting {
    pub id: String,
    pub station: StationId,
    pub topic: String,
    pub district: Option<String>,
    pub submitted_at: Timestamp,
    pub words: Words,
}

/// What a moderator does with one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Moderation {
    /// It stands for so long from now on.
    Publish {
        stands: Duration,
    },
    Refuse {
        reason: String,
    },
    TakeDown {
        reason: String,
    },
}

/// Why a posting was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotPosted {
    #[error("as many wait as a moderator can read")]
    Full,
    #[error("this station has handed in enough for a day")]
    Enough,
    #[error("another posting has this name")]
    Another,
}

/// Why a moderator's deed was not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotModerated {
    #[error("there is no such posting")]
    Unknown,
    #[error("this cannot be done with it now")]
    NotNow,
}

impl Store {
    /// Takes a posting; handed in again it is the same one.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn submit_posting(
        &self,
        station: &StationId,
        posting: &Draft,
        now: Timestamp,
    ) -> Result<Result<(), NotPosted>, StoreError> {
        let words = encoding::encode(&posting.words)?;
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let same: Option<bool> = transaction
            .query_row(
                "SELECT station = ?2 AND (words IS NULL OR words = ?3) FROM posting
                 WHERE posting_id = ?1",
                params![posting.id, station.as_str(), words],
                |row| row.get(0),
            )
            .optional()?;
        match same {
            Some(true) => return Ok(Ok(())),
            Some(false) => return Ok(Err(NotPosted::Another)),
            None => {}
        }
        let (waiting, of_today): (u32, u32) = transaction.query_row(
            "SELECT count(*) FILTER (WHERE words IS NOT NULL AND NOT EXISTS (
                 SELECT 1 FROM posting_decision AS d WHERE d.posting_id = posting.posting_id)),
             count(*) FILTER (WHERE station = ?1 AND submitted_at > ?2) FROM posting",
            params![station.as_str(), before(now, DAY).as_millis()],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        if waiting >= WAITING_MAX {
            return Ok(Err(NotPosted::Full));
        }
        if of_today >= A_DAY_MAX {
            return Ok(Err(NotPosted::Enough));
        }
        transaction.execute(
            "INSERT INTO posting (posting_id, station, topic, district, submitted_at, words)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                posting.id,
                station.as_str(),
                posting.topic,
                posting.district,
                now.as_millis(),
                words
            ],
        )?;
        transaction.commit()?;
        Ok(Ok(()))
    }

    /// Those that wait, the oldest first; it is noted who read them.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn waiting_postings(&self, who: &str, now: Timestamp) -> Result<Vec<Posting>, StoreError> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let waiting = waiting(&transaction)?;
        audit(
            &transaction,
            now,
            who,
            "read postings",
            &waiting.len().to_string(),
        )?;
        transaction.commit()?;
        Ok(waiting)
    }

    /// Does what a moderator wants done with one; said again it has been done.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn moderate(
        &self,
        id: &str,
        who: &str,
        deed: &Moderation,
        now: Timestamp,
    ) -> Result<Result<(), NotModerated>, StoreError> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let Some((last, sequence)) = last(&transaction, id)? else {
            return Ok(Err(NotModerated::Unknown));
        };
        let wanted = Row::of(deed, now);
        match (&last, deed) {
            (Some(last), _) if last.says_as(&wanted) => return Ok(Ok(())),
            (None, Moderation::Publish { stands }) if !stands.is_zero() => {}
            (None, Moderation::Refuse { .. }) => {}
            (Some(last), Moderation::TakeDown { .. }) if last.decision == "published" => {}
            _ => return Ok(Err(NotModerated::NotNow)),
        }
        transaction.execute(
            "INSERT INTO posting_decision (posting_id, sequence, at, who, decision, reason, until)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                id,
                sequence + 1,
                now.as_millis(),
                who,
                wanted.decision,
                wanted.reason,
                wanted.until
            ],
        )?;
        let act = format!("{} posting", wanted.decision);
        audit(&transaction, now, who, &act, id)?;
        transaction.commit()?;
        Ok(Ok(()))
    }

    /// What stands on the board now, the newest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn board(&self, now: Timestamp, limit: u32) -> Result<Vec<Notice>, StoreError> {
        let connection = self.lock();
        let mut select = connection.prepare_cached(
            "SELECT posting_id, topic, district, words, at, until FROM posting
             JOIN posting_decision AS d USING (posting_id)
             WHERE decision = 'published' AND until > ?1 AND words IS NOT NULL
             AND sequence = (SELECT max(sequence) FROM posting_decision AS later
                             WHERE later.posting_id = d.posting_id)
             ORDER BY at DESC, posting_id LIMIT ?2",
        )?;
        let mut rows = select.query(params![now.as_millis(), limit])?;
        let mut notices = Vec::new();
        while let Some(row) = rows.next()? {
            let words: Published = encoding::decode(&row.get::<_, String>(3)?)?;
            notices.push(Notice {
                id: row.get(0)?,
                topic: row.get(1)?,
                district: row.get(2)?,
                title: words.title,
                text: words.text,
                published_at: Timestamp::from_millis(row.get(4)?),
                until: Timestamp::from_millis(row.get(5)?),
            });
        }
        Ok(notices)
    }

    /// Erases the words of what was over, or was looked at by nobody, for longer than a
    /// term, and why it was refused; answers how many. That there was one, and what became
    /// of it, stays.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn erase_postings(&self, term: Duration, now: Timestamp) -> Result<usize, StoreError> {
        let over_before = before(now, term).as_millis();
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let erased = transaction
            .prepare_cached(
                "UPDATE posting SET words = NULL WHERE words IS NOT NULL AND (posting_id IN (
                     SELECT posting_id FROM posting_decision AS d
                     WHERE sequence = (SELECT max(sequence) FROM posting_decision AS later
                                       WHERE later.posting_id = d.posting_id)
                     AND coalesce(until, at) <= ?1)
                 OR submitted_at <= ?1 AND posting_id NOT IN (
                     SELECT posting_id FROM posting_decision))",
            )?
            .execute([over_before])?;
        // A moderator may have quoted them.
        transaction
            .prepare_cached(
                "UPDATE posting_decision SET reason = NULL WHERE reason IS NOT NULL
                 AND posting_id IN (SELECT posting_id FROM posting WHERE words IS NULL)",
            )?
            .execute([])?;
        transaction.commit()?;
        Ok(erased)
    }
}

/// A decision as the store has it.
struct Row {
    decision: String,
    reason: Option<String>,
    at: i64,
    until: Option<i64>,
}

impl Row {
    fn of(deed: &Moderation, now: Timestamp) -> Self {
        let (decision, reason, until) = match deed {
            Moderation::Publish { stands } => {
                ("published", None, Some((now + *stands).as_millis()))
            }
            Moderation::Refuse { reason } => ("refused", Some(reason.clone()), None),
            Moderation::TakeDown { reason } => ("taken_down", Some(reason.clone()), None),
        };
        Self {
            decision: decision.to_owned(),
            reason,
            at: now.as_millis(),
            until,
        }
    }

    /// Whether it is the same decision, said at whatever time.
    fn says_as(&self, other: &Self) -> bool {
        let stands = |it: &Self| it.until.map(|until| until - it.at);
        (&self.decision, &self.reason) == (&other.decision, &other.reason)
            && stands(self) == stands(other)
    }
}

/// The last decision on a posting, if any, and its place; none of a posting that is not
/// there.
/// What was decided last, and how many decisions there are; none of a posting that is
/// unknown, or whose words went before anybody looked at it.
fn last(transaction: &Transaction<'_>, id: &str) -> Result<Option<(Option<Row>, i64)>, StoreError> {
    let found = transaction
        .query_row(
            "SELECT decision, reason, until, coalesce(sequence, 0), at FROM posting
             LEFT JOIN posting_decision USING (posting_id)
             WHERE posting_id = ?1 AND (words IS NOT NULL OR decision IS NOT NULL)
             ORDER BY sequence DESC LIMIT 1",
            [id],
            |row| {
                let decision: Option<String> = row.get(0)?;
                let (reason, until) = (row.get(1)?, row.get(2)?);
                let at: Option<i64> = row.get(4)?;
                let last = decision.zip(at).map(|(decision, at)| Row {
                    decision,
                    reason,
                    at,
                    until,
                });
                Ok((last, row.get(3)?))
            },
        )
        .optional()?;
    Ok(found)
}

fn waiting(connection: &Connection) -> Result<Vec<Posting>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT posting_id, station, topic, district, submitted_at, words FROM posting
         WHERE words IS NOT NULL AND NOT EXISTS (
             SELECT 1 FROM posting_decision AS d WHERE d.posting_id = posting.posting_id)
         ORDER BY submitted_at, posting_id LIMIT ?1",
    )?;
    let mut rows = select.query([WAITING_MAX])?;
    let mut waiting = Vec::new();
    while let Some(row) = rows.next()? {
        waiting.push(Posting {
            id: row.get(0)?,
            station: StationId::new(row.get::<_, String>(1)?),
            topic: row.get(2)?,
            district: row.get(3)?,
            submitted_at: Timestamp::from_millis(row.get(4)?),
            words: encoding::decode(&row.get::<_, String>(5)?)?,
        });
    }
    Ok(waiting)
}

fn before(now: Timestamp, term: Duration) -> Timestamp {
    let term = i64::try_from(term.as_millis()).unwrap_or(i64::MAX);
    Timestamp::from_millis(now.as_millis().saturating_sub(term))
}

#[cfg(test)]
mod tests;
