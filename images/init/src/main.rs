//! `minwon-init`: the first process of the tiny image. It does what `/etc/minwon/orders`
//! says, keeps the kiosk running and the ports named, and puts the machine out when its
//! power button is pressed. What it does it says on the console.

use std::{
    ffi::CStr,
    fs::{self, File},
    io::{Read, Write, stdout},
    os::unix::process::ExitStatusExt,
    path::Path,
    process::{Child, Command},
    sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    thread,
    time::{Duration, Instant},
};

use appliance_init::{Orders, configure, is_named, name_ports};
use nix::{
    errno::Errno,
    kmod::{ModuleInitFlags, finit_module},
    mount::{MsFlags, mount},
    sys::reboot::{RebootMode, reboot},
};

const ORDERS: &str = "/etc/minwon/orders";
const SYSFS: &str = "/sys";
const DEV: &str = "/dev";
/// USB devices need a moment to be found; a kiosk without them says so by itself.
const PORTS_WAIT: Duration = Duration::from_secs(20);
const LOOK_AGAIN: Duration = Duration::from_millis(500);
const PAUSE_AFTER_CRASH: Duration = Duration::from_secs(1);
/// A kiosk that ends so often at once never gets on.
const STARTS_MAX: u32 = 5;
/// `struct input_event` and a press of KEY_POWER in it (linux/input-event-codes.h).
const INPUT_EVENT_BYTES: usize = 24;
const KEY: u16 = 1;
const KEY_POWER: u16 = 116;

enum Happening {
    PowerButton,
    Ended(String),
}

fn main() {
    let ended = match run() {
        Ok(()) => "the power button was pressed".to_owned(),
        Err(error) => format!("FAILED: {error}"),
    };
    say(&format!("powering off: {ended}"));
    nix::unistd::sync();
    // Comes back only when this is not the first process.
    let Err(error) = reboot(RebootMode::RB_POWER_OFF);
    say(&format!("the machine cannot be put out: {error}"));
}

/// Says something with the seconds since the kernel's start.
fn say(words: &str) {
    let uptime = fs::read_to_string("/proc/uptime").unwrap_or_default();
    let seconds = uptime.split(' ').next().unwrap_or("?");
    let _ = writeln!(stdout(), "minwon-init {seconds}: {words}\r");
}

fn run() -> Result<(), String> {
    mount_all().map_err(|error| format!("nothing can be mounted: {error}"))?;
    let text = fs::read_to_string(ORDERS).map_err(|error| format!("{ORDERS}: {error}"))?;
    let orders = Orders::parse(&text).map_err(|error| format!("{ORDERS}: {error}"))?;
    say("mounted");
    load_modules(&orders.modules);
    if let Some(address) = &orders.address {
        match configure(Path::new(SYSFS), address) {
            Ok(()) => say(&format!("{} is {}", address.interface, address.address)),
            Err(error) => say(&format!("no network: {error}")),
        }
    }
    await_ports(&orders);
    let (tell, happenings) = channel();
    watch_power_button(&tell);
    keep_running(&orders, &tell, &happenings)
}

fn mount_all() -> Result<(), Errno> {
    for folder in ["/proc", "/sys", "/dev", "/run", "/tmp"] {
        let _ = fs::create_dir_all(folder);
    }
    let none = None::<&str>;
    let strict = MsFlags::MS_NOSUID | MsFlags::MS_NOEXEC;
    mount(Some("proc"), "/proc", Some("proc"), strict, none)?;
    mount(Some("sysfs"), "/sys", Some("sysfs"), strict, none)?;
    match mount(Some("dev"), "/dev", Some("devtmpfs"), strict, none) {
        // The kernel may have done it.
        Ok(()) | Err(Errno::EBUSY) => {}
        Err(error) => return Err(error),
    }
    mount(Some("run"), "/run", Some("tmpfs"), strict, none)?;
    mount(Some("tmp"), "/tmp", Some("tmpfs"), strict, none)
}

