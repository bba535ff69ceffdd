//! Which talks come of what the call book says.

#![allow(clippy::unwrap_used)]

use distributor::{AgentId, CallId, QueueId, WallTime};

use super::*;

const CALL: CallId = CallId(7);
const AGENT: AgentId = AgentId(3);
const COLLEAGUE: AgentId = AgentId(4);
/// One begins at each second.
const SECOND: i64 = 1_000;

fn queued(queue: &str) -> Happening {
    Happening::Queued {
        queue: QueueId(queue.to_owned()),
    }
}

const fn bridged(agent: AgentId) -> Happening {
    Happening::Bridged { agent }
}

fn agent_left(agent: AgentId) -> Happening {
    let lost = false;
    Happening::AgentLeft { agent, lost }
}

const CALLER_LEFT: Happening = Happening::CallerLeft { lost: false };

/// One thing a second, in the one call.
fn talks(happenings: impl IntoIterator<Item = Happening>) -> Talks {
    let mut talks = Talks::default();
    for (second, what) in (0..).zip(happenings) {
        talks.happened(CALL, what, WallTime(second * SECOND));
    }
    talks
}

fn ended(talks: &Talks, agent: AgentId) -> Option<(i64, TalkEnding)> {
    let talk = talks.get(CALL, agent).unwrap();
    let (at, ending) = talk.ended?;
    Some(((at.0 - talk.began.0) / SECOND, ending))
}

#[test]
fn how_a_call_ended_is_of_its_agents_talk_and_the_last_word_counts() {
    let said = |agent, disposition: &str| Happening::DispositionSaid {
        agent,
        disposition: disposition.to_owned(),
    };
    let talks = talks([
        queued("taxes"),
        bridged(AGENT),
        CALLER_LEFT,
        Happening::DispositionUnsaid { agent: AGENT },
        said(COLLEAGUE, "refused"),
        said(AGENT, "prepared"),
        said(AGENT, "answered"),
    ]);

    let disposition = talks.get(CALL, AGENT).unwrap().disposition.clone();
    let answered = TalkDisposition::Said("answered".to_owned());
    assert_eq!(disposition, Some(answered));
    assert!(talks.get(CALL, COLLEAGUE).is_none());
}

#[test]
fn a_talk_is_over_when_either_of_the_two_is_gone() {
    let first = |happenings: [Happening; 4]| ended(&talks(happenings), AGENT);

    let by_caller = first([
        queued("taxes"),
        bridged(AGENT),
        CALLER_LEFT,
        agent_left(AGENT),
    ]);
    assert_eq!(by_caller, Some((1, TalkEnding::CallerHungUp)));
    let by_agent = first([
        queued("taxes"),
        bridged(AGENT),
        agent_left(AGENT),
        CALLER_LEFT,
    ]);
    assert_eq!(by_agent, Some((1, TalkEnding::AgentHungUp)));
    let (agent, lost) = (AGENT, true);
    let vanished = Happening::AgentLeft { agent, lost };
    let lost = first([queued("taxes"), bridged(AGENT), vanished, CALLER_LEFT]);
    assert_eq!(lost, Some((1, TalkEnding::Lost)));
    let crashed = first([
        queued("taxes"),
        bridged(AGENT),
        Happening::Else,
        Happening::Started,
    ]);
    assert_eq!(crashed, Some((0, TalkEnding::Interrupted)));
    let goes_on = first([
        queued("taxes"),
        bridged(AGENT),
        Happening::Recorded,
        Happening::Else,
    ]);
    assert_eq!(goes_on, None);
}

#[test]
fn a_caller_who_is_handed_on_makes_two_talks_of_two_queues() {
    let talks = talks([
        queued("taxes"),
        bridged(AGENT),
        queued("roads"),
        agent_left(AGENT),
        bridged(COLLEAGUE),
        CALLER_LEFT,
    ]);

    assert_eq!(ended(&talks, AGENT), Some((2, TalkEnding::HandedOn)));
    assert_eq!(
        ended(&talks, COLLEAGUE),
        Some((1, TalkEnding::CallerHungUp))
    );
    let queue = |agent| talks.get(CALL, agent).unwrap().queue.clone().unwrap().0;
    assert_eq!(
        [queue(AGENT), queue(COLLEAGUE)],
        ["taxes".to_owned(), "roads".to_owned()]
    );
}

#[test]
fn whoever_is_asked_has_a_talk_from_the_moment_the_caller_is_given_over() {
    let talks = talks([
        queued("taxes"),
        bridged(AGENT),
        Happening::Transferred { by: AGENT },
        agent_left(AGENT),
        CALLER_LEFT,
        agent_left(COLLEAGUE),
    ]);

    assert_eq!(ended(&talks, AGENT), Some((2, TalkEnding::HandedOn)));
    assert_eq!(
        ended(&talks, COLLEAGUE),
        Some((2, TalkEnding::CallerHungUp))
    );
}

#[test]
fn whoever_was_only_asked_has_no_talk() {
    let talks = talks([
        queued("taxes"),
        bridged(AGENT),
        agent_left(COLLEAGUE),
        CALLER_LEFT,
    ]);

    assert!(talks.get(CALL, COLLEAGUE).is_none());
}

#[test]
fn a_recording_is_there_until_it_is_erased() {
    let mut talks = talks([queued("taxes"), bridged(AGENT), CALLER_LEFT]);
    let recorded = |talks: &Talks| talks.get(CALL, AGENT).unwrap().recorded;
    assert!(!recorded(&talks));

    talks.happened(CALL, Happening::Recorded, WallTime(4 * SECOND));
    assert!(recorded(&talks));
    talks.happened(CALL, Happening::RecordingErased, WallTime(5 * SECOND));
    assert!(!recorded(&talks));
}

#[test]
fn of_talks_that_nobody_judged_the_latest_are_kept() {
    let mut talks = Talks::default();
    let most = u64::try_from(UNJUDGED_MOST).unwrap();
    for call in 1..=most + 2 {
        let at = WallTime(i64::try_from(call).unwrap());
        talks.happened(CallId(call), bridged(AGENT), at);
        if call > 1 {
            talks.happened(CallId(call), CALLER_LEFT, at);
        }
    }

    talks.forget(WallTime(0), WallTime(0));

    let calls: Vec<u64> = talks.of(AGENT).map(|(call, _)| call.0).collect();
    assert_eq!(calls.len(), UNJUDGED_MOST + 1);
    assert_eq!((calls[0], calls[UNJUDGED_MOST - 1]), (most + 2, 3));
    // The one that goes on stays, however old.
    assert_eq!(calls[UNJUDGED_MOST], 1);
}

#[test]
fn nothing_stays_of_a_talk_longer_than_it_is_kept() {
    let mut talks = talks([queued("taxes"), bridged(AGENT), CALLER_LEFT]);

    talks.forget(WallTime(SECOND), WallTime(0));
    assert!(talks.get(CALL, AGENT).is_some());
    talks.forget(WallTime(SECOND + 1), WallTime(0));

    assert!(talks.get(CALL, AGENT).is_none());
    assert_eq!(talks.of(AGENT).count(), 0);
}
