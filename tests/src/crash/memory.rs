//! What lies in the memory of a process (proc(5): `maps` and `mem`).

use std::{
    fs::{self, File},
    os::unix::fs::FileExt,
};

/// Read at once, so that two regions are never held together.
const CHUNK: u64 = 1 << 20;

/// In which of its regions a process has one of these texts, as UTF-8 or as UTF-16; each
/// finding names the text's index and what the region is.
pub fn regions_with(process: u32, texts: &[&str]) -> Vec<(usize, String)> {
    let forms: Vec<(usize, Vec<u8>)> = texts
        .iter()
        .enumerate()
        .flat_map(|(at, text)| {
            let wide = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            [(at, text.as_bytes().to_vec()), (at, wide)]
        })
        .collect();
    let memory = File::open(format!("/proc/{process}/mem")).unwrap();
    let maps = fs::read_to_string(format!("/proc/{process}/maps")).unwrap();
    let mut found = Vec::new();
    for line in maps.lines() {
        let Some((from, to)) = writable(line) else {
            continue;
        };
        for (at, form) in &forms {
            if holds(&memory, from, to, form) {
                found.push((*at, line.to_owned()));
            }
        }
    }
    found
}

/// The ends of a region that the process may write to.
fn writable(line: &str) -> Option<(u64, u64)> {
    let mut fields = line.split_whitespace();
    let (from, to) = fields.next()?.split_once('-')?;
    let rights = fields.next()?;
    let address = |text| u64::from_str_radix(text, 16).ok();
    rights
        .starts_with("rw")
        .then_some((address(from)?, address(to)?))
}

/// A region may shrink while it is read: what is gone is not in memory.
fn holds(memory: &File, from: u64, to: u64, wanted: &[u8]) -> bool {
    let overlap = wanted.len() as u64 - 1;
    let mut at = from;
    let mut chunk = Vec::new();
    while at < to {
        let length = (CHUNK + overlap).min(to - at);
        chunk.resize(usize::try_from(length).unwrap(), 0);
        let read = memory.read_at(&mut chunk, at).unwrap_or(0);
        let first = wanted[0];
        let mut rest = &chunk[..read];
        while let Some(start) = rest.iter().position(|it| *it == first) {
            if rest[start..].starts_with(wanted) {
                return true;
            }
            rest = &rest[start + 1..];
        }
        at += CHUNK;
    }
    false
}
