//! What was measured, side by side.

use std::time::Duration;

use serde_json::{Value, json};

use crate::trial::Figures;

impl Figures {
    pub(crate) fn json(&self) -> Value {
        json!({
            "first_frame_ms": { "p50": at(&self.first_frame, 50), "times": self.first_frame.len() },
            "touch_to_frame_ms": spread(&self.touch),
            "transition_ms": spread(&self.transition),
            "idle_percent_of_a_processor": round(self.idle),
            "memory_mib": self.weight_kib / 1024,
            "processes": self.processes,
        })
    }
}

pub(crate) fn print(kiosk: &Figures, browser: &Figures) {
    println!("  {:42}{:>10}{:>10}{:>8}", "", "kiosk", "Chromium", "ratio");
    let row = |what: &str, of: &dyn Fn(&Figures) -> f64| {
        let (ours, theirs) = (of(kiosk), of(browser));
        let ratio = match ours > 0.0 {
            true => format!("{:.1}", theirs / ours),
            false => "-".to_owned(),
        };
        println!("  {what:42}{ours:10.1}{theirs:10.1}{ratio:>8}");
    };
    row("process start to first frame, ms, median", &|it| {
        at(&it.first_frame, 50)
    });
    row("touch to the pressed button, ms, median", &|it| {
        at(&it.touch, 50)
    });
    row("touch to the pressed button, ms, p99", &|it| {
        at(&it.touch, 99)
    });
    row("release to the whole next screen, ms, median", &|it| {
        at(&it.transition, 50)
    });
    row("release to the whole next screen, ms, p99", &|it| {
        at(&it.transition, 99)
    });
    row("at rest, % of a processor", &|it| it.idle);
    row("memory, MiB (PSS of all its processes)", &|it| {
        it.weight_kib as f64 / 1024.0
    });
    row("processes", &|it| it.processes as f64);
}

pub(crate) fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

fn spread(times: &[Duration]) -> Value {
    json!({ "p50": at(times, 50), "p99": at(times, 99), "times": times.len() })
}

/// Milliseconds that so many of a hundred are within.
fn at(times: &[Duration], share: usize) -> f64 {
    let mut times = times.to_vec();
    times.sort();
    round(times[(times.len() - 1) * share / 100].as_secs_f64() * 1_000.0)
}

fn round(figure: f64) -> f64 {
    (figure * 100.0).round() / 100.0
}
