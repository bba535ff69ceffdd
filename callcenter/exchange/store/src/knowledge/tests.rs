//! What becomes of articles.

#![allow(clippy::unwrap_used)]

use super::*;

const NOON: Timestamp = Timestamp::from_millis(1_795_482_000_000);

fn opened() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("exchange.sqlite")).unwrap();
    (folder, store)
}

fn article(title: &str) -> Article {
    Article {
        title: Wording {
            ko: title.to_owned(),
            en: title.to_owned(),
        },
        ..Article::default()
    }
}

fn agent(name: &str) -> AgentId {
    AgentId::new(name)
}

fn read(store: &Store) -> Vec<(String, u32)> {
    let articles = store.articles().unwrap().into_iter();
    articles
        .map(|it| (it.article.title.ko, it.version))
        .collect()
}

#[test]
fn an_article_is_read_when_another_than_its_author_has_approved_it() {
    let (_folder, store) = opened();
    let (kim, lee) = (agent("kim"), agent("lee"));
    let write = |after, title| store.write_article("seal", after, &kim, &article(title), NOON);
    let approve = |version, who| store.approve_article("seal", version, who, NOON).unwrap();
    assert_eq!(write(0, "하나").unwrap(), Ok(1));
    assert_eq!(store.article_drafts().unwrap().len(), 1);

    assert_eq!(approve(1, &kim), Err(NotKept::OwnWork));
    assert_eq!(approve(2, &lee), Err(NotKept::Unknown));
    assert_eq!(read(&store), []);
    assert_eq!(approve(1, &lee), Ok(()));
    assert_eq!(read(&store), [("하나".to_owned(), 1)]);

    // What is being rewritten is read as it was.
    assert_eq!(write(1, "둘").unwrap(), Ok(2));
    assert_eq!(read(&store), [("하나".to_owned(), 1)]);
    assert_eq!(approve(2, &lee), Ok(()));
    assert_eq!(approve(1, &lee), Err(NotKept::Overtaken));
    assert_eq!(read(&store), [("둘".to_owned(), 2)]);

    assert_eq!(store.retire_article("seal", &lee, NOON).unwrap(), Ok(()));
    assert_eq!(read(&store), []);
    assert_eq!(
        store.retire_article("none", &lee, NOON).unwrap(),
        Err(NotKept::Unknown)
    );
}

#[test]
fn of_two_who_write_at_once_one_is_told_and_the_same_words_twice_are_one_version() {
    let (_folder, store) = opened();
    let write = |who, title| {
        let written = store.write_article("seal", 0, &agent(who), &article(title), NOON);
        written.unwrap()
    };

    assert_eq!(write("kim", "하나"), Ok(1));
    assert_eq!(write("kim", "하나"), Ok(1));
    assert_eq!(write("lee", "하나"), Err(NotKept::Overtaken));
    assert_eq!(write("kim", "둘"), Err(NotKept::Overtaken));
}

#[test]
fn a_desk_says_one_thing_of_a_version_that_was_read() {
    let (_folder, store) = opened();
    let says = |verdict, version, at| ArticleFeedback {
        version,
        at: Timestamp::from_millis(at),
        who: agent("park"),
        verdict,
        sentence: "수수료가 바뀌었어요".to_owned(),
    };
    store
        .write_article("seal", 0, &agent("kim"), &article("하나"), NOON)
        .unwrap()
        .unwrap();
    let judge = |it| store.judge_article("seal", &it).unwrap();
    assert_eq!(judge(says(Verdict::Helped, 1, 1)), Err(NotKept::Unknown));
    store
        .approve_article("seal", 1, &agent("lee"), NOON)
        .unwrap()
        .unwrap();

    assert_eq!(judge(says(Verdict::Helped, 1, 1)), Ok(()));
    assert_eq!(judge(says(Verdict::OutOfDate, 1, 2)), Ok(()));

    let said = store.article_feedback("seal", 10).unwrap();
    assert_eq!(said, [says(Verdict::OutOfDate, 1, 2)]);
}
