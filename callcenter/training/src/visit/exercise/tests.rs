//! Visits with trainees of every kind.

mod played;
mod walk;

use handover::{HostEnding, HostEvent, HostReport, Place, Proposal, Shareable};
use request::FormField;

use crate::{Mood, VisitEnding, practice::waits};
use played::{Played, district, history, numbers, parcel};

const LAND: &str = "visit-land-ledger-english";
const OWN: &str = "visit-own-choice";

/// The first seed whose citizen has a mood.
fn seed_of(id: &str, mood: Mood) -> u64 {
    let is_it = |seed: &u64| waits(id, *seed).1.citizen().mood == mood;
    (0..100).find(is_it).unwrap()
}

#[test]
fn who_asks_proposes_what_is_told_and_ends_in_time_has_all_points() {
    let mut played = Played::helped(LAND, 3);

    played.writes("Hello! In which neighborhood is your land?");
    played.proposes_right(&district());
    played.writes("And the parcel number?");
    played.proposes_right(&parcel());
    played.writes("How many copies?");
    played.proposes_right(&FormField::Copies);
    assert_eq!(played.place(), Some(Place::Review));
    assert_eq!(
        played.said().last().unwrap(),
        "Great, I can go on by myself. Thank you!"
    );
    played.ends();

    assert_eq!((played.confirmed(), played.declined()), (3, 0));
    assert_eq!(played.ending(), Some(VisitEnding::Closed));
    assert_eq!(played.judged(), (100, true, Vec::new()));
}

#[test]
fn what_was_never_told_is_a_guess_even_when_it_is_right() {
    let mut played = Played::helped(LAND, 3);

    played.writes("Hello!");
    for field in [district(), parcel(), FormField::Copies] {
        played.proposes_right(&field);
    }
    played.ends();

    let (points, _, broken) = played.judged();
    assert_eq!(points, 80);
    assert_eq!(
        broken,
        ["Something was proposed that the citizen had not told"]
    );
}

#[test]
fn a_wrong_value_is_declined_stays_out_of_the_form_and_must_not_come_again() {
    let mut played = Played::helped(OWN, 1);
    let wrong = Shareable::new("no").unwrap();
    played.writes("과거 주소도 넣을까요?");

    played.proposes(&history(), wrong.clone());
    assert_eq!((played.confirmed(), played.declined()), (0, 1));
    assert_eq!(played.said().last().unwrap(), "그건 제가 말한 게 아니에요.");
    assert!(
        played
            .exercise
            .observed()
            .proposals
            .iter()
            .all(|it| !it.refused_before)
    );
    played.proposes(&history(), wrong);

    assert_eq!((played.confirmed(), played.declined()), (0, 2));
    let refused = played.exercise.observed().proposals.last().unwrap();
    assert!(refused.refused_before && !refused.right);
}

#[test]
fn what_a_citizen_keeps_to_himself_is_pointed_at_and_never_filled_in_for_him() {
    let mut played = Played::helped(OWN, 1);
    played.writes("주민등록번호 뒷자리는 어떻게 할까요?");
    assert!(played.said().last().unwrap().contains("제가 직접 고를게요"));

    played.proposes_right(&numbers());
    assert_eq!((played.confirmed(), played.declined()), (0, 1));
    assert!(played.exercise.observed().proposals[0].refused_before);
    let shown = played.done.len();
    played.report(HostReport::PointedAt(Some(numbers())));
    played.passes(4);

    assert_eq!(played.confirmed(), 0);
    let form = played.shown_since(shown).remove(0);
    let chosen = form.fields.iter().find(|it| it.field == numbers()).unwrap();
    assert_eq!(chosen.value.as_ref(), Some(&played.wanted(&numbers())));
}

/// Everything is filled in, and the citizen is asked about the agencies.
fn at_consent() -> Played {
    let mut played = Played::helped(OWN, 1);
    played.writes("안녕하세요. 과거 주소도 넣을까요?");
    played.proposes_right(&history());
    played.writes("몇 부 필요하세요?");
    if played.wanted(&FormField::Copies).text().reveal() != "1" {
        played.proposes_right(&FormField::Copies);
    }
    played.report(HostReport::PointedAt(Some(numbers())));
    played.passes(10);
    assert_eq!(played.place(), Some(Place::Consent));
    assert!(played.said().last().unwrap().contains("꼭 동의해야 하나요"));
    played
}

#[test]
fn a_citizen_who_hears_that_nobody_must_agree_does_not_and_is_content() {
    let mut played = at_consent();

    played.writes("동의하지 않으셔도 돼요. 창구에서 신청하실 수 있어요.");
    assert_eq!(played.place(), Some(Place::Finding));
    played.ends();

    assert_eq!(played.judged(), (100, true, Vec::new()));
}

