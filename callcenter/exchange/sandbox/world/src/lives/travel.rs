//! Crossings of the border.

use super::last_day;
use crate::{Bilingual, Date, Nation, Person, World};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crossing {
    pub on: Date,
    pub leaving: bool,
    pub port: Bilingual,
    /// Where to or where from.
    pub nation: Nation,
}

const PORTS: [(&str, &str); 4] = [
    ("인천공항", "Incheon airport"),
    ("김포공항", "Gimpo airport"),
    ("김해공항", "Gimhae airport"),
    ("동해항", "Donghae port"),
];

/// Of a thousand, those who travel.
const TRAVEL: usize = 460;
const RECORDED_SINCE: Date = Date(12_784);

impl World {
    /// Oldest first; a foreigner's begin with the day they came.
    pub fn crossings(&self, person: &Person) -> Vec<Crossing> {
        let mut draw = self.dice("travel", person.id.0);
        let mut found = Vec::new();
        let last = last_day(person, self.today());
        let mut day = person.born.plus_years(3).max(RECORDED_SINCE);
        if let Some(alien) = &person.alien {
            found.push(Crossing {
                on: alien.entered,
                leaving: false,
                port: Bilingual::from(&PORTS[0]),
                nation: person
                    .nationality
                    .clone()
                    .unwrap_or_else(|| Nation::any(&mut draw)),
            });
            day = alien.entered;
        } else if !draw.in_thousand(TRAVEL) {
            return found;
        }
        loop {
            let leaves = day.plus_days(draw.between(120, 1_900));
            let returns = leaves.plus_days(draw.between(3, 24));
            if returns >= last {
                return found;
            }
            let (nation, port) = (Nation::any(&mut draw), Bilingual::from(draw.pick(&PORTS)));
            for (on, leaving) in [(leaves, true), (returns, false)] {
                found.push(Crossing {
                    on,
                    leaving,
                    port: port.clone(),
                    nation: nation.clone(),
                });
            }
            day = returns;
        }
    }
}
