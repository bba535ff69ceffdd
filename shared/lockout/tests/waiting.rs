//! Who guesses waits, and nobody else.

#![allow(clippy::unwrap_used)]

use std::{
    net::{IpAddr, Ipv4Addr},
    time::{Duration, Instant},
};

use lockout::{Locked, Lockout, Patience};

fn patience(tries: u32) -> Patience {
    Patience {
        tries,
        first_wait: Duration::from_secs(5),
        longest_wait: Duration::from_secs(60),
        forgotten_after: Duration::from_secs(600),
    }
}

fn source(last: u8) -> IpAddr {
    IpAddr::V4(Ipv4Addr::new(192, 0, 2, last))
}

#[test]
fn who_guesses_waits_twice_as_long_each_time() {
    let now = Instant::now();
    let mut lockout = Lockout::new(patience(3), patience(100), 100);
    let mut waits = Vec::new();

    for _ in 0..8 {
        lockout.failed(source(1), "agent1", now);
        let locked = lockout.may_try(source(1), "agent1", now).err();
        waits.push(locked.map_or(0, |it| it.wait.as_secs()));
    }

    assert_eq!(waits, [0, 0, 5, 10, 20, 40, 60, 60]);
    assert_eq!(lockout.may_try(source(2), "agent1", now), Ok(()));
    let later = now + Duration::from_secs(60);
    assert_eq!(lockout.may_try(source(1), "agent1", later), Ok(()));
}

#[test]
fn a_right_password_clears_the_account_and_not_the_source() {
    let now = Instant::now();
    let mut lockout = Lockout::new(patience(3), patience(3), 100);
    for _ in 0..3 {
        lockout.failed(source(1), "agent1", now);
    }

    lockout.succeeded("agent1");

    assert_eq!(lockout.may_try(source(2), "agent1", now), Ok(()));
    let wait = Duration::from_secs(5);
    assert_eq!(
        lockout.may_try(source(1), "agent2", now),
        Err(Locked { wait })
    );
}

#[test]
fn failures_long_ago_are_forgotten() {
    let now = Instant::now();
    let mut lockout = Lockout::new(patience(2), patience(100), 100);
    lockout.failed(source(1), "agent1", now);

    let later = now + Duration::from_secs(601);
    lockout.failed(source(1), "agent1", later);

    assert_eq!(lockout.may_try(source(1), "agent1", later), Ok(()));
}

#[test]
fn the_memory_of_failures_is_bounded_and_keeps_who_is_locked() {
    let now = Instant::now();
    let mut lockout = Lockout::new(patience(2), patience(1_000), 10);
    lockout.failed(source(1), "agent1", now);
    lockout.failed(source(1), "agent1", now);

    for last in 2..=200 {
        lockout.failed(source(last), &format!("name{last}"), now);
    }

    assert!(lockout.len() <= 20, "{}", lockout.len());
    assert!(lockout.may_try(source(1), "other", now).is_err());
}
