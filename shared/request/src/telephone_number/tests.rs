//! Numbers as people write them.

#![allow(clippy::unwrap_used)]

use super::*;

#[test]
fn a_number_is_the_same_however_it_is_written() {
    for text in [
        "010-1234-5678",
        "01012345678",
        " 010 1234 5678 ",
        "010.1234.5678",
        "+82 10-1234-5678",
        "+82(0)10-1234-5678",
    ] {
        let number = TelephoneNumber::parse(text).unwrap();
        assert_eq!(number.digits().reveal(), "821012345678", "{text}");
    }
    let abroad = TelephoneNumber::parse("+49 151 23456789").unwrap();
    assert_eq!(abroad.digits().reveal(), "4915123456789");
}

#[test]
fn what_takes_no_messages_is_refused() {
    for text in [
        "",
        "+",
        "110",
        "02-123-4567",
        "031-123-4567",
        "070-1234-5678",
        "010-1234-567",
        "010-1234-56789",
        "1012345678",
        "+82 2 123 4567",
        "+0123456789",
        "+1234567",
        "+1234567890123456",
        "공일공",
        "010-1234-567a",
        "０１０１２３４５６７８",
    ] {
        assert_eq!(TelephoneNumber::parse(text), Err(NotAMobile), "{text}");
    }
}

#[test]
fn it_says_nothing_of_anybody() {
    let number = TelephoneNumber::parse("010-1234-5678").unwrap();
    assert!(!format!("{number:?}").contains("1234"));
}
