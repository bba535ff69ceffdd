//! What follows from each hardware model, and what is wrong with files that describe none.

#![allow(clippy::unwrap_used)]

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use images::{
    Complaint, Flaw, Model, Refusal, Station,
    derive::{self, Launch},
};
use tempfile::TempDir;

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn model_files() -> Vec<PathBuf> {
    let files = fs::read_dir(here().join("models")).unwrap();
    let mut files: Vec<PathBuf> = files.map(|it| it.unwrap().path()).collect();
    files.sort();
    assert!(files.len() >= 4, "{files:?}");
    files
}

fn read(file: &Path) -> Model {
    let id = file.file_stem().unwrap().to_str().unwrap();
    Model::parse(id, &fs::read_to_string(file).unwrap()).unwrap()
}

fn text_of(id: &str) -> String {
    fs::read_to_string(here().join("models").join(format!("{id}.toml"))).unwrap()
}

fn complaints(text: &str) -> Vec<Complaint> {
    match Model::parse("qemu-tiny", text).unwrap_err() {
        Refusal::Flaws(complaints) => complaints,
        Refusal::Syntax { line, message } => panic!("line {line}: {message}"),
    }
}

/// `MINWON_FREEZE=1` writes anew what is kept, for whoever has changed what is derived.
#[test]
fn what_follows_from_every_model_is_what_was_looked_at() {
    let freeze = std::env::var_os("MINWON_FREEZE").is_some();
    for file in model_files() {
        let model = read(&file);
        let kept = here().join("tests/golden").join(&model.id);
        if freeze {
            let _ = fs::remove_dir_all(&kept);
            fs::create_dir_all(&kept).unwrap();
        }
        let derived = derive::all(&model);
        for it in &derived {
            let kept = kept.join(it.name);
            if freeze {
                fs::write(&kept, &it.text).unwrap();
            }
            let looked_at = fs::read_to_string(&kept).unwrap();
            assert_eq!(it.text, looked_at, "{}", kept.display());
        }
        let names = fs::read_dir(&kept).unwrap().count();
        assert_eq!(names, derived.len(), "{} holds more", kept.display());
    }
}

#[test]
fn a_kiosks_sandbox_is_a_tight_one_by_systemds_own_measure() {
    let folder = TempDir::new().unwrap();
    let kiosks = model_files().into_iter().map(|it| read(&it));
    for model in kiosks.filter(|it| it.station == Station::Kiosk) {
        let unit = folder.path().join("minwon-kiosk.service");
        fs::write(&unit, derive::sandbox(&model)).unwrap();

        // Tenths; a service that is not restricted at all has 96.
        let told = Command::new("systemd-analyze")
            .args(["security", "--offline=true", "--threshold=20", "--no-pager"])
            .arg(&unit)
            .output()
            .expect("the Debian package systemd is installed");

        let (said, erred) = (
            String::from_utf8_lossy(&told.stdout),
            String::from_utf8_lossy(&told.stderr),
        );
        assert!(told.status.success(), "{}: {said}{erred}", model.id);
        assert!(!erred.contains("Unknown"), "{}: {erred}", model.id);
    }
}

#[test]
fn the_first_process_understands_its_orders() {
    let model = read(&here().join("models/qemu-tiny.toml"));
    let launch = Launch {
        modules: vec!["/lib/modules/virtio.ko".to_owned()],
        address: Some(["eth0", "10.0.2.15/24", "10.0.2.2"].map(str::to_owned)),
        environment: vec![("RUST_LOG".to_owned(), "info".to_owned())],
        run: vec!["/usr/bin/minwon-kiosk".to_owned(), "kiosk.toml".to_owned()],
    };

    let orders = appliance_init::Orders::parse(&derive::orders(&model, &launch)).unwrap();

    assert_eq!(orders.modules, launch.modules);
    let roles: Vec<&str> = orders.ports.iter().map(|it| it.role.as_str()).collect();
    assert_eq!(
        roles,
        ["card-reader", "receipt-printer", "barcode-reader", "cash"]
    );
    let scale = ("SLINT_SCALE_FACTOR".to_owned(), "1".to_owned());
    assert!(orders.environment.contains(&scale));
    assert_eq!(orders.run, launch.run);
}

