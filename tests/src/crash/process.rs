//! The kiosk's process: started, listened to, told, and found dead.

use std::{
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, ChildStdin, Command, Stdio},
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    time::{Duration, Instant},
};

use request::Timestamp;

use super::line::{Said, Told};

/// Longer than anything a recovery waits for.
const PATIENCE: Duration = Duration::from_secs(180);

pub struct KioskProcess {
    child: Child,
    tell: ChildStdin,
    said: Receiver<Said>,
    /// Everything it said, for whoever counts or reads a failure.
    pub past: Vec<Said>,
}

impl KioskProcess {
    /// With a face it paints its screens, too.
    pub fn start(program: &Path, settings: &Path, clock: Timestamp, face: bool) -> Self {
        let mut child = Command::new(program)
            .arg(settings)
            .arg(clock.as_millis().to_string())
            .args(face.then_some("face"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let tell = child.stdin.take().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let (heard, said) = channel();
        std::thread::spawn(move || {
            let lines = out.lines().map_while(Result::ok);
            for said in lines.filter_map(|line| Said::read(&line)) {
                if heard.send(said).is_err() {
                    return;
                }
            }
        });
        Self {
            child,
            tell,
            said,
            past: Vec::new(),
        }
    }

    /// The process's number.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// A kiosk that has died hears nothing.
    pub fn tell(&mut self, told: &Told) {
        let _ = writeln!(self.tell, "{}", told.write()).and_then(|()| self.tell.flush());
    }

    /// The next thing it says; `None` once it is dead.
    pub fn hear(&mut self) -> Option<Said> {
        match self.said.recv_timeout(PATIENCE) {
            Ok(said) => {
                self.past.push(said.clone());
                Some(said)
            }
            Err(RecvTimeoutError::Disconnected) => None,
            Err(RecvTimeoutError::Timeout) => {
                let last = &self.past[self.past.len().saturating_sub(12)..];
                panic!("the kiosk says nothing any more: {last:?}");
            }
        }
    }

    /// Whether it has died, after it was given the time to.
    pub fn dies_within(&mut self, patience: Duration) -> bool {
        let given_up = Instant::now() + patience;
        loop {
            if let Ok(Some(_)) = self.child.try_wait() {
                return true;
            }
            if Instant::now() > given_up {
                return false;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for KioskProcess {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
