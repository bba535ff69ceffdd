//! Visits by chance: whatever an agent does, they end.

use std::time::Instant;

use dice::Dice;
use handover::{HostEnding, HostEvent, HostReport, Proposal, Shareable};
use request::{AgentId, FormField, StationId};

use super::played::{district, history, numbers, parcel};
use crate::{
    Citizen, VisitCommand, VisitExercise,
    practice::{all_visits, catalog, seconds},
    score_visit,
};

#[test]
fn every_visit_is_over_whatever_happens_and_nothing_is_filled_in_that_is_not_wanted() {
    let catalog = catalog();
    for scenario in all_visits() {
        for seed in 0..150 {
            let citizen = Citizen::draw(&scenario, &catalog, seed).unwrap();
            let mut now = Instant::now();
            let mut exercise = VisitExercise::new(citizen, scenario.patience.clone(), now);
            let mut dice = Dice::new(seed + 9_000);
            let (mut finishes, mut steps) = (0, 0);
            for number in 0..80 {
                now += seconds(dice.below(9) as u64);
                exercise.handle_timeout(now);
                exercise.handle(any_report(&mut dice, &exercise, number), now);
                finishes += drain(&mut exercise, &scenario.id);
            }
            while let Some(due) = exercise.poll_timeout() {
                now = now.max(due);
                exercise.handle_timeout(now);
                finishes += drain(&mut exercise, &scenario.id);
                steps += 1;
                assert!(steps < 500, "{} never ends, seed {seed}", scenario.id);
            }

            assert!(exercise.is_finished(), "{}, seed {seed}", scenario.id);
            assert_eq!(finishes, 1, "{}, seed {seed}", scenario.id);
            let score = score_visit(&scenario, exercise.observed());
            assert!(score.points <= 100);
            assert_eq!(score.findings.len(), scenario.rules.len());
        }
    }
}

/// How often it was over; a form only ever has what is wanted, or what stood there.
fn drain(exercise: &mut VisitExercise, id: &str) -> usize {
    let mut over = 0;
    while let Some(command) = exercise.poll_command() {
        match command {
            VisitCommand::Finish | VisitCommand::Fail => over += 1,
            VisitCommand::AtKiosk(HostEvent::Shown(form)) => {
                let citizen = exercise.citizen();
                for filled in &form.fields {
                    let stood = citizen.form.shown().fields.contains(filled);
                    let wanted = citizen.wants(&filled.field) == filled.value.as_ref();
                    assert!(stood || wanted, "{id}: {filled:?}");
                }
            }
            VisitCommand::AtKiosk(_) => {}
        }
    }
    over
}

fn any_report(dice: &mut Dice, exercise: &VisitExercise, number: u32) -> HostReport {
    let fields = [
        parcel(),
        district(),
        numbers(),
        history(),
        FormField::Copies,
    ];
    let field = dice.one_of(&fields).unwrap().clone();
    let wanted = exercise.citizen().wants(&field).cloned();
    let line = [
        "몇 부요?",
        "지번이 뭐예요?",
        "안녕하세요",
        "창구로 가세요",
        "copies?",
    ];
    match dice.below(16) {
        0..=2 => HostReport::Joined {
            desk: StationId::new("desk-1"),
            agent: AgentId::new("kim.2"),
        },
        3 | 4 => HostReport::Proposed(Proposal {
            proposal: number,
            field,
            value: Shareable::new("9").unwrap(),
        }),
        5..=8 => match wanted {
            Some(value) => HostReport::Proposed(Proposal {
                proposal: number,
                field,
                value,
            }),
            None => HostReport::TakenBack,
        },
        9 => HostReport::TakenBack,
        10 => HostReport::PointedAt(Some(field)),
        11..=14 => HostReport::Heard(Shareable::new(dice.one_of(&line).unwrap()).unwrap()),
        _ if dice.below(6) == 0 => HostReport::Ended(HostEnding::ByAgent),
        _ => HostReport::Waiting { ahead: 0 },
    }
}
