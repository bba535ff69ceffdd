//! `service.toml` of a new service.

use std::fmt::Write;

use request::IdentityLevel;

use super::{Draft, FieldKind};
use crate::words::Words;

const DAYS_A_YEAR: u32 = 365;

impl Draft {
    pub(super) fn service(&self) -> String {
        let mut text = String::new();
        self.write_service(&mut text)
            .expect("a text grows as long as there is memory");
        text
    }

    fn write_service(&self, text: &mut String) -> std::fmt::Result {
        let identity = match self.identity {
            IdentityLevel::None => "none",
            IdentityLevel::Number => "number",
            IdentityLevel::Strong => "strong",
        };
        writeln!(text, "id = \"{}\"", self.id)?;
        writeln!(text, "version = 1")?;
        writeln!(text, "topic = \"{}\"", self.topic)?;
        writeln!(text, "title = {}", both(&self.title))?;
        writeln!(text, "summary = {}", both(&self.summary))?;
        writeln!(text, "network = \"{}\"", self.network)?;
        writeln!(text, "query = \"{}\"", self.query)?;
        writeln!(text, "identity = \"{identity}\"")?;
        writeln!(text, "offline = {}", self.offline)?;
        writeln!(text, "copies_max = {}", self.copies_max)?;
        writeln!(text, "valid_days = {}", self.valid_days)?;
        writeln!(text, "issuer = {}", both(&self.issuer))?;
        writeln!(text, "fee = {{ ordinance = \"{}\" }}", self.fee.ordinance())?;
        writeln!(text, "parameters = {{ {} }}", self.parameters().join(", "))?;
        if self.is_personal() {
            writeln!(text, "subject = \"/person/resident_number\"")?;
        }
        let (kept, document) = (self.kept_days, self.valid_days);
        writeln!(text, "\n[retention]\nstation_days = 1")?;
        writeln!(
            text,
            "exchange_days = {{ identity = {kept}, answer = {kept}, options = {kept}, consent = {kept}, document = {document} }}"
        )?;
        if self.is_personal() {
            self.write_consent(text)?;
        }
        for it in &self.questions {
            writeln!(text, "\n[[question]]\nid = \"{}\"", it.id)?;
            writeln!(
                text,
                "label = {}\nhint = {}",
                both(&it.label),
                both(&it.hint)
            )?;
            writeln!(text, "kind = \"{}\"\nlimit = {}", it.kind, it.limit)?;
            if let Some(codes) = &it.codes {
                writeln!(text, "codes = \"{codes}\"")?;
            }
        }
        self.write_seal(text)
    }

    fn parameters(&self) -> Vec<String> {
        let person = self.is_personal();
        let person = person.then(|| "resident_number = \"applicant.resident_number\"".to_owned());
        let asked = self
            .questions
            .iter()
            .map(|it| format!("{0} = \"answer.{0}\"", it.id));
        person.into_iter().chain(asked).collect()
    }

    fn write_consent(&self, text: &mut String) -> std::fmt::Result {
        let purpose = Words::new(
            format!("{} 발급", self.title.ko),
            format!("To issue: {}", self.title.en),
        );
        let years = self.kept_days / DAYS_A_YEAR;
        let retention = if years > 0 && self.kept_days.is_multiple_of(DAYS_A_YEAR) {
            let plural = if years == 1 { "" } else { "s" };
            Words::new(
                format!("동의 기록은 {years}년 동안 보관해요"),
                format!("The record of your consent is kept for {years} year{plural}"),
            )
        } else {
            let days = self.kept_days;
            Words::new(
                format!("동의 기록은 {days}일 동안 보관해요"),
                format!("The record of your consent is kept for {days} days"),
            )
        };
        writeln!(text, "\n[consent]\npurpose = {}", both(&purpose))?;
        writeln!(text, "retention = {}\nfields = [", both(&retention))?;
        let person = Words::new("이름과 주민등록번호", "Name and resident number");
        for label in [&person]
            .into_iter()
            .chain(self.fields.iter().map(|it| &it.label))
        {
            writeln!(text, "    {},", both(label))?;
        }
        writeln!(text, "]")
    }

    fn write_seal(&self, text: &mut String) -> std::fmt::Result {
        if self.is_personal() {
            writeln!(
                text,
                "\n[[seal]]\nname = \"성명\"\npointer = \"/person/name\""
            )?;
        }
        for field in self.fields.iter().filter(|it| it.sealed) {
            let ending = match field.kind {
                FieldKind::Bilingual => "/ko",
                FieldKind::Text | FieldKind::Number | FieldKind::Won | FieldKind::Day => "",
            };
            let name = quoted(&field.label.ko);
            writeln!(
                text,
                "\n[[seal]]\nname = {name}\npointer = \"/{}{ending}\"",
                field.id
            )?;
        }
        Ok(())
    }
}

pub(super) fn both(words: &Words) -> String {
    format!(
        "{{ ko = {}, en = {} }}",
        quoted(&words.ko),
        quoted(&words.en)
    )
}

/// As TOML writes a text, with what has to be escaped.
fn quoted(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{escaped}\"")
}
