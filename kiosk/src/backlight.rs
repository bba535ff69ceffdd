//! The light behind the screen, as Linux lets it be set
//! (`Documentation/ABI/stable/sysfs-class-backlight`).

use std::{fs, io, path::PathBuf};

use serde::Deserialize;

/// A folder such as one below `/sys/class/backlight`, with `max_brightness` and `brightness`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Backlight(PathBuf);

impl Backlight {
    /// So many percent of what it can. A screen that cannot be set stays as it is, and the
    /// log says why.
    pub(crate) fn shine(&self, percent: u8) {
        if let Err(error) = self.set(percent) {
            tracing::warn!(%error, "The screen's light cannot be set");
        }
    }

    fn set(&self, percent: u8) -> io::Result<()> {
        let most = fs::read_to_string(self.0.join("max_brightness"))?;
        let most: u64 = most.trim().parse().map_err(io::Error::other)?;
        let level = (most * u64::from(percent)).div_ceil(100);
        fs::write(self.0.join("brightness"), level.to_string())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_percentage_becomes_a_level_of_that_light() {
        let folder = std::env::temp_dir().join(format!("minwon-light-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("max_brightness"), "937\n").unwrap();
        let light = Backlight(folder.clone());
        let level = |percent| {
            light.set(percent).unwrap();
            fs::read_to_string(folder.join("brightness")).unwrap()
        };

        let levels = [100, 50, 10].map(level);

        fs::write(folder.join("max_brightness"), "bright").unwrap();
        assert!(light.set(50).is_err());
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(levels, ["937", "469", "94"]);
        assert!(light.set(50).is_err(), "it is not there");
    }
}
