//! Releases on their way to machines: which model's, since when, and why no further.

use fleet::Version;
use request::Timestamp;
use rusqlite::{Row, params};

use crate::{Store, StoreError, audit::audit};

/// A release that the machines of a model go over to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rollout {
    pub model: String,
    pub version: Version,
    /// A [`fleet::Release`] as it was signed.
    pub release: Vec<u8>,
    /// The site that goes first.
    pub pilot: String,
    pub operator: String,
    pub started_at: Timestamp,
    /// When and why it goes no further.
    pub stopped: Option<(Timestamp, String)>,
}

impl Store {
    /// Starts a rollout, or starts it anew; the audit has it in the same moment.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn start_rollout(&self, rollout: &Rollout) -> Result<(), StoreError> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let Rollout {
            model,
            version,
            release,
            pilot,
            operator,
            started_at,
            stopped: _,
        } = rollout;
        transaction.execute(
            "INSERT OR REPLACE INTO rollout (model, version, release, pilot, operator, started_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                model,
                version.to_string(),
                release,
                pilot,
                operator,
                started_at.as_millis()
            ],
        )?;
        let subject = format!("{model} {version}");
        audit(
            &transaction,
            *started_at,
            operator,
            "rolls out the release",
            &subject,
        )?;
        transaction.commit()?;
        Ok(())
    }

    /// Has a rollout go no further; answers whether it was going.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn stop_rollout(
        &self,
        model: &str,
        version: &Version,
        who: &str,
        why: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let stopped = transaction.execute(
            "UPDATE rollout SET stopped_at = ?3, stopped_why = ?4
             WHERE model = ?1 AND version = ?2 AND stopped_at IS NULL",
            params![model, version.to_string(), now.as_millis(), why],
        )?;
        if stopped > 0 {
            let subject = format!("{model} {version}");
            audit(&transaction, now, who, "stopped the rollout of", &subject)?;
        }
        transaction.commit()?;
        Ok(stopped > 0)
    }

    /// All of them, the newest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn rollouts(&self) -> Result<Vec<Rollout>, StoreError> {
        let connection = self.lock();
        let mut select = connection.prepare_cached(
            "SELECT model, version, release, pilot, operator, started_at, stopped_at, stopped_why
             FROM rollout ORDER BY started_at DESC, model, version",
        )?;
        let rows = select.query_map([], rollout)?;
        rows.map(|row| row?).collect()
    }
}

fn rollout(row: &Row<'_>) -> rusqlite::Result<Result<Rollout, StoreError>> {
    let version: String = row.get(1)?;
    let stopped_at: Option<i64> = row.get(6)?;
    let why: Option<String> = row.get(7)?;
    let Ok(version) = version.parse() else {
        return Ok(Err(StoreError::Event(1)));
    };
    Ok(Ok(Rollout {
        model: row.get(0)?,
        version,
        release: row.get(2)?,
        pilot: row.get(3)?,
        operator: row.get(4)?,
        started_at: Timestamp::from_millis(row.get(5)?),
        stopped: stopped_at.map(Timestamp::from_millis).zip(why),
    }))
}
