//! The least a durable queue can do: append to a file and wait for the disk.

use std::{
    fs::{File, OpenOptions},
    io::Write,
    os::unix::fs::FileExt,
    path::Path,
    thread,
    time::Duration,
};

pub(crate) struct Floor {
    entries: File,
    confirmed: File,
    /// In bytes.
    end: u64,
    last: usize,
    count: u64,
    /// What a sync takes on top of the disk's own time.
    delay: Duration,
}

impl Floor {
    pub(crate) fn new(folder: &Path, delay: Duration) -> Self {
        let open = |name| {
            OpenOptions::new()
                .create(true)
                .truncate(true)
                .read(true)
                .write(true)
                .open(folder.join(name))
                .unwrap()
        };
        Self {
            entries: open("floor"),
            confirmed: open("floor-confirmed"),
            end: 0,
            last: 0,
            count: 0,
            delay,
        }
    }

    pub(crate) fn append(&mut self, entry: &[u8]) {
        self.entries.write_all(entry).unwrap();
        self.sync(&self.entries);
        self.end += entry.len() as u64;
        self.last = entry.len();
    }

    pub(crate) fn read_and_confirm(&mut self) -> Vec<u8> {
        let mut entry = vec![0; self.last];
        let begin = self.end - self.last as u64;
        self.entries.read_exact_at(&mut entry, begin).unwrap();
        self.count += 1;
        self.confirmed
            .write_all_at(&self.count.to_be_bytes(), 0)
            .unwrap();
        self.sync(&self.confirmed);
        entry
    }

    fn sync(&self, file: &File) {
        file.sync_data().unwrap();
        if !self.delay.is_zero() {
            thread::sleep(self.delay);
        }
    }
}
