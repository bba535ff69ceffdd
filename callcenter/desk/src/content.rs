//! What an edition brings to a desk: the services, and who holds what.

use std::{path::Path, sync::Arc};

use catalog::Catalog;
use locator::Locator;

#[derive(Clone, Debug)]
pub(crate) struct Content {
    pub(crate) catalog: Arc<Catalog>,
    pub(crate) locator: Arc<Locator>,
}

#[derive(Debug, thiserror::Error)]
pub enum ContentError {
    #[error("the catalogue is of no use")]
    Catalog(#[from] catalog::Error),
    #[error("the descriptions of what agencies hold are of no use")]
    Locator(#[from] locator::Error),
}

impl Content {
    /// # Errors
    /// When a part cannot be read, or the parts do not fit together.
    pub(crate) fn read(folder: &Path) -> Result<Self, ContentError> {
        let catalog = Arc::new(Catalog::read(folder)?);
        let locator = Arc::new(Locator::read(&folder.join("locator"), &catalog)?);
        Ok(Self { catalog, locator })
    }

    /// As [`Content::read`], for a shelf, which passes a reason on.
    pub(crate) fn read_or_say(folder: &Path) -> Result<Self, String> {
        Self::read(folder).map_err(|error| match error {
            ContentError::Catalog(error) => error.to_string(),
            ContentError::Locator(error) => error.to_string(),
        })
    }
}
