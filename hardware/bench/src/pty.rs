//! Gives a simulated device a line: a pseudo-terminal, as a serial adapter would.

use std::{
    fs::{self, File},
    io::{self, Read, Write},
    os::{
        fd::{AsFd, OwnedFd},
        unix::net::UnixStream,
    },
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    thread::JoinHandle,
    time::Instant,
};

use nix::{
    fcntl::{FcntlArg, FdFlag, OFlag, fcntl},
    poll::{PollFd, PollFlags, PollTimeout, poll},
    pty::openpty,
    sys::termios::{SetArg, cfmakeraw, tcgetattr, tcsetattr},
    unistd::ttyname,
};

use crate::Twin;

/// A device with its plug. The path stays the same when it is pulled and put
/// back, as with the names below `/dev/serial/by-path`.
pub struct Plug<T: Twin> {
    twin: Arc<Mutex<T>>,
    plugged: Arc<AtomicBool>,
    ended: Arc<AtomicBool>,
    bell: UnixStream,
    path: PathBuf,
    thread: Option<JoinHandle<()>>,
}

impl<T: Twin> Plug<T> {
    /// Plugs the device in.
    ///
    /// # Errors
    /// When the machine has no pseudo-terminal left.
    pub fn host(twin: T) -> io::Result<Self> {
        static PLUGS: AtomicU32 = AtomicU32::new(0);
        let number = PLUGS.fetch_add(1, Ordering::Relaxed);
        let path =
            std::env::temp_dir().join(format!("minwon-line-{}-{number}", std::process::id()));
        let (bell, ear) = UnixStream::pair()?;
        ear.set_nonblocking(true)?;
        let mut host = Host {
            twin: Arc::new(Mutex::new(twin)),
            plugged: Arc::new(AtomicBool::new(true)),
            ended: Arc::default(),
            ear,
            path: path.clone(),
            line: None,
            unsent: Vec::new(),
        };
        host.line = Some(Line::open(&path)?);
        let (twin, plugged, ended) = (
            Arc::clone(&host.twin),
            Arc::clone(&host.plugged),
            Arc::clone(&host.ended),
        );
        let thread = std::thread::Builder::new()
            .name("bench-line".to_owned())
            .spawn(move || host.run())?;
        Ok(Self {
            twin,
            plugged,
            ended,
            bell,
            path,
            thread: Some(thread),
        })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Does something to the device, such as changing its mood.
    pub fn with<R>(&self, act: impl FnOnce(&mut T) -> R) -> R {
        let done = act(&mut lock(&self.twin));
        self.ring();
        done
    }

    pub fn unplug(&self) {
        self.plugged.store(false, Ordering::SeqCst);
        self.ring();
    }

    pub fn plug(&self) {
        self.plugged.store(true, Ordering::SeqCst);
        self.ring();
    }

    fn ring(&self) {
        let _ = (&self.bell).write_all(&[0]);
    }
}

impl<T: Twin> Drop for Plug<T> {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::SeqCst);
        self.ring();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
        let _ = fs::remove_file(&self.path);
    }
}

fn lock<T>(twin: &Mutex<T>) -> MutexGuard<'_, T> {
    twin.lock().unwrap_or_else(PoisonError::into_inner)
}

struct Line {
    master: File,
    /// Held open, so that a driver may come and go without the line breaking.
    _slave: OwnedFd,
}

impl Line {
    fn open(path: &Path) -> io::Result<Self> {
        let ends = openpty(None, None)?;
        let mut settings = tcgetattr(&ends.slave)?;
        cfmakeraw(&mut settings);
        tcsetattr(&ends.slave, SetArg::TCSANOW, &settings)?;
        fcntl(&ends.master, FcntlArg::F_SETFL(OFlag::O_NONBLOCK))?;
        // A program that is started meanwhile would hold the line after it was pulled.
        for end in [ends.master.as_fd(), ends.slave.as_fd()] {
            fcntl(end, FcntlArg::F_SETFD(FdFlag::FD_CLOEXEC))?;
        }
        let _ = fs::remove_file(path);
        std::os::unix::fs::symlink(ttyname(&ends.slave)?, path)?;
        Ok(Self {
            master: File::from(ends.master),
            _slave: ends.slave,
        })
    }
}

/// The thread's own half.
struct Host<T> {
    twin: Arc<Mutex<T>>,
    plugged: Arc<AtomicBool>,
    ended: Arc<AtomicBool>,
    ear: UnixStream,
    path: PathBuf,
    line: Option<Line>,
    unsent: Vec<u8>,
}

impl<T: Twin> Host<T> {
    fn run(mut self) {
        while !self.ended.load(Ordering::SeqCst) {
            self.follow_plug();
            let due = self.speak();
            self.wait(due);
            self.listen();
        }
    }

    fn follow_plug(&mut self) {
        match (self.plugged.load(Ordering::SeqCst), self.line.is_some()) {
            (false, true) => {
                let _ = fs::remove_file(&self.path);
                self.line = None;
                self.unsent.clear();
            }
            (true, false) => self.line = Line::open(&self.path).ok(),
            (true, true) | (false, false) => {}
        }
    }

    /// Sends what the device has to say; answers when it wants to be asked again.
    fn speak(&mut self) -> Option<Instant> {
        let mut twin = lock(&self.twin);
        let now = Instant::now();
        if twin.poll_timeout().is_some_and(|due| due <= now) {
            twin.handle_timeout(now);
        }
        while let Some(bytes) = twin.poll_wire() {
            if self.line.is_some() {
                self.unsent.extend(bytes);
            }
        }
        if let Some(Line { master, .. }) = &mut self.line {
            while !self.unsent.is_empty() {
                match master.write(&self.unsent) {
                    Ok(count) => drop(self.unsent.drain(..count)),
                    Err(_) => break,
                }
            }
        }
        twin.poll_timeout()
    }

    fn wait(&self, due: Option<Instant>) {
        let left = due.map(|due| due.saturating_duration_since(Instant::now()).as_millis() + 1);
        let timeout = left.map_or(PollTimeout::NONE, |left| {
            PollTimeout::try_from(left).unwrap_or(PollTimeout::MAX)
        });
        let mut wanted = vec![PollFd::new(self.ear.as_fd(), PollFlags::POLLIN)];
        if let Some(line) = &self.line {
            let mut flags = PollFlags::POLLIN;
            flags.set(PollFlags::POLLOUT, !self.unsent.is_empty());
            wanted.push(PollFd::new(line.master.as_fd(), flags));
        }
        let _ = poll(&mut wanted, timeout);
    }

    fn listen(&mut self) {
        let mut buffer = [0; 4096];
        while matches!(self.ear.read(&mut buffer), Ok(count) if count > 0) {}
        let Some(Line { master, .. }) = &mut self.line else {
            return;
        };
        while let Ok(count @ 1..) = master.read(&mut buffer) {
            lock(&self.twin).receive(&buffer[..count], Instant::now());
        }
    }
}
