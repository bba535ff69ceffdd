//! A journal's encrypted pages, looked at without SQLite: whether they are of
//! this key, and whether they are what was written.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

use aes::Aes256;
use cbc::cipher::{BlockModeDecrypt, KeyIvInit, block_padding::NoPadding};
use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::Key;

pub(crate) const PAGE: usize = 4096;
/// The salt instead of SQLite's own beginning; not covered by the first page's code.
const SALT: usize = 16;
/// What is left to SQLite; the initialisation vector and the code follow.
pub(crate) const USABLE: usize = PAGE - VECTOR - CODE;
const VECTOR: usize = 16;
/// HMAC-SHA-256, at the page's end.
const CODE: usize = 32;

/// Whether any page of the file was written with this key. A file that was
/// written with another one has none, a damaged file has some.
pub(crate) fn any_is_of(path: &Path, key: &Key) -> io::Result<bool> {
    let mut file = File::open(path)?;
    let mut page = [0; PAGE];
    for number in 1.. {
        match file.read_exact(&mut page) {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(false),
            read => read?,
        }
        if is_whole(&page, number, key) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether this page (the first is 1) was written with this key and not altered.
/// As SQLCipher 4 writes it: ciphertext, initialisation vector, code; the code
/// covers the page's number too.
pub(crate) fn is_whole(page: &[u8; PAGE], number: u32, key: &Key) -> bool {
    let begin = if number == 1 { SALT } else { 0 };
    let (covered, code) = page[begin..].split_at(PAGE - CODE - begin);
    let Ok(mac) = Hmac::<Sha256>::new_from_slice(&*key.page_key()) else {
        return false;
    };
    mac.chain_update(covered)
        .chain_update(number.to_le_bytes())
        .verify_slice(code)
        .is_ok()
}

/// What SQLite wrote into a whole page, without the end that SQLCipher keeps
/// for itself.
pub(crate) fn decrypted(page: &[u8; PAGE], number: u32, key: &Key) -> Option<Vec<u8>> {
    if !is_whole(page, number, key) {
        return None;
    }
    let begin = if number == 1 { SALT } else { 0 };
    let (mut plain, rest) = (page[..USABLE].to_vec(), &page[USABLE..]);
    let vector: [u8; VECTOR] = rest[..VECTOR].try_into().ok()?;
    let cipher = cbc::Decryptor::<Aes256>::new(key.bytes().into(), &vector.into());
    cipher
        .decrypt_padded::<NoPadding>(&mut plain[begin..])
        .ok()?;
    Some(plain)
}
