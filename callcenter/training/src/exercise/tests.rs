//! Talks with trainees of every kind, and walks by chance.

use std::time::Instant;

use super::{Command, Event, Exercise};
use dice::Dice;

use crate::{
    Caller, Certainty, Disclosure, Ending, Goal, Mood, Topic,
    practice::{all, as_wanted, catalog, rings, seconds, something_else},
    score,
};

fn commands(exercise: &mut Exercise) -> Vec<Command> {
    std::iter::from_fn(|| exercise.poll_command()).collect()
}

/// Lets every deadline come until nothing is due.
fn let_time_pass(exercise: &mut Exercise) {
    while let Some(due) = exercise.poll_timeout() {
        exercise.handle_timeout(due);
    }
}

/// The first seed whose caller has a mood.
fn seed_of(id: &str, mood: Mood) -> u64 {
    let is_it = |seed: &u64| rings(id, *seed).1.caller().mood == mood;
    (0..100).find(is_it).unwrap()
}

#[test]
fn a_caller_who_gets_what_he_wants_thanks_and_hangs_up_by_himself() {
    let (scenario, mut exercise, now) = rings("land-ledger", 3);
    assert_eq!(commands(&mut exercise), [Command::Call]);

    exercise.handle(Event::Answered, now + seconds(4));
    let opening = commands(&mut exercise);
    exercise.handle(
        Event::Prepared(as_wanted(exercise.caller())),
        now + seconds(60),
    );
    let thanks = commands(&mut exercise);
    exercise.handle_timeout(exercise.poll_timeout().unwrap());
    let goodbye = commands(&mut exercise);
    exercise.handle(Event::WrappedUp, now + seconds(90));

    assert!(matches!(opening.as_slice(), [Command::Say(_)]));
    assert!(matches!(thanks.as_slice(), [Command::Say(_)]));
    assert_eq!(goodbye, [Command::HangUp]);
    assert_eq!(commands(&mut exercise), [Command::Finish]);
    assert!(exercise.is_finished());
    let observed = exercise.observed();
    assert_eq!(observed.answered_after, Some(seconds(4)));
    assert_eq!(observed.talk, seconds(62));
    assert_eq!(observed.wrap_up, Some(seconds(24)));
    assert_eq!(observed.ending, Some(Ending::Content));
    let score = score(&scenario, exercise.caller(), observed);
    assert_eq!((score.points, score.passed), (100, true));
}

#[test]
fn a_caller_whom_nobody_answers_gives_up_and_a_hurried_one_in_half_the_time() {
    for (mood, patience) in [(Mood::Calm, 30), (Mood::Hurried, 15)] {
        let (scenario, mut exercise, now) = rings("land-ledger", seed_of("land-ledger", mood));

        assert_eq!(exercise.poll_timeout(), Some(now + seconds(patience)));
        let_time_pass(&mut exercise);

        assert_eq!(
            commands(&mut exercise)[1..],
            [Command::HangUp, Command::Finish]
        );
        let score = score(&scenario, exercise.caller(), exercise.observed());
        assert_eq!((score.points, score.passed), (0, false));
    }
}

#[test]
fn what_is_not_asked_the_caller_says_by_himself_and_then_gives_up() {
    let (_, mut exercise, now) = rings("land-ledger", 3);
    let mut wanted = exercise.caller().volunteered.clone();
    wanted.sort();
    exercise.handle(Event::Answered, now);
    commands(&mut exercise);

    for _ in 0..8 {
        exercise.handle(Event::TurnGiven, now + seconds(5));
    }
    assert!(exercise.caller().volunteered.is_empty());
    assert_eq!(commands(&mut exercise).len(), 8);
    let_time_pass(&mut exercise);

    assert_eq!(exercise.observed().ending, Some(Ending::GaveUp));
    assert_eq!(
        wanted,
        [
            Topic::Answer("district".to_owned()),
            Topic::Answer("parcel_number".to_owned()),
            Topic::Copies
        ]
    );
}

#[test]
fn a_caller_who_hears_somebody_speak_is_not_impatient() {
    let (_, mut exercise, now) = rings("land-ledger", 3);
    exercise.handle(Event::Answered, now);
    commands(&mut exercise);
    let due = exercise.poll_timeout().unwrap();

    exercise.handle(Event::Speech, due);
    exercise.handle_timeout(due);

    assert_eq!(commands(&mut exercise), []);
    assert!(exercise.poll_timeout().unwrap() > due);
}

#[test]
fn a_reserved_caller_wants_to_be_asked_twice() {
    let (_, mut exercise, now) = rings("job-seeking", seed_of("job-seeking", Mood::Reserved));
    let name = exercise.caller().name.clone();
    exercise.handle(Event::Answered, now);
    commands(&mut exercise);

    exercise.handle(Event::Asked(Topic::Name), now);
    let first = commands(&mut exercise);
    exercise.handle(Event::Asked(Topic::Name), now);
    let second = commands(&mut exercise);

    let names = |said: &[Command]| matches!(said, [Command::Say(text)] if text.contains(&name));
    assert!(!names(&first));
    assert!(names(&second));
}

