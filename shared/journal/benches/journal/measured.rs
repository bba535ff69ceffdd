//! How long things took.

use std::time::{Duration, Instant};

pub(crate) struct Measured {
    /// In order of size.
    each: Vec<Duration>,
    elapsed: Duration,
}

impl Measured {
    pub(crate) fn of(count: u64, mut deed: impl FnMut(u64)) -> Self {
        let begun = Instant::now();
        let each = (0..count)
            .map(|number| {
                let begun = Instant::now();
                deed(number);
                begun.elapsed()
            })
            .collect();
        Self::sorted(each, begun.elapsed())
    }

    /// Of several threads in the same time.
    pub(crate) fn together(threads: Vec<Self>, elapsed: Duration) -> Self {
        let each = threads.into_iter().flat_map(|it| it.each).collect();
        Self::sorted(each, elapsed)
    }

    fn sorted(mut each: Vec<Duration>, elapsed: Duration) -> Self {
        each.sort();
        Self { each, elapsed }
    }

    /// A second.
    pub(crate) fn rate(&self) -> f64 {
        self.each.len() as f64 / self.elapsed.as_secs_f64()
    }

    /// µs
    pub(crate) fn p50(&self) -> f64 {
        self.percentile(50)
    }

    /// µs
    pub(crate) fn p99(&self) -> f64 {
        self.percentile(99)
    }

    fn percentile(&self, percent: usize) -> f64 {
        self.each[(self.each.len() - 1) * percent / 100].as_secs_f64() * 1e6
    }
}

pub(crate) fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

/// The most memory this process has had (`VmHWM`, proc(5)).
pub(crate) fn memory_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|it| it.starts_with("VmHWM")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}
