//! Files of visits that fit, files that do not, and who is drawn from them.

use crate::{
    Citizen, Lesson, VisitScenario,
    practice::{all_visits, catalog, files, text, visit_files},
};

#[test]
fn every_visit_of_the_repository_is_read_and_whoever_is_drawn_can_write_all_of_it() {
    let catalog = catalog();
    assert!(visit_files().len() >= 5);

    for scenario in all_visits() {
        for seed in 0..50 {
            let citizen = Citizen::draw(&scenario, &catalog, seed).unwrap();
            for line in &scenario.lines {
                let written = citizen.line(&line.topic);
                let text = written.unwrap().text().reveal();
                assert!(
                    !text.contains(['{', '}']),
                    "{}, {seed}: {text}",
                    scenario.id
                );
            }
            assert!(!citizen.untold.is_empty(), "{}, {seed}", scenario.id);
        }
    }
}

#[test]
fn a_seed_makes_the_same_citizen_again_and_seeds_make_different_ones() {
    let catalog = catalog();

    for scenario in all_visits() {
        let draw = |seed| Citizen::draw(&scenario, &catalog, seed);
        assert_eq!(draw(7), draw(7));
        assert!((0..20).any(|seed| draw(seed) != draw(7)), "{}", scenario.id);
    }
}

#[test]
fn a_file_is_a_calls_or_a_visits_by_what_stands_in_it() {
    let catalog = catalog();
    let is_visit = |(id, text): &(String, String)| {
        let lesson = Lesson::parse(id, text, &catalog).unwrap();
        assert_eq!(lesson.id(), id);
        matches!(lesson, Lesson::Visit(_))
    };

    assert!(visit_files().iter().all(is_visit));
    assert!(!files().iter().any(is_visit));
}

#[test]
fn a_visit_that_does_not_fit_is_refused_in_a_clear_sentence() {
    let land = [
        (
            "language = \"en\"",
            "language = \"fr\"",
            "a caller can speak ko or en, and not \"fr\"",
        ),
        (
            "service = \"land-ledger\"",
            "service = \"petition\"",
            "the catalogue has no service \"petition\" that an agent prepares",
        ),
        (
            "mistyped = { \"answer.district\" =",
            "mistyped = { \"option.color\" =",
            "land-ledger has no field that is called Option(\"color\")",
        ),
        (
            "mistyped =",
            "filled_in = [\"answer.district\", \"answer.parcel_number\", \"copies\"]\nmistyped =",
            "whoever is drawn, nothing is sure to be left to be filled in",
        ),
        (
            "silence_seconds = 30",
            "silence_seconds = 0",
            "the caller's patience must be between 1 and 3600 seconds, and not 0",
        ),
        (
            "pace_seconds = [1, 2]",
            "pace_seconds = []",
            "nothing is said about pace_seconds",
        ),
        (
            "{copies}, please",
            "{name}, please",
            "{name} in a line stands for nothing the caller knows",
        ),
        (
            "No, that is not it.",
            "No, I said 4199710100 and 77-3.",
            "a line cannot be written to an agent: the text has as many digits as a resident \
             number or a card number",
        ),
        (
            "topic = \"declined\"",
            "topic = \"demand\"",
            "nothing is said about Declined",
        ),
        (
            "topic = \"silence\"",
            "topic = \"thanks\"",
            "two lines are about Thanks",
        ),
        (
            "must = \"close\"",
            "must = \"answer-questions\"",
            "a rule asks for answers to questions, and the caller does not want it",
        ),
        (
            "points = 30",
            "points = 31",
            "the points of its rules make 101, and not 100",
        ),
    ];
    let id = "visit-land-ledger-english";
    let (text, catalog) = (text(id), catalog());

    for (right, wrong, sentence) in land {
        let changed = text.replacen(right, wrong, 1);
        assert_ne!(changed, text, "{right} stands nowhere");
        let refused = VisitScenario::parse(id, &changed, &catalog).unwrap_err();
        assert_eq!(refused.to_string(), format!("{id}: {sentence}"));
    }
}

#[test]
fn half_a_file_is_refused_and_nothing_panics() {
    let id = "visit-deaf-citizen";
    let (text, catalog) = (text(id), catalog());

    for (end, _) in text.char_indices() {
        let half = Lesson::parse(id, &text[..end], &catalog);
        assert!(half.is_err() || end + 1 == text.len(), "{end}");
    }
}
