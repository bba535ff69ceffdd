//! What SQLite does with names; and its clock and dice.

use std::{
    ffi::{CStr, c_char, c_int},
    ptr, slice,
};

use rusqlite::ffi;

use super::{METHODS, OpenFile, Slot, perform, size, text};
use crate::{
    dice::Dice,
    drive::{self, lock},
    image::Operation,
};

/// Julian day 2461369.5 (2026-11-25) in milliseconds: SQLite's clock stands still.
const NOW: i64 = 212_662_324_800_000;

pub(super) unsafe extern "C" fn open(
    _: *mut ffi::sqlite3_vfs,
    name: *const c_char,
    file: *mut ffi::sqlite3_file,
    flags: c_int,
    flags_out: *mut c_int,
) -> c_int {
    // SAFETY: SQLite gives `szOsFile` bytes; it does not close a file without methods.
    unsafe { (*file).pMethods = ptr::null() };
    // Temporary tables stay in memory (SQLITE_TEMP_STORE=2): every file has a name.
    if name.is_null() {
        return ffi::SQLITE_CANTOPEN;
    }
    let Some(state) = open_named(name, flags) else {
        return ffi::SQLITE_CANTOPEN;
    };
    // SAFETY: as above; `close` takes the box back.
    unsafe {
        (*file.cast::<Slot>()).open = Box::into_raw(Box::new(state));
        (*file).pMethods = &raw const METHODS;
        if !flags_out.is_null() {
            *flags_out = flags;
        }
    }
    ffi::SQLITE_OK
}

fn open_named(path: *const c_char, flags: c_int) -> Option<OpenFile> {
    let (disk, name) = drive::find(&text(path))?;
    let known = lock(&disk).image().named(&name);
    let file = match known {
        Some(file) => file,
        None if flags & ffi::SQLITE_OPEN_CREATE == 0 => return None,
        None => {
            let mut disk = lock(&disk);
            let file = disk.new_file();
            disk.perform(Operation::Create { name, file }).ok()?;
            file
        }
    };
    let logs =
        ffi::SQLITE_OPEN_WAL | ffi::SQLITE_OPEN_MAIN_JOURNAL | ffi::SQLITE_OPEN_SUPER_JOURNAL;
    // SAFETY: a name with SQLITE_OPEN_URI is followed by its parameters.
    let believed = flags & ffi::SQLITE_OPEN_URI == 0
        || unsafe { ffi::sqlite3_uri_boolean(path, c"psow".as_ptr(), 1) } != 0;
    let powersafe = believed || lock(&disk).planted.powersafe_overwrite;
    Some(OpenFile {
        disk,
        file,
        directory_unsynced: flags & ffi::SQLITE_OPEN_CREATE != 0 && flags & logs != 0,
        powersafe,
        shared: Vec::new(),
    })
}

pub(super) unsafe extern "C" fn delete(
    _: *mut ffi::sqlite3_vfs,
    path: *const c_char,
    sync_directory: c_int,
) -> c_int {
    let Some((disk, name)) = drive::find(&text(path)) else {
        return ffi::SQLITE_IOERR_DELETE;
    };
    if lock(&disk).image().named(&name).is_none() {
        return ffi::SQLITE_IOERR_DELETE_NOENT;
    }
    let mut answer = perform(&disk, Operation::Delete { name }, ffi::SQLITE_IOERR_DELETE);
    if answer == ffi::SQLITE_OK && sync_directory & 1 != 0 {
        answer = perform(&disk, Operation::SyncDirectory, ffi::SQLITE_IOERR_DIR_FSYNC);
    }
    answer
}

pub(super) unsafe extern "C" fn access(
    _: *mut ffi::sqlite3_vfs,
    path: *const c_char,
    flags: c_int,
    answer: *mut c_int,
) -> c_int {
    let there = drive::find(&text(path)).is_some_and(|(disk, name)| {
        let disk = lock(&disk);
        let file = disk.image().named(&name);
        // As in `unixAccess`: an empty file does not exist.
        let filled = file
            .and_then(|it| disk.image().contents(it))
            .is_some_and(|it| it.length() > 0);
        filled || (flags != ffi::SQLITE_ACCESS_EXISTS && file.is_some())
    });
    // SAFETY: SQLite's own variable.
    unsafe { *answer = c_int::from(there) };
    ffi::SQLITE_OK
}

pub(super) unsafe extern "C" fn full_pathname(
    _: *mut ffi::sqlite3_vfs,
    path: *const c_char,
    room: c_int,
    answer: *mut c_char,
) -> c_int {
    // SAFETY: SQLite's names end with a zero.
    let bytes = unsafe { CStr::from_ptr(path) }.to_bytes_with_nul();
    if bytes.len() > size(room.into()) {
        return ffi::SQLITE_CANTOPEN;
    }
    // SAFETY: there is room, and the two do not overlap.
    unsafe { ptr::copy_nonoverlapping(bytes.as_ptr().cast(), answer, bytes.len()) };
    ffi::SQLITE_OK
}

pub(super) unsafe extern "C" fn randomness(
    _: *mut ffi::sqlite3_vfs,
    length: c_int,
    answer: *mut c_char,
) -> c_int {
    let mut dice = Dice::new(NOW.cast_unsigned());
    // SAFETY: SQLite's buffer has this length.
    let bytes = unsafe { slice::from_raw_parts_mut(answer.cast::<u8>(), size(length.into())) };
    bytes.fill_with(|| dice.roll().to_le_bytes()[0]);
    length
}

/// SQLite waits for nobody: one connection has a file.
pub(super) unsafe extern "C" fn sleep(_: *mut ffi::sqlite3_vfs, microseconds: c_int) -> c_int {
    microseconds
}

pub(super) unsafe extern "C" fn current_time(
    _: *mut ffi::sqlite3_vfs,
    answer: *mut ffi::sqlite3_int64,
) -> c_int {
    // SAFETY: SQLite's own variable.
    unsafe { *answer = NOW };
    ffi::SQLITE_OK
}
