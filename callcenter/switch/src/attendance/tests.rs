//! Agents who come, go, come back and come twice.

use super::*;

const AGENT: AgentId = AgentId(1);

fn drawn(name: &str) -> Drawn {
    Drawn {
        resumption: Personal::new(format!("resumption-{name}")),
        password: Personal::new(format!("password-{name}")),
    }
}

fn comes(line: u64, station: &str, proven: Proven, name: &str) -> Event {
    Event::Came {
        line: DeskLine(line),
        agent: AGENT,
        station: StationId::new(station),
        proven,
        drawn: drawn(name),
    }
}

fn token(name: &str) -> Proven {
    Proven::ByResumption(drawn(name).resumption)
}

fn welcome(line: u64, name: &str, first: bool) -> Command {
    welcome_at("desk-1", line, name, first)
}

fn welcome_at(station: &str, line: u64, name: &str, first: bool) -> Command {
    Command::Welcome {
        line: DeskLine(line),
        agent: AGENT,
        station: StationId::new(station),
        drawn: drawn(name),
        first,
    }
}

fn said(attendance: &mut Attendance) -> Vec<Command> {
    std::iter::from_fn(|| attendance.poll_command()).collect()
}

fn at_work(now: Instant) -> Attendance {
    let mut attendance = Attendance::default();
    attendance.handle(comes(1, "desk-1", Proven::ByPassphrase, "a"), now);
    assert_eq!(said(&mut attendance), [welcome(1, "a", true)]);
    attendance
}

#[test]
fn a_desk_that_comes_back_in_time_goes_on_with_what_it_was_given() {
    let now = Instant::now();
    let mut attendance = at_work(now);

    attendance.handle(Event::Lost { line: DeskLine(1) }, now);
    assert_eq!(said(&mut attendance), [Command::DeskWent { agent: AGENT }]);
    let soon = now + Duration::from_secs(30);
    attendance.handle_timeout(soon);
    attendance.handle(comes(2, "desk-1", token("a"), "b"), soon);

    assert_eq!(said(&mut attendance), [welcome(2, "a", false)]);
    assert_eq!(attendance.poll_timeout(), Some(soon + RENEWED_AFTER));
}

#[test]
fn a_desk_that_does_not_come_back_is_signed_out() {
    let now = Instant::now();
    let mut attendance = at_work(now);
    attendance.handle(Event::Lost { line: DeskLine(1) }, now);
    said(&mut attendance);

    let due = attendance.poll_timeout();
    assert_eq!(due, Some(now + ABSENT_LONGEST));
    attendance.handle_timeout(now + ABSENT_LONGEST);
    attendance.handle(comes(2, "desk-1", token("a"), "b"), now + ABSENT_LONGEST);

    let why = SignInRefusal::SessionOver;
    let line = DeskLine(2);
    assert_eq!(
        said(&mut attendance),
        [
            Command::SignOut { agent: AGENT },
            Command::Refuse { line, why }
        ]
    );
}

#[test]
fn nobody_is_signed_in_at_two_desks() {
    let now = Instant::now();
    let mut attendance = at_work(now);

    attendance.handle(comes(2, "desk-2", Proven::ByPassphrase, "b"), now);
    let station = "desk-1".to_owned();
    let why = SignInRefusal::SignedInElsewhere { station };
    let line = DeskLine(2);
    assert_eq!(said(&mut attendance), [Command::Refuse { line, why }]);
    attendance.handle(Event::Lost { line: DeskLine(1) }, now);
    said(&mut attendance);
    attendance.handle(comes(3, "desk-2", Proven::ByPassphrase, "b"), now);

    let there = welcome_at("desk-2", 3, "a", false);
    assert_eq!(said(&mut attendance), [there]);
}

#[test]
fn the_same_desk_supersedes_its_own_dead_line() {
    let now = Instant::now();
    let mut attendance = at_work(now);

    attendance.handle(comes(2, "desk-1", token("a"), "b"), now);
    // The old line's end is no news any more.
    attendance.handle(Event::Lost { line: DeskLine(1) }, now);

    let (line, why) = (DeskLine(1), Closing::Superseded);
    assert_eq!(
        said(&mut attendance),
        [Command::Dismiss { line, why }, welcome(2, "a", false)]
    );
    assert_eq!(attendance.line_of(AGENT), Some(DeskLine(2)));
}

#[test]
fn a_badge_is_renewed_while_its_desk_is_there_and_only_there() {
    let now = Instant::now();
    let mut attendance = at_work(now);
    let renew = |line, station| Command::Renew {
        line: DeskLine(line),
        agent: AGENT,
        station: StationId::new(station),
    };

    attendance.handle_timeout(now + RENEWED_AFTER);
    assert_eq!(said(&mut attendance), [renew(1, "desk-1")]);
    let second = now + 2 * RENEWED_AFTER;
    assert_eq!(attendance.poll_timeout(), Some(second));
    attendance.handle(Event::Lost { line: DeskLine(1) }, second);
    said(&mut attendance);
    attendance.handle_timeout(second);
    assert_eq!(said(&mut attendance), []);
    attendance.handle(comes(2, "desk-2", Proven::ByPassphrase, "b"), second);
    said(&mut attendance);
    attendance.handle_timeout(second + RENEWED_AFTER);

    assert_eq!(said(&mut attendance), [renew(2, "desk-2")]);
}

#[test]
fn a_token_that_was_not_given_is_worth_nothing() {
    let now = Instant::now();
    let mut attendance = at_work(now);
    attendance.handle(Event::Lost { line: DeskLine(1) }, now);
    said(&mut attendance);

    attendance.handle(comes(2, "desk-1", token("b"), "b"), now);

    let (line, why) = (DeskLine(2), SignInRefusal::SessionOver);
    assert_eq!(said(&mut attendance), [Command::Refuse { line, why }]);
}

#[test]
fn who_signs_out_is_out_and_draws_anew() {
    let now = Instant::now();
    let mut attendance = at_work(now);

    attendance.handle(Event::SignedOut { line: DeskLine(1) }, now);
    attendance.handle(comes(1, "desk-1", Proven::ByPassphrase, "b"), now);

    assert_eq!(
        said(&mut attendance),
        [Command::SignOut { agent: AGENT }, welcome(1, "b", true)]
    );
}
