//! The tiny image: the real kiosk, what it needs and the kernel's modules, in one archive.
//!
//! It has no shell and no service manager, and keeps nothing: it is there so that a whole
//! machine can be tried in half a minute.

use std::path::{Path, PathBuf};

use crate::{
    Model,
    archive::{Archive, ArchiveError},
    derive::{Launch, modules, orders},
    kernel::{Kernel, KernelError},
    libraries::{self, LibraryError},
};

/// Debian's fonts of screen and paper, in the packages fonts-noto-cjk, fonts-noto-core and
/// fonts-noto-ui-core.
const FONTS: [&str; 7] = [
    "opentype/noto/NotoSansCJK-Regular.ttc",
    "opentype/noto/NotoSansCJK-Bold.ttc",
    "opentype/noto/NotoSerifCJK-Bold.ttc",
    "truetype/noto/NotoSans-Regular.ttf",
    "truetype/noto/NotoSans-Bold.ttf",
    "truetype/noto/NotoSansArabicUI-Regular.ttf",
    "truetype/noto/NotoSansArabicUI-Bold.ttf",
];
const FONT_FOLDER: &str = "/usr/share/fonts";
/// The screens' text needs to be told where fonts are, even where it brings its own.
const FONT_SETTINGS: &str = "<?xml version=\"1.0\"?>\n<!DOCTYPE fontconfig SYSTEM \"fonts.dtd\">\n\
    <fontconfig><dir>/usr/share/fonts</dir><cachedir>/var/cache/fontconfig</cachedir></fontconfig>\n";
pub const KIOSK: &str = "/usr/bin/minwon-kiosk";
pub const SETTINGS: &str = "/etc/minwon/kiosk.toml";
pub const CATALOG: &str = "/usr/share/minwon/catalog";
pub const JOURNAL: &str = "/var/lib/minwon/journal.sqlite";
pub const CREDENTIALS: &str = "/etc/minwon/exchange";
pub const ORDERS: &str = "/etc/minwon/orders";

/// What the image is made of.
#[derive(Clone, Debug)]
pub struct Parts {
    pub init: PathBuf,
    pub kiosk: PathBuf,
    pub catalog: PathBuf,
}

#[derive(Debug, thiserror::Error)]
pub enum TinyError {
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    #[error(transparent)]
    Kernel(#[from] KernelError),
    #[error(transparent)]
    Library(#[from] LibraryError),
}

/// Everything but what the site says; see [`site`].
///
/// # Errors
/// When a part is missing, or the kernel lacks a module of the model's.
pub fn pack(model: &Model, kernel: &Kernel, parts: &Parts) -> Result<Archive, TinyError> {
    let mut archive = Archive::default();
    for (folder, mode) in [
        ("/dev", 0o755),
        ("/proc", 0o555),
        ("/sys", 0o555),
        ("/run", 0o755),
        ("/tmp", 0o1777),
        ("/var/cache/fontconfig", 0o755),
        ("/var/lib/minwon", 0o700),
    ] {
        archive.folder(folder, mode)?;
    }
    // The first process speaks here before it has mounted anything.
    archive.character("/dev/console", 5, 1)?;
    archive.copy("/init", 0o755, &parts.init)?;
    archive.copy(KIOSK, 0o755, &parts.kiosk)?;
    for library in libraries::of_program(&parts.kiosk)? {
        archive.copy(&library.display().to_string(), 0o755, library)?;
    }
    archive.bytes("/etc/fonts/fonts.conf", 0o644, FONT_SETTINGS)?;
    archive.bytes("/etc/passwd", 0o644, "root:x:0:0::/:/bin/false\n")?;
    archive.bytes("/etc/nsswitch.conf", 0o644, "hosts: files dns\n")?;
    archive.bytes("/etc/hosts", 0o644, "127.0.0.1 localhost\n")?;
    for font in FONTS {
        let file = format!("{FONT_FOLDER}/{font}");
        archive.copy(&file, 0o644, &file)?;
    }
    archive.copy_all(CATALOG, &parts.catalog)?;
    for file in kernel.in_order(&modules(model))? {
        archive.copy(&in_image(&file), 0o644, file)?;
    }
    Ok(archive)
}

/// What the first process is told to load.
///
/// # Errors
/// When the kernel lacks a module of the model's.
pub fn modules_in_image(model: &Model, kernel: &Kernel) -> Result<Vec<String>, KernelError> {
    let files = kernel.in_order(&modules(model))?;
    Ok(files.iter().map(|file| in_image(file)).collect())
}

/// What a site adds: a second archive, which the kernel unpacks over the first. `credentials`
/// is the folder of the station's certificate.
///
/// # Errors
/// When the credentials cannot be read.
pub fn site(
    model: &Model,
    launch: &Launch,
    settings: &str,
    credentials: &Path,
) -> Result<Archive, ArchiveError> {
    let mut archive = Archive::default();
    archive.bytes(ORDERS, 0o644, orders(model, launch))?;
    archive.bytes(SETTINGS, 0o600, settings)?;
    archive.copy_all(CREDENTIALS, credentials)?;
    Ok(archive)
}

fn in_image(module: &Path) -> String {
    let name = module.file_name().unwrap_or_default();
    format!("/lib/modules/{}", name.to_string_lossy())
}
