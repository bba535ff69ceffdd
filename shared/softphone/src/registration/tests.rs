//! Registrars that answer, refuse and are gone.

#![allow(clippy::unwrap_used)]

use super::*;

const SECOND: Duration = Duration::from_secs(1);

/// The number of the one question among what is to be done, and what is told.
fn asked(registration: &mut Registration) -> (Option<u64>, Vec<Deed>) {
    let deeds = registration.take_deeds();
    let (questions, told): (Vec<_>, Vec<_>) = deeds
        .into_iter()
        .partition(|it| matches!(it, Deed::Ask { .. }));
    assert!(questions.len() <= 1, "{questions:?}");
    let number = questions.first().map(|it| match it {
        Deed::Ask { number, .. } => *number,
        Deed::TellRegistered | Deed::TellUnregistered(_) => unreachable!(),
    });
    (number, told)
}

/// Fails in the same way until `now` is so much later; answers when it asked.
fn fails_for(why: NotRegistered, duration: Duration, share: f64) -> (Vec<Duration>, Vec<Deed>) {
    let begin = Instant::now();
    let mut registration = Registration::new(share);
    let (mut times, mut all) = (Vec::new(), Vec::new());
    registration.register();
    let mut now = begin;
    loop {
        let (number, told) = asked(&mut registration);
        all.extend(told);
        if let Some(number) = number {
            times.push(now - begin);
            registration.answered(number, Err(why), now);
            continue;
        }
        match registration.poll_timeout() {
            Some(at) if at <= begin + duration => now = at,
            _ => return (times, all),
        }
        registration.handle_timeout(now);
    }
}

#[test]
fn a_telephone_registers_once_and_refreshes_in_time() {
    let begin = Instant::now();
    let mut registration = Registration::new(1.0);
    registration.register();
    registration.register();
    let (number, _) = asked(&mut registration);

    registration.answered(number.unwrap(), Ok(60 * SECOND), begin);

    assert_eq!(asked(&mut registration).1, [Deed::TellRegistered]);
    assert_eq!(registration.poll_timeout(), Some(begin + 30 * SECOND));
    registration.handle_timeout(begin + 29 * SECOND);
    assert_eq!(asked(&mut registration), (None, Vec::new()));
    registration.handle_timeout(begin + 30 * SECOND);
    let (again, _) = asked(&mut registration);
    registration.answered(again.unwrap(), Ok(60 * SECOND), begin + 30 * SECOND);
    assert_eq!(asked(&mut registration).1, [], "it is not told twice");
}

#[test]
fn a_wrong_password_is_told_once_and_not_hammered_with() {
    let (times, told) = fails_for(NotRegistered::WrongPassword, 3_600 * SECOND, 1.0);

    let wrong = Deed::TellUnregistered(Unregistered::WrongPassword);
    assert_eq!(told, [wrong]);
    let seconds: Vec<u64> = times.iter().map(Duration::as_secs).collect();
    assert_eq!(seconds, [0, 60, 180, 420, 900, 1_800, 2_700, 3_600]);
}

#[test]
fn a_registrar_that_is_gone_is_looked_for_ever_more_seldom() {
    let (times, told) = fails_for(NotRegistered::Silent, 200 * SECOND, 1.0);

    let gone = Deed::TellUnregistered(Unregistered::RegistrarGone);
    assert_eq!(told, [gone]);
    let seconds: Vec<u64> = times.iter().map(Duration::as_secs).collect();
    assert_eq!(seconds, [0, 2, 6, 14, 30, 62, 122, 182]);
    let (sooner, _) = fails_for(NotRegistered::Silent, 200 * SECOND, 0.5);
    assert_eq!(sooner[..4], [0, 1, 3, 7].map(Duration::from_secs));
}

#[test]
fn a_registrar_says_when_it_wants_to_be_asked_again() {
    let refused = NotRegistered::Refused {
        status: 503,
        retry_after: Some(100 * SECOND),
    };

    let (times, _) = fails_for(refused, 210 * SECOND, 1.0);

    assert_eq!(times, [0, 100, 200].map(Duration::from_secs));
}

#[test]
fn what_does_not_fit_into_an_address_is_not_tried_again() {
    let (times, told) = fails_for(NotRegistered::NoUri, 3_600 * SECOND, 1.0);

    assert_eq!(times.len(), 1);
    assert_eq!(told, [Deed::TellUnregistered(Unregistered::Malformed)]);
}

#[test]
fn who_leaves_is_not_called_back_by_a_late_answer() {
    let now = Instant::now();
    let mut registration = Registration::new(1.0);
    registration.register();
    let (first, _) = asked(&mut registration);
    registration.unregister();
    let (second, _) = asked(&mut registration);

    registration.answered(first.unwrap(), Ok(60 * SECOND), now);
    assert_eq!(asked(&mut registration), (None, Vec::new()));
    registration.answered(second.unwrap(), Err(NotRegistered::Silent), now);

    let asked_to = Deed::TellUnregistered(Unregistered::Asked);
    assert_eq!(asked(&mut registration), (None, vec![asked_to]));
    assert_eq!(registration.poll_timeout(), None);
}
