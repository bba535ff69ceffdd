//! The journal's part in replication: answers what [`sync::Station`] wants to know.

use sync::{
    Agreement, Announcement, CoSignedHead, Contradiction, Hash, Hello, Publication, StationEvent,
};

use journal::{Error, Journal};

/// Answers [`sync::StationCommand::Hello`]; `release` is the program's.
pub(crate) fn hello(
    journal: &Journal,
    received: u64,
    release: &str,
    finding: Option<Contradiction>,
) -> Hello {
    Hello {
        head: journal.head().clone(),
        received,
        release: release.to_owned(),
        finding,
    }
}

/// Answers [`sync::StationCommand::Compare`].
///
/// # Errors
/// When the journal cannot be read.
pub(crate) fn compare(journal: &Journal, number: u64, hash: Hash) -> Result<StationEvent, Error> {
    let agreement = Agreement::of(journal.hash_at(number)?, hash);
    Ok(StationEvent::Compared(agreement))
}

/// Answers [`sync::StationCommand::Read`].
///
/// # Errors
/// When the journal cannot be read.
pub(crate) fn read(journal: &Journal, after: u64, limit: u32) -> Result<StationEvent, Error> {
    let entries = journal.entries(after, limit)?;
    // Where nothing comes after, there is nothing to be chained to.
    let before = journal.hash_at(after)?.unwrap_or(journal.head().hash);
    Ok(StationEvent::Pending { before, entries })
}

/// Does [`crate::Duty::Keep`]. A head of another journal is not kept.
///
/// # Errors
/// When the journal cannot be written.
pub fn keep(journal: &mut Journal, head: &CoSignedHead) -> Result<(), Error> {
    match journal.keep_checkpoint(head) {
        Err(Error::ForeignHead(number)) => {
            tracing::error!(number, "The exchange has signed for another journal");
            Ok(())
        }
        kept => kept,
    }
}

/// Does [`crate::Duty::Receive`]. Answers what was told, when it is new.
///
/// # Errors
/// When the journal cannot be written.
pub fn receive(
    journal: &mut Journal,
    publication: Publication,
) -> Result<Option<Announcement>, Error> {
    if !journal.receive(&publication)? {
        return Ok(None);
    }
    log(&publication.content);
    Ok(Some(publication.content))
}

fn log(announcement: &Announcement) {
    match announcement {
        Announcement::Request { .. } => {}
        Announcement::Notice { id, .. } => tracing::info!(id, "A notice came"),
        Announcement::Catalog { edition, .. } => {
            tracing::info!(edition, "An edition of the catalogue lies ready");
        }
        Announcement::Claim { request, .. } => tracing::info!(%request, "A claim code came"),
        Announcement::Revoked { number } => tracing::warn!(%number, "A document was revoked"),
        Announcement::Order { order, .. } => {
            tracing::warn!(?order, "An order came");
        }
        Announcement::Wedged { number, reason, .. } => {
            tracing::warn!(number, %reason, "The exchange could not apply an entry");
        }
        Announcement::Settled {
            number, applied, ..
        } => tracing::info!(
            number,
            applied,
            "An entry that could not be applied is settled"
        ),
        Announcement::Released => tracing::info!("This station is no longer in quarantine"),
        Announcement::RefundSpent { .. } => tracing::info!("A refund was paid elsewhere"),
    }
}
