//! Files that fit, files that do not, and what is drawn from them.

use crate::{
    Caller, Scenario,
    practice::{all, catalog, files, text},
};

#[test]
fn every_scenario_of_the_repository_is_read_and_speaks_whole_sentences() {
    let catalog = catalog();
    assert!(files().len() >= 8);

    for (id, text) in files() {
        let scenario = Scenario::parse(&id, &text, &catalog).unwrap();

        for seed in 0..50 {
            let mut caller = Caller::draw(&scenario, &catalog, seed);
            for line in &scenario.lines {
                let said = caller.speak(&line.topic).unwrap();
                assert!(!said.contains(['{', '}']), "{id}, seed {seed}: {said}");
            }
        }
    }
}

#[test]
fn a_seed_makes_the_same_caller_again_and_seeds_make_different_ones() {
    let catalog = catalog();

    for scenario in all() {
        let draw = |seed| Caller::draw(&scenario, &catalog, seed);
        assert_eq!(draw(7), draw(7));
        assert!((0..20).any(|seed| draw(seed) != draw(7)));
    }
}

#[test]
fn a_scenario_that_does_not_fit_is_refused_in_a_clear_sentence() {
    let land = [
        (
            "id = \"land-ledger\"",
            "id = \"other\"",
            "its id is \"other\", and its file's name is another",
        ),
        (
            "language = \"ko\"",
            "language = \"fr\"",
            "a caller can speak ko or en, and not \"fr\"",
        ),
        (
            "service = \"land-ledger\"",
            "service = \"petition\"",
            "the catalogue has no service \"petition\" that an agent prepares",
        ),
        (
            "\"4199710100\", ",
            "\"1\", ",
            "\"1\" is no answer to \"district\"",
        ),
        (
            "answers.parcel_number = [\"12-3\"",
            "answers.parcel_number = [\"12-\"",
            "\"12-\" is no answer to \"parcel_number\"",
        ),
        (
            "answers.parcel_number = [\"12-3\", \"7\", \"105-2\"]\n",
            "",
            "land-ledger asks \"parcel_number\", and no answer is given",
        ),
        (
            "answers.parcel_number =",
            "answers.house =",
            "land-ledger has no question \"house\"",
        ),
        (
            "copies = [1, 2]",
            "copies = [6]",
            "6 copies are not between 1 and 5",
        ),
        (
            "copies = [1, 2]",
            "copies = [1]\noptions.color = [\"red\"]",
            "land-ledger has no option \"color\"",
        ),
        (
            "{copies}",
            "{pages}",
            "{pages} in a line stands for nothing the caller knows",
        ),
        ("{copies}", "{copies", "a brace in a line is not closed"),
        (
            "topic = \"thanks\"",
            "topic = \"leaving\"",
            "two lines are about Leaving",
        ),
        (
            "topic = \"silence\"",
            "topic = \"demand\"",
            "nothing is said about Silence",
        ),
        (
            "points = 50",
            "points = 51",
            "the points of its rules make 101, and not 100",
        ),
        (
            "pass_points = 70",
            "pass_points = 101",
            "101 points are to be reached, and not between 1 and 100",
        ),
        (
            "\"prepare\"",
            "\"transfer\"",
            "a rule asks for an office, and the caller does not want it",
        ),
        (
            "[wish.request]",
            "[wish]\noffice = \"gaon-tax\"\n[wish.request]",
            "a caller wants a request, an office or nothing, and not two of them",
        ),
        (
            "ring_seconds = 30",
            "ring_seconds = 0",
            "the caller's patience must be between 1 and 3600 seconds, and not 0",
        ),
        (
            "moods = [\"calm\", \"hurried\"]",
            "moods = []",
            "nothing is said about moods",
        ),
    ];
    let (text, catalog) = (text("land-ledger"), catalog());

    for (right, wrong, sentence) in land {
        let changed = text.replacen(right, wrong, 1);
        assert_ne!(changed, text, "{right} stands nowhere");
        let refused = Scenario::parse("land-ledger", &changed, &catalog).unwrap_err();
        assert_eq!(refused.to_string(), format!("land-ledger: {sentence}"));
    }
}

#[test]
fn a_file_that_is_no_scenario_is_refused_with_its_place_and_nothing_panics() {
    let (text, catalog) = (text("land-ledger"), catalog());

    let refused = Scenario::parse("land-ledger", "id = ", &catalog).unwrap_err();
    assert!(
        refused
            .to_string()
            .starts_with("land-ledger: it cannot be read as TOML: TOML parse error at line 1")
    );
    let strange = text.replacen("topic = \"opening\"", "topic = \"weather\"", 1);
    let refused = Scenario::parse("land-ledger", &strange, &catalog).unwrap_err();
    assert!(
        refused
            .to_string()
            .contains("nobody can speak about \"weather\"")
    );
    for (end, _) in text.char_indices() {
        assert!(
            Scenario::parse("land-ledger", &text[..end], &catalog).is_err()
                || end + 1 == text.len()
        );
    }
}
