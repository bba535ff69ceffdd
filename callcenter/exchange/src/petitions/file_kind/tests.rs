//! Files that are what they say, files that are not, and archives that unpack to too much.

#![allow(clippy::unwrap_used)]

use std::io::Write;

use flate2::{Compression, write::DeflateEncoder};

use super::*;

/// An archive of packed entries, its first one stored; each may lie about its size.
struct Archive {
    bytes: Vec<u8>,
    directory: Vec<u8>,
    entries: u16,
}

impl Archive {
    fn hwpx() -> Self {
        let mut archive = Self {
            bytes: Vec::new(),
            directory: Vec::new(),
            entries: 0,
        };
        archive.add(b"mimetype", STORED as u16, HWPX.as_bytes(), HWPX.len());
        archive
    }

    fn deflated(mut self, content: &[u8], declared: usize) -> Self {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(content).unwrap();
        let packed = encoder.finish().unwrap();
        self.add(b"Contents/section0.xml", DEFLATED as u16, &packed, declared);
        self
    }

    fn add(&mut self, name: &[u8], method: u16, packed: &[u8], declared: usize) {
        let at = self.bytes.len() as u32;
        let mut shared = Vec::new();
        for field in [20, 0, method, 0, 0] {
            shared.extend(u16::to_le_bytes(field));
        }
        for field in [0, packed.len() as u32, declared as u32] {
            shared.extend(u32::to_le_bytes(field));
        }
        shared.extend(u16::to_le_bytes(name.len() as u16));
        shared.extend([0, 0]);
        self.bytes.extend(b"PK\x03\x04");
        self.bytes.extend(&shared);
        self.bytes.extend(name);
        self.bytes.extend(packed);
        self.directory.extend(b"PK\x01\x02\x14\x00");
        self.directory.extend(&shared);
        self.directory.extend([0; 10]);
        self.directory.extend(at.to_le_bytes());
        self.directory.extend(name);
        self.entries += 1;
    }

    fn whole(mut self) -> Vec<u8> {
        let at = self.bytes.len() as u32;
        self.bytes.extend(&self.directory);
        self.bytes.extend(b"PK\x05\x06\x00\x00\x00\x00");
        self.bytes.extend(self.entries.to_le_bytes());
        self.bytes.extend(self.entries.to_le_bytes());
        self.bytes
            .extend((self.directory.len() as u32).to_le_bytes());
        self.bytes.extend(at.to_le_bytes());
        self.bytes.extend([0, 0]);
        self.bytes
    }
}

#[test]
fn a_file_is_what_its_first_bytes_say() {
    let hwpx = Archive::hwpx().deflated(b"<sec/>", 6).whole();
    for (content, kind) in [
        (&b"%PDF-1.7\n"[..], "application/pdf"),
        (b"\x89PNG\r\n\x1a\nrest", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (
            "가로등 사진은 없습니다\n".as_bytes(),
            "text/plain; charset=utf-8",
        ),
        (&hwpx, "application/hwp+zip"),
    ] {
        assert_eq!(media_type(content), Ok(kind));
    }
}

#[test]
fn a_program_an_old_document_and_any_other_archive_are_not_kept() {
    let mut other = Archive::hwpx().deflated(b"x", 1).whole();
    other[38] = b'X';
    for content in [
        &b"\x7fELF\x02\x01\x01"[..],
        b"MZ\x90\x00",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"PK\x03\x04",
        b"text with a \x1b[31m sequence",
        &[0xff, 0xfe, 0x41, 0x00],
        &other,
    ] {
        assert_eq!(media_type(content), Err(NotKept::Kind));
    }
    assert_eq!(media_type(b""), Err(NotKept::Size));
    assert_eq!(media_type(&vec![b'a'; FILE_MAX + 1]), Err(NotKept::Size));
}

#[test]
fn what_is_not_what_it_is_said_to_be_is_not_kept() {
    let page = b"<html><script>alert(1)</script>";

    assert_eq!(as_said(page, "image/png"), Err(NotKept::Mislabelled));
    assert_eq!(as_said(page, "text/html"), Err(NotKept::Mislabelled));
    assert_eq!(
        as_said(b"%PDF-1.7", "application/pdf"),
        Ok("application/pdf")
    );
    assert_eq!(as_said(b"%PDF-1.7", ""), Ok("application/pdf"));
    assert_eq!(
        as_said(b"%PDF-1.7", "application/octet-stream"),
        Ok("application/pdf")
    );
    let note = "text/plain; charset=utf-8";
    assert_eq!(as_said(b"a note", "text/plain"), Ok(note));
    let hwpx = Archive::hwpx().deflated(b"<sec/>", 6).whole();
    assert_eq!(as_said(&hwpx, "application/x-hwpx"), Ok(HWPX));
}

#[test]
fn an_archive_that_unpacks_to_too_much_is_a_bomb_by_what_it_says_and_by_what_it_does() {
    let zeros = vec![0; 4 << 20];

    // It says so itself.
    let honest = Archive::hwpx().deflated(&zeros, zeros.len()).whole();
    assert_eq!(media_type(&honest), Err(NotKept::Bomb));
    // It says that it is small.
    let liar = Archive::hwpx().deflated(&zeros, 1000).whole();
    assert_eq!(media_type(&liar), Err(NotKept::Bomb));
    // It says that it is large enough to be let in, and is nothing of the kind.
    let boaster = Archive::hwpx().deflated(b"x", 9000).whole();
    assert_eq!(media_type(&boaster), Err(NotKept::Bomb));
    // Many entries in the same bytes.
    let mut overlapping = Archive::hwpx().deflated(&zeros[..9000], 9000);
    let second = overlapping.directory[54..].to_vec();
    for _ in 0..100 {
        overlapping.directory.extend(&second);
        overlapping.entries += 1;
    }
    assert_eq!(media_type(&overlapping.whole()), Err(NotKept::Bomb));
}

#[test]
fn an_archive_cut_off_anywhere_or_with_any_byte_changed_is_never_a_panic() {
    let whole = Archive::hwpx()
        .deflated(b"<sec>many words</sec>", 21)
        .whole();
    // Shorter than the sign of an archive it is text, or nothing.
    for end in 4..whole.len() {
        assert!(media_type(&whole[..end]).is_err(), "{end}");
    }
    for at in 0..whole.len() {
        for value in [0, 0x7f, 0xff] {
            let mut changed = whole.clone();
            changed[at] = value;
            let _ = media_type(&changed);
        }
    }
}
