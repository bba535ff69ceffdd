//! Session timers (RFC 4028): a call whose other end vanished comes to an end.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

/// The shortest interval anybody may ask for (RFC 4028 §4).
const SHORTEST: Duration = Duration::from_secs(90);
/// How long before the end the side that waits gives up (RFC 4028 §10).
const BYE_AHEAD: Duration = Duration::from_secs(32);

/// How this house wants its sessions to be refreshed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// What we propose; RFC 4028 §4 recommends 1,800 s.
    pub interval: Duration,
    /// The shortest we take (`Min-SE`).
    pub minimum: Duration,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            interval: Duration::from_secs(1_800),
            minimum: SHORTEST,
        }
    }
}

/// Who refreshes, seen from the request that said it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refresher {
    /// Who sent the request.
    Uac,
    /// Who answers it.
    Uas,
}

/// The value of a `Session-Expires` header (RFC 4028 §4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionExpires {
    pub interval: Duration,
    pub refresher: Option<Refresher>,
}

impl SessionExpires {
    /// Reads `1800;refresher=uac`; `None` when it is none.
    pub fn parse(value: &str) -> Option<Self> {
        let mut parts = value.split(';').map(str::trim);
        let interval = parse_seconds(parts.next()?)?;
        let mut refresher = None;
        for parameter in parts {
            let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            if name.trim().eq_ignore_ascii_case("refresher") {
                refresher = match value.trim() {
                    it if it.eq_ignore_ascii_case("uac") => Some(Refresher::Uac),
                    it if it.eq_ignore_ascii_case("uas") => Some(Refresher::Uas),
                    _ => return None,
                };
            }
        }
        Some(Self {
            interval,
            refresher,
        })
    }

    /// As it goes into a message.
    pub fn to_value(self) -> String {
        let seconds = self.interval.as_secs();
        match self.refresher {
            Some(Refresher::Uac) => format!("{seconds};refresher=uac"),
            Some(Refresher::Uas) => format!("{seconds};refresher=uas"),
            None => seconds.to_string(),
        }
    }
}

/// Reads the value of `Min-SE`, in which parameters may follow.
pub fn parse_seconds(value: &str) -> Option<Duration> {
    let digits = value.split(';').next()?.trim();
    digits
        .parse()
        .ok()
        .map(|it: u32| Duration::from_secs(it.into()))
}

/// What a request says about the session's timer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Proposal {
    pub session_expires: Option<SessionExpires>,
    pub min_se: Option<Duration>,
    /// Whether its sender has `timer` among `Supported`.
    pub supported: bool,
}

/// What a 2xx of ours says about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grant {
    pub session_expires: SessionExpires,
    /// Whether `Require: timer` belongs into it: the other end must refresh.
    pub require: bool,
}

/// The interval asked for is below ours: 422 with this `Min-SE`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooSmall {
    pub min_se: Duration,
}

/// What the timer wants done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Send a refresh: an UPDATE or a re-INVITE.
    Refresh,
    /// The session has expired: send a BYE.
    End,
}

#[derive(Clone, Copy, Debug)]
enum Step {
    /// Nobody refreshes yet.
    Resting,
    /// We refresh at the time given.
    Refreshing(Instant),
    /// Nobody did so yet; at the time given it is over.
    Expiring(Instant),
    Over,
}

/// The timer of one session, for either side.
#[derive(Debug)]
pub struct SessionTimer {
    policy: Policy,
    /// Raised by the other side's 422 or `Min-SE`.
    minimum: Duration,
    interval: Duration,
    step: Step,
    commands: VecDeque<Command>,
}

impl SessionTimer {
    /// A timer that rests until a request is answered.
    pub fn new(policy: Policy) -> Self {
        Self {
            policy,
            minimum: policy.minimum,
            interval: policy.interval.max(policy.minimum),
            step: Step::Resting,
            commands: VecDeque::new(),
        }
    }

