//! Admission, the registrar and session timers, in time that is an argument.

#![allow(clippy::unwrap_used)]

use std::{
    net::{IpAddr, Ipv4Addr},
    time::{Duration, Instant},
};

use proptest::prelude::*;
use sip::{
    admission::{Admission, Limits, Rate, Request},
    registrar::{Change, Refusal, Registrar, Registration, Terms, Transport, Wish},
    session_timer::{
        Command, Policy, Proposal, Refresher, SessionExpires, SessionTimer, TooSmall, parse_seconds,
    },
};

const fn seconds(count: u64) -> Duration {
    Duration::from_secs(count)
}

fn source(last: u8) -> IpAddr {
    IpAddr::V4(Ipv4Addr::new(192, 0, 2, last))
}

fn limits() -> Limits {
    Limits {
        calls: Rate::per_second(4),
        calls_from_one: Rate::per_second(2),
        registrations: Rate::per_second(4),
        registrations_from_one: Rate::per_second(1),
        emergencies: Rate::per_second(3),
        sources_max: 5,
    }
}

#[test]
fn one_source_does_not_use_up_what_belongs_to_all() {
    let now = Instant::now();
    let mut admission = Admission::new(limits());
    let mut call = |last| admission.admit(Request::Call, source(last), now);

    assert!(call(1).is_ok() && call(1).is_ok());
    let refused = call(1).unwrap_err();
    assert!(call(2).is_ok() && call(3).is_ok());
    let full = call(4).unwrap_err();

    assert_eq!(refused.retry_after, Duration::from_millis(500));
    assert_eq!(full.retry_after, Duration::from_millis(250));
}

#[test]
fn what_was_refused_took_nothing() {
    let now = Instant::now();
    let mut admission = Admission::new(limits());
    for last in [1, 1, 2, 2] {
        admission.admit(Request::Call, source(last), now).unwrap();
    }
    // All calls are used up; the source's own are not.
    for _ in 0..10 {
        assert!(admission.admit(Request::Call, source(3), now).is_err());
    }

    let later = now + seconds(1);

    assert!(admission.admit(Request::Call, source(3), later).is_ok());
    assert!(admission.admit(Request::Call, source(3), later).is_ok());
}

#[test]
fn emergencies_pass_when_nothing_else_does() {
    let now = Instant::now();
    let mut admission = Admission::new(limits());
    while admission.admit(Request::Call, source(1), now).is_ok() {}

    assert!(admission.admit(Request::Emergency, source(1), now).is_ok());
    assert!(
        admission
            .admit(Request::Registration, source(1), now)
            .is_ok()
    );
    let again = admission.admit(Request::Registration, source(1), now);
    assert_eq!(again.unwrap_err().retry_after, seconds(1));
}

#[test]
fn forged_senders_neither_fill_the_memory_nor_shut_out_true_ones() {
    let now = Instant::now();
    let rate = Rate::per_second(1_000);
    let mut admission = Admission::new(Limits {
        calls: rate,
        ..limits()
    });

    for last in 0..200 {
        assert!(admission.admit(Request::Call, source(last), now).is_ok());
    }

    assert_eq!(admission.sources(), 5);
    let later = now + seconds(10);
    admission.admit(Request::Call, source(1), later).unwrap();
    assert_eq!(admission.sources(), 1);
}

proptest! {
    #[test]
    fn no_second_holds_more_than_its_rate_and_what_may_come_at_once(
        gaps in prop::collection::vec(0..400_u64, 1..200)
    ) {
        let start = Instant::now();
        let mut now = start;
        let mut admission = Admission::new(limits());
        let mut taken = 0_u64;
        for gap in gaps {
            now += Duration::from_millis(gap);
            taken += u64::from(admission.admit(Request::Call, source(1), now).is_ok());
        }
        let elapsed = u64::try_from((now - start).as_millis()).unwrap();
        prop_assert!(taken <= 2 + elapsed * 2 / 1_000);
    }
}

fn registration(sequence: u32, wish: Wish) -> Registration {
    Registration {
        account: "agent1".to_owned(),
        source: "192.0.2.5:5060".parse().unwrap(),
        transport: Transport::Udp,
        call_id: "r1".to_owned(),
        sequence,
        wish,
    }
}

fn bind(contact: &str, expires: Option<u64>) -> Wish {
    Wish::Bind(vec![(contact.to_owned(), expires.map(seconds))])
}

fn registered() -> Change {
    Change::Registered {
        account: "agent1".to_owned(),
        source: "192.0.2.5:5060".parse().unwrap(),
    }
}

