//! Every service's paper, sealed, with the longest texts and the emptiest record its
//! schema allows. Lists have a few rows of those texts, not as many as they may.

use std::path::Path;

use catalog::{Catalog, Service};
use certificate::{Assignment, CertifyError, Pdf, Press};
use request::{DocumentNumber, Timestamp};
use seal::{Lease, LeasedKey, SealSigner, SoftSealKey, fresh_key};
use serde_json::{Map, Value, json};

/// At least so many rows a list has at its longest, each as tall as it can be.
const ROWS: usize = 2;
/// How the schemas say that a name is in Latin letters.
const LATIN: &str = "^[A-Z' -]+$";

const NUMBER: &str = "2611-ABCD-EFGH-JKLM";
/// 2026-11-24, 09:30 in Korea.
const NOW: Timestamp = Timestamp::from_millis(1_795_480_200_000);

#[derive(Clone, Copy)]
enum Extreme {
    Longest,
    Emptiest,
}

/// The sample, drawn out or cut down as far as its schema allows.
fn extreme(name: &str, schema: &Value, sample: &Value, which: Extreme) -> Value {
    let nullable = schema["type"]
        .as_array()
        .is_some_and(|it| it.contains(&json!("null")));
    match (sample, which) {
        (_, Extreme::Emptiest) if nullable => Value::Null,
        (Value::Object(fields), _) => fields
            .iter()
            .map(|(name, value)| {
                let schema = &schema["properties"][name];
                (name.clone(), extreme(name, schema, value, which))
            })
            .collect::<Map<_, _>>()
            .into(),
        (Value::Array(rows), _) => {
            let bound = |key: &str| schema[key].as_u64().map(|it| it.try_into().unwrap());
            let wanted = match which {
                Extreme::Longest => rows.len().max(ROWS.min(bound("maxItems").unwrap_or(ROWS))),
                // What cannot be empty stays: among its rows are some the paper needs.
                Extreme::Emptiest if bound("minItems") > Some(0) => rows.len(),
                Extreme::Emptiest => 0,
            };
            let rows = rows.iter().cycle().take(wanted);
            rows.map(|it| extreme(name, &schema["items"], it, which))
                .collect()
        }
        (Value::String(_), Extreme::Longest) => {
            longest(name, schema).map_or_else(|| sample.clone(), Value::from)
        }
        _ => sample.clone(),
    }
}

/// Text of as many characters as there may be; `None` of a code or a number.
fn longest(name: &str, schema: &Value) -> Option<String> {
    let characters = usize::try_from(schema["maxLength"].as_u64()?).unwrap();
    let words: Box<dyn Iterator<Item = char>> = match schema["pattern"].as_str() {
        Some(LATIN) => Box::new("WOLFESCHLEGELSTEINHAUSENBERGERDORFF ".chars().cycle()),
        Some(_) => return None,
        None if name == "en" => Box::new("Incomprehensibilities of records, ".chars().cycle()),
        None => Box::new(syllables(characters)),
    };
    Some(words.take(characters).collect())
}

/// Words of other syllables each time: a seal packs what comes again.
fn syllables(from: usize) -> impl Iterator<Item = char> {
    const FIRST: usize = '가' as usize;
    const COUNT: usize = '힣' as usize - FIRST + 1;
    (from * 31..).map(|it| match it % 9 {
        0 => ' ',
        _ => {
            let syllable = u32::try_from(FIRST + it * 7_919 % COUNT).unwrap();
            char::from_u32(syllable).unwrap()
        }
    })
}

/// The first choice of every option, then the second, until all were chosen.
fn choices(service: &Service) -> Vec<Value> {
    let most = service.options.iter().map(|it| it.choices.len()).max();
    (0..most.unwrap_or(1))
        .map(|turn| {
            let chosen = service.options.iter().map(|it| {
                let choice = &it.choices[turn.min(it.choices.len() - 1)];
                (it.id.clone(), json!(choice.id))
            });
            chosen.collect::<Map<_, _>>().into()
        })
        .collect()
}

/// An office's key; a station's under a lease, where there is one for the service.
fn signer(service: &Service) -> Box<dyn SealSigner> {
    let (pem, key) = fresh_key().unwrap();
    let office = SoftSealKey::from_pem(&pem).unwrap();
    if service.lease().is_none() {
        return Box::new(office);
    }
    let now = NOW.as_millis() / 1_000;
    let (_, other) = fresh_key().unwrap();
    let lease = Lease {
        station: "hanbit-gaon-kiosk-1".to_owned(),
        service: service.id.to_string(),
        version: service.version,
        prefix: NUMBER[..9].to_owned(),
        papers: 1_000,
        records_at: now,
        granted_at: now,
        until: now + 604_800,
        load: other[1..].try_into().unwrap(),
        key,
    };
    let lease = lease.grant(&office).unwrap();
    Box::new(LeasedKey::new(&pem, lease).unwrap())
}

fn print(
    press: &Press,
    service: &Service,
    record: &Value,
    options: &Value,
) -> Result<Pdf, CertifyError> {
    let assignment = Assignment {
        service,
        record,
        options,
        number: &DocumentNumber::new(NUMBER),
        copy: (1, 1),
        fee_won: 1_000,
        now: NOW,
    };
    press.certify(&assignment, &*signer(service))
}

/// What the press refuses of all services, each with the records and choices `orders` makes.
fn refused(orders: impl Fn(&Service, &Value, &Value) -> Vec<(Value, Value)>) -> Vec<String> {
    let press = Press::with_debian_fonts().unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../catalog");
    let mut failed = Vec::new();
    for service in Catalog::read(&folder).unwrap().services() {
        let sample = serde_json::from_str(&service.sample).unwrap();
        let schema = serde_json::from_str(&service.record_schema).unwrap();
        for (record, options) in orders(service, &schema, &sample) {
            if let Err(error) = print(&press, service, &record, &options) {
                failed.push(format!("{} {options}: {error}", service.id));
            }
        }
    }
    failed
}

#[test]
fn every_service_prints_the_longest_texts_with_its_last_choices() {
    let failed = refused(|service, schema, sample| {
        let last = choices(service).pop().unwrap_or_default();
        vec![(extreme("", schema, sample, Extreme::Longest), last)]
    });

    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn every_service_prints_the_emptiest_record_and_every_other_choice() {
    let failed = refused(|service, schema, sample| {
        let empty = extreme("", schema, sample, Extreme::Emptiest);
        let mut orders: Vec<_> = choices(service)
            .into_iter()
            .map(|it| (sample.clone(), it))
            .collect();
        orders.pop();
        if let Some((record, _)) = orders.first_mut() {
            *record = empty;
            return orders;
        }
        vec![(empty, json!({}))]
    });

    assert!(failed.is_empty(), "{}", failed.join("\n"));
}
