//! That somebody owes the city no tax.

use serde_json::{Value, json};
use world::World;

use crate::networks::{
    Parameters,
    entries::{asked_person, borough, holder, home_borough, of_residents},
};

/// By resident number and borough; who owes something has none.
pub(super) fn questions(world: &World) -> Vec<Parameters> {
    let mut questions = of_residents(world, &[], |it| {
        world.local_arrears(it).is_empty() && home_borough(world, it).is_some()
    });
    add_boroughs(world, &mut questions);
    questions
}

/// Asks of each where they live.
pub(super) fn add_boroughs(world: &World, questions: &mut [Parameters]) {
    for question in questions {
        let home = asked_person(world, question).and_then(|it| home_borough(world, it));
        question.insert("municipality".to_owned(), home.unwrap_or_default());
    }
}

/// A borough answers for the whole city.
pub(super) fn answer(world: &World, asked: &Parameters) -> Option<Value> {
    let person = asked_person(world, asked)?;
    let municipality = borough(asked.get("municipality")?)?;
    let clear = world.local_arrears(person).is_empty();
    clear.then(|| {
        json!({
            "person": holder(world, person),
            "municipality": municipality,
            "clear_on": world.today(),
            "deferrals": [],
        })
    })
}
