//! Everything that can be wrong with a catalogue.

mod consent;
mod fees;
mod files;
mod hours;
mod names;
mod offline;
mod options;
mod paper;
mod questions;
mod recipients;
mod record;
mod retention;
mod texts;

use std::{io, path::Path};

use certificate::FontError;

pub use fees::is_day;

use crate::{folder::Folder, report::Report, words::Words};

/// How much is looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Check {
    /// All but the papers themselves, which takes a second.
    Words,
    /// Papers of these services alone.
    PapersOf(Vec<String>),
    /// Every paper, in every form it can take.
    All,
}

#[derive(Debug, thiserror::Error)]
pub enum NotChecked {
    #[error("this is no catalogue that can be read")]
    Folder(#[source] io::Error),
    #[error("the press has no fonts")]
    Fonts(#[source] FontError),
}

/// Looks at a catalogue's folder and says all that is wrong with it.
///
/// # Errors
/// When the folder is no catalogue or cannot be read, or papers are wanted and the
/// press has no fonts.
pub fn check(root: &Path, wanted: &Check) -> Result<Report, NotChecked> {
    let mut report = Report::default();
    let folder = Folder::read(root, &mut report).map_err(NotChecked::Folder)?;
    for rule in [
        names::check,
        texts::check,
        questions::check,
        options::check,
        recipients::check,
        fees::check,
        hours::check,
        offline::check,
        retention::check,
        consent::check,
        record::check,
    ] {
        rule(&folder, &mut report);
    }
    files::check(&folder, &mut report).map_err(NotChecked::Folder)?;
    paper::check(&folder, wanted, &mut report).map_err(NotChecked::Fonts)?;
    if report.is_clean() {
        ask_the_loader(&folder, &mut report);
    }
    Ok(report)
}

/// The loader has the last word: what it refuses is wrong, whatever was looked at.
fn ask_the_loader(folder: &Folder, report: &mut Report) {
    use catalog::Error;
    let Err(error) = catalog::Catalog::read(&folder.root) else {
        return;
    };
    let below = |file: &Path| file.strip_prefix(&folder.root).unwrap_or(file).to_owned();
    let file = match &error {
        Error::Read { file, .. } | Error::Parse { file, .. } | Error::Id { file, .. } => {
            below(file)
        }
        Error::Missing { service, .. } | Error::Contradiction { service, .. } => {
            let file = Path::new("services").join(service).join("service.toml");
            if folder.root.join(&file).exists() {
                file
            } else {
                "two-persons.toml".into()
            }
        }
        Error::Overlap(name)
        | Error::Waived(name)
        | Error::Gap {
            ordinance: name, ..
        } => Path::new("fees").join(format!("{name}.toml")),
        Error::TimeOfDay(_) | Error::Backwards(..) | Error::MaintenanceDay => "networks".into(),
    };
    let words = Words::new(
        format!("카탈로그를 읽는 프로그램이 받지 않아요: {error}"),
        format!("The catalogue's reader refuses it: {error}"),
    );
    report.of_file(file, 1, "refused", words);
}