#[test]
fn a_misspelt_key_is_named_with_its_line() {
    let text = text_of("qemu-tiny").replace("baud = 115200", "bauds = 115200");
    let line = 1 + text.lines().position(|it| it.starts_with("bauds")).unwrap();

    let Refusal::Syntax {
        line: told,
        message,
    } = Model::parse("qemu-tiny", &text).unwrap_err()
    else {
        panic!("it is read");
    };

    assert!(message.contains("bauds"), "{message}");
    assert_eq!(told, line);
}

#[test]
fn what_cannot_be_is_told_with_what_can() {
    for (from, to, told) in [
        ("1080x1920", "1080*1920", "1080x1920"),
        ("\"0627\"", "\"0x627\"", "hexadecimal"),
        (
            "module = \"virtio_gpu\"",
            "module = \"virtio_gpu\"\nrotation = 45",
            "90",
        ),
        ("tpm = \"none\"", "tpm = \"maybe\"", "required"),
    ] {
        let text = text_of("qemu-tiny").replacen(from, to, 1);

        let refused = Model::parse("qemu-tiny", &text).unwrap_err();

        assert!(matches!(refused, Refusal::Syntax { .. }), "{refused}");
        assert!(refused.to_string().contains(told), "{refused}");
    }
}

#[test]
fn two_devices_that_nobody_could_tell_apart_are_refused_where_the_second_stands() {
    let text = text_of("qemu-tiny").replace("MWCSH001", "MWBAR001");
    let ports = text.lines().enumerate();
    let (index, _) = ports.filter(|(_, it)| *it == "[[port]]").last().unwrap();

    let found = complaints(&text);

    let flaw = Flaw::SamePlace("barcode-reader", "cash");
    let line = index + 1;
    assert_eq!(found, [Complaint { line, flaw }]);
}

#[test]
fn everything_that_a_kiosk_lacks_is_told_at_once() {
    let text = text_of("desk-two-screens").replace("\"desk\"", "\"kiosk\"");

    let found = complaints(&text);

    let flaws: Vec<Flaw> = found.into_iter().map(|it| it.flaw).collect();
    for flaw in [
        Flaw::AnotherName("desk-two-screens".to_owned()),
        Flaw::DisplaysOfKiosk,
        Flaw::NoTouch,
        Flaw::NoPort("receipt-printer"),
        Flaw::NoDocumentPrinter,
    ] {
        assert!(flaws.contains(&flaw), "{flaw} is not told: {flaws:?}");
    }
}

#[test]
fn a_serial_number_cannot_end_a_rule_and_begin_another() {
    let text = text_of("qemu-tiny").replace("MWCSH001", "A\\\", RUN+=\\\"/bin/sh");

    let found = complaints(&text);

    assert!(
        matches!(
            &found[..],
            [Complaint {
                flaw: Flaw::Unwritable(_),
                ..
            }]
        ),
        "{found:?}"
    );
}

#[test]
fn a_line_without_speed_and_a_speed_without_line_are_refused() {
    let without = text_of("qemu-tiny").replace("baud = 115200\n", "");
    assert_eq!(
        complaints(&without)[0].flaw,
        Flaw::NoLine("receipt-printer")
    );

    let needless = text_of("qemu-tiny").replace("\"barcode_reader\"", "\"keypad\"");
    assert_eq!(complaints(&needless)[0].flaw, Flaw::NeedlessLine("keypad"));
}

#[test]
fn no_file_however_broken_is_more_than_refused() {
    let text = text_of("lobby-portrait-24");
    for end in (0..text.len()).filter(|it| text.is_char_boundary(*it)) {
        let _ = Model::parse("lobby-portrait-24", &text[..end]);
    }
    for junk in ["", "\0", "=", "[[port]]", "id = 1", "display = 3"] {
        assert!(Model::parse("x", junk).is_err(), "{junk:?}");
    }
}
