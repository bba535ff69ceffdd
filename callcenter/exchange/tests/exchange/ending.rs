//! The exchange is told to end in the middle of its work.

use std::time::Duration;

use ledger::Survey;
use request::RequestEvent;
use sync::Answer;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::mpsc::unbounded_channel,
};

use crate::{BITNA, HOUSEHOLD, office::Office, program::Program};

const OFFERS: usize = 50;
/// How many of them ask for a certificate.
const SUBMITTED: usize = 4;
const YEAR: Duration = Duration::from_hours(24 * 365);

fn name(place: usize) -> String {
    format!("many-{place}")
}

#[tokio::test]
async fn fifty_offers_are_under_way_and_nothing_is_lost_or_doubled() {
    let mut office = Office::open().await;
    office.close();
    for place in 0..OFFERS {
        office.renew(&name(place), YEAR);
    }
    let program = Program::start(&office, &[]).await;
    let mut stations = Vec::new();
    for place in 0..OFFERS {
        let mut station = office.station_at(&program.url, &name(place));
        let id = format!("r-{place}");
        if place < SUBMITTED {
            station.write_down(&id, HOUSEHOLD, Some(BITNA), &[]);
        } else {
            station.fill_in(&id, HOUSEHOLD, Some(BITNA), &[]);
        }
        stations.push(station);
    }
    let listener = office.wire_at(&program.url, "gaon-1");
    let held = tokio::spawn(async move { listener.listen(0, Duration::from_secs(60)).await });

    let (tell, mut told) = unbounded_channel();
    let offering: Vec<_> = stations
        .into_iter()
        .map(|mut station| {
            let tell = tell.clone();
            tokio::spawn(async move {
                let answer = station.try_to_offer().await;
                let _ = tell.send(answer.is_ok());
                (station, answer.is_ok())
            })
        })
        .collect();
    // Some were answered; the others are on their way.
    for _ in 0..5 {
        assert_eq!(told.recv().await, Some(true));
    }
    program.tell_to_end();

    let publications = held.await.unwrap().expect("an answer to who listened");
    assert_eq!(publications.publications, []);
    let words = program.ended().await;
    assert!(words.contains("The exchange ends"), "{words}");
    assert!(!words.contains("not finished in time"), "{words}");

    let again = Program::start(&office, &[]).await;
    let ready = reqwest::get(format!("{}/ready", again.operators)).await;
    assert_eq!(ready.unwrap().status(), 200);
    let (mut entries, mut published, mut cut_off) = (0, 0, 0);
    for (place, offering) in offering.into_iter().enumerate() {
        let (mut station, was_answered) = offering.await.unwrap();
        station.wire = office.wire_at(&again.url, &name(place));
        cut_off += usize::from(!was_answered);
        let taken = station.try_to_offer().await.unwrap();
        assert_eq!(taken, Answer::Acknowledged(station.head()), "{place}");
        entries += station.head();
        if place < SUBMITTED {
            let told = station.prepared(&format!("r-{place}")).await;
            assert_eq!(told.len(), 1, "{place}");
            let prepared = |event: &RequestEvent| matches!(event, RequestEvent::Prepared { .. });
            let told = station.told().await;
            assert_eq!(told.iter().filter(|(_, it)| prepared(it)).count(), 1);
            // An agency may have been asked in vain before.
            published += told.len() as u64;
        }
    }
    eprintln!("{cut_off} of {OFFERS} offers were cut off");
    again.tell_to_end();
    again.ended().await;
    let (survey, faults) = Survey::of(&office.data().join("exchange.sqlite")).unwrap();
    assert_eq!(faults, []);
    assert_eq!(survey.rows["history"], entries + published);
    assert_eq!(survey.rows["document"], SUBMITTED as u64);
    assert_eq!(survey.rows["wedged"], 0);
}

#[tokio::test]
async fn what_was_begun_is_answered_while_nobody_new_comes_in() {
    let mut office = Office::open().await;
    let (public, operators) = (office.public(), office.operators());
    let ready = async || {
        reqwest::get(format!("http://{operators}/ready"))
            .await
            .unwrap()
    };
    assert_eq!(ready().await.status(), 200);
    let mut slow = TcpStream::connect(public).await.unwrap();
    let body = "--b\r\ncontent-disposition: form-data; name=\"number\"\r\n\r\n2611\r\n--b--\r\n";
    let (first, rest) = body.split_at(20);
    let head = format!(
        "POST /number HTTP/1.1\r\nhost: x\r\ncontent-type: multipart/form-data; boundary=b\r\n\
         content-length: {}\r\n\r\n{first}",
        body.len()
    );
    slow.write_all(head.as_bytes()).await.unwrap();
    // It is being read when another one, begun later, has been answered.
    office.get("/health").await;

    let ending = tokio::spawn(office.take().end());
    let not_ready = loop {
        let answer = ready().await;
        if answer.status() == 503 {
            break answer.text().await.unwrap();
        }
    };
    assert!(not_ready.contains("about to end"), "{not_ready}");
    while TcpStream::connect(public).await.is_ok() {}
    slow.write_all(rest.as_bytes()).await.unwrap();
    let mut answer = String::new();
    slow.read_to_string(&mut answer).await.unwrap();

    assert!(answer.starts_with("HTTP/1.1 422"), "{answer}");
    assert!(answer.ends_with("</html>"), "{answer}");
    ending.await.unwrap();
}
