//! SIPp, a telephone nobody here wrote, as a child of the test.

use std::{
    net::{SocketAddr, UdpSocket},
    path::Path,
    process::{Output, Stdio},
    time::Duration,
};

use tokio::process::{Child, Command};

/// How long a scenario may take before it has failed.
const PATIENCE: Duration = Duration::from_secs(40);

/// A running SIPp.
pub(crate) struct Sipp {
    child: Child,
    scenario: String,
    /// Where it listens.
    pub(crate) address: SocketAddr,
}

impl Sipp {
    /// Starts one of SIPp's own scenarios against `target`.
    pub(crate) fn built_in(name: &str, target: SocketAddr, arguments: &[&str]) -> Self {
        Self::start(name, target, &[&["-sn", name], arguments].concat())
    }

    /// Starts a scenario of `tests/sipp` against `target`.
    pub(crate) fn scenario(name: &str, target: SocketAddr, arguments: &[&str]) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sipp");
        let file = folder.join(name).with_extension("xml");
        assert!(file.is_file(), "{} is missing", file.display());
        let file = file.to_str().unwrap();
        Self::start(name, target, &[&["-sf", file], arguments].concat())
    }

    fn start(scenario: &str, target: SocketAddr, arguments: &[&str]) -> Self {
        let address = free_address();
        let child = Command::new("sipp")
            .arg(target.to_string())
            .args(["-i", &address.ip().to_string()])
            .args(["-p", &address.port().to_string()])
            .args(["-m", "1", "-nostdin", "-timeout_error"])
            .args(["-timeout", &format!("{}s", PATIENCE.as_secs())])
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .stdin(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect("sipp must be there (Debian: sip-tester); without it nothing here is proven");
        Self {
            child,
            scenario: scenario.to_owned(),
            address,
        }
    }

    /// Waits until every call of the scenario went as it is written.
    pub(crate) async fn succeeds(self) {
        let scenario = self.scenario.clone();
        let output = self.ends().await;
        assert!(output.status.success(), "{scenario}: {}", said(&output));
    }

    /// Waits until a call did not go as it is written. SIPp says so with 1; with
    /// anything else it did not run at all.
    pub(crate) async fn fails(self) {
        let scenario = self.scenario.clone();
        let output = self.ends().await;
        assert_eq!(
            output.status.code(),
            Some(1),
            "{scenario}: {}",
            said(&output)
        );
    }

    async fn ends(self) -> Output {
        tokio::time::timeout(PATIENCE * 2, self.child.wait_with_output())
            .await
            .expect("sipp ends by itself")
            .unwrap()
    }
}

/// What SIPp said last, without its screens.
fn said(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let screen = text(&output.stdout);
    let last: Vec<&str> = screen.lines().rev().take(40).collect();
    let last: Vec<&str> = last.into_iter().rev().collect();
    format!("{}\n{}", text(&output.stderr), last.join("\n"))
}

/// An address the system hands out.
pub(crate) fn free_address() -> SocketAddr {
    UdpSocket::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
}