fn account() -> String {
    "agent1".to_owned()
}

#[test]
fn a_telephone_comes_stays_and_is_not_heard_of_any_more() {
    let now = Instant::now();
    let mut registrar = Registrar::new(Terms::default());

    let first = registration(1, bind("sip:a@192.0.2.5", Some(120)));
    registrar.handle(first, now).unwrap();
    assert_eq!(registrar.poll_command(), Some(registered()));
    assert_eq!(registrar.poll_timeout(), Some(now + seconds(120)));

    let again = registration(2, bind("sip:a@192.0.2.5", Some(120)));
    registrar.handle(again, now + seconds(60)).unwrap();
    let refreshed = Change::Refreshed { account: account() };
    assert_eq!(registrar.poll_command(), Some(refreshed));

    registrar.handle_timeout(now + seconds(179));
    assert_eq!(registrar.poll_command(), None);
    registrar.handle_timeout(now + seconds(180));
    let expired = Change::Expired { account: account() };
    assert_eq!(registrar.poll_command(), Some(expired));
    assert_eq!(registrar.poll_timeout(), None);
    assert!(registrar.bindings("agent1").is_empty());
}

#[test]
fn a_telephone_says_goodbye() {
    let now = Instant::now();
    for wish in [bind("sip:a@192.0.2.5", Some(0)), Wish::RemoveAll] {
        let mut registrar = Registrar::new(Terms::default());
        let first = registration(1, bind("sip:a@192.0.2.5", None));
        registrar.handle(first, now).unwrap();
        registrar.poll_command();

        registrar.handle(registration(2, wish), now).unwrap();

        let removed = Change::Removed { account: account() };
        assert_eq!(registrar.poll_command(), Some(removed));
    }
}

#[test]
fn who_may_register_no_more_is_not_registered_either() {
    let now = Instant::now();
    let mut registrar = Registrar::new(Terms::default());
    registrar
        .handle(registration(1, bind("sip:agent1@10.0.0.9", Some(600))), now)
        .unwrap();
    assert_eq!(registrar.poll_command(), Some(registered()));

    registrar.unregister(&account());
    registrar.unregister(&account());

    let account = account();
    assert!(registrar.bindings(&account).is_empty());
    assert_eq!(registrar.poll_command(), Some(Change::Removed { account }));
    assert_eq!(registrar.poll_command(), None);
}

#[test]
fn what_is_refused_is_not_done_at_all() {
    let now = Instant::now();
    let mut registrar = Registrar::new(Terms::default());
    let both = Wish::Bind(vec![
        ("sip:a@192.0.2.5".to_owned(), Some(seconds(120))),
        ("sip:b@192.0.2.5".to_owned(), Some(seconds(5))),
    ]);
    let many = (0..5).map(|number| (format!("sip:{number}@192.0.2.5"), None));
    let many = Wish::Bind(many.collect());

    let brief = registrar.handle(registration(1, both), now);
    let too_many = registrar.handle(registration(2, many), now);

    let shortest = seconds(60);
    assert_eq!(brief, Err(Refusal::TooBrief { shortest }));
    assert_eq!(too_many, Err(Refusal::TooMany));
    assert!(registrar.bindings("agent1").is_empty());
}

#[test]
fn an_older_request_that_comes_later_changes_nothing() {
    let now = Instant::now();
    let mut registrar = Registrar::new(Terms::default());
    let newer = registration(5, bind("sip:a@192.0.2.5", Some(120)));
    registrar.handle(newer, now).unwrap();

    let older = registration(4, bind("sip:a@192.0.2.5", Some(0)));

    assert_eq!(registrar.handle(older, now), Err(Refusal::OutOfOrder));
    assert_eq!(registrar.bindings("agent1").len(), 1);
}

#[test]
fn who_came_over_a_connection_goes_with_it() {
    let now = Instant::now();
    let mut registrar = Registrar::new(Terms::default());
    let over_tcp = Registration {
        transport: Transport::Tcp,
        ..registration(1, bind("sip:a@192.0.2.5", None))
    };
    let peer = over_tcp.source;
    registrar.handle(over_tcp, now).unwrap();
    registrar.poll_command();

    registrar.flow_closed("192.0.2.6:5060".parse().unwrap());
    assert_eq!(registrar.poll_command(), None);
    registrar.flow_closed(peer);

    let removed = Change::Removed { account: account() };
    assert_eq!(registrar.poll_command(), Some(removed));
}

