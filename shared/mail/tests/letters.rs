//! Letters as programs write them, and what an office reads in them.

#![allow(clippy::unwrap_used)]

use mail::{NotAPetition, Petition, TEXT_CHARS_MAX, read};

const OFFICE: &str = "minwon@hanbit.example";

fn petition(raw: impl AsRef<[u8]>) -> Petition {
    read(raw.as_ref(), OFFICE).unwrap()
}

/// Fields that every letter has, and these.
fn letter(fields: &str, body: &[u8]) -> Vec<u8> {
    let fields = format!(
        "From: Hanbit Na <na@example.org>\r\nTo: {OFFICE}\r\nMessage-ID: <1@example.org>\r\n{fields}\r\n\r\n"
    );
    [fields.as_bytes(), body].concat()
}

#[test]
fn a_plain_letter_says_who_wrote_and_what() {
    let raw = letter("Subject: Street lamp", b"The lamp\r\nis broken.\r\n");

    let read = petition(raw);

    assert_eq!(read.sender.name.reveal(), "Hanbit Na");
    assert_eq!(read.sender.address.reveal(), "na@example.org");
    assert_eq!(read.subject.reveal(), "Street lamp");
    assert_eq!(read.text.reveal(), "The lamp\nis broken.");
    assert_eq!(read.sender.message_id.unwrap().reveal(), "1@example.org");
    assert!(!read.cut && read.enclosures.is_empty());
}

#[test]
fn hangul_is_read_in_every_character_set_it_is_sent_in() {
    let bodies: [(&str, &[u8]); 7] = [
        ("text/plain; charset=utf-8", "가나".as_bytes()),
        ("text/plain; charset=\"EUC-KR\"", b"\xb0\xa1\xb3\xaa"),
        ("text/plain; charset=ks_c_5601-1987", b"\xb0\xa1\xb3\xaa"),
        ("text/plain; charset=cp949", b"\xb0\xa1\xb3\xaa"),
        ("text/plain; charset=iso-2022-kr", b"\x1b$)C\x0e0!3*\x0f"),
        ("text/plain; charset=us-ascii", b"\xb0\xa1\xb3\xaa"),
        (
            "text/html; charset=euc-kr",
            b"<p>\xb0\xa1<b>\xb3\xaa</b></p>",
        ),
    ];

    for (kind, body) in bodies {
        let read = petition(letter(&format!("Content-Type: {kind}"), body));
        assert_eq!(read.text.reveal(), "가나", "{kind}");
    }
    let encoded = "Content-Type: text/plain; charset=ks_c_5601-1987\r\n\
        Content-Transfer-Encoding: base64";
    assert_eq!(
        petition(letter(encoded, b"sKGzqg==\r\n")).text.reveal(),
        "가나"
    );
    let quoted = "Content-Type: text/plain; charset=cp949\r\n\
        Content-Transfer-Encoding: quoted-printable";
    let read = petition(letter(quoted, b"=B0=A1=\r\n=B3=AA"));
    assert_eq!(read.text.reveal(), "가나");
}

#[test]
fn names_and_subjects_are_read_in_every_form_they_are_sent_in() {
    for (written, subject) in [
        ("=?ks_c_5601-1987?B?sKGzqg==?=", "가나"),
        ("=?EUC-KR?Q?=B0=A1_?=\r\n =?EUC-KR?Q?=B3=AA?=", "가 나"),
        ("=?iso-2022-kr?B?GyQpQw4wITMqDw==?=", "가나"),
        ("Re: =?utf-8?b?6rCA64KY?= (2)", "Re: 가나 (2)"),
    ] {
        let read = petition(letter(&format!("Subject: {written}"), b"text"));
        assert_eq!(read.subject.reveal(), subject, "{written}");
    }
    let raw = b"From: =?ks_c_5601-1987?B?sKGzqg==?= <na@example.org>\nSubject: \xb0\xa1\n\nx";
    let read = petition(raw);
    assert_eq!(read.sender.name.reveal(), "가나");
    assert_eq!(read.subject.reveal(), "가");
}

#[test]
fn an_encoded_name_cannot_become_another_address() {
    let raw = "From: =?utf-8?B?PGV2aWxAZXhhbXBsZS5vcmc+LA==?= <na@example.org>\n\ntext";

    let read = petition(raw);

    assert_eq!(read.sender.address.reveal(), "na@example.org");
}

