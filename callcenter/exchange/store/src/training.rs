//! What agents have practised and passed: facts of the staff roster.

use std::{path::Path, time::Duration};

use request::{StationId, Timestamp};
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};

use crate::{Store, StoreError, encoding, survey};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TrainingKind {
    Exercise,
    /// The test at the end.
    Examination,
}

/// One exercise or test that was ended. What was done wrong in it is not told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Training {
    /// The agent's account at the switch.
    pub agent: String,
    pub kind: TrainingKind,
    /// The scenario's id; of an examination the id of its bank.
    pub scenario: String,
    pub version: u32,
    pub seed: u64,
    /// Of 100.
    pub points: u32,
    pub passed: bool,
    pub ended_at: Timestamp,
}

/// As it is kept: with the training room that told it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KeptTraining {
    pub station: StationId,
    #[serde(flatten)]
    pub training: Training,
}

impl Store {
    /// Keeps what a training room tells, each once however often it is told; answers
    /// how many were new.
    ///
    /// # Errors
    /// When the store cannot be written; then none is kept.
    pub fn keep_training(
        &self,
        station: &StationId,
        told: &[Training],
        now: Timestamp,
    ) -> Result<usize, StoreError> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let mut new = 0;
        for it in told {
            new += transaction
                .prepare_cached(
                    "INSERT OR IGNORE INTO training (agent, ended_at, kind, scenario, version,
                     seed, points, passed, station, received_at)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                )?
                .execute(params![
                    it.agent,
                    it.ended_at.as_millis(),
                    encoding::encode(&it.kind)?,
                    it.scenario,
                    it.version,
                    it.seed.cast_signed(),
                    it.points,
                    it.passed,
                    station.as_str(),
                    now.as_millis()
                ])?;
        }
        transaction.commit()?;
        Ok(new)
    }

    /// What one agent, or everybody, has practised, the newest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn training(
        &self,
        agent: Option<&str>,
        limit: u32,
    ) -> Result<Vec<KeptTraining>, StoreError> {
        read(&self.lock(), agent, limit)
    }

    /// The same out of a store's file, which is not changed and may be in use.
    ///
    /// # Errors
    /// When it cannot be opened or read.
    pub fn training_in(
        file: &Path,
        agent: Option<&str>,
        limit: u32,
    ) -> Result<Vec<KeptTraining>, StoreError> {
        read(&survey::look(file)?, agent, limit)
    }

    /// Erases what was told longer ago than a term; answers how many.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn erase_training(&self, term: Duration, now: Timestamp) -> Result<usize, StoreError> {
        let term = i64::try_from(term.as_millis()).unwrap_or(i64::MAX);
        let told_before = now.as_millis().saturating_sub(term);
        let erased = self
            .lock()
            .prepare_cached("DELETE FROM training WHERE received_at <= ?1")?
            .execute([told_before])?;
        Ok(erased)
    }
}

fn read(
    connection: &Connection,
    agent: Option<&str>,
    limit: u32,
) -> Result<Vec<KeptTraining>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT agent, ended_at, kind, scenario, version, seed, points, passed, station
         FROM training WHERE ?1 IS NULL OR agent = ?1
         ORDER BY ended_at DESC, agent, scenario LIMIT ?2",
    )?;
    let mut rows = select.query(params![agent, limit])?;
    let mut kept = Vec::new();
    while let Some(row) = rows.next()? {
        kept.push(KeptTraining {
            station: StationId::new(row.get::<_, String>(8)?),
            training: Training {
                agent: row.get(0)?,
                ended_at: Timestamp::from_millis(row.get(1)?),
                kind: encoding::decode(&row.get::<_, String>(2)?)?,
                scenario: row.get(3)?,
                version: row.get(4)?,
                seed: row.get::<_, i64>(5)?.cast_unsigned(),
                points: row.get(6)?,
                passed: row.get(7)?,
            },
        });
    }
    Ok(kept)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    const DAY: Duration = Duration::from_hours(24);
    const NOON: Timestamp = Timestamp::from_millis(1_795_482_000_000);

    fn training(agent: &str, ended_at: i64, seed: u64) -> Training {
        Training {
            agent: agent.to_owned(),
            kind: TrainingKind::Exercise,
            scenario: "land-ledger".to_owned(),
            version: 1,
            seed,
            points: 90,
            passed: true,
            ended_at: Timestamp::from_millis(ended_at),
        }
    }

    fn opened() -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("exchange.sqlite")).unwrap();
        (folder, store)
    }

    #[test]
    fn what_is_told_again_is_kept_once_and_found_by_its_agent_the_newest_first() {
        let (folder, store) = opened();
        let room = StationId::new("room-1");
        let first = [training("kim.2", 5, 1), training("lee.3", 6, u64::MAX)];
        let again = [first[0].clone(), training("kim.2", 9, 2)];

        assert_eq!(store.keep_training(&room, &first, NOON).unwrap(), 2);
        assert_eq!(store.keep_training(&room, &again, NOON).unwrap(), 1);

        let of = |agent| store.training(agent, 10).unwrap();
        let kim: Vec<_> = of(Some("kim.2"))
            .into_iter()
            .map(|it| it.training)
            .collect();
        assert_eq!(kim, [again[1].clone(), first[0].clone()]);
        assert_eq!(of(None).len(), 3);
        assert_eq!(of(Some("lee.3"))[0].training.seed, u64::MAX);
        assert_eq!(of(Some("nobody")), []);
        let file = folder.path().join("exchange.sqlite");
        assert_eq!(Store::training_in(&file, None, 10).unwrap(), of(None));
    }

    #[test]
    fn what_was_told_longer_ago_than_its_term_is_erased_and_nothing_else() {
        let (_folder, store) = opened();
        let room = StationId::new("room-1");
        store
            .keep_training(&room, &[training("kim.2", 1, 1)], NOON)
            .unwrap();
        store
            .keep_training(&room, &[training("kim.2", 2, 2)], NOON + DAY)
            .unwrap();

        assert_eq!(store.erase_training(2 * DAY, NOON + DAY).unwrap(), 0);
        assert_eq!(store.erase_training(2 * DAY, NOON + 2 * DAY).unwrap(), 1);

        let left = store.training(None, 10).unwrap();
        assert_eq!(left.len(), 1);
        assert_eq!(left[0].training.seed, 2);
    }
}
