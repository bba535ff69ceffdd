//! The driver against emupos, whose scanner somebody else wrote. `make oracle-test`
//! installs emupos and runs this.

#![allow(clippy::unwrap_used)]

use std::{
    fs::{self, File},
    io::{Read, Write},
    net::{Ipv4Addr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use devices::barcode_reader::{BarcodeReaderEvent, BarcodeReaderOrder};
use drivers::{
    barcode_reader::{Ending, Framing, SerialScanner},
    port::{SerialSettings, start},
};
use tokio::{sync::mpsc::unbounded_channel, time::timeout};

const PATIENCE: Duration = Duration::from_secs(30);

/// Scanners of emupos's by name, and how ours has to be set for each.
fn scanners() -> [(&'static str, Framing); 3] {
    let ending = |ending| Framing {
        ending,
        ..Framing::default()
    };
    [
        ("enter", Framing::default()),
        ("tab", ending(Ending::Suffix(b"\t".to_vec()))),
        ("none", ending(Ending::Silence)),
    ]
}

struct Emupos {
    child: Child,
    folder: PathBuf,
    api: u16,
}

impl Emupos {
    fn start() -> Self {
        let program = std::env::var_os("MINWON_EMUPOS").expect("`make oracle-test` runs this");
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("emupos-scanners");
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let api = port.local_addr().unwrap().port();
        drop(port);
        let mut settings =
            format!("schema: 1\napi: {{ host: 127.0.0.1, port: {api} }}\ndevices:\n");
        for (name, _) in scanners() {
            settings += &format!(
                "  - {{ id: {name}, type: scanner, mode: serial, suffix: {name}, \
                 connections: [ {{ serial: {{ pty: true }} }} ] }}\n"
            );
        }
        fs::write(folder.join("emupos.yaml"), settings).unwrap();
        let log = File::create(folder.join("log")).unwrap();
        let child = Command::new(program)
            .args(["run", "--config", "emupos.yaml"])
            .current_dir(&folder)
            .env("TMPDIR", &folder)
            .stdin(Stdio::null())
            .stderr(log.try_clone().unwrap())
            .stdout(log)
            .spawn()
            .unwrap();
        let emupos = Self { child, folder, api };
        let given_up = Instant::now() + PATIENCE;
        while !scanners()
            .iter()
            .all(|(name, _)| emupos.port(name).exists())
            || TcpStream::connect((Ipv4Addr::LOCALHOST, api)).is_err()
        {
            let log = || fs::read_to_string(emupos.folder.join("log")).unwrap();
            assert!(Instant::now() < given_up, "it does not start: {}", log());
            std::thread::sleep(Duration::from_millis(50));
        }
        emupos
    }

    fn port(&self, name: &str) -> PathBuf {
        self.folder.join("emupos").join(name)
    }

    fn scan(&self, name: &str, code: &str) {
        let body = serde_json::json!({ "data": code, "countdown_seconds": 0 }).to_string();
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.api)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        write!(
            stream,
            "POST /api/v1/devices/{name}/scans HTTP/1.1\r\nHost: 127.0.0.1\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 202"), "{answer}");
    }
}

impl Drop for Emupos {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A seal as long as those on papers, in the letters that they have.
fn seal() -> String {
    let letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    format!("MW1:{}", letters.repeat(14))
}

#[tokio::test]
#[ignore = "needs emupos: make oracle-test"]
async fn codes_of_a_foreign_scanner_come_as_they_were_scanned_however_they_end() {
    let emupos = Emupos::start();
    let codes = ["8801234567893".to_owned(), "한빛시 민원".to_owned(), seal()];
    for (name, framing) in scanners() {
        let settings = SerialSettings {
            path: emupos.port(name),
            baud: 9600,
        };
        let (tell, mut told) = unbounded_channel();
        let driver = SerialScanner::new(framing);
        let orders = start(driver, settings, move |event| drop(tell.send(event)));
        let mut next = async || timeout(PATIENCE, told.recv()).await.unwrap().unwrap();
        assert!(matches!(next().await, BarcodeReaderEvent::Status(_)));
        for code in &codes {
            orders.send(BarcodeReaderOrder::Read).unwrap();
            emupos.scan(name, code);
            let BarcodeReaderEvent::Scanned(scanned) = next().await else {
                panic!("{name} did not read {code}");
            };
            assert_eq!(scanned.text.reveal(), code, "{name}");
        }
    }
}
