//! The exchange's machine is lost with all that was on it.

use std::{path::Path, time::Duration};

use exchange::BackupSettings;
use ledger::backup::{Identity, Restore, Until, restore};

use crate::{BITNA, HOUSEHOLD, office::Office};

#[tokio::test]
async fn an_exchange_that_burned_down_goes_on_from_its_backup_as_if_nothing_had_happened() {
    let identity = Identity::generate();
    let backup = Office::folder().join("backup");
    let mut office = Office::open().await;
    office
        .keep_backups(BackupSettings {
            folder: backup.clone(),
            recipient: identity.recipient().to_string(),
            every: Duration::from_secs(3_600),
            confirm: true,
        })
        .await;
    let mut station = office.station("gaon-1");
    station.submit("r", HOUSEHOLD, Some(BITNA), &[]).await;
    let documents = station.prepared("r").await;
    let number = documents[0].number.clone();
    let pdf = station.document(&number).await.unwrap();

    let from_backup = |data: &Path| {
        let (backup, until) = (backup.as_path(), Until::Latest);
        let restored = restore(&Restore {
            backup,
            data,
            identity: &identity,
            until,
            salvage: false,
        });
        assert_eq!(restored.unwrap().survey.documents.finished, 1);
    };
    office.burn(from_backup).await;
    // Its authority burned too: stations come with new certificates.
    office.renew("gaon-1", Duration::from_hours(24));
    station.moved_to(&office);

    assert_eq!(station.document(&number).await.unwrap(), pdf);
    assert_eq!(office.status(&number).await, "valid");
    assert_eq!(station.offer_all_again().await, station.head());
    station.submit("s", HOUSEHOLD, Some(BITNA), &[]).await;
    assert_ne!(station.prepared("s").await[0].number, number);
}
