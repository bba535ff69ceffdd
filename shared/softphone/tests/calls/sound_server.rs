//! A sound server without a sound card: PulseAudio with a microphone that hums at
//! 900 Hz and a loudspeaker nobody hears.

use std::{
    fs,
    path::Path,
    process::{Child, Command, Stdio},
};

/// Says that the test has its own home, where ALSA finds the sound server.
const WITHIN: &str = "MINWON_WITHIN_HOME";

/// Runs a test of this program again, with a home in which ALSA's default leads to
/// a sound server of its own. Answers whether it is there already.
pub(crate) fn has_a_home(test: &str) -> bool {
    if std::env::var_os(WITHIN).is_some() {
        return true;
    }
    let home = tempfile::tempdir().unwrap();
    let socket = home.path().join("native");
    let rules = format!(
        "pcm.!default {{ type pulse server \"unix:{0}\" }}\n\
         ctl.!default {{ type pulse server \"unix:{0}\" }}\n",
        socket.display()
    );
    fs::write(home.path().join(".asoundrc"), rules).unwrap();
    let status = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--include-ignored", "--nocapture"])
        .env(WITHIN, "yes")
        .env("HOME", home.path())
        .env("XDG_RUNTIME_DIR", home.path())
        .status();
    assert!(status.unwrap().success(), "{test} failed at home");
    false
}

/// A running sound server.
pub(crate) struct SoundServer(Child);

impl SoundServer {
    pub(crate) fn starts() -> Self {
        let home = std::env::var("HOME").unwrap();
        let socket = Path::new(&home).join("native");
        let script = Path::new(&home).join("script.pa");
        // The hum comes last: it would move to a sink that becomes the default.
        let modules = format!(
            "load-module module-null-sink sink_name=room\n\
             load-module module-null-sink sink_name=nobody rate=44100\n\
             set-default-source room.monitor\nset-default-sink nobody\n\
             load-module module-sine sink=room frequency=900\n\
             load-module module-native-protocol-unix auth-anonymous=1 socket={}\n",
            socket.display()
        );
        fs::write(&script, modules).unwrap();
        let child = Command::new("pulseaudio")
            .args(["-n", "--daemonize=no", "--exit-idle-time=-1"])
            .args(["--use-pid-file=no", "--disable-shm=yes"])
            .arg("-F")
            .arg(script)
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("pulseaudio must be there (Debian: pulseaudio)");
        Self(child)
    }
}

impl Drop for SoundServer {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
