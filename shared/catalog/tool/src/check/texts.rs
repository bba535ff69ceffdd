//! Every text is there in both languages, and every keyword is worth looking for.

use std::collections::BTreeSet;

use catalog::Keywords;
use toml::Value;

use crate::{
    folder::Folder,
    report::Report,
    source::{Source, below},
    words::Words,
};

pub(super) fn check(folder: &Folder, report: &mut Report) {
    for source in sources(folder) {
        if let Ok(table) = source.text.parse::<toml::Table>() {
            look(source, "", &Value::Table(table), report);
        }
    }
    for (part, service) in folder.services() {
        let titles = [service.title.ko.as_str(), service.title.en.as_str()];
        keywords(&part.source, "", &service.keywords, titles, report);
    }
    let elsewhere = folder.elsewhere.as_ref();
    if let Some((part, all)) = elsewhere.and_then(|it| Some((it, it.value.as_ref()?))) {
        for (number, it) in all.elsewhere.iter().enumerate() {
            let titles = [it.title.ko.as_str(), it.title.en.as_str()];
            let place = format!("/elsewhere/{number}");
            keywords(&part.source, &place, &it.keywords, titles, report);
        }
    }
}

fn sources(folder: &Folder) -> impl Iterator<Item = &Source> {
    let singles = [
        folder.topics.as_ref().map(|it| &it.source),
        folder.elsewhere.as_ref().map(|it| &it.source),
        folder.two_persons.as_ref().map(|it| &it.source),
    ];
    folder
        .certificates
        .iter()
        .map(|it| &it.service.source)
        .chain(folder.accepted.iter().map(|it| &it.source))
        .chain(folder.networks.iter().map(|it| &it.source))
        .chain(folder.ordinances.iter().map(|it| &it.source))
        .chain(folder.codes.iter().map(|it| &it.source))
        .chain(singles.into_iter().flatten())
}

fn look(source: &Source, place: &str, value: &Value, report: &mut Report) {
    match value {
        Value::Table(table) => {
            for (key, value) in table {
                let place = below(place, key);
                if let Value::String(text) = value {
                    written(source, &place, key, text, report);
                }
                look(source, &place, value, report);
            }
        }
        Value::Array(rows) => {
            for (number, row) in rows.iter().enumerate() {
                look(source, &format!("{place}/{number}"), row, report);
            }
        }
        Value::String(_)
        | Value::Integer(_)
        | Value::Float(_)
        | Value::Boolean(_)
        | Value::Datetime(_) => {}
    }
}

fn written(source: &Source, place: &str, key: &str, text: &str, report: &mut Report) {
    let empty = text.trim().is_empty();
    match key {
        "ko" if empty => {
            let words = Words::new(
                "한국어 글(ko)이 비어 있어요",
                "The Korean text (ko) is empty",
            );
            report.at(source, place, "missing-text", words);
        }
        "en" if empty => {
            let words = Words::new(
                "영어 글(en)이 비어 있어요",
                "The English text (en) is empty",
            );
            report.at(source, place, "missing-text", words);
        }
        "en" if is_korean(text) => {
            let words = Words::new(
                "영어 글(en)이 한국어예요. 영어로 써 주세요",
                "The English text (en) is Korean",
            );
            report.at(source, place, "not-english", words);
        }
        _ => {}
    }
}

/// An English sentence may quote a number plate.
fn is_korean(text: &str) -> bool {
    let hangul = |it: char| matches!(it, '가'..='힣' | 'ㄱ'..='ㆎ');
    text.chars().any(hangul) && !text.chars().any(|it| it.is_ascii_alphabetic())
}

/// A keyword beside a title or another one finds nothing that is not found already.
fn keywords(
    source: &Source,
    place: &str,
    keywords: &Keywords,
    titles: [&str; 2],
    report: &mut Report,
) {
    let mut seen: BTreeSet<String> = titles.iter().map(|it| plain(it)).collect();
    for (language, list) in [("ko", &keywords.ko), ("en", &keywords.en)] {
        for (number, keyword) in list.iter().enumerate() {
            if !seen.insert(plain(keyword)) || keyword.trim().is_empty() {
                let words = Words::new(
                    format!("`{keyword}`: 제목이나 다른 찾는 말에 이미 있어요"),
                    format!("`{keyword}` is the title or another keyword already"),
                );
                let place = format!("{place}/keywords/{language}/{number}");
                report.at(source, &place, "keyword-twice", words);
            }
        }
    }
}

fn plain(text: &str) -> String {
    text.trim().to_lowercase()
}
