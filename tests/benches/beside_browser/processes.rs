//! What a program and all it has started weigh and work, as the system counts it.

use std::{collections::BTreeMap, fs, time::Duration};

/// Ticks of the system's accounting in a second (`getconf CLK_TCK`), on every Linux.
const TICKS: f64 = 100.0;

/// A process and its descendants.
pub(crate) fn family(root: u32) -> Vec<u32> {
    let mut children: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for entry in fs::read_dir("/proc").unwrap().map_while(Result::ok) {
        let Ok(process) = entry.file_name().to_string_lossy().parse::<u32>() else {
            continue;
        };
        if let Some(parent) = stat(process).and_then(|it| it.get(1)?.parse().ok()) {
            children.entry(parent).or_default().push(process);
        }
    }
    let mut family = vec![root];
    let mut at = 0;
    while let Some(process) = family.get(at) {
        family.extend(
            children
                .get(process)
                .into_iter()
                .flatten()
                .copied()
                .collect::<Vec<_>>(),
        );
        at += 1;
    }
    family
}

/// How long they have worked so far.
pub(crate) fn worked(family: &[u32]) -> Duration {
    let ticks: u64 = family
        .iter()
        .filter_map(|process| {
            let stat = stat(*process)?;
            let ticks = |at: usize| stat.get(at)?.parse::<u64>().ok();
            Some(ticks(11)? + ticks(12)?)
        })
        .sum();
    Duration::from_secs_f64(ticks as f64 / TICKS)
}

/// Memory in KiB; what they share is counted once.
pub(crate) fn weight(family: &[u32]) -> u64 {
    let of = |process: &u32| {
        let rollup = fs::read_to_string(format!("/proc/{process}/smaps_rollup")).ok()?;
        let line = rollup.lines().find(|it| it.starts_with("Pss:"))?;
        line.split_whitespace().nth(1)?.parse::<u64>().ok()
    };
    family.iter().filter_map(of).sum()
}

/// The fields behind the program's name: its state comes first.
fn stat(process: u32) -> Option<Vec<String>> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let (_, fields) = stat.rsplit_once(')')?;
    Some(fields.split_whitespace().map(str::to_owned).collect())
}
