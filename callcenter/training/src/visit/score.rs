//! What a visit is worth, rule by rule, with the reason in Korean and in English.

mod reason;

use std::time::Duration;

use super::{VisitEnding, VisitMust, VisitObserved, VisitScenario, hearing::says_any};
use crate::{Finding, Obligation, Score};

/// Judges what was observed. A citizen to whom nobody came is worth nothing.
pub fn score_visit(scenario: &VisitScenario, observed: &VisitObserved) -> Score {
    let came = observed.came_after.is_some();
    let mut findings = Vec::new();
    let mut failed = !came;
    for rule in &scenario.rules {
        let kept = came && is_kept(&rule.must, observed);
        failed |= rule.decisive && !kept;
        let (why_ko, why_en) = reason::why(&rule.must, kept, observed);
        findings.push(Finding {
            must: Obligation::AtAKiosk(rule.must.clone()),
            kept,
            points: if kept { rule.points } else { 0 },
            possible: rule.points,
            why_ko,
            why_en,
        });
    }
    Score::of(findings, failed, scenario.pass_points)
}

fn is_kept(must: &VisitMust, observed: &VisitObserved) -> bool {
    let within = |time: Option<Duration>, seconds: &u64| {
        time.is_some_and(|it| it <= Duration::from_secs(*seconds))
    };
    match must {
        VisitMust::ComeWithin(seconds) => within(observed.came_after, seconds),
        VisitMust::GreetWithin(seconds) => within(observed.greeted_after, seconds),
        VisitMust::ReplyWithin(seconds) => within(Some(observed.slowest_reply), seconds),
        VisitMust::HelpAtMost(seconds) => within(Some(observed.help), seconds),
        VisitMust::AskFirst => observed.proposals.iter().all(|it| it.told),
        VisitMust::ProposeRight => observed.proposals.iter().all(|it| it.right),
        VisitMust::RespectRefusal => observed.proposals.iter().all(|it| !it.refused_before),
        VisitMust::FillIn => observed.filled_in,
        VisitMust::AnswerQuestions => observed.questions_answered == observed.questions_asked,
        VisitMust::NeverSay(words) => {
            let mut lines = observed.lines.iter();
            !lines.any(|line| says_any(line, words))
        }
        VisitMust::Close => observed.ending == Some(VisitEnding::Closed) && !observed.left_open,
        VisitMust::KeepCitizen => match observed.ending {
            Some(VisitEnding::Closed | VisitEnding::Content) => true,
            Some(VisitEnding::ByAgent | VisitEnding::GaveUp | VisitEnding::WalkedAway) | None => {
                false
            }
        },
    }
}
