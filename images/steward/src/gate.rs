//! Whether a start counts as good: what a kiosk needs to serve is there again.
//!
//! What is no fault of the image must not undo it: a port counts only when it was well at the
//! last good start, so that an empty tray or a reader that was broken before is no reason.

use std::{collections::BTreeSet, time::Duration};

use fleet::{Check, CheckResult};
use request::Timestamp;

use crate::pulse::{Port, Pulse};

/// A machine without a picture after so long will have none.
pub const PATIENCE: Duration = Duration::from_secs(240);
/// How long a port that was well may take to answer, once the screen stands.
const PORTS_PATIENCE: Duration = Duration::from_secs(60);
/// A program that ends so often does not start.
const ENDS: u32 = 6;
/// And after so many it is asked what it lacks.
const ENDS_TO_ASK: u32 = 2;

/// What is looked at besides the pulse, once.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    /// Whether the model has a TPM: then its disk is encrypted and its root proven.
    pub tpm: bool,
    pub root_is_proven: bool,
    pub var_is_encrypted: bool,
    /// The machine was brought into service: it is the kiosk that has to come up.
    pub in_service: bool,
}

/// What is seen, about each second.
#[derive(Clone, Debug)]
pub enum Event {
    Pulse(Option<Box<Pulse>>),
    /// How often the program on the panel has ended since the start.
    Ends(u32),
    /// Whether the program read its settings and made a paper of a kind that it has, when it
    /// was asked to; none where nobody asks (a machine that is not in service).
    DryRun(Result<(), String>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    pub good: bool,
    pub checks: Vec<Check>,
    /// Those that were well.
    pub ports: BTreeSet<String>,
}

#[derive(Clone, Debug)]
pub struct Gate {
    surroundings: Surroundings,
    well_before: BTreeSet<String>,
    given_up_at: Timestamp,
    pulse: Option<Box<Pulse>>,
    screen_since: Option<Timestamp>,
    ends: u32,
    dry_run: Option<Result<(), String>>,
    verdict: Option<Verdict>,
}

impl Gate {
    /// `well_before` are the ports of the last good start.
    pub fn new(surroundings: Surroundings, well_before: BTreeSet<String>, now: Timestamp) -> Self {
        Self {
            surroundings,
            well_before,
            given_up_at: now + PATIENCE,
            pulse: None,
            screen_since: None,
            ends: 0,
            dry_run: None,
            verdict: None,
        }
    }

    pub fn handle(&mut self, event: Event, now: Timestamp) {
        match event {
            Event::Pulse(pulse) => {
                if pulse.as_ref().is_some_and(|it| it.first_frame) {
                    self.screen_since.get_or_insert(now);
                } else {
                    self.screen_since = None;
                }
                self.pulse = pulse;
            }
            Event::Ends(ends) => self.ends = ends,
            Event::DryRun(result) => self.dry_run = Some(result),
        }
        self.judge(now);
    }

    pub fn handle_timeout(&mut self, now: Timestamp) {
        self.judge(now);
    }

    pub fn poll_timeout(&self) -> Option<Timestamp> {
        self.verdict.is_none().then_some(self.given_up_at)
    }

    /// As soon as it is certain.
    pub fn poll_verdict(&mut self) -> Option<Verdict> {
        self.verdict.clone()
    }

    /// Whether a dry run is waited for.
    pub fn wants_dry_run(&self) -> bool {
        let time = self.screen_since.is_some() || self.ends >= ENDS_TO_ASK;
        self.dry_run.is_none() && self.surroundings.in_service && time
    }

    fn judge(&mut self, now: Timestamp) {
        if self.verdict.is_some() {
            return;
        }
        let checks = self.checks(now);
        let waits = checks.iter().any(Option::is_none);
        let over = now >= self.given_up_at || self.ends >= ENDS;
        if waits && !over {
            return;
        }
        let mut found: Vec<Check> = Vec::new();
        for (check, what) in checks.into_iter().zip(self.names()) {
            found.push(check.unwrap_or_else(|| failed(&what, &self.waited_in_vain(&what))));
        }
        let ports = self.pulse.iter().flat_map(|it| &it.ports);
        let well = ports.filter(|(_, state)| **state == Port::Well);
        self.verdict = Some(Verdict {
            good: found.iter().all(|it| it.result != CheckResult::Failed),
            checks: found,
            ports: well.map(|(role, _)| role.clone()).collect(),
        });
    }

    fn names(&self) -> Vec<String> {
        let mut names = ["root", "disk", "screen", "journal", "papers"]
            .map(str::to_owned)
            .to_vec();
        names.extend(self.well_before.iter().cloned());
        names
    }

    /// In the order of their names; none where it is not known yet.
    fn checks(&self, now: Timestamp) -> Vec<Option<Check>> {
        let Surroundings {
            tpm,
            root_is_proven,
            var_is_encrypted,
            in_service,
        } = self.surroundings;
        let proven = |what: &str, is: bool, detail: &str| match (tpm, is) {
            (false, _) => skipped(what),
            (true, true) => passed(what),
            (true, false) => failed(what, detail),
        };
        let mut checks = vec![
            Some(proven(
                "root",
                root_is_proven,
                "nothing proves that the root is the image's own",
            )),
            Some(proven(
                "disk",
                var_is_encrypted,
                "what the machine keeps is not encrypted",
            )),
            self.screen_since.map(|_| passed("screen")),
        ];
        checks.push(match &self.pulse {
            _ if !in_service => Some(skipped("journal")),
            Some(pulse) => pulse.journal.then(|| passed("journal")),
            None => None,
        });
        checks.push(match &self.dry_run {
            _ if !in_service => Some(skipped("papers")),
            Some(Ok(())) => Some(passed("papers")),
            Some(Err(why)) => Some(failed("papers", why)),
            None => None,
        });
        for role in &self.well_before {
            checks.push(self.port(role, now));
        }
        checks
    }

    fn port(&self, role: &str, now: Timestamp) -> Option<Check> {
        if !self.surroundings.in_service {
            return Some(skipped(role));
        }
        let state = self.pulse.as_ref().and_then(|it| it.ports.get(role));
        match state {
            Some(Port::Well) => Some(passed(role)),
            // It answers: a tray that is empty is no image's fault.
            Some(Port::Trouble) => Some(passed(role)),
            Some(Port::Absent) | None => {
                let since = self.screen_since?;
                let over = now >= since + PORTS_PATIENCE;
                over.then(|| failed(role, "it answered before this version and does not now"))
            }
        }
    }

    fn waited_in_vain(&self, what: &str) -> String {
        match what {
            "screen" if self.ends >= ENDS => {
                format!("the program on the panel ended {} times", self.ends)
            }
            "screen" => format!("no picture within {} seconds", PATIENCE.as_secs()),
            "journal" => "what is asked for cannot be written down".to_owned(),
            "papers" => "whether a paper can be made was not known in time".to_owned(),
            _ => "it answered before this version and was not heard in time".to_owned(),
        }
    }
}

fn passed(what: &str) -> Check {
    check(what, CheckResult::Passed, "")
}

fn skipped(what: &str) -> Check {
    check(what, CheckResult::Skipped, "")
}

fn failed(what: &str, detail: &str) -> Check {
    check(what, CheckResult::Failed, detail)
}

fn check(what: &str, result: CheckResult, detail: &str) -> Check {
    Check {
        what: what.to_owned(),
        result,
        detail: detail.to_owned(),
    }
}
