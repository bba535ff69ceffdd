//! Which agent takes a room: proven by a switch, or by the desk's word alone.

use std::time::Duration;

use badge::{Badge, Role, Signer};
use handover::{
    Delivery, DeskQuestion, FromKiosk, KioskAnswer, KioskQuestion, Opening, Posting, Presence,
    RoomId,
};
use identity::Credentials;
use link::{LinkFault, Wire};
use request::{AgentId, StationId, Timestamp};
use serde_json::{Value, json};

use crate::{
    office::{Office, TUESDAY_10_00},
    petitions::{ID, PATIENCE, receive},
};

const TEN: Timestamp = Timestamp::from_millis(TUESDAY_10_00);
const HOUR: Duration = Duration::from_secs(3_600);

/// Signs as whoever the credentials are of.
fn signer(own: &Credentials) -> Signer {
    Signer::new(own.private_key(), own.certificate()).unwrap()
}

fn badge() -> Badge {
    Badge {
        agent: AgentId::new("kim.2"),
        role: Role::Agent,
        desk: StationId::new("desk-1"),
        from: TEN,
        until: TEN + HOUR,
    }
}

async fn opened(office: &Office) -> RoomId {
    let opening = KioskQuestion::Open(Opening {
        service: None,
        language: "ko".to_owned(),
    });
    match office.wire("gaon-1").ask_room(&opening).await.unwrap() {
        KioskAnswer::Opened(room) => room,
        other => panic!("{other:?}"),
    }
}

/// Takes the room as `kim.2`, with what the desk wears.
async fn takes(desk: &Wire, room: &RoomId) -> Result<(), LinkFault> {
    let question = DeskQuestion::Take {
        room: room.clone(),
        agent: AgentId::new("kim.2"),
    };
    desk.ask_rooms(&question).await.map(drop)
}

/// As the kiosk hears it.
async fn joined(office: &Office, room: &RoomId) -> Presence {
    let question = KioskQuestion::Post {
        room: room.clone(),
        posting: Posting::<FromKiosk> {
            received: 0,
            messages: Vec::new(),
            known: None,
        },
        wait: Duration::ZERO,
    };
    match office.wire("gaon-1").ask_room(&question).await.unwrap() {
        KioskAnswer::Delivered(Delivery { presence, .. }) => presence,
        other => panic!("{other:?}"),
    }
}

