//! emupos as a process: its line, its faults, its pictures, its log.

use std::{
    fs::{self, File},
    io::{Read, Write},
    net::{Ipv4Addr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

const PATIENCE: Duration = Duration::from_secs(30);
const FAULTS: [&str; 4] = ["paper-out", "paper-near-end", "cover-open", "offline"];

pub(crate) struct Emupos {
    child: Child,
    folder: PathBuf,
    api: u16,
}

impl Emupos {
    pub(crate) fn start(name: &str) -> Self {
        let program = std::env::var_os("MINWON_EMUPOS").expect("`make oracle-test` runs this");
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("emupos-{name}"));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let api = port.local_addr().unwrap().port();
        drop(port);
        let settings = format!(
            "schema: 1\napi: {{ host: 127.0.0.1, port: {api} }}\ndevices:\n  - {{ id: front, \
             type: printer, profile: epson-tm-t20iii, receipts_dir: ./receipts, \
             connections: [ {{ serial: {{ pty: true }} }} ] }}\n"
        );
        fs::write(folder.join("emupos.yaml"), settings).unwrap();
        let log = File::create(folder.join("log")).unwrap();
        let child = Command::new(program)
            .args(["run", "--config", "emupos.yaml"])
            .current_dir(&folder)
            .env("TMPDIR", &folder)
            .env("COLUMNS", "400")
            .stdin(Stdio::null())
            .stderr(log.try_clone().unwrap())
            .stdout(log)
            .spawn()
            .unwrap();
        let printer = Self { child, folder, api };
        printer.wait("it starts", || {
            printer.port().exists() && TcpStream::connect((Ipv4Addr::LOCALHOST, api)).is_ok()
        });
        printer
    }

    pub(crate) fn port(&self) -> PathBuf {
        self.folder.join("emupos/front")
    }

    /// One of its faults, or `well` to clear them all.
    pub(crate) fn happens(&self, what: &str) {
        if what == "well" {
            FAULTS.iter().for_each(|fault| self.call("DELETE", fault));
        } else {
            self.call("PUT", what);
        }
    }

    fn call(&self, verb: &str, fault: &str) {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.api)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        write!(
            stream,
            "{verb} /api/v1/devices/front/faults/{fault} HTTP/1.1\r\nHost: 127.0.0.1\r\n\
             Content-Length: 0\r\nConnection: close\r\n\r\n"
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 204"), "{answer}");
    }

    /// The last picture, once so many receipts have come out.
    pub(crate) async fn picture(&self, receipts: usize) -> PathBuf {
        let given_up = Instant::now() + PATIENCE;
        loop {
            let mut pictures = self.pictures();
            assert!(pictures.len() <= receipts, "{pictures:?}");
            if pictures.len() == receipts {
                pictures.sort();
                return pictures.pop().unwrap();
            }
            assert!(Instant::now() < given_up, "{receipts} receipts come out");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    fn pictures(&self) -> Vec<PathBuf> {
        let Ok(files) = fs::read_dir(self.folder.join("receipts")) else {
            return Vec::new();
        };
        files
            .map(|file| file.unwrap().path())
            .filter(|path| path.extension().is_some_and(|end| end == "png"))
            .collect()
    }

    /// It knew every command, and its log says at all what it knew.
    pub(crate) fn assert_understood(&self) {
        let log = fs::read_to_string(self.folder.join("log")).unwrap();
        assert!(log.contains("printer.job.completed"), "{log}");
        assert!(!log.contains("unknown"), "{log}");
    }

    fn wait(&self, what: &str, done: impl Fn() -> bool) {
        let given_up = Instant::now() + PATIENCE;
        while !done() {
            assert!(Instant::now() < given_up, "{what}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Emupos {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What zbarimg reads in a picture.
pub(crate) fn read_code(picture: &Path) -> String {
    let output = Command::new("zbarimg")
        .args(["--quiet", "--raw"])
        .arg(picture)
        .output()
        .expect("the Debian package zbar-tools is installed");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// Leaves the picture where `make oracle-test` says it is.
#[allow(clippy::print_stdout)]
pub(crate) fn keep(picture: &Path) {
    let kept = Path::new(env!("CARGO_TARGET_TMPDIR")).join("receipt-by-emupos.png");
    fs::copy(picture, &kept).unwrap();
    println!("the foreign printer's receipt: {}", kept.display());
}
