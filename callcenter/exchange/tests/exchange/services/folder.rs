//! An office whose catalogue has one folder more.

use std::{fs, path::Path};

use crate::office::Office;

/// The new service.
pub(super) const NEW: &str = "dog-registration";

const SERVICE: &str = include_str!("dog-registration/service.toml");
const SCHEMA: &str = include_str!("dog-registration/record.schema.json");
const SAMPLE: &str = include_str!("dog-registration/sample.json");
const TEMPLATE: &str = include_str!("dog-registration/certificate.typ");

pub(super) async fn office_with_dog_registration() -> Office {
    Office::open_with_services(|services: &Path| {
        let folder = services.join(NEW);
        fs::create_dir(&folder).unwrap();
        for (name, text) in [
            ("service.toml", SERVICE),
            ("record.schema.json", SCHEMA),
            ("sample.json", SAMPLE),
            ("certificate.typ", TEMPLATE),
        ] {
            fs::write(folder.join(name), text).unwrap();
        }
    })
    .await
}
