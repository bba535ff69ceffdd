//! Writes a ZIP file (PKWARE APPNOTE 6.3): entries as they are, without times.

/// 1 January 1980, the first day there is: when a container was made stands in its
/// signature.
const DOS_DATE: u16 = 1 << 5 | 1;
const LOCAL: u32 = 0x0403_4b50;
const CENTRAL: u32 = 0x0201_4b50;
const END: u32 = 0x0605_4b50;
const VERSION: u16 = 20;

#[derive(Default)]
pub(crate) struct Zip {
    bytes: Vec<u8>,
    central: Vec<u8>,
    entries: u16,
}

impl Zip {
    /// Documents and their number are bounded (`BYTES_MAX`, `DOCUMENTS_MAX`), so that
    /// every length fits its field.
    pub(crate) fn add(&mut self, name: &str, content: &[u8]) {
        let at = self.bytes.len() as u32;
        let mut middle = Vec::new();
        // Flags, stored, time, date, checksum, both lengths, lengths of name and extra.
        for word in [0, 0, 0, DOS_DATE] {
            middle.extend(word.to_le_bytes());
        }
        middle.extend(crc32fast::hash(content).to_le_bytes());
        middle.extend((content.len() as u32).to_le_bytes());
        middle.extend((content.len() as u32).to_le_bytes());
        middle.extend((name.len() as u16).to_le_bytes());
        middle.extend(0_u16.to_le_bytes());

        self.bytes.extend(LOCAL.to_le_bytes());
        self.bytes.extend(VERSION.to_le_bytes());
        self.bytes.extend(&middle);
        self.bytes.extend(name.as_bytes());
        self.bytes.extend(content);

        self.central.extend(CENTRAL.to_le_bytes());
        self.central.extend(VERSION.to_le_bytes());
        self.central.extend(VERSION.to_le_bytes());
        self.central.extend(middle);
        // Comment, disk, attributes inside and outside.
        self.central.extend([0; 10]);
        self.central.extend(at.to_le_bytes());
        self.central.extend(name.as_bytes());
        self.entries += 1;
    }

    pub(crate) fn finish(mut self) -> Vec<u8> {
        let (at, length) = (self.bytes.len() as u32, self.central.len() as u32);
        self.bytes.extend(&self.central);
        self.bytes.extend(END.to_le_bytes());
        self.bytes.extend([0; 4]);
        self.bytes.extend(self.entries.to_le_bytes());
        self.bytes.extend(self.entries.to_le_bytes());
        self.bytes.extend(length.to_le_bytes());
        self.bytes.extend(at.to_le_bytes());
        self.bytes.extend(0_u16.to_le_bytes());
        self.bytes
    }
}
