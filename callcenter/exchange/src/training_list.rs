//! The command that lists what agents have practised.

use std::{
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
};

use anyhow::{Context, bail, ensure};
use ledger::{KeptTraining, Store, TrainingKind};

const USAGE: &str = "usage: minwon-exchange training --data FOLDER [--agent ACCOUNT]
      lists what agents have practised and passed, the newest first; an exchange may run";
const LISTED_MAX: u32 = 100_000;

/// Lists, when the first word is `training`; none when it is another.
///
/// # Errors
/// When something is missing on the command line or the store cannot be read.
pub fn list_training(words: &[String]) -> anyhow::Result<Option<ExitCode>> {
    let Some((name, words)) = words.split_first() else {
        return Ok(None);
    };
    if name != "training" {
        return Ok(None);
    }
    let (mut data, mut agent) = (None, None);
    for pair in words.chunks(2) {
        match (pair[0].as_str(), pair.get(1)) {
            ("--data", Some(folder)) => data = Some(PathBuf::from(folder)),
            ("--agent", Some(account)) => agent = Some(account.as_str()),
            (word, _) => bail!("{word} is not known or lacks its value\n{USAGE}"),
        }
    }
    let file = data.context(USAGE)?.join("exchange.sqlite");
    ensure!(file.exists(), "there is no store at {}", file.display());
    let kept = Store::training_in(&file, agent, LISTED_MAX)?;
    write(&kept, &mut io::stdout().lock())?;
    Ok(Some(ExitCode::SUCCESS))
}

/// A line each: day, agent, what, which edition of it, points, whether it was passed,
/// where.
fn write(kept: &[KeptTraining], to: &mut impl Write) -> io::Result<()> {
    for KeptTraining { station, training } in kept {
        let kind = match training.kind {
            TrainingKind::Exercise => "exercise",
            TrainingKind::Examination => "test",
        };
        let passed = match training.passed {
            true => "passed",
            false => "not passed",
        };
        writeln!(
            to,
            "{}\t{}\t{kind}\t{}\t{}\t{}\t{passed}\t{station}",
            training.ended_at.local(),
            training.agent,
            training.scenario,
            training.version,
            training.points,
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use ledger::Training;
    use request::{StationId, Timestamp};

    use super::*;

    #[test]
    fn each_record_is_a_line_with_the_day_the_agent_and_how_it_went() {
        let kept = KeptTraining {
            station: StationId::new("room-1"),
            training: Training {
                agent: "kim.2".to_owned(),
                kind: TrainingKind::Examination,
                scenario: "catalog".to_owned(),
                version: 2,
                seed: 7,
                points: 70,
                passed: false,
                ended_at: Timestamp::from_millis(1_795_482_000_000),
            },
        };
        let mut written = Vec::new();

        write(&[kept], &mut written).unwrap();

        assert_eq!(
            String::from_utf8(written).unwrap(),
            "2026-11-24\tkim.2\ttest\tcatalog\t2\t70\tnot passed\troom-1\n"
        );
    }

    #[test]
    fn other_commands_are_left_alone_and_a_missing_folder_is_told() {
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();

        assert!(
            list_training(&words("backup --backup x"))
                .unwrap()
                .is_none()
        );
        for (wrong, told) in [
            ("training", "usage: minwon-exchange training"),
            ("training --data", "--data is not known or lacks its value"),
            ("training --data /nowhere", "there is no store at /nowhere"),
        ] {
            let error = list_training(&words(wrong)).unwrap_err();
            assert!(error.to_string().starts_with(told), "{error}");
        }
    }
}
