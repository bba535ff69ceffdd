//! Registered letters with proof of delivery.

use crate::{Bilingual, Date, Person, PersonId, World};

#[derive(Clone, Debug)]
pub struct Mailing {
    /// Thirteen digits.
    pub number: String,
    pub sender: PersonId,
    pub recipient: PersonId,
    pub kind: Bilingual,
    pub posted: Date,
    pub posted_at: Bilingual,
    pub delivered: Date,
    pub minute_of_day: u16,
    /// Who took it, and what they are to the recipient.
    pub received_by: PersonId,
    pub received_as: Bilingual,
}

const MAILINGS: usize = 900;
/// Proof is given for so long.
const KEPT_DAYS: i32 = 360;

const KINDS: [(&str, &str); 3] = [
    ("등기통상", "Registered letter"),
    ("내용증명", "Certified contents"),
    ("특별송달", "Special delivery"),
];

const OFFICES: [(&str, &str); 3] = [
    ("가온우체국", "Gaon post office"),
    ("나래우체국", "Narae post office"),
    ("다솜우체국", "Dasom post office"),
];

pub(crate) fn mailings(world: &World) -> Vec<Mailing> {
    let mut draw = world.dice("mailings", 0);
    let today = world.today();
    let lives = |it: &&Person| it.household.is_some() && it.age_on(today) >= 19;
    let people: Vec<&Person> = world.persons().iter().filter(lives).collect();
    let mut found = Vec::new();
    for serial in 0..MAILINGS {
        // The known inhabitants have all sent one.
        let known = people.get(serial).filter(|it| it.known);
        let sender = known.copied().unwrap_or_else(|| *draw.pick(&people));
        let recipient = *draw.pick(&people);
        let posted = draw.day(today.plus_days(-KEPT_DAYS), today.plus_days(-4));
        let (received_by, received_as) = received(world, recipient, draw.in_thousand(300));
        found.push(Mailing {
            number: format!(
                "11{:02}{:09}",
                posted.year() % 100,
                104_211_007 + serial * 3
            ),
            sender: sender.id,
            recipient: recipient.id,
            kind: Bilingual::from(draw.pick(&KINDS)),
            posted,
            posted_at: Bilingual::from(draw.pick(&OFFICES)),
            delivered: posted.plus_days(draw.between(1, 3)),
            minute_of_day: u16::try_from(draw.between(560, 1_070)).unwrap_or(600),
            received_by,
            received_as,
        });
    }
    found
}

fn received(world: &World, recipient: &Person, by_another: bool) -> (PersonId, Bilingual) {
    let members = world
        .household_of(recipient)
        .into_iter()
        .flat_map(|it| &it.members);
    let other = members
        .map(|it| world.person(it.person))
        .find(|it| it.id != recipient.id && it.age_on(world.today()) >= 19);
    match other {
        Some(other) if by_another => (other.id, Bilingual::of("동거인", "Member of the household")),
        _ => (recipient.id, Bilingual::of("본인", "The recipient")),
    }
}
