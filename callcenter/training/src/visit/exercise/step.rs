//! The table of a visit: where it stands, what the kiosk reports, where it stands then.

use std::time::Instant;

use handover::{HostEnding, HostEvent, HostReport};

use super::{GOING, HELP_LONGEST, LAST_WORDS, Reaction, SILENCES_MAX, VisitCommand, VisitExercise};
use crate::{
    Topic,
    visit::{Moment, VisitEnding},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Waiting,
    Helped {
        since: Instant,
    },
    /// He has said his last words and is about to end.
    Parting {
        since: Instant,
        ending: VisitEnding,
        until: Instant,
    },
    Finished,
}

impl VisitExercise {
    pub(super) fn next(&mut self, step: Step, report: HostReport, now: Instant) -> Step {
        match (step, report) {
            (Step::Waiting, HostReport::Joined { .. }) => {
                self.observed.came_after = Some(now.duration_since(self.asked_at));
                self.react(Reaction::Say(Topic::Opening), now);
                self.ask_at(Moment::Beginning, now);
                self.leaves_at = self.citizen.leaves_after.map(|after| now + after);
                self.attended(now);
                Step::Helped { since: now }
            }
            (Step::Helped { .. } | Step::Parting { .. }, HostReport::Proposed(proposal)) => {
                self.proposed(proposal, now);
                step
            }
            (_, HostReport::TakenBack) => {
                self.proposal = None;
                let answers = |it: &Reaction| matches!(it, Reaction::Answer(_));
                self.reactions.retain(|(_, it)| !answers(it));
                step
            }
            (Step::Helped { .. }, HostReport::PointedAt(field)) => {
                self.pointed_at(field, now);
                step
            }
            (Step::Helped { since } | Step::Parting { since, .. }, HostReport::Heard(line)) => {
                self.heard(line, since, now);
                step
            }
            (Step::Helped { since }, HostReport::Ended(HostEnding::ByAgent)) => {
                self.observed.left_open = self.proposal.is_some();
                self.finish(since, VisitEnding::ByAgent, now)
            }
            (Step::Parting { since, ending, .. }, HostReport::Ended(HostEnding::ByAgent)) => {
                self.observed.left_open = self.proposal.is_some();
                let ending = match ending {
                    VisitEnding::Content => VisitEnding::Closed,
                    VisitEnding::Closed
                    | VisitEnding::ByAgent
                    | VisitEnding::GaveUp
                    | VisitEnding::WalkedAway => ending,
                };
                self.finish(since, ending, now)
            }
            (Step::Waiting | Step::Helped { .. } | Step::Parting { .. }, HostReport::Ended(_)) => {
                self.commands.push_back(VisitCommand::Fail);
                self.rest()
            }
            (step, _) => step,
        }
    }

    pub(super) fn elapsed(&mut self, step: Step, now: Instant) -> Step {
        let is_due = |due: Option<Instant>| due.is_some_and(|due| due <= now);
        match step {
            Step::Waiting if is_due(self.silent_at) => {
                self.at_kiosk(HostEvent::Left);
                self.observed.ending = Some(VisitEnding::GaveUp);
                self.commands.push_back(VisitCommand::Finish);
                self.rest()
            }
            Step::Helped { since } if now.duration_since(since) >= HELP_LONGEST => {
                self.give_up(since, VisitEnding::GaveUp, now)
            }
            Step::Helped { since } if is_due(self.leaves_at) => self.goes(since, now),
            Step::Helped { since } if is_due(self.silent_at) => self.silent(since, now),
            Step::Helped { since } if self.has_what_he_wants() => self.thank(since, now),
            Step::Parting {
                since,
                ending,
                until,
            } if until <= now => {
                self.at_kiosk(HostEvent::Left);
                self.finish(since, ending, now)
            }
            Step::Waiting | Step::Helped { .. } | Step::Parting { .. } | Step::Finished => step,
        }
    }

    fn silent(&mut self, since: Instant, now: Instant) -> Step {
        self.silences += 1;
        if self.silences > SILENCES_MAX {
            return self.give_up(since, VisitEnding::GaveUp, now);
        }
        self.speak_up(now);
        Step::Helped { since }
    }

    /// Has to go, and asks what becomes of all this if he wants to know.
    fn goes(&mut self, since: Instant, now: Instant) -> Step {
        if self.ask_at(Moment::Going, now) {
            self.leaves_at = Some(now + GOING);
            return Step::Helped { since };
        }
        self.give_up(since, VisitEnding::WalkedAway, now)
    }

    fn give_up(&mut self, since: Instant, ending: VisitEnding, now: Instant) -> Step {
        self.reactions.clear();
        self.say(&Topic::Leaving, now);
        self.silent_at = None;
        self.leaves_at = None;
        Step::Parting {
            since,
            ending,
            until: now + LAST_WORDS,
        }
    }

    fn thank(&mut self, since: Instant, now: Instant) -> Step {
        self.say(&Topic::Thanks, now);
        self.waits_since = None;
        self.silent_at = None;
        self.leaves_at = None;
        Step::Parting {
            since,
            ending: VisitEnding::Content,
            until: now + super::GOODBYE,
        }
    }

    fn finish(&mut self, since: Instant, ending: VisitEnding, now: Instant) -> Step {
        if ending != VisitEnding::WalkedAway {
            self.replied(now);
        }
        self.observed.help = now.duration_since(since);
        self.observed.filled_in = self.form.is_filled_in();
        self.observed.ending = Some(ending);
        self.commands.push_back(VisitCommand::Finish);
        self.rest()
    }

    fn rest(&mut self) -> Step {
        self.reactions.clear();
        self.silent_at = None;
        self.leaves_at = None;
        Step::Finished
    }
}

impl Step {
    /// When it ends by itself.
    pub(super) fn ends_at(self) -> Option<Instant> {
        match self {
            Self::Helped { since } => Some(since + HELP_LONGEST),
            Self::Parting { until, .. } => Some(until),
            Self::Waiting | Self::Finished => None,
        }
    }
}
