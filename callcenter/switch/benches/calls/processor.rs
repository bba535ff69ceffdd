//! Processor time, told apart by process and thread, and who has which core.

use std::{
    collections::BTreeMap,
    fmt, fs,
    ops::{Add, Sub},
    path::Path,
    process::Command,
    thread,
};

/// proc(5): a tick is a hundredth of a second on every Linux there is.
const TICKS_A_SECOND: f64 = 100.0;

/// Processor time in user and system mode; what the system does for loopback counts
/// for who sends.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Used(f64);

impl Used {
    pub(crate) fn seconds(self) -> f64 {
        self.0
    }

    /// Of a process that has not been waited for.
    pub(crate) fn by(process: u32) -> Self {
        Self::of(Path::new(&format!("/proc/{process}/stat")))
            .unwrap()
            .1
    }

    /// The same by the names of its threads.
    pub(crate) fn by_threads(process: u32) -> BTreeMap<String, Self> {
        let mut all = BTreeMap::<String, Self>::new();
        for task in fs::read_dir(format!("/proc/{process}/task")).unwrap() {
            // A thread may end while they are looked at.
            if let Some((name, used)) = Self::of(&task.unwrap().path().join("stat")) {
                let sum = all.entry(name).or_default();
                *sum = *sum + used;
            }
        }
        all
    }

    fn of(stat: &Path) -> Option<(String, Self)> {
        let text = fs::read_to_string(stat).ok()?;
        let (front, behind) = text.rsplit_once(')')?;
        let mut fields = behind.split_whitespace().skip(11);
        let mut next = || fields.next()?.parse::<f64>().ok();
        let ticks = next()? + next()?;
        let name = front.split_once('(')?.1.to_owned();
        Some((name, Self(ticks / TICKS_A_SECOND)))
    }
}

impl Add for Used {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Used {
    type Output = Self;

    fn sub(self, before: Self) -> Self {
        Self(self.0 - before.0)
    }
}

/// The first core is the switch's, the second the telephones'.
pub(crate) struct Cores(usize);

impl Cores {
    pub(crate) fn of_this_machine() -> Self {
        Self(thread::available_parallelism().map_or(1, usize::from))
    }

    pub(crate) fn for_switch(&self, program: &str) -> Command {
        self.on(0, program)
    }

    pub(crate) fn for_telephones(&self, program: &str) -> Command {
        self.on(1, program)
    }

    fn on(&self, core: usize, program: &str) -> Command {
        if core >= self.0 {
            return Command::new(program);
        }
        // util-linux, which every Debian has.
        let mut command = Command::new("taskset");
        command.args(["-c", &core.to_string(), program]);
        command
    }
}

impl fmt::Display for Cores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            0 | 1 => write!(f, "one core for switch and telephones together"),
            cores => write!(
                f,
                "{cores} cores, of them one for the switch and one for all telephones; \
                 processor time is by process (/proc/PID/stat), the system's share with it"
            ),
        }
    }
}
