//! Writes the sample of every service, unsigned: `sample CATALOG FOLDER`.

use std::{env, error::Error, fs, path::PathBuf};

use catalog::Catalog;
use certificate::{Bilingual, Order, Press};

fn main() -> Result<(), Box<dyn Error>> {
    let [catalog, folder] = [1, 2].map(|index| {
        env::args()
            .nth(index)
            .map_or_else(PathBuf::new, PathBuf::from)
    });
    let press = Press::with_debian_fonts()?;
    fs::create_dir_all(&folder)?;
    for service in Catalog::read(&catalog)?.services() {
        let record = serde_json::from_str(&service.sample)?;
        let pdf = press.print(&Order {
            template: &service.template,
            record: &record,
            options: &serde_json::json!({ "history": "yes", "kind": "detailed" }),
            title: service.title.clone(),
            issuer: service.issuer.clone(),
            place: Bilingual {
                ko: "가온구청 민원실".to_owned(),
                en: "Gaon-gu office".to_owned(),
            },
            document_number: "2611-ABCD-EFGH-JKLM",
            issued_on: (2026, 11, 24),
            valid_days: service.valid_days,
            fee_won: 200,
            copy: (1, 1),
            lease: None,
            seal: &format!("MW1:{}", "0123456789ABCDEF".repeat(24)),
        })?;
        fs::write(folder.join(format!("{}.pdf", service.id)), pdf.bytes)?;
    }
    Ok(())
}
