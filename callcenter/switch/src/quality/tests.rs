//! Stories of supervisors who judge, and of agents who read it.

#![allow(clippy::unwrap_used, clippy::wildcard_enum_match_arm)]

mod refusing;
mod world;

use cti::{QualityEvent, QualityRefusal, QualityRequest, TalkEnding};
use figures::{Mean, Share};

use super::*;
use world::{AGENT, DAY, OTHER_AGENT, SUPERVISOR, SUPERVISOR_WEST, World, judgment};

#[test]
fn a_supervisor_finds_the_talk_judges_it_and_the_agent_reads_it_and_answers() {
    let mut world = World::with_talks(1);
    let talks = world.told(SUPERVISOR, world.list_talks());
    let QualityEvent::Talks { talks, form, .. } = talks else {
        panic!("{talks:?}");
    };
    assert_eq!(talks[0].ending, Some(TalkEnding::CallerHungUp));
    assert_eq!((talks[0].seconds, talks[0].recorded), (60, true));
    assert_eq!(talks[0].queue.as_deref(), Some("taxes"));
    assert_eq!(form.unwrap().id, "talk");

    world.asks(SUPERVISOR, judgment(1, 4, "친절했어요"));
    assert_eq!(world.heard(), []);
    world.is_written(true);

    let sheet = world.judged(SUPERVISOR);
    assert_eq!(sheet.line.score.unwrap().share, Share(950));
    let own = world.heard_by(AGENT);
    assert!(matches!(&own[..], [QualityEvent::Own { talks }] if talks[0].talk.call == 1));
    let reviewed_ms = sheet.reviews[0].reviewed_ms;
    world.asks(AGENT, world::answer(1, reviewed_ms, "고마워요"));
    world.is_written(true);
    for reader in [AGENT, SUPERVISOR] {
        let heard = world.heard_by(reader);
        let [QualityEvent::Answered { sheet }] = &heard[..] else {
            panic!("{heard:?}");
        };
        assert_eq!(sheet.reviews[0].answer, Some(world::words("고마워요")));
        assert_eq!(sheet.reviews[0].comment, Some(world::words("친절했어요")));
    }
}

#[test]
fn nothing_is_told_of_a_review_that_is_not_durable() {
    let mut world = World::with_talks(1);
    world.asks(SUPERVISOR, judgment(1, 4, ""));

    world.is_written(false);

    assert_eq!(world.refused(SUPERVISOR), QualityRefusal::NotWritten);
    assert_eq!(world.heard_by(AGENT), []);
    let sheet = world.opened(SUPERVISOR, 1);
    assert!(sheet.reviews.is_empty());
}

#[test]
fn what_is_said_twice_is_written_once() {
    let mut world = World::with_talks(1);
    world.asks(SUPERVISOR, judgment(1, 4, "좋아요"));
    world.asks(SUPERVISOR, judgment(1, 4, "좋아요"));
    assert_eq!(world.wants_written(), 1);
    world.is_written(true);
    let reviewed_ms = world.judged(SUPERVISOR).reviews[0].reviewed_ms;
    world.heard();

    world.later(5_000);
    world.asks(SUPERVISOR, judgment(1, 4, "좋아요"));

    assert_eq!(world.wants_written(), 0);
    let again = world.judged(SUPERVISOR);
    assert_eq!(again.reviews[0].reviewed_ms, reviewed_ms);
    for _ in 0..2 {
        world.asks(AGENT, world::answer(1, reviewed_ms, "네"));
    }
    assert_eq!(world.wants_written(), 1);
    world.is_written(true);
    world.heard();
    world.asks(AGENT, world::answer(1, reviewed_ms, "네"));
    assert_eq!(world.wants_written(), 0);
    assert!(matches!(
        &world.heard_by(AGENT)[..],
        [QualityEvent::Answered { .. }]
    ));
}

#[test]
fn a_later_review_takes_the_place_of_the_earlier_and_both_stay_written() {
    let mut world = World::with_talks(1);
    let first = world.judges(SUPERVISOR, judgment(1, 4, ""));
    world.asks(AGENT, world::answer(1, first, "네"));
    world.is_written(true);
    world.later(5_000);
    world.judges(SUPERVISOR, judgment(1, 1, ""));

    let sheet = world.opened(SUPERVISOR, 1);

    assert_eq!(sheet.reviews.len(), 1);
    assert_eq!(sheet.reviews[0].points["greeting"], 1);
    // What was answered, was answered to the other one.
    assert_eq!(sheet.reviews[0].answer, None);
    assert_eq!(
        world.written_of(1),
        ["reviewed", "review-answered", "reviewed"]
    );
    world.asks(AGENT, world::answer(1, first, "네?"));
    assert_eq!(world.refused(AGENT), QualityRefusal::NoSuchReview);
}

