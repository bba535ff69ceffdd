//! Who may not, and what cannot be.

use cti::{QualityEvent, QualityRefusal, QualityRequest};

use super::world::{
    AGENT, OTHER_AGENT, SUPERVISOR, SUPERVISOR_EAST, SUPERVISOR_WEST, World, answer, judgment,
    judgment_of, open,
};

#[test]
fn supervisors_alone_judge_and_list_and_never_themselves_nor_another_team() {
    let mut world = World::with_talks(1);
    world.talk(2, SUPERVISOR);
    let list = world.list_talks();
    let cases = [
        (AGENT, judgment(1, 4, ""), QualityRefusal::SupervisorsOnly),
        (OTHER_AGENT, open(1), QualityRefusal::SupervisorsOnly),
        (OTHER_AGENT, list.clone(), QualityRefusal::SupervisorsOnly),
        (
            OTHER_AGENT,
            QualityRequest::ListMerits { days: 30 },
            QualityRefusal::SupervisorsOnly,
        ),
        (
            AGENT,
            QualityRequest::OpenMonitored,
            QualityRefusal::SupervisorsOnly,
        ),
        (
            SUPERVISOR,
            judgment_of(SUPERVISOR, 2, 4, ""),
            QualityRefusal::OwnTalk,
        ),
        (
            SUPERVISOR_EAST,
            judgment(1, 4, ""),
            QualityRefusal::NotYourAgent,
        ),
        (SUPERVISOR_EAST, open(1), QualityRefusal::NotYourAgent),
        (SUPERVISOR_EAST, list, QualityRefusal::NotYourAgent),
    ];

    for (who, asked, why) in cases {
        world.asks(who, asked.clone());
        assert_eq!(world.refused(who), why, "{who:?} {asked:?}");
    }
    assert_eq!(world.wants_written(), 0);
    world.judges(SUPERVISOR_WEST, judgment(1, 4, ""));
}

#[test]
fn a_supervisor_with_a_team_sees_the_merits_of_that_team_alone() {
    let mut world = World::with_talks(1);
    let mut listed = |supervisor| {
        let merits = world.told(supervisor, QualityRequest::ListMerits { days: 30 });
        let QualityEvent::Merits { agents, first, .. } = merits else {
            panic!("{merits:?}");
        };
        assert!(first);
        agents.into_iter().map(|it| it.account).collect::<Vec<_>>()
    };

    assert_eq!(listed(SUPERVISOR_WEST), ["agent-3"]);
    assert_eq!(listed(SUPERVISOR_EAST), ["agent-4"]);
    assert!(listed(SUPERVISOR).contains(&"agent-3".to_owned()));
}

#[test]
fn what_cannot_be_judged_so_is_refused_with_the_criterion() {
    let mut world = World::with_talks(1);
    let changed = |points: &[(&str, u8)], form: &str, version, comment: usize| {
        let QualityRequest::Judge { mut judgment } = judgment(1, 4, "") else {
            unreachable!("it is one");
        };
        let given = points.iter();
        judgment.points = given.map(|(id, it)| ((*id).to_owned(), *it)).collect();
        (judgment.form, judgment.version) = (form.to_owned(), version);
        judgment.comment = Some(super::world::words(&"가".repeat(comment)));
        QualityRequest::Judge { judgment }
    };
    let criterion = "greeting".to_owned();
    let too_many = QualityRefusal::TooManyPoints { criterion };
    let criterion = "tone".to_owned();
    let unknown = QualityRefusal::UnknownCriterion { criterion };
    let cases = [
        (changed(&[("greeting", 6)], "talk", 1, 0), too_many),
        (changed(&[("tone", 1)], "talk", 1, 0), unknown),
        (changed(&[], "talk", 1, 0), QualityRefusal::NothingJudged),
        (
            changed(&[("fee", 1)], "talk", 2, 0),
            QualityRefusal::FormChanged,
        ),
        (
            changed(&[("fee", 1)], "letter", 1, 0),
            QualityRefusal::FormChanged,
        ),
        (
            changed(&[("fee", 1)], "talk", 1, 1_001),
            QualityRefusal::CommentTooLong,
        ),
        (judgment(9, 4, ""), QualityRefusal::TalkGone),
        (open(9), QualityRefusal::TalkGone),
    ];

    for (asked, why) in cases {
        world.asks(SUPERVISOR, asked.clone());
        assert_eq!(world.refused(SUPERVISOR), why, "{asked:?}");
    }
    assert_eq!(world.wants_written(), 0);
}

#[test]
fn an_agent_answers_an_own_review_once_and_in_words() {
    let mut world = World::with_talks(1);
    let reviewed = world.judges(SUPERVISOR, judgment(1, 4, ""));
    let of_another = open(1);
    let cases = [
        (OTHER_AGENT, of_another, QualityRefusal::SupervisorsOnly),
        (
            OTHER_AGENT,
            answer(1, reviewed, "네"),
            QualityRefusal::NoSuchReview,
        ),
        (
            SUPERVISOR,
            answer(1, reviewed, "네"),
            QualityRefusal::NoSuchReview,
        ),
        (
            AGENT,
            answer(1, reviewed + 1, "네"),
            QualityRefusal::NoSuchReview,
        ),
        (AGENT, answer(1, reviewed, " "), QualityRefusal::AnswerEmpty),
        (
            AGENT,
            answer(1, reviewed, &"가".repeat(501)),
            QualityRefusal::AnswerTooLong,
        ),
    ];
    for (who, asked, why) in cases {
        world.asks(who, asked.clone());
        assert_eq!(world.refused(who), why, "{who:?} {asked:?}");
    }

    world.asks(AGENT, answer(1, reviewed, &"가".repeat(500)));
    world.asks(AGENT, answer(1, reviewed, "다시"));
    assert_eq!(world.refused(AGENT), QualityRefusal::AnsweredAlready);
    world.is_written(true);
    world.heard();
    world.asks(AGENT, answer(1, reviewed, "다시"));
    assert_eq!(world.refused(AGENT), QualityRefusal::AnsweredAlready);
}

#[test]
fn three_supervisors_judge_a_talk_and_no_fourth() {
    let mut world = World::with_talks(1);
    for reviewer in [SUPERVISOR, SUPERVISOR_WEST, super::world::THIRD] {
        world.judges(reviewer, judgment(1, 4, ""));
    }

    world.asks(super::world::FOURTH, judgment(1, 4, ""));
    assert_eq!(
        world.refused(super::world::FOURTH),
        QualityRefusal::TooManyReviewers
    );
    world.later(1_000);
    world.judges(SUPERVISOR, judgment(1, 3, ""));
}

#[test]
fn an_agent_opens_an_own_talk_only_when_it_was_judged() {
    let mut world = World::with_talks(1);
    world.asks(AGENT, open(1));
    assert_eq!(world.refused(AGENT), QualityRefusal::NoSuchReview);

    world.judges(SUPERVISOR, judgment(1, 4, ""));

    assert_eq!(world.opened(AGENT, 1).reviews.len(), 1);
}

#[test]
fn without_a_form_nobody_judges() {
    let mut world = World::without_forms();

    world.asks(SUPERVISOR, world.list_talks());

    assert_eq!(world.refused(SUPERVISOR), QualityRefusal::NoForm);
}
