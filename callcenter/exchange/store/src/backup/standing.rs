//! How the backups in a folder stand, for whoever answers for them.

use std::{
    fs::File,
    io::{BufRead, BufReader},
    path::Path,
};

use request::Timestamp;

use super::{BackupError, Manifest, checked_file::create, error::failed, folder::Folder};

/// What lies in a backup's folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The newest whole copy; none before the first.
    pub newest: Option<Manifest>,
    /// Whole copies that are kept.
    pub copies: usize,
    /// Somebody has asked for a copy, and it is not begun.
    pub wanted: bool,
    /// The newest trial of a restore; none when nobody has tried.
    pub drill: Option<DrillNote>,
}

/// What a trial of a restore came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DrillNote {
    pub at: Timestamp,
    pub passed: bool,
}

/// Looks at a backup's folder; nothing in it is decrypted.
///
/// # Errors
/// When it holds no backups or cannot be read.
pub fn standing(backup: &Path) -> Result<Standing, BackupError> {
    let folder = Folder::open(backup)?;
    let bases = folder.bases()?;
    let newest = bases
        .last()
        .map(|it| Manifest::read(&it.path))
        .transpose()?;
    Ok(Standing {
        newest,
        copies: bases.len(),
        wanted: folder.request().exists(),
        drill: (folder.drills()?.iter())
            .filter_map(|it| drill(it))
            .max_by_key(|it| it.at),
    })
}

/// Asks the program that keeps backups in a folder for a whole copy; it makes one within
/// moments, and nobody waits for it here.
///
/// # Errors
/// When the folder holds no backups or cannot be written.
pub fn want_copy(backup: &Path) -> Result<(), BackupError> {
    let request = Folder::open(backup)?.request();
    create(&request).map_err(failed("write", &request))?;
    Ok(())
}

/// None of a file that is no report.
fn drill(report: &Path) -> Option<DrillNote> {
    let name = report.file_stem()?.to_str()?;
    let at = jiff::fmt::strtime::parse("%Y-%m-%dT%H-%M-%SZ", name).ok()?;
    let at = at.to_datetime().ok()?.to_zoned(jiff::tz::TimeZone::UTC);
    let mut first = String::new();
    let file = File::open(report).ok()?;
    BufReader::new(file).read_line(&mut first).ok()?;
    let said = first.trim().strip_prefix("RESTORE DRILL: ")?;
    Some(DrillNote {
        at: Timestamp::from_millis(at.ok()?.timestamp().as_millisecond()),
        passed: said == "PASSED",
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::fs;

    use super::*;

    #[test]
    fn the_newest_trial_tells_whether_it_passed_and_when() {
        let folder = tempfile::tempdir().unwrap();
        let backup = folder.path();
        Folder::create(backup).unwrap();
        assert_eq!(standing(backup).unwrap(), Standing::default());
        let drills = backup.join("drills");
        fs::create_dir(&drills).unwrap();
        for (name, said) in [
            ("2026-11-24T01-00-00Z", "RESTORE DRILL: FAILED\n\nBackup"),
            ("2026-11-24T02-00-00Z", "RESTORE DRILL: PASSED\n\nBackup"),
        ] {
            fs::write(drills.join(format!("{name}.txt")), said).unwrap();
        }

        want_copy(backup).unwrap();

        let stands = standing(backup).unwrap();
        assert!(stands.wanted);
        let drill = DrillNote {
            at: Timestamp::from_millis(1_795_485_600_000),
            passed: true,
        };
        assert_eq!(stands.drill, Some(drill));
        // What is no report hides none.
        fs::write(drills.join("2026-11-24T03-00-00Z.txt"), "something else").unwrap();
        fs::write(drills.join("README"), "RESTORE DRILL: FAILED").unwrap();
        assert_eq!(standing(backup).unwrap().drill, Some(drill));
        assert!(standing(&backup.join("nowhere")).is_err());
    }
}
