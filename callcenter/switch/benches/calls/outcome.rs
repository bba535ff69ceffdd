//! What SIPp counted of its calls.

use std::{fmt, fs, path::Path, time::Duration};

/// The answer is late when a message would be repeated: T1 of RFC 3261 §17.1.1.1.
const LATE_MS: f64 = 500.0;
/// A rate that is not nearly reached was not sustained.
const REACHED: f64 = 0.97;

pub(crate) struct Outcome {
    rate: u32,
    begun: u64,
    pub(crate) successful: u64,
    failed: u64,
    /// Messages the callers sent more than once.
    repeated: u64,
    /// From each INVITE to its 200, in order of length.
    answered_ms: Vec<f64>,
    /// With what the last calls took.
    pub(crate) lasted: Duration,
    /// New calls a second, over all whole seconds of them.
    reached: f64,
}

impl Outcome {
    /// From the files SIPp has left in this folder.
    pub(crate) fn read(folder: &Path, rate: u32, lasted: Duration) -> Self {
        let totals = fs::read_to_string(folder.join("totals.csv")).unwrap();
        let names: Vec<&str> = totals.lines().next().unwrap().split(';').collect();
        let rows: Vec<Vec<&str>> = totals
            .lines()
            .skip(1)
            .map(|it| it.split(';').collect())
            .collect();
        let column = |name: &str| names.iter().position(|it| *it == name).unwrap();
        let last = |name: &str| rows.last().unwrap()[column(name)].parse().unwrap();
        let begun: u64 = last("TotalCallCreated");
        Self {
            rate,
            begun,
            successful: last("SuccessfulCall(C)"),
            failed: last("FailedCall(C)"),
            repeated: last("Retransmissions(C)"),
            answered_ms: answered(folder),
            lasted,
            reached: reached(&rows, &column),
        }
    }

    /// Nothing was lost, repeated or late.
    pub(crate) fn is_sound(&self) -> bool {
        self.failed == 0
            && self.successful == self.begun
            && self.repeated == 0
            && self.quantile(0.99) < LATE_MS
            && self.reached >= REACHED * f64::from(self.rate)
    }

    fn quantile(&self, share: f64) -> f64 {
        let place = (self.answered_ms.len() as f64 * share) as usize;
        self.answered_ms.get(place).copied().unwrap_or(f64::NAN)
    }
}

fn reached(rows: &[Vec<&str>], column: &impl Fn(&str) -> usize) -> f64 {
    let begun = column("OutgoingCall(P)");
    let beginning = rows.iter().filter(|row| row[begun] != "0");
    let seconds: Vec<&Vec<&str>> = beginning.collect();
    // In the last of them fewer were left to begin.
    let [.., row, _] = seconds[..] else {
        return f64::NAN;
    };
    let time = |name| -> f64 {
        let (_, epoch) = row[column(name)].rsplit_once('\t').unwrap();
        epoch.parse().unwrap()
    };
    let all: f64 = row[column("TotalCallCreated")].parse().unwrap();
    all / (time("CurrentTime") - time("StartTime"))
}

fn answered(folder: &Path) -> Vec<f64> {
    let mut times = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let file = entry.unwrap().path();
        if !file.to_string_lossy().ends_with("_rtt.csv") {
            continue;
        }
        let text = fs::read_to_string(file).unwrap();
        let fields = text.lines().skip(1).filter_map(|it| it.split(';').nth(1));
        times.extend(fields.filter_map(|it| it.parse::<f64>().ok()));
    }
    times.sort_by(f64::total_cmp);
    times
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "  {:5} calls/s asked, {:6.0} reached: {} of {} succeeded, {} messages repeated; \
             answered after p50 {:.1} ms, p99 {:.1} ms",
            self.rate,
            self.reached,
            self.successful,
            self.begun,
            self.repeated,
            self.quantile(0.5),
            self.quantile(0.99),
        )
    }
}
