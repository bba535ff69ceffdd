//! A post office in virtual time that is killed anywhere: no letter is lost, none
//! becomes two petitions, and none goes out twice.

#![allow(clippy::unwrap_used)]

mod world;

use proptest::prelude::*;
use request::{Letter, LetterState, NotSentReason, RequestId};

use world::{Mood, World};

#[test]
fn a_letter_becomes_a_petition_and_leaves_the_inbox_when_the_exchange_has_it() {
    let mut world = World::new();
    world.deliver("na@example.org", "1");
    world.exchange_is_away = true;

    world.run();
    assert_eq!((world.inbox(), world.petitions()), (1, 1));
    assert_eq!(
        world.sent(Letter::Acknowledgement),
        0,
        "nobody is told too early"
    );

    world.exchange_is_away = false;
    world.run();

    assert_eq!((world.inbox(), world.processed()), (0, 1));
    assert_eq!(world.sent(Letter::Acknowledgement), 1);
}

#[test]
fn a_letter_that_is_delivered_twice_is_one_petition() {
    let mut world = World::new();
    world.deliver("na@example.org", "1");
    world.run();

    world.deliver("na@example.org", "1");
    world.deliver("na@example.org", "2");
    world.run();

    assert_eq!(
        (world.inbox(), world.processed(), world.petitions()),
        (0, 3, 2)
    );
    assert_eq!(world.sent(Letter::Acknowledgement), 2);
}

#[test]
fn what_is_no_petition_is_put_aside_and_never_answered() {
    let mut world = World::new();
    world.deliver_automatic();

    world.run();

    assert_eq!(
        (world.inbox(), world.refused(), world.petitions()),
        (0, 1, 0)
    );
    assert_eq!(world.sent(Letter::Acknowledgement), 0);
}

#[test]
fn an_answer_goes_out_once_and_then_the_petition_is_over() {
    let mut world = World::new();
    let id = world.deliver("na@example.org", "1");
    world.run();

    world.reply(&id);
    world.run();

    assert_eq!(world.sent(Letter::Reply), 1);
    assert_eq!(world.open_petitions(), 0);
}

#[test]
fn a_server_that_is_away_is_tried_again_ever_more_rarely_and_given_up_after_days() {
    let mut world = World::new();
    world.mood = Mood::Away;
    let id = world.deliver("na@example.org", "1");
    world.run();
    let start = world.now;

    let tries = world.wait_until_given_up(&id);

    assert_eq!(tries, 32);
    let days = world.now.duration_since(start).as_secs() / 86_400;
    assert!((3..=5).contains(&days), "{days}");
    assert_eq!(world.sent(Letter::Acknowledgement), 0);
}

#[test]
fn a_letter_of_which_nobody_knows_is_not_sent_again_until_an_agent_says_so() {
    let mut world = World::new();
    let id = world.deliver("na@example.org", "1");
    world.run();
    world.mood = Mood::BreaksAfterTaking;
    world.reply(&id);
    world.run();
    assert_eq!(world.sent(Letter::Reply), 1);
    let unknown = Some(LetterState::NotSent(NotSentReason::Unknown));
    assert_eq!(
        world.request(&id).correspondence.state(Letter::Reply),
        unknown
    );

    world.mood = Mood::Well;
    world.restart();
    world.run();
    assert_eq!(world.sent(Letter::Reply), 1);
    world.reply(&id);
    world.run();

    assert_eq!(world.sent(Letter::Reply), 2);
    assert_eq!(world.open_petitions(), 0);
}

#[test]
fn nobodys_mailbox_is_filled_by_letters_in_their_name() {
    let mut world = World::new();
    for number in 0..40 {
        world.deliver("victim@example.org", &number.to_string());
    }
    world.deliver("na@example.org", "1");

    world.run();

    assert_eq!(world.petitions(), 41);
    assert_eq!(world.sent(Letter::Acknowledgement), 10 + 1);
}

#[test]
fn a_full_disk_leaves_letters_where_they_are() {
    let mut world = World::new();
    world.disk_is_full = true;
    world.deliver("na@example.org", "1");
    world.run();
    assert_eq!((world.inbox(), world.petitions()), (1, 0));

    world.disk_is_full = false;
    world.look_again();
    world.run();

    assert_eq!((world.inbox(), world.petitions()), (0, 1));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn killed_anywhere_it_loses_no_letter_and_sends_none_twice(
        letters in prop::collection::vec((0..4_u8, 0..4_u8), 1..8),
        deaths in prop::collection::vec(1..12_usize, 0..14),
        moods in prop::collection::vec(prop_oneof![
            3 => Just(Mood::Well), 1 => Just(Mood::Away), 1 => Just(Mood::BreaksAfterTaking),
        ], 14),
    ) {
        let mut world = World::new();
        let ids: std::collections::BTreeSet<RequestId> = letters
            .iter()
            .map(|(from, id)| world.deliver(&format!("p{from}@example.org"), &id.to_string()))
            .collect();

        for (steps, mood) in deaths.into_iter().zip(moods) {
            world.mood = mood;
            world.run_steps(steps);
            world.restart();
            for id in &ids {
                world.reply_if_it_waits(id);
            }
        }
        world.mood = Mood::Well;
        for _ in 0..4 {
            world.restart();
            world.run();
            world.wait_for_retries();
            for id in &ids {
                world.reply_if_it_waits(id);
                world.run();
            }
        }
        world.run();

        prop_assert_eq!(world.inbox(), 0);
        prop_assert_eq!(world.processed(), letters.len());
        prop_assert_eq!(world.petitions(), ids.len());
        for id in &ids {
            prop_assert!(world.sent_to(id, Letter::Acknowledgement) <= 1);
            prop_assert!(world.sent_to(id, Letter::Reply) <= world.replies_given(id));
            prop_assert!(world.sent_to(id, Letter::Reply) >= 1, "it was answered in the end");
        }
    }
}
