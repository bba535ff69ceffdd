//! SIPp as callers and as the telephones of all agents.

use std::{
    fmt::Write,
    fs,
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use crate::{
    outcome::Outcome,
    processor::{Cores, Used},
};

const HERE: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 1);
const AGENTS_PORT: u16 = 26_060;
const CALLERS_PORT: u16 = 26_070;
const SOUND_PORT: u16 = 26_100;
/// One address may ask ten times a second, and each telephone asks twice: without and
/// with its password.
const REGISTRATIONS_A_SECOND: &str = "4";
/// Octets that may wait for SIPp: who is not heard there must not count as lost here.
const BUFFER: &str = "4194304";
/// More than are ever open at a rate that is sustained.
const CALLS_AT_ONCE: &str = "10000";
/// How long the last calls may take after no new ones are begun.
const PATIENCE: Duration = Duration::from_secs(20);

/// The number that leads to the agents.
pub(crate) const NUMBER: &str = "110";

pub(crate) fn account(agent: u32) -> String {
    format!("agent-{agent}")
}

pub(crate) fn password(agent: u32) -> String {
    format!("secret-{agent}")
}

/// One SIPp that answers whatever rings at its port, until it is dropped.
pub(crate) struct Agents {
    child: Child,
    pub(crate) address: SocketAddr,
}

impl Agents {
    /// Registers them all at the port where they will answer.
    pub(crate) fn register(agents: u32, target: SocketAddr) {
        let folder = tempfile::tempdir().unwrap();
        let mut list = "SEQUENTIAL\n".to_owned();
        for agent in 1..=agents {
            let (account, password) = (account(agent), password(agent));
            writeln!(
                list,
                "{account};[authentication username={account} password={password}]"
            )
            .unwrap();
        }
        let file = folder.path().join("agents.csv");
        fs::write(&file, list).unwrap();
        let count = agents.to_string();
        let status = sipp(Command::new("sipp"), "registers.xml", target, AGENTS_PORT)
            .args(["-r", REGISTRATIONS_A_SECOND, "-m", &count])
            .args(["-inf", file.to_str().unwrap()])
            .status();
        assert!(started(status).success(), "not all telephones registered");
    }

    /// A SIPp that answers whoever calls.
    pub(crate) fn answer(cores: &Cores) -> Self {
        let address = SocketAddr::from((HERE, AGENTS_PORT));
        let command = cores.for_telephones("sipp");
        let child = sipp(command, "agent.xml", address, AGENTS_PORT).spawn();
        Self {
            child: started(child),
            address,
        }
    }

    pub(crate) fn used(&self) -> Used {
        Used::by(self.child.id())
    }
}

impl Drop for Agents {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// One SIPp that calls.
pub(crate) struct Callers;

impl Callers {
    /// Calls at this rate for so long, and waits for the last to end.
    pub(crate) fn call(
        target: SocketAddr,
        rate: u32,
        duration: Duration,
        cores: &Cores,
    ) -> (Outcome, Used) {
        let folder = tempfile::tempdir().unwrap();
        let calls = (u64::from(rate) * duration.as_secs()).to_string();
        let patience = (duration + PATIENCE).as_secs().to_string();
        let command = cores.for_telephones("sipp");
        let began = Instant::now();
        let child = sipp(command, "caller.xml", target, CALLERS_PORT)
            .current_dir(&folder)
            .args(["-s", NUMBER, "-r", &rate.to_string(), "-m", &calls])
            .args(["-trace_stat", "-stf", "totals.csv", "-fd", "1"])
            .args(["-trace_rtt", "-rtt_freq", "1", "-timeout", &patience])
            .args(["-l", CALLS_AT_ONCE])
            .spawn();
        let mut child = started(child);
        let used = used_until_it_ends(&mut child);
        let outcome = Outcome::read(folder.path(), rate, began.elapsed());
        (outcome, used)
    }
}

/// The system forgets a process's time when it is waited for.
fn used_until_it_ends(child: &mut Child) -> Used {
    let id = child.id().try_into().unwrap();
    let flags = nix::sys::wait::WaitPidFlag::WEXITED | nix::sys::wait::WaitPidFlag::WNOWAIT;
    let process = nix::sys::wait::Id::Pid(nix::unistd::Pid::from_raw(id));
    nix::sys::wait::waitid(process, flags).unwrap();
    let used = Used::by(child.id());
    let _ = child.wait();
    used
}

fn sipp(mut command: Command, scenario: &str, target: SocketAddr, port: u16) -> Command {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/calls/sipp");
    let file: PathBuf = folder.join(scenario);
    command
        .arg(target.to_string())
        .args(["-i", &HERE.to_string(), "-p", &port.to_string()])
        .args(["-mp", &(SOUND_PORT + port % 100).to_string()])
        .args(["-nostdin", "-sf", file.to_str().unwrap()])
        .args(["-buff_size", BUFFER])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

fn started<T>(attempt: std::io::Result<T>) -> T {
    attempt.expect("sipp must be there (Debian: sip-tester), and taskset (util-linux)")
}