#[test]
fn a_restart_finds_every_review_and_answer_by_the_call_book_alone() {
    let mut world = World::with_talks(3);
    let reviewed_ms = world.judges(SUPERVISOR, judgment(2, 4, "좋아요"));
    world.asks(AGENT, world::answer(2, reviewed_ms, "네"));
    world.is_written(true);
    world.heard();
    let before = world.opened(SUPERVISOR, 2);

    world.starts_anew();

    assert_eq!(world.opened(SUPERVISOR, 2), before);
    assert_eq!(before.reviews[0].answer, Some(world::words("네")));
}

#[test]
fn a_review_stands_under_its_talks_time_and_is_forgotten_with_it() {
    let mut world = World::with_talks(1);
    world.later(world::KEEP_DAYS * DAY - 120_000);
    world.judges(SUPERVISOR, judgment(1, 4, "좋아요"));
    let at = world.written_at(1);
    assert_eq!(at, world.opened(SUPERVISOR, 1).line.began_ms);

    // Less than an hour of waiting for the next look at what is too old.
    world.later(3_600_000);

    world.asks(SUPERVISOR, world::open(1));
    assert_eq!(world.refused(SUPERVISOR), QualityRefusal::TalkGone);
    world.asks(AGENT, QualityRequest::ListOwn);
    let own = world.heard_by(AGENT);
    assert_eq!(own, [QualityEvent::Own { talks: Vec::new() }]);
}

#[test]
fn means_are_of_the_days_asked_for_and_say_of_how_many_reviews() {
    let mut world = World::with_talks(2);
    world.judges(SUPERVISOR, judgment(1, 4, ""));
    world.later(10 * DAY);
    world.talk(3, AGENT);
    world.judges(SUPERVISOR, judgment(3, 0, ""));
    let score = |world: &mut World, days| {
        let merits = world.told(SUPERVISOR, QualityRequest::ListMerits { days });
        let QualityEvent::Merits { agents, .. } = merits else {
            panic!("{merits:?}");
        };
        let of = |agent: AgentId| agents.iter().find(|it| it.agent == agent.0).unwrap();
        assert_eq!(of(OTHER_AGENT).score, None);
        of(AGENT).score.unwrap()
    };

    let mean = |share, reviews| Mean { share, reviews };
    assert_eq!(score(&mut world, 30), mean(Share(850), 2));
    assert_eq!(score(&mut world, 7), mean(Share(750), 1));
    let talks = world.told(SUPERVISOR, world.list_talks());
    let QualityEvent::Talks { merit, .. } = talks else {
        panic!("{talks:?}");
    };
    let criteria = merit.criteria.iter();
    let criteria: Vec<_> = criteria
        .map(|it| (it.criterion.as_str(), it.mean))
        .collect();
    let fee = ("fee", mean(Share(1_000), 2));
    assert_eq!(criteria, [fee, ("greeting", mean(Share(400), 2))]);
}

#[test]
fn a_talk_that_is_listened_to_opens_before_it_is_over_and_is_judged_after() {
    let mut world = World::with_talks(0);
    world.bridge(1, AGENT);
    world.asks(SUPERVISOR, QualityRequest::OpenMonitored);
    assert_eq!(world.refused(SUPERVISOR), QualityRefusal::NotMonitoring);
    world.monitors(1, AGENT);

    let opened = world.told(SUPERVISOR, QualityRequest::OpenMonitored);
    let QualityEvent::Talk { sheet } = opened else {
        panic!("{opened:?}");
    };
    assert_eq!((sheet.line.talk.call, sheet.line.ending), (1, None));
    world.asks(SUPERVISOR, judgment(1, 4, ""));
    assert_eq!(world.refused(SUPERVISOR), QualityRefusal::StillTalking);
    world.hang_up(1);

    world.judges(SUPERVISOR, judgment(1, 4, ""));
}

#[test]
fn a_talk_stays_with_the_version_it_was_judged_by() {
    let mut world = World::with_talks(2);
    world.judges(SUPERVISOR, judgment(1, 4, ""));
    world.form_changes(true);

    let versions = [1, 2].map(|call| world.opened(SUPERVISOR, call).form.unwrap().version);
    assert_eq!(versions, [1, 2]);
    // Opened by the form of before, saved by that of now.
    world.asks(SUPERVISOR, judgment(2, 4, ""));
    assert_eq!(world.refused(SUPERVISOR), QualityRefusal::FormChanged);
    world.judges(SUPERVISOR_WEST, judgment(1, 3, ""));

    world.form_changes(false);
    world.asks(SUPERVISOR, world::open(1));
    assert_eq!(world.refused(SUPERVISOR), QualityRefusal::EarlierForm);
    assert_eq!(world.opened(AGENT, 1).reviews.len(), 2);
}
