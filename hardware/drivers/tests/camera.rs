//! Codes, as a camera sees them: the driver before the bench's twin in all its moods, answers of
//! every kind, pictures that are none, and a real connection.

#![allow(clippy::unwrap_used)]

#[path = "camera/answers.rs"]
mod answers;
#[path = "camera/counter.rs"]
mod counter;
#[path = "camera/pictures.rs"]
mod pictures;
#[path = "camera/stripes.rs"]
mod stripes;

use std::time::Duration;

use bench::{
    camera::{Camera as BenchCamera, Manner, Mood, PATH},
    socket::Socket,
};
use counter::{Counter, scanned, status};
use devices::barcode_reader::{BarcodeReaderFault, BarcodeReaderOrder};
use drivers::barcode_reader::camera::start;

const CODE: &str = "MT1:6BF+70790T9WJWG.FKY*4GO0";
const ANOTHER: &str = "MW1:ANOTHER";
const READ: BarcodeReaderOrder = BarcodeReaderOrder::Read;

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

#[test]
fn a_code_is_told_once_until_it_was_out_of_view_for_a_while() {
    let mut counter = Counter::open(Mood::Well);
    counter.order(READ);
    counter.twin.hold(CODE);
    assert_eq!(counter.codes_of(seconds(1)), [CODE]);

    counter.order(READ);
    assert_eq!(counter.codes_of(seconds(8)), [""; 0], "it is still there");
    counter.twin.take_away();
    counter.pass(Duration::from_millis(500));
    counter.twin.hold(CODE);
    assert_eq!(counter.codes_of(seconds(3)), [""; 0], "a hand shook");

    counter.twin.take_away();
    counter.pass(seconds(2));
    counter.twin.hold(CODE);
    assert_eq!(counter.codes_of(seconds(1)), [CODE]);
}

#[test]
fn another_code_is_told_at_once() {
    let mut counter = Counter::open(Mood::Well);
    counter.order(READ);
    counter.twin.hold(CODE);
    counter.pass(seconds(1));

    counter.twin.hold(ANOTHER);
    counter.pass(seconds(1));
    counter.order(READ);

    assert_eq!(counter.codes_of(seconds(1)), [ANOTHER]);
}

#[test]
fn a_code_that_nobody_wants_is_nobodys() {
    let mut counter = Counter::open(Mood::Well);
    counter.twin.hold(CODE);
    assert_eq!(counter.codes_of(seconds(2)), [""; 0]);

    counter.look_takes = Duration::from_millis(500);
    counter.order(READ);
    counter.pass(Duration::from_millis(300));
    counter.order(BarcodeReaderOrder::Cancel);
    counter.order(READ);
    counter.twin.take_away();

    assert_eq!(
        counter.codes_of(seconds(3)),
        [""; 0],
        "it was seen for somebody who went away"
    );
}

#[test]
fn pictures_are_asked_for_only_while_a_code_is_wanted() {
    let mut counter = Counter::open(Mood::Well);
    assert!(!counter.twin.is_watched(), "one showed that it serves");
    let sent = counter.twin.sent();
    counter.pass(seconds(60));
    assert_eq!(counter.twin.sent(), sent);

    counter.order(READ);
    counter.pass(seconds(30));
    assert!(counter.twin.is_watched());
    counter.order(BarcodeReaderOrder::Cancel);
    assert!(!counter.twin.is_watched());

    counter.order(READ);
    counter.twin.hold(CODE);
    counter.pass(seconds(2));
    assert!(counter.twin.is_watched(), "the next one may be wanted soon");
    counter.pass(seconds(10));
    assert!(!counter.twin.is_watched());
}

#[test]
fn a_camera_that_nobody_wants_is_looked_after_now_and_then() {
    let mut counter = Counter::open(Mood::Well);
    counter.twin.set_mood(Mood::Dead);

    let told = counter.pass(seconds(320));

    assert_eq!(told, [status(Some(BarcodeReaderFault::NoPictures))]);
}

#[test]
fn a_picture_is_read_however_it_is_framed() {
    for manner in [Manner::Counted, Manner::Uncounted, Manner::Chunked] {
        for piece in [1, 7, 1024, 1 << 20] {
            let mut counter = Counter::new(Mood::Well);
            counter.piece = piece;
            counter.twin.set_manner(manner);
            counter.twin.hold(CODE);
            counter.order(READ);

            assert_eq!(
                counter.codes_of(Duration::from_millis(400)),
                [CODE],
                "{manner:?} {piece}"
            );
        }
    }
}

