//! What became of the callers of one queue who came in one quarter of an hour.

use std::{ops::AddAssign, time::Duration};

use serde::{Deserialize, Serialize};

/// Callers and times. `offered + moved_in` is what became of them: `answered +
/// abandoned + turned_away + moved_out + promised + cut_off`, and who waits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Counts {
    /// Began to wait here.
    pub offered: u64,
    /// Came by overflow.
    pub moved_in: u64,
    pub answered: u64,
    pub answered_within: u64,
    pub abandoned: u64,
    /// Of these: before anybody could have been expected to answer.
    pub abandoned_short: u64,
    /// The queue was closed, or the longest wait over.
    pub turned_away: u64,
    /// Went by overflow.
    pub moved_out: u64,
    /// Left the line with the promise of a callback.
    pub promised: u64,
    /// Waited on the line when the switch went down.
    pub cut_off: u64,
    /// Promised callbacks that became a talk.
    pub callbacks_kept: u64,
    /// Given up after all attempts.
    pub callbacks_unreached: u64,
    /// Whose caller called again; that call counts by itself.
    pub callbacks_returned: u64,
    /// Until they were answered.
    pub waited_ms: u64,
    /// Until they gave up.
    pub waited_in_vain_ms: u64,
    pub longest_wait_ms: u64,
    /// Talks that are over, those after a transfer among them.
    pub handled: u64,
    /// Of these, hold included.
    pub talk_ms: u64,
    pub wrap_up_ms: u64,
}

/// How the service level is counted; centers differ, so a report says which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ServiceLevel {
    /// Answered in time, of all who were answered or gave up.
    OfAll,
    /// The same without those who gave up at once.
    WithoutShortAbandons,
    /// Answered in time, of those who were answered.
    OfAnswered,
}

impl Counts {
    /// `None` where nobody counts.
    pub fn service_level(&self, which: ServiceLevel) -> Option<f64> {
        let of = match which {
            ServiceLevel::OfAll => self.answered + self.abandoned,
            ServiceLevel::WithoutShortAbandons => {
                (self.answered + self.abandoned).saturating_sub(self.abandoned_short)
            }
            ServiceLevel::OfAnswered => self.answered,
        };
        ratio(self.answered_within, of)
    }

    /// The share who gave up, of all who were answered or gave up.
    pub fn abandonment(&self) -> Option<f64> {
        ratio(self.abandoned, self.answered + self.abandoned)
    }

    /// The mean wait of those who were answered (ASA).
    pub fn average_speed_of_answer(&self) -> Option<Duration> {
        mean(self.waited_ms, self.answered)
    }

    /// Talk, hold and wrap-up of a talk on average (AHT).
    pub fn average_handling_time(&self) -> Option<Duration> {
        mean(self.talk_ms.saturating_add(self.wrap_up_ms), self.handled)
    }

    /// How long callers wait on average before they give up: all waiting, by
    /// those who gave up. That is the likeliest mean of an exponential patience
    /// of which the answered have shown but a part.
    pub fn average_patience(&self) -> Option<Duration> {
        let waited = self.waited_ms.saturating_add(self.waited_in_vain_ms);
        mean(waited, self.abandoned)
    }

    /// Whoever came and is not waiting any more.
    pub fn settled(&self) -> u64 {
        self.answered
            + self.abandoned
            + self.turned_away
            + self.moved_out
            + self.promised
            + self.cut_off
    }
}

impl AddAssign<&Counts> for Counts {
    fn add_assign(&mut self, other: &Counts) {
        self.offered += other.offered;
        self.moved_in += other.moved_in;
        self.answered += other.answered;
        self.answered_within += other.answered_within;
        self.abandoned += other.abandoned;
        self.abandoned_short += other.abandoned_short;
        self.turned_away += other.turned_away;
        self.moved_out += other.moved_out;
        self.promised += other.promised;
        self.cut_off += other.cut_off;
        self.callbacks_kept += other.callbacks_kept;
        self.callbacks_unreached += other.callbacks_unreached;
        self.callbacks_returned += other.callbacks_returned;
        self.waited_ms += other.waited_ms;
        self.waited_in_vain_ms += other.waited_in_vain_ms;
        self.longest_wait_ms = self.longest_wait_ms.max(other.longest_wait_ms);
        self.handled += other.handled;
        self.talk_ms += other.talk_ms;
        self.wrap_up_ms += other.wrap_up_ms;
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a share needs no sixteen digits"
)]
fn ratio(part: u64, of: u64) -> Option<f64> {
    (of > 0).then(|| part as f64 / of as f64)
}

fn mean(sum_ms: u64, of: u64) -> Option<Duration> {
    sum_ms.checked_div(of).map(Duration::from_millis)
}
