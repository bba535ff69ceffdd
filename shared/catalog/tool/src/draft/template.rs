//! The paper of a new service: a list of facts and the sentence that certifies them.

use super::{Draft, Field, FieldKind};

impl Draft {
    pub(super) fn template(&self) -> String {
        let mut facts = Vec::new();
        if self.is_personal() {
            facts.push(
                r#"("성명", "Name", both-strong(record.person.name, record.person.name_latin))"#
                    .to_owned(),
            );
            facts.push(r#"("주민등록번호", "Resident no.", digits(record.person.resident_number, "masked"))"#.to_owned());
        }
        facts.extend(self.fields.iter().map(fact));
        let title = self.title.ko.replace(['\n', '\r'], " ");
        format!(
            "// {title}\n#import \"paper.typ\": *\n\n#let record = data.record\n\n#show: certificate\n\n#facts(\n  {},\n)\n\n#attestation(none, {},\n  {})\n",
            facts.join(",\n  "),
            quoted(&self.closing.ko),
            quoted(&self.closing.en),
        )
    }
}

fn fact(field: &Field) -> String {
    let place = format!("record.{}", field.id);
    let value = match field.kind {
        FieldKind::Text => format!("strong(breakable({place}))"),
        FieldKind::Bilingual => format!("both-strong({place}.ko, {place}.en)"),
        FieldKind::Number => format!("strong(grouped({place}))"),
        FieldKind::Won => format!("strong(won({place}))"),
        FieldKind::Day => format!("strong({place})"),
    };
    format!(
        "({}, {}, {value})",
        quoted(&field.label.ko),
        quoted(&field.label.en)
    )
}

/// As Typst writes a text, with what has to be escaped.
fn quoted(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{escaped}\"")
}
