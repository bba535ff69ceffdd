//! Rooms over real lines: who may open and take them, and what becomes of them.

use std::{fs, time::Duration};

use handover::{
    Delivery, DeskAnswer, DeskQuestion, FromDesk, FromKiosk, KioskAnswer, KioskQuestion, Numbered,
    Opening, Posting, Presence, RoomId, RoomRefusal, Shareable, WaitingRooms,
};
use link::{LinkFault, Wire};
use request::{AgentId, StationId};
use serde_json::{Value, json};

use crate::office::Office;

const PATIENCE: Duration = Duration::from_secs(10);
/// Far longer than a bell takes to ring.
const HELD: Duration = Duration::from_secs(20);
const RESIDENT_NUMBER: &str = "900101-2990014";

async fn open(kiosk: &Wire) -> Result<RoomId, LinkFault> {
    let opening = Opening {
        service: None,
        language: "ko".to_owned(),
    };
    match kiosk.ask_room(&KioskQuestion::Open(opening)).await? {
        KioskAnswer::Opened(room) => Ok(room),
        other => panic!("{other:?}"),
    }
}

async fn list(desk: &Wire, known: u64, wait: Duration) -> Result<WaitingRooms, LinkFault> {
    match desk.ask_rooms(&DeskQuestion::List { known, wait }).await? {
        DeskAnswer::Listed(waiting) => Ok(waiting),
        other => panic!("{other:?}"),
    }
}

async fn take(desk: &Wire, room: &RoomId) -> Result<(), LinkFault> {
    let question = DeskQuestion::Take {
        room: room.clone(),
        agent: AgentId::new("kim.2"),
    };
    desk.ask_rooms(&question).await.map(drop)
}

fn posting<T>(known: Option<Presence>, message: Option<T>) -> Posting<T> {
    let numbered = |message| Numbered { number: 1, message };
    Posting {
        received: 0,
        messages: message.into_iter().map(numbered).collect(),
        known,
    }
}

async fn kiosk_posts(
    kiosk: &Wire,
    room: &RoomId,
    said: Posting<FromKiosk>,
    wait: Duration,
) -> Result<Delivery<FromDesk>, LinkFault> {
    let (room, posting) = (room.clone(), said);
    let question = KioskQuestion::Post {
        room,
        posting,
        wait,
    };
    match kiosk.ask_room(&question).await? {
        KioskAnswer::Delivered(delivery) => Ok(delivery),
        other => panic!("{other:?}"),
    }
}

async fn desk_posts(
    desk: &Wire,
    room: &RoomId,
    said: Posting<FromDesk>,
    wait: Duration,
) -> Result<Delivery<FromKiosk>, LinkFault> {
    let (room, posting) = (room.clone(), said);
    let question = DeskQuestion::Post {
        room,
        posting,
        wait,
    };
    match desk.ask_rooms(&question).await? {
        DeskAnswer::Delivered(delivery) => Ok(delivery),
        other => panic!("{other:?}"),
    }
}

