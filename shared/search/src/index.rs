//! The index: texts go in once, questions are asked of it from any thread.

use std::{
    fmt,
    sync::{Mutex, PoisonError},
};

use rusqlite::{Connection, params};

use crate::{
    analysis::{BREAK, initials, terms},
    question::Question,
};

/// One thing that can be found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// What it is called, in each language.
    pub titles: Vec<String>,
    /// What people call it.
    pub keywords: Vec<String>,
    /// What else is said about it.
    pub body: Vec<String>,
}

#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    #[error("the index cannot be built")]
    Build(#[source] rusqlite::Error),
    #[error("the index does not answer")]
    Ask(#[source] rusqlite::Error),
}

/// Found words weigh more where they stand in a title than in the rest.
const RANKED: &str = "SELECT rowid FROM entry WHERE entry MATCH ?1
    ORDER BY bm25(entry, 10.0, 8.0, 1.0, 6.0), rowid LIMIT ?2";

/// Texts are known by their place among those it was built of.
pub struct Index {
    connection: Mutex<Connection>,
}

impl fmt::Debug for Index {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Index").finish_non_exhaustive()
    }
}

impl Index {
    /// Indexes texts, in memory.
    ///
    /// # Errors
    /// When there is no memory for it.
    pub fn build(texts: impl IntoIterator<Item = Text>) -> Result<Self, SearchError> {
        let connection = built(texts).map_err(SearchError::Build)?;
        Ok(Self {
            connection: Mutex::new(connection),
        })
    }

    /// The places of texts that answer to what is typed, the best first: first those
    /// that have all of it, then those that have a part.
    ///
    /// # Errors
    /// When the index does not answer, which is a fault of this machine.
    pub fn find(&self, typed: &str, limit: usize) -> Result<Vec<usize>, SearchError> {
        let question = Question::new(typed);
        let connection = self
            .connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let ask = |question: &str, limit: usize| ask(&connection, question, limit);
        let mut found = Vec::new();
        if let Some(strict) = &question.strict {
            found = ask(strict, limit).map_err(SearchError::Ask)?;
        }
        if let Some(loose) = question.loose.filter(|_| found.len() < limit) {
            // As many as are wanted, beside those that are there already.
            let more = ask(&loose, limit + found.len()).map_err(SearchError::Ask)?;
            for place in more {
                if found.len() < limit && !found.contains(&place) {
                    found.push(place);
                }
            }
        }
        Ok(found)
    }
}

fn built(texts: impl IntoIterator<Item = Text>) -> rusqlite::Result<Connection> {
    let mut connection = Connection::open_in_memory()?;
    let transaction = connection.transaction()?;
    // Only the index: the texts are kept by whoever asks. The tokenizer parts at
    // spaces; the terms have none.
    transaction.execute_batch(
        "CREATE VIRTUAL TABLE entry USING fts5
         (title, keywords, body, initials, content = '', tokenize = 'ascii')",
    )?;
    let mut insert = transaction.prepare(
        "INSERT INTO entry (rowid, title, keywords, body, initials) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for (place, text) in (0_i64..).zip(texts) {
        let named = text.titles.iter().chain(&text.keywords);
        insert.execute(params![
            place,
            joined(text.titles.iter(), terms),
            joined(text.keywords.iter(), terms),
            joined(text.body.iter(), terms),
            joined(named, initials),
        ])?;
    }
    drop(insert);
    transaction.execute("INSERT INTO entry (entry) VALUES ('optimize')", [])?;
    transaction.commit()?;
    Ok(connection)
}

fn joined<'a>(
    texts: impl Iterator<Item = &'a String>,
    take_apart: impl Fn(&str) -> Vec<String>,
) -> String {
    let parts: Vec<String> = texts.map(|it| take_apart(it).join(" ")).collect();
    parts.join(&format!(" {BREAK} "))
}

fn ask(connection: &Connection, question: &str, limit: usize) -> rusqlite::Result<Vec<usize>> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut select = connection.prepare_cached(RANKED)?;
    let rows = select.query_map(params![question, limit], |row| row.get::<_, i64>(0))?;
    let mut places = Vec::new();
    for place in rows {
        places.extend(usize::try_from(place?).ok());
    }
    Ok(places)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn text(title: &str, keywords: &[&str], body: &str) -> Text {
        Text {
            titles: vec![title.to_owned()],
            keywords: keywords.iter().map(|it| (*it).to_owned()).collect(),
            body: vec![body.to_owned()],
        }
    }

    fn shelf() -> Index {
        Index::build([
            text(
                "공영주차장 정보",
                &["주차 요금", "parking"],
                "자리 수와 여는 시간",
            ),
            text("공공도서관 현황", &["열람실"], "도서관의 책 수와 여는 시간"),
            text(
                "대기오염 측정 자료",
                &["미세먼지"],
                "측정소마다 한 시간 간격",
            ),
        ])
        .unwrap()
    }

    #[test]
    fn words_are_found_with_particles_spaces_slips_and_first_consonants() {
        let shelf = shelf();
        for (typed, place) in [
            ("공영 주차장은", 0),
            ("공영주차장의 요금", 0),
            ("ㄱㅇㅈㅊㅈ", 0),
            ("park", 0),
            ("도서관이 어디에 있나요", 1),
            ("도서괸", 1),
            ("ㄷㅅㄱ", 1),
            ("미세 먼지를", 2),
            ("ㅁㅅㅁㅈ", 2),
        ] {
            let found = shelf.find(typed, 3).unwrap();
            assert_eq!(found.first(), Some(&place), "{typed}: {found:?}");
        }
    }

    #[test]
    fn a_title_comes_before_what_is_said_about_it_and_no_more_than_wanted() {
        let shelf = shelf();

        assert_eq!(shelf.find("도서관", 3).unwrap(), [1]);
        assert_eq!(shelf.find("여는 시간", 3).unwrap().len(), 3);
        assert_eq!(shelf.find("여는 시간", 2).unwrap().len(), 2);
        assert_eq!(shelf.find("여는 시간", 0).unwrap(), []);
    }

    #[test]
    fn what_is_not_there_is_not_found_and_whatever_is_typed_is_answered() {
        let shelf = shelf();

        for typed in [
            "",
            "비행기",
            "ㅋㅋㅋ",
            "ㄱ",
            "\"",
            "title:\"",
            "*",
            "NEAR(",
            "\0",
        ] {
            assert_eq!(shelf.find(typed, 3).unwrap(), [], "{typed:?}");
        }
        assert_eq!(Index::build([]).unwrap().find("도서관", 3).unwrap(), []);
    }

    #[test]
    fn first_consonants_do_not_reach_from_one_keyword_into_the_next() {
        let shelf = Index::build([text("가나", &["다라", "마바"], "")]).unwrap();

        assert_eq!(shelf.find("ㄷㄹ", 3).unwrap(), [0]);
        assert_eq!(shelf.find("ㄹㅁ", 3).unwrap(), []);
    }
}
