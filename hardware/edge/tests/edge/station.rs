//! A station's devices on the bench, and `minwon-devices` as a process before them.

use std::{
    fs::{self, File},
    io::Read,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use bench::{
    barcode_reader::BarcodeReader,
    cash_box::{CashBox, HOPPERS},
    io_module::{IoModule, UNIT},
    magnetic_stripe_reader::MagneticStripeReader,
    pty::Plug,
    receipt_printer::ReceiptPrinter,
};
use tempfile::TempDir;

use crate::client::{Client, Way};

pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) struct Station {
    pub(crate) card_reader: Plug<MagneticStripeReader>,
    pub(crate) printer: Plug<ReceiptPrinter>,
    pub(crate) scanner: Plug<BarcodeReader>,
    pub(crate) cash: Plug<CashBox>,
    pub(crate) cabinet: Plug<IoModule>,
    folder: TempDir,
    program: Child,
    address: String,
    scheme: &'static str,
}

impl Station {
    pub(crate) fn open() -> Self {
        Self::open_with("")
    }

    /// With these lines before the devices.
    pub(crate) fn open_with(settings: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let card_reader = Plug::host(MagneticStripeReader::default()).unwrap();
        let printer = Plug::host(ReceiptPrinter::default()).unwrap();
        let scanner = Plug::host(BarcodeReader::default()).unwrap();
        let cash = Plug::host(CashBox::default()).unwrap();
        let cabinet = Plug::host(IoModule::default()).unwrap();
        let mut text = format!(
            "listen = \"127.0.0.1:0\"\n{settings}\n\
             [[devices.card_reader]]\nmodel = \"magnetic_stripe\"\nline = {:?}\nbaud = 9600\n\
             [devices.document_printer]\nuri = \"ipp://127.0.0.1:9/ipp/print\"\n\
             [devices.receipt_printer]\nline = {:?}\nbaud = 115200\n\
             [devices.barcode_reader]\nmodel = \"serial\"\nline = {:?}\nbaud = 9600\n\
             [devices.auxiliaries]\nline = {:?}\nbaud = 19200\nunit = {UNIT}\n\
             [devices.cash]\nline = {:?}\nbaud = 9600\n",
            card_reader.path(),
            printer.path(),
            scanner.path(),
            cabinet.path(),
            cash.path(),
        );
        for hopper in HOPPERS {
            text += &format!(
                "[[devices.cash.hopper]]\naddress = {}\nvalue_won = {}\ncoins = {}\n",
                hopper.address, hopper.value_won, hopper.coins,
            );
        }
        let program = start(folder.path(), &text);
        let mut station = Self {
            card_reader,
            printer,
            scanner,
            cash,
            cabinet,
            folder,
            program,
            address: String::new(),
            scheme: if settings.contains("[tls]") {
                "wss"
            } else {
                "ws"
            },
        };
        station.address = station.listening();
        station
    }

    /// A client of one service, once its device is on line.
    pub(crate) fn client(&self, service: &str) -> Client {
        let mut client = self.visitor(service);
        client.until_online();
        client
    }

    pub(crate) fn visitor(&self, service: &str) -> Client {
        Client::open(&self.url(&format!("/{service}")), &[]).unwrap()
    }

    pub(crate) fn come(&self, path: &str, ways: &[Way]) -> Result<Client, u16> {
        Client::open(&self.url(path), ways)
    }

    fn url(&self, path: &str) -> String {
        format!("{}://{}/xfs4iot/v1.0{path}", self.scheme, self.address)
    }

    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// Everything the program has logged so far.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(log_file(self.folder.path())).unwrap()
    }

    fn listening(&mut self) -> String {
        let given_up = Instant::now() + PATIENCE;
        loop {
            let log = self.log();
            let at = log.lines().find(|it| it.contains("Listens for XFS4IoT"));
            if let Some(line) = at {
                let address = line.split("address=").nth(1).unwrap();
                return address.split_whitespace().next().unwrap().to_owned();
            }
            assert!(self.program.try_wait().unwrap().is_none(), "{log}");
            assert!(Instant::now() < given_up, "{log}");
            std::thread::yield_now();
        }
    }
}

impl Drop for Station {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

fn log_file(folder: &Path) -> PathBuf {
    folder.join("log")
}

/// The program, with a log that leaves nothing out.
fn start(folder: &Path, settings: &str) -> Child {
    let file = folder.join("edge.toml");
    fs::write(&file, settings).unwrap();
    Command::new(env!("CARGO_BIN_EXE_minwon-devices"))
        .arg("--xfs4iot")
        .arg(file)
        .env("RUST_LOG", "trace")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(File::create(log_file(folder)).unwrap())
        .spawn()
        .unwrap()
}

/// What the program says that does not start with these settings.
pub(crate) fn refused(settings: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let mut program = start(folder.path(), settings);
    let ended = program.wait().unwrap();
    assert!(!ended.success());
    let mut log = String::new();
    let mut file = File::open(log_file(folder.path())).unwrap();
    file.read_to_string(&mut log).unwrap();
    log
}

/// Until a twin is as it should be.
pub(crate) fn wait(mut until: impl FnMut() -> bool) {
    let given_up = Instant::now() + PATIENCE;
    while !until() {
        assert!(Instant::now() < given_up);
        std::thread::yield_now();
    }
}
