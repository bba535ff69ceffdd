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
        // SAFETY: the argument of this control is an array of strings: for the
        // answer, the pragma's name, and its value or null (c3ref/c_fcntl_begin_atomic_write).
        ffi::SQLITE_FCNTL_PRAGMA => unsafe { pragma(state, argument.cast()) },
        _ => ffi::SQLITE_NOTFOUND,
    }
}

/// Plants what the disk was told to plant; the real pragma then runs, or does not.
unsafe fn pragma(state: &OpenFile, words: *mut *mut c_char) -> c_int {
    // SAFETY: see the caller.
    let (name, value) = unsafe { (*words.add(1), *words.add(2)) };
    if value.is_null() {
        return ffi::SQLITE_NOTFOUND;
    }
    let planted = lock(&state.disk).planted;
    match text(name).to_ascii_lowercase().as_str() {
        "synchronous" if planted.synchronous_normal => {
            // SAFETY: the value is this call's own copy, never shorter than one digit.
            unsafe { replace(value, "1") };
            ffi::SQLITE_NOTFOUND
        }
        "journal_mode" => {
            if planted.journal_mode_delete && text(value).eq_ignore_ascii_case("wal") {
                // SAFETY: SQLite frees the answer.
                unsafe { *words = ffi::sqlite3_mprintf(c"wal".as_ptr()) };
                return ffi::SQLITE_OK;
            }
            ffi::SQLITE_NOTFOUND
        }
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
