//! What a kiosk shows of every service at moments of a year, and what the exchange would
//! do with a request then.

use catalog::{Admission, Catalog, OfflineRule};
use request::{LocalTime, ServiceId, Timestamp};

use super::town::{Town, catalog};
use crate::visit::{
    Touch,
    view::{Screen, ServiceTile, Trouble},
};

/// Ordinary days, the night at which networks are worked on, an evening on which one that
/// queues is, the Lunar New Year, an election, and a day that makes up for another.
const MOMENTS: [(&str, u32); 16] = [
    ("2026-11-24", 8 * 60 + 59),
    ("2026-11-24", 9 * 60),
    ("2026-11-24", 17 * 60 + 59),
    ("2026-11-24", 18 * 60),
    ("2026-11-24", 20 * 60),
    ("2026-11-28", 12 * 60 + 59),
    ("2026-11-28", 22 * 60),
    ("2026-11-28", 23 * 60 + 59),
    ("2026-11-29", 0),
    ("2026-11-29", 2 * 60),
    ("2026-11-29", 4 * 60),
    ("2026-12-13", 11 * 60),
    ("2027-02-05", 21 * 60),
    ("2027-02-09", 10 * 60),
    ("2027-02-10", 10 * 60),
    ("2028-04-12", 10 * 60),
];

fn moment((day, minute): (&str, u32)) -> Timestamp {
    let day = format!("{day}T{:02}:{:02}:00+09:00", minute / 60, minute % 60);
    let moment: jiff::Timestamp = day.parse().unwrap();
    Timestamp::from_millis(moment.as_millisecond())
}

/// All tiles of a kiosk, shelf by shelf.
fn tiles(town: &mut Town) -> Vec<ServiceTile> {
    town.touch(Touch::Start);
    let Screen::Find(around) = town.screen() else {
        panic!("not the first look");
    };
    let topics: Vec<String> = around.topics.iter().map(|it| it.topic.clone()).collect();
    let mut tiles = Vec::new();
    for topic in topics {
        town.touch(Touch::OpenTopic(topic));
        let Screen::Topic(shelf) = town.screen() else {
            panic!("not a topic");
        };
        tiles.extend(shelf.services.iter().cloned());
        town.touch(Touch::Back);
    }
    leave(town);
    tiles
}

/// Goes away, and the farewell with them.
fn leave(town: &mut Town) {
    town.touch(Touch::StartOver);
    town.pass_seconds(60);
}

/// What a citizen makes of a tile.
fn promised(tile: &ServiceTile) -> Admission {
    match tile.unavailable {
        Some(_) => Admission::Declined,
        None if tile.queues => Admission::Later,
        None => Admission::Asked,
    }
}

/// What the exchange does. A service that may be done later is taken in while its agency
/// is closed, too, and the exchange works on it when it opens.
fn done(catalog: &Catalog, tile: &ServiceTile, at: LocalTime) -> Admission {
    let service = catalog.service(&ServiceId::new(&tile.service)).unwrap();
    match catalog.admission(service, at) {
        Admission::Declined if matches!(service.offline, OfflineRule::Queue { .. }) => {
            Admission::Later
        }
        admission => admission,
    }
}

#[test]
fn what_the_tiles_promise_is_what_the_exchange_does() {
    let catalog = catalog();
    let mut town = Town::default();
    let mut seen = Vec::new();

    for when in MOMENTS {
        town.now.wall = moment(when);
        let at = town.now.wall.local();
        let mut tiles = tiles(&mut town);
        // Petitions are accepted at any hour of the kiosk and asked of no network.
        tiles.retain(|it| catalog.service(&ServiceId::new(&it.service)).is_some());
        assert_eq!(tiles.len(), catalog.services().count());
        for tile in tiles {
            let (name, promised) = (&tile.service, promised(&tile));
            assert_eq!(promised, done(&catalog, &tile, at), "{name} at {when:?}");
            let by_hours = tile.unavailable == Some(Trouble::OutsideHours);
            assert_eq!(
                by_hours,
                promised == Admission::Declined,
                "{name} at {when:?}"
            );
            assert_eq!(!tile.opens_at.is_empty(), by_hours, "{name} at {when:?}");
            if !seen.contains(&promised) {
                seen.push(promised);
            }
        }
    }

    assert_eq!(seen.len(), 3, "each of them happens: {seen:?}");
}

#[test]
fn who_comes_at_the_lunar_new_year_is_told_when_it_is_over() {
    let mut town = Town::default();
    // The evening before four days off, of which the last makes up for a Sunday.
    town.now.wall = moment(("2027-02-05", 21 * 60));
    let sheet = |town: &mut Town, service: &str| {
        town.touch(Touch::Start);
        town.touch(Touch::ChooseService(service.to_owned()));
        let Screen::Service(sheet) = town.screen() else {
            panic!("not explained");
        };
        let sheet = sheet.clone();
        leave(town);
        sheet
    };

    let school = sheet(&mut town, "graduation");
    assert_eq!(school.unavailable, Some(Trouble::OutsideHours));
    assert_eq!(
        school.closed,
        "설날 연휴라 2월 10일(수) 오전 9시부터 할 수 있어요."
    );
    assert_eq!(school.hours, "월–금 09:00–18:00, 공휴일 쉼");

    // Saturday night: one network is worked on, and its service is taken in.
    town.now.wall = moment(("2026-11-28", 22 * 60));
    let job = sheet(&mut town, "job-seeking");
    assert_eq!((job.unavailable, job.queues), (None, true));
    assert_eq!(
        job.closed,
        "매주 토요일 밤 10시부터 12시까지 고용 정보망을 점검해요. 내일 오전 0시부터 할 수 있어요."
    );
}
