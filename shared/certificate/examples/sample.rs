//! Writes samples, unsigned: `sample CATALOG FOLDER [SERVICE...] [OPTION=CHOICE...]`.
//! Without a service, all of them; an option that is not named has its first choice.

use std::{collections::BTreeMap, env, error::Error, fs, path::PathBuf};

use catalog::{Catalog, Service};
use certificate::{Bilingual, Order, Press};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let [catalog, folder] = [(); 2].map(|()| PathBuf::from(arguments.next().unwrap_or_default()));
    let (options, services): (Vec<_>, Vec<_>) = arguments.partition(|it| it.contains('='));
    let press = Press::with_debian_fonts()?;
    fs::create_dir_all(&folder)?;
    let wanted =
        |it: &&Service| services.is_empty() || services.iter().any(|id| id == it.id.as_str());
    for service in Catalog::read(&catalog)?.services().filter(wanted) {
        let record = serde_json::from_str(&service.sample)?;
        let pdf = press.print(&Order {
            template: &service.template,
            record: &record,
            options: &serde_json::json!(chosen(service, &options)),
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

fn chosen(service: &Service, options: &[String]) -> BTreeMap<String, String> {
    let first = service.options.iter().filter_map(|option| {
        let choice = option.choices.first()?;
        Some((option.id.clone(), choice.id.clone()))
    });
    let named = options.iter().filter_map(|it| it.split_once('='));
    first
        .chain(named.map(|(option, choice)| (option.to_owned(), choice.to_owned())))
        .collect()
}
