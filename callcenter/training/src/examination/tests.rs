//! What is asked, and who passes.

use super::{Examination, bank, visits};
use crate::practice::catalog;

fn right_answers(examination: &Examination) -> Vec<Option<usize>> {
    let right = |question: &super::Question| question.answers.iter().position(|it| it.right);
    examination.questions.iter().map(right).collect()
}

#[test]
fn every_question_has_one_right_answer_and_none_is_there_twice() {
    let mut all = bank::questions(&catalog());
    all.extend(visits::questions());
    assert!(all.len() >= 20, "{} questions", all.len());

    for question in &all {
        let right = question.answers.iter().filter(|it| it.right).count();
        assert_eq!(right, 1, "{}", question.en);
        assert!((2..=4).contains(&question.answers.len()), "{}", question.en);
        let mut answers: Vec<_> = question.answers.iter().map(|it| &it.en).collect();
        answers.sort();
        answers.dedup();
        assert_eq!(answers.len(), question.answers.len(), "{}", question.en);
        let same = all.iter().filter(|it| it.ko == question.ko).count();
        assert_eq!(same, 1, "{}", question.en);
    }
}

#[test]
fn who_knows_enough_passes_and_who_says_nothing_does_not() {
    let examination = Examination::draw(&catalog(), 10, 80, 4);
    let mut chosen = right_answers(&examination);
    let passed = |chosen: &[Option<usize>]| {
        let marked = examination.mark(chosen);
        (marked.points, marked.passed)
    };

    assert_eq!(passed(&chosen), (100, true));
    chosen[0] = None;
    chosen[1] = Some(99);
    assert_eq!(passed(&chosen), (80, true));
    chosen.pop();
    assert_eq!(passed(&chosen), (70, false));
    assert_eq!(passed(&[]), (0, false));
}

#[test]
fn a_test_asks_about_calls_and_visits_alike_whatever_is_drawn() {
    let catalog = catalog();
    let of_visits: Vec<_> = visits::questions().into_iter().map(|it| it.ko).collect();

    for seed in 0..50 {
        let examination = Examination::draw(&catalog, 10, 80, seed);
        let visits = examination
            .questions
            .iter()
            .filter(|it| of_visits.contains(&it.ko));
        assert_eq!((examination.questions.len(), visits.count()), (10, 4));
    }
}

#[test]
fn a_seed_asks_the_same_again_and_an_empty_bank_passes_nobody() {
    let catalog = catalog();
    let draw = |seed| Examination::draw(&catalog, 10, 80, seed);

    assert_eq!(draw(4), draw(4));
    assert_ne!(draw(4), draw(5));
    assert!(!Examination::draw(&catalog, 0, 80, 1).mark(&[]).passed);
}
