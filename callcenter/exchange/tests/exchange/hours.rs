//! Networks that have a holiday or are worked on: nobody asks them.

use std::time::Duration;

use request::{DeclineReason, NetworkFault, RequestEvent, RequestId, Timestamp};
use sandbox::Mood;

use crate::{BITNA, office::Office, station::Station};

/// Were one of these asked, it would be unreachable.
const AWAY: [&str; 2] = ["people-id", "family-record"];

fn at(moment: &str) -> Timestamp {
    let moment: jiff::Timestamp = moment.parse().unwrap();
    Timestamp::from_millis(moment.as_millisecond())
}

/// The first thing a kiosk is told of a request.
async fn told_first(station: &Station, id: &str) -> RequestEvent {
    let wanted = RequestId::new(id);
    let heard = async {
        loop {
            let told = station.told().await;
            if let Some((_, event)) = told.into_iter().find(|(request, _)| *request == wanted) {
                return event;
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), heard)
        .await
        .expect("an answer")
}

#[tokio::test]
async fn a_network_with_a_holiday_or_in_maintenance_is_not_asked() {
    let mut office = Office::open().await;
    let mut station = office.station("gaon-1");
    for network in AWAY {
        office.networks.set_mood(network, Mood::Away);
    }
    let closed = RequestEvent::Declined {
        reason: DeclineReason::OutsideHours,
    };
    let waits = RequestEvent::AttemptFailed {
        fault: NetworkFault::Unreachable,
    };
    let nights = [
        // A Saturday night, and a service that may be done later: the kiosk may take it
        // in. Its network would answer.
        ("2026-11-28T22:30+09", "job-seeking", &waits),
        // A Sunday night, and one that may not.
        ("2026-11-29T02:30+09", "resident-register-person", &closed),
        // The courts are asked the day before Christmas, and not on it, a Friday.
        ("2026-12-24T10:00+09", "family-relations", &waits),
        ("2026-12-25T10:00+09", "family-relations", &closed),
    ];

    for (number, (moment, service, expected)) in nights.into_iter().enumerate() {
        office.starts_at = at(moment);
        office.restart().await;
        station.moved_to(&office);
        let id = format!("r-{number}");
        station.submit(&id, service, Some(BITNA), &[]).await;

        assert_eq!(told_first(&station, &id).await, *expected, "{moment}");
    }
}
