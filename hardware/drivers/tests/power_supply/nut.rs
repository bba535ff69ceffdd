//! NUT itself: its server with a supply that is none before our driver, and its client before
//! the bench's supply.

use std::{
    fs::{self, File},
    net::{Ipv4Addr, TcpListener, TcpStream},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use bench::{
    power_supply::{NAME, PowerSupply},
    socket::Socket,
};
use devices::power_supply::{PowerSupplyEvent, PowerSupplyFault, PowerSupplyStatus, Source};
use drivers::{
    auxiliaries::nut::{NutClient, UpsName},
    tcp,
};
use tempfile::TempDir;
use tokio::{
    sync::mpsc::{UnboundedReceiver, unbounded_channel},
    time::timeout,
};

const PATIENCE: Duration = Duration::from_secs(60);
/// Where Debian has them; what lies in the path looks whether the machine wants a server.
const DRIVER: &str = "/lib/nut/dummy-ups";
const SERVER: &str = "/lib/nut/upsd";

/// upsd and dummy-ups, in a folder of their own.
struct Server {
    folder: TempDir,
    port: u16,
    supply: Child,
    server: Child,
}

impl Server {
    fn start() -> Self {
        let folder = TempDir::with_prefix("nut").unwrap();
        let at = folder.path();
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = port.local_addr().unwrap().port();
        let file = at.join("supply.dev");
        let supply = format!(
            "maxretry = 1\n[kiosk]\ndriver = dummy-ups\nport = {}\nmode = dummy-loop\n\
             pollinterval = 1\n",
            file.display()
        );
        write(at, "ups.conf", &supply);
        let state = at.display();
        let server = format!("LISTEN 127.0.0.1 {port}\nSTATEPATH {state}\n");
        write(at, "upsd.conf", &server);
        write(at, "upsd.users", "");
        says(at, "OL", 90);
        let supply = run(at, DRIVER, &["-a", "kiosk", "-F"]);
        // The server looks for its drivers' sockets when it starts, and then now and again.
        until(at, || at.join("dummy-ups-kiosk").exists());
        let server = run(at, SERVER, &["-F"]);
        until(at, || {
            TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok()
        });
        Self {
            folder,
            port,
            supply,
            server,
        }
    }

    fn says(&self, flags: &str, charge: u8) {
        says(self.folder.path(), flags, charge);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        for child in [&mut self.server, &mut self.supply] {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

fn write(folder: &Path, name: &str, text: &str) {
    let file = folder.join(name);
    fs::write(&file, text).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
}

/// Whole at once: dummy-ups reads it whenever it likes.
fn says(folder: &Path, flags: &str, charge: u8) {
    let text = format!(
        "ups.status: {flags}\nbattery.charge: {charge}\nbattery.runtime: {}\n\
         ups.model: \"A \\\"big\\\" one\"\n",
        u32::from(charge) * 12
    );
    write(folder, "supply.new", &text);
    fs::rename(folder.join("supply.new"), folder.join("supply.dev")).unwrap();
}

fn run(folder: &Path, program: &str, arguments: &[&str]) -> Child {
    let log = File::options()
        .create(true)
        .append(true)
        .open(log(folder))
        .unwrap();
    let root = is_root();
    Command::new(program)
        .args(arguments)
        .args(root.then_some(["-u", "root"]).into_iter().flatten())
        .env("NUT_CONFPATH", folder)
        .env("NUT_STATEPATH", folder)
        .env("NUT_ALTPIDPATH", folder)
        .stdin(Stdio::null())
        .stdout(log.try_clone().unwrap())
        .stderr(log)
        .spawn()
        .expect("the Debian package nut-server is installed")
}

/// Only then do they want to become somebody else.
fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().unwrap();
    id.stdout.trim_ascii() == b"0"
}

fn log(folder: &Path) -> PathBuf {
    folder.join("log")
}

fn until(folder: &Path, so: impl Fn() -> bool) {
    let given_up = Instant::now() + PATIENCE;
    while !so() {
        let said = fs::read_to_string(log(folder)).unwrap_or_default();
        assert!(Instant::now() < given_up, "it does not start: {said}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

async fn next(
    told: &mut UnboundedReceiver<PowerSupplyEvent>,
    wanted: impl Fn(&PowerSupplyStatus) -> bool,
) -> PowerSupplyStatus {
    let heard = async {
        loop {
            let PowerSupplyEvent::Status(status) = told.recv().await.unwrap();
            if wanted(&status) {
                return status;
            }
        }
    };
    timeout(PATIENCE, heard).await.expect("it is not told")
}

#[tokio::test]
async fn nuts_own_server_tells_of_a_failing_mains_and_of_a_lost_supply() {
    let mut server = Server::start();
    let (tell, mut told) = unbounded_channel();
    let client = NutClient::new(UpsName::parse("kiosk").unwrap(), Instant::now());
    let address = format!("127.0.0.1:{}", server.port);
    let _orders = tcp::start(client, address.clone(), move |event| {
        let _ = tell.send(event);
    });
    let well = next(&mut told, |it| it.power.is_some()).await;
    let power = well.power.unwrap();
    assert_eq!((power.source, power.charge), (Source::Mains, Some(90)));
    assert_eq!((power.runtime_seconds, well.fault), (Some(1_080), None));

    server.says("OB DISCHRG LB", 8);
    let low = next(&mut told, |it| {
        it.fault == Some(PowerSupplyFault::BatteryLow)
    })
    .await;
    assert!(low.power.unwrap().is_ending());

    server.supply.kill().unwrap();
    let lost = next(&mut told, |it| it.fault == Some(PowerSupplyFault::Stale)).await;
    assert_eq!(lost.power, None);

    let (tell, mut told) = unbounded_channel();
    let stranger = NutClient::new(UpsName::parse("another").unwrap(), Instant::now());
    let _orders = tcp::start(stranger, address, move |event| {
        let _ = tell.send(event);
    });
    next(&mut told, |it| it.fault == Some(PowerSupplyFault::Unknown)).await;
}

#[test]
fn nuts_own_client_understands_the_benchs_supply() {
    let supply = Socket::host(PowerSupply::default()).unwrap();
    supply.with(|it| it.set_status("OB DISCHRG", 60));
    let asked = |ups: &str, more: &[&str]| {
        let output = Command::new("upsc")
            .arg(format!("{ups}@{}", supply.address()))
            .args(more)
            .output()
            .expect("the Debian package nut-client is installed");
        let said = String::from_utf8(output.stdout).unwrap();
        let trouble = String::from_utf8(output.stderr).unwrap();
        (said, trouble)
    };

    let (said, _) = asked(NAME, &[]);
    assert!(said.contains("ups.status: OB DISCHRG\n"), "{said}");
    assert!(said.contains("ups.mfr: Minwon \"bench\"\n"), "{said}");
    assert_eq!(asked(NAME, &["battery.charge"]).0, "60\n");
    let (_, trouble) = asked("another", &[]);
    assert!(trouble.contains("Unknown UPS"), "{trouble}");
    let (_, trouble) = asked(NAME, &["ups.colour"]);
    assert!(trouble.contains("Variable not supported"), "{trouble}");
}