fn refusal<T: std::fmt::Debug>(answer: Result<T, LinkFault>) -> RoomRefusal {
    match answer {
        Err(LinkFault::Room(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn only_a_kiosk_opens_a_room_and_only_a_desk_sees_or_takes_one() {
    let office = Office::open().await;
    let (kiosk, desk, agent) = (
        office.wire("gaon-1"),
        office.wire("desk-1"),
        office.wire("kim"),
    );
    let room = open(&kiosk).await.unwrap();
    let at_once = Duration::ZERO;

    for stranger in [&desk, &agent] {
        assert_eq!(refusal(open(stranger).await), RoomRefusal::NotForYou);
        let said = kiosk_posts(stranger, &room, posting(None, None), at_once).await;
        assert_eq!(refusal(said), RoomRefusal::NotForYou);
        let close = KioskQuestion::Close { room: room.clone() };
        let closed = stranger.ask_room(&close).await;
        assert_eq!(refusal(closed), RoomRefusal::NotForYou);
    }
    for stranger in [&kiosk, &agent] {
        let listed = list(stranger, 0, at_once).await;
        assert_eq!(refusal(listed), RoomRefusal::NotForYou);
        assert_eq!(refusal(take(stranger, &room).await), RoomRefusal::NotForYou);
        let said = desk_posts(stranger, &room, posting(None, None), at_once).await;
        assert_eq!(refusal(said), RoomRefusal::NotForYou);
    }
    assert_eq!(list(&desk, 0, at_once).await.unwrap().rooms[0].room, room);
}

#[tokio::test]
async fn a_station_of_a_roster_without_kinds_is_a_kiosk() {
    let office = Office::open().await;
    let roster = office.folder_of_all().join("stations.toml");
    let text = fs::read_to_string(&roster).unwrap();
    assert_eq!(text.matches("kind = \"desk\"").count(), 2);
    let old: Vec<&str> = text.lines().filter(|it| !it.starts_with("kind")).collect();
    fs::write(&roster, old.join("\n")).unwrap();

    open(&office.wire("gaon-1")).await.unwrap();
    open(&office.wire("desk-1")).await.unwrap();
    let listed = list(&office.wire("desk-1"), 0, Duration::ZERO).await;

    assert_eq!(refusal(listed), RoomRefusal::NotForYou);
}

#[tokio::test]
async fn no_station_sees_or_settles_what_waits_for_a_person() {
    let office = Office::open().await;
    for station in ["gaon-1", "desk-1"] {
        let wire = office.wire(station);
        for path in ["/v1/wedged", "/v1/doubts", "/v1/quarantine"] {
            let listed = wire.get(path, PATIENCE).await;
            let forbidden = |it| matches!(it, Err(LinkFault::Refused(status, _)) if status == 403);
            assert!(forbidden(listed.map(drop)), "{path}");
        }
        let ground = json!({ "ground": "checked_on_site" });
        for path in [
            "/v1/wedged/gaon-1/x/1",
            "/v1/doubts/gaon-1/x/1",
            "/v1/quarantine/gaon-1/release",
        ] {
            assert_eq!(office.say(station, path, &ground).await.0, 403, "{path}");
        }
    }
}

#[tokio::test]
async fn a_held_question_is_answered_when_there_is_news_and_not_before_its_time() {
    let office = Office::open().await;
    let (kiosk, desk) = (office.wire("gaon-1"), office.wire("desk-1"));
    let before = list(&desk, 0, Duration::ZERO).await.unwrap();
    assert!(before.rooms.is_empty());

    let both = async {
        let waiting = list(&desk, before.edition, HELD).await.unwrap();
        let room = waiting.rooms[0].room.clone();
        assert_eq!(waiting.rooms[0].kiosk, StationId::new("gaon-1"));
        let (joined, taken) = tokio::join!(
            kiosk_posts(
                &kiosk,
                &room,
                posting(Some(Presence::Waiting { ahead: 0 }), None),
                HELD
            ),
            take(&desk, &room),
        );
        taken.unwrap();
        let presence = joined.unwrap().presence;
        let there = Presence::Joined {
            desk: StationId::new("desk-1"),
            agent: AgentId::new("kim.2"),
        };
        assert_eq!(presence, there);
        let text = Shareable::new("여기 있어요").unwrap();
        let says = FromKiosk::Says { text };
        let (heard, said) = tokio::join!(
            desk_posts(&desk, &room, posting(Some(there.clone()), None), HELD),
            kiosk_posts(
                &kiosk,
                &room,
                posting(Some(there), Some(says.clone())),
                Duration::ZERO
            ),
        );
        said.unwrap();
        assert_eq!(heard.unwrap().messages[0].message, says);
    };
    let (done, opened) = tokio::join!(tokio::time::timeout(HELD, both), open(&kiosk));

    done.expect("no question was held until its end");
    opened.unwrap();
}

#[tokio::test]
async fn a_room_that_was_closed_is_gone_and_another_desks_is_taken() {
    let office = Office::open().await;
    let (kiosk, desk) = (office.wire("gaon-1"), office.wire("desk-1"));
    let another = office.wire("desk-2");
    let room = open(&kiosk).await.unwrap();
    take(&desk, &room).await.unwrap();

    assert_eq!(refusal(take(&another, &room).await), RoomRefusal::Taken);
    let close = KioskQuestion::Close { room: room.clone() };
    kiosk.ask_room(&close).await.unwrap();

    let said = desk_posts(&desk, &room, posting(None, None), HELD).await;
    assert_eq!(refusal(said), RoomRefusal::Gone);
    assert_eq!(refusal(take(&desk, &room).await), RoomRefusal::Gone);
}

#[tokio::test]
async fn a_message_with_a_resident_number_goes_no_further_than_the_door() {
    let office = Office::open().await;
    let (kiosk, desk) = (office.wire("gaon-1"), office.wire("desk-1"));
    let room = open(&kiosk).await.unwrap();
    take(&desk, &room).await.unwrap();
    let says = json!({ "type": "says", "text": RESIDENT_NUMBER });
    let said = json!({ "received": 0, "messages": [{ "number": 1, "message": says }] });

    let path = format!("/v1/rooms/{room}/kiosk");
    let (status, problem) = office.say("gaon-1", &path, &said).await;

    assert_eq!(status, 422);
    assert!(!problem.to_string().contains(RESIDENT_NUMBER));
    let heard = desk_posts(&desk, &room, posting(None, None), Duration::ZERO).await;
    assert!(heard.unwrap().messages.is_empty());
    let huge: Value = json!({ "received": 0, "messages": [], "more": "x".repeat(256 << 10) });
    assert_eq!(office.say("gaon-1", &path, &huge).await.0, 413);
}
