//! TOML, read whole: every slip of the pen, and every value that does not fit.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

use serde::de::DeserializeOwned;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{Source, Starts, below};
use crate::{
    forgiving::{self, Misfit, What},
    report::Report,
    words::Words,
};

impl Source {
    /// Reads a file into what it should be, and says what does not fit. What is
    /// missing or wrong is made up, so that the rest can be looked at; `None` where
    /// there is nothing to look at.
    pub(crate) fn read<T: DeserializeOwned>(
        name: PathBuf,
        text: String,
        report: &mut Report,
    ) -> (Self, Option<T>) {
        let mut source = Self::plain(name, text);
        let (table, slips) = DeTable::parse_recoverable(&source.text);
        let starts = Starts::of(&source.text);
        for slip in &slips {
            let line = slip.span().map_or(1, |it| starts.line(it.start));
            let words = Words::new(
                format!("TOML로 읽을 수 없어요: {}", slip.message()),
                format!("It cannot be read as TOML: {}", slip.message()),
            );
            report.of_file(source.name.clone(), line, "toml", words);
        }
        let mut lines = BTreeMap::from([(String::new(), 1)]);
        places(table.get_ref(), "", &starts, &mut lines);
        let forgiven = forgiving::read::<T>(&table);
        drop(table);
        source.lines = lines;
        if !slips.is_empty() {
            return (source, None);
        }
        for misfit in &forgiven.misfits {
            say(misfit, &source, report);
        }
        source.made_up = forgiven
            .misfits
            .iter()
            .filter_map(Misfit::made_up)
            .collect::<BTreeSet<_>>();
        (source, forgiven.value)
    }
}

fn places(table: &DeTable<'_>, at: &str, starts: &Starts, lines: &mut BTreeMap<String, usize>) {
    for (key, value) in table {
        let place = below(at, key.get_ref());
        lines.insert(place.clone(), starts.line(key.span().start));
        within(value, &place, starts, lines);
    }
}

fn within(
    value: &Spanned<DeValue<'_>>,
    place: &str,
    starts: &Starts,
    lines: &mut BTreeMap<String, usize>,
) {
    match value.get_ref() {
        DeValue::Table(table) => places(table, place, starts, lines),
        DeValue::Array(rows) => {
            for (number, row) in rows.iter().enumerate() {
                let place = format!("{place}/{number}");
                lines.insert(place.clone(), starts.line(row.span().start));
                within(row, &place, starts, lines);
            }
        }
        DeValue::String(_)
        | DeValue::Integer(_)
        | DeValue::Float(_)
        | DeValue::Boolean(_)
        | DeValue::Datetime(_) => {}
    }
}

fn say(misfit: &Misfit, source: &Source, report: &mut Report) {
    let (rule, words) = match &misfit.what {
        What::Unknown { key, known } => unknown(key, known),
        What::Missing { key } => missing(key),
        What::Kind { expected } => ("kind", kind(&misfit.place, expected)),
        What::Choice { found, known } => (
            "choice",
            Words::new(
                format!(
                    "`{found}`: 이런 값은 없어요. {} 가운데 하나여야 해요",
                    known.join(", ")
                ),
                format!("`{found}` is not one of {}", known.join(", ")),
            ),
        ),
        What::Value { why } => (
            "value",
            Words::new(
                format!("`{}`의 값이 맞지 않아요: {why}", last(&misfit.place)),
                format!("The value of `{}` does not do: {why}", last(&misfit.place)),
            ),
        ),
    };
    let place = match &misfit.what {
        What::Unknown { key, .. } => below(&misfit.place, key),
        What::Missing { .. } | What::Kind { .. } | What::Choice { .. } | What::Value { .. } => {
            misfit.place.clone()
        }
    };
    report.on_line(source, source.line(&place), rule, words);
}

fn unknown(key: &str, known: &[&str]) -> (&'static str, Words) {
    let known = known.join(", ");
    let words = Words::new(
        format!("`{key}`: 모르는 이름이에요. 여기에는 {known} 만 쓸 수 있어요"),
        format!("`{key}` is not known here; there are {known}"),
    );
    ("unknown-key", words)
}

fn missing(key: &str) -> (&'static str, Words) {
    match key {
        "ko" => (
            "missing-text",
            Words::new("한국어 글(ko)이 없어요", "The Korean text (ko) is missing"),
        ),
        "en" => (
            "missing-text",
            Words::new("영어 글(en)이 없어요", "The English text (en) is missing"),
        ),
        _ => (
            "missing-key",
            Words::new(
                format!("`{key}`: 꼭 있어야 하는데 없어요"),
                format!("`{key}` is missing"),
            ),
        ),
    }
}

/// Serde says what it expected in its own words, always English.
fn kind(place: &str, expected: &str) -> Words {
    let (ko, en) = match expected {
        "a string" => ("글", "a text"),
        "a boolean" => ("true 또는 false", "true or false"),
        "a sequence" => ("목록 [ … ]", "a list [ … ]"),
        "u8" | "u16" | "u32" | "u64" | "usize" => {
            ("0보다 크거나 같은 정수", "a whole number, 0 or more")
        }
        other if other.starts_with("struct ") || other == "a map" => ("표 { … }", "a table { … }"),
        other => (other, other),
    };
    let name = last(place);
    Words::new(
        format!("`{name}`의 값은 이런 것이어야 해요: {ko}"),
        format!("`{name}` must be {en}"),
    )
}

fn last(place: &str) -> &str {
    place
        .rsplit('/')
        .find(|it| it.parse::<usize>().is_err())
        .unwrap_or(place)
}