/// A module that does not load leaves the others: a kiosk without a watchdog is a kiosk.
fn load_modules(files: &[String]) {
    let no_parameters: &CStr = c"";
    for file in files {
        let loaded = File::open(file)
            .map_err(|error| error.to_string())
            .and_then(
                |it| match finit_module(&it, no_parameters, ModuleInitFlags::empty()) {
                    Ok(()) | Err(Errno::EEXIST) => Ok(()),
                    Err(error) => Err(error.to_string()),
                },
            );
        if let Err(error) = loaded {
            say(&format!("{file} is not loaded: {error}"));
        }
    }
    say(&format!("{} modules", files.len()));
}

fn await_ports(orders: &Orders) {
    let given_up = Instant::now() + PORTS_WAIT;
    loop {
        look_after_ports(orders);
        let missing: Vec<&str> = orders
            .ports
            .iter()
            .filter(|port| !is_named(Path::new(DEV), port))
            .map(|port| port.role.as_str())
            .collect();
        if missing.is_empty() {
            return;
        }
        if Instant::now() > given_up {
            return say(&format!("missing: {}", missing.join(", ")));
        }
        thread::sleep(Duration::from_millis(50));
    }
}

fn look_after_ports(orders: &Orders) {
    match name_ports(Path::new(SYSFS), Path::new(DEV), &orders.ports) {
        Ok(changed) => changed.iter().for_each(|it| say(it)),
        Err(error) => say(&format!("ports cannot be named: {error}")),
    }
}

/// The kernel tells of the button as of a key, on an input device of its own.
fn watch_power_button(tell: &Sender<Happening>) {
    let devices = fs::read_dir("/sys/class/input").into_iter().flatten();
    for entry in devices.flatten() {
        let name = fs::read_to_string(entry.path().join("device/name")).unwrap_or_default();
        if name.trim() != "Power Button" {
            continue;
        }
        let file = Path::new("/dev/input").join(entry.file_name());
        let Ok(mut button) = File::open(file) else {
            continue;
        };
        let tell = tell.clone();
        thread::spawn(move || {
            let mut event = [0; INPUT_EVENT_BYTES];
            while button.read_exact(&mut event).is_ok() {
                let word = |at: usize| u16::from_ne_bytes([event[at], event[at + 1]]);
                if (word(16), word(18), word(20)) == (KEY, KEY_POWER, 1) {
                    let _ = tell.send(Happening::PowerButton);
                }
            }
        });
    }
}

fn keep_running(
    orders: &Orders,
    tell: &Sender<Happening>,
    happenings: &Receiver<Happening>,
) -> Result<(), String> {
    for start in 1..=STARTS_MAX {
        let [program, arguments @ ..] = orders.run.as_slice() else {
            return Err("nothing is to be run".to_owned());
        };
        let child = Command::new(program)
            .args(arguments)
            .envs(orders.environment.iter().map(|(name, value)| (name, value)))
            .spawn()
            .map_err(|error| format!("{program} cannot be started: {error}"))?;
        say(&format!("{program} runs, start {start}"));
        wait_for(child, tell.clone());
        loop {
            match happenings.recv_timeout(LOOK_AGAIN) {
                Ok(Happening::PowerButton) => return Ok(()),
                Ok(Happening::Ended(how)) => {
                    say(&format!("{program} has ended: {how}"));
                    break;
                }
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                    look_after_ports(orders);
                }
            }
        }
        thread::sleep(PAUSE_AFTER_CRASH);
    }
    Err(format!("it has ended {STARTS_MAX} times"))
}

fn wait_for(mut child: Child, tell: Sender<Happening>) {
    thread::spawn(move || {
        let how = child.wait().map_or_else(
            |error| error.to_string(),
            |status| match status.signal() {
                Some(signal) => format!("signal {signal}"),
                None => format!("code {}", status.code().unwrap_or(-1)),
            },
        );
        let _ = tell.send(Happening::Ended(how));
    });
}
