//! What an edition brings: the services, who holds what, and the topics of the place.

use std::{path::Path, sync::Arc};

use board::Local;
use catalog::Catalog;
use locator::Locator;

/// All of a folder that a visit reads.
#[derive(Clone, Debug, Default)]
pub(crate) struct Content {
    pub(crate) catalog: Arc<Catalog>,
    pub(crate) locator: Arc<Locator>,
    pub(crate) local: Arc<Local>,
}

#[derive(Debug, thiserror::Error)]
pub enum ContentError {
    #[error("the catalogue is of no use")]
    Catalog(#[from] catalog::Error),
    #[error("the descriptions of what agencies hold are of no use")]
    Locator(#[from] locator::Error),
    #[error("the topics and figures of the place are of no use")]
    Local(#[from] board::Error),
}

impl Content {
    /// # Errors
    /// When a part cannot be read, or the parts do not fit together.
    pub(crate) fn read(folder: &Path) -> Result<Self, ContentError> {
        let catalog = Catalog::read(folder)?;
        Ok(Self {
            locator: Arc::new(Locator::read(&folder.join("locator"), &catalog)?),
            local: Arc::new(Local::read(&folder.join("local"), &catalog)?),
            catalog: Arc::new(catalog),
        })
    }

    /// As [`Content::read`], for a shelf, which passes a reason on.
    pub(crate) fn read_or_say(folder: &Path) -> Result<Self, String> {
        Self::read(folder).map_err(|error| match error {
            ContentError::Catalog(error) => error.to_string(),
            ContentError::Locator(error) => error.to_string(),
            ContentError::Local(error) => error.to_string(),
        })
    }
}
