//! A kiosk at the desks' door: borrows a telephone, and calls whoever helps at its screen.

use cti::{Event, FromDesk, FromSwitch, LoanRefusal, Request, SignInRefusal, TalkState, Visit};
use flows::Peer;
use tokio::task::spawn_blocking;

use crate::{
    desk::DeskLine,
    office::Office,
    sipp::{Sipp, free_port},
    state, talk,
};

const ROOM: &str = "1795480200000-3";
const REQUEST: &str = "kiosk-2-261124-a1b2c3-000001";

fn visit() -> Visit {
    Visit {
        kiosk: "kiosk-2".to_owned(),
        room: ROOM.to_owned(),
    }
}

/// The kiosk's line, and the password of what it was lent.
async fn borrows(office: &Office) -> (DeskLine, String) {
    let own = office.credentials.path().join("kiosk-2");
    let mut kiosk = DeskLine::greets(office.center.desks.unwrap(), &own).await;
    kiosk.says(&FromDesk::BorrowTelephone).await;
    let Some(FromSwitch::TelephoneLent(account)) = kiosk.hears().await else {
        panic!("nothing is lent");
    };
    let switch = office.center.address;
    assert_eq!(account.uri, format!("sip:kiosk-2@{switch}"));
    (kiosk, account.password.reveal().clone())
}

/// Agent 3 at a desk, with SIPp as the telephone beside it; answers its port.
async fn works(office: &Office) -> (DeskLine, u16) {
    let own = office.credentials.path().join("desk-1");
    let mut desk = DeskLine::greets(office.center.desks.unwrap(), &own).await;
    let telephone = desk.signs_in("agent-3").await.telephone.unwrap();
    let (switch, port) = (office.center.address, free_port());
    let registering = move || {
        Sipp::registering(switch, port, "agent-3", telephone.password.reveal()).succeeds();
    };
    spawn_blocking(registering).await.unwrap();
    (desk, port)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kiosk_calls_the_agent_who_helps_at_its_screen() {
    let trial = flows::tried(
        "a kiosk calls the agent who helps at its screen",
        Peer::SippUdp,
    );
    let office = Office::open([21_900, 21_949]);
    let switch = office.center.address;
    let (kiosk, password) = borrows(&office).await;
    let (mut desk, port) = works(&office).await;
    desk.asks(Request::TakeKiosk { visit: visit() }).await;
    desk.is_told(state(cti::AgentState::AtKiosk)).await;

    let agent = Sipp::agent("agent_answers", switch, port);
    let calling = Sipp::kiosk("kiosk_calls", switch, ROOM, &password);
    let rings = desk
        .is_told(|event| match event {
            Event::Delivered { call } => Some((**call).clone()),
            _ => None,
        })
        .await;
    assert_eq!(rings.visit, Some(visit()));
    assert_eq!(rings.requests, [REQUEST]);
    let talk = desk.is_told(talk(TalkState::Established)).await;
    assert_eq!(talk.call.visit, Some(visit()));
    spawn_blocking(move || {
        calling.succeeds();
        agent.succeeds();
    })
    .await
    .unwrap();
    desk.is_told(|it| (*it == Event::ConnectionCleared).then_some(()))
        .await;

    let log = office.center.log();
    assert!(!log.contains(&password), "{log}");
    office.center.is_left_empty();
    drop((kiosk, desk));
    let facts = office.center.closed();
    let written = ["arrived", "joined-at-kiosk", "caller-left"];
    assert_eq!(facts.of(1), written);
    trial.saw(written.join(", "));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kiosk_calls_in_vain_where_nobody_helps_and_not_at_all_without_its_line() {
    let trial = flows::tried("a kiosk calls a room nobody has taken", Peer::SippUdp);
    let office = Office::open([21_950, 21_999]);
    let switch = office.center.address;
    let (kiosk, password) = borrows(&office).await;
    let told = password.clone();

    let waits = move || Sipp::kiosk("kiosk_is_told_to_wait", switch, ROOM, &told).succeeds();
    spawn_blocking(waits).await.unwrap();
    drop(kiosk);
    office
        .center
        .has_logged("A kiosk's line is gone, and its telephone with it", 1);
    let unknown = move || Sipp::kiosk("kiosk_is_told_to_wait", switch, ROOM, &password).fails();
    spawn_blocking(unknown).await.unwrap();

    office.center.is_left_empty();
    assert_eq!(office.center.closed().of(1), Vec::<String>::new());
    trial.saw("480, and nothing is written");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_is_lent_no_telephone_and_no_agent_signs_in_at_a_kiosk() {
    let office = Office::open([21_490, 21_499]);
    let credentials = |station: &str| office.credentials.path().join(station);
    let desks = office.center.desks.unwrap();

    let mut desk = DeskLine::greets(desks, &credentials("desk-1")).await;
    desk.says(&FromDesk::BorrowTelephone).await;
    let why = LoanRefusal::NotAKiosk;
    let refused = Some(FromSwitch::TelephoneRefused { why });
    assert_eq!(desk.hears().await, refused);

    let mut kiosk = DeskLine::greets(desks, &credentials("kiosk-2")).await;
    kiosk.tries("agent-3", crate::office::PASSPHRASE).await;
    assert_eq!(kiosk.is_refused().await, SignInRefusal::Unknown);
}
