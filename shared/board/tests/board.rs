//! What may be written, what stands on a copy of the board, and what a folder says.

#![allow(clippy::unwrap_used)]

use std::{fs, path::Path};

use board::{Draft, DraftRefusal, Edition, Local, Notice, Words};
use catalog::Catalog;
use privacy::Personal;
use request::Timestamp;

const GAON: &str = "4199900000";

fn house() -> (std::path::PathBuf, Catalog) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../catalog");
    let catalog = Catalog::read(&folder).unwrap();
    (folder.join("local"), catalog)
}

fn local() -> Local {
    let (folder, catalog) = house();
    Local::read(&folder, &catalog).unwrap()
}

fn draft(title: &str, text: &str) -> Draft {
    Draft {
        id: "gaon-1-0001".to_owned(),
        topic: "sharing".to_owned(),
        district: Some(GAON.to_owned()),
        words: Words {
            title: Personal::new(title.to_owned()),
            text: Personal::new(text.to_owned()),
        },
    }
}

#[test]
fn a_text_is_taken_as_it_is_and_what_is_no_text_is_not() {
    let local = local();
    let long = "가".repeat(501);
    for (title, text, expected) in [
        (
            "책을 나눠요",
            "어린이 책 열 권이에요.\n토요일 오후에 오세요.",
            Ok(()),
        ),
        (
            "<script>alert(1)</script>",
            "'; DROP TABLE posting; --",
            Ok(()),
        ),
        ("책", "어린이 책이에요", Err(DraftRefusal::Title)),
        ("책을 나눠요", "책", Err(DraftRefusal::Text)),
        ("책을 나눠요", &long, Err(DraftRefusal::Text)),
        (&long, "어린이 책이에요", Err(DraftRefusal::Title)),
        ("두\n줄", "어린이 책이에요", Err(DraftRefusal::NotText)),
        (
            "책을 나눠요",
            "어린이 책\u{0}이에요",
            Err(DraftRefusal::NotText),
        ),
        (
            "책을 나눠요",
            "거꾸로 \u{202E}써요 이렇게",
            Err(DraftRefusal::NotText),
        ),
        ("    ", "어린이 책이에요", Err(DraftRefusal::Title)),
    ] {
        assert_eq!(draft(title, text).check(&local), expected, "{title}");
    }
}

#[test]
fn nobody_writes_where_only_offices_do_or_about_a_place_that_is_not_there() {
    let local = local();
    let with = |change: &dyn Fn(&mut Draft)| {
        let mut draft = draft("책을 나눠요", "어린이 책이에요");
        change(&mut draft);
        draft.check(&local)
    };

    assert_eq!(with(&|it| it.district = None), Ok(()));
    let topic = with(&|it| it.topic = "population".to_owned());
    assert_eq!(topic, Err(DraftRefusal::Topic));
    let topic = with(&|it| it.topic = "no-such".to_owned());
    assert_eq!(topic, Err(DraftRefusal::Topic));
    let district = with(&|it| it.district = Some("0000000000".to_owned()));
    assert_eq!(district, Err(DraftRefusal::District));
    for id in ["", "../a", &"a".repeat(65)] {
        assert_eq!(with(&|it| it.id = id.to_owned()), Err(DraftRefusal::Id));
    }
}

#[test]
fn an_old_copy_shows_nothing_whose_time_is_over() {
    let notice = |id: &str, topic: &str, until| Notice {
        id: id.to_owned(),
        topic: topic.to_owned(),
        district: None,
        title: "t".to_owned(),
        text: "text".to_owned(),
        published_at: Timestamp::from_millis(0),
        until: Timestamp::from_millis(until),
    };
    let edition = Edition {
        as_of: Some(Timestamp::from_millis(5)),
        notices: vec![
            notice("a", "sharing", 20),
            notice("b", "sharing", 10),
            notice("c", "events", 20),
        ],
    };
    let on = |now| -> Vec<&str> {
        let shown = edition.on("sharing", Timestamp::from_millis(now));
        shown.map(|it| it.id.as_str()).collect()
    };

    assert_eq!(on(9), ["a", "b"]);
    assert_eq!(on(10), ["a"]);
    assert_eq!(on(20), [""; 0]);
    // As the exchange writes it and a station keeps it.
    let written = serde_json::to_string(&Edition {
        as_of: edition.as_of,
        notices: vec![notice("a", "sharing", 20)],
    })
    .unwrap();
    assert_eq!(
        written,
        r#"{"as_of":5,"notices":[{"id":"a","topic":"sharing","district":null,"title":"t","text":"text","published_at":0,"until":20}]}"#
    );
}

#[test]
fn every_table_of_the_house_has_a_source_and_a_day_and_what_is_wrong_is_said() {
    let local = local();
    let tables: usize = local
        .topics()
        .iter()
        .map(|it| local.figures(&it.id).len())
        .sum();
    assert!(
        local.topics().iter().any(|it| it.open) && tables >= 10,
        "{tables}"
    );

    let (_, catalog) = house();
    let folder = tempfile::tempdir().unwrap();
    let topics = "[[topic]]\nid = \"a\"\ntitle = { ko = \"가\", en = \"A\" }\n";
    fs::write(folder.path().join("topics.toml"), topics).unwrap();
    let said = |district: &str, day: &str| {
        let table = format!(
            "[[figures]]\ntitle = {{ ko = \"가\", en = \"A\" }}\n{district}\n\
             source = {{ ko = \"가\", en = \"A\" }}\nday = \"{day}\"\n\
             [[figures.value]]\nlabel = {{ ko = \"가\", en = \"A\" }}\ntext = {{ ko = \"1\", en = \"1\" }}\n"
        );
        fs::write(folder.path().join("a.toml"), table).unwrap();
        Local::read(folder.path(), &catalog).map_err(|it| it.to_string())
    };
    assert!(said("", "2026-11-30").is_ok());
    assert!(
        said("", "30.11.2026")
            .unwrap_err()
            .contains("a day is written like")
    );
    assert!(
        said("district = \"1\"", "2026-11-30")
            .unwrap_err()
            .contains("a code of the boroughs")
    );
    assert!(
        said("colour = 1", "2026-11-30")
            .unwrap_err()
            .contains("is not as it should be")
    );
    let nowhere = Local::read(Path::new("there/is/none"), &catalog).unwrap();
    assert_eq!(nowhere, Local::default());
}
