//! The exchange's rooms: bounded, each taken once, and nothing left of them.

#![allow(
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    reason = "a test that cannot set itself up has failed, and picks what it looks at"
)]

use std::time::{Duration, Instant};

use handover::{
    BATCH_MAX, DeskAnswer, DeskQuestion, FromDesk, FromKiosk, KioskAnswer, KioskQuestion, Numbered,
    Opening, Posting, Presence, ROOMS_MAX, RoomId, RoomRefusal, Rooms, SILENCE_MAX, Shareable,
    TRAY_MAX, WAITING_MAX, WaitingRooms,
};
use request::{AgentId, StationId};

fn station(id: &str) -> StationId {
    StationId::new(id)
}

fn open(rooms: &mut Rooms, kiosk: &str, now: Instant) -> Result<RoomId, RoomRefusal> {
    let opening = Opening {
        service: None,
        language: "ko".to_owned(),
    };
    match rooms.handle_kiosk(&station(kiosk), KioskQuestion::Open(opening), now)? {
        KioskAnswer::Opened(room) => Ok(room),
        other => panic!("{other:?}"),
    }
}

fn take(rooms: &mut Rooms, desk: &str, room: &RoomId, now: Instant) -> Result<(), RoomRefusal> {
    let question = DeskQuestion::Take {
        room: room.clone(),
        agent: AgentId::new("kim.2"),
    };
    rooms.handle_desk(&station(desk), question, now).map(drop)
}

fn posting<T>(received: u64, messages: Vec<Numbered<T>>) -> Posting<T> {
    Posting {
        received,
        messages,
        known: None,
    }
}

fn says(number: u64) -> Numbered<FromKiosk> {
    let text = Shareable::new(&format!("line {number}")).unwrap();
    let message = FromKiosk::Says { text };
    Numbered { number, message }
}

/// What the kiosk posts; how far it was taken, and who is there.
fn post(
    rooms: &mut Rooms,
    room: &RoomId,
    messages: Vec<Numbered<FromKiosk>>,
    now: Instant,
) -> Result<(u64, Presence), RoomRefusal> {
    let question = KioskQuestion::Post {
        room: room.clone(),
        posting: posting(0, messages),
        wait: Duration::ZERO,
    };
    match rooms.handle_kiosk(&station("gaon-1"), question, now)? {
        KioskAnswer::Delivered(it) => Ok((it.taken, it.presence)),
        other => panic!("{other:?}"),
    }
}

/// What the desk fetches.
fn fetch(
    rooms: &mut Rooms,
    desk: &str,
    room: &RoomId,
    received: u64,
    now: Instant,
) -> Result<Vec<u64>, RoomRefusal> {
    let question = DeskQuestion::Post {
        room: room.clone(),
        posting: posting::<FromDesk>(received, Vec::new()),
        wait: Duration::ZERO,
    };
    match rooms.handle_desk(&station(desk), question, now)? {
        DeskAnswer::Delivered(it) => Ok(it.messages.iter().map(|it| it.number).collect()),
        other => panic!("{other:?}"),
    }
}

