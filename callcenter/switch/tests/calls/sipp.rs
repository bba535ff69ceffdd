//! SIPp, a telephone nobody here wrote.

use std::{
    fs,
    net::{SocketAddr, UdpSocket},
    path::Path,
    process::{Child, Command, Output, Stdio},
    sync::atomic::{AtomicU16, Ordering},
};

/// Seconds a scenario may take before it has failed.
const PATIENCE: &str = "150s";

/// Test programs run at the same time, and each has ports of its own: by the first
/// letter of its name, below those the system hands out.
const FIRST_SOUND: u16 = 30_000 + 400 * (env!("CARGO_CRATE_NAME").as_bytes()[0] - b'a') as u16;

pub(crate) struct Sipp(Child);

impl Sipp {
    /// A caller: SIPp's own scenario, talking for so long.
    pub(crate) fn calls(target: SocketAddr, milliseconds: u32) -> Self {
        let talks = milliseconds.to_string();
        let arguments = ["-sn", "uac", "-s", "110", "-d", &talks];
        Self::start(target, free_port(), &arguments)
    }

    /// Registers an agent's telephone; answers the port it is reached at.
    pub(crate) fn registers(target: SocketAddr, account: &str) -> u16 {
        let port = free_port();
        let password = format!("secret-{account}");
        Self::registering(target, port, account, &password).succeeds();
        port
    }

    /// Wants to register with this password at this port.
    pub(crate) fn registering(
        target: SocketAddr,
        port: u16,
        account: &str,
        password: &str,
    ) -> Self {
        let arguments = ["-s", account, "-au", account, "-ap", password];
        Self::scenario("agent_registers", target, port, &arguments)
    }

    /// What that telephone does when it rings.
    pub(crate) fn agent(scenario: &str, target: SocketAddr, port: u16) -> Self {
        Self::scenario(scenario, target, port, &[])
    }

    /// A kiosk that calls a room with the telephone it was lent.
    pub(crate) fn kiosk(scenario: &str, target: SocketAddr, room: &str, password: &str) -> Self {
        let arguments = ["-s", room, "-au", "kiosk-2", "-ap", password, "-rtp_echo"];
        Self::scenario(scenario, target, free_port(), &arguments)
    }

    /// A telephone that does what is written.
    pub(crate) fn plays(xml: String, target: SocketAddr, port: u16, arguments: &[&str]) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let file = folder.join(format!("flow-{port}.xml"));
        fs::write(&file, xml).unwrap();
        let scenario = ["-sf", file.to_str().unwrap()];
        Self::start(target, port, &[&scenario, arguments].concat())
    }

    fn scenario(name: &str, target: SocketAddr, port: u16, arguments: &[&str]) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sipp");
        let file = folder.join(name).with_extension("xml");
        let scenario = ["-sf", file.to_str().unwrap()];
        Self::start(target, port, &[&scenario, arguments].concat())
    }

    pub(crate) fn start(target: SocketAddr, port: u16, arguments: &[&str]) -> Self {
        // Each has a port for sound of its own, below those the system hands out: a
        // telephone that is gone must not be answered for by another.
        static SOUND: AtomicU16 = AtomicU16::new(FIRST_SOUND);
        let sound = SOUND.fetch_add(4, Ordering::Relaxed).to_string();
        let child = Command::new("sipp")
            .arg(target.to_string())
            .args(["-i", "127.0.0.1", "-p", &port.to_string(), "-mp", &sound])
            .args([
                "-m",
                "1",
                "-nostdin",
                "-timeout_error",
                "-timeout",
                PATIENCE,
            ])
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("sipp must be there (Debian: sip-tester); without it nothing here is proven");
        Self(child)
    }

    /// Waits until the call went as it is written.
    pub(crate) fn succeeds(self) {
        let output = self.0.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", said(&output));
    }
}

impl Sipp {
    pub(crate) fn fails(self) {
        let output = self.0.wait_with_output().unwrap();
        assert!(!output.status.success(), "{}", said(&output));
    }
}

fn said(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let screen = text(&output.stdout);
    let last: Vec<&str> = screen.lines().rev().take(40).collect();
    let last: Vec<&str> = last.into_iter().rev().collect();
    format!("{}\n{}", text(&output.stderr), last.join("\n"))
}

pub(crate) fn free_port() -> u16 {
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    socket.local_addr().unwrap().port()
}
