//! The telephone: started, spoken with, and switched off.

use std::{
    fs,
    net::{Ipv4Addr, SocketAddr, TcpListener, UdpSocket},
    path::PathBuf,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};

use crate::{Heard, PEAK, RATE, tone, write};

const HERE: Ipv4Addr = Ipv4Addr::LOCALHOST;
/// Longer than anybody here talks: what is said is not repeated.
const SPEAKS_FOR: Duration = Duration::from_secs(120);
/// Longer than it takes on a machine that has much else to do.
const PATIENCE: Duration = Duration::from_secs(30);
const LOOKS_EVERY: Duration = Duration::from_millis(50);
/// Before the samples of a WAV file.
const HEADER: u64 = 44;

/// A telephone that runs.
pub struct Baresip {
    child: Child,
    folder: tempfile::TempDir,
    address: SocketAddr,
}

impl Baresip {
    /// Calls a URI, and says a tone of so many hertz when it is answered.
    ///
    /// # Panics
    /// When there is no such program.
    pub fn calls(number: &str, uri: &str, says: f64) -> Self {
        let account = format!("<sip:{number}@{HERE}>;regint=0");
        let dial = format!("/dial {uri}");
        Self::starts(&account, says, &["-e", &dial])
    }

    /// An agent's telephone, which has registered and answers by itself. The registrar is
    /// an address, after which `;transport=tls` may stand.
    ///
    /// # Panics
    /// When it is not believed.
    pub fn registers(account: &str, password: &str, registrar: &str, says: f64) -> Self {
        let account = format!(
            "<sip:{account}@{registrar}>;auth_user={account};auth_pass={password};\
             regint=60;answermode=auto"
        );
        let telephone = Self::starts(&account, says, &[]);
        telephone.says("200 OK");
        telephone
    }

    /// A telephone without a house that answers whoever calls its address.
    ///
    /// # Panics
    /// When there is no such program.
    pub fn answers(user: &str, says: f64) -> Self {
        let account = format!("<sip:{user}@{HERE}>;regint=0;answermode=auto");
        let telephone = Self::starts(&account, says, &[]);
        telephone.says("baresip is ready");
        telephone
    }

    /// Where it can be called.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Waits until it is in a call.
    ///
    /// # Panics
    /// When it never is.
    pub fn talks(&self) {
        self.says("Call established");
    }

    /// Waits until its call is over.
    ///
    /// # Panics
    /// When it never is.
    pub fn is_hung_up_on(&self) {
        self.says("terminated");
    }

    /// Waits until it has heard so much more.
    ///
    /// # Panics
    /// When it does not.
    pub fn hears_for(&self, seconds: u32) {
        let more = u64::from(seconds * RATE) * 2;
        let wanted = self.heard_octets() + more;
        self.waits("hears so much", || self.heard_octets() >= wanted);
    }

    /// Hangs up and is switched off; what it has heard in its last call.
    ///
    /// # Panics
    /// When it has heard nothing.
    pub fn hangs_up(mut self) -> Heard {
        let process = Pid::from_raw(self.child.id().try_into().unwrap());
        kill(process, Signal::SIGTERM).unwrap();
        self.child.wait().unwrap();
        let file = self.recording();
        Heard::read(&file.unwrap_or_else(|| panic!("it heard nothing: {}", self.log())))
    }

    fn starts(account: &str, says: f64, arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let here = folder.path().to_str().unwrap();
        let said = tone(says, PEAK, SPEAKS_FOR, RATE);
        write(&folder.path().join("tone.wav"), &said, RATE);
        let address = SocketAddr::from((HERE, free_ports()));
        let config = format!(
            "module_path /usr/lib/baresip/modules\n\
             module g711.so\nmodule aufile.so\nmodule sndfile.so\n\
             module_app account.so\nmodule_app menu.so\n\
             audio_player aufile,{here}/played.wav\n\
             audio_source aufile,{here}/tone.wav\n\
             audio_alert aufile,{here}/alert.wav\n\
             net_interface {HERE}\nsip_listen {address}\nsnd_path {here}\n"
        );
        fs::write(folder.path().join("config"), config).unwrap();
        fs::write(folder.path().join("accounts"), format!("{account}\n")).unwrap();
        let log = fs::File::create(folder.path().join("log")).unwrap();
        let child = Command::new("baresip")
            .args(["-f", here])
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn()
            .expect("baresip must be there (Debian: baresip-core)");
        Self {
            child,
            folder,
            address,
        }
    }

    fn says(&self, words: &str) {
        self.waits(words, || self.log().contains(words));
    }

    fn waits(&self, wanted: &str, is_it: impl Fn() -> bool) {
        let given_up = Instant::now() + PATIENCE;
        while !is_it() {
            assert!(Instant::now() < given_up, "{wanted:?}: {}", self.log());
            thread::sleep(LOOKS_EVERY);
        }
    }

    fn log(&self) -> String {
        let said = fs::read(self.folder.path().join("log")).unwrap_or_default();
        String::from_utf8_lossy(&said).into_owned()
    }

    /// Of its last call, named by when that was answered.
    fn recording(&self) -> Option<PathBuf> {
        let files = fs::read_dir(self.folder.path()).unwrap();
        let files = files.map(|it| it.unwrap().path());
        let is_heard = |file: &PathBuf| {
            let name = file.file_name().unwrap().to_string_lossy();
            name.starts_with("dump-") && name.ends_with("-dec.wav")
        };
        files.filter(is_heard).max()
    }

    fn heard_octets(&self) -> u64 {
        let file = self.recording().and_then(|it| fs::metadata(it).ok());
        file.map_or(0, |it| it.len().saturating_sub(HEADER))
    }
}

impl Drop for Baresip {
    fn drop(&mut self) {
        // It has gone already where it has hung up.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A port that is free for UDP and TCP, and the next for TLS.
fn free_ports() -> u16 {
    loop {
        let socket = UdpSocket::bind((HERE, 0)).unwrap();
        let port = socket.local_addr().unwrap().port();
        let next = port.checked_add(1);
        let is_free = |port: u16| TcpListener::bind((HERE, port)).is_ok();
        if is_free(port) && next.is_some_and(is_free) {
            return port;
        }
    }
}
