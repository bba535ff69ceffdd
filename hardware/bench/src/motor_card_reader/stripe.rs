//! What a motor card reader's memory holds after a card went over its head: three tracks, each
//! `P` and its data or `N` and why there is none.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use super::Mood;
use crate::people::Person;

pub(super) fn tracks(person: Person, mood: Mood) -> Vec<u8> {
    let tracks = match mood {
        Mood::Damaged => "N24~N24~N20".to_owned(),
        Mood::Blank => "N24~N24~N24".to_owned(),
        // Word for word what such a reader was seen to send of a card.
        Mood::Stranger => "P6283=7496003776810700729~P6283=0000000001037356~N24".to_owned(),
        Mood::Expired => identity(person, "2610"),
        Mood::Well
        | Mood::Jammed
        | Mood::Dead
        | Mood::Spoiling
        | Mood::Straying
        | Mood::SeeingGhosts => identity(person, "3012"),
    };
    tracks.into_bytes()
}

fn identity(person: Person, last_month: &str) -> String {
    let name = URL_SAFE_NO_PAD.encode(person.name);
    format!(
        "N24~N24~PKRID1={}={name}={last_month}",
        person.resident_number
    )
}
