//! What the journal asks of SQLite, on its way past the disk.

use std::ffi::{c_char, c_int, c_void};

use rusqlite::ffi;

use super::{OpenFile, opened, text};
use crate::drive::lock;

pub(super) unsafe extern "C" fn file_control(
    file: *mut ffi::sqlite3_file,
    operation: c_int,
    argument: *mut c_void,
) -> c_int {
    let state = opened(file);
    match operation {
        ffi::SQLITE_FCNTL_PDB => {
            state.database = argument.cast();
            ffi::SQLITE_OK
        }
        // SAFETY: the argument of this control is an array of strings: for the
        // answer, the pragma's name, and its value or null (c3ref/c_fcntl_begin_atomic_write).
        ffi::SQLITE_FCNTL_PRAGMA => unsafe { pragma(state, argument.cast()) },
        _ => ffi::SQLITE_NOTFOUND,
    }
}

/// Plants what the disk was told to plant; the real pragma then runs, or does not.
unsafe fn pragma(state: &mut OpenFile, words: *mut *mut c_char) -> c_int {
    // SAFETY: see the caller.
    let (name, value) = unsafe { (*words.add(1), *words.add(2)) };
    if value.is_null() {
        return ffi::SQLITE_NOTFOUND;
    }
    let (planted, checkpoint) = {
        let disk = lock(&state.disk);
        (disk.planted, disk.checkpoint_pages)
    };
    match text(name).to_ascii_lowercase().as_str() {
        "synchronous" if planted.synchronous_normal => {
            // SAFETY: the value is this call's own copy, never shorter than one digit.
            unsafe { replace(value, "1") };
            ffi::SQLITE_NOTFOUND
        }
        "journal_mode" => {
            if let Some(pages) = checkpoint
                && !state.database.is_null()
            {
                // SAFETY: the pointer SQLite gave for this purpose, while the file is open.
                unsafe { ffi::sqlite3_wal_autocheckpoint(*state.database, pages.cast_signed()) };
            }
            if planted.journal_mode_delete && text(value).eq_ignore_ascii_case("wal") {
                // SAFETY: SQLite frees the answer.
                unsafe { *words = ffi::sqlite3_mprintf(c"wal".as_ptr()) };
                return ffi::SQLITE_OK;
            }
            ffi::SQLITE_NOTFOUND
        }
        // The disk has set its own.
        "wal_autocheckpoint" if checkpoint.is_some() => ffi::SQLITE_OK,
        _ => ffi::SQLITE_NOTFOUND,
    }
}

/// Writes a word over another that is at least as long.
pub(super) unsafe fn replace(value: *mut c_char, word: &str) {
    let room = text(value).len();
    assert!(word.len() <= room, "the pragma's value has no room");
    for (place, byte) in word.bytes().chain([0]).enumerate() {
        // SAFETY: within the old word and its zero.
        unsafe { *value.add(place) = byte.cast_signed() };
    }
}
