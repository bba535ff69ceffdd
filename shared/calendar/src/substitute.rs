//! The days that make up for lost holidays (Regulations, art. 3).

use std::collections::BTreeMap;

use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};

use crate::{
    Grounds, Holiday,
    holiday::Names,
    statutory::{RULES, Rule, Words},
};

/// A holiday whose day off is lost.
struct Lost {
    day: Date,
    rule: Rule,
}

/// Adds to the holidays what makes up for those of a year that are lost; two that would
/// be made up for on one day are made up for on two (art. 3, paras. 2 and 3).
pub(crate) fn add(days: &mut BTreeMap<Date, Vec<Holiday>>, year: i16) {
    for lost in lost(year) {
        if let Some(day) = first_free(days, lost.day) {
            days.entry(day).or_default().push(lost.made_up(day));
        }
    }
}

/// A weekend takes each holiday that is made up for then; on another day, one of two is
/// lost (art. 3, para. 1).
fn lost(year: i16) -> Vec<Lost> {
    let mut days: BTreeMap<Date, Vec<Rule>> = BTreeMap::new();
    for rule in RULES {
        if let Some(day) = rule.day(year) {
            days.entry(day).or_default().push(rule);
        }
    }
    let lost = days.into_iter().flat_map(|(day, rules)| {
        let weekend = is_weekend(day);
        let mut lost = rules.clone();
        lost.retain(|it| {
            if weekend {
                it.is_lost_to_weekend(day)
            } else {
                it.is_made_up(day)
            }
        });
        if !weekend {
            lost.truncate(rules.len() - 1);
        }
        lost.into_iter().map(move |rule| Lost { day, rule })
    });
    lost.collect()
}

/// The first day after it that is neither a holiday nor on a weekend.
fn first_free(days: &BTreeMap<Date, Vec<Holiday>>, after: Date) -> Option<Date> {
    let free = |day: &Date| !is_weekend(*day) && !days.contains_key(day);
    after.series(1.day()).skip(1).find(free)
}

pub(crate) fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

impl Lost {
    fn made_up(&self, day: Date) -> Holiday {
        let feast = self.rule.feast;
        let (ko, en): Words = feast.map_or(self.rule.name, |it| it.name);
        let name = Names {
            ko: format!("{ko} 대체공휴일").into(),
            en: format!("the substitute holiday for {en}").into(),
        };
        Holiday {
            day,
            occasion: feast.map_or_else(|| name.clone(), |it| it.days_off.into()),
            name,
            grounds: Grounds::Substitute { lost: self.day },
        }
    }
}
