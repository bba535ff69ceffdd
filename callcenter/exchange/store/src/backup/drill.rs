//! The drill: restores to a scratch folder and tells, on paper, how it went.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use request::Timestamp;

use super::{
    BackupError, Identity, Restore, Restored, Until,
    checked_file::create,
    error::failed,
    folder::{Folder, make_private, moment},
    inspect::inspect,
    report,
    restore::restore,
};
use crate::{StoreError, Survey};

/// What is tried.
pub struct Drill<'a> {
    pub backup: &'a Path,
    pub identity: &'a Identity,
    pub until: Until,
    /// The store in use, to compare with.
    pub live: Option<&'a Path>,
    /// A folder that is not there yet and is removed afterwards.
    pub scratch: &'a Path,
    pub release: &'a str,
}

/// How it went.
#[derive(Clone, Debug)]
pub struct Report {
    /// What is wrong, in sentences; none when all is well.
    pub complaints: Vec<String>,
    pub restored: Option<Restored>,
    pub took: Duration,
    /// For people.
    pub text: String,
    /// Where the text was put, beside the backup.
    pub file: PathBuf,
}

/// Looks at the whole backup, restores it, looks at the result, and compares it
/// with what was claimed. Whatever is wrong is in the report.
///
/// # Errors
/// When there is no backup at all or the report cannot be written.
pub fn drill(order: &Drill<'_>, now: Timestamp) -> Result<Report, BackupError> {
    let began = Instant::now();
    let folder = Folder::open(order.backup)?;
    let mut complaints: Vec<String> = inspect(&folder)?.iter().map(ToString::to_string).collect();
    let restored = restore(&Restore {
        backup: order.backup,
        data: order.scratch,
        identity: order.identity,
        until: order.until,
        salvage: true,
    });
    let took = began.elapsed();
    let restored = match restored {
        Ok(restored) => {
            fs::remove_dir_all(order.scratch).map_err(failed("remove", order.scratch))?;
            Some(restored)
        }
        Err(error) => {
            complaints.push(error.to_string());
            None
        }
    };
    let live = match compare(order, restored.as_ref(), &mut complaints) {
        Ok(live) => live,
        Err(error) => {
            complaints.push(format!("the live store cannot be compared: {error}"));
            None
        }
    };
    complaints.sort();
    complaints.dedup();
    let mut report = Report {
        complaints,
        restored,
        took,
        text: String::new(),
        file: order.backup.join("drills").join(format!(
            "{}.txt",
            moment(now.as_millis(), "%Y-%m-%dT%H-%M-%SZ")
        )),
    };
    report.text = report::text(order, &report, live.as_ref(), now);
    make_private(&folder.reports())?;
    create(&report.file)
        .and_then(|mut file| {
            file.write_all(report.text.as_bytes())?;
            file.sync_all()
        })
        .map_err(failed("write", &report.file))?;
    Ok(report)
}

impl Report {
    pub fn passed(&self) -> bool {
        self.complaints.is_empty()
    }
}

/// Holds the restored store beside the one in use, which it surveys.
fn compare(
    order: &Drill<'_>,
    restored: Option<&Restored>,
    complaints: &mut Vec<String>,
) -> Result<Option<Survey>, StoreError> {
    if let Some(restored) = restored {
        complaints.extend(restored.damages.iter().map(ToString::to_string));
    }
    let Some(live) = order.live else {
        return Ok(None);
    };
    let (survey, faults) = Survey::of(live)?;
    complaints.extend(faults.iter().map(|it| format!("in the live store: {it}")));
    if let Some(restored) = restored {
        let lacking = restored.survey.lacking(live)?;
        complaints.extend(lacking.iter().map(|it| format!("in the live store: {it}")));
    }
    Ok(Some(survey))
}
