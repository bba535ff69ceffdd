//! Whatever comes, reading it ends soon, on a small stack, and without a panic.

#![allow(clippy::unwrap_used)]

use std::{thread, time::Duration};

use mail::{CONTENT_TYPES_MAX, MESSAGE_BYTES_MAX, NotAPetition, read};
use proptest::prelude::*;

const OFFICE: &str = "minwon@hanbit.example";
const FROM: &str = "From: na@example.org\n";

/// As small as a thread's stack is anywhere in this house.
fn on_a_small_stack(raw: Vec<u8>) -> Result<(), NotAPetition> {
    let small = thread::Builder::new().stack_size(256 << 10);
    let reading = small.spawn(move || read(&raw, OFFICE).map(drop)).unwrap();
    reading.join().unwrap()
}

#[test]
fn messages_within_messages_do_not_overflow_the_stack() {
    let nested = "Content-Type: message/rfc822\n\n";

    let many = [FROM, &nested.repeat(5_400)].concat();
    assert_eq!(
        on_a_small_stack(many.into()),
        Err(NotAPetition::TooManyParts)
    );
    let most = [
        FROM,
        "Subject: s\n",
        &nested.repeat(CONTENT_TYPES_MAX),
        "x: y\n\ntext",
    ]
    .concat();
    assert_eq!(on_a_small_stack(most.into()), Ok(()));
}

#[test]
fn multiparts_and_digests_within_each_other_do_not_overflow_the_stack() {
    for kind in ["mixed", "digest", "alternative"] {
        let level = |number: usize| {
            format!("Content-Type: multipart/{kind}; boundary=b{number}\n\n--b{number}\n")
        };
        let nested = |levels: usize| -> String { (0..levels).map(level).collect() };

        let most = [FROM, "Subject: s\n", &nested(CONTENT_TYPES_MAX), "\ntext"].concat();
        assert_eq!(on_a_small_stack(most.into()), Ok(()), "{kind}");
        let many = [FROM, &nested(CONTENT_TYPES_MAX + 1)].concat();
        assert_eq!(
            on_a_small_stack(many.into()),
            Err(NotAPetition::TooManyParts)
        );
    }
}

#[test]
fn a_message_beyond_the_limit_is_not_even_looked_at() {
    let mut raw = format!("{FROM}Subject: s\n\n").into_bytes();
    raw.resize(MESSAGE_BYTES_MAX, b'a');
    assert_eq!(on_a_small_stack(raw.clone()), Ok(()));

    raw.push(b'a');

    assert_eq!(on_a_small_stack(raw), Err(NotAPetition::TooLarge));
}

/// Pieces that mean something to a reader of mail.
fn piece() -> impl Strategy<Value = Vec<u8>> {
    let known = [
        "From: ",
        "na@example.org",
        "Subject: ",
        "=?euc-kr?B?",
        "=?utf-8?Q?",
        "?=",
        "=B0=A1",
        "Content-Type: ",
        "multipart/mixed",
        "multipart/digest",
        "message/rfc822",
        "text/html",
        "; boundary=b",
        "; charset=cp949",
        "--b",
        "--b--",
        "Content-Transfer-Encoding: base64",
        "Content-Disposition: attachment; filename*0*=cp949''%B0",
        "\r\n",
        "\n",
        "\n\n",
        " ",
        "<p>",
        "&#x1F600;",
        "\x1b$)C\x0e",
        "<!--",
        "\"",
        "(",
        ">",
        ",",
        "가",
    ];
    prop_oneof![
        4 => prop::sample::select(known.to_vec()).prop_map(|it| it.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..12),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn nothing_panics(pieces in prop::collection::vec(piece(), 0..60)) {
        let raw = [FROM.as_bytes().to_vec(), pieces.concat()].concat();

        if let Ok(petition) = read(&raw, OFFICE) {
            prop_assert!(petition.sender.address.reveal().contains('@'));
            prop_assert!(!petition.subject.reveal().contains(['\r', '\n']));
            prop_assert!(!petition.sender.name.reveal().contains(['\r', '\n']));
        }
    }
}

#[test]
fn the_most_laborious_message_is_read_in_seconds() {
    // Every boundary is looked for to the end of the message.
    let level = |number: usize| {
        format!("Content-Type: multipart/mixed; boundary=\"--{number}aaaa\"\n\n----{number}aaaa\n")
    };
    let mut raw: Vec<u8> = [FROM, "Subject: s\n"].concat().into();
    raw.extend((0..CONTENT_TYPES_MAX).flat_map(|it| level(it).into_bytes()));
    raw.resize(MESSAGE_BYTES_MAX, b'-');
    let (tell, told) = std::sync::mpsc::channel();

    thread::spawn(move || tell.send(read(&raw, OFFICE).map(drop)));

    assert!(told.recv_timeout(Duration::from_secs(60)).is_ok());
}
