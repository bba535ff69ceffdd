//! `minwon-steward`: looks after a machine in the field.

use std::{
    fs,
    io::{Write, stdout},
    path::Path,
    process::ExitCode,
};

use anyhow::{Context, bail};
use fleet::signed::Key;
use steward::{firewall, image::Image, places::Places, releases, service};

const USAGE: &str = "\
usage: minwon-steward boot|health|serve|firewall
       minwon-steward release FOLDER MODEL VERSION KEY.pem";

fn main() -> anyhow::Result<ExitCode> {
    telemetry::start()?;
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let places = Places::default();
    let image = || Image::read(&places.image);
    match words.as_slice() {
        ["boot"] => service::boot(&places, &image()?)?,
        ["health"] => {
            let good = service::health(&places, &image()?)?;
            return Ok(if good {
                ExitCode::SUCCESS
            } else {
                ExitCode::FAILURE
            });
        }
        ["serve"] => {
            let runtime = tokio::runtime::Runtime::new().context("no runtime can be started")?;
            runtime.block_on(service::serve(&places, &image()?))?;
        }
        ["firewall"] => firewall::serve(&places, &image()?)?,
        ["release", folder, model, version, key] => {
            let key = fs::read_to_string(key).context("cannot read the key")?;
            let key = Key::from_pem(&key)?;
            let version = version.parse()?;
            let file = releases::make(Path::new(folder), model, &version, &key, service::now())?;
            writeln!(stdout(), "{}", file.display())?;
        }
        _ => bail!(USAGE),
    }
    Ok(ExitCode::SUCCESS)
}
