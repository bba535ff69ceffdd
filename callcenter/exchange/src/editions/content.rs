//! What an edition brings, read as a whole: parts that do not fit together are none.

use std::path::Path;

use board::Local;
use catalog::Catalog;
use locator::Locator;
use offices::Directory;

/// All of a folder that an exchange reads.
pub(crate) struct Content {
    pub(crate) catalog: Catalog,
    pub(crate) offices: Directory,
    pub(crate) locator: Locator,
    pub(crate) local: Local,
}

impl Content {
    /// # Errors
    /// When a part cannot be read, or the parts do not fit together.
    pub(crate) fn read(folder: &Path) -> anyhow::Result<Self> {
        let catalog = Catalog::read(folder)?;
        Ok(Self {
            offices: Directory::read(folder, &catalog)?,
            locator: Locator::read(&folder.join("locator"), &catalog)?,
            local: Local::read(&folder.join("local"), &catalog)?,
            catalog,
        })
    }

    /// As [`Content::read`], for a shelf, which passes a reason on.
    pub(super) fn read_or_say(folder: &Path) -> Result<Self, String> {
        Self::read(folder).map_err(|error| error.to_string())
    }
}
