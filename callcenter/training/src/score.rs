//! What an exercise is worth, rule by rule, with the reason in Korean and in English.

pub(crate) mod reason;

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::{Caller, Ending, Goal, Must, Observed, Scenario, VisitMust};

/// What was asked of the agent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Obligation {
    OnTheTelephone(Must),
    AtAKiosk(VisitMust),
}

/// One rule and how it was kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    pub must: Obligation,
    pub kept: bool,
    /// What it gave.
    pub points: u32,
    /// What it could give.
    pub possible: u32,
    pub why_ko: String,
    pub why_en: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Score {
    /// Of 100.
    pub points: u32,
    pub passed: bool,
    pub findings: Vec<Finding>,
}

impl Score {
    /// `failed` whatever the points come to.
    pub(crate) fn of(findings: Vec<Finding>, failed: bool, pass_points: u32) -> Self {
        let points = findings.iter().map(|it| it.points).sum();
        Self {
            points,
            passed: !failed && points >= pass_points,
            findings,
        }
    }
}

/// Judges what was observed. A call nobody answered is worth nothing.
pub fn score(scenario: &Scenario, caller: &Caller, observed: &Observed) -> Score {
    let mut findings = Vec::new();
    let mut failed = observed.answered_after.is_none();
    for rule in &scenario.rules {
        let kept = observed.answered_after.is_some() && is_kept(&rule.must, caller, observed);
        failed |= rule.decisive && !kept;
        let (why_ko, why_en) = reason::why(&rule.must, kept, observed);
        findings.push(Finding {
            must: Obligation::OnTheTelephone(rule.must.clone()),
            kept,
            points: if kept { rule.points } else { 0 },
            possible: rule.points,
            why_ko,
            why_en,
        });
    }
    Score::of(findings, failed, scenario.pass_points)
}

fn is_kept(must: &Must, caller: &Caller, observed: &Observed) -> bool {
    let within = |time: Duration, seconds: &u64| time <= Duration::from_secs(*seconds);
    match must {
        Must::AnswerWithin(seconds) => observed
            .answered_after
            .is_some_and(|after| within(after, seconds)),
        Must::Identify(least) => {
            let first = observed.prepared.first().map(|(_, certainty)| *certainty);
            first.unwrap_or(observed.certainty) >= Some(*least)
        }
        Must::Prepare => match observed.prepared.as_slice() {
            [(request, _)] => caller.wants(request),
            _ => false,
        },
        Must::PrepareNothing => observed.prepared.is_empty(),
        Must::Transfer => match &caller.goal {
            Goal::Office(office) => observed.transferred_to.as_ref() == Some(office),
            Goal::Request(_) | Goal::Word => false,
        },
        Must::NotTransfer => observed.transferred_to.is_none(),
        Must::NotDisclose => observed
            .disclosed
            .iter()
            .all(|(what, certainty)| what.is_allowed(*certainty)),
        Must::HoldAtMost(seconds) => within(observed.longest_hold, seconds),
        Must::TalkAtMost(seconds) => within(observed.talk, seconds),
        Must::WrapUpWithin(seconds) => observed.wrap_up.is_some_and(|it| within(it, seconds)),
        Must::KeepCaller => match (observed.ending, &caller.goal) {
            (Some(Ending::Content), _) => true,
            (Some(Ending::Transferred), Goal::Office(office)) => {
                observed.transferred_to.as_ref() == Some(office)
            }
            (_, Goal::Request(_) | Goal::Office(_) | Goal::Word) => false,
        },
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
