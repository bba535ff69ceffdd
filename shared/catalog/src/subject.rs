//! Whom a record is about: a network may answer with somebody else's.

use serde::Deserialize;
use serde_json::Value;

/// A JSON pointer (RFC 6901) to the resident number of who a record is about, in
/// which `*` stands for any member of a list: `/members/*/resident_number`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Subject(String);

impl Subject {
    /// Whether the record says that it is about this number.
    pub fn is(&self, number: &str, record: &Value) -> bool {
        let path: Vec<&str> = self.0.split('/').skip(1).collect();
        leads_to(&path, record, number)
    }

    /// The pointer to the first place where the number may stand.
    pub fn first_place(&self) -> String {
        self.0.replace('*', "0")
    }

    pub(crate) fn is_pointer(&self) -> bool {
        self.0.starts_with('/')
    }
}

fn leads_to(path: &[&str], value: &Value, number: &str) -> bool {
    match (path, value) {
        ([], Value::String(text)) => text == number,
        (["*", rest @ ..], Value::Array(members)) => {
            members.iter().any(|it| leads_to(rest, it, number))
        }
        ([name, rest @ ..], Value::Object(fields)) => fields
            .get(*name)
            .is_some_and(|field| leads_to(rest, field, number)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_record_is_about_whose_number_stands_where_the_subject_does() {
        let record = json!({
            "person": { "number": "1" },
            "members": [{ "number": "2" }, { "number": "3" }, { "name": "4" }],
        });
        let is = |pointer: &str, number: &str| Subject(pointer.to_owned()).is(number, &record);

        assert!(is("/person/number", "1"));
        assert!(is("/members/*/number", "3"));
        assert!(!is("/person/number", "2"));
        assert!(!is("/members/*/number", "4"));
        assert!(!is("/members/number", "2"));
        assert!(!is("/nobody/number", "1"));
    }
}
