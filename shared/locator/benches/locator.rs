//! A search over 100,000 descriptions: how long it takes beside a plain scan and beside
//! the engine's own tokenizers, and what the index costs.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::{
    path::Path,
    time::{Duration, Instant},
};

use catalog::{Bilingual, Catalog};
use locator::{Holding, Locator};
use rusqlite::{Connection, params};

const HOLDINGS: usize = 100_000;
const ROUNDS: usize = 5;
/// As many as a kiosk shows, and one that tells of more.
const WANTED: usize = 5;
const FIRST_YEAR: usize = 1980;

/// As people type: together, apart, with particles, by consonants, misspelt, in English.
const TYPED: [&str; 16] = [
    "주민등록 인구 통계",
    "주민등록인구통계",
    "미세먼지를 어디서",
    "공영 주차장의 요금",
    "무인발급기가 어디에 있나요",
    "예방접종을 맞는 곳",
    "재산세는 얼마나 걷었나",
    "땅값",
    "물때",
    "ㅁㅅㅁㅈ",
    "ㄷㅅㄱ",
    "아파트 실거레가",
    "어린이짐",
    "bus timetable",
    "earthquakes",
    "비행기가 없는 말",
];

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../catalog");
    let catalog = Catalog::read(&folder).unwrap();
    let few = Locator::read(&folder.join("locator"), &catalog).unwrap();
    let many = grown(&few, &catalog);
    let offices: Vec<_> = few.offices().cloned().collect();

    let before = resident_kib();
    let start = Instant::now();
    let locator = Locator::new(offices, many).unwrap();
    println!(
        "{HOLDINGS} holdings: index built in {:.1} s, {} MiB with the descriptions",
        start.elapsed().as_secs_f64(),
        (resident_kib() - before) / 1024
    );
    report("the locator", |typed| {
        locator.find(typed, WANTED).unwrap().len()
    });

    let texts: Vec<String> = locator.holdings().iter().map(plain).collect();
    report("a plain scan for all words", |typed| {
        let words: Vec<String> = typed.split_whitespace().map(str::to_lowercase).collect();
        let has = |text: &&String| words.iter().all(|word| text.contains(word.as_str()));
        texts.iter().filter(has).take(WANTED).count()
    });
    for tokenizer in ["trigram", "unicode61"] {
        let other = indexed(&texts, tokenizer);
        report(&format!("FTS5 with {tokenizer}"), |typed| {
            ask(&other, typed)
        });
    }
}

/// What is there, for every district and year until there is enough.
fn grown(few: &Locator, catalog: &Catalog) -> Vec<Holding> {
    let districts = &catalog.codes("districts").unwrap().codes;
    let mut many = Vec::with_capacity(HOLDINGS);
    for number in 0..HOLDINGS {
        let (round, of) = (number / few.holdings().len(), number % few.holdings().len());
        let district = &districts[round % districts.len()];
        let year = FIRST_YEAR + round / districts.len();
        let it = &few.holdings()[of];
        many.push(Holding {
            id: format!("{}-{}-{year}", it.id, district.code),
            title: Bilingual {
                ko: format!("{} {} ({year}년)", district.ko, it.title.ko),
                en: format!("{}, {} ({year})", it.title.en, district.en),
            },
            ..it.clone()
        });
    }
    many
}

fn plain(it: &Holding) -> String {
    let keywords = it.keywords.ko.iter().chain(&it.keywords.en);
    let mut text = [
        &it.title.ko,
        &it.title.en,
        &it.description.ko,
        &it.description.en,
    ]
    .map(String::as_str)
    .join(" ");
    for word in keywords {
        text.push(' ');
        text += word;
    }
    text.to_lowercase()
}

fn indexed(texts: &[String], tokenizer: &str) -> Connection {
    let mut connection = Connection::open_in_memory().unwrap();
    let transaction = connection.transaction().unwrap();
    let create = format!("CREATE VIRTUAL TABLE entry USING fts5 (text, tokenize = '{tokenizer}')");
    transaction.execute_batch(&create).unwrap();
    let mut insert = transaction
        .prepare("INSERT INTO entry (text) VALUES (?1)")
        .unwrap();
    for text in texts {
        insert.execute([text]).unwrap();
    }
    drop(insert);
    transaction.commit().unwrap();
    connection
}

fn ask(connection: &Connection, typed: &str) -> usize {
    let words: Vec<String> = typed.split(' ').map(|it| format!("\"{it}\"*")).collect();
    let select = "SELECT rowid FROM entry WHERE entry MATCH ?1 ORDER BY rank LIMIT ?2";
    let mut select = connection.prepare_cached(select).unwrap();
    let wanted = i64::try_from(WANTED).unwrap();
    let rows = select.query_map(params![words.join(" "), wanted], |row| row.get::<_, i64>(0));
    rows.unwrap().count()
}

fn report(what: &str, find: impl Fn(&str) -> usize) {
    let mut times = Vec::new();
    let mut answered = 0;
    for round in 0..ROUNDS {
        for typed in TYPED {
            let start = Instant::now();
            let found = find(typed);
            times.push(start.elapsed());
            answered += usize::from(round == 0 && found > 0);
        }
    }
    times.sort();
    let at = |share: usize| millis(times[(times.len() - 1) * share / 100]);
    println!(
        "{what}: p50 {:.2} ms, p99 {:.2} ms, something found for {answered} of {}",
        at(50),
        at(99),
        TYPED.len()
    );
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn resident_kib() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|it| it.starts_with("VmRSS")).unwrap();
    let digits: String = line.chars().filter(char::is_ascii_digit).collect();
    digits.parse().unwrap()
}
