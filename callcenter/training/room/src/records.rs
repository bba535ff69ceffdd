//! The file of what trainees have done: a record a line, as JSON.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    path::PathBuf,
};

use training::{Kind, TrainingRecord};

#[derive(Clone, Debug)]
pub struct Records {
    file: PathBuf,
}

impl Records {
    pub fn new(file: PathBuf) -> Self {
        Self { file }
    }

    /// Adds a record; when this returns it is on the disk.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn add(&self, record: &TrainingRecord) -> io::Result<()> {
        let mut line = serde_json::to_vec(record)?;
        line.push(b'\n');
        let new = !self.file.exists();
        let mut options = OpenOptions::new();
        let mut file = options.append(true).create(true).open(&self.file)?;
        file.write_all(&line)?;
        file.sync_all()?;
        match new {
            true => durable::sync_folder_of(&self.file),
            false => Ok(()),
        }
    }

    /// Ids of the scenarios an agent has passed. A line that is none is left out:
    /// a machine that went off while it wrote leaves half of one.
    ///
    /// # Errors
    /// When the file is there and cannot be read.
    pub fn passed(&self, agent: &str) -> io::Result<Vec<String>> {
        let text = match fs::read_to_string(&self.file) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let records = text
            .lines()
            .filter_map(|line| serde_json::from_str::<TrainingRecord>(line).ok());
        let passed = records
            .filter(|it| it.agent == agent && it.kind == Kind::Exercise && it.score.passed)
            .map(|it| it.scenario);
        Ok(passed.collect())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use request::Timestamp;
    use training::Score;

    use super::*;

    fn record(agent: &str, scenario: &str, passed: bool) -> TrainingRecord {
        TrainingRecord {
            agent: agent.to_owned(),
            kind: Kind::Exercise,
            scenario: scenario.to_owned(),
            seed: 7,
            ended_at: Timestamp::from_millis(1),
            score: Score {
                points: 80,
                passed,
                findings: Vec::new(),
            },
        }
    }

    #[test]
    fn what_an_agent_has_passed_is_found_again_also_behind_half_a_line() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("records.jsonl");
        let records = Records::new(file.clone());
        assert!(records.passed("a").unwrap().is_empty());

        records.add(&record("a", "land-ledger", true)).unwrap();
        records.add(&record("a", "tax-office", false)).unwrap();
        records.add(&record("b", "tax-office", true)).unwrap();
        let mut torn = OpenOptions::new().append(true).open(&file).unwrap();
        torn.write_all(b"{\"agent\":\"a\"\n").unwrap();
        records.add(&record("a", "job-seeking", true)).unwrap();

        assert_eq!(records.passed("a").unwrap(), ["land-ledger", "job-seeking"]);
    }
}
