//! A machine in a process: a user-mode Linux whose root is this one's, read only.

use std::{
    fs,
    io::{BufRead, BufReader},
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
};

use nix::{
    sys::signal::{Signal, killpg},
    unistd::Pid,
};

const DISK_BYTES: u64 = 64 << 20;
/// A kernel that says nothing more is broken; the harness gives up on it.
const LINES_MAX: u32 = 100_000;

/// An ext4 image in a folder of its own.
pub(crate) struct Disk {
    folder: PathBuf,
}

impl Disk {
    pub(crate) fn make(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("uml-{name}"));
        let _ = fs::remove_dir_all(&folder);
        for part in ["dev", "disk"] {
            fs::create_dir_all(folder.join(part)).unwrap();
        }
        let image = fs::File::create(folder.join("disk.img")).unwrap();
        image.set_len(DISK_BYTES).unwrap();
        let made = Command::new("mkfs.ext4")
            .args(["-q", "-F"])
            .arg(folder.join("disk.img"))
            .status()
            .unwrap();
        assert!(made.success(), "mkfs.ext4 made no file system");
        Self { folder }
    }

    /// The first process of the machine: mounts the disk and becomes the guest.
    fn write_init(&self, arguments: &[&str]) -> PathBuf {
        let init = self.folder.join("init.sh");
        let folder = self.folder.display();
        let guest = env!("CARGO_BIN_EXE_guest");
        let script = format!(
            "#!/bin/sh\n\
             set -e\n\
             mount -n -t devtmpfs none '{folder}/dev'\n\
             mount -n -t ext4 '{folder}/dev/ubda' '{folder}/disk'\n\
             exec '{guest}' '{folder}/disk' {}\n",
            arguments.join(" ")
        );
        fs::write(&init, script).unwrap();
        let mut permissions = fs::metadata(&init).unwrap().permissions();
        std::os::unix::fs::PermissionsExt::set_mode(&mut permissions, 0o755);
        fs::set_permissions(&init, permissions).unwrap();
        init
    }
}

pub(crate) struct Machine {
    process: Child,
    console: BufReader<ChildStdout>,
    alive: bool,
}

impl Machine {
    pub(crate) fn start(disk: &Disk, arguments: &[&str]) -> Self {
        let init = disk.write_init(arguments);
        let mut process = Command::new("linux.uml")
            .args(["mem=256M", "rootfstype=hostfs", "rootflags=/", "ro"])
            .arg(format!("init={}", init.display()))
            .arg(format!("ubd0={}", disk.folder.join("disk.img").display()))
            .args(["con0=fd:0,fd:1", "con=null", "quiet"])
            // Its memory is a file: one that needs no disk.
            .env("TMPDIR", "/dev/shm")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .process_group(0)
            .spawn()
            .unwrap();
        let console = BufReader::new(process.stdout.take().unwrap());
        Self {
            process,
            console,
            alive: true,
        }
    }

    /// What follows `word` on the next line that begins with it; none when the
    /// machine is dead. A line cut short by death was not said.
    pub(crate) fn line(&mut self, word: &str) -> Option<String> {
        for _ in 0..LINES_MAX {
            let mut bytes = Vec::new();
            if self.console.read_until(b'\n', &mut bytes).unwrap() == 0 {
                return None;
            }
            let text = String::from_utf8_lossy(&bytes);
            let Some(line) = text.strip_suffix('\n') else {
                continue;
            };
            if let Some(rest) = line.trim_end_matches('\r').strip_prefix(word) {
                return Some(rest.to_owned());
            }
            eprintln!("machine: {}", line.trim_end());
        }
        panic!("the machine never said {word:?}");
    }

    pub(crate) fn number(&mut self, word: &str) -> u64 {
        let line = self.line(word).expect("the machine lives");
        line.parse().unwrap()
    }

    /// Lets it write up to an entry, then cuts its power. Answers the newest
    /// number it has acknowledged.
    pub(crate) fn cut_at(mut self, entry: u64) -> u64 {
        let mut last = 0;
        while last < entry {
            last = self.number("has ");
        }
        self.kill();
        while let Some(line) = self.line("has ") {
            last = line.parse().unwrap();
        }
        last
    }

    /// The machine is a group of processes.
    fn kill(&mut self) {
        if !std::mem::take(&mut self.alive) {
            return;
        }
        let group = Pid::from_raw(i32::try_from(self.process.id()).unwrap());
        let _ = killpg(group, Signal::SIGKILL);
        self.process.wait().unwrap();
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        self.kill();
    }
}
