//! What lies in a card's file: BER-TLV data objects of the identity profile.

use sha2::{Digest, Sha256};

use super::Mood;
use crate::people::Person;

/// The bytes of the elementary file of `person`'s card.
pub(super) fn file(person: &Person, mood: Mood) -> Vec<u8> {
    let expiry = if mood == Mood::Expired {
        "20200229"
    } else {
        "20991231"
    };
    let mut objects = [
        object(0xc0, &[1]),
        object(0xc1, person.resident_number.as_bytes()),
        object(0xc2, person.name.as_bytes()),
        object(0xc3, expiry.as_bytes()),
    ]
    .concat();
    let digest = Sha256::digest(&objects);
    if mood == Mood::Damaged {
        let name = 3 + 15 + 2;
        objects[name] ^= 0x01;
    }
    objects.extend(object(0xc4, &digest));
    let mut file = object(0xe1, &objects);
    if mood == Mood::Truncated {
        file.truncate(file.len() / 2);
    }
    if mood == Mood::Overlong {
        // A length of two bytes in place of the honest one.
        let honest = if file[1] == 0x81 { 1..3 } else { 1..2 };
        file.splice(honest, [0x82, 0x40, 0x00]);
    }
    file
}

/// Tag, length in the short form or with one byte more, value.
fn object(tag: u8, value: &[u8]) -> Vec<u8> {
    let length = u8::try_from(value.len()).expect("a card's objects are short");
    let mut object = vec![tag];
    if length > 0x7f {
        object.push(0x81);
    }
    object.push(length);
    object.extend(value);
    object
}
