//! The file of what trainees have done: a record a line, as JSON; and beside it how many
//! lines of it the roster has been told.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read, Seek, SeekFrom, Write},
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
        let new = !self.file.exists();
        let mut line = match self.is_torn()? {
            true => vec![b'\n'],
            false => Vec::new(),
        };
        serde_json::to_writer(&mut line, record)?;
        line.push(b'\n');
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
        let text = self.text()?;
        let passed = text
            .lines()
            .filter_map(record)
            .filter(|it| it.agent == agent && it.kind == Kind::Exercise && it.score.passed)
            .map(|it| it.scenario);
        Ok(passed.collect())
    }

    /// The records of at most `limit` lines after the first so many, and how many lines
    /// stand up to there.
    ///
    /// # Errors
    /// When the file is there and cannot be read.
    pub(crate) fn after(
        &self,
        lines: usize,
        limit: usize,
    ) -> io::Result<(Vec<TrainingRecord>, usize)> {
        let text = self.text()?;
        let next: Vec<&str> = text.lines().skip(lines).take(limit).collect();
        let records = next.iter().filter_map(|line| record(line)).collect();
        Ok((records, lines + next.len()))
    }

    /// How many lines the roster has been told; none where nobody knows, and what is
    /// told once more is kept once.
    pub(crate) fn told(&self) -> usize {
        let noted = fs::read_to_string(self.mark()).ok();
        let noted = noted.and_then(|it| it.trim().parse().ok()).unwrap_or(0);
        match self.text().is_ok_and(|text| noted <= text.lines().count()) {
            true => noted,
            // The file has been begun anew.
            false => 0,
        }
    }

    /// Writes down how many lines the roster has been told.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(crate) fn mark_told(&self, lines: usize) -> io::Result<()> {
        durable::replace(&self.mark(), lines.to_string().as_bytes())
    }

    fn mark(&self) -> PathBuf {
        let mut name = self.file.clone().into_os_string();
        name.push(".told");
        name.into()
    }

    fn text(&self) -> io::Result<String> {
        match fs::read_to_string(&self.file) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(String::new()),
            read => read,
        }
    }

    /// Whether the last line has no end: a machine went off while it wrote.
    fn is_torn(&self) -> io::Result<bool> {
        let mut file = match File::open(&self.file) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
            opened => opened?,
        };
        if file.metadata()?.len() == 0 {
            return Ok(false);
        }
        file.seek(SeekFrom::End(-1))?;
        let mut last = [0];
        file.read_exact(&mut last)?;
        Ok(last != *b"\n")
    }
}

fn record(line: &str) -> Option<TrainingRecord> {
    serde_json::from_str(line).ok()
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
            version: 1,
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
        torn.write_all(b"{\"agent\":\"a\"").unwrap();
        records.add(&record("a", "job-seeking", true)).unwrap();

        assert_eq!(records.passed("a").unwrap(), ["land-ledger", "job-seeking"]);
    }
    #[test]
    fn what_the_roster_was_told_is_known_again_and_what_comes_after_is_read_in_portions() {
        let folder = tempfile::tempdir().unwrap();
        let records = Records::new(folder.path().join("records.jsonl"));
        assert_eq!(
            (records.told(), records.after(0, 9).unwrap()),
            (0, (Vec::new(), 0))
        );
        for scenario in ["land-ledger", "tax-office", "job-seeking"] {
            records.add(&record("a", scenario, true)).unwrap();
        }

        records.mark_told(1).unwrap();

        assert_eq!(records.told(), 1);
        let second = record("a", "tax-office", true);
        assert_eq!(records.after(1, 1).unwrap(), (vec![second], 2));
        assert_eq!(records.after(3, 9).unwrap(), (Vec::new(), 3));
        records.mark_told(4).unwrap();
        assert_eq!(records.told(), 0, "the file was begun anew");
    }
}
