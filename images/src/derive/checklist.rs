//! What a technician sets in the machine's firmware before its first start.

use crate::{Model, Tpm};

pub fn checklist(model: &Model) -> String {
    let mut text = format!("# {}\n\n", model.name);
    let own = model.firmware.checklist.iter().map(String::as_str);
    let tpm = match model.tpm {
        Tpm::Required => Some("TPM 2.0: on, and cleared"),
        Tpm::None => None,
    };
    for (index, step) in own.chain(tpm).enumerate() {
        text += &format!("{}. [ ] {step}\n", index + 1);
    }
    text
}
