//! Records as long and as empty as a schema allows, with names that are seldom written.

use serde_json::{Map, Value, json};

/// At least so many rows a list has at its longest, each as tall as it can be.
const ROWS: usize = 2;
/// How the schemas say that a name is in Latin letters.
const LATIN: &str = "^[A-Z' -]+$";
/// Names have these letters, and fonts have to: syllables that no word has, a
/// character of personal names alone, one that Korean standards have twice, and one
/// beyond the first 65,536 (CJK Unified Ideographs Extension B).
const RARE: [char; 8] = ['뷁', '쀍', '힣', '갋', '喆', '囍', '\u{F9C4}', '\u{20BB7}'];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extreme {
    /// The longest texts, in rare letters.
    Longest,
    Emptiest,
}

/// The sample, drawn out or cut down as far as its schema allows.
pub(crate) fn extreme(schema: &Value, sample: &Value, which: Extreme) -> Value {
    drawn("", schema, sample, which)
}

fn drawn(name: &str, schema: &Value, sample: &Value, which: Extreme) -> Value {
    let nullable = schema["type"]
        .as_array()
        .is_some_and(|it| it.contains(&json!("null")));
    match (sample, which) {
        (_, Extreme::Emptiest) if nullable => Value::Null,
        (Value::Object(fields), _) => fields
            .iter()
            .map(|(name, value)| {
                let schema = &schema["properties"][name];
                (name.clone(), drawn(name, schema, value, which))
            })
            .collect::<Map<_, _>>()
            .into(),
        (Value::Array(rows), _) => {
            let bound = |key: &str| schema[key].as_u64().and_then(|it| usize::try_from(it).ok());
            let wanted = match which {
                Extreme::Longest => rows.len().max(ROWS.min(bound("maxItems").unwrap_or(ROWS))),
                // What cannot be empty stays: among its rows are some the paper needs.
                Extreme::Emptiest if bound("minItems") > Some(0) => rows.len(),
                Extreme::Emptiest => 0,
            };
            let rows = rows.iter().cycle().take(wanted);
            rows.map(|it| drawn(name, &schema["items"], it, which))
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
    let characters = usize::try_from(schema["maxLength"].as_u64()?).ok()?;
    let words: Box<dyn Iterator<Item = char>> = match schema["pattern"].as_str() {
        Some(LATIN) => Box::new("WOLFESCHLEGELSTEINHAUSENBERGERDORFF ".chars().cycle()),
        Some(_) => return None,
        None if name == "en" => Box::new("Incomprehensibilities of records, ".chars().cycle()),
        None => Box::new(RARE.into_iter().chain(syllables(characters))),
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
            let syllable = u32::try_from(FIRST + it * 7_919 % COUNT).unwrap_or(u32::from('가'));
            char::from_u32(syllable).unwrap_or('가')
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_grow_to_their_bound_and_codes_stay() {
        let schema = json!({
            "properties": {
                "name": { "maxLength": 12 },
                "latin": { "maxLength": 40, "pattern": LATIN },
                "day": { "maxLength": 10, "pattern": "^[0-9-]+$" },
                "rows": { "maxItems": 5, "items": { "maxLength": 3 } },
                "none": { "type": ["string", "null"] },
            }
        });
        let sample = json!({
            "name": "가나", "latin": "GA NA", "day": "2026-01-01", "rows": ["가"], "none": "나",
        });

        let long = extreme(&schema, &sample, Extreme::Longest);
        let empty = extreme(&schema, &sample, Extreme::Emptiest);

        let name = long["name"].as_str().unwrap_or_default();
        assert_eq!(name.chars().count(), 12);
        assert!(RARE.iter().all(|it| name.contains(*it)));
        assert_eq!(long["latin"].as_str().map(str::len), Some(40));
        assert_eq!(long["day"], "2026-01-01");
        assert_eq!(long["rows"].as_array().map(Vec::len), Some(ROWS));
        assert_eq!((&empty["none"], &empty["rows"]), (&Value::Null, &json!([])));
    }
}
