//! One flow, as one test plays it: reported when the test is over, however it ends.

use std::{fs::OpenOptions, io::Write, path::PathBuf};

use crate::{Peer, plan};

/// The variable that names the file where reports are gathered.
pub const REPORTS: &str = "MINWON_FLOWS";

/// A flow that is being played. Dropped without [`Trial::saw`], it has failed.
#[must_use = "a trial that is dropped at once has failed"]
pub struct Trial {
    flow: &'static str,
    peer: Peer,
    seen: Option<String>,
    reports: Option<PathBuf>,
}

/// Begins a flow.
///
/// # Panics
/// When it is not on the plan: the table would not show it.
pub fn tried(flow: &'static str, peer: Peer) -> Trial {
    assert!(
        plan::has(flow, peer),
        "{flow:?} by {peer} is not on the plan"
    );
    Trial {
        flow,
        peer,
        seen: None,
        reports: std::env::var_os(REPORTS).map(PathBuf::from),
    }
}

impl Trial {
    /// It went as it should, and this was seen; in a few words.
    pub fn saw(mut self, seen: impl Into<String>) {
        self.seen = Some(seen.into());
    }

    /// A line of the reports: mark, flow, peer and what was seen.
    fn report(&self) -> String {
        let (mark, seen) = match &self.seen {
            Some(seen) => ("passed", seen.as_str()),
            None => ("failed", ""),
        };
        let seen: String = seen
            .chars()
            .map(|it| if it.is_control() { ' ' } else { it })
            .collect();
        format!("{mark}\t{}\t{}\t{seen}\n", self.flow, self.peer.name())
    }
}

impl Drop for Trial {
    fn drop(&mut self) {
        let Some(file) = &self.reports else {
            return;
        };
        let file = OpenOptions::new().create(true).append(true).open(file);
        // At once, so that two tests never write into each other's line.
        let written = file.and_then(|mut file| file.write_all(self.report().as_bytes()));
        if let Err(error) = written {
            eprintln!("a flow is not reported: {error}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trial(seen: Option<&str>) -> Trial {
        Trial {
            flow: "the caller gives up waiting",
            peer: Peer::SippUdp,
            seen: seen.map(str::to_owned),
            reports: None,
        }
    }

    #[test]
    fn who_has_seen_nothing_has_failed() {
        assert_eq!(
            trial(None).report(),
            "failed\tthe caller gives up waiting\tSIPp/UDP\t\n"
        );
    }

    #[test]
    fn what_was_seen_stays_on_its_line() {
        assert_eq!(
            trial(Some("488\nand\tnothing")).report(),
            "passed\tthe caller gives up waiting\tSIPp/UDP\t488 and nothing\n"
        );
    }

    #[test]
    #[should_panic(expected = "is not on the plan")]
    fn what_is_not_planned_cannot_be_tried() {
        drop(tried("nobody planned this", Peer::SippUdp));
    }
}
