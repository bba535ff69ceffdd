//! A trainee helps at a kiosk: the real desk, the real exchange between the two, and a
//! citizen who does not exist.

use std::{
    path::PathBuf,
    thread,
    time::{Duration, Instant},
};

use desk::{
    helping::{HelpView, HelpingNotice},
    workplace::view::{PaneView, View},
};
use identity::{AgentId, Party};
use link::Wire;
use request::{FormField, StationId};
use serde_json::Value;
use tests::office::{Office, TUESDAY_10_00};
use training::{Citizen, Lesson};

use crate::{
    booth::{Booth, STATION, Way},
    room::{Room, SEED, VISIT, lesson},
};

const KIOSK: &str = "practice-kiosk";
const ROOM: &str = "training-1";
const PATIENCE: Duration = Duration::from_secs(20);

fn with(view: &View) -> Option<&HelpView> {
    match &view.pane {
        PaneView::Helping(helping) => helping.with.as_ref(),
        _ => None,
    }
}

fn line(office: &Office, station: &str, credentials: PathBuf) -> link::Settings {
    let start = Instant::now();
    link::Settings {
        exchange: office.url(),
        station: StationId::new(station),
        credentials,
        clock: link::Clock::new(move || TUESDAY_10_00 + start.elapsed()),
    }
}

/// The practice kiosk's way to the exchange.
fn kiosk(office: &Office) -> link::Settings {
    line(office, KIOSK, office.enroll(&StationId::new(KIOSK)))
}

/// The training room's way to the roster, which is this exchange's here.
fn roster(office: &Office) -> link::Settings {
    let (data, stations, into, year) = papers(office, ROOM);
    let id = StationId::new(ROOM);
    exchange::enroll_training_room(&data, &stations, &id, &into, TUESDAY_10_00, year).unwrap();
    line(office, ROOM, into)
}

fn papers(office: &Office, who: &str) -> (PathBuf, PathBuf, PathBuf, Duration) {
    let folder = office.folder();
    (
        folder.join("data"),
        folder.join("stations.toml"),
        folder.join(who),
        Duration::from_hours(24 * 365),
    )
}

/// What the roster has, as soon as it has anything.
fn listed(office: &Office) -> Value {
    let (data, stations, into, year) = papers(office, "park");
    let park = Party::Agent(AgentId::new("park"));
    exchange::enroll(&data, &stations, &park, &into, TUESDAY_10_00, year).unwrap();
    let wire = Wire::new(line(office, "park", into));
    let given_up = Instant::now() + PATIENCE;
    loop {
        let asked = wire.get("/v1/training?agent=kim.2", PATIENCE);
        let answer = office.handle().block_on(asked).unwrap();
        let mut answer: Value = serde_json::from_slice(&answer).unwrap();
        if let Some(record) = answer["records"].as_array_mut().unwrap().pop() {
            return record;
        }
        assert!(Instant::now() < given_up, "the roster is told nothing");
        thread::yield_now();
    }
}

fn writes(booth: &mut Booth, text: &str) {
    booth.type_text(text);
    booth.press("Enter");
    booth.wait_for("it is written, and the next line is empty", |view| {
        let lines = with(view).map_or(&[][..], |it| &it.lines);
        let mut ours = lines.iter().filter(|it| !it.from_citizen);
        ours.any(|it| it.text.reveal() == text)
    });
}

fn proposes(booth: &mut Booth, text: &str) {
    booth.type_text(text);
    booth.click("제안하기");
    booth.wait_for("the citizen confirms", |view| match &view.pane {
        PaneView::Helping(it) => it.notice == Some(HelpingNotice::Confirmed),
        _ => false,
    });
}

#[test]
fn a_trainee_helps_a_citizen_at_a_kiosk_through_the_exchange_and_has_it_judged() {
    let office = Office::open(TUESDAY_10_00);
    let mut room = Room::with_kiosk(kiosk(&office), roster(&office));
    let way = Way {
        url: office.url(),
        credentials: office.enroll_desk(&StationId::new(STATION)),
        agent: None,
    };
    let mut booth = Booth::watched_beside(way, room.watcher());
    room.show_window();
    booth.sign_in();
    let (catalog, Lesson::Visit(scenario)) = lesson(VISIT) else {
        panic!("{VISIT} is no visit");
    };
    let citizen = Citizen::draw(&scenario, &catalog, SEED).unwrap();
    let wants = |field: &FormField| citizen.wants(field).unwrap().text().reveal().clone();
    let district = wants(&FormField::Question("district".to_owned()));
    let district = catalog.codes("districts").unwrap().get(&district).unwrap();
    let parcel = wants(&FormField::Question("parcel_number".to_owned()));

    room.opens_the_kiosk(&scenario.title.ko);
    room.picture("kiosk-waits");
    booth.press("F1");
    booth.wait_for("the kiosk waits", |view| match &view.pane {
        PaneView::Helping(it) => it.waiting.iter().any(|row| row.kiosk == KIOSK),
        _ => false,
    });
    booth.click("이 키오스크 돕기");
    booth.wait_for("the form is seen", |view| {
        with(view).is_some_and(|it| !it.fields.is_empty())
    });
    writes(&mut booth, "Hello! In which neighborhood is it?");
    room.hears(&district.en);
    proposes(&mut booth, &district.ko);
    writes(&mut booth, "What is the parcel number?");
    room.hears(&parcel);
    booth.press("↓");
    proposes(&mut booth, &parcel);
    room.picture("helping");
    let copies = wants(&FormField::Copies);
    if copies != "1" {
        writes(&mut booth, "How many copies?");
        room.hears(&format!("{copies}, please"));
        booth.press("↓");
        proposes(&mut booth, &copies);
    }
    room.hears("Thank you");
    booth.press("Ctrl+Del");

    let (points, passed) = room.is_judged();
    room.picture("visit-judged");
    assert_eq!((points, passed), (100, true));
    let records = room.records();
    assert!(
        records.contains("\"scenario\":\"visit-land-ledger-english\""),
        "{records}"
    );
    assert!(records.contains("\"agent\":\"kim.2\""), "{records}");
    let told = listed(&office);
    assert_eq!(told["station"], ROOM);
    assert_eq!(told["scenario"], VISIT);
    assert_eq!(
        (&told["points"], &told["passed"]),
        (&Value::from(100), &Value::from(true))
    );
}
