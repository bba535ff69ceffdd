//! The bytes of one file, in pages that are shared until one is written.

use std::sync::Arc;

/// What SQLite writes and an ext4 block holds; a tenth of a second's images share most.
const PAGE: usize = 4096;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Contents {
    pages: Vec<Arc<[u8; PAGE]>>,
    length: usize,
}

impl Contents {
    pub(crate) fn length(&self) -> usize {
        self.length
    }

    /// Answers how much of `into` there was; the rest of it is zero.
    pub(crate) fn read(&self, offset: usize, into: &mut [u8]) -> usize {
        into.fill(0);
        let there = self.length.saturating_sub(offset).min(into.len());
        let mut done = 0;
        while done < there {
            let (page, within) = ((offset + done) / PAGE, (offset + done) % PAGE);
            let part = (PAGE - within).min(there - done);
            into[done..done + part].copy_from_slice(&self.pages[page][within..within + part]);
            done += part;
        }
        there
    }

    pub(crate) fn write(&mut self, offset: usize, bytes: &[u8]) {
        if self.length < offset + bytes.len() {
            self.resize(offset + bytes.len());
        }
        let mut done = 0;
        while done < bytes.len() {
            let (page, within) = ((offset + done) / PAGE, (offset + done) % PAGE);
            let part = (PAGE - within).min(bytes.len() - done);
            Arc::make_mut(&mut self.pages[page])[within..within + part]
                .copy_from_slice(&bytes[done..done + part]);
            done += part;
        }
    }

    /// What is cut off and grown again reads as zero.
    pub(crate) fn resize(&mut self, length: usize) {
        self.pages
            .resize_with(length.div_ceil(PAGE), || Arc::new([0; PAGE]));
        if length < self.length && !length.is_multiple_of(PAGE) {
            let last = Arc::make_mut(&mut self.pages[length / PAGE]);
            last[length % PAGE..].fill(0);
        }
        self.length = length;
    }

    pub(crate) fn to_vec(&self) -> Vec<u8> {
        let mut bytes = vec![0; self.length];
        self.read(0, &mut bytes);
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_does_not_see_what_is_written_after() {
        let mut now = Contents::default();
        now.write(5000, b"paid");
        let before = now.clone();

        now.write(5002, b"out");

        let mut read = [9; 6];
        assert_eq!(before.read(4999, &mut read), 5);
        assert_eq!(&read, b"\0paid\0");
        assert_eq!(now.to_vec()[5000..], *b"paout");
    }

    #[test]
    fn what_was_cut_off_does_not_come_back() {
        let mut file = Contents::default();
        file.write(0, &[7; 9000]);

        file.resize(100);
        file.resize(9000);

        assert_eq!(file.to_vec()[..100], [7; 100]);
        assert_eq!(file.to_vec()[100..], [0; 8900]);
    }
}
