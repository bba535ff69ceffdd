//! Callers who call again, some with more than one place.

use super::*;
use crate::{CallbackEnd, DialId, Standing};

/// A caller promised a callback calls again: the second call has the promise.
fn promised_and_back() -> Hall {
    let mut hall = Hall::open(one_queue(|_| ()));
    hall.call_as(1, Priority::Ordinary, Some(7));
    hall.tell(Event::CallbackAsked { call: CallId(1) });
    hall.pass(second() * 10);
    hall.call_as(2, Priority::Ordinary, Some(7));
    hall.pass(second() * 5);
    hall
}

#[test]
fn a_third_call_has_the_promise_unless_the_second_is_on_the_line() {
    type Between = fn(&mut Hall) -> Vec<Command>;
    let stories: [(&str, Between, Duration); 3] = [
        ("it waits on the line", |_| Vec::new(), Duration::ZERO),
        (
            "it has hung up",
            |hall| hall.leave(2, Departure::HungUp),
            second() * 15,
        ),
        (
            "it is to be called back",
            |hall| hall.tell(Event::CallbackAsked { call: CallId(2) }),
            second() * 15,
        ),
    ];
    for (story, between, has_waited) in stories {
        let mut hall = promised_and_back();

        between(&mut hall);
        hall.call_as(3, Priority::Ordinary, Some(7));

        let mut commands = hall.sign_in(1);
        commands.extend(hall.sign_in(2));
        let of_third: Vec<_> = offers(&commands)
            .into_iter()
            .filter(|it| it.call == CallId(3))
            .collect();
        assert_eq!(of_third.len(), 1, "{story}: {commands:?}");
        assert_eq!(of_third[0].reason.waited, has_waited, "{story}");
        let first = &offers(&commands)[0];
        assert_eq!(first.reason.waited, second() * 15, "{story}");
    }
}

#[test]
fn a_place_that_is_taken_over_is_written_before_the_old_one_is_forgotten() {
    type Before = fn(&mut Hall) -> Vec<Command>;
    let stories: [(&str, Before); 2] = [
        ("kept", |hall| hall.leave(1, Departure::HungUp)),
        ("promised", |hall| {
            hall.tell(Event::CallbackAsked { call: CallId(1) })
        }),
    ];
    for (story, before) in stories {
        let mut hall = Hall::open(one_queue(|_| ()));
        hall.call_as(1, Priority::Ordinary, Some(7));
        before(&mut hall);

        let commands = hall.call_as(2, Priority::Ordinary, Some(7));

        let written = commands
            .iter()
            .position(|it| matches!(it, Command::Remember(place) if place.call == CallId(2)));
        let forgotten = commands
            .iter()
            .position(|it| *it == Command::Forget(CallId(1)));
        assert!(
            written.is_some() && written < forgotten,
            "{story}: {commands:?}"
        );
    }
}

#[test]
fn of_two_promises_the_older_is_taken_over() {
    let mut hall = Hall::open(one_queue(|_| ()));
    hall.call_as(5, Priority::Ordinary, Some(7));
    hall.tell(Event::CallbackAsked { call: CallId(5) });
    let offer = offered(&hall.sign_in(1)).offers[0];
    let dialed = hall.answer(offer);
    let dial = DialId(1);
    let rings = |it: &Command| matches!(it, Command::DialCallback { dial: it, .. } if *it == dial);
    assert!(dialed.iter().any(rings), "{dialed:?}");
    // While it rings he calls himself, and is promised another.
    hall.pass(second() * 2);
    hall.call_as(2, Priority::Ordinary, Some(7));
    hall.tell(Event::CallbackAsked { call: CallId(2) });
    hall.tell(Event::SignedOut { agent: AgentId(1) });
    hall.tell(Event::CallbackFailed { dial });
    let promised = hall.distributor.places();
    let promised = promised.iter().filter(|it| is_promised(it.standing));
    assert_eq!(promised.count(), 2);

    let returned = hall.call_as(8, Priority::Ordinary, Some(7));

    let why = CallbackEnd::CallerReturned(CallId(8));
    let call = CallId(5);
    assert!(
        returned.contains(&Command::CallbackEnded { call, why }),
        "{returned:?}"
    );
}

fn is_promised(standing: Standing) -> bool {
    matches!(standing, Standing::Promised { .. })
}
