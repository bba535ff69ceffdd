//! The tiny image on its twin: devices of the bench at the wires, an office behind the
//! network, and what the site says in a second archive.

use std::{
    fs::{self, File},
    io,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
};

use bench::{cash_box::HOPPERS, kiosk_bench::KioskBench};
use images::{
    Model,
    derive::{self, Launch, Twin},
    kernel::Kernel,
    tiny,
};
use tests::office::{Office, STATION};

use crate::machine::Machine;

/// The host, as a guest of QEMU's user network sees it; the guest, and the way out.
const HOST: &str = "10.0.2.2";
const GUEST: [&str; 3] = ["eth0", "10.0.2.15/24", HOST];
const KERNEL_LINE: &str = "console=ttyS0 loglevel=4 vt.global_cursor_default=0";

/// Where `make image-test` builds, and where pictures are kept.
pub(crate) fn folder() -> PathBuf {
    let named = std::env::var_os("MINWON_IMAGE").expect("`make image-test` runs this");
    PathBuf::from(named)
}

pub(crate) fn model() -> Model {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../images/models/qemu-tiny.toml");
    Model::parse("qemu-tiny", &fs::read_to_string(file).unwrap()).unwrap()
}

/// Switches on a machine with these devices, before this office.
pub(crate) fn start(office: &Office, bench: &KioskBench) -> Machine {
    let (model, folder) = (model(), folder());
    let kernel = Kernel::read(&folder.join("kernel")).unwrap();
    let run = folder.join("run");
    let _ = fs::remove_dir_all(&run);
    fs::create_dir_all(&run).unwrap();
    symlink(&folder, run.join("kept")).unwrap();
    let receipts = bench.foreign_receipt_printer.as_deref();
    for (role, line) in [
        ("card-reader", bench.card_reader.path()),
        (
            "receipt-printer",
            receipts.unwrap_or_else(|| bench.receipt_printer.path()),
        ),
        ("barcode-reader", bench.barcode_reader.path()),
        ("cash", bench.cash.path()),
    ] {
        symlink(line, run.join(role)).unwrap();
    }
    let image = run.join("image.cpio");
    join(
        &folder.join("tiny.cpio"),
        &site(&model, &kernel, office, bench),
        &image,
    )
    .unwrap();
    let host = Twin {
        run: run.display().to_string(),
        ..Twin::default()
    };
    let mut arguments = derive::twin(&model, &host);
    for (option, value) in [
        ("-kernel", kernel.image.display().to_string()),
        ("-initrd", image.display().to_string()),
        ("-append", KERNEL_LINE.to_owned()),
    ] {
        arguments.extend([option.to_owned(), value]);
    }
    Machine::start(&run, &arguments)
}

/// The kernel unpacks one archive after the other.
fn join(image: &Path, site: &[u8], into: &Path) -> io::Result<()> {
    fs::copy(image, into)?;
    io::copy(
        &mut &site[..],
        &mut File::options().append(true).open(into)?,
    )?;
    Ok(())
}

fn site(model: &Model, kernel: &Kernel, office: &Office, bench: &KioskBench) -> Vec<u8> {
    let launch = Launch {
        modules: tiny::modules_in_image(model, kernel).unwrap(),
        address: Some(GUEST.map(str::to_owned)),
        environment: vec![("RUST_LOG".to_owned(), "info".to_owned())],
        run: vec![
            tiny::KIOSK.to_owned(),
            tiny::SETTINGS.to_owned(),
            "--clock".to_owned(),
            office.clock().as_millis().to_string(),
        ],
    };
    let settings = settings(model, office, bench);
    let archive = tiny::site(model, &launch, &settings, &office.credentials()).unwrap();
    let mut bytes = Vec::new();
    archive.write(&mut bytes).unwrap();
    bytes
}

/// What the model says of devices, and the site of everything else.
fn settings(model: &Model, office: &Office, bench: &KioskBench) -> String {
    let mut devices = derive::devices(model);
    for (anywhere, here) in [
        (
            "10.0.2.2:8631",
            bench.document_printer.uri().replace("localhost", HOST),
        ),
        (
            "10.0.2.2:20007",
            bench.payment_terminal.address().to_string(),
        ),
    ] {
        // The port is whichever was free; the model has the usual one.
        let (_, rest) = here.rsplit_once(':').unwrap();
        let port: String = rest.chars().take_while(char::is_ascii_digit).collect();
        assert!(devices.contains(anywhere), "the model has {anywhere}");
        devices = devices.replace(anywhere, &format!("{HOST}:{port}"));
    }
    let port = office.address().port();
    let mut text = format!(
        "station = \"{STATION}\"\n\
         office = {{ ko = \"한빛시 가온구청\", en = \"Gaon-gu Office, Hanbit-si\" }}\n\
         place = {{ ko = \"가온구청 1층 민원실\", en = \"Gaon-gu Office, 1st floor\" }}\n\
         jurisdiction = \"41999\"\n\
         telephone = \"02-120\"\n\
         agents_at_screen = true\n\
         two_person_check = true\n\
         catalog = \"{}\"\n\
         journal = \"{}\"\n\
         [exchange]\nurl = \"https://{HOST}:{port}\"\ncredentials = \"{}\"\n\
         [headphones]\ndevice = \"null\"\n{devices}",
        tiny::CATALOG,
        tiny::JOURNAL,
        tiny::CREDENTIALS,
    );
    for hopper in HOPPERS {
        text += &format!(
            "[[devices.cash.hopper]]\naddress = {}\nvalue_won = {}\ncoins = {}\n",
            hopper.address, hopper.value_won, hopper.coins,
        );
    }
    text
}
