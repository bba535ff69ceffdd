//! What becomes of postings.

#![allow(clippy::unwrap_used)]

use privacy::Personal;

use super::*;

const NOON: Timestamp = Timestamp::from_millis(1_795_482_000_000);

fn opened() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("exchange.sqlite")).unwrap();
    (folder, store)
}

fn posting(id: &str, text: &str) -> Draft {
    Draft {
        id: id.to_owned(),
        topic: "events".to_owned(),
        district: Some("4199900000".to_owned()),
        words: Words {
            title: Personal::new("나눔 장터".to_owned()),
            text: Personal::new(text.to_owned()),
        },
    }
}

fn kiosk() -> StationId {
    StationId::new("gaon-1")
}

fn publish(days: u32) -> Moderation {
    Moderation::Publish { stands: DAY * days }
}

fn refuse() -> Moderation {
    Moderation::Refuse {
        reason: "광고예요".to_owned(),
    }
}

fn take_down() -> Moderation {
    Moderation::TakeDown {
        reason: "잘못된 내용이에요".to_owned(),
    }
}

fn acts(store: &Store) -> Vec<String> {
    let connection = store.lock();
    let mut select = connection
        .prepare("SELECT who || ' ' || act || ' ' || subject FROM audit ORDER BY sequence")
        .unwrap();
    let rows = select.query_map([], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

#[test]
fn nobody_reads_what_no_moderator_has_published_and_every_act_is_noted() {
    let (_folder, store) = opened();
    store
        .submit_posting(&kiosk(), &posting("a", "<script>"), NOON)
        .unwrap()
        .unwrap();
    store
        .submit_posting(&kiosk(), &posting("b", "b"), NOON + DAY)
        .unwrap()
        .unwrap();
    assert_eq!(store.board(NOON, 10).unwrap(), []);
    let waiting = store.waiting_postings("kim", NOON).unwrap();
    assert_eq!(
        waiting.iter().map(|it| it.id.as_str()).collect::<Vec<_>>(),
        ["a", "b"]
    );

    store
        .moderate("a", "kim", &publish(14), NOON)
        .unwrap()
        .unwrap();
    store
        .moderate("b", "kim", &refuse(), NOON)
        .unwrap()
        .unwrap();

    let board = store.board(NOON + DAY, 10).unwrap();
    assert_eq!(board.len(), 1);
    // As it was written: it is a text, wherever it is shown.
    assert_eq!(board[0].text, "<script>");
    assert!(store.waiting_postings("kim", NOON).unwrap().is_empty());
    assert_eq!(
        acts(&store),
        [
            "kim read postings 2",
            "kim published posting a",
            "kim refused posting b",
            "kim read postings 0"
        ]
    );
}

#[test]
fn a_notice_goes_when_its_time_is_over_or_it_is_taken_down() {
    let (_folder, store) = opened();
    for id in ["a", "b"] {
        store
            .submit_posting(&kiosk(), &posting(id, id), NOON)
            .unwrap()
            .unwrap();
        store
            .moderate(id, "kim", &publish(2), NOON)
            .unwrap()
            .unwrap();
    }

    store
        .moderate("b", "lee", &take_down(), NOON + DAY)
        .unwrap()
        .unwrap();

    let ids = |at| -> Vec<String> {
        store
            .board(at, 10)
            .unwrap()
            .into_iter()
            .map(|it| it.id)
            .collect()
    };
    assert_eq!(ids(NOON + DAY), ["a"]);
    assert_eq!(ids(NOON + DAY * 2), [""; 0]);
}

#[test]
fn a_decision_said_twice_is_one_and_none_is_made_out_of_turn() {
    let (_folder, store) = opened();
    store
        .submit_posting(&kiosk(), &posting("a", "a"), NOON)
        .unwrap()
        .unwrap();
    let moderate = |id: &str, deed: &Moderation| store.moderate(id, "kim", deed, NOON).unwrap();
    let past = publish(0);

    assert_eq!(moderate("x", &refuse()), Err(NotModerated::Unknown));
    assert_eq!(moderate("a", &take_down()), Err(NotModerated::NotNow));
    assert_eq!(moderate("a", &past), Err(NotModerated::NotNow));
    assert_eq!(moderate("a", &publish(1)), Ok(()));
    // Our word was lost, and is said again a while later.
    let later = store.moderate("a", "kim", &publish(1), NOON + DAY / 2);
    assert_eq!(later.unwrap(), Ok(()));
    assert_eq!(store.board(NOON, 1).unwrap()[0].until, NOON + DAY);
    assert_eq!(moderate("a", &publish(9)), Err(NotModerated::NotNow));
    assert_eq!(moderate("a", &refuse()), Err(NotModerated::NotNow));
    assert_eq!(moderate("a", &take_down()), Ok(()));
    assert_eq!(moderate("a", &publish(1)), Err(NotModerated::NotNow));
    assert_eq!(acts(&store).len(), 2);
}

#[test]
fn a_posting_handed_in_twice_is_one_and_a_station_has_its_measure() {
    let (_folder, store) = opened();
    let submit = |station: &str, id: &str, text: &str, at| {
        let station = StationId::new(station);
        store
            .submit_posting(&station, &posting(id, text), at)
            .unwrap()
    };
    assert_eq!(submit("gaon-1", "a", "a", NOON), Ok(()));
    assert_eq!(submit("gaon-1", "a", "a", NOON + DAY), Ok(()));
    assert_eq!(submit("gaon-1", "a", "b", NOON), Err(NotPosted::Another));
    assert_eq!(submit("narae-1", "a", "a", NOON), Err(NotPosted::Another));
    for number in 1..A_DAY_MAX {
        assert_eq!(submit("gaon-1", &format!("n{number}"), "n", NOON), Ok(()));
    }

    assert_eq!(submit("gaon-1", "more", "m", NOON), Err(NotPosted::Enough));
    assert_eq!(submit("narae-1", "more", "m", NOON), Ok(()));
    assert_eq!(submit("gaon-1", "later", "l", NOON + DAY), Ok(()));
}

#[test]
fn the_words_go_after_their_term_and_what_became_of_them_stays() {
    let (folder, store) = opened();
    for (id, deed) in [("up", publish(2)), ("no", refuse())] {
        let text = format!("은행나무 {id}");
        store
            .submit_posting(&kiosk(), &posting(id, &text), NOON)
            .unwrap()
            .unwrap();
        store.moderate(id, "kim", &deed, NOON).unwrap().unwrap();
    }
    store
        .submit_posting(
            &kiosk(),
            &posting("waits", "은행나무 waits"),
            NOON + DAY * 5,
        )
        .unwrap()
        .unwrap();
    let month = DAY * 30;
    let in_file = |text: &str| {
        store.empty_log().unwrap();
        let bytes = std::fs::read(folder.path().join("exchange.sqlite")).unwrap();
        bytes.windows(text.len()).any(|it| it == text.as_bytes())
    };
    assert!(in_file("은행나무 no"));

    assert_eq!(store.erase_postings(month, NOON + month).unwrap(), 1);
    assert!(!in_file("은행나무 no") && in_file("은행나무 up"));
    assert_eq!(store.erase_postings(month, NOON + DAY * 32).unwrap(), 1);

    assert!(!in_file("은행나무 up") && in_file("은행나무 waits"));
    assert_eq!(store.erase_postings(month, NOON + DAY * 36).unwrap(), 1);
    assert!(!in_file("은행나무 waits"), "nobody looked at it for a term");
    assert_eq!(
        store.moderate("up", "kim", &publish(2), NOON).unwrap(),
        Ok(())
    );
}

#[test]
fn postings_that_nobody_looked_at_make_room_when_their_words_go() {
    let (_folder, store) = opened();
    let submit = |number: u32, at| {
        // No station has more than its measure.
        let station = StationId::new(format!("gaon-{}", number / A_DAY_MAX));
        let posting = posting(&format!("p{number}"), "p");
        store.submit_posting(&station, &posting, at).unwrap()
    };
    for number in 0..WAITING_MAX {
        assert_eq!(submit(number, NOON), Ok(()));
    }
    assert_eq!(submit(WAITING_MAX, NOON), Err(NotPosted::Full));

    let (month, later) = (DAY * 30, NOON + DAY * 31);
    store.erase_postings(month, later).unwrap();

    assert_eq!(submit(WAITING_MAX, later), Ok(()));
    let decided = store.moderate("p0", "kim", &publish(2), later).unwrap();
    assert_eq!(decided, Err(NotModerated::Unknown));
    assert_eq!(store.waiting_postings("kim", later).unwrap().len(), 1);
}
