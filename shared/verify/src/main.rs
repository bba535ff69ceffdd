//! `minwon-verify FILE --trust FOLDER [--void-list FILE]`: is this certificate genuine?

use std::{env, fs, io::Write, path::PathBuf, process::ExitCode};

use anyhow::{Context, bail};
use verify::{Report, Trust, examine};

const USAGE: &str =
    "usage: minwon-verify FILE.pdf|IMAGE|SEAL.txt --trust FOLDER [--void-list FILE]";

struct Arguments {
    file: PathBuf,
    trust: PathBuf,
    void_list: Option<PathBuf>,
}

fn main() -> ExitCode {
    match run() {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::from(2)
        }
    }
}

fn run() -> anyhow::Result<u8> {
    let arguments = arguments()?;
    let mut trust = Trust::read(&arguments.trust)?;
    if let Some(list) = &arguments.void_list {
        trust.read_voided(list)?;
    }
    let file = fs::read(&arguments.file)
        .with_context(|| format!("cannot read {}", arguments.file.display()))?;
    let verdict = examine(&file, &trust);
    let report = Report(&verdict);
    write!(std::io::stdout(), "{report}")?;
    Ok(report.exit_code())
}

fn arguments() -> anyhow::Result<Arguments> {
    let (mut file, mut trust, mut void_list) = (None, None, None);
    let mut given = env::args_os().skip(1);
    while let Some(argument) = given.next() {
        match argument.to_str() {
            Some("--trust") => trust = given.next(),
            Some("--void-list") => void_list = given.next(),
            Some(option) if option.starts_with("--") => bail!("{option} is not known\n{USAGE}"),
            _ => file = Some(argument),
        }
    }
    let (Some(file), Some(trust)) = (file, trust) else {
        bail!(USAGE);
    };
    Ok(Arguments {
        file: file.into(),
        trust: trust.into(),
        void_list: void_list.map(PathBuf::from),
    })
}
