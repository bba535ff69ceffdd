//! The table: which flow went how with which telephone.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use crate::{Flow, PLAN, Peer};

/// How a flow went with a telephone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    Passed,
    NotRun,
    Failed,
}

impl Mark {
    fn word(self) -> &'static str {
        match self {
            Mark::Passed => "passed",
            Mark::NotRun => "not run",
            Mark::Failed => "FAILED",
        }
    }
}

/// What was planned, and what became of it.
#[derive(Debug)]
pub struct Table<'a> {
    plan: &'a [Flow],
    cells: BTreeMap<(&'a str, Peer), Mark>,
    seen: BTreeMap<&'a str, BTreeSet<String>>,
    /// Lines of the reports that name nothing of the plan.
    strange: Vec<String>,
}

impl Table<'static> {
    /// The plan, filled from reports as trials write them.
    pub fn of(reports: &str) -> Self {
        Self::of_plan(PLAN, reports)
    }
}

impl<'a> Table<'a> {
    fn of_plan(plan: &'a [Flow], reports: &str) -> Self {
        let planned = plan.iter().flat_map(|flow| {
            let name = flow.name;
            flow.peers
                .iter()
                .map(move |peer| ((name, *peer), Mark::NotRun))
        });
        let mut table = Self {
            plan,
            cells: planned.collect(),
            seen: BTreeMap::new(),
            strange: Vec::new(),
        };
        for line in reports.lines() {
            if table.take(line).is_none() {
                table.strange.push(line.to_owned());
            }
        }
        table
    }

    /// A flow that failed once has failed, whatever else is reported of it.
    fn take(&mut self, line: &str) -> Option<()> {
        let mut parts = line.splitn(4, '\t');
        let mark = match parts.next()? {
            "passed" => Mark::Passed,
            "failed" => Mark::Failed,
            _ => return None,
        };
        let (flow, peer) = (parts.next()?, Peer::named(parts.next()?)?);
        let name = self.plan.iter().find(|it| it.name == flow)?.name;
        let cell = self.cells.get_mut(&(name, peer))?;
        if *cell != Mark::Failed {
            *cell = mark;
        }
        let seen = parts.next().unwrap_or_default();
        if !seen.is_empty() {
            self.seen.entry(name).or_default().insert(seen.to_owned());
        }
        Some(())
    }

    pub fn count(&self, mark: Mark) -> usize {
        self.cells.values().filter(|it| **it == mark).count()
    }

    /// Everything that is planned was played and went well.
    pub fn is_complete(&self) -> bool {
        self.count(Mark::Passed) == self.cells.len() && self.strange.is_empty()
    }
}

impl fmt::Display for Table<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const PEER: usize = 11;
        let width = self.plan.iter().map(|it| it.name.len()).max().unwrap_or(0);
        write!(f, "{:width$} ", "flow")?;
        for peer in Peer::ALL {
            write!(f, " {peer:<PEER$}")?;
        }
        writeln!(f, " seen")?;
        for flow in self.plan {
            write!(f, "{:width$} ", flow.name)?;
            for peer in Peer::ALL {
                let mark = self.cells.get(&(flow.name, peer)).copied();
                write!(f, " {:<PEER$}", mark.map_or("", Mark::word))?;
            }
            let seen = self.seen.get(flow.name).cloned().unwrap_or_default();
            let seen: Vec<String> = seen.into_iter().collect();
            writeln!(f, " {}", seen.join("; "))?;
        }
        for line in &self.strange {
            writeln!(f, "not on the plan: {line}")?;
        }
        writeln!(
            f,
            "{} passed, {} failed, {} not run",
            self.count(Mark::Passed),
            self.count(Mark::Failed),
            self.count(Mark::NotRun)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO: &[Flow] = &[
        Flow {
            name: "answer",
            peers: &[Peer::SippUdp, Peer::Baresip],
        },
        Flow {
            name: "busy",
            peers: &[Peer::SippUdp],
        },
    ];

    #[test]
    fn what_was_not_played_is_said() {
        let table = Table::of_plan(TWO, "passed\tanswer\tSIPp/UDP\tbridged\n");

        let text = table.to_string();

        let rows: Vec<Vec<&str>> = text
            .lines()
            .map(|it| it.split_whitespace().collect())
            .collect();
        assert_eq!(rows[1], ["answer", "passed", "not", "run", "bridged"]);
        assert_eq!(rows[2], ["busy", "not", "run"]);
        assert_eq!(text.lines().last(), Some("1 passed, 0 failed, 2 not run"));
        assert!(!table.is_complete());
    }

    #[test]
    fn a_failure_is_not_painted_over() {
        for reports in [
            "failed\tbusy\tSIPp/UDP\t\npassed\tbusy\tSIPp/UDP\t486\n",
            "passed\tbusy\tSIPp/UDP\t486\nfailed\tbusy\tSIPp/UDP\t\n",
        ] {
            let table = Table::of_plan(TWO, reports);

            assert_eq!(table.count(Mark::Failed), 1);
            assert!(table.to_string().contains("FAILED"));
        }
    }

    #[test]
    fn all_that_is_planned_and_nothing_else_makes_it_complete() {
        let all =
            "passed\tanswer\tSIPp/UDP\t\npassed\tanswer\tbaresip\t\npassed\tbusy\tSIPp/UDP\t\n";
        assert!(Table::of_plan(TWO, all).is_complete());

        for strange in [
            "passed\tbusy\tbaresip\t",
            "passed\tlunch\tSIPp/UDP\t",
            "perhaps\tbusy\tSIPp/UDP\t",
            "half a li",
        ] {
            let table = Table::of_plan(TWO, &format!("{all}{strange}\n"));

            assert!(!table.is_complete(), "{strange}");
            assert!(table.to_string().contains("not on the plan"), "{strange}");
        }
    }
}
