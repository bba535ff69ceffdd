//! When sessions begin and end, and which forms are theirs.

use super::*;

fn key(number: u8) -> Key {
    Key::new([number; KEY_BYTES])
}

fn begin(sessions: &mut Sessions, number: u8, operator: &str, now: Instant) {
    let holder = Holder {
        operator: operator.to_owned(),
        stamp: Stamp::of("$one"),
        forms: Forms::new([number; KEY_BYTES]),
    };
    sessions.begin(&key(number), holder, now);
}

fn whose(sessions: &mut Sessions, number: u8, now: Instant) -> Option<String> {
    sessions.touch(key(number).id(), now).map(|it| it.operator)
}

#[test]
fn a_session_ends_when_nobody_has_touched_it_and_at_the_latest_after_a_day() {
    let start = Instant::now();
    let minute = Duration::from_mins(1);
    // Each line: how often it is touched, and until when it lasts.
    for (every, lasts) in [
        (IDLE - minute, WHOLE - minute),
        (minute, WHOLE - minute),
        (IDLE, Duration::ZERO),
    ] {
        let mut sessions = Sessions::default();
        begin(&mut sessions, 1, "choi", start);
        let mut now = start;
        while whose(&mut sessions, 1, now + every).is_some() {
            now += every;
        }
        let lasted = now - start;
        assert!(lasted <= lasts && lasts < lasted + every, "{every:?}");
    }
}

#[test]
fn a_key_that_was_never_given_opens_nothing() {
    let now = Instant::now();
    let mut sessions = Sessions::default();
    begin(&mut sessions, 1, "choi", now);

    assert_eq!(whose(&mut sessions, 2, now), None);
    assert_eq!(whose(&mut sessions, 1, now).as_deref(), Some("choi"));
    let forged = key(1).digits();
    for forged in [
        &forged[1..],
        &forged.replace('0', "O"),
        "",
        "１",
        &"é".repeat(32),
    ] {
        assert!(Key::read(forged).is_none(), "{forged}");
    }
    assert!(Key::read(&forged).is_some_and(|it| it == key(1)));
}

#[test]
fn who_signs_out_is_out_and_a_session_remembers_its_passphrase() {
    let now = Instant::now();
    let mut sessions = Sessions::default();
    for number in 1..=3 {
        begin(&mut sessions, number, "choi", now);
    }

    sessions.end(key(1).id());
    sessions.stamp(key(3).id(), Stamp::of("$another"));

    assert_eq!(whose(&mut sessions, 1, now), None);
    let mut stamp = |number| sessions.touch(key(number).id(), now).map(|it| it.stamp);
    assert_eq!(stamp(2), Some(Stamp::of("$one")));
    assert_eq!(stamp(3), Some(Stamp::of("$another")));
}

#[test]
fn who_signs_in_too_often_ends_the_oldest_of_their_own_sessions() {
    let start = Instant::now();
    let mut sessions = Sessions::default();
    begin(&mut sessions, 100, "han", start);
    for number in 1..=6 {
        let now = start + Duration::from_secs(number.into());
        begin(&mut sessions, number, "choi", now);
    }

    let now = start + Duration::from_secs(10);
    assert_eq!(whose(&mut sessions, 1, now), None);
    assert!(whose(&mut sessions, 2, now).is_some());
    assert!(whose(&mut sessions, 100, now).is_some());
}

#[test]
fn a_forms_mark_is_of_one_session_and_one_place() {
    let (mine, others) = (Forms::new([1; KEY_BYTES]), Forms::new([2; KEY_BYTES]));
    let mark = mine.mark("/backup");

    assert!(mine.made("/backup", &mark));
    assert!(!mine.made("/stations/gaon-1/order", &mark));
    assert!(!others.made("/backup", &mark));
    assert!(!mine.made("/backup", ""));
    assert!(!mine.made("/backup", &mark.to_uppercase()));
}