#[test]
fn a_mistake_is_put_right_when_the_caller_is_asked_again() {
    let wrong = |seed: &u64| {
        let (_, mut exercise, now) = rings("land-ledger", *seed);
        exercise.handle(Event::Answered, now);
        commands(&mut exercise);
        exercise.handle(Event::Asked(Topic::Answer("district".to_owned())), now);
        let first = commands(&mut exercise);
        exercise.handle(Event::Asked(Topic::Answer("district".to_owned())), now);
        let second = commands(&mut exercise);
        matches!(first.as_slice(), [Command::Say(text)] if text.contains("잘못 말했어요"))
            && matches!(second.as_slice(), [Command::Say(text)] if text.contains("한빛시 다솜구"))
    };

    let mistaken = (0..40).filter(wrong).count();
    assert!((10..=30).contains(&mistaken), "{mistaken} of 40");
}

#[test]
fn a_mistake_nobody_asked_for_is_put_right_in_the_next_turn() {
    for seed in 0..40 {
        let (_, mut exercise, now) = rings("land-ledger", seed);
        exercise.handle(Event::Answered, now);
        for _ in 0..6 {
            exercise.handle(Event::TurnGiven, now);
        }

        let said = commands(&mut exercise);
        let speaks = |word: &str| {
            let is_it = |it: &Command| matches!(it, Command::Say(text) if text.contains(word));
            said.iter().position(is_it)
        };
        let right = speaks("한빛시 다솜구").unwrap();
        if let Some(wrong) = speaks("잘못 말했어요") {
            assert_eq!(right, wrong + 1, "seed {seed}");
        }
    }
}

#[test]
fn what_is_prepared_while_the_caller_is_on_hold_ends_the_call_when_he_is_back() {
    let (_, mut exercise, now) = rings("land-ledger", 3);
    exercise.handle(Event::Answered, now);
    exercise.handle(Event::Held, now + seconds(10));
    exercise.handle(
        Event::Prepared(as_wanted(exercise.caller())),
        now + seconds(20),
    );
    exercise.handle(Event::Retrieved, now + seconds(25));

    exercise.handle_timeout(exercise.poll_timeout().unwrap());

    assert_eq!(exercise.observed().ending, Some(Ending::Content));
}

#[test]
fn a_caller_on_hold_hangs_up_when_it_takes_too_long() {
    let (_, mut exercise, now) = rings("tax-office", seed_of("tax-office", Mood::Calm));
    exercise.handle(Event::Answered, now);
    exercise.handle(Event::Held, now + seconds(10));
    exercise.handle(Event::Retrieved, now + seconds(30));
    exercise.handle(Event::Held, now + seconds(35));
    assert_eq!(exercise.poll_timeout(), Some(now + seconds(95)));

    exercise.handle_timeout(now + seconds(95));

    let observed = exercise.observed();
    assert_eq!(observed.ending, Some(Ending::GaveUp));
    assert_eq!(observed.longest_hold, seconds(60));
}

#[test]
fn an_exercise_is_over_whatever_happens_and_a_score_is_never_above_what_is_possible() {
    let catalog = catalog();
    for scenario in all() {
        for seed in 0..300 {
            let caller = Caller::draw(&scenario, &catalog, seed);
            let mut now = Instant::now();
            let mut exercise = Exercise::new(caller, scenario.patience, now);
            let mut dice = Dice::new(seed + 1_000);
            let mut said = 0;

            for _ in 0..60 {
                now += seconds(dice.below(9) as u64);
                exercise.handle_timeout(now);
                exercise.handle(any_event(&mut dice, exercise.caller()), now);
                said += commands(&mut exercise).len();
            }
            let_time_pass(&mut exercise);

            assert!(exercise.is_finished(), "{}, seed {seed}", scenario.id);
            assert!(said < 200);
            let score = score(&scenario, exercise.caller(), exercise.observed());
            assert!(score.points <= 100);
            assert_eq!(score.findings.len(), scenario.rules.len());
            let told = exercise.observed().disclosed.iter();
            let forbidden = told.filter(|(what, sure)| !what.is_allowed(*sure)).count();
            let decisive = scenario
                .rules
                .iter()
                .any(|it| it.decisive && it.must == crate::Must::NotDisclose);
            assert!(
                !(score.passed && decisive && forbidden > 0),
                "{}, seed {seed}",
                scenario.id
            );
        }
    }
}

fn any_event(dice: &mut Dice, caller: &Caller) -> Event {
    match dice.below(14) {
        0 | 1 => Event::Answered,
        2 => Event::Asked(Topic::Name),
        3 => Event::Asked(Topic::Copies),
        4 => Event::TurnGiven,
        5 => Event::Identified(Certainty::Stated),
        6 => Event::Identified(Certainty::Checked),
        7 => match &caller.goal {
            Goal::Request(_) => Event::Prepared(as_wanted(caller)),
            Goal::Office(_) | Goal::Word => Event::Prepared(something_else()),
        },
        8 => Event::Disclosed(Disclosure::EarlierRequests),
        9 => Event::Held,
        10 => Event::Retrieved,
        11 => Event::Transferred("gaon-tax".to_owned()),
        12 => Event::HungUp,
        _ => Event::WrappedUp,
    }
}