fn why(answer: Result<(), LinkFault>) -> String {
    match answer {
        Err(LinkFault::Unproven(why)) => why,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_agent_proves_to_be_one_and_the_kiosk_hears_which() {
    let office = Office::open().await;
    let switch = office.certify_switch("switch", TEN);
    let room = opened(&office).await;
    let desk = office.wire("desk-1");
    desk.wear(Some(signer(&switch).sign(&badge()).unwrap()));

    takes(&desk, &room).await.unwrap();

    let there = Presence::Joined {
        desk: StationId::new("desk-1"),
        agent: AgentId::new("kim.2"),
    };
    assert_eq!(joined(&office, &room).await, there);
}

#[tokio::test]
async fn where_a_switch_is_certified_the_desks_word_is_not_enough() {
    let mut office = Office::open().await;
    let room = opened(&office).await;
    takes(&office.wire("desk-1"), &room).await.unwrap();

    office.certify_switch("switch", TEN);
    let room = opened(&office).await;
    let refused = why(takes(&office.wire("desk-1"), &room).await);
    assert!(refused.contains("no badge was shown"), "{refused}");
    office.restart_with(Some(true)).await;
    let room = opened(&office).await;
    takes(&office.wire("desk-1"), &room).await.unwrap();
    office.revoke_switch("switch");
    office.restart_with(Some(false)).await;

    let room = opened(&office).await;
    why(takes(&office.wire("desk-1"), &room).await);
}

#[tokio::test]
async fn each_badge_with_one_thing_wrong_is_refused_for_that_thing() {
    let office = Office::open().await;
    let room = opened(&office).await;
    let switch = signer(&office.certify_switch("switch", TEN));
    let others = Office::open().await;
    let stranger = signer(&others.certify_switch("switch", TEN));
    let of_desk = Credentials::read(&office.credentials("desk-1")).unwrap();
    let switch_credentials = Credentials::read(&office.credentials("switch")).unwrap();
    let disguised = Signer::new(of_desk.private_key(), switch_credentials.certificate()).unwrap();
    let of_desk = signer(&of_desk);
    let elsewhere = Badge {
        desk: StationId::new("desk-2"),
        ..badge()
    };
    let colleague = Badge {
        agent: AgentId::new("lee.3"),
        ..badge()
    };
    let yesterday = Badge {
        from: Timestamp::from_millis(TUESDAY_10_00 - 7_200_000),
        until: TEN,
        ..badge()
    };
    let later = Badge {
        from: TEN + HOUR,
        until: TEN + 2 * HOUR,
        ..badge()
    };
    let cases = [
        (&stranger, badge(), "not signed by a switch"),
        (&of_desk, badge(), "not signed by a switch"),
        (&disguised, badge(), "forged or altered"),
        (&switch, elsewhere, "another desk"),
        (&switch, colleague, "another agent's"),
        (&switch, yesterday, "has expired"),
        (&switch, later, "not valid yet"),
    ];
    let desk = office.wire("desk-1");

    for (signer, badge, words) in cases {
        desk.wear(Some(signer.sign(&badge).unwrap()));
        let refused = why(takes(&desk, &room).await);
        assert!(refused.contains(words), "{refused}, not {words}");
    }
    let whole = switch.sign(&badge()).unwrap();
    let half = &whole.as_str()[..whole.as_str().len() / 2];
    desk.wear(Some(badge::SignedBadge::new(half)));
    let refused = why(takes(&desk, &room).await);
    assert!(refused.contains("cut short"), "{refused}");
    assert_eq!(joined(&office, &room).await, Presence::Waiting { ahead: 0 });
    desk.wear(Some(whole));
    takes(&desk, &room).await.unwrap();
}

#[tokio::test]
async fn what_a_switch_signed_is_not_believed_once_it_is_struck_off_or_out_of_date() {
    let office = Office::open().await;
    let room = opened(&office).await;
    let desk = office.wire("desk-1");
    let long_ago = Timestamp::from_millis(TUESDAY_10_00 - 2 * 86_400_000);
    let old = signer(&office.certify_switch("old", long_ago));
    let struck = signer(&office.certify_switch("struck", TEN));
    office.certify_switch("switch", TEN);
    office.revoke_switch("struck");

    desk.wear(Some(struck.sign(&badge()).unwrap()));
    let refused = why(takes(&desk, &room).await);
    assert!(refused.contains("not on the roster"), "{refused}");
    desk.wear(Some(old.sign(&badge()).unwrap()));
    let refused = why(takes(&desk, &room).await);

    assert!(refused.contains("outside its time"), "{refused}");
}

#[tokio::test]
async fn an_agent_at_a_desk_takes_and_answers_a_letter_in_the_name_the_badge_proves() {
    let office = Office::open().await;
    let switch = signer(&office.certify_switch("switch", TEN));
    receive(&office).await;
    let desk = office.wire("desk-1");
    let (assign, reply) = (
        format!("/v1/petitions/{ID}/assign"),
        format!("/v1/petitions/{ID}/reply"),
    );

    let refused = why(desk.get("/v1/petitions", PATIENCE).await.map(drop));
    assert!(refused.contains("no badge was shown"), "{refused}");
    desk.wear(Some(switch.sign(&badge()).unwrap()));
    let taken: Value = desk.post(&assign, &json!({})).await.unwrap();
    assert_eq!(taken["assigned_to"], "kim.2");
    let text = json!({ "text": "고쳤습니다" });
    assert_eq!(office.say("kim", &assign, &json!({})).await.0, 423);
    assert_eq!(office.say("kim", &reply, &text).await.0, 423);
    let _: Value = desk.post(&reply, &text).await.unwrap();

    let read = desk.get(&format!("/v1/petitions/{ID}"), PATIENCE).await;
    let read: Value = serde_json::from_slice(&read.unwrap()).unwrap();
    assert_eq!(read["reply"]["agent"], "kim.2");
    let kiosk = office.wire("gaon-1");
    kiosk.wear(Some(switch.sign(&badge()).unwrap()));
    let refused = kiosk.get("/v1/petitions", PATIENCE).await;
    assert!(matches!(refused, Err(LinkFault::Refused(status, _)) if status == 403));
}
