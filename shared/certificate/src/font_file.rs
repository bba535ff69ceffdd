//! A font file, mapped instead of read: of its 20 MB a certificate needs a few pages.

use std::{
    fs, io,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::SystemTime,
};

use fontique::{Blob, SourceCache, SourceId, SourceInfo, SourceKind};
use typst::{foundations::Bytes, utils::hash128};

struct FontFile {
    /// What tells this file from any other the process ever maps.
    identity: Vec<u8>,
    map: Blob<u8>,
    named: Arc<AtomicBool>,
}

impl AsRef<[u8]> for FontFile {
    fn as_ref(&self) -> &[u8] {
        if self.named.load(Ordering::Acquire) {
            self.map.as_ref()
        } else {
            &self.identity
        }
    }
}

/// Opens a font without reading it through.
///
/// Typst knows a font by the hash of its bytes, which `Bytes` takes once and keeps.
/// It is taken here of the file's identity, because the hash of the content would
/// bring every page of every font into memory. Were it not kept, Typst would hash
/// the content later: slower, and as right.
///
/// The file must not shrink while it is mapped; package managers put a new file in
/// the place of an old one, which lives on in the map.
pub(crate) fn open(file: &Path) -> io::Result<Bytes> {
    let identity = identity(file)?;
    let source = SourceInfo::new(SourceId::new(), SourceKind::Path(Arc::from(file)));
    let map = SourceCache::default()
        .get(&source)
        .ok_or_else(|| io::Error::other("the file cannot be mapped"))?;
    let named = Arc::new(AtomicBool::new(false));
    let bytes = Bytes::new(FontFile {
        identity,
        map,
        named: Arc::clone(&named),
    });
    hash128(&bytes);
    named.store(true, Ordering::Release);
    Ok(bytes)
}

/// Path, length and time of change.
fn identity(file: &Path) -> io::Result<Vec<u8>> {
    let file = file.canonicalize()?;
    let about = fs::metadata(&file)?;
    let changed = about
        .modified()?
        .duration_since(SystemTime::UNIX_EPOCH)
        .map_or(0, |age| age.as_nanos());
    Ok(format!("{} {} {changed}", file.display(), about.len()).into_bytes())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::{env, fs, process};

    use super::open;

    #[test]
    fn a_font_is_known_by_its_file_and_read_by_its_content() {
        let [first, second] = ["first", "second"]
            .map(|name| env::temp_dir().join(format!("minwon-font-{}-{name}", process::id())));
        fs::write(&first, b"the same glyphs").unwrap();
        fs::write(&second, b"the same glyphs").unwrap();

        let font = open(&first).unwrap();
        let (again, other) = (open(&first).unwrap(), open(&second).unwrap());
        for file in [&first, &second] {
            fs::remove_file(file).unwrap();
        }

        assert!(font == again);
        assert!(font != other);
        assert_eq!(font.as_slice(), b"the same glyphs");
        assert_eq!(
            open(&first).map(|_| ()).unwrap_err().kind(),
            std::io::ErrorKind::NotFound
        );
    }
}