#[test]
fn however_fast_pictures_come_a_few_are_looked_at_and_the_newest_of_them() {
    let mut counter = Counter::open(Mood::Flood);
    counter.order(READ);
    counter.pass(seconds(2));
    assert!(counter.twin.sent() > 200, "{}", counter.twin.sent());
    assert!((9..=12).contains(&counter.looks), "{}", counter.looks);

    counter.look_takes = seconds(1);
    counter.pass(Duration::from_millis(1_300));
    counter.twin.hold(CODE);
    counter.pass(Duration::from_millis(300));
    counter.twin.hold(ANOTHER);

    let next_look = Duration::from_millis(1_700);
    assert_eq!(counter.codes_of(next_look), [ANOTHER]);
}

#[test]
fn what_is_wrong_with_a_camera_is_told_by_its_name_and_is_over_with_its_mood() {
    for (mood, fault, name) in [
        (Mood::Dead, BarcodeReaderFault::NoPictures, "BCR-07"),
        (Mood::CutOff, BarcodeReaderFault::NoPictures, "BCR-07"),
        (Mood::Page, BarcodeReaderFault::NoPictureStream, "BCR-08"),
        (Mood::Garbage, BarcodeReaderFault::NoPictureStream, "BCR-08"),
        (Mood::Endless, BarcodeReaderFault::NoPictureStream, "BCR-08"),
        (
            Mood::Miscounting,
            BarcodeReaderFault::NoPictureStream,
            "BCR-08",
        ),
        (
            Mood::Unbounded,
            BarcodeReaderFault::NoPictureStream,
            "BCR-08",
        ),
    ] {
        let mut counter = Counter::open(Mood::Well);
        counter.twin.set_mood(mood);
        counter.twin.hold(CODE);
        counter.order(READ);
        assert_eq!(
            counter.pass(seconds(30)),
            [status(Some(fault))],
            "{mood:?} is told once"
        );
        assert_eq!(fault.code(), name);

        counter.twin.set_mood(Mood::Well);
        let told = counter.pass(seconds(10));
        assert_eq!(told[0], status(None), "{mood:?}");
        assert_eq!(scanned(&told[1]), Some(CODE), "{mood:?}");
    }
}

#[test]
fn a_camera_that_is_not_there_is_offline_until_it_is() {
    let mut counter = Counter::new(Mood::Well);
    counter.plugged = false;
    assert_eq!(
        counter.pass(seconds(60)),
        [status(Some(BarcodeReaderFault::Offline))]
    );

    counter.plugged = true;
    assert_eq!(counter.pass(seconds(1)), [status(None)]);
}

#[test]
fn pictures_that_come_slowly_are_read_all_the_same() {
    let mut counter = Counter::open(Mood::Slow);
    counter.order(READ);
    counter.twin.hold(CODE);

    assert_eq!(counter.codes_of(seconds(6)), [CODE]);
}

#[test]
fn what_a_camera_sees_stays_out_of_every_log() {
    let mut counter = Counter::open(Mood::Well);
    counter.order(READ);
    counter.twin.hold(CODE);

    let told = counter.pass(seconds(1));

    assert!(!format!("{told:?}").contains(CODE), "{told:?}");
    let picture = format!("{:?}", counter.last_picture.unwrap());
    assert!(picture.len() < 40, "{picture}");
}

#[tokio::test]
async fn a_code_comes_over_a_real_connection_which_may_break_and_come_back() {
    let there = Socket::host(BenchCamera::default()).unwrap();
    let settings = format!("http://{}{PATH}", there.address());
    let (tell, mut told) = tokio::sync::mpsc::unbounded_channel();
    let orders = start(settings.parse().unwrap(), move |event| {
        drop(tell.send(event));
    });
    let mut next = async || {
        tokio::time::timeout(seconds(30), told.recv())
            .await
            .unwrap()
            .unwrap()
    };
    assert_eq!(next().await, status(None));

    orders.send(READ).unwrap();
    there.with(|camera| camera.hold(CODE));
    assert_eq!(scanned(&next().await), Some(CODE));

    there.with(|camera| camera.set_mood(Mood::CutOff));
    orders.send(READ).unwrap();
    let broken = next().await;
    let breaks = [BarcodeReaderFault::NoPictures, BarcodeReaderFault::Offline];
    assert!(
        breaks.map(|it| status(Some(it))).contains(&broken),
        "{broken:?}"
    );
    there.with(|camera| {
        camera.set_mood(Mood::Well);
        camera.hold(ANOTHER);
    });
    assert_eq!(next().await, status(None));
    assert_eq!(scanned(&next().await), Some(ANOTHER));
}
