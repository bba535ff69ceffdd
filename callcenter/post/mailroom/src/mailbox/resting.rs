//! Messages at which the line broke: after the second time they rest for a while,
//! so that one that no server can give does not keep back all that come after it.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

const REST: Duration = Duration::from_secs(60 * 60);
/// Once may be anybody's cable.
const BREAKS_ALLOWED: u32 = 1;

#[derive(Debug, Default)]
pub(super) struct Resting {
    /// The inbox whose numbers these are (UIDVALIDITY).
    inbox: Option<u32>,
    broken: BTreeMap<u32, Broken>,
}

#[derive(Debug)]
struct Broken {
    times: u32,
    until: Instant,
}

impl Resting {
    /// Another inbox's numbers are other messages'.
    pub(super) fn opened(&mut self, inbox: Option<u32>) {
        if self.inbox != inbox {
            self.broken.clear();
        }
        self.inbox = inbox;
    }

    /// The line broke while a message was fetched; whether it rests from now on.
    pub(super) fn broke_at(&mut self, uid: u32, now: Instant) -> bool {
        let broken = self.broken.entry(uid).or_insert(Broken {
            times: 0,
            until: now,
        });
        broken.times += 1;
        if broken.times > BREAKS_ALLOWED {
            broken.until = now + REST;
        }
        broken.until > now
    }

    pub(super) fn came(&mut self, uid: u32) {
        self.broken.remove(&uid);
    }

    pub(super) fn rests(&self, uid: u32, now: Instant) -> bool {
        self.broken.get(&uid).is_some_and(|it| it.until > now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_at_which_the_line_broke_twice_rests_and_is_tried_again() {
        let (mut resting, now) = (Resting::default(), Instant::now());
        resting.opened(Some(1));

        assert!(!resting.broke_at(7, now));
        assert!(!resting.rests(7, now));
        assert!(resting.broke_at(7, now));

        assert!(resting.rests(7, now) && !resting.rests(8, now));
        assert!(!resting.rests(7, now + REST));
    }

    #[test]
    fn a_message_that_came_is_a_message_like_any_other() {
        let (mut resting, now) = (Resting::default(), Instant::now());
        resting.broke_at(7, now);
        resting.came(7);

        assert!(!resting.broke_at(7, now));
    }

    #[test]
    fn numbers_of_another_inbox_are_other_messages() {
        let (mut resting, now) = (Resting::default(), Instant::now());
        resting.opened(Some(1));
        resting.broke_at(7, now);
        resting.broke_at(7, now);

        resting.opened(Some(1));
        assert!(resting.rests(7, now));
        resting.opened(Some(2));
        assert!(!resting.rests(7, now));
    }
}
