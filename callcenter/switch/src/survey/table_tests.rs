//! Every step of a survey and all that can happen in it.

#![allow(clippy::unwrap_used)]

use super::*;

const MOMENT: Duration = Duration::from_secs(1);

#[derive(Clone, Copy, Debug)]
enum At {
    FirstAsked,
    FirstHeard,
    LastAsked,
    LastHeard,
    Thanked,
    Over,
}

#[derive(Clone, Copy, Debug)]
enum Happens {
    PlayedOut,
    Key(char),
    /// Nothing, for as long as it waits at the longest.
    Silence,
}

use At::{FirstAsked, FirstHeard, LastAsked, LastHeard, Over, Thanked};
use Happens::{Key, PlayedOut, Silence};

struct Told {
    survey: Survey,
    now: Instant,
}

impl Told {
    fn at(at: At) -> Self {
        let now = Instant::now();
        let questions = ["friendly", "solved"].map(str::to_owned).to_vec();
        let survey = Survey::begin(questions, now);
        let mut told = Self { survey, now };
        let steps: &[Happens] = match at {
            FirstAsked => &[],
            FirstHeard => &[PlayedOut],
            LastAsked => &[Key('1')],
            LastHeard => &[Key('1'), PlayedOut],
            Thanked => &[Key('1'), Key('1')],
            Over => &[Key('1'), Key('1'), PlayedOut],
        };
        steps.iter().for_each(|it| told.happens(*it));
        told.said();
        told
    }

    fn happens(&mut self, what: Happens) {
        self.now += MOMENT;
        match what {
            PlayedOut => self.survey.handle(SurveyEvent::PlayedOut, self.now),
            Key(key) => {
                let digit = SurveyEvent::Digit(Personal::new(key));
                self.survey.handle(digit, self.now);
            }
            Silence => {
                self.now = self.survey.poll_timeout().unwrap_or(self.now + ANSWERING);
                self.survey.handle_timeout(self.now);
            }
        }
    }

    fn said(&mut self) -> Vec<String> {
        let said = std::iter::from_fn(|| self.survey.poll_command());
        said.map(|it| match it {
            SurveyCommand::Ask { question } => format!("ask {question}"),
            SurveyCommand::Note { question, answer } => {
                format!("note {question} {}", u8::from(answer))
            }
            SurveyCommand::Thank => "thank".to_owned(),
            SurveyCommand::HangUp => "hang up".to_owned(),
        })
        .collect()
    }
}

#[test]
fn in_every_step_all_that_can_happen_leads_on_or_nowhere() {
    let table: &[(At, Happens, &[&str])] = &[
        (FirstAsked, PlayedOut, &[]),
        (FirstAsked, Key('5'), &["note friendly 5", "ask solved"]),
        (FirstAsked, Key('6'), &[]),
        (FirstAsked, Key('#'), &[]),
        (FirstAsked, Silence, &[]),
        (FirstHeard, PlayedOut, &[]),
        (FirstHeard, Key('1'), &["note friendly 1", "ask solved"]),
        (FirstHeard, Key('0'), &[]),
        (FirstHeard, Silence, &["ask solved"]),
        (LastAsked, PlayedOut, &[]),
        (LastAsked, Key('3'), &["note solved 3", "thank"]),
        (LastAsked, Silence, &[]),
        (LastHeard, Key('4'), &["note solved 4", "thank"]),
        (LastHeard, Key('*'), &[]),
        (LastHeard, Silence, &["thank"]),
        (Thanked, PlayedOut, &["hang up"]),
        (Thanked, Key('5'), &[]),
        (Thanked, Silence, &["hang up"]),
        (Over, PlayedOut, &[]),
        (Over, Key('5'), &[]),
        (Over, Silence, &[]),
    ];
    for (at, happens, expected) in table {
        let mut told = Told::at(*at);

        told.happens(*happens);

        assert_eq!(told.said(), *expected, "{at:?}, {happens:?}");
    }
}

#[test]
fn an_answer_is_noted_before_the_next_question_is_asked() {
    let mut told = Told::at(FirstHeard);
    told.happens(Key('2'));
    assert_eq!(told.said(), ["note friendly 2", "ask solved"]);
    told.happens(Key('2'));

    assert_eq!(told.said(), ["note solved 2", "thank"]);
}

#[test]
fn a_wrong_key_gains_no_time() {
    let mut told = Told::at(FirstHeard);
    let due = told.survey.poll_timeout();

    told.happens(Key('9'));

    assert_eq!(told.survey.poll_timeout(), due);
}

#[test]
fn where_nobody_says_anything_it_comes_to_its_end() {
    let mut told = Told::at(FirstAsked);
    let began = told.now;
    while told.survey.poll_timeout().is_some() {
        told.happens(Silence);
    }

    assert_eq!(told.said(), ["ask solved", "thank", "hang up"]);
    let longest = 3 * SENTENCE_LONGEST + 2 * ANSWERING;
    assert_eq!(told.now - began, longest);
}
