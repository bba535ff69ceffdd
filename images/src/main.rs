//! `minwon-image`: is a hardware model's file right, what follows from it, and the tiny image.

use std::{
    fs::{self, File},
    io::{BufWriter, Write, stdout},
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, bail, ensure};
use images::{
    Model, Refusal, derive,
    kernel::Kernel,
    tiny::{self, Parts},
};

const USAGE: &str = "\
usage: minwon-image check MODEL.toml…
       minwon-image derive MODEL.toml FOLDER
       minwon-image sbom MANIFEST METADATA PROGRAM…
       minwon-image tiny MODEL.toml KERNEL-FOLDER INIT KIOSK CATALOG IMAGE";
/// Something is to be put right.
const FOUND: u8 = 1;
/// It could not be told.
const FAILED: u8 = 2;

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("{error:#}");
            let refused = error.downcast_ref::<Refusal>().is_some();
            ExitCode::from(if refused { FOUND } else { FAILED })
        }
    }
}

fn run() -> anyhow::Result<ExitCode> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["check", models @ ..] if !models.is_empty() => check(models),
        ["derive", model, folder] => {
            write_derived(&read(model)?, Path::new(folder))?;
            Ok(ExitCode::SUCCESS)
        }
        ["sbom", manifest, metadata, programs @ ..] if !programs.is_empty() => {
            let list = |file: &str| {
                fs::read_to_string(file).with_context(|| format!("cannot read {file}"))
            };
            let text = images::sbom::sbom(&list(manifest)?, &list(metadata)?, programs)?;
            stdout().write_all(text.as_bytes())?;
            Ok(ExitCode::SUCCESS)
        }
        ["tiny", model, kernel, init, kiosk, catalog, image] => {
            let parts = Parts {
                init: init.into(),
                kiosk: kiosk.into(),
                catalog: catalog.into(),
            };
            pack(&read(model)?, Path::new(kernel), &parts, Path::new(image))?;
            Ok(ExitCode::SUCCESS)
        }
        _ => bail!(USAGE),
    }
}

/// Reads every file, so that one answer tells of all.
fn check(models: &[&str]) -> anyhow::Result<ExitCode> {
    let mut code = ExitCode::SUCCESS;
    for model in models {
        match read(model) {
            Ok(read) => writeln!(stdout(), "{model}: {}, as it should be", read.name)?,
            Err(error) if error.downcast_ref::<Refusal>().is_some() => {
                eprintln!("{error:#}");
                code = ExitCode::from(FOUND);
            }
            Err(error) => return Err(error),
        }
    }
    Ok(code)
}

fn read(file: &str) -> anyhow::Result<Model> {
    let path = Path::new(file);
    let id = path.file_stem().and_then(|it| it.to_str());
    let id = id.context("a model's file has a name")?;
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {file}"))?;
    Model::parse(id, &text).with_context(|| file.to_owned())
}

fn write_derived(model: &Model, folder: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    for file in derive::all(model) {
        let path = folder.join(file.name);
        fs::write(&path, file.text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

fn pack(model: &Model, kernel: &Path, parts: &Parts, image: &Path) -> anyhow::Result<()> {
    let kernel = Kernel::read(kernel)?;
    let archive = tiny::pack(model, &kernel, parts)?;
    let beside = PathBuf::from(format!("{}.new", image.display()));
    let file =
        File::create(&beside).with_context(|| format!("cannot make {}", beside.display()))?;
    let mut out = BufWriter::new(file);
    archive.write(&mut out)?;
    out.flush().context("cannot write the image")?;
    fs::rename(&beside, image).context("cannot put the image in its place")?;
    let bytes = fs::metadata(image)?.len();
    ensure!(bytes > 0, "the image is empty");
    writeln!(stdout(), "{}: {} MB", image.display(), bytes / 1_000_000)?;
    Ok(())
}