    /// What a request of ours says: `Session-Expires` and `Min-SE` (RFC 4028 §7.1).
    /// While we refresh it says so, that roles stay as they are.
    pub fn proposal(&self) -> (SessionExpires, Duration) {
        let refresher = match self.step {
            Step::Resting | Step::Over => None,
            Step::Refreshing(_) | Step::Expiring(_) => Some(Refresher::Uac),
        };
        let proposed = SessionExpires {
            interval: self.interval,
            refresher,
        };
        (proposed, self.minimum)
    }

    /// A request of ours was answered with 422 and this `Min-SE` (RFC 4028 §7.4).
    /// Whether it is worth asking again.
    pub fn refused(&mut self, min_se: Option<Duration>) -> bool {
        let Some(min_se) = min_se.filter(|it| *it > self.interval) else {
            return false;
        };
        self.minimum = self.minimum.max(min_se);
        self.interval = self.interval.max(min_se);
        true
    }

    /// A request of ours was answered with 2xx (RFC 4028 §7.2). Without the
    /// header the other side knows nothing of timers, and we refresh alone.
    pub fn accepted(&mut self, answer: Option<SessionExpires>, now: Instant) {
        if let Some(answer) = answer {
            self.interval = answer.interval.max(SHORTEST.min(self.policy.minimum));
        }
        let theirs = answer.and_then(|it| it.refresher) == Some(Refresher::Uas);
        self.start(!theirs, now);
    }

    /// A request of theirs is about to be answered with 2xx (RFC 4028 §9).
    ///
    /// # Errors
    /// When it asks for too short an interval and its sender understands 422.
    pub fn asked(&mut self, proposal: Proposal, now: Instant) -> Result<Grant, TooSmall> {
        let minimum = self.policy.minimum;
        let floor = proposal.min_se.unwrap_or(minimum).max(minimum);
        let refresher = match proposal.session_expires {
            Some(asked) if asked.interval < minimum && proposal.supported => {
                return Err(TooSmall { min_se: minimum });
            }
            Some(asked) => {
                self.interval = asked.interval.min(self.policy.interval).max(floor);
                asked.refresher
            }
            None => {
                self.interval = self.policy.interval.max(floor);
                None
            }
        };
        let refresher = if proposal.supported {
            refresher.unwrap_or(Refresher::Uas)
        } else {
            Refresher::Uas
        };
        self.start(refresher == Refresher::Uas, now);
        Ok(Grant {
            session_expires: SessionExpires {
                interval: self.interval,
                refresher: Some(refresher),
            },
            require: refresher == Refresher::Uac,
        })
    }

    /// The session is over by other means.
    pub fn stop(&mut self) {
        self.step = Step::Over;
        self.commands.clear();
    }

    pub fn handle_timeout(&mut self, now: Instant) {
        match self.step {
            Step::Refreshing(at) if at <= now => {
                self.commands.push_back(Command::Refresh);
                let half = self.interval / 2;
                self.step = Step::Expiring(at + half.saturating_sub(self.ahead()));
            }
            Step::Expiring(at) if at <= now => {
                self.commands.push_back(Command::End);
                self.step = Step::Over;
            }
            Step::Resting | Step::Refreshing(_) | Step::Expiring(_) | Step::Over => {}
        }
    }

    pub fn poll_command(&mut self) -> Option<Command> {
        self.commands.pop_front()
    }

    pub fn poll_timeout(&self) -> Option<Instant> {
        match self.step {
            Step::Refreshing(at) | Step::Expiring(at) => Some(at),
            Step::Resting | Step::Over => None,
        }
    }

    fn start(&mut self, we_refresh: bool, now: Instant) {
        if matches!(self.step, Step::Over) {
            return;
        }
        self.commands.clear();
        self.step = if we_refresh {
            Step::Refreshing(now + self.interval / 2)
        } else {
            Step::Expiring(now + self.interval.saturating_sub(self.ahead()))
        };
    }

    /// RFC 4028 §10: 32 s before the end, or a third of the interval if that is less.
    fn ahead(&self) -> Duration {
        BYE_AHEAD.min(self.interval / 3)
    }
}
