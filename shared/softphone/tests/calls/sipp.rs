//! SIPp as the other end.

use std::{
    net::{SocketAddr, UdpSocket},
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use crate::desk::Desk;

/// How long a scenario may take before it has failed.
const PATIENCE_SECONDS: u64 = 30;

/// A running SIPp.
pub(crate) struct Sipp {
    child: Child,
    scenario: &'static str,
    pub(crate) address: SocketAddr,
}

impl Sipp {
    /// A scenario that waits for a request, at an address of its own.
    pub(crate) fn listens(scenario: &'static str) -> Self {
        let address = free_address();
        let sipp = Self::start(scenario, address, &[]);
        let given_up = Instant::now() + Duration::from_secs(PATIENCE_SECONDS);
        while UdpSocket::bind(address).is_ok() {
            assert!(Instant::now() < given_up, "{scenario} does not listen");
            std::thread::sleep(Duration::from_millis(20));
        }
        sipp
    }

    /// A scenario that calls a desk whose registrar it is.
    pub(crate) fn calls(
        scenario: &'static str,
        desk: impl FnOnce(SocketAddr) -> Desk,
    ) -> (Self, Desk) {
        let address = free_address();
        let desk = desk(address);
        let target = desk.address().to_string();
        (Self::start(scenario, address, &[&target]), desk)
    }

    fn start(scenario: &'static str, address: SocketAddr, arguments: &[&str]) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sipp");
        let file = folder.join(scenario).with_extension("xml");
        assert!(file.is_file(), "{} is missing", file.display());
        let child = Command::new("sipp")
            .args(arguments)
            .args(["-sf", file.to_str().unwrap()])
            .args(["-i", &address.ip().to_string()])
            .args(["-p", &address.port().to_string()])
            .args(["-m", "1", "-nostdin", "-timeout_error"])
            .args(["-timeout", &format!("{PATIENCE_SECONDS}s")])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("sipp must be there (Debian: sip-tester)");
        Self {
            child,
            scenario,
            address,
        }
    }

    /// Waits until the scenario went as it is written.
    pub(crate) fn succeeds(self) {
        let Self {
            child, scenario, ..
        } = self;
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{scenario}: {errors}\n{said}");
    }
}

fn free_address() -> SocketAddr {
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    socket.local_addr().unwrap()
}
