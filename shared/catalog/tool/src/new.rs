//! A service from questions and answers.

use std::{
    fs,
    io::{self, Write},
    path::Path,
    process::ExitCode,
};

use anyhow::Context;
use catalog::Catalog;
use catalog_tool::{Answers, Check, Draft, check};

use crate::{FOUND, arguments::Arguments, say};

pub(crate) fn new(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let language = arguments.language()?;
    let catalog = Catalog::read(&arguments.folder)?;
    let (mut input, mut output) = (io::stdin().lock(), io::stdout());
    let mut answers = match arguments.named("--answers") {
        Some(file) => {
            let text = fs::read_to_string(file).with_context(|| format!("cannot read {file}"))?;
            Answers::File(
                text.parse()
                    .with_context(|| format!("{file} is not TOML"))?,
            )
        }
        None => Answers::Clerk {
            language,
            input: &mut input,
            output: &mut output,
        },
    };
    let draft = Draft::ask(&catalog, &mut answers)?;
    for (file, text) in draft.files() {
        write(&arguments.folder.join(&file), &text)?;
        writeln!(io::stdout(), "{file}")?;
    }
    let report = check(
        &arguments.folder,
        &Check::PapersOf(vec![draft.id().to_owned()]),
    )?;
    say(&report, language, &mut io::stdout())?;
    Ok(if report.is_clean() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(FOUND)
    })
}

/// Writes a file that is not there yet.
fn write(file: &Path, text: &str) -> anyhow::Result<()> {
    let failed = || format!("cannot write {}", file.display());
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).with_context(failed)?;
    }
    let mut file = fs::File::create_new(file).with_context(failed)?;
    file.write_all(text.as_bytes()).with_context(failed)?;
    file.sync_all().with_context(failed)
}
