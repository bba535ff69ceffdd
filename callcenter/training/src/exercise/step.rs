//! The table of an exercise: where it stands, what happened, where it stands then.

use std::time::Instant;

use super::{Command, Event, Exercise, GOODBYE, SILENCES_MAX, WRAP_UP_LONGEST};
use crate::{Ending, Goal, Topic};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Ringing,
    Talking {
        since: Instant,
    },
    Held {
        since: Instant,
        talk_since: Instant,
    },
    /// He has said goodbye and is about to hang up.
    Parting {
        talk_since: Instant,
        ending: Ending,
    },
    WrappingUp {
        since: Instant,
    },
    Finished,
}

impl Exercise {
    pub(super) fn next(&mut self, step: Step, event: Event, now: Instant) -> Step {
        match (step, event) {
            (Step::Ringing, Event::Answered) => {
                self.observed.answered_after = Some(now.duration_since(self.called_at));
                self.say(&Topic::Opening);
                self.talk(now, now)
            }
            (Step::Talking { since }, Event::Asked(topic)) => {
                self.silences = 0;
                self.reply(&topic);
                self.talk(since, now)
            }
            (Step::Talking { since }, Event::TurnGiven) => {
                self.silences = 0;
                self.volunteer();
                self.talk(since, now)
            }
            (Step::Talking { since }, Event::Speech) => self.talk(since, now),
            (Step::Talking { since }, Event::Held) => {
                self.due = Some(now + self.waits(self.patience.hold_seconds));
                Step::Held {
                    since: now,
                    talk_since: since,
                }
            }
            (Step::Held { since, talk_since }, Event::Retrieved) => {
                self.end_hold(since, now);
                if self.is_content() {
                    self.part(talk_since, now)
                } else {
                    self.say(&Topic::AfterHold);
                    self.talk(talk_since, now)
                }
            }
            (Step::Talking { since }, Event::Explained) if self.caller.goal == Goal::Word => {
                self.part(since, now)
            }
            (step, Event::Identified(certainty)) if step.is_with_agent() => {
                self.observed.certainty = self.observed.certainty.max(Some(certainty));
                step
            }
            (step, Event::Disclosed(what)) if step.is_with_agent() => {
                self.observed
                    .disclosed
                    .push((what, self.observed.certainty));
                step
            }
            (step, Event::Prepared(request)) if step.is_with_agent() => {
                self.observed
                    .prepared
                    .push((request, self.observed.certainty));
                // He hears the code, and has what he called for.
                if let Step::Talking { since } = step
                    && self.is_content()
                {
                    self.part(since, now)
                } else {
                    step
                }
            }
            (step, Event::Transferred(office)) if step.is_with_agent() => {
                self.observed.transferred_to = Some(office);
                self.leave(step, Ending::Transferred, now)
            }
            (step, Event::HungUp) if step.is_with_agent() => {
                let ending = match step {
                    Step::Parting { ending, .. } => ending,
                    Step::Ringing
                    | Step::Talking { .. }
                    | Step::Held { .. }
                    | Step::WrappingUp { .. }
                    | Step::Finished => Ending::ByAgent,
                };
                self.leave(step, ending, now)
            }
            (Step::WrappingUp { since }, Event::WrappedUp) => {
                self.observed.wrap_up = Some(now.duration_since(since));
                self.finish()
            }
            (step, _) => step,
        }
    }

    pub(super) fn elapsed(&mut self, step: Step, now: Instant) -> Step {
        match step {
            Step::Ringing => {
                self.observed.ending = Some(Ending::GaveUp);
                self.commands.push_back(Command::HangUp);
                self.finish()
            }
            Step::Talking { since } => {
                self.silences += 1;
                if self.silences > SILENCES_MAX {
                    self.say(&Topic::Leaving);
                    self.part_without_thanks(since, now)
                } else {
                    self.volunteer();
                    self.talk(since, now)
                }
            }
            Step::Held { .. } => {
                self.commands.push_back(Command::HangUp);
                self.leave(step, Ending::GaveUp, now)
            }
            Step::Parting { ending, .. } => {
                self.commands.push_back(Command::HangUp);
                self.leave(step, ending, now)
            }
            Step::WrappingUp { .. } => self.finish(),
            Step::Finished => Step::Finished,
        }
    }

    fn talk(&mut self, since: Instant, now: Instant) -> Step {
        self.due = Some(now + self.waits(self.patience.silence_seconds));
        Step::Talking { since }
    }

    fn part(&mut self, talk_since: Instant, now: Instant) -> Step {
        self.say(&Topic::Thanks);
        self.due = Some(now + GOODBYE);
        Step::Parting {
            talk_since,
            ending: Ending::Content,
        }
    }

    fn part_without_thanks(&mut self, talk_since: Instant, now: Instant) -> Step {
        self.due = Some(now + GOODBYE);
        Step::Parting {
            talk_since,
            ending: Ending::GaveUp,
        }
    }

    fn end_hold(&mut self, since: Instant, now: Instant) {
        let hold = now.duration_since(since);
        self.observed.longest_hold = self.observed.longest_hold.max(hold);
    }

    /// The caller is gone; the agent may still write something down.
    fn leave(&mut self, step: Step, ending: Ending, now: Instant) -> Step {
        if let Step::Held { since, .. } = step {
            self.end_hold(since, now);
        }
        if let Some(since) = step.talk_since() {
            self.observed.talk = now.duration_since(since);
        }
        self.observed.ending = Some(ending);
        self.due = Some(now + WRAP_UP_LONGEST);
        Step::WrappingUp { since: now }
    }

    fn finish(&mut self) -> Step {
        self.due = None;
        self.commands.push_back(Command::Finish);
        Step::Finished
    }
}

impl Step {
    fn talk_since(self) -> Option<Instant> {
        match self {
            Self::Talking { since } => Some(since),
            Self::Held { talk_since, .. } | Self::Parting { talk_since, .. } => Some(talk_since),
            Self::Ringing | Self::WrappingUp { .. } | Self::Finished => None,
        }
    }

    fn is_with_agent(self) -> bool {
        self.talk_since().is_some()
    }
}