#[test]
fn who_presses_a_citizen_to_agree_has_failed_whatever_the_points() {
    let mut played = at_consent();

    played.writes("창구에서도 되지만 그냥 동의 눌러 주세요.");
    played.ends();

    let (points, passed, broken) = played.judged();
    assert_eq!((points, passed), (80, false));
    assert!(broken[0].starts_with("Something was said that must not be"));
}

#[test]
fn a_question_nobody_answers_is_asked_again_and_then_given_up() {
    let mut played = Played::helped("visit-deaf-citizen", 2);
    let asks = |played: &Played| {
        let said = played.said();
        said.iter()
            .filter(|it| it.contains("제 글이 보여요?"))
            .count()
    };
    played.passes(5);
    assert_eq!(asks(&played), 1);

    for _ in 0..4 {
        played.writes("안녕하세요.");
    }

    assert_eq!(asks(&played), 3);
    let observed = played.exercise.observed();
    assert_eq!(
        (observed.questions_asked, observed.questions_answered),
        (1, 0)
    );
}

#[test]
fn who_speaks_of_the_handset_to_a_deaf_citizen_has_failed() {
    let mut played = Played::helped("visit-deaf-citizen", 2);

    played.writes("수화기를 들어 주세요.");
    played.ends();

    let (_, passed, broken) = played.judged();
    assert!(!passed);
    assert!(broken.iter().any(|it| it.starts_with("Something was said")));
}

#[test]
fn a_citizen_who_has_to_go_asks_what_becomes_of_it_and_goes() {
    for (answer, passed) in [
        ("두고 가셔도 저절로 지워져요.", true),
        ("가지 마세요.", false),
    ] {
        let mut played = Played::helped("visit-called-away", 4);
        played.writes("안녕하세요, 어느 동이에요?");
        for _ in 0..40 {
            if played.said().last().unwrap().contains("두고 가도 돼요") {
                break;
            }
            played.report(HostReport::PointedAt(None));
            played.passes(2);
        }

        played.writes(answer);
        played.passes(40);

        assert!(played.over);
        assert_eq!(played.ending(), Some(VisitEnding::WalkedAway));
        assert!(matches!(played.done.last(), Some(HostEvent::Left)));
        assert_eq!(played.judged().1, passed);
    }
}

#[test]
fn a_citizen_to_whom_nobody_comes_goes_and_a_hurried_one_in_half_the_time() {
    for (mood, patience) in [(Mood::Calm, 120), (Mood::Hurried, 60)] {
        let mut played = Played::begin(LAND, seed_of(LAND, mood));

        played.passes(patience - 1);
        assert!(!played.over);
        played.passes(1);

        assert!(played.over);
        assert_eq!(played.judged().0, 0);
    }
}

#[test]
fn a_citizen_nobody_writes_to_tells_what_is_missing_and_then_gives_up() {
    let mut played = Played::helped("visit-household-register", 3);

    played.passes(600);

    assert_eq!(played.ending(), Some(VisitEnding::GaveUp));
    let said = played.said();
    assert_eq!(said.last().unwrap(), "그냥 창구로 갈게요.");
    // The first words, three times by himself, the last words.
    assert_eq!(said.len(), 5);
    assert!(!played.judged().1);
}

#[test]
fn a_reserved_citizen_wants_to_be_asked_twice() {
    let id = "visit-household-register";
    let mut played = Played::helped(id, seed_of(id, Mood::Reserved));

    played.writes("뒷자리는요?");
    assert_eq!(played.said().last().unwrap(), "네? 무슨 말인지 모르겠어요.");
    played.writes("주민등록번호 뒷자리요.");

    assert!(played.said().last().unwrap().starts_with("은행에"));
}

#[test]
fn a_proposal_that_is_taken_back_is_answered_by_nobody() {
    let mut played = Played::helped(LAND, 3);
    played.proposals += 1;
    played.report(HostReport::Proposed(Proposal {
        proposal: 1,
        field: parcel(),
        value: played.wanted(&parcel()),
    }));

    played.report(HostReport::TakenBack);
    played.passes(10);

    assert_eq!((played.confirmed(), played.declined()), (0, 0));
}

#[test]
fn who_leaves_with_a_proposal_open_has_not_closed_properly() {
    let mut played = Played::helped(LAND, 3);
    played.report(HostReport::Proposed(Proposal {
        proposal: 1,
        field: parcel(),
        value: played.wanted(&parcel()),
    }));
    played.ends();

    assert_eq!(played.ending(), Some(VisitEnding::ByAgent));
    assert!(played.exercise.observed().left_open);
}

#[test]
fn a_room_that_is_lost_is_judged_by_nobody() {
    for ending in [
        HostEnding::LineLost,
        HostEnding::NoRoom,
        HostEnding::NobodyCame,
    ] {
        let mut played = Played::begin(LAND, 3);

        played.report(HostReport::Ended(ending));

        assert!(played.failed && !played.over);
    }
}
