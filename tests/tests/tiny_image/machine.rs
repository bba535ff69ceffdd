//! A whole machine that QEMU plays, as its power button, its screen and a finger know it.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    os::unix::net::UnixStream,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use crate::picture::Picture;

/// A machine whose processor is played is slow on a host that has other work.
const PATIENCE: Duration = Duration::from_secs(180);
const MOMENT: Duration = Duration::from_millis(100);
/// The range of a tablet of QEMU's, both ways.
const TABLET_MOST: f32 = 32_767.0;

pub(crate) struct Machine {
    child: Child,
    monitor: BufReader<UnixStream>,
    folder: PathBuf,
    pub(crate) started: Instant,
}

impl Machine {
    /// Switches it on; `folder` has the ends that its command line names.
    pub(crate) fn start(folder: &Path, arguments: &[String]) -> Self {
        let started = Instant::now();
        let said = fs::File::create(folder.join("qemu")).unwrap();
        let mut child = Command::new("qemu-system-x86_64")
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(said)
            .spawn()
            .expect("the Debian package qemu-system-x86 is installed");
        let monitor = loop {
            if let Ok(monitor) = UnixStream::connect(folder.join("monitor")) {
                break monitor;
            }
            let ended = child.try_wait().unwrap();
            let said = || fs::read_to_string(folder.join("qemu")).unwrap();
            assert!(ended.is_none(), "QEMU does not start: {}", said());
            assert!(started.elapsed() < PATIENCE, "QEMU has no monitor");
            std::thread::sleep(MOMENT);
        };
        monitor.set_read_timeout(Some(PATIENCE)).unwrap();
        let mut machine = Self {
            child,
            monitor: BufReader::new(monitor),
            folder: folder.to_owned(),
            started,
        };
        // The monitor greets, and wants to be told that it is understood.
        machine.hear();
        machine.ask("qmp_capabilities", json!({}));
        machine
    }

    fn hear(&mut self) -> Value {
        let mut line = String::new();
        self.monitor.read_line(&mut line).unwrap();
        assert!(!line.is_empty(), "QEMU is gone: {}", self.console());
        serde_json::from_str(&line).unwrap()
    }

    fn ask(&mut self, what: &str, with: Value) -> Value {
        let question = json!({ "execute": what, "arguments": with });
        writeln!(self.monitor.get_mut(), "{question}").unwrap();
        loop {
            let heard = self.hear();
            if heard.get("event").is_none() {
                assert!(heard.get("error").is_none(), "{what}: {heard}");
                return heard["return"].clone();
            }
        }
    }

    pub(crate) fn screen(&mut self) -> Picture {
        let file = self.folder.join("screen.ppm");
        self.ask("screendump", json!({ "filename": file }));
        Picture::read_ppm(&fs::read(file).unwrap())
    }

    /// Looks at the screen until it is as wanted; answers what it was then.
    pub(crate) fn until(&mut self, what: &str, wanted: &Picture) -> Picture {
        let given_up = Instant::now() + PATIENCE;
        loop {
            let seen = self.screen();
            if seen.is_like(wanted) {
                return seen;
            }
            if Instant::now() > given_up {
                let kept = self.folder.join("kept");
                seen.write(&kept.join("seen.png"));
                wanted.write(&kept.join("wanted.png"));
                let share = seen.share_unlike(wanted);
                let console = self.console();
                panic!("{what} is not shown, {share:.3} of it is not; see {kept:?}; {console}");
            }
            std::thread::sleep(MOMENT);
        }
    }

    /// A finger touches a place of the picture and is lifted again.
    pub(crate) fn tap(&mut self, (x, y): (f32, f32), (width, height): (f32, f32)) {
        let axis = |axis: &str, share: f32| {
            let value = (share * TABLET_MOST).round() as i64;
            json!({ "type": "abs", "data": { "axis": axis, "value": value } })
        };
        let places = [axis("x", x / width), axis("y", y / height)];
        self.ask("input-send-event", json!({ "events": places }));
        for down in [true, false] {
            let press = json!({ "type": "btn", "data": { "down": down, "button": "left" } });
            self.ask("input-send-event", json!({ "events": [press] }));
            // A tablet is asked by its bus some hundred times a second, no more.
            std::thread::sleep(MOMENT);
        }
    }

    /// Somebody plugs a pen tablet into a free socket: what QEMU plays as keyboard has the number
    /// of its touch screen.
    #[allow(dead_code, reason = "the tiny image has no free sockets")]
    pub(crate) fn plug_a_stranger(&mut self) {
        self.ask(
            "device_add",
            json!({ "driver": "usb-wacom-tablet", "bus": "usb.0", "id": "stranger" }),
        );
    }

    pub(crate) fn press_power_button(&mut self) {
        self.ask("system_powerdown", json!({}));
    }

    /// Waits until it has put itself out.
    pub(crate) fn until_it_is_out(&mut self) -> ExitStatus {
        let given_up = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            let console = || self.console();
            assert!(Instant::now() < given_up, "it stays on: {}", console());
            std::thread::sleep(MOMENT);
        }
    }

    /// Everything it has said on its serial console.
    pub(crate) fn console(&self) -> String {
        let said = fs::read(self.folder.join("console")).unwrap_or_default();
        String::from_utf8_lossy(&said).into_owned()
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
