//! Days, numbers and plates as agents type them.

use super::*;
use crate::preparation::view::{AnswerRefusal, Asked};

/// What the form says of a question after this was typed.
fn asked(agent: &mut Agent, question: &str, text: &str) -> Asked {
    agent.say(Field::Answer(question.to_owned()), text);
    match agent.view() {
        Some(PreparationView::Fill(form)) => {
            let found = form.questions.into_iter().find(|it| it.id == question);
            found.unwrap()
        }
        other => panic!("{other:?}"),
    }
}

fn taken(asked: &Asked) -> Option<&str> {
    asked.answer.as_ref().map(|it| it.reveal().as_str())
}

#[test]
fn a_day_is_taken_however_it_is_typed_and_read_back_in_words() {
    let mut agent = Agent::new();
    agent.begin("weather-certificate");

    for typed in ["20260717", "2026.7.17", "2026-07-17"] {
        let asked = asked(&mut agent, "day", typed);
        assert_eq!(taken(&asked), Some("2026년 7월 17일"), "{typed}");
    }
}

#[test]
fn a_day_that_does_not_exist_is_refused_as_such() {
    let mut agent = Agent::new();
    agent.begin("weather-certificate");
    assert_eq!(taken(&asked(&mut agent, "day", "2026-02-30")), None);

    agent.touch(PreparationTouch::Next);

    let Some(PreparationView::Fill(form)) = agent.view() else {
        panic!("{:?}", agent.view());
    };
    assert_eq!(form.questions[1].refusal, Some(AnswerRefusal::NoSuchDay));
}

#[test]
fn a_number_plate_may_be_typed_with_a_blank() {
    let mut agent = Agent::new();
    agent.begin("vehicle-register");
    let plate = match agent.view() {
        Some(PreparationView::Fill(form)) => form.questions[0].id.clone(),
        other => panic!("{other:?}"),
    };

    assert_eq!(
        taken(&asked(&mut agent, &plate, "123가 4568")),
        Some("123가4568")
    );
    assert_eq!(taken(&asked(&mut agent, &plate, "123가456")), None);
}