fn list(rooms: &mut Rooms, now: Instant) -> WaitingRooms {
    let question = DeskQuestion::List {
        known: 0,
        wait: Duration::ZERO,
    };
    match rooms.handle_desk(&station("desk-1"), question, now) {
        Ok(DeskAnswer::Listed(waiting)) => waiting,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_room_is_taken_by_one_desk_however_often_it_asks() {
    let (mut rooms, now) = (Rooms::new("run"), Instant::now());
    let room = open(&mut rooms, "gaon-1", now).unwrap();

    assert_eq!(take(&mut rooms, "desk-1", &room, now), Ok(()));
    assert_eq!(
        take(&mut rooms, "desk-2", &room, now),
        Err(RoomRefusal::Taken)
    );
    assert_eq!(take(&mut rooms, "desk-1", &room, now), Ok(()));
    assert_eq!(
        fetch(&mut rooms, "desk-2", &room, 0, now),
        Err(RoomRefusal::Taken)
    );
    assert!(list(&mut rooms, now).rooms.is_empty());
}

#[test]
fn a_desk_that_has_not_taken_a_room_hears_nothing_of_it() {
    let (mut rooms, now) = (Rooms::new("run"), Instant::now());
    let room = open(&mut rooms, "gaon-1", now).unwrap();
    post(&mut rooms, &room, vec![says(1)], now).unwrap();

    assert_eq!(
        fetch(&mut rooms, "desk-1", &room, 0, now),
        Err(RoomRefusal::Taken)
    );
}

#[test]
fn those_who_wait_are_told_how_many_came_before() {
    let (mut rooms, now) = (Rooms::new("run"), Instant::now());
    let first = open(&mut rooms, "narae-1", now).unwrap();
    let room = open(&mut rooms, "gaon-1", now).unwrap();
    let waiting = |ahead| Ok((0, Presence::Waiting { ahead }));
    assert_eq!(post(&mut rooms, &room, Vec::new(), now), waiting(1));

    take(&mut rooms, "desk-1", &first, now).unwrap();

    assert_eq!(post(&mut rooms, &room, Vec::new(), now), waiting(0));
    let listed = list(&mut rooms, now + Duration::from_secs(7));
    assert_eq!(listed.rooms.len(), 1);
    assert_eq!(listed.rooms[0].waited_seconds, 7);
    assert_eq!(listed.rooms[0].kiosk, station("gaon-1"));
}

#[test]
fn the_edition_differs_whenever_the_list_does() {
    let (mut rooms, now) = (Rooms::new("run"), Instant::now());
    let mut seen = vec![list(&mut rooms, now).edition];
    let room = open(&mut rooms, "gaon-1", now).unwrap();
    seen.push(list(&mut rooms, now).edition);
    take(&mut rooms, "desk-1", &room, now).unwrap();
    seen.push(list(&mut rooms, now).edition);
    open(&mut rooms, "narae-1", now).unwrap();
    seen.push(list(&mut rooms, now).edition);
    seen.push(list(&mut rooms, now + SILENCE_MAX).edition);

    assert!(seen.windows(2).all(|it| it[0] != it[1]), "{seen:?}");
    assert!(!seen.contains(&0));
}

#[test]
fn what_is_said_again_is_taken_once() {
    let (mut rooms, now) = (Rooms::new("run"), Instant::now());
    let room = open(&mut rooms, "gaon-1", now).unwrap();
    take(&mut rooms, "desk-1", &room, now).unwrap();

    post(&mut rooms, &room, vec![says(1), says(2)], now).unwrap();
    let (taken, _) = post(&mut rooms, &room, vec![says(1), says(2), says(3)], now).unwrap();

    assert_eq!(taken, 3);
    assert_eq!(
        fetch(&mut rooms, "desk-1", &room, 0, now),
        Ok(vec![1, 2, 3])
    );
    assert_eq!(fetch(&mut rooms, "desk-1", &room, 2, now), Ok(vec![3]));
    assert_eq!(fetch(&mut rooms, "desk-1", &room, 3, now), Ok(vec![]));
}

#[test]
fn a_gap_is_refused() {
    let (mut rooms, now) = (Rooms::new("run"), Instant::now());
    let room = open(&mut rooms, "gaon-1", now).unwrap();

    let gap = post(&mut rooms, &room, vec![says(1), says(3)], now);

    assert_eq!(gap, Err(RoomRefusal::OutOfOrder));
}

#[test]
fn nobody_fills_the_exchanges_memory() {
    let (mut rooms, now) = (Rooms::new("run"), Instant::now());
    let room = open(&mut rooms, "gaon-1", now).unwrap();
    let batch = u64::try_from(BATCH_MAX).unwrap();
    let all = (1..=batch + 1).map(says).collect();
    assert_eq!(post(&mut rooms, &room, all, now), Err(RoomRefusal::TooMuch));
    for number in 1..=u64::try_from(TRAY_MAX).unwrap() {
        post(&mut rooms, &room, vec![says(number)], now).unwrap();
    }
    let next = says(u64::try_from(TRAY_MAX).unwrap() + 1);
    assert_eq!(
        post(&mut rooms, &room, vec![next], now),
        Err(RoomRefusal::TooMuch)
    );

    for kiosk in 1..ROOMS_MAX {
        open(&mut rooms, &format!("narae-{kiosk}"), now).unwrap();
    }
    assert_eq!(open(&mut rooms, "one-more", now), Err(RoomRefusal::Full));
}

#[test]
fn a_kiosk_has_one_room_and_closes_no_other() {
    let (mut rooms, now) = (Rooms::new("run"), Instant::now());
    let before = open(&mut rooms, "gaon-1", now).unwrap();
    let room = open(&mut rooms, "gaon-1", now).unwrap();
    assert_eq!(
        post(&mut rooms, &before, Vec::new(), now),
        Err(RoomRefusal::Gone)
    );

    let close = KioskQuestion::Close { room: room.clone() };
    rooms
        .handle_kiosk(&station("narae-1"), close.clone(), now)
        .unwrap();
    assert!(post(&mut rooms, &room, Vec::new(), now).is_ok());

    rooms.handle_kiosk(&station("gaon-1"), close, now).unwrap();
    assert!(rooms.is_empty());
}

#[test]
fn a_room_ends_when_either_end_is_silent_or_nobody_comes() {
    let start = Instant::now();
    let half = SILENCE_MAX / 2;

    let mut rooms = Rooms::new("run");
    open(&mut rooms, "gaon-1", start).unwrap();
    assert_eq!(rooms.poll_timeout(), Some(start + SILENCE_MAX));
    rooms.handle_timeout(start + SILENCE_MAX);
    assert!(rooms.is_empty());
    assert_eq!(rooms.poll_timeout(), None);

    let room = open(&mut rooms, "gaon-1", start).unwrap();
    let mut now = start;
    while now < start + WAITING_MAX {
        assert!(post(&mut rooms, &room, Vec::new(), now).is_ok());
        now += half;
    }
    assert_eq!(
        post(&mut rooms, &room, Vec::new(), now),
        Err(RoomRefusal::Gone)
    );

    let room = open(&mut rooms, "gaon-1", now).unwrap();
    take(&mut rooms, "desk-1", &room, now).unwrap();
    post(&mut rooms, &room, Vec::new(), now + half).unwrap();
    assert_eq!(
        post(&mut rooms, &room, Vec::new(), now + SILENCE_MAX),
        Err(RoomRefusal::Gone)
    );
}
