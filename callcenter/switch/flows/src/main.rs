//! `flow-table REPORTS`: prints the table; fails unless all of it was played and passed.

use std::{env, fs, io::Write, process::ExitCode};

use flows::Table;

fn main() -> ExitCode {
    let Some(file) = env::args_os().nth(1) else {
        eprintln!("usage: flow-table REPORTS");
        return ExitCode::from(2);
    };
    match fs::read_to_string(&file) {
        Ok(reports) => {
            let table = Table::of(&reports);
            let shown = write!(std::io::stdout(), "{table}").is_ok();
            match shown && table.is_complete() {
                true => ExitCode::SUCCESS,
                false => ExitCode::FAILURE,
            }
        }
        Err(error) => {
            eprintln!("cannot read the reports: {error}");
            ExitCode::from(2)
        }
    }
}
