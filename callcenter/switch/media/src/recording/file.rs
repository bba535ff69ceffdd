//! One recording while it is made.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    os::{fd::AsFd, unix::fs::OpenOptionsExt},
    path::PathBuf,
    time::Duration,
};

use sha2::{Digest, Sha256};

use crate::{
    codec::{SAMPLE_RATE, g711::to_mu_law},
    plane::{PauseReason, Recorded, RecordingId},
    recording::{
        Gap, Shelf, SideFile,
        piece::{Head, seal},
    },
};

/// What every recording begins with.
pub(super) const SIGNATURE: &[u8] = b"minwon recording 1\n";
/// Octets of a millisecond: µ-law on two sides.
const PER_MILLISECOND: u64 = 2 * SAMPLE_RATE as u64 / 1_000;
/// Of one call.
const TALKS_MAX: u32 = 1_000;

/// Under the name `….part` until it is finished.
pub struct RecordingFile {
    shelf: Shelf,
    file: File,
    name: String,
    head: Head,
    digest: Sha256,
    side: SideFile,
    /// Octets of sound so far.
    octets: u64,
}

impl RecordingFile {
    /// Begins a recording; `began_at` is the time since the Unix epoch. What is recorded
    /// under a number that was used before, the talk with the next agent, stands beside
    /// it as `…-2`.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn begin(shelf: &Shelf, recording: RecordingId, began_at: Duration) -> io::Result<Self> {
        let name = free_name(shelf, recording)?;
        let mut options = OpenOptions::new();
        options.write(true).create_new(true).mode(0o600);
        let mut file = options.open(shelf.path(&name, "part"))?;
        file.write_all(SIGNATURE)?;
        let mut drawn = [0; 16];
        getrandom::fill(&mut drawn).map_err(io::Error::other)?;
        let begun = Self {
            shelf: shelf.clone(),
            file,
            name,
            head: Head {
                recording: drawn,
                number: 0,
                last: false,
            },
            digest: Sha256::new_with_prefix(SIGNATURE),
            side: SideFile {
                recording: recording.0,
                began_at_ms: u64::try_from(began_at.as_millis()).unwrap_or(u64::MAX),
                gaps: Vec::new(),
                missing_ms: 0,
                duration_ms: None,
                digest: None,
            },
            octets: 0,
        };
        begun.write_side_file()?;
        Ok(begun)
    }

    /// Seals a piece: µ-law, left and right by turns.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn sound(&mut self, sound: &[u8]) -> io::Result<()> {
        if sound.is_empty() {
            return Ok(());
        }
        self.octets += sound.len() as u64;
        self.piece(sound)
    }

    /// So much sound was lost before it could be written: silence in its place.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn missing(&mut self, octets: usize) -> io::Result<()> {
        self.side.missing_ms += octets as u64 / PER_MILLISECOND;
        self.sound(&vec![to_mu_law(0); octets])
    }

    /// # Errors
    /// When the side file cannot be written.
    pub fn paused(&mut self, reason: PauseReason) -> io::Result<()> {
        let gap = Gap {
            reason,
            from_ms: self.milliseconds(),
            to_ms: None,
        };
        self.side.gaps.push(gap);
        self.write_side_file()
    }

    /// # Errors
    /// When the side file cannot be written.
    pub fn resumed(&mut self) -> io::Result<()> {
        self.end_gap();
        self.write_side_file()
    }

    /// Brings everything written so far to the disk, this and every other recording of
    /// the same file system at once.
    ///
    /// # Errors
    /// When the disk does not take it.
    pub fn sync(&self) -> io::Result<()> {
        nix::unistd::syncfs(self.file.as_fd()).map_err(io::Error::from)
    }

    /// Seals the end; when this returns the recording is whole on the disk under its name.
    ///
    /// # Errors
    /// When it cannot be written; what is on the disk can be listened to then.
    pub fn finish(mut self) -> io::Result<Recorded> {
        self.end_gap();
        self.head.last = true;
        self.piece(&[])?;
        self.file.sync_all()?;
        let digest: [u8; 32] = std::mem::take(&mut self.digest).finalize().into();
        self.side.duration_ms = Some(self.milliseconds());
        self.side.digest = Some(digest.iter().map(|octet| format!("{octet:02x}")).collect());
        self.write_side_file()?;
        let file = self.path("sealed");
        fs::rename(self.path("part"), &file)?;
        durable::sync_folder_of(&file)?;
        Ok(Recorded {
            file,
            digest,
            duration: Duration::from_millis(self.milliseconds()),
            missing: Duration::from_millis(self.side.missing_ms),
        })
    }

    fn piece(&mut self, sound: &[u8]) -> io::Result<()> {
        let sealed = seal(self.head, sound, &self.shelf.recipient)?;
        let length = u32::try_from(sealed.len())
            .map_err(io::Error::other)?
            .to_be_bytes();
        let whole = [&length[..], &sealed].concat();
        self.file.write_all(&whole)?;
        self.digest.update(&whole);
        self.head.number += 1;
        Ok(())
    }

    fn end_gap(&mut self) {
        let now = self.milliseconds();
        if let Some(gap) = self.side.gaps.last_mut() {
            gap.to_ms.get_or_insert(now);
        }
    }

    fn milliseconds(&self) -> u64 {
        self.octets / PER_MILLISECOND
    }

    fn write_side_file(&self) -> io::Result<()> {
        self.side.write(&self.path("json"))
    }

    fn path(&self, kind: &str) -> PathBuf {
        self.shelf.path(&self.name, kind)
    }
}

fn free_name(shelf: &Shelf, recording: RecordingId) -> io::Result<String> {
    let first = format!("recording-{:010}", recording.0);
    let more = (2..=TALKS_MAX).map(|talk| format!("{first}-{talk}"));
    let kinds = ["part", "sealed", "json"];
    let is_free = |name: &String| !kinds.iter().any(|kind| shelf.path(name, kind).exists());
    let mut names = std::iter::once(first.clone()).chain(more);
    names
        .find(is_free)
        .ok_or_else(|| io::ErrorKind::AlreadyExists.into())
}
