//! The kiosk's own program in its window, on a desktop without a monitor.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
};

use bench::kiosk_bench::KioskBench;
use request::Timestamp;

use crate::{office::Office, stand::kiosk_settings};

/// A program that ends with whoever started it.
pub struct Process(pub Child);

impl Process {
    /// Starts a program that says in its first line where it is to be found.
    pub fn named(command: &mut Command) -> (Self, String) {
        let program = command.get_program().to_owned();
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{} cannot be started: {error}", program.display()));
        let mut line = String::new();
        let out = child.stdout.take().unwrap();
        BufReader::new(out).read_line(&mut line).unwrap();
        assert!(!line.trim().is_empty(), "{} ends", program.display());
        (Self(child), line.trim().to_owned())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// An X server as large as a kiosk's panel, with a bus of its own.
pub struct Desktop {
    pub display: String,
    bus: String,
    folder: PathBuf,
    /// Last in, first out: programs before what they lean on.
    _bus: Process,
    _screen: Process,
}

impl Desktop {
    pub fn open() -> Self {
        static DESKTOPS: AtomicU32 = AtomicU32::new(0);
        let number = DESKTOPS.fetch_add(1, Ordering::Relaxed);
        let folder =
            std::env::temp_dir().join(format!("minwon-desktop-{}-{number}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let mut xvfb = Command::new("Xvfb");
        xvfb.args(["-displayfd", "1", "-screen", "0", "1080x1920x24"])
            .args(["-nolisten", "tcp", "-noreset", "-fbdir"])
            .arg(&folder)
            .stderr(Stdio::null());
        let (screen, display) = Process::named(&mut xvfb);
        let display = format!(":{display}");
        let mut daemon = Command::new("dbus-daemon");
        daemon
            .args(["--session", "--nofork", "--nopidfile", "--print-address=1"])
            .env("DISPLAY", &display)
            .stderr(Stdio::null());
        let (bus, address) = Process::named(&mut daemon);
        Self {
            display,
            bus: address,
            folder,
            _bus: bus,
            _screen: screen,
        }
    }

    /// The folder in which Xvfb keeps the screen's pixels.
    pub fn pixels(&self) -> &Path {
        &self.folder
    }

    /// Lets a program run here.
    pub fn furnish<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command
            .env("DISPLAY", &self.display)
            .env("DBUS_SESSION_BUS_ADDRESS", &self.bus)
            .env_remove("WAYLAND_DISPLAY")
    }
}

impl Drop for Desktop {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Office and devices of a kiosk that is a process of its own.
pub struct Booth {
    pub office: Office,
    pub bench: KioskBench,
    clock: Timestamp,
    folder: PathBuf,
}

impl Booth {
    pub fn open(clock: Timestamp) -> Self {
        let folder = std::env::temp_dir().join(format!("minwon-booth-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        let office = Office::open(clock);
        let bench = KioskBench::start(&folder.join("a4")).unwrap();
        let url = format!("https://{}", office.address());
        let settings = kiosk_settings(&office, &url, &bench.settings(), &folder)
            + "[headphones]\ndevice = \"null\"\n";
        fs::write(folder.join("kiosk.toml"), settings).unwrap();
        Self {
            office,
            bench,
            clock,
            folder,
        }
    }

    /// The kiosk's program, ready to be started.
    pub fn kiosk(&self, program: &Path, desktop: &Desktop) -> Command {
        let mut kiosk = Command::new(program);
        desktop
            .furnish(&mut kiosk)
            .arg(self.folder.join("kiosk.toml"))
            .args(["--clock", &self.clock.as_millis().to_string()])
            .env("SLINT_BACKEND", "winit-software")
            .env("SLINT_SCALE_FACTOR", "1")
            .env("RUST_LOG", "error")
            .stdin(Stdio::null())
            .stdout(Stdio::null());
        kiosk
    }
}

impl Drop for Booth {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// The kiosk's program: what `MINWON_KIOSK` names, or what was built beside this one.
pub fn kiosk_program() -> PathBuf {
    let named = std::env::var_os("MINWON_KIOSK").map(PathBuf::from);
    let program = named.unwrap_or_else(|| {
        let this = std::env::current_exe().unwrap();
        let built = this.ancestors().nth(2).unwrap();
        built.join("minwon-kiosk")
    });
    assert!(
        program.is_file(),
        "{} is not built: cargo build --workspace --test screen_reader --bin minwon-kiosk",
        program.display()
    );
    program
}