#[test]
fn of_text_and_html_the_text_is_read_and_of_html_alone_what_is_seen() {
    let both = "Content-Type: multipart/alternative; boundary=b";
    let body = b"--b\r\nContent-Type: text/plain\r\n\r\nplain\r\n\
        --b\r\nContent-Type: text/html\r\n\r\n<p>rich</p>\r\n--b--\r\n";
    assert_eq!(petition(letter(both, body)).text.reveal(), "plain");

    let html = b"<html><head><style>p { color: red }</style><script>alert(1)</script></head>\
        <body><p>One &amp; two</p><p>three</p></body></html>";
    let read = petition(letter("Content-Type: text/html", html));

    let seen = read.text.reveal();
    assert!(
        seen.contains("One & two") && seen.contains("three"),
        "{seen}"
    );
    assert!(!seen.contains("color") && !seen.contains("alert"), "{seen}");
}

#[test]
fn what_is_enclosed_is_named_and_measured() {
    let fields = "Content-Type: multipart/mixed; boundary=b";
    let part = |name: &str, content: &str| {
        format!(
            "--b\r\nContent-Type: image/PNG\r\nContent-Transfer-Encoding: base64\r\n\
             Content-Disposition: attachment; {name}\r\n\r\n{content}\r\n"
        )
    };
    let body = [
        "--b\r\nContent-Type: text/plain\r\n\r\nsee the picture\r\n".to_owned(),
        part("filename*=utf-8''%EA%B0%80.png", "YWJj"),
        part("filename*=ks_c_5601-1987''%B0%A1.png", "YWJj"),
        part("filename=\"=?cp949?B?sKE=?=.png\"", "YWJj"),
        part("filename*0*=euc-kr''%B0%A1; filename*1=.png", "YWJj"),
        "--b--\r\n".to_owned(),
    ];

    let read = petition(letter(fields, body.concat().as_bytes()));

    assert_eq!(read.text.reveal(), "see the picture");
    assert_eq!(read.enclosures.len(), 4);
    for enclosure in &read.enclosures {
        assert_eq!(enclosure.name.reveal(), "가.png");
        assert_eq!(enclosure.media_type, "image/png");
        assert_eq!(enclosure.bytes, 3);
        // Of "abc", FIPS 180-2, B.1.
        assert!(enclosure.sha256.starts_with("ba7816bf8f01cfea"));
    }
}

#[test]
fn a_letter_that_is_forwarded_whole_is_an_enclosure() {
    let fields = "Content-Type: multipart/mixed; boundary=b";
    let body = b"--b\r\n\r\nlook at this\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n\
        From: other@example.org\r\nSubject: inner\r\n\r\ninner text\r\n--b--\r\n";

    let read = petition(letter(fields, body));

    assert_eq!(read.sender.address.reveal(), "na@example.org");
    assert_eq!(read.text.reveal(), "look at this");
    assert_eq!(read.enclosures.len(), 1);
    assert_eq!(read.enclosures[0].media_type, "message/rfc822");
}

#[test]
fn a_long_text_is_cut_and_says_so() {
    let read = petition(letter(
        "Subject: s",
        "가".repeat(TEXT_CHARS_MAX + 1).as_bytes(),
    ));

    assert_eq!(read.text.reveal().chars().count(), TEXT_CHARS_MAX);
    assert!(read.cut);
}

#[test]
fn a_letter_is_known_again_and_no_other_is_taken_for_it() {
    let key = |from: &str, id: &str, body: &str| {
        let raw = format!("From: {from}\n{id}Subject: s\n\n{body}");
        petition(raw).key
    };
    let id = "Message-ID: <1@example.org>\n";
    let first = key("na@example.org", id, "text");

    assert_eq!(
        key("NA@example.org", id, "text, with a list's footer"),
        first
    );
    assert_ne!(key("other@example.org", id, "text"), first);
    assert_ne!(
        key("na@example.org", "Message-ID: <2@example.org>\n", "text"),
        first
    );
    let without = key("na@example.org", "", "text");
    assert_eq!(key("na@example.org", "", "text"), without);
    assert_ne!(key("na@example.org", "", "other text"), without);
    assert_eq!(first.as_str().len(), 20);
}

#[test]
fn a_letter_from_nobody_or_from_several_or_without_a_word_is_refused() {
    for (raw, reason) in [
        ("Subject: s\n\ntext", NotAPetition::NoSender),
        ("From: nobody\nSubject: s\n\ntext", NotAPetition::NoSender),
        ("From: a@b@c\n\ntext", NotAPetition::NoSender),
        (
            "From: a@example.org, b@example.org\n\ntext",
            NotAPetition::NoSender,
        ),
        ("From: <a b@example.org>\n\ntext", NotAPetition::NoSender),
        ("From: a@example.org\n\n\n", NotAPetition::NothingReadable),
        ("", NotAPetition::NotAMessage),
    ] {
        assert_eq!(read(raw.as_bytes(), OFFICE), Err(reason), "{raw}");
    }
}
