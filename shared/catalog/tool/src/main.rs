//! `minwon-catalog`: is the catalogue right, and what a clerk makes of it.

mod arguments;
mod new;
mod travel;

use std::{
    io::Write,
    process::ExitCode,
    time::{SystemTime, UNIX_EPOCH},
};

use anyhow::Context;
use arguments::{Arguments, USAGE};
use catalog_tool::{Check, Export, Language, Report, check, export};
use request::Timestamp;

/// Something is to be put right.
const FOUND: u8 = 1;
/// It could not be told: no catalogue, no fonts, a command that is not known.
const FAILED: u8 = 2;

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::from(FAILED)
        }
    }
}

fn run() -> anyhow::Result<ExitCode> {
    let mut words = std::env::args().skip(1);
    let command = words.next().unwrap_or_default();
    match command.as_str() {
        "check" => {
            let (options, flags) = (
                ["--language", "--papers-of"],
                ["--json", "--without-papers"],
            );
            look(&Arguments::read(words, &options, &flags)?)
        }
        "edition" => {
            let options = ["--key", "--number", "--valid-from", "--to", "--language"];
            travel::edition(&Arguments::read(words, &options, &[])?)
        }
        "verify" => travel::verify(&Arguments::read(words, &["--signer"], &[])?),
        "new" => new::new(&Arguments::read(words, &["--answers", "--language"], &[])?),
        "export" => describe(&Arguments::read(words, &["--base", "--clock"], &[])?),
        _ => anyhow::bail!(USAGE),
    }
}

fn look(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let language = arguments.language()?;
    let wanted = match arguments.named("--papers-of") {
        Some(names) => Check::PapersOf(names.split(',').map(str::to_owned).collect()),
        None if arguments.has("--without-papers") => Check::Words,
        None => Check::All,
    };
    let report = check(&arguments.folder, &wanted)
        .with_context(|| arguments.folder.display().to_string())?;
    let mut out = std::io::stdout();
    if arguments.has("--json") {
        writeln!(out, "{:#}", report.to_json())?;
    } else {
        say(&report, language, &mut out)?;
    }
    Ok(if report.is_clean() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(FOUND)
    })
}

/// Where identifiers begin whose owner has not said where they do (RFC 2606).
const BASE: &str = "https://minwon.example/catalogue/";

fn describe(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let at = match arguments.named("--clock") {
        Some(milliseconds) => milliseconds
            .parse()
            .with_context(|| format!("`{milliseconds}` are no milliseconds"))?,
        None => i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis())?,
    };
    let wanted = Export {
        at: Timestamp::from_millis(at),
        base: arguments.named("--base").unwrap_or(BASE),
    };
    let mut out = std::io::BufWriter::new(std::io::stdout());
    export(&arguments.folder, &wanted, &mut out)?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn say(report: &Report, language: Language, out: &mut impl Write) -> std::io::Result<()> {
    for finding in report.findings() {
        let words = finding.words.in_language(language);
        writeln!(out, "{}:{}: {words}", finding.file.display(), finding.line)?;
    }
    let found = report.findings().count();
    match (found, language) {
        (0, Language::Korean) => writeln!(out, "고칠 것이 없어요"),
        (0, Language::English) => writeln!(out, "Nothing is to be put right"),
        (_, Language::Korean) => writeln!(out, "고칠 것: {found}개"),
        (_, Language::English) => writeln!(out, "To be put right: {found}"),
    }
}