fn expires(count: u64, refresher: Option<Refresher>) -> SessionExpires {
    SessionExpires {
        interval: seconds(count),
        refresher,
    }
}

#[test]
fn the_header_is_read_and_written() {
    for (text, value) in [
        ("1800", expires(1_800, None)),
        ("4000;refresher=uac", expires(4_000, Some(Refresher::Uac))),
        ("90;refresher=uas", expires(90, Some(Refresher::Uas))),
    ] {
        assert_eq!(SessionExpires::parse(text), Some(value));
        assert_eq!(value.to_value(), text);
    }
    let odd = SessionExpires::parse(" 90 ; Refresher = UAS; x");
    assert_eq!(odd, Some(expires(90, Some(Refresher::Uas))));
    assert_eq!(SessionExpires::parse("soon"), None);
    assert_eq!(SessionExpires::parse("90;refresher=me"), None);
    assert_eq!(parse_seconds("120;x=y"), Some(seconds(120)));
}

#[test]
fn who_refreshes_does_so_at_half_and_ends_before_the_end() {
    let now = Instant::now();
    let mut timer = SessionTimer::new(Policy::default());

    timer.accepted(Some(expires(1_800, Some(Refresher::Uac))), now);
    assert_eq!(timer.poll_timeout(), Some(now + seconds(900)));
    timer.handle_timeout(now + seconds(900));

    assert_eq!(timer.poll_command(), Some(Command::Refresh));
    assert_eq!(timer.poll_timeout(), Some(now + seconds(1_800 - 32)));
    timer.handle_timeout(now + seconds(1_768));
    assert_eq!(timer.poll_command(), Some(Command::End));
    assert_eq!(timer.poll_timeout(), None);
}

#[test]
fn a_refresh_begins_the_interval_anew() {
    let now = Instant::now();
    let mut timer = SessionTimer::new(Policy::default());
    timer.accepted(None, now);
    timer.handle_timeout(now + seconds(900));
    timer.poll_command();

    timer.accepted(None, now + seconds(901));

    assert_eq!(timer.poll_timeout(), Some(now + seconds(1_801)));
    assert_eq!(timer.proposal().0.refresher, Some(Refresher::Uac));
}

#[test]
fn who_waits_ends_what_nobody_refreshed() {
    let now = Instant::now();
    let mut timer = SessionTimer::new(Policy::default());
    let proposal = Proposal {
        session_expires: Some(expires(90, Some(Refresher::Uac))),
        min_se: None,
        supported: true,
    };

    let grant = timer.asked(proposal, now).unwrap();

    assert!(grant.require);
    assert_eq!(grant.session_expires, expires(90, Some(Refresher::Uac)));
    assert_eq!(timer.poll_timeout(), Some(now + seconds(60)));
    timer.handle_timeout(now + seconds(60));
    assert_eq!(timer.poll_command(), Some(Command::End));
}

#[test]
fn the_house_refreshes_for_who_does_not_understand() {
    let now = Instant::now();
    let mut timer = SessionTimer::new(Policy::default());
    let brief = Proposal {
        session_expires: Some(expires(30, None)),
        ..Proposal::default()
    };

    // It cannot be refused, for 422 would not be understood (RFC 4028 §9).
    let grant = timer.asked(brief, now).unwrap();

    assert!(!grant.require);
    assert_eq!(grant.session_expires, expires(90, Some(Refresher::Uas)));
    assert_eq!(timer.poll_timeout(), Some(now + seconds(45)));
}

#[test]
fn too_short_an_interval_is_refused_and_a_longer_minimum_kept() {
    let now = Instant::now();
    let mut timer = SessionTimer::new(Policy::default());
    let brief = Proposal {
        session_expires: Some(expires(60, None)),
        min_se: None,
        supported: true,
    };
    let patient = Proposal {
        session_expires: Some(expires(3_600, None)),
        min_se: Some(seconds(2_400)),
        supported: true,
    };

    let min_se = seconds(90);
    assert_eq!(timer.asked(brief, now), Err(TooSmall { min_se }));
    let grant = timer.asked(patient, now).unwrap();

    assert_eq!(grant.session_expires.interval, seconds(2_400));
}

#[test]
fn a_refused_proposal_is_raised_once() {
    let mut timer = SessionTimer::new(Policy::default());

    assert!(timer.refused(Some(seconds(3_600))));
    assert_eq!(timer.proposal(), (expires(3_600, None), seconds(3_600)));
    assert!(!timer.refused(Some(seconds(3_600))));
    assert!(!timer.refused(None));
}
